"""What may travel to a receiver, and what consent or protection keeps here (C-01, C-02, S-01).

A person or organisation that can be recognised from its own record travels only with a valid yes
to sharing with a named organisation; who said no stays here in any case. Alleged perpetrators are
described, not asked. A protected source never travels (M-11): its statement does, without saying
who speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app import consents
from app.consents import SHARE_NAMED_NGO, Answer
from app.records import ConsentRecord, Involvement, Organisation, Person, Record, Source

_ACCUSED: Final = frozenset({"alleged_perpetrator"})
_SAFE_MODES: Final = frozenset({"coded", "pseudonym", "anonymous", "group"})


class Reason(StrEnum):
    """Why a record stays here."""

    NOT_ASKED = "not_asked"
    NO = "no"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    PROTECTED_SOURCE = "protected_source"
    CONSENT_OF_WITHHELD = "consent_of_withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A record that stays here, and why."""

    record: Record
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The records that travel, in their given order, and those that do not."""

    travels: tuple[Record, ...]
    withheld: tuple[Withheld, ...]


def choose(records: Sequence[Record], today: date) -> Chosen:
    """Sorts the records of some incidents into what travels and what stays."""
    given = [each for each in records if isinstance(each, ConsentRecord)]
    accused = {
        each.party
        for each in records
        if isinstance(each, Involvement) and each.role is not None and each.role.key in _ACCUSED
    }
    withheld: dict[str, Withheld] = {}
    for record in records:
        reason = None
        if isinstance(record, Source) and record.protect_identity:
            reason = Reason.PROTECTED_SOURCE
        elif isinstance(record, Person | Organisation) and record.id not in accused:
            reason = _without_consent(record, given, today)
        if reason is not None:
            withheld[record.id] = Withheld(record=record, reason=reason)
    for consent in given:
        # consent of somebody who stays here tells who that is
        if consent.about in withheld:
            withheld[consent.id] = Withheld(record=consent, reason=Reason.CONSENT_OF_WITHHELD)
    return Chosen(
        travels=tuple(each for each in records if each.id not in withheld),
        withheld=tuple(withheld[each.id] for each in records if each.id in withheld),
    )


def _without_consent(
    record: Person | Organisation, given: Iterable[ConsentRecord], today: date
) -> Reason | None:
    held = [each for each in given if each.about == record.id]
    answer = consents.answer(held, SHARE_NAMED_NGO, today)
    if answer is Answer.YES or (answer is Answer.NOT_ASKED and not _recognisable(record)):
        return None
    return Reason(answer.value)


def _recognisable(record: Person | Organisation) -> bool:
    """Whether the record itself says who it is: a code or pseudonym alone does not."""
    if isinstance(record, Organisation):
        return record.identity_mode.key not in _SAFE_MODES and bool(record.names)
    told = (record.names, record.contact, record.birth, record.image, record.badge)
    return record.identity_mode.key not in _SAFE_MODES or any(told)
