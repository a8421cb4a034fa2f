"""Observations that bear on an organisation's independence, strictly under rules G-01 to G-12.

This is the only way to read them: one organisation, for a stated purpose that is kept. Nothing
lists, searches, sorts, counts or exports them, and nothing says what an organisation is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from app import store
from app.changes import Changes
from app.errors import Invalid, NotFound
from app.i18n import N_
from app.records import EvidenceItem, IndependenceObservation, Organisation
from app.records.choices import ReplySought, YesNoUnclear
from app.records.ids import OrganisationId
from app.records.independence_observation import ReadFor
from app.vault import Vault

LEAST_PURPOSE: Final = 10
"""Letters of a purpose: a word or two that somebody else understands later."""

_POINTS_TO_INDEPENDENCE: Final = frozenset(
    {
        "funding_members",
        "board_elected",
        "accounts_published",
        "criticises_own_state",
        "helped_access_others",
        "open_participation",
    }
)
_OF_LAW: Final = "required_by_law_pattern"
_HIDDEN: Final = frozenset({"observation_rejected", "observation_outdated"})
_TWO: Final = 2

CAUTIONS: Final = (
    N_(
        "Funding by a State or registration in a country alone does not show control: the United"
        " Nations accept declared contributions of governments, and many groups work under"
        " pressure."
    ),
    N_(
        "What the law of a country imposes on every group there says nothing about this one, and"
        " is never shown alone."
    ),
    N_(
        "Nationality, origin, language, religion, who the members are, or agreeing with a"
        " government are no indication of anything."
    ),
    N_(
        "Write down what was done in an act, with its evidence. Never write what an organisation"
        " “is”."
    ),
)
"""English source texts, shown with every observation and before writing one (G-04, G-05, G-09,
G-12)."""


class Standing(StrEnum):
    """Why an observation may not be used outside yet."""

    READY = "ready"
    NOT_REVIEWED = "not_reviewed"  # two people have not looked at it
    NOT_ASKED = "not_asked"  # no attempt to obtain the organisation's reply (G-07)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One observation as it is read, with its source beside it and its reply in it (G-07)."""

    observation: IndependenceObservation
    source: EvidenceItem | None
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is shown of one organisation, for one purpose. `cautions`: never left out."""

    organisation: Organisation
    observations: tuple[Shown, ...]
    changes: Changes
    cautions: tuple[str, ...] = CAUTIONS


def read(vault: Vault, organisation: OrganisationId, purpose: str) -> Reading:
    """The observations on one organisation; that they were read for this purpose is kept with each.

    Raises Invalid (no purpose), NotFound.
    """
    stated = " ".join(purpose.split())
    if len(stated) < LEAST_PURPOSE:
        raise Invalid(problems=("purpose: missing",))
    of = store.get(vault, Organisation, organisation)
    today = vault.clock().date()
    kept = visible(
        store.linked_by(vault, IndependenceObservation, "organisation", organisation), today
    )
    return Reading(
        organisation=of,
        observations=tuple(_shown(vault, _noted(vault, each, stated)) for each in kept),
        changes=Changes.of(IndependenceObservation.kind.value),
    )


def visible(
    observations: Sequence[IndependenceObservation], today: date
) -> tuple[IndependenceObservation, ...]:
    """What may be seen on a day: not expired, not rejected, not outdated (G-06), indicators of
    independence first (G-03), and nothing that the law imposes on everybody alone (G-04)."""
    held = [each for each in observations if _is_current(each, today)]
    if all(is_imposed(each) for each in held):
        return ()
    return tuple(sorted(held, key=lambda each: (not _points(each), each.created_at)))


def is_imposed(observation: IndependenceObservation) -> bool:
    """Whether the law of the country imposes the feature on all its organisations (G-04)."""
    pattern = observation.observation is not None and observation.observation.key == _OF_LAW
    return pattern or observation.imposed_by_law is YesNoUnclear.YES


def standing(observation: IndependenceObservation) -> Standing:
    """Whether it may be used in a document outside, else why not (G-07, four eyes)."""
    names = {" ".join(name.split()).casefold() for name in observation.reviewer_names} - {""}
    if len({*observation.reviewers, *names}) < _TWO:
        return Standing.NOT_REVIEWED
    unsafe = observation.reply_sought is ReplySought.UNSAFE and observation.reply_not_sought_reason
    if not observation.reply and observation.reply_sought is not ReplySought.ASKED and not unsafe:
        return Standing.NOT_ASKED
    return Standing.READY


def in_order(keys: Sequence[str]) -> tuple[str, ...]:
    """The keys to choose from, indicators of independence first (G-03)."""
    return tuple(sorted(keys, key=lambda key: key not in _POINTS_TO_INDEPENDENCE))


def _is_current(observation: IndependenceObservation, today: date) -> bool:
    until = observation.expires_on
    hidden = any(each.key in _HIDDEN for each in observation.handling)
    return until is not None and until >= today and not hidden


def _points(observation: IndependenceObservation) -> bool:
    key = "" if observation.observation is None else observation.observation.key
    return key in _POINTS_TO_INDEPENDENCE


def _shown(vault: Vault, observation: IndependenceObservation) -> Shown:
    return Shown(
        observation=observation,
        source=_source(vault, observation),
        standing=standing(observation),
    )


def _source(vault: Vault, observation: IndependenceObservation) -> EvidenceItem | None:
    if observation.source is None:
        return None
    try:
        return store.get(vault, EvidenceItem, observation.source)
    except NotFound:
        return None


def _noted(
    vault: Vault, observation: IndependenceObservation, purpose: str
) -> IndependenceObservation:
    """Keep that it was read, when and what for, in the hash chain of the vault (G-08)."""
    reading = ReadFor(at=vault.clock().replace(microsecond=0), purpose=purpose)
    read_once_more = replace(observation, readings=(*observation.readings, reading))
    return store.annotate(vault, read_once_more).record
