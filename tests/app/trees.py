"""What a folder holds, for tests that claim that nothing was changed or left."""

from __future__ import annotations

import hashlib
from pathlib import Path


def snapshot(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below `folder`, and "folder" for folders, by relative path."""
    return {
        str(path.relative_to(folder)): (
            "folder" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()
        )
        for path in sorted(folder.rglob("*"))
    }


def flip(path: Path, at: int, bit: int = 0) -> None:
    """Change one bit of a file in place."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.write_bytes(bytes(content))
