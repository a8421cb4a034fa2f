"""Reads an strace log: which socket families a program asked for, and which it was given."""

from __future__ import annotations

import re
from collections.abc import Iterator

# `12 socket(AF_UNIX, ...) = 3`, or cut in two by another thread: `<unfinished ...>`, `resumed>`.
_ASKED = re.compile(r"^(?:(\d+) +)?(?:[\d:.]+ )?socket(?:pair)?\((\w+).*?(?:= (-?\d+)|<unfinished)")
_RESUMED = re.compile(r"^(?:(\d+) +)?(?:[\d:.]+ )?<\.\.\. socket(?:pair)? resumed>.*= (-?\d+)")


def asked_families(log: str) -> frozenset[str]:
    """Every family for which socket() or socketpair() was called."""
    return frozenset(family for family, _ in _sockets(log))


def families(log: str) -> frozenset[str]:
    """The families of the sockets that the kernel really gave."""
    return frozenset(family for family, result in _sockets(log) if result >= 0)


def _sockets(log: str) -> Iterator[tuple[str, int]]:
    waiting: dict[str | None, str] = {}
    for line in log.splitlines():
        if asked := _ASKED.match(line):
            process, family, result = asked.groups()
            if result is None:
                waiting[process] = family
            else:
                yield family, int(result)
        elif resumed := _RESUMED.match(line):
            process, result = resumed.groups()
            yield waiting.pop(process), int(result)
