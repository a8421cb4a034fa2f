"""Whose yes counts, and for what: rules that depend on who gave it and on where the person is.

A decision written down is not yet a free one. A child is heard beside the guardian (C-10), somebody
in detention or under watch may not be free to agree (C-11), a representative speaks for the group
and not for one person in it (C-12), and a report in the app is no conversation (C-08).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.records import ConsentRecord, Organisation, Person, TermRef
from app.records.conditions import BY_OWN_REPORT, NAMED_IN_PUBLIC
from app.records.ids import RecordId

HELD: Final = frozenset(
    {
        *("detained_investigation", "detained_trial", "imprisoned"),
        *("at_liberty_restricted", "released_conditionally"),
    }
)
"""Keys of `victim_status` that mean: in somebody's hands, or under watch, ban or bail."""

PUBLICITY: Final = frozenset(
    {
        "un_public_anonymised",
        "un_public_named",
        "ngo_public_anonymised",
        "ngo_public_named",
        "media",
    }
)
"""Scopes by which everybody learns of it."""

AT_HOME: Final = frozenset({"record_locally"})
"""Scopes by which nothing leaves."""


class Objection(StrEnum):
    """Why a yes that was written down does not count."""

    CHILD = "child"  # a guardian has to agree and the child to be heard; never named in public
    NOT_FREE = "not_free"  # in detention
    NOT_ENTITLED = "not_entitled"  # whoever gave it may not give this one


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of whom a consent is about. `accused`: people said to have done it."""

    is_child: bool = False
    is_held: bool = False
    is_one_person: bool = False
    accused: frozenset[RecordId] = frozenset()


ANYBODY: Final = About()
"""Nothing is known that would hold a yes back."""


def about(party: Person | Organisation, accused: Iterable[RecordId] = ()) -> About:
    """The circumstances of this person or organisation, as their record tells them."""
    if isinstance(party, Organisation):
        return About(accused=frozenset(accused))
    return About(
        is_child=party.is_child,
        is_held=_key(party.present_status) in HELD,
        is_one_person=party.identity_mode.key != "group" and party.group_size is None,
        accused=frozenset(accused),
    )


def objection(record: ConsentRecord, scope: str, who: About) -> Objection | None:
    """What keeps a yes of this record from counting for a scope; None when nothing does."""
    giver = _key(record.given_by)
    if _key(record.method) == "in_app_self" and scope not in BY_OWN_REPORT:
        return Objection.NOT_ENTITLED
    if record.giver is not None and record.giver in who.accused:
        return Objection.NOT_ENTITLED
    if giver == "group_representative" and who.is_one_person and scope not in AT_HOME:
        return Objection.NOT_ENTITLED
    if who.is_child and scope not in AT_HOME:
        heard = bool(record.child_view) and bool(record.best_interest)
        if giver != "parent_or_guardian" or not heard or scope in NAMED_IN_PUBLIC:
            return Objection.CHILD
    own_word = who.is_held and giver in {"", "person"} and scope not in AT_HOME
    if own_word and (scope in PUBLICITY or not record.capacity_and_pressure):
        return Objection.NOT_FREE
    return None


def _key(term: TermRef | None) -> str:
    return "" if term is None else term.key
