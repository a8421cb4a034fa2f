"""Looks for words where they must not be: in the memory of processes, and in files.

A canary is a word that stands nowhere else in the world. It is made from a seed in the process that
types it, so that no command line and no environment holds it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

COUNT = 200
"""How many canaries there are, at most, of one seed."""

_LARGEST_FILE = 64 * 1024**2
_PIECE = 16 * 1024**2
_LONGEST = 128
_FORM = re.compile(
    rb"zq[0-9a-f]{14}"
    rb"|z\0q\0(?:[0-9a-f]\0){14}|\0z\0q(?:\0[0-9a-f]){14}"
    rb"|z\0{3}q\0{3}(?:[0-9a-f]\0{3}){14}|\0{3}z\0{3}q(?:\0{3}[0-9a-f]){14}"
)


def canary(seed: str, number: int) -> str:
    """The canary of this number."""
    return "zq" + hashlib.sha256(f"{seed} {number}".encode()).hexdigest()[:14]


def canaries(seed: str) -> list[str]:
    """Every canary of this seed."""
    return [canary(seed, number) for number in range(COUNT)]


def forms(word: str) -> list[bytes]:
    """How a word may stand in a file: UTF-8, UTF-16, UTF-32, and each of them in hex and Base64."""
    wide = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    plain = [word.encode(), *(word.encode(each) for each in wide)]
    found = list(plain)
    for each in plain:
        found += [each.hex().encode(), each.hex().upper().encode()]
        for shift in range(3):
            # the letters that do not depend on what stands before and after
            text = base64.b64encode(bytes(shift) + each)
            found.append(text[(shift * 8 + 5) // 6 : len(text) // 4 * 4 - 4])
    found.append("".join(f"\\u{ord(letter):04x}" for letter in word).encode())
    return found


def in_files(words: Iterable[str], files: Iterable[Path]) -> list[str]:
    """Where any form of any word stands in these files, or in their names."""
    groups = [frozenset(group) for group in zip(*map(forms, words), strict=True)]
    # all words begin alike: that is looked for first, and what stands there is compared then
    beginnings = {_beginning(group) for group in groups}
    begins = re.compile(b"(?=" + b"|".join(re.escape(each) for each in beginnings) + b")")
    lengths = {len(each) for group in groups for each in group}
    known = frozenset[bytes]().union(*groups)

    def holds(content: bytes) -> bool:
        return any(
            content[hit.start() : hit.start() + length] in known
            for hit in begins.finditer(content)
            for length in lengths
        )

    found = []
    for path in files:
        try:
            content = path.read_bytes() if path.stat().st_size <= _LARGEST_FILE else b""
        except OSError:
            continue  # gone since, or not ours to read
        if holds(content) or holds(str(path).encode()):
            found.append(str(path))
    return found


def _beginning(group: frozenset[bytes]) -> bytes:
    """What all of these begin with."""
    first, last = min(group), max(group)
    same = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(same, len(first))]


def below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, without following links."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path


def in_memory(words: Iterable[str], process: int) -> set[str]:
    """Which words the memory of a process holds, in UTF-8, UTF-16 or UTF-32. Needs to be root."""
    known = {
        form: word
        for word in words
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
        for form in [word.encode(encoding)]
    }
    found: set[str] = set()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for start, end in _writable(process):
            for at in range(start, end, _PIECE):
                try:
                    memory.seek(at)
                    piece = memory.read(min(_PIECE + _LONGEST, end - at))
                except OSError:
                    continue  # a hole, or a device
                found |= {known[hit] for hit in _FORM.findall(piece) if hit in known}
    return found


def _writable(process: int) -> list[tuple[int, int]]:
    maps = Path(f"/proc/{process}/maps").read_text("ascii", "replace").splitlines()
    ranges = [line.split()[0].split("-") for line in maps if line.split()[1].startswith("rw")]
    return [(int(first, 16), int(last, 16)) for first, last in ranges]
