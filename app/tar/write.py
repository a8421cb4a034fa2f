"""Write an archive to a stream, each size known before its content."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.errors import CannotPack, UnsafeName
from app.streams import Writer
from app.tar import header, pax
from app.tar.header import Header, Kind
from app.tar.ledger import Ledger
from app.tar.limits import BLOCK_BYTES, LARGEST_OCTAL_SIZE, MAX_MEMBERS, TarRefusal

_END = bytes(2 * BLOCK_BYTES)

_Take = Callable[[str], TarRefusal | None]


class TarWriter:
    """Members in the order they are added; `finish` writes the end marker.

    Raises from every method: CannotPack (the archive is then of no use), and what `to` raises.
    """

    def __init__(self, to: Writer, *, most: int = MAX_MEMBERS) -> None:
        self._to = to
        self._most = most
        self._ledger = Ledger()
        self._members = 0
        self._length = 0

    def add(self, name: str, size: int, content: Iterable[bytes]) -> None:
        """A file with the path `name` of exactly `size` bytes, given in pieces."""
        self._enter(name, self._ledger.take_file)
        self._write(_heading(name, size, Kind.FILE, self._members))
        written = 0
        for piece in content:
            written += len(piece)
            if written > size:
                break
            self._write(piece)
        if written != size:
            raise CannotPack(reason=TarRefusal.SIZE_DIFFERS, name=name)
        self._write(bytes(-size % BLOCK_BYTES))

    def add_folder(self, name: str) -> None:
        """A folder; only empty ones need it, since every tool makes the folders of a path."""
        self._enter(name, self._ledger.take_folder)
        self._write(_heading(name, 0, Kind.FOLDER, self._members))

    def finish(self) -> int:
        """Write the end marker; the length of the whole archive in bytes."""
        self._write(_END)
        return self._length

    def _enter(self, name: str, take: _Take) -> None:
        try:
            reason = take(name)
        except UnsafeName as refused:
            raise CannotPack(reason=TarRefusal.NAME, name=name) from refused
        if self._members == self._most:
            reason = TarRefusal.TOO_MANY
        if reason is not None:
            raise CannotPack(reason=reason, name=name)
        self._members += 1

    def _write(self, data: bytes) -> None:
        self._to.write(data)
        self._length += len(data)


def tar_length(members: Iterable[tuple[str, int]]) -> int:
    """The length in bytes of the archive of files with these paths and sizes, end marker
    included. A path that ends with a slash stands for a folder.
    """
    length = len(_END)
    for name, size in members:
        kind = Kind.FOLDER if name.endswith("/") else Kind.FILE
        length += len(_heading(name.removesuffix("/"), size, kind, 0))
        length += size + -size % BLOCK_BYTES
    return length


def _heading(name: str, size: int, kind: Kind, number: int) -> bytes:
    raw = name.encode() + (b"/" if kind is Kind.FOLDER else b"")
    extra = pax.Pax(
        path=None if header.fits(raw) else raw,
        size=None if size <= LARGEST_OCTAL_SIZE else size,
    )
    short = raw if extra.path is None else b"member-%05d" % number
    plain = header.encode(Header(name=short, size=0 if extra.size else size, kind=kind))
    if extra.path is None and extra.size is None:
        return plain
    records = pax.encode(extra)
    announced = Header(name=b"pax-%05d" % number, size=len(records), kind=Kind.PAX)
    return header.encode(announced) + records + bytes(-len(records) % BLOCK_BYTES) + plain
