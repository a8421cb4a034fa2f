"""Make a safe copy of the open vault: one age file, read back before it has its name.

The database is copied page by page into a passing SQLCipher file in the vault's own folder, under
a new key: two files with one salt would tell that they belong together. Evidence goes as it lies
here. Memory does not grow with the vault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import files, protected
from app.backup import layout, notes, recovery
from app.backup.layout import Heading
from app.backup.notes import CopyNote, Lock
from app.bundles import naming
from app.errors import NotThere
from app.folders import passing, sweep
from app.oserrors import while_reading
from app.storage import evidence, records
from app.tar import TarWriter, tar_length
from app.tasks import Progress, Step, ignore
from app.vault import DATABASE, Vault
from crypto import age
from crypto.age.chunks import sealed_length
from crypto.age.scrypt import WORK_FACTOR
from crypto.padding import padded
from crypto.secret import Passphrase, Secret

_BLOCK_BYTES: Final = 512 * 1024
_HEADER_ROOM: Final = 8 * 1024
_ZEROS: Final = bytes(_BLOCK_BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A copy that was written, read back and remembered. `missing`: references of evidence whose
    file is not in the vault any more and so is not in the copy either."""

    path: Path
    size: int
    sha256: str
    lock: Lock
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    name: str
    path: Path
    size: int


def for_passphrase(
    vault: Vault,
    folder: Path,
    passphrase: Passphrase,
    *,
    work_factor: int = WORK_FACTOR,
    progress: Progress = ignore,
) -> Made:
    """A copy in `folder` that this passphrase opens, whatever becomes of the vault's own.

    Raises NoRoom, TooBigForMedium, NotWritable, NotThere, MediumFailed, ReadBackDiffers,
    NotOnThisComputer, VaultDamaged, CannotPack, Cancelled; then no copy was made.
    """
    return _make(
        vault, folder, age.PassphraseRecipient(passphrase, work_factor), Lock.PASSPHRASE, progress
    )


def for_recovery(vault: Vault, folder: Path, *, progress: Progress = ignore) -> Made:
    """A copy in `folder` that the vault's copy key opens. Raises as `for_passphrase`."""
    return _make(vault, folder, recovery.identity(vault).recipient, Lock.RECOVERY, progress)


def _make(
    vault: Vault, folder: Path, recipient: age.Recipient, lock: Lock, progress: Progress
) -> Made:
    files.refuse_network_path(folder)
    # What lies on a write-protected medium takes no snapshot, and cannot remember the copy.
    can_save = not protected.is_protected(vault)
    sweep(folder)
    if can_save:
        sweep(vault.folder)
    heading = Heading(
        day=vault.clock().date().isoformat(),
        key=Secret.random(layout.KEY_BYTES),
        salt=Secret.random(layout.SALT_BYTES),
    )
    with heading.key, heading.salt, passing(vault.folder if can_save else folder) as place:
        mark = notes.mark(vault.database)
        files.ensure_room(place, _size(vault.database.path))
        snapshot = place / DATABASE

        def seen(done: int, total: int) -> None:
            progress(Step(doing="backing_up", done=done, total=total))

        vault.database.copy_to(snapshot, heading.key, heading.salt, seen)
        pieces, missing = _pieces(vault, snapshot)
        small = ((layout.LEAFLET, layout.leaflet()), (layout.HEADING, layout.marshal(heading)))
        length = tar_length(
            [
                *((name, len(content)) for name, content in small),
                *((p.name, p.size) for p in pieces),
            ]
        )
        files.ensure_room(folder, sealed_length(padded(length)) + _HEADER_ROOM)
        with files.draft(folder) as draft:
            with age.encrypt(draft.file, [recipient]) as sealed:
                tar = TarWriter(sealed, most=layout.MAX_MEMBERS)
                for name, content in small:
                    tar.add(name, len(content), [content])
                done = 0
                for piece in pieces:
                    tar.add(piece.name, piece.size, _content(piece, done, length, progress))
                    done += piece.size
                left = padded(length) - tar.finish()
                while left:
                    left -= sealed.write(_ZEROS[: min(left, _BLOCK_BYTES)])
            digest = draft.finish()
            draft.verify(progress=progress)
            draft.set_day(vault.clock().date())
            name = naming.name_of(digest.sha256)
            note = CopyNote(
                at=vault.now(),
                name=name,
                sha256=digest.sha256.hex(),
                size=digest.size,
                lock=lock,
                mark=mark,
            )
            if can_save:
                with files.undone_by_failure(folder / name), vault.transaction() as tx:
                    notes.add_copy(tx, note)
                    draft.publish(name)
            else:
                draft.publish(name)
    return Made(
        path=folder / name, size=digest.size, sha256=note.sha256, lock=lock, missing=missing
    )


def _pieces(vault: Vault, snapshot: Path) -> tuple[list[_Piece], tuple[str, ...]]:
    pieces = [_Piece(name=layout.DATABASE, path=snapshot, size=_size(snapshot))]
    missing = []
    for file in evidence.files(vault.database):
        path = vault.files.path(file.stored_name)
        try:
            size = _size(path)
        except NotThere:
            head = records.head(vault.database, file.record)
            missing.append(head.short_ref if head else file.record)
        else:
            pieces.append(_Piece(name=layout.EVIDENCE + file.stored_name, path=path, size=size))
    return pieces, tuple(missing)


def _content(piece: _Piece, before: int, total: int, progress: Progress) -> Iterator[bytes]:
    with files.open_for_reading(piece.path) as content:
        done = before
        while block := content.read(_BLOCK_BYTES):
            yield block
            done += len(block)
            progress(Step(doing="backing_up", done=done, total=total))


def _size(path: Path) -> int:
    with while_reading(path):
        return path.stat().st_size
