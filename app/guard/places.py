"""Paths on this computer only: a network path is refused before anything looks at it.

Merely asking whether `\\\\host\\share\\x` exists makes Windows open a connection and hand over a
password hash; on Linux a desktop's file daemon fetches what lies under its mount folder.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from app.errors import NotOnThisComputer, NotThere

# Any mix of two leading slashes: //host, \\host, /\host, also \\?\UNC\ and \\.\pipe.
_TWO_SLASHES: Final = re.compile(r"\s*[/\\]{2}")
# A scheme has two letters or more: one is a Windows drive.
_ADDRESS: Final = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.\-]+:[/\\]")
_FETCHED: Final = re.compile(
    r"[/\\]\.?gvfs[/\\](smb|sftp|ftp|ftps|dav|davs|nfs|afp|http|https|google|onedrive)[-\w]*:"
)


def local_path(text: str) -> Path:
    """The path that a person or a file named, untouched on disk.

    Raises NotOnThisComputer for a network path (UNC in any spelling, the fetched mounts of a
    desktop) or an address (`scheme:/`), and for text that is no path; NotThere when empty.
    """
    if not text:
        raise NotThere(at=Path())
    is_elsewhere = any(
        (_TWO_SLASHES.match(text), _ADDRESS.match(text), _FETCHED.search(text), "\0" in text)
    )
    if is_elsewhere:
        raise NotOnThisComputer(text=text)
    return Path(text)
