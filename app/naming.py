"""Who may be named as an alleged perpetrator, and what never may (rules N-01 to N-05).

A unit or function is the default. A personal name needs a decision of two people that rests on how
the person was identified; without one, the person's own record stays here and the involvement tells
kind, part taken and note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.records import EvidenceItem, Involvement, Organisation, Person, Record
from app.records.choices import NamingDecision
from app.records.conditions import SURE_ENOUGH
from app.records.ids import RecordId

ALLEGED: Final = "alleged_perpetrator"
SAFE_MODES: Final = frozenset({"coded", "pseudonym", "anonymous", "group"})
"""Ways of recording somebody that do not say by themselves who it is."""

_OUTSIDE: Final = frozenset({NamingDecision.CONFIDENTIAL_UN, NamingDecision.PUBLIC})
_TWO: Final = 2


def accuses(part: Involvement) -> bool:
    """Whether this part in an incident is that of an alleged perpetrator."""
    return part.role is not None and part.role.key == ALLEGED


def recognisable(record: Person | Organisation) -> bool:
    """Whether the record itself says who it is: a code or pseudonym alone does not."""
    if isinstance(record, Organisation):
        return record.identity_mode.key not in SAFE_MODES and bool(record.names)
    told = (record.names, record.contact, record.birth, record.image, record.badge)
    return record.identity_mode.key not in SAFE_MODES or any(told)


def is_decided(part: Involvement) -> bool:
    """Whether this accusation may carry the name outside (N-02).

    It needs a basis, a credibility of at least `cred2_probable`, a reason, two different people,
    and a decision that is neither "never" nor "only the unit".
    """
    sure = part.confidence is not None and part.confidence.key in SURE_ENOUGH
    return (
        part.naming_decision in _OUTSIDE
        and bool(part.identified_by)
        and bool(part.naming_reason)
        and sure
        and len(deciders(part)) >= _TWO
    )


def deciders(part: Involvement) -> frozenset[str]:
    """The people who decided on naming, each once however the name was typed."""
    typed = (" ".join(name.split()).casefold() for name in part.naming_reviewer_names)
    return frozenset(part.naming_reviewers) | {name for name in typed if name}


def stays_unnamed(person: Person, parts: Iterable[Involvement]) -> bool:
    """Whether a person who is only accused can be recognised and may not be named (N-01, N-02).

    `parts`: every accusation of this person. Each must be decided: a name that may be told for one
    act is told for all of them.
    """
    return recognisable(person) and not all(is_decided(part) for part in parts)


def kept_out_of_public(records: Sequence[Record]) -> frozenset[RecordId]:
    """The evidence that no public document may show: pictures of alleged perpetrators (N-03)."""
    accused = {part.party for part in records if isinstance(part, Involvement) and accuses(part)}
    portraits = {each.image for each in records if isinstance(each, Person) and each.id in accused}
    return frozenset(
        each.id
        for each in records
        if isinstance(each, EvidenceItem)
        and (each.id in portraits or not accused.isdisjoint(each.people_listed))
    )


def code(record: Person | Organisation) -> str:
    """What a table of recurrences shows for a party: a code whose key stays here (N-04)."""
    return record.pseudonym if isinstance(record, Person) else record.short_ref


def is_group_by_birth(person: Person) -> bool:
    """Whether it is a group told by origin, belief or nationality: never an accused one (N-05)."""
    told = (person.ethnic_or_social_origin, person.religion, person.nationalities)
    return person.identity_mode.key == "group" and any(told)
