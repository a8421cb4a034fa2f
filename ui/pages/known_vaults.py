"""Which vaults lie in the usual place, and where a new one can go. Nothing is written down.

A list of the vaults somebody opened would tell a searcher what to ask for. So only the usual folder
is looked at; a vault elsewhere (a stick, another disk) is chosen by hand each time.
"""

from __future__ import annotations

from pathlib import Path

from app.oserrors import while_reading
from app.paths import Places
from app.vault import DATABASE, EVIDENCE, SLOT_FILE

_MOST = 99


def looks_like_vault(folder: Path) -> bool:
    """Whether the folder has a vault's two files. Raises NotReadable, MediumFailed."""
    with while_reading(folder):
        return all((folder / name).is_file() for name in (SLOT_FILE, DATABASE))


def _remains(folder: Path) -> bool:
    """Whether anything is left of a vault: to try it says what is missing, better than silence."""
    return any((folder / name).exists() for name in (SLOT_FILE, DATABASE, EVIDENCE))


def in_usual_place(places: Places) -> tuple[Path, ...]:
    """The vaults in the usual place, whole or not, the usual one first.

    Raises NotReadable, MediumFailed.
    """
    with while_reading(places.data):
        if not places.data.is_dir():
            return ()
        entries = sorted(entry for entry in places.data.iterdir() if entry.is_dir())
    found = [entry for entry in entries if _remains(entry)]
    return tuple(sorted(found, key=lambda entry: (entry != places.vault, entry.name)))


def free_in_usual_place(places: Places) -> Path:
    """Where a new vault is proposed: the usual folder, or the next number that is free."""
    return _free(places.vault)


def place_in(folder: Path) -> Path:
    """Where a new vault goes when this folder was chosen: the folder itself when it is empty.

    Raises NotReadable, MediumFailed.
    """
    with while_reading(folder):
        empty = next(folder.iterdir(), None) is None
    return folder if empty else _free(folder / "vault")


def new_in(folder: Path, name: str) -> Path:
    """A path in this folder that is free: `name`, or the same with the next number."""
    return _free(folder / name)


def _free(wanted: Path) -> Path:
    """The path wanted, or the same with the next number: `vault`, `vault-2`, `vault-3`."""
    numbered = (wanted.with_name(f"{wanted.name}-{count}") for count in range(2, _MOST))
    return next((path for path in (wanted, *numbered) if not path.exists()), wanted)
