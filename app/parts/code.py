"""Reed-Solomon as an erasure code: of `total` blocks any `needed` give all the others.

The first `needed` blocks are the data as they are (systematic); the rest are sums of them with the
factors of a Cauchy matrix (docs/formats/parts.md 2). Every square part of such a matrix can be
inverted, so it does not matter which blocks are lost (Bloemer et al. 1995).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, reduce
from operator import xor
from typing import Final

from app.parts.galois import combine, inverse, multiply

FEWEST_NEEDED: Final = 2
MOST_PARTS: Final = 64
"""A person carries a few; more would only make a forged header dear to answer."""

_PATTERNS: Final = 256
"""Patterns of loss whose factors are remembered; a medium that goes bad makes a few."""

Row = tuple[int, ...]


@cache
def rows(needed: int, total: int) -> tuple[Row, ...]:
    """The factors of every block over the data: `total` rows of `needed` elements.

    Raises ValueError unless 2 <= needed <= total <= 64.
    """
    if not FEWEST_NEEDED <= needed <= total <= MOST_PARTS:
        raise ValueError(needed, total)
    extra = total - needed
    cauchy = [[inverse(row ^ (extra + column)) for column in range(needed)] for row in range(extra)]
    return _identity(needed) + tuple(_plain_first(cauchy))


def others(
    present: Mapping[int, bytes], wanted: Sequence[int], code: tuple[Row, ...]
) -> list[bytes]:
    """The blocks `wanted`, from exactly as many present ones as are needed, all of one length."""
    having = tuple(sorted(present))
    blocks = [present[index] for index in having]
    length = len(blocks[0])
    return [combine(_factors(having, index, code), blocks, length) for index in wanted]


@lru_cache(_PATTERNS)
def _factors(having: tuple[int, ...], wanted: int, code: tuple[Row, ...]) -> Row:
    """What to multiply the blocks at hand with to get the wanted one."""
    back = _inverted(tuple(code[index] for index in having))
    return tuple(
        reduce(
            xor,
            (multiply(factor, row[column]) for factor, row in zip(code[wanted], back, strict=True)),
        )
        for column in range(len(having))
    )


def _plain_first(matrix: list[list[int]]) -> list[Row]:
    """The same code with ones in its first row and column: fewer multiplications."""
    if not matrix:
        return []
    columns = [inverse(value) for value in matrix[0]]
    scaled = [[multiply(*pair) for pair in zip(row, columns, strict=True)] for row in matrix]
    return [tuple(multiply(value, inverse(row[0])) for value in row) for row in scaled]


def _identity(size: int) -> tuple[Row, ...]:
    return tuple(tuple(int(row == column) for column in range(size)) for row in range(size))


@lru_cache(_PATTERNS)
def _inverted(matrix: tuple[Row, ...]) -> tuple[Row, ...]:
    """Gauss and Jordan. A zero that cannot be swapped away would be a fault of the code itself."""
    size = len(matrix)
    work = [[*row, *unit] for row, unit in zip(matrix, _identity(size), strict=True)]
    for at in range(size):
        pivot = next(row for row in range(at, size) if work[row][at])
        work[at], work[pivot] = work[pivot], work[at]
        factor = inverse(work[at][at])
        work[at] = [multiply(value, factor) for value in work[at]]
        for row in range(size):
            if row != at and (times := work[row][at]):
                work[row] = [
                    value ^ multiply(times, other)
                    for value, other in zip(work[row], work[at], strict=True)
                ]
    return tuple(tuple(row[size:]) for row in work)
