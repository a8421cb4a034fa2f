"""Keeping a first report: as drafts while it is told, as records when it is saved, and again later.

What is saved is saved in one transaction, all of it or nothing.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TypeVar

from app import firstreport, store
from app.changes import Changes
from app.errors import Invalid, NotFound
from app.firstreport import ACCUSED, HARMED, NOT_SAID, FirstReport
from app.records import (
    Act,
    ConsentRecord,
    Engagement,
    Incident,
    Involvement,
    Person,
    Record,
    checks,
)
from app.records.ids import RecordId
from app.storage import drafts
from app.vault import Vault

R = TypeVar("R", bound=Record)


def keep(vault: Vault, told: FirstReport) -> Changes:
    """Keep every answer as drafts; those taken back are forgotten.

    Raises Invalid (more than a record may hold), NoRoom, NotWritable, MediumFailed.
    """
    records = firstreport.made(told)
    for each in records:
        store.keep_draft(vault, each)
    with vault.transaction() as tx:
        for unused in _unused(told, records):
            drafts.forget(tx, unused)
    return Changes.of("draft")


def save(vault: Vault, told: FirstReport) -> Changes:
    """Make the answers records, all of them or none; their drafts are gone then.

    Raises Invalid (nothing was told of what happened), NoRoom, NotWritable, MediumFailed.
    """
    records = firstreport.made(told)
    problems = checks.draft(records[-1])
    if problems:
        raise Invalid(problems=tuple(str(each) for each in problems))
    changes = Changes.of("draft")
    with vault.transaction() as tx:
        for each in records:
            changes |= store.put(vault, tx, each).changes
            drafts.forget(tx, each.id)
        for unused in _unused(told, records):
            drafts.forget(tx, unused)
    return changes


def resume(vault: Vault, report: RecordId) -> FirstReport:
    """The report as it was being told, from its drafts; a new one where nothing was told yet."""
    with suppress(NotFound):
        return replace(
            firstreport.begin(report), report=store.get(vault, Incident, report), is_saved=True
        )
    waiting = store.every_draft(vault)
    told = firstreport.begin(report)
    held = _one(waiting, Incident, report)
    if held is None:
        return told
    told = replace(told, report=held)
    for each in waiting:
        if isinstance(each, Engagement) and each.id in held.engagements:
            told = replace(told, engagement=each)
        elif isinstance(each, Act) and each.incident == report:
            # the time is that of the report, unless another one was told for the act
            period = NOT_SAID if each.period == held.period else each.period
            told = replace(told, act=replace(each, period=period))
        elif isinstance(each, Involvement) and each.incident == report:
            told = _with_part(told, each, _one(waiting, Person, each.party))
    about = {told.act.victim, told.harmed.party}
    for each in waiting:
        if isinstance(each, Person) and each.id in about:
            told = replace(told, person=each)
        elif isinstance(each, ConsentRecord) and each.about in about and each.about is not None:
            told = replace(told, consent=each)
    return told


def _with_part(told: FirstReport, part: Involvement, who: Person | None) -> FirstReport:
    role = part.role.key if part.role is not None else ""
    if role == HARMED:
        return replace(told, harmed=part)
    if role == ACCUSED and who is not None:
        return replace(told, involvement=part, actor=who)
    return told


def _unused(told: FirstReport, used: tuple[Record, ...]) -> list[RecordId]:
    ids = {each.id for each in used}
    return [RecordId(each.id) for each in firstreport.records(told) if each.id not in ids]


def _one(waiting: list[Record], kind: type[R], reference: str | None) -> R | None:
    return next((each for each in waiting if isinstance(each, kind) and each.id == reference), None)
