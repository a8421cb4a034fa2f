"""Finding reports: in every script, by every word, and nothing that is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app import incidents, store
from app.incidents import Filter
from app.records import Incident, LText
from app.vault import Vault
from tests.app.search_phrases import NOT_THERE, PHRASES, REPORTS, fitting, queries

Finder = Callable[[str], set[int]]


@pytest.fixture
def find(vault: Vault) -> Finder:
    """Asks a vault that holds every report of the phrases; answers their places."""
    places = {}
    for place, each in enumerate(REPORTS):
        said = Incident(
            title=LText.of("\u2060", each.lang), narrative=LText.of(each.stored, each.lang)
        )
        places[store.save(vault, replace(said, short_ref="0000000")).record.id] = place

    def ask(words: str) -> set[int]:
        return {places[row.id] for row in incidents.rows(vault, Filter(words=words))}

    return ask


def test_every_phrase_finds_every_report_that_holds_it_and_no_other(find: Finder) -> None:
    asked = queries()
    assert len(asked) >= 200
    assert len({each.lang.partition("-")[0] for each in REPORTS}) >= 12
    assert {each: found for each in asked if (found := find(each)) != fitting(each)} == {}


def test_quoted_words_stand_together_and_others_anywhere(find: Finder) -> None:
    assert {words: find(words) for words, _ in PHRASES} == {
        words: set(places) for words, places in PHRASES
    }


def test_what_no_report_holds_finds_nothing_and_no_sign_is_a_command(find: Finder) -> None:
    assert {each: found for each in NOT_THERE if (found := find(each))} == {}
