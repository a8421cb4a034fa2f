"""What is known about one field of a record: form, table, search, codec and export read it here."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum, Flag, StrEnum, auto
from typing import Any, Final

from app.i18n import N_
from app.records.choices import Choice
from app.records.kinds import Target

SPEC: Final = "spec"

SHORT_TEXT: Final = 4_096
"""Characters of a one-line text."""

PARAGRAPH: Final = 20_000
"""Characters of a paragraph or two."""

LONG_TEXT: Final = 250_000
"""Characters of an account; below a quarter of the 1 MiB that any reader accepts, in any script."""


class Shape(StrEnum):
    """What a field holds. In brackets the Python type."""

    TEXT = "text"  # one line without a language (str)
    TEXTS = "texts"  # several of them (tuple of str)
    LTEXT = "ltext"  # one line or paragraph in a language (LText)
    LONG = "long"  # an account of any length in a language (LText)
    TERM = "term"  # one key of a vocabulary (TermRef or None)
    TERMS = "terms"  # several keys (tuple of TermRef)
    CHOICE = "choice"  # one of a closed list (a Choice; None where nothing is chosen yet)
    FLAG = "flag"  # bool
    INTEGER = "integer"  # int or None
    DAY = "day"  # a calendar day (date or None)
    INSTANT = "instant"  # datetime in UTC, whole seconds, or None
    DIGEST = "digest"  # SHA-256 as 64 lower-case hexadecimal characters (str)
    REF = "ref"  # an identifier or None
    REFS = "refs"  # tuple of identifiers
    DATE = "date"  # FuzzyDate or None
    DATES = "dates"  # tuple of FuzzyDate
    RANGE = "range"  # FuzzyRange or None
    COUNT = "count"  # Count or None
    PLACE = "place"  # PlaceRef or None
    MONEY = "money"  # MoneyAmount or None
    BLOCK = "block"  # a value class of its own, or None
    BLOCKS = "blocks"  # tuple of values of one class


class Requirement(Flag):
    """When a field is needed. A requirement grows with the step; drafts need little."""

    NONE = 0
    DRAFT = auto()  # to save
    VERIFY = auto()  # before the status may become `reasonable_grounds`
    SEND = auto()  # before anything leaves the device
    CONDITIONAL = auto()  # depends on another field: rules in checks.py


class Sensitivity(Enum):
    """How much harm a field can do to somebody when it is seen."""

    ORDINARY = auto()
    IDENTIFYING = auto()  # tells or helps to tell who it is
    SPECIAL = auto()  # origin, belief, health and the like: hidden until a reason is typed (M-02)
    SEALED = auto()  # shown only on purpose, never in lists or search


class Section(Enum):
    """How fields are grouped in a form. The value is the heading."""

    WHAT = N_("What happened")
    WHEN = N_("When")
    WHERE = N_("Where")
    WHO = N_("Who")
    UN_LINK = N_("Link to the UN")
    REASONS = N_("Reasons and legal form")
    HARM = N_("Harm and present situation")
    WISHES = N_("What the person wants")
    DETAILS = N_("Details")
    IDENTITY = N_("Identity")
    SPECIAL = N_("Special data")
    CONTACT = N_("Safe contact")
    WORK = N_("Work and organisations")
    SOURCE = N_("Source")
    FILE = N_("File")
    PROVENANCE = N_("Where it comes from")
    CUSTODY = N_("Custody")
    CONSENT = N_("Consent")
    RISK = N_("Risk")
    VERIFICATION = N_("Verification")
    FOLLOW_UP = N_("Follow-up")
    RECORD = N_("About this record")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """Everything that the rest of the program needs to know about a field.

    `label` and `help`: English source texts, translated where they are shown.
    `vocabulary`: the list of a TERM or TERMS. `targets`: what a REF or REFS may point to.
    `block`: the value class of a BLOCK or BLOCKS. `choices`: the closed list of a CHOICE.
    `local`: stays on this device, in no body and no bundle (M-11). `essential`: in the short form.
    `stamped`: given when the record is made; a body without it is refused.
    `editable`: whether a form offers it. `searchable`: whether its words
    enter the search. `ceiling`: characters of a text that checks accept.
    """

    shape: Shape
    label: str
    section: Section = Section.DETAILS
    requirement: Requirement = Requirement.NONE
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    vocabulary: str = ""
    targets: tuple[Target, ...] = ()
    block: type[Shaped] | None = None
    choices: type[Choice] | None = None
    local: bool = False
    essential: bool = False
    stamped: bool = False
    editable: bool = True
    searchable: bool = True
    help: str = ""
    ceiling: int = SHORT_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownMember:
    """A member of a body that this version does not know: its name and its canonical JSON text."""

    name: str
    json: str


def unspecified() -> Any:
    """A dataclass field for members of a newer version: no spec, so no form and no column."""
    return dataclasses.field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """What is made of specified fields: a record, or a value inside one.

    `unknown` holds what a newer version wrote, sorted by name, and is written back unchanged.
    """

    unknown: tuple[UnknownMember, ...] = unspecified()


_SPECS: Final[dict[type[Shaped], tuple[tuple[str, FieldSpec], ...]]] = {}


def specs(kind: type[Shaped]) -> tuple[tuple[str, FieldSpec], ...]:
    """The fields of a record or value class, in the order of its definition: (name, spec)."""
    if kind not in _SPECS:
        _SPECS[kind] = tuple(
            (each.name, each.metadata[SPEC])
            for each in dataclasses.fields(kind)
            if SPEC in each.metadata
        )
    return _SPECS[kind]


def specified(spec: FieldSpec, default: object) -> Any:
    """A dataclass field that carries its spec, in the manner of dataclasses.field."""
    return dataclasses.field(default=default, metadata={SPEC: spec})
