"""What waits for somebody in an open vault: the few counts and reminders of the first page.

Counts and neutral words only (R-05): whoever looks over a shoulder learns of no person and no
country. Safe copies are reminded of apart (app/backup/reminding.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app import incidents, reminders
from app.inbox import receipts
from app.records.kinds import Kind
from app.reminders import Reminder, Task
from app.standing import State
from app.storage import incident_list
from app.vault import Vault

RECENT: Final = timedelta(days=14)
"""So long an answer that came back is told of."""

_OF_COPIES: Final = frozenset({Task.COPY, Task.DRILL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`being_written`, `changed`: reports typed and not saved, saved and not sealed again.
    `answers`: receipts that came in the last days. `reminders`: what is late first."""

    being_written: int
    changed: int
    answers: int
    reminders: tuple[Reminder, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing waits."""
        return not (self.being_written or self.changed or self.answers or self.reminders)


def look(vault: Vault, today: date) -> Waiting:
    """What waits on this day."""
    counts = {each.value: each.count for each in incidents.states(vault)}
    since = (today - RECENT).isoformat()
    answered = [each for each in receipts.received(vault) if each.day[:10] >= since]
    due = [each for each in reminders.due(vault, today) if each.task not in _OF_COPIES]
    return Waiting(
        being_written=len(incident_list.drafted(vault.database, Kind.INCIDENT)),
        changed=counts.get(State.CHANGED, 0),
        answers=len(answered),
        reminders=tuple(due),
    )
