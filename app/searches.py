"""Searches with a name, kept inside the vault: a filter and an order to ask for again.

A filter is kept as a JSON object of the parts that are set (app/filters.py). A part or a value of a
newer version is passed over when it is read, so that the search still opens, a little wider.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Final

from app import strictjson
from app.changes import Changes
from app.errors import Invalid, NotFound
from app.filters import Came, Files, Filter, Sort
from app.records.ids import new_id
from app.standing import State
from app.storage import saved_searches
from app.storage.saved_searches import SavedSearchRow
from app.strictjson import Json
from app.vault import Vault

CHANGED: Final = "search"
"""The kind of change that a command here makes."""

NAME_LETTERS: Final = 100
_CEILING: Final = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A filter and an order under a name. `id`: random, "" for one not kept yet."""

    name: str
    where: Filter
    sort: Sort = Sort.CHANGED
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A search as it is kept now."""

    search: Search
    changes: Changes


def keep(vault: Vault, search: Search) -> Kept:
    """Keep a search, or again one that was changed, renamed or forgotten.

    Raises Invalid (no name, a name of more than 100 letters), NoRoom, NotWritable.
    """
    name = " ".join(search.name.split())
    if not name or len(name) > NAME_LETTERS:
        raise Invalid(problems=("name: missing" if not name else "name: too_long",))
    kept = replace(search, name=name, id=search.id or new_id())
    with vault.transaction() as tx:
        saved_searches.keep(
            tx,
            SavedSearchRow(
                id=kept.id, name=name, filter=_encoded(kept).decode("utf-8"), made_at=vault.now()
            ),
        )
    return Kept(search=kept, changes=Changes.of(CHANGED))


def every(vault: Vault) -> tuple[Search, ...]:
    """Every search kept, by its name."""
    found = [_decoded(row) for row in saved_searches.every(vault.database)]
    return tuple(sorted(found, key=lambda search: (search.name.casefold(), search.id)))


def named(vault: Vault, name: str) -> Search:
    """The search with this name. Raises NotFound."""
    wanted = " ".join(name.split()).casefold()
    found = next((each for each in every(vault) if each.name.casefold() == wanted), None)
    if found is None:
        raise NotFound(reference=name)
    return found


def forget(vault: Vault, search: Search) -> Changes:
    """Forget a search; `keep` brings it back. Raises NotFound."""
    with vault.transaction() as tx:
        if not saved_searches.forget(tx, search.id):
            raise NotFound(reference=search.name)
    return Changes.of(CHANGED)


# --- inside ---------------------------------------------------------------------------------


def _encoded(search: Search) -> bytes:
    parts: dict[str, Json] = {"sort": search.sort.value}
    for each in dataclasses.fields(Filter):
        value = getattr(search.where, each.name)
        if value != each.default:
            parts[each.name] = _json(value)
    return strictjson.canonical(parts)


def _json(value: object) -> Json:
    match value:
        case Enum():
            return str(value.value)
        case date():
            return value.isoformat()
        case frozenset():
            codes = sorted(str(each.value if isinstance(each, Enum) else each) for each in value)
            return list(codes)
        case _:
            return str(value)


def _decoded(row: SavedSearchRow) -> Search:
    read = strictjson.parse(row.filter.encode("utf-8"), _CEILING)
    parts = read if isinstance(read, dict) else {}
    return Search(
        id=row.id,
        name=row.name,
        sort=next((each for each in Sort if each.value == parts.get("sort")), Sort.CHANGED),
        where=Filter(
            words=_text(parts, "words"),
            consent_missing=_text(parts, "consent_missing"),
            since=_day(parts, "since"),
            until=_day(parts, "until"),
            states=frozenset(each for each in State if each.value in _texts(parts, "states")),
            came=frozenset(each for each in Came if each.value in _texts(parts, "came")),
            files=Files.SOME if _text(parts, "files") == Files.SOME.value else Files.ANY,
            acts=_texts(parts, "acts"),
            places=_texts(parts, "places"),
            written_places=_texts(parts, "written_places"),
            un_bodies=_texts(parts, "un_bodies"),
            people=_texts(parts, "people"),
            statuses=_texts(parts, "statuses"),
            urgencies=_texts(parts, "urgencies"),
            languages=_texts(parts, "languages"),
            tags=_texts(parts, "tags"),
            sealed_to=_texts(parts, "sealed_to"),
        ),
    )


def _text(parts: dict[str, Json], name: str) -> str:
    value = parts.get(name)
    return value if isinstance(value, str) else ""


def _texts(parts: dict[str, Json], name: str) -> frozenset[str]:
    value = parts.get(name)
    values = value if isinstance(value, list) else []
    return frozenset(each for each in values if isinstance(each, str))


def _day(parts: dict[str, Json], name: str) -> date | None:
    try:
        return date.fromisoformat(_text(parts, name))
    except ValueError:
        return None
