"""Sizes in words people use: 48 MB. Thousands, as on the label of a stick."""

from __future__ import annotations

from app.i18n import _

_STEP = 1000


def words(size: int) -> str:
    """A number of bytes, rounded up: never less than what will be needed."""
    if size < _STEP:
        return _("{count} bytes").format(count=size)
    if size < _STEP**2:
        return _("{count} kB").format(count=_up(size, _STEP))
    if size < _STEP**3:
        return _("{count} MB").format(count=_up(size, _STEP**2))
    tenths = _up(size * 10, _STEP**3)
    return _("{count} GB").format(count=f"{tenths // 10}.{tenths % 10}")


def _up(size: int, unit: int) -> int:
    return -(-size // unit)
