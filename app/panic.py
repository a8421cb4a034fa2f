"""Erasing a vault at once: the slots first, then whatever else can still be done.

Without its slots nothing opens a vault, whoever knows the passphrase. So they go first, written
over where they lie: no SQL (which fails on a full disk), no question, nothing to wait for. All that
follows is best effort. Afterwards the folder is what it is, a vault that cannot be read: nothing
pretends that there never was one. Spec and limits: docs/formats/vault.md 8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, final

from app import files
from app.errors import AppError, NotAVault, NotThere
from app.oserrors import while_reading
from app.storage.slot_eraser import SlotEraser
from app.vault import DATABASE, EVIDENCE, SLOT_FILE

_PIECE: Final = re.compile(r"[0-9]\.dat.*")
_STORED: Final = re.compile(r"[0-9a-f]{32}")


@final
class Eraser:
    """Stands ready for one vault. `overwrite` is what counts; `remove` is for afterwards."""

    def __init__(self, folder: Path) -> None:
        """Never refuses: it stands beside an open vault and may not be what fails."""
        self._folder = folder
        self._slots = SlotEraser(folder / SLOT_FILE)

    def overwrite(self) -> None:
        """Make the vault unreadable; it is so on the medium when this returns.

        Raises NotThere, NotWritable, MediumFailed.
        """
        self._slots.overwrite()

    def remove(self) -> tuple[str, ...]:
        """Take away every piece that can be taken away; the names of those that stay.

        Only after `overwrite`. Files that no vault makes are left alone.
        """
        with suppress(AppError):
            self._slots.remove()
        left = []
        for piece in (*_in(self._folder, _PIECE), *_in(self._folder / EVIDENCE, _STORED)):
            try:
                files.remove(piece)
            except NotThere:
                continue
            except AppError:
                left.append(piece.relative_to(self._folder).as_posix())
        return tuple(left)

    def close(self) -> None:
        """Stand ready no longer; nothing is erased."""
        self._slots.close()


def eraser_of(folder: Path) -> Eraser:
    """What erases the vault in `folder`; no passphrase is asked, and a damaged vault will do.

    Raises NotThere, NotAVault (none of a vault's files is there), NotReadable, NotOnThisComputer.
    """
    files.refuse_network_path(folder)
    with while_reading(folder):
        if not folder.exists():
            raise NotThere(at=folder)
        if not any((folder / name).is_file() for name in (SLOT_FILE, DATABASE)):
            raise NotAVault(at=folder)
    return Eraser(folder)


def erase(eraser: Eraser) -> tuple[str, ...]:
    """Overwrite, then remove; the names of what stays. Raises as `Eraser.overwrite`, where a slot
    file that is gone already counts as erased."""
    with suppress(NotThere):
        eraser.overwrite()
    return eraser.remove()


def _in(folder: Path, names: re.Pattern[str]) -> Iterator[Path]:
    try:
        found = [each for each in folder.iterdir() if names.fullmatch(each.name)]
    except OSError:
        return
    yield from found
