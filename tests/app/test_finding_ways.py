"""Common and rare words and facts are looked for in different ways, and find the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app import filters, incidents, store, tagging
from app.filters import Filter, Sort
from app.records import FuzzyRange, Incident, LText
from app.records.ids import IncidentId
from app.records.values import TermRef
from app.storage import finding_queries
from app.storage.finding_queries import After, FoundRow
from app.vault import Vault

MANY = 23
URGENCIES = ("immediate", "urgent", "standard")
FILTERS = (
    Filter(),
    Filter(words="gate"),
    Filter(words="7"),
    Filter(words="gate case"),
    Filter(words="nowhere"),
    Filter(words="gate", tags=frozenset({"odd"})),
    Filter(tags=frozenset({"odd", "none"})),
    Filter(urgencies=frozenset({"urgent"}), since=date(2025, 1, 3)),
    Filter(words="case", until=date(2025, 1, 9)),
)


@pytest.fixture
def filled(vault: Vault) -> Vault:
    """Reports with and without a day, some at once, every other one with a tag."""
    odd = []
    with vault.transaction() as tx:
        for number in range(MANY):
            made = Incident(
                title=LText.of(f"Case {number}", "en"), narrative=LText.of("At the gate.", "en")
            )
            day = date(2025, 1, 1) + timedelta(days=number // 2)
            period = FuzzyRange.on(day) if number % 3 else made.period
            urgency = TermRef(list="urgency", key=URGENCIES[number % 3])
            saved = store.put(vault, tx, replace(made, period=period, urgency=urgency)).record
            odd += [IncidentId(saved.id)] * (number % 2)
    tagging.add(vault, odd, "odd")
    return vault


def paged(vault: Vault, where: Filter, sort: Sort, few: int) -> list[FoundRow]:
    """Every row, a few at a time."""
    found: list[FoundRow] = []
    after: After | None = None
    wanted, order = filters.wanted(vault, where), filters.order(sort)
    while rows := finding_queries.page(vault.database, wanted, order, after, 4, few):
        found += rows
        after = rows[-1].after
    return found


@pytest.mark.parametrize("sort", Sort)
def test_every_way_finds_the_same_in_the_same_order(filled: Vault, sort: Sort) -> None:
    for where in FILTERS:
        rare = paged(filled, where, sort, few=1000)
        assert paged(filled, where, sort, few=1) == rare, where
        assert len({each.id for each in rare}) == len(rare)
    assert len(paged(filled, Filter(), sort, few=1)) == MANY


def test_reports_without_a_day_stand_at_the_end_of_the_days(filled: Vault) -> None:
    rows = incidents.rows(filled, Filter(words="gate"), Sort.DATE)
    days = [row.earliest for row in rows]
    known = [day for day in days if day is not None]
    assert known == sorted(known, reverse=True)
    assert days == known + [None] * (MANY - len(known))


def test_counting_stops_where_it_is_told_to(filled: Vault) -> None:
    wanted = filters.wanted(filled, Filter(words="gate"))
    assert finding_queries.count(filled.database, wanted, 1000) == MANY
    assert finding_queries.count(filled.database, wanted, 5) == 5
