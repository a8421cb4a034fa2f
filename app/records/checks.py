"""What a record still needs: to be saved, to be held as established, to leave the device.

Requirements grow with the step (Requirement in spec.py). Nothing here ever asks for a real name, a
birth date, an address or an identity number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.clock import now
from app.records import conditions, derive, edtf, future
from app.records.backlinks import backlinks
from app.records.dates import FuzzyDate, FuzzyRange
from app.records.problems import Code, Problem
from app.records.record import Record
from app.records.spec import Requirement, Shaped, specs
from app.records.values import Count, LText, TermRef
from app.records.walk import Found, says_nothing, walk

__all__ = ["Code", "Problem", "draft", "send", "verify"]

OTHER = "other"


def draft(record: Record) -> list[Problem]:
    """What has to be settled before the record may be saved."""
    problems = [*_missing(record, Requirement.DRAFT, ""), *conditions.draft(record)]
    for found in walk(record):
        problems += _of_value(found)
    return _once(problems)


def verify(record: Record, around: Sequence[Record] = ()) -> list[Problem]:
    """What is missing before the status may become `reasonable_grounds`, drafts' needs included.

    `around`: the records that point to this one.
    """
    return _once(
        [
            *draft(record),
            *_missing(record, Requirement.VERIFY, ""),
            *_not_linked(record, Requirement.VERIFY, around),
            *conditions.verify(record),
            *future.not_yet(record, now().date()),
        ]
    )


def send(record: Record, around: Sequence[Record] = ()) -> list[Problem]:
    """What is missing before anything of the record leaves the device, drafts' needs included.

    Consent and risk are judged apart, over all the people in it (C-02, R-01).
    """
    return _once(
        [
            *draft(record),
            *_missing(record, Requirement.SEND, ""),
            *_not_linked(record, Requirement.SEND, around),
            *conditions.send(record),
        ]
    )


def _once(problems: Iterable[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _missing(shaped: Shaped, step: Requirement, before: str) -> Iterator[Problem]:
    """The fields needed at a step that hold nothing; inside blocks only where there is a block."""
    for name, spec in specs(type(shaped)):
        value = getattr(shaped, name)
        path = f"{before}{name}"
        if step in spec.requirement and says_nothing(value):
            yield Problem(field=path, code=Code.MISSING)
        for each in value if isinstance(value, tuple) else (value,):
            if spec.block is not None and isinstance(each, Shaped):
                yield from _missing(each, step, f"{path}.")


def _not_linked(record: Record, step: Requirement, around: Sequence[Record]) -> Iterator[Problem]:
    pointing = {
        (other.kind, row.field)
        for other in around
        for row in derive.links(other)
        if row.target == record.id
    }
    for link in backlinks(record.kind):
        if step in link.requirement and (link.of, link.field) not in pointing:
            yield Problem(field=link.name, code=Code.NONE_LINKED)


def _of_value(found: Found) -> Iterator[Problem]:
    """What is wrong with one value by itself."""
    match found.value:
        case TermRef() as term:
            if term.key == OTHER and not term.other_text.strip():
                yield Problem(field=found.path, code=Code.OTHER_TEXT_MISSING)
        case LText() as said:
            for text in (said.text, *(layer.text for layer in said.translations)):
                yield from _length(found, text)
        case str() as text:
            yield from _length(found, text)
        case Count() as count:
            yield from _count(found, count)
        case FuzzyDate() as day:
            yield from _date(found.path, day)
        case FuzzyRange() as period:
            yield from _range(found.path, period)
        case _:
            pass


def _length(found: Found, text: str) -> Iterator[Problem]:
    if len(text) > found.spec.ceiling:
        yield Problem(field=found.path, code=Code.TOO_LONG, limit=found.spec.ceiling)


def _count(found: Found, count: Count) -> Iterator[Problem]:
    if count.min is not None and count.min < 0:
        yield Problem(field=found.path, code=Code.OUT_OF_RANGE)
    if count.min is not None and count.max is not None and count.min > count.max:
        yield Problem(field=found.path, code=Code.OUT_OF_ORDER)


def _date(path: str, day: FuzzyDate) -> Iterator[Problem]:
    if day.earliest and day.latest and day.earliest > day.latest:
        yield Problem(field=path, code=Code.OUT_OF_ORDER)
    if not _as_noted(day):
        yield Problem(field=path, code=Code.NOT_AS_NOTED)
    for term in (day.calendar, day.precision, day.qualifier):
        if term.key == OTHER and not term.other_text.strip():
            yield Problem(field=path, code=Code.OTHER_TEXT_MISSING)


def _as_noted(day: FuzzyDate) -> bool:
    """Whether the bounds lie inside what the EDTF says; they may know more. A date that is vague,
    and one in more EDTF than is known here, is not judged."""
    try:
        found = edtf.parse(day.edtf)
    except edtf.NotEdtf:
        return True
    said = edtf.bounds(found)
    if edtf.is_vague(found):
        return True
    earliest, latest = day.earliest or said.earliest, day.latest or said.latest
    return not (
        (earliest and said.earliest and earliest < said.earliest)
        or (latest and said.latest and latest > said.latest)
        or (day.earliest and said.latest and day.earliest > said.latest)
        or (day.latest and said.earliest and day.latest < said.earliest)
    )


def _range(path: str, period: FuzzyRange) -> Iterator[Problem]:
    for day in (period.start, period.end):
        if day is not None:
            yield from _date(path, day)
    if period.end is None:
        return
    if period.ongoing:
        yield Problem(field=path, code=Code.ENDED_AND_ONGOING)
    first = period.start.earliest if period.start else None
    if first and period.end.latest and first > period.end.latest:
        yield Problem(field=path, code=Code.OUT_OF_ORDER)
