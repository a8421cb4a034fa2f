"""Every field that any kind declares, by its spec: kept, said, found and written out.

The list of fields is derived: a field that is added is in these tests without a line here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from app import i18n, wording
from app.records import KINDS, FieldSpec, Record, Shape, class_of, derive, specs
from app.records.codec import decode, encode
from app.records.committee_question import CommitteeQuestion, names_individuals
from app.records.dates import FuzzyDate, FuzzyRange
from app.records.ids import new_id
from app.records.independence_observation import IndependenceObservation
from app.records.kinds import Kind
from app.records.members import value_class
from app.records.spec import Section, Sensitivity, Shaped
from app.records.values import LText, PlaceRef, TermRef

_WORDS = frozenset({Shape.TEXT, Shape.TEXTS, Shape.LTEXT, Shape.LONG})
_NOT_FOUND = frozenset({Sensitivity.SPECIAL, Sensitivity.SEALED})


def silent(record: Record) -> bool:
    """Whether its words stay out of the search by rule (G-08, questions that name people)."""
    if isinstance(record, CommitteeQuestion):
        return names_individuals(record)
    return isinstance(record, IndependenceObservation)


class Tokens:
    """Words that stand nowhere else, each with the field that it was put into."""

    def __init__(self) -> None:
        self.of: dict[str, tuple[str, FieldSpec, Sensitivity]] = {}

    def made(self, path: str, spec: FieldSpec, sensitivity: Sensitivity) -> str:
        token = f"zq{len(self.of):04}qz"
        self.of[token] = (path, spec, sensitivity)
        return token


def full(
    kind: type[Shaped], tokens: Tokens, before: str, gravest: Sensitivity
) -> dict[str, object]:
    """A value for every field of a class, blocks to their ends."""
    return {
        name: value(spec, tokens, f"{before}{name}", graver(gravest, spec.sensitivity))
        for name, spec in specs(kind)
        if not spec.stamped and name != "schema_version"
    }


def value(spec: FieldSpec, tokens: Tokens, path: str, gravest: Sensitivity) -> object:
    match spec.shape:
        case Shape.TEXT:
            return tokens.made(path, spec, gravest)
        case Shape.TEXTS:
            return (tokens.made(path, spec, gravest),)
        case Shape.LTEXT | Shape.LONG:
            return LText.of(tokens.made(path, spec, gravest), "en")
        case Shape.TERM:
            return TermRef(list=spec.vocabulary, key="other", other_text="x")
        case Shape.TERMS:
            return (TermRef(list=spec.vocabulary, key="other", other_text="x"),)
        case Shape.CHOICE:
            return next(iter(spec.choices or ()))
        case Shape.FLAG:
            return True
        case Shape.INTEGER:
            return 7
        case Shape.DAY:
            return date(2026, 3, 1)
        case Shape.INSTANT:
            return datetime(2026, 3, 1, tzinfo=UTC)
        case Shape.DIGEST:
            return "ab" * 32
        case Shape.REF:
            return new_id()
        case Shape.REFS:
            return (new_id(),)
        case Shape.DATE:
            return FuzzyDate.on(date(2026, 3, 1))
        case Shape.DATES:
            return (FuzzyDate.on(date(2026, 3, 1)),)
        case Shape.RANGE:
            return FuzzyRange.on(date(2026, 3, 1))
        case Shape.PLACE:
            return PlaceRef(as_written=LText.of(tokens.made(path, spec, gravest), "en"))
        case Shape.COUNT | Shape.MONEY | Shape.BLOCK | Shape.BLOCKS:
            kind = value_class(spec)
            made = kind(**full(kind, tokens, f"{path}.", gravest))
            return (made,) if spec.shape is Shape.BLOCKS else made


def graver(one: Sensitivity, other: Sensitivity) -> Sensitivity:
    return max(one, other, key=list(Sensitivity).index)


def filled(kind: type[Record]) -> tuple[Record, Tokens]:
    tokens = Tokens()
    return kind(**full(kind, tokens, "", Sensitivity.ORDINARY)), tokens  # type: ignore[arg-type]


def every_kind() -> Iterator[type[Record]]:
    return (class_of(kind) for kind in Kind)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)
def test_every_field_of_every_kind_is_kept_and_written_out(kind: type[Record]) -> None:
    record, tokens = filled(kind)
    parts = encode(record)
    assert decode(kind, parts.body, parts.local) == record
    written = parts.body + parts.local
    assert [path for token, (path, *_) in tokens.of.items() if token.encode() not in written] == []
    members = written.decode()
    missing = [name for name, _ in specs(kind) if f'"{name}":' not in members]
    assert missing == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)
def test_nothing_local_is_in_the_part_that_travels(kind: type[Record]) -> None:
    record, tokens = filled(kind)
    body = encode(record).body
    local = {name for name, spec in specs(kind) if spec.local}
    told = [
        path
        for token, (path, *_) in tokens.of.items()
        if path.partition(".")[0] in local and token.encode() in body
    ]
    assert told == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)
def test_every_searchable_word_is_found_and_no_other(kind: type[Record]) -> None:
    record, tokens = filled(kind)
    if hasattr(record, "protect_identity"):
        record = dataclasses.replace(record, protect_identity=False)  # type: ignore[call-arg]
    found = " ".join(row.text for row in derive.words(record))
    for token, (path, spec, gravest) in tokens.of.items():
        wanted = spec.searchable and gravest not in _NOT_FOUND and not silent(record)
        assert (token in found) == wanted, path


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)
def test_every_field_with_words_is_said_in_documents(kind: type[Record]) -> None:
    record, _tokens = filled(kind)
    texts = i18n.texts("en")
    said = {each.label for each in wording.fields(record, texts)}
    left_out = [
        name
        for name, spec in specs(kind)
        if spec.shape in _WORDS
        and spec.editable
        and not spec.local
        and spec.section is not Section.RECORD
        and texts.gettext(spec.label) not in said
    ]
    assert left_out == []


def test_every_kind_is_in_these_tests() -> None:
    assert set(every_kind()) == set(KINDS)
