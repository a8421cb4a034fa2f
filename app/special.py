"""Which special facts a record holds, and the record without them (M-02).

Special is what its spec says: health, origin, belief, orientation, and blocks that hold such facts.
Whoever shows them asks why first, and has it kept (app/audit.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import TypeVar

from app.records.spec import Sensitivity, Shaped, specs
from app.records.values import LText
from app.records.walk import says_nothing

S = TypeVar("S", bound=Shaped)


def held(shaped: Shaped) -> tuple[str, ...]:
    """Where special facts stand, by name: `religion`, `liberty.health`; empty ones left out."""
    return tuple(dict.fromkeys(_held(shaped, "")))


def without(shaped: S) -> S:
    """The same without its special facts."""
    usual = {each.name: each for each in fields(shaped)}
    changed: dict[str, object] = {}
    for name, spec in specs(type(shaped)):
        value = getattr(shaped, name)
        if spec.sensitivity is Sensitivity.SPECIAL:
            changed[name] = usual[name].default
        elif isinstance(value, tuple):
            changed[name] = tuple(
                without(each) if isinstance(each, Shaped) else each for each in value
            )
        elif isinstance(value, Shaped) and not isinstance(value, LText):
            changed[name] = without(value)
    # each value has the type that its spec names
    return replace(shaped, **changed)  # type: ignore[arg-type]


def _held(shaped: Shaped, before: str) -> Iterator[str]:
    for name, spec in specs(type(shaped)):
        value = getattr(shaped, name)
        if spec.sensitivity is Sensitivity.SPECIAL:
            if not says_nothing(value):
                yield f"{before}{name}"
            continue
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Shaped):
                yield from _held(each, f"{before}{name}.")
