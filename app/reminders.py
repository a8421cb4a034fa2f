"""What waits for somebody, in neutral words (R-05): "Task 7K2", no name, no country.

A reminder says which sort of work is due and by when. The code is the same each time and is made
from the vault and the record, so it means nothing elsewhere. Reminders stand inside an open vault;
nothing of them is on a lock screen or given to the system. Nothing here decides or writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from app import indexing, risk, store
from app.backup import reminding
from app.errors import MalformedJson, MalformedRecord
from app.i18n import N_, _
from app.records import (
    Act,
    ApplicationReview,
    Case,
    ConsentRecord,
    Intervention,
    Kind,
    Recommendation,
    Record,
    RiskAssessment,
    derive,
)
from app.records.facts import inside_un_premises
from app.records.ids import RecordId
from app.storage import records
from app.vault import Vault
from crypto.digest import sha256

AHEAD: Final = timedelta(days=7)
"""So long before its day a piece of work is on the list."""

ON_SITE: Final = timedelta(days=14)
"""So long after it the United Nations can still be told on site what happened there (R-11)."""

TOLD_ON_SITE: Final = "un_security_report"
"""Key of `intervention_type`: it was told to UN security on site."""

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's, without those that look alike."""


class Task(StrEnum):
    """A sort of work, the most pressing first. Stable: pages choose by it where to go."""

    COPY = "copy"
    DRILL = "drill"
    TELL_ON_SITE = "tell_on_site"
    REPLY = "reply"
    DEADLINE = "deadline"
    RISK_WAIT = "risk_wait"
    RISK_AGAIN = "risk_again"
    LOOK_AGAIN = "look_again"
    ASK_AGAIN = "ask_again"
    KEEP_OR_ERASE = "keep_or_erase"


WORDS: Final = {
    Task.COPY: N_("Make a safe copy."),
    Task.DRILL: N_("Try whether the safe copy opens."),
    Task.TELL_ON_SITE: N_("Tell the United Nations on site, if the person wishes."),
    Task.REPLY: N_("See whether an answer came."),
    Task.DEADLINE: N_("A deadline comes near."),
    Task.RISK_WAIT: N_("The wait of 24 hours is over."),
    Task.RISK_AGAIN: N_("Look at the risk again."),
    Task.LOOK_AGAIN: N_("Look again how it stands."),
    Task.ASK_AGAIN: N_("Ask again whether it is still agreed to."),
    Task.KEEP_OR_ERASE: N_("Decide whether to keep it."),
}
"""English source texts: what is to be done, about nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One piece of work. `code`: three letters, such as 7K2; `on`: its day, None where it is now.

    `record`: what it is about, None for the vault itself. Only a page inside the open vault may
    say more than `text`.
    """

    task: Task
    code: str
    on: date | None
    is_late: bool
    record: RecordId | None = None
    kind: Kind | None = None

    @property
    def text(self) -> str:
        """In the language of the window; safe to be seen by somebody who looks over a shoulder."""
        said = _("Task {code}").format(code=self.code)
        return said if self.on is None else f"{said} · {self.on.isoformat()}"


def due(vault: Vault, today: date) -> list[Reminder]:
    """What is due on this day or within a week, what is late first; every body is read for it.

    A record that cannot be read is passed over.
    """
    dated = (each for one in _dated(vault) for each in _due(vault, *one, today))
    found = [*_of_vault(vault), *dated]
    order = list(Task)
    return sorted(
        found, key=lambda each: (not each.is_late, order.index(each.task), each.on or today)
    )


def code_of(vault: Vault, record: str) -> str:
    """Three letters for a record (or, for "", the vault), the same each time in this vault."""
    number = int.from_bytes(sha256(f"reminder {vault.id} {record}".encode())[:8], "big")
    return "".join(_LETTERS[number >> shift & 31] for shift in (0, 5, 10))


# --- inside ---------------------------------------------------------------------------------

_MEMBERS: Final = (
    ("", "retention_until"),
    (Kind.CASE.value, "next_check"),
    (Kind.CASE.value, "deadlines"),
    (Kind.RECOMMENDATION.value, "next_check"),
    (Kind.INTERVENTION.value, "reply_due"),
    (Kind.APPLICATION_REVIEW.value, "reply_deadline"),
    (Kind.CONSENT_RECORD.value, "review_on"),
    (Kind.RISK_ASSESSMENT.value, "made_on"),
    (Kind.ACT.value, "location_type"),
)
_COPIES: Final = frozenset({reminding.Due.NO_COPY, reminding.Due.OLD_COPY})


def _of_vault(vault: Vault) -> Iterator[Reminder]:
    for task in dict.fromkeys(
        Task.COPY if each in _COPIES else Task.DRILL for each in reminding.due(vault)
    ):
        yield Reminder(task=task, code=code_of(vault, task.value), on=None, is_late=True)


def _dated(vault: Vault) -> Iterator[tuple[Record, str]]:
    """Every record with the member that may say when something is due."""
    for kind, member in _MEMBERS:
        for head in records.heads_saying(vault.database, kind, member):
            try:
                record = indexing.record_of(head)
            except (MalformedJson, MalformedRecord):
                continue
            yield record, member


def _due(vault: Vault, record: Record, member: str, today: date) -> Iterator[Reminder]:
    for task, on in _days(vault, record, member, today):
        if on <= today + AHEAD:
            yield Reminder(
                task=task,
                code=code_of(vault, record.id),
                on=on,
                is_late=on < today,
                record=RecordId(record.id),
                kind=record.kind,
            )


def _days(vault: Vault, record: Record, member: str, today: date) -> Iterator[tuple[Task, date]]:
    match record, member:
        case _, "retention_until" if record.retention_until is not None:
            yield Task.KEEP_OR_ERASE, record.retention_until
        case Case(closed_at=None), "next_check" if record.next_check is not None:
            yield Task.LOOK_AGAIN, record.next_check
        case Case(closed_at=None), "deadlines":
            coming = (each.on for each in record.deadlines if each.on and each.on >= today)
            yield from ((Task.DEADLINE, on) for on in coming)
        case Recommendation(), "next_check" if record.next_check is not None:
            yield Task.LOOK_AGAIN, record.next_check
        case Intervention(responses=()), "reply_due" if record.reply_due is not None:
            yield Task.REPLY, record.reply_due
        case ApplicationReview(), "reply_deadline" if record.reply_deadline is not None:
            yield Task.REPLY, record.reply_deadline
        case ConsentRecord(withdrawn_at=None), "review_on" if record.review_on is not None:
            yield Task.ASK_AGAIN, record.review_on
        case RiskAssessment(), "made_on":
            yield from _of_risk(vault, record, today)
        case Act(), "location_type" if inside_un_premises(record):
            yield from _on_site(vault, record, today)
        case _:
            pass


def _of_risk(vault: Vault, record: RiskAssessment, today: date) -> Iterator[tuple[Task, date]]:
    free = risk.free_from(record)
    if free is not None and vault.clock() >= free and today <= risk.ends_on(record):
        yield Task.RISK_WAIT, free.date()
    elif today <= risk.ends_on(record):
        yield Task.RISK_AGAIN, risk.ends_on(record)


def _on_site(vault: Vault, act: Act, today: date) -> Iterator[tuple[Task, date]]:
    """Until somebody told them: then there is an intervention that says so."""
    done = (
        ()
        if act.incident is None
        else store.linked_by(vault, Intervention, "incident", RecordId(act.incident))
    )
    if any(
        each.intervention_type is not None and each.intervention_type.key == TOLD_ON_SITE
        for each in done
    ):
        return
    _first, last = derive.bounds(act.period)
    happened = last or act.created_at.date()
    if today - ON_SITE <= happened <= today:
        yield Task.TELL_ON_SITE, today
