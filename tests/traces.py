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
"""How many canaries there are of one seed, unless a test says otherwise."""

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


def canaries(seed: str, count: int = COUNT) -> list[str]:
    """The first canaries of this seed."""
    return [canary(seed, number) for number in range(count)]


def forms(word: str) -> list[bytes]:
    """How a word may stand in a file: UTF-8, UTF-16, UTF-32, and each of them in hex and Base64."""
    plain = _plain(word)
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
    lengths = {len(each) for group in groups for each in group}
    known = frozenset[bytes]().union(*groups)

    def holds(content: bytes) -> bool:
        return any(
            content[at : at + length] in known
            for beginning in beginnings
            for at in _places(content, beginning)
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


def _places(content: bytes, part: bytes) -> Iterator[int]:
    at = content.find(part)
    while at >= 0:
        yield at
        at = content.find(part, at + 1)


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
    """Which canaries the memory of a process holds, in UTF-8, 16 or 32. Needs to be root."""
    known = {form: word for word in words for form in _plain(word)}
    return {
        known[hit] for piece in _memory(process) for hit in _FORM.findall(piece) if hit in known
    }


def is_in_memory(text: str, process: int) -> bool:
    """Whether the memory of a process holds a text that is no canary, of at most 32 letters."""
    forms_of_it = _plain(text)
    return any(form in piece for piece in _memory(process) for form in forms_of_it)


def _plain(word: str) -> list[bytes]:
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    return [word.encode(each) for each in encodings]


def _memory(process: int) -> Iterator[bytes]:
    """What a process can write to, in pieces that overlap by the longest form of a word."""
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for start, end in _writable(process):
            for at in range(start, end, _PIECE):
                try:
                    memory.seek(at)
                    yield memory.read(min(_PIECE + _LONGEST, end - at))
                except OSError:
                    continue  # a hole, or a device


def _writable(process: int) -> list[tuple[int, int]]:
    maps = Path(f"/proc/{process}/maps").read_text("ascii", "replace").splitlines()
    ranges = [line.split()[0].split("-") for line in maps if line.split()[1].startswith("rw")]
    return [(int(first, 16), int(last, 16)) for first, last in ranges]
