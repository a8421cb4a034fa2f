"""What each part of a filter can be set to in this vault, in the window's language.

People are called by their pseudonym (M-01). Only those who were harmed, involved or engaged are
offered, never who a source is (S-01), and nothing that was observed about an organisation (G-08).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app import contacts, filters, indexing, titles, vocabulary
from app.errors import AppError
from app.filters import Came
from app.i18n import N_, _
from app.storage import records
from app.vault import Vault

_MOST: Final = 200
"""Values of one part: the commonest. A list of more is no list to choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value. `label`: what it is called, as it came; `count`: reports that have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The values of one part: the name of a field of Filter, and what it is called."""

    part: str
    title: str
    choices: tuple[Choice, ...]


_PARTS: Final = (
    ("acts", N_("Kind of act"), "act_type"),
    ("places", N_("Place"), ""),
    ("written_places", N_("Place as written"), ""),
    ("un_bodies", N_("UN body"), "un_body"),
    ("people", N_("Person or organisation"), ""),
    ("statuses", N_("Verification"), "verification_status"),
    ("urgencies", N_("Urgency"), "urgency"),
    ("tags", N_("Tag"), ""),
    ("languages", N_("Language"), ""),
    ("came", N_("Where it comes from"), ""),
    ("sealed_to", N_("Sealed to"), ""),
)
_CAME: Final = {Came.HERE.value: N_("Recorded here"), Came.RECEIVED.value: N_("Received")}


def every(vault: Vault) -> tuple[Choices, ...]:
    """Every part that has a value in some report, in the order of a window.

    And `consent_missing`, which has its scopes whatever the reports say.
    """
    found = [_choices(vault, part, _(title), terms) for part, title, terms in _PARTS]
    scopes = tuple(
        Choice(value=term.code, label=vocabulary.label("consent_scope", term.code), count=0)
        for term in vocabulary.get("consent_scope").terms
        if not term.group
    )
    consent = Choices(part="consent_missing", title=_("Consent missing for"), choices=scopes)
    return (*(each for each in found if each.choices), consent)


def _choices(vault: Vault, part: str, title: str, terms: str) -> Choices:
    called = _naming(vault, part, terms)
    offered = filters.offered(vault, part)[:_MOST]
    made = [
        Choice(value=each.value, label=called(each.value), count=each.count) for each in offered
    ]
    return Choices(part=part, title=title, choices=tuple(each for each in made if each.label))


def _naming(vault: Vault, part: str, terms: str) -> Callable[[str], str]:
    if terms:
        return lambda value: vocabulary.label(terms, value)
    if part in {"places", "people"}:
        return lambda value: _title(vault, value)
    if part == "came":
        return lambda value: _(_CAME[value])
    if part == "sealed_to":
        names = {str(each.id): each.name for each in contacts.every(vault)}
        return lambda value: names.get(value, value)
    return lambda value: value


def _title(vault: Vault, record: str) -> str:
    """The title of a record; nothing for one that is not here or cannot be read."""
    try:
        head = records.head(vault.database, record)
        return "" if head is None or head.removed else titles.title(indexing.record_of(head))
    except AppError:
        return ""
