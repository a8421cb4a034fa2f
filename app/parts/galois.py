"""The field with 256 elements: bytes that can be multiplied and divided without a remainder.

Polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11D), generator 2, as in most storage codes. Whole blocks
are multiplied by one factor with `bytes.translate` and added with XOR of large integers: both run
at the speed of memory, with the standard library alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

SIZE: Final = 256
_POLYNOMIAL: Final = 0x11D


def _powers() -> tuple[int, ...]:
    powers, value = [], 1
    for _ in range(SIZE - 1):
        powers.append(value)
        value <<= 1
        if value >= SIZE:
            value ^= _POLYNOMIAL
    return tuple(powers)


_POWERS: Final = _powers()
_LOGS: Final = {value: at for at, value in enumerate(_POWERS)}


def multiply(one: int, other: int) -> int:
    """The product of two elements."""
    if not one or not other:
        return 0
    return _POWERS[(_LOGS[one] + _LOGS[other]) % (SIZE - 1)]


def inverse(one: int) -> int:
    """The element whose product with `one` is 1. Raises ZeroDivisionError for 0."""
    if not one:
        raise ZeroDivisionError
    return _POWERS[-_LOGS[one] % (SIZE - 1)]


def combine(factors: Iterable[int], blocks: Iterable[bytes], length: int) -> bytes:
    """The sum of the blocks, each times its factor; all are `length` bytes long."""
    total = 0
    for factor, block in zip(factors, blocks, strict=True):
        if factor:
            total ^= int.from_bytes(
                block if factor == 1 else block.translate(_times(factor)), "little"
            )
    return total.to_bytes(length, "little")


@cache
def _times(factor: int) -> bytes:
    """A table for `translate`: what each byte is times `factor`."""
    return bytes(multiply(factor, value) for value in range(SIZE))
