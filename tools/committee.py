"""For pictures and tests: the application of SMP-07 and two observations on its group.

Everything is fictional.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from app import samples, store
from app.records import (
    CommitteeApplication,
    EvidenceItem,
    FuzzyDate,
    IndependenceObservation,
    LText,
    Place,
    TermRef,
)
from app.records.choices import ReplySought
from app.records.desk_conditions import longest
from app.records.ids import EvidenceItemId, OrganisationId
from app.vault import Vault

_SEVENTH: Final = 6


def record(vault: Vault) -> OrganisationId | None:
    """Keeps the seventh sample and two observations; the organisation that applied."""
    cases = samples.all_cases()
    case = cases[_SEVENTH]
    # an earlier sample brings a State that this one needs
    states = [one for every in cases for one in every.records if isinstance(one, Place)]
    with vault.transaction() as tx:
        for each in (*states, *case.records, case.incident):
            store.put(vault, tx, each)
    application = next(each for each in case.records if isinstance(each, CommitteeApplication))
    source = next(each for each in case.records if isinstance(each, EvidenceItem))
    if application.organisation is None:
        return None
    observe(vault, application.organisation, EvidenceItemId(source.id))
    return application.organisation


def observe(vault: Vault, organisation: OrganisationId, source: EvidenceItemId) -> None:
    """Two observations on a fictional group: one that the State funds it, one for independence."""
    for key, fact, reply in (
        (
            "state_funding_declared",
            "In 2024 it declared a grant of a ministry, a tenth of its income.",
            "The grant was for one conference and is over.",
        ),
        ("board_elected", "Its members elect the board every two years.", ""),
    ):
        made = IndependenceObservation(
            organisation=organisation,
            observation=TermRef(list="independence_observation", key=key),
            statement=LText.of(fact, "en"),
            source=source,
            date_of_fact=FuzzyDate.on(date(2024, 12, 31)),
            date_observed=FuzzyDate.on(date(2026, 1, 15)),
            legal_context=LText.of("The law asks no group to take grants.", "en"),
            alternative_explanation=LText.of("Many groups there take such grants.", "en"),
            reply=LText.of(reply, "en"),
            reply_sought=ReplySought.ASKED,
            reviewer_names=("Heron", "Owl") if reply else (),
        )
        store.save(vault, replace(made, expires_on=longest(made.created_at.date())))
