"""Records of any kind for Hypothesis, made from the specs: a new field is covered at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from app.records.members import LISTS, members, value_class
from app.records.record import Record
from app.records.spec import FieldSpec, Shape, Shaped, UnknownMember
from app.records.values import TermRef

IDS = st.text("0123456789abcdef", min_size=32, max_size=32)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
INTEGERS = st.integers(min_value=-(1 << 63), max_value=(1 << 63) - 1)
INSTANTS = st.datetimes(
    min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30), timezones=st.just(UTC)
).map(lambda instant: instant.replace(microsecond=0))
DAYS = st.dates(min_value=date.min, max_value=date.max)
UNKNOWN = st.sampled_from(
    [
        (),
        (UnknownMember(name="later_field", json='{"a":[1,null,"x"]}'),),
        (
            UnknownMember(name="later_field", json='"é"'),
            UnknownMember(name="zz_later", json="-1"),
        ),
    ]
)
DEPTH = 3


@cache
def records(kind: type[Record]) -> SearchStrategy[Record]:
    """Any record of this kind."""
    return st.builds(
        kind,
        unknown=UNKNOWN,
        unknown_local=UNKNOWN,
        **{
            member.name: field(member.spec, DEPTH, member.default is None)
            for member in members(kind)
            if member.name != "schema_version"
        },
    )


def field(spec: FieldSpec, depth: int, optional: bool) -> SearchStrategy[object]:
    """Whatever one field may hold."""
    if spec.shape in LISTS:
        return st.lists(_one(spec, depth), max_size=2).map(tuple) if depth else st.just(())
    if optional:
        return st.none() | _one(spec, depth) if depth else st.none()
    return _one(spec, depth)


def _one(spec: FieldSpec, depth: int) -> SearchStrategy[object]:
    match spec.shape:
        case Shape.TEXT | Shape.TEXTS:
            return WORDS
        case Shape.FLAG:
            return st.booleans()
        case Shape.INTEGER:
            return INTEGERS
        case Shape.DAY:
            return DAYS
        case Shape.INSTANT:
            return INSTANTS
        case Shape.DIGEST:
            return st.just("") | DIGESTS
        case Shape.REF | Shape.REFS:
            return IDS
        case Shape.CHOICE:
            return st.sampled_from(list(spec.choices or ()))
        case Shape.TERM | Shape.TERMS:
            return st.builds(
                TermRef,
                list=st.just(spec.vocabulary),
                key=WORDS.filter(bool),
                other_text=WORDS,
                unknown=UNKNOWN,
            )
        case _:
            return values(value_class(spec), depth - 1)


def values(kind: type[Shaped], depth: int) -> SearchStrategy[Shaped]:
    """Any value of this class, at most so many levels deep."""
    return st.builds(
        kind,
        unknown=UNKNOWN,
        **{
            member.name: field(member.spec, max(depth, 0), member.default is None)
            for member in members(kind)
        },
    )
