"""Small changes to good input, as damage and malice make them; the same seed, the same changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

LONGEST: Final = 256 * 1024
_TELLING: Final = (
    b"\0", b"\n", b"\r\n", b"\xff", b"\x7f", b" ", b'"', b"\\", b"/", b"..", b"-", b"%00", b"{",
    b"[", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\xcc\x81", b"\xed\xa0\x80", b"1e999", b"-1", b"0",
    b"9223372036854775808", b"18446744073709551615", b"99999999999999999999999", b"null", b"->",
    b"\\u0000", b"\\ud800", b"A" * 65, b"0" * 129,
)  # fmt: skip
_Change = Callable[[bytearray, Random, Sequence[bytes]], None]


def altered(seeds: Sequence[bytes], chance: Random) -> bytes:
    """One of the seeds after one to six changes; now and then as it is, or nothing but noise."""
    if chance.random() < 0.002:
        return chance.randbytes(chance.randrange(400))
    data = bytearray(chance.choice(seeds))
    for _ in range(min(chance.randrange(1, 7), chance.randrange(1, 7))):
        chance.choice(_CHANGES)(data, chance, seeds)
    return bytes(data[:LONGEST])


def _flip(data: bytearray, chance: Random, _seeds: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _set(data: bytearray, chance: Random, _seeds: Sequence[bytes]) -> None:
    if data:
        data[chance.randrange(len(data))] = chance.randrange(256)


def _insert(data: bytearray, chance: Random, _seeds: Sequence[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(_TELLING)


def _replace(data: bytearray, chance: Random, _seeds: Sequence[bytes]) -> None:
    new = chance.choice(_TELLING)
    at = chance.randrange(len(data) + 1)
    data[at : at + len(new)] = new


def _cut(data: bytearray, chance: Random, _seeds: Sequence[bytes]) -> None:
    start, end = _range(data, chance)
    del data[start:end]


def _end(data: bytearray, chance: Random, _seeds: Sequence[bytes]) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _repeat(data: bytearray, chance: Random, _seeds: Sequence[bytes]) -> None:
    start, end = _range(data, chance)
    times = chance.choice((1, 1, 2, 10, 300))
    data[end:end] = (bytes(data[start:end]) * times)[:LONGEST]


def _move(data: bytearray, chance: Random, _seeds: Sequence[bytes]) -> None:
    start, end = _range(data, chance)
    piece = bytes(data[start:end])
    del data[start:end]
    at = chance.randrange(len(data) + 1)
    data[at:at] = piece


def _splice(data: bytearray, chance: Random, seeds: Sequence[bytes]) -> None:
    other = chance.choice(seeds)
    start, end = _range(other, chance)
    at = chance.randrange(len(data) + 1)
    data[at : at + chance.choice((0, end - start))] = other[start:end]


def _swap_lines(data: bytearray, chance: Random, _seeds: Sequence[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    one, other = (chance.randrange(len(lines)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


def _range(data: bytes | bytearray, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 2, 4, 16, 64, 512, 4096)))


_CHANGES: Final[tuple[_Change, ...]] = (
    _flip, _flip, _set, _insert, _insert, _replace, _replace, _cut, _end, _repeat, _move, _splice,
    _swap_lines,
)  # fmt: skip
