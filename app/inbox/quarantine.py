"""Files that did not hold: set aside in the vault, sealed as they came, for somebody to look at.

Nothing of them was taken in, and nothing is decrypted again. A file of up to 16 MiB is kept whole
(256 MiB together), of others the name and digest: no courier can fill a vault with rubbish.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import files
from app.bundles import naming
from app.bundles.naming import NameCheck
from app.changes import Changes
from app.errors import AppError, NotFound
from app.names import stored_name
from app.reading import FileDigest, open_for_reading
from app.storage import bundles as stored
from app.storage import set_aside as rows
from app.storage.set_aside import SetAside
from app.tasks import Progress, ignore
from app.vault import Vault
from crypto.digest import sha256
from crypto.errors import CryptoError

__all__ = ["Kept", "SetAside", "delete", "every", "export", "keep"]

MAX_KEPT_BYTES: Final = 16 * 1024**2
MAX_ALL_BYTES: Final = 256 * 1024**2
_PIECE_BYTES: Final = 1024**2
_DETAIL_LETTERS: Final = 200

CHANGED: Final = Changes.of("set_aside")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that was set aside. `intact`: whether it is what its own name says, so that it was
    made so and not damaged on the way; `arrived`: whether a bundle of that name is here by now."""

    file: SetAside
    intact: bool
    arrived: bool


def keep(vault: Vault, path: Path, why: AppError | CryptoError) -> SetAside:
    """Sets a file aside. The same bytes again are the file that was set aside before.

    Raises NotThere, NotReadable, TooBig, MediumFailed, NoRoom, NotWritable; nothing is kept then.
    """
    with open_for_reading(path, limit=files.MAX_FILE_BYTES) as source:
        source.seek(0, 2)
        size = source.tell()
        source.seek(0)
        room = MAX_ALL_BYTES - rows.kept_bytes(vault.database)
        content = source.read(MAX_KEPT_BYTES + 1) if size <= min(MAX_KEPT_BYTES, room) else b""
    whole = len(content) == size
    digest = sha256(content).hex() if whole else files.digest_of(path).sha256.hex()
    before = rows.of_digest(vault.database, digest)
    if before is not None:
        return before
    file = SetAside(
        id=secrets.token_hex(16),
        file_name=stored_name(path.name),
        size=size,
        sha256=digest,
        reason=code_of(why),
        detail=_detail(why),
        at=vault.now(),
        kept=whole,
    )
    with vault.one_of_many() as tx:
        rows.add(tx, file)
        if whole:
            for position, at in enumerate(range(0, size, _PIECE_BYTES)):
                rows.add_piece(tx, file.id, position, content[at : at + _PIECE_BYTES])
    return file


def every(vault: Vault) -> tuple[Kept, ...]:
    """Every file that was set aside, the latest first."""
    came = {each.file_name for each in stored.all_received(vault.database)}
    return tuple(
        Kept(
            file=each,
            intact=naming.check(each.file_name, bytes.fromhex(each.sha256)) is NameCheck.MATCHES,
            arrived=each.file_name in came,
        )
        for each in rows.files(vault.database)
    )


def export(vault: Vault, file_id: str, *, folder: Path, progress: Progress = ignore) -> Path:
    """Writes a file that was set aside into a folder, sealed as it came and under its own name.

    Raises NotFound (unknown, or only its name is kept), AlreadyThere, NoRoom, NotWritable,
    MediumFailed, ReadBackDiffers, Cancelled.
    """
    file = rows.file(vault.database, file_id)
    if file is None or not file.kept:
        raise NotFound(file_id)
    with files.draft(folder) as draft:
        for piece in rows.pieces(vault.database, file_id):
            draft.file.write(piece)
        written: FileDigest = draft.finish()
        if written.sha256.hex() != file.sha256:
            raise NotFound(file_id)
        draft.verify(progress=progress)
        return draft.publish(file.file_name)


def delete(vault: Vault, file_id: str) -> Changes:
    """Deletes a file that was set aside from the vault. Raises NotFound."""
    if rows.file(vault.database, file_id) is None:
        raise NotFound(file_id)
    with vault.transaction() as tx:
        rows.forget(tx, file_id)
    return CHANGED


def code_of(why: AppError | CryptoError) -> str:
    """The stable code of what was wrong."""
    return why.code if isinstance(why, AppError) else "crypto"


def _detail(why: AppError | CryptoError) -> str:
    return ": ".join(_facts(why))[:_DETAIL_LETTERS]


def _facts(why: AppError | CryptoError) -> Iterator[str]:
    for name in ("layer", "member", "detail"):
        value = getattr(why, name, "")
        if value:
            yield stored_name(str(value))
