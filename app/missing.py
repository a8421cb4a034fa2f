"""What is still missing in a report and what belongs to it, step by step, in words (C, V and S).

The steps are those of app.records.checks: to be saved, to be held as established, to be handed
over. Nothing here stops anybody; consent and risk are judged apart (C-02, R-01).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app import i18n, problemwords, titles
from app.records import Kind, Record, checks, class_of, specs
from app.records.backlinks import backlinks
from app.records.problems import Code, Problem

_EMPTY = frozenset({Code.MISSING, Code.NONE_LINKED})


class Stage(StrEnum):
    """For what it is missing; the earliest step counts."""

    SAVED = "saved"
    ESTABLISHED = "established"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing to settle. `field`: the field of the record, or the list of what points to it.

    `called`: the field in the window's language; `why`: what it needs; `is_empty`: nothing is there
    yet, so the name of the field says it all.
    """

    stage: Stage
    record: Record
    field: str
    called: str
    why: str
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The gaps of one record at one step. `called`: the record in the window's language."""

    record: Record
    called: str
    gaps: tuple[Gap, ...]


def gaps(report: Record, parts: Sequence[Record]) -> tuple[Gap, ...]:
    """What is missing, the earliest step first, each field once."""
    everything = (report, *parts)
    found: list[Gap] = []
    for each in everything:
        found += _of(each, everything)
    order = list(Stage)
    return tuple(sorted(found, key=lambda gap: order.index(gap.stage)))


def grouped(found: Sequence[Gap], stage: Stage, around: Sequence[Record]) -> tuple[Gaps, ...]:
    """The gaps of a step, record by record. `around`: all records, for what one is called by."""
    records = {gap.record.id: gap.record for gap in found if gap.stage is stage}
    return tuple(
        Gaps(
            record=record,
            called=_called(record, around),
            gaps=tuple(g for g in found if g.stage is stage and g.record.id == record.id),
        )
        for record in records.values()
    )


def _of(record: Record, around: Sequence[Record]) -> list[Gap]:
    others = [each for each in around if each.id != record.id]
    stages = (
        (Stage.SAVED, checks.draft(record)),
        (Stage.ESTABLISHED, checks.verify(record, others)),
        (Stage.SENT, checks.send(record, others)),
    )
    seen: set[str] = set()
    found: list[Gap] = []
    for stage, problems in stages:
        for problem in problems:
            field = problem.field.partition(".")[0].partition("[")[0]
            if field not in seen:
                seen.add(field)
                found.append(_gap(stage, record, field, problem))
    return found


def _gap(stage: Stage, record: Record, field: str, problem: Problem) -> Gap:
    inside = "." in problem.field
    return Gap(
        stage=stage,
        record=record,
        field=field,
        called=_label(record.kind, field),
        why=problemwords.sentence(problem),
        is_empty=problem.code in _EMPTY and not inside,
    )


def _label(kind: Kind, field: str) -> str:
    for link in backlinks(kind):
        if link.name == field:
            return i18n.window().gettext(link.label)
    found = dict(specs(class_of(kind))).get(field)
    return i18n.window().gettext(found.label) if found is not None else field


def _called(record: Record, around: Sequence[Record]) -> str:
    kind = titles.kind(record.kind)
    if record.kind is Kind.INCIDENT:
        return kind
    return f"{kind}: {titles.title(record, around)}"
