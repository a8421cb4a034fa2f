"""How record classes declare their fields: each constructor gives a dataclass field with its spec.

Like dataclasses.field they return Any; this is the one licensed use of Any. Defaults are chosen so
that a draft can be made of almost nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict, Unpack

from app.records.choices import Choice, YesNo
from app.records.dates import FuzzyRange
from app.records.kinds import Target
from app.records.spec import (
    LONG_TEXT,
    PARAGRAPH,
    SPEC,
    FieldSpec,
    Requirement,
    Section,
    Sensitivity,
    Shape,
    Shaped,
    specified,
    specs,
)
from app.records.values import NOTHING_SAID, PlaceRef, TermRef

__all__ = [
    "About",
    "FieldSpec",
    "Requirement",
    "Section",
    "Sensitivity",
    "Shape",
    "block",
    "blocks",
    "choice",
    "count",
    "date_field",
    "date_range",
    "day",
    "digest",
    "flag",
    "instant",
    "integer",
    "longtext",
    "ltext",
    "place",
    "ref",
    "refs",
    "specs",
    "stamp_of",
    "term",
    "terms",
    "text",
    "texts",
    "yes_no",
]


class About(TypedDict, total=False):
    """What any constructor takes besides its own: see FieldSpec."""

    section: Section
    requirement: Requirement
    sensitivity: Sensitivity
    local: bool
    essential: bool
    editable: bool
    searchable: bool
    help: str
    ceiling: int


def text(label: str, *, default: str = "", **about: Unpack[About]) -> Any:
    """One line without a language: codes, tags, references."""
    return specified(FieldSpec(shape=Shape.TEXT, label=label, **about), default)


def texts(label: str, **about: Unpack[About]) -> Any:
    """Several such lines."""
    return specified(FieldSpec(shape=Shape.TEXTS, label=label, **about), ())


def ltext(label: str, **about: Unpack[About]) -> Any:
    """Words in a language, a line or a paragraph."""
    about.setdefault("ceiling", PARAGRAPH)
    return specified(FieldSpec(shape=Shape.LTEXT, label=label, **about), NOTHING_SAID)


def longtext(label: str, **about: Unpack[About]) -> Any:
    """An account of any length in a language."""
    about.setdefault("ceiling", LONG_TEXT)
    return specified(FieldSpec(shape=Shape.LONG, label=label, **about), NOTHING_SAID)


def term(label: str, vocabulary: str, *, default: str = "", **about: Unpack[About]) -> Any:
    """One key of a vocabulary; `default` is a key, or empty for none."""
    return specified(
        FieldSpec(shape=Shape.TERM, label=label, vocabulary=vocabulary, **about),
        TermRef(list=vocabulary, key=default) if default else None,
    )


def terms(label: str, vocabulary: str, **about: Unpack[About]) -> Any:
    """Several keys of a vocabulary, in the order chosen."""
    return specified(FieldSpec(shape=Shape.TERMS, label=label, vocabulary=vocabulary, **about), ())


def choice(
    label: str, choices: type[Choice], *, default: Choice | None = None, **about: Unpack[About]
) -> Any:
    """One of a closed list."""
    return specified(FieldSpec(shape=Shape.CHOICE, label=label, choices=choices, **about), default)


def yes_no(label: str, **about: Unpack[About]) -> Any:
    """A question with the answers yes, no and not asked (the default)."""
    return choice(label, YesNo, default=YesNo.NOT_ASKED, **about)


def flag(label: str, *, default: bool = False, **about: Unpack[About]) -> Any:
    """Either so or not, for things the recorder decides; questions to people use yes_no."""
    return specified(FieldSpec(shape=Shape.FLAG, label=label, **about), default)


def integer(label: str, *, default: int | None = None, **about: Unpack[About]) -> Any:
    """A whole number within 64 bits."""
    return specified(FieldSpec(shape=Shape.INTEGER, label=label, **about), default)


def day(label: str, **about: Unpack[About]) -> Any:
    """A calendar day set by the recorder, such as a deadline; what people tell is date_field."""
    return specified(FieldSpec(shape=Shape.DAY, label=label, **about), None)


def instant(label: str, **about: Unpack[About]) -> Any:
    """A moment recorded by the program, in UTC, whole seconds."""
    return specified(FieldSpec(shape=Shape.INSTANT, label=label, **about), None)


def digest(label: str, **about: Unpack[About]) -> Any:
    """A SHA-256 as 64 lower-case hexadecimal characters; empty when there is none."""
    return specified(FieldSpec(shape=Shape.DIGEST, label=label, **about), "")


def ref(label: str, *targets: Target, **about: Unpack[About]) -> Any:
    """The identifier of one record of these kinds."""
    return specified(FieldSpec(shape=Shape.REF, label=label, targets=targets, **about), None)


def refs(label: str, *targets: Target, **about: Unpack[About]) -> Any:
    """The identifiers of several records of these kinds."""
    return specified(FieldSpec(shape=Shape.REFS, label=label, targets=targets, **about), ())


def date_field(label: str, **about: Unpack[About]) -> Any:
    """A date as the person knows it."""
    return specified(FieldSpec(shape=Shape.DATE, label=label, **about), None)


def date_range(label: str, *, default: FuzzyRange | None = None, **about: Unpack[About]) -> Any:
    """From one such date to another."""
    return specified(FieldSpec(shape=Shape.RANGE, label=label, **about), default)


def count(label: str, **about: Unpack[About]) -> Any:
    """How many people or things."""
    return specified(FieldSpec(shape=Shape.COUNT, label=label, **about), None)


def place(label: str, *, default: PlaceRef | None = None, **about: Unpack[About]) -> Any:
    """A place, with the precision at which it may be told."""
    return specified(FieldSpec(shape=Shape.PLACE, label=label, **about), default)


def block(label: str, value: type[Shaped], **about: Unpack[About]) -> Any:
    """Fields that belong together and appear together."""
    return specified(FieldSpec(shape=Shape.BLOCK, label=label, block=value, **about), None)


def blocks(label: str, value: type[Shaped], **about: Unpack[About]) -> Any:
    """A list of them."""
    return specified(FieldSpec(shape=Shape.BLOCKS, label=label, block=value, **about), ())


def stamp_of(
    label: str,
    shape: Shape,
    make: Callable[[], str] | Callable[[], datetime],
    *,
    section: Section = Section.RECORD,
    editable: bool = False,
) -> Any:
    """What a record is given when it is made; a body without it is refused."""
    spec = FieldSpec(shape=shape, label=label, section=section, stamped=True, editable=editable)
    return dataclasses.field(default_factory=make, metadata={SPEC: spec})
