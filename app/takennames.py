"""Which pseudonyms of this vault are taken: two people of one pseudonym would be taken for one."""

from __future__ import annotations

from dataclasses import replace

from app import store
from app.records import Person, Record
from app.records.ids import RecordId
from app.records.pseudonyms import pseudonym_besides
from app.vault import Vault


def taken(vault: Vault, besides: RecordId) -> frozenset[str]:
    """The pseudonyms of everybody but one, drafts included."""
    drafts = (each for each in store.every_draft(vault) if isinstance(each, Person))
    people = (*store.every(vault, Person), *drafts)
    return frozenset(each.pseudonym for each in people if each.id != besides)


def with_a_free_one(vault: Vault, made: Record) -> Record:
    """A new person with another pseudonym where the one drawn is taken; other records as they
    are."""
    if not isinstance(made, Person):
        return made
    held = taken(vault, made.id)
    if made.pseudonym.strip().casefold() not in {each.strip().casefold() for each in held}:
        return made
    return replace(made, pseudonym=pseudonym_besides(held))
