"""Which reports of a list, and in which order.

There is no filter, order or count by who a source is (S-01) and none by what was observed about an
organisation (G-08).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from app import asking, collecting, consents, store
from app.consents import Answer
from app.records import ConsentRecord
from app.standing import State
from app.storage import finding_queries as queries
from app.storage.finding_queries import AnyOf, Order, Wanted
from app.vault import Vault

_NOTHING: Final[frozenset[str]] = frozenset()


class Sort(StrEnum):
    """What comes first."""

    CHANGED = "changed"  # the latest saved
    NEWEST = "newest"  # the latest that came here
    DATE = "date"  # the latest that happened; those without a day at the end
    URGENCY = "urgency"  # the most urgent
    TITLE = "title"  # by the letters of its title


class Came(StrEnum):
    """Where a report comes from."""

    HERE = collecting.HERE
    RECEIVED = collecting.CAME


class Files(StrEnum):
    """Whether a report must have evidence."""

    ANY = "any"
    SOME = "some"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which reports: all that fit every part that is set; one of the values of a part is enough.

    `words`: as typed (app/asking.py), in the report or in what belongs to it; `since`, `until`:
    days, reports whose period may reach into them; `acts`: keys of `act_type`, a group finds what
    stands in it; `places`: ids, a country finds its towns; `written_places`: as written where no
    place is recorded; `un_bodies`, `statuses`, `urgencies`: keys; `people`: ids of people and
    organisations harmed, involved or engaged; `languages`: BCP 47; `sealed_to`: ids of contacts;
    `consent_missing`: a key of `consent_scope` that somebody harmed has not allowed today.
    """

    words: str = ""
    states: frozenset[State] = frozenset()
    since: date | None = None
    until: date | None = None
    acts: frozenset[str] = _NOTHING
    places: frozenset[str] = _NOTHING
    written_places: frozenset[str] = _NOTHING
    un_bodies: frozenset[str] = _NOTHING
    people: frozenset[str] = _NOTHING
    statuses: frozenset[str] = _NOTHING
    urgencies: frozenset[str] = _NOTHING
    languages: frozenset[str] = _NOTHING
    tags: frozenset[str] = _NOTHING
    came: frozenset[Came] = frozenset()
    files: Files = Files.ANY
    sealed_to: frozenset[str] = _NOTHING
    consent_missing: str = ""


ALL: Final = Filter()

_FACTS: Final = (
    (collecting.ACT, "acts"),
    (collecting.COUNTRY, "places"),
    (collecting.WRITTEN_PLACE, "written_places"),
    (collecting.UN_BODY, "un_bodies"),
    (collecting.PERSON, "people"),
    (collecting.STATUS, "statuses"),
    (collecting.URGENCY, "urgencies"),
    (collecting.LANGUAGE, "languages"),
    (collecting.TAG, "tags"),
    (collecting.ORIGIN, "came"),
)
"""The fact in the derived lines for each part of a filter."""

_ORDERS: Final[dict[Sort, Order]] = {
    Sort.CHANGED: queries.BY_CHANGE,
    Sort.NEWEST: queries.BY_ARRIVAL,
    Sort.DATE: queries.BY_DATE,
    Sort.URGENCY: queries.BY_URGENCY,
    Sort.TITLE: queries.BY_TITLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A value that a filter can take, and how many reports of the vault have it."""

    value: str
    count: int


def with_value(where: Filter, part: str, value: str) -> Filter:
    """The filter with a value more in one of its parts (the name of a field)."""
    if part == "consent_missing":
        return replace(where, consent_missing=value)
    held: frozenset[str] = getattr(where, part)
    more = Came(value) if part == "came" else value
    return replace(where, **{part: held | {more}})  # type: ignore[arg-type]  # a part of texts


def without_value(where: Filter, part: str, value: str) -> Filter:
    """The filter with that value taken off."""
    if part == "consent_missing":
        return replace(where, consent_missing="")
    held: frozenset[str] = getattr(where, part)
    return replace(where, **{part: held - {value}})  # type: ignore[arg-type]  # a part of texts


def values(where: Filter) -> tuple[tuple[str, str], ...]:
    """Every value chosen, with its part; words, states and days are no such values."""
    found = [(name, str(value)) for _, name in _FACTS for value in sorted(getattr(where, name))]
    found += [("sealed_to", value) for value in sorted(where.sealed_to)]
    if where.consent_missing:
        found.append(("consent_missing", where.consent_missing))
    return tuple(found)


def order(sort: Sort) -> Order:
    """The order in the derived lines."""
    return _ORDERS[sort]


def wanted(vault: Vault, where: Filter) -> Wanted:
    """The filter in terms of the derived lines."""
    all_of = [
        AnyOf(what=what, values=tuple(sorted(chosen)))
        for what, name in _FACTS
        if (chosen := getattr(where, name))
    ]
    if where.files is Files.SOME:
        all_of.append(AnyOf(what=collecting.EVIDENCE, values=("",)))
    outside: tuple[AnyOf, ...] = ()
    if where.consent_missing:
        allowed = tuple(sorted(_allowing(vault, where.consent_missing)))
        outside = (AnyOf(what=collecting.HARMED, values=allowed),)
    return Wanted(
        words=asking.words_of(where.words),
        states=tuple(sorted(where.states)),
        since=where.since.isoformat() if where.since else "",
        until=where.until.isoformat() if where.until else "",
        contacts=tuple(sorted(where.sealed_to)),
        all_of=tuple(all_of),
        outside=outside,
    )


def offered(vault: Vault, part: str) -> tuple[Offered, ...]:
    """What a part of Filter (its name) can be set to in this vault, the commonest first.

    Raises LookupError for a part that has no list of values.
    """
    if part == "sealed_to":
        found = queries.receivers(vault.database)
    elif part == "states":
        found = queries.states(vault.database)
    else:
        found = queries.values_of(vault.database, {name: what for what, name in _FACTS}[part])
    return tuple(Offered(value=value, count=count) for value, count in found.items())


def _allowing(vault: Vault, scope: str) -> set[str]:
    """Everybody who allows this today, whoever receives it (app/consents.py)."""
    held: dict[str, list[ConsentRecord]] = defaultdict(list)
    for record in store.every(vault, ConsentRecord):
        if record.about is not None:
            held[record.about].append(record)
    today = vault.clock().date()
    return {
        about for about, found in held.items() if consents.answer(found, scope, today) is Answer.YES
    }
