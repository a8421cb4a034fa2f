"""Whether somebody unnamed can be put together from what goes along (M-04).

No name is needed where work, place, day and event fit three people in a town. The program sees
which kinds of trait go along; how many people they fit only a person can say, who knows the place.
Fewer than k, and it asks to say less: a coarser day or place, no occupation. k is 5 unless set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.i18n import N_
from app.records import Act, Engagement, Incident, Involvement, Person, Place, PlaceRef, Record
from app.records.dates import FuzzyRange
from app.records.ids import RecordId
from app.storage import settings
from app.vault import Vault

USUAL_K: Final = 5
LEAST_K: Final = 2
MOST_K: Final = 1000
_NAME: Final = "mosaic_k"
_ENOUGH: Final = 3
"""So many kinds of trait together are a mosaic."""

_COARSE: Final = frozenset({"country", "world_region"})
"""Levels of a place that fit too many people to tell one."""


class Trait(StrEnum):
    """A kind of trait by which people who know the place recognise somebody."""

    ROLE = "role"
    PLACE = "place"
    DATE = "date"
    EVENT = "event"
    RARE = "rare"


WORDS: Final = {
    Trait.ROLE: N_("work or part in it"),
    Trait.PLACE: N_("a place"),
    Trait.DATE: N_("a day"),
    Trait.EVENT: N_("an event"),
    Trait.RARE: N_("something rare about them"),
}
"""English source texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mosaic:
    """An unnamed person and the kinds of trait that go along about them, in the order of Trait."""

    person: RecordId
    traits: tuple[Trait, ...]


def mosaics(travels: Sequence[Record], unnamed: Sequence[Person]) -> tuple[Mosaic, ...]:
    """Those of the people who travel without a yes of their own about whom much goes along."""
    found = (
        Mosaic(person=each.id, traits=tuple(t for t in Trait if t in _traits(each, travels)))
        for each in unnamed
        if each.identity_mode.key != "group" and each.group_size is None
    )
    return tuple(each for each in found if len(each.traits) >= _ENOUGH)


def threshold(vault: Vault) -> int:
    """k: fewer known people than this could match, and it is too few."""
    held = settings.setting(vault.database, _NAME) or ""
    return min(MOST_K, max(LEAST_K, int(held))) if held.isascii() and held.isdigit() else USUAL_K


def set_threshold(vault: Vault, k: int) -> None:
    """Set k, kept within LEAST_K and MOST_K. Raises NoRoom, NotWritable."""
    with vault.transaction() as tx:
        settings.keep_setting(tx, _NAME, str(min(MOST_K, max(LEAST_K, k))))


# --- inside ---------------------------------------------------------------------------------


def _traits(person: Person, travels: Sequence[Record]) -> set[Trait]:
    found: set[Trait] = set()
    if person.victim_roles or person.occupation or person.defender_activity or person.unit:
        found.add(Trait.ROLE)
    if _is_rare(person):
        found.add(Trait.RARE)
    for record in travels:
        match record:
            case Incident():
                found |= _where(record.country, travels) | _when(record.period)
            case Act() if record.victim == person.id:
                found |= _where(record.place, travels) | _when(record.period)
                found |= {Trait.EVENT} if record.act_type is not None else set()
            case Engagement() if person.id in record.parties:
                found |= _when(record.period) | {Trait.EVENT}
            case Involvement() if record.party == person.id and record.relation_to_victim:
                found.add(Trait.ROLE)
            case _:
                pass
    return found


def _is_rare(person: Person) -> bool:
    special = (
        person.ethnic_or_social_origin,
        person.religion,
        person.sogi,
        person.disability,
        person.health,
        person.politics,
    )
    told = (person.appearance, person.badge, person.nationalities, person.residence_status)
    return any(special) or any(told) or len(person.languages) > 1


def _where(place: PlaceRef | None, travels: Sequence[Record]) -> set[Trait]:
    """Whether more than a country goes along: bodies travel with the place as it was written."""
    if place is None:
        return set()
    held = next((each for each in travels if each.id == place.place), None)
    fine = isinstance(held, Place) and (held.level is None or held.level.key not in _COARSE)
    return {Trait.PLACE} if fine or (held is None and place.as_written) else set()


def _when(period: FuzzyRange | None) -> set[Trait]:
    start = None if period is None else period.start
    known = start is not None and start.earliest is not None and start.earliest == start.latest
    return {Trait.DATE} if known else set()
