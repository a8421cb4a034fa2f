"""Reads an strace log (made with -y): which files a program made, or opened to write into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

CALLS: Final = (
    "open,openat,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link,linkat,symlink,"
    "symlinkat"
)
"""What has to be traced."""

_OPENED: Final = re.compile(
    r"\bopen(?:at)?\((?:(?:AT_FDCWD|\d+)(?:<(?P<at>[^>]*)>)?, )?\"(?P<path>[^\"]*)\","
    r" (?P<flags>[A-Z_|]+)"
)
_MADE: Final = re.compile(
    r"\b(?:creat|mkdir(?:at)?|mknod(?:at)?)"
    r"\((?:(?:AT_FDCWD|\d+)(?:<(?P<at>[^>]*)>)?, )?\"(?P<path>[^\"]*)\""
)
# of two names the second one comes to be
_NAMED: Final = re.compile(
    r"\b(?:rename(?:at2?)?|link(?:at)?|symlink(?:at)?)\(.*?\"[^\"]*\","
    r" (?:(?:AT_FDCWD|\d+)(?:<(?P<at>[^>]*)>)?, )?\"(?P<path>[^\"]*)\""
)
_HIDDEN: Final = re.compile(r"\b(?:open|openat)\((?:(?:AT_FDCWD|\d+)(?:<[^>]*>)?, )?0x")
_TO_WRITE: Final = frozenset({"O_WRONLY", "O_RDWR", "O_CREAT", "O_TMPFILE"})


def written(log: str) -> frozenset[Path]:
    """Every path that was to be made or written into, also where the system refused."""
    return frozenset(_written(log))


def opened(log: str) -> frozenset[Path]:
    """Every path that was to be opened, for whatever purpose."""
    return frozenset(_path(hit) for line in log.splitlines() if (hit := _OPENED.search(line)))


def is_readable(log: str) -> bool:
    """Whether strace could read the names: it may not, of a process whose memory is closed, unless
    it runs as root."""
    return not any(_HIDDEN.search(line) for line in log.splitlines())


def _written(log: str) -> Iterator[Path]:
    for line in log.splitlines():
        if hit := _OPENED.search(line):
            if _TO_WRITE & set(hit["flags"].split("|")):
                yield _path(hit)
        elif hit := _MADE.search(line) or _NAMED.search(line):
            yield _path(hit)


def _path(hit: re.Match[str]) -> Path:
    return Path(hit["at"] or "/") / hit["path"]
