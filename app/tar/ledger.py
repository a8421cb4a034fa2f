"""Which paths an archive has so far, so that no two of them are one file on any system."""

from __future__ import annotations

from app.errors import UnsafeName
from app.names import LONGEST_NAME, NameFlaw, check_path, same_name_key
from app.tar.limits import MAX_NAME_BYTES, TarRefusal


class Ledger:
    """Paths taken, compared after NFC and case folding. A folder has one spelling throughout."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: dict[str, str] = {}
        self._declared: set[str] = set()

    def take_file(self, path: str) -> TarRefusal | None:
        """Enter a file. None: it is entered; else why it cannot be.

        Raises: UnsafeName.
        """
        parts = checked(path)
        key = self._enter_folders(parts[:-1])
        if key is None:
            return TarRefusal.DUPLICATE
        key += same_name_key(parts[-1])
        if key in self._files or key in self._folders:
            return TarRefusal.DUPLICATE
        self._files.add(key)
        return None

    def take_folder(self, path: str) -> TarRefusal | None:
        """Enter a folder that is a member itself. As `take_file`."""
        key = self._enter_folders(checked(path))
        if key is None or key in self._declared:
            return TarRefusal.DUPLICATE
        self._declared.add(key)
        return None

    def _enter_folders(self, parts: list[str]) -> str | None:
        """The key of the folder with a slash, or None when a part of it is taken otherwise."""
        key = spelling = ""
        for part in parts:
            key += same_name_key(part)
            spelling += part
            if key in self._files or self._folders.setdefault(key, spelling) != spelling:
                return None
            key += "/"
            spelling += "/"
        return key


def checked(path: str) -> list[str]:
    """The parts of a path that is safe on every system. Raises: UnsafeName."""
    raw = path.encode("utf-8", "surrogatepass")
    # Before any Unicode normalisation, which takes quadratic time on a row of combining marks.
    if len(raw) > MAX_NAME_BYTES or max(map(len, raw.split(b"/"))) > LONGEST_NAME:
        raise UnsafeName(path, NameFlaw.TOO_LONG)
    check_path(path)
    return path.split("/")
