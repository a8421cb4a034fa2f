"""Values of a row, narrowed to the type their column has.

Tables are STRICT, so another type means a query that does not fit its reader: a bug, TypeError.
"""

from __future__ import annotations

Value = str | int | bytes | None
Row = tuple[Value, ...]


def text(value: Value) -> str:
    """The value of a TEXT NOT NULL column."""
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value


def maybe_text(value: Value) -> str | None:
    """The value of a TEXT column that may be NULL."""
    return None if value is None else text(value)


def whole(value: Value) -> int:
    """The value of an INTEGER NOT NULL column."""
    if not isinstance(value, int):
        raise TypeError(type(value))
    return value


def octets(value: Value) -> bytes:
    """The value of a BLOB NOT NULL column."""
    if not isinstance(value, bytes):
        raise TypeError(type(value))
    return value
