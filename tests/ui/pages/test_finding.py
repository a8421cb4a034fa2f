"""The list of reports in the window: searched while typing, filtered, sorted, a page at a time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt

from app import store
from app.filters import Filter
from app.incidents import PAGE, Sort
from app.records import Incident, LText, TermRef
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui.pages.home import HomePage
from ui.pages.incident_list import IncidentList

MANY = 2 * PAGE + 5
HOSTILE = "<b>Café</b> \u202e gate"


@pytest.fixture
def started(start: Start, vault_folder: Path) -> Started:
    """A recorder's window over more reports than two pages."""
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        with vault.transaction() as tx:
            for number in range(MANY):
                store.put(vault, tx, _report(f"Case {number}", number))
        store.save(vault, _report(HOSTILE, 0))
    begun = start((HomePage,))
    begun.unlock(vault_folder)
    begun.settle()
    return begun


def _report(title: str, number: int) -> Incident:
    made = Incident(title=LText.of(title, "en"), narrative=LText.of("Told at the gate.", "en"))
    key = "immediate" if number == 3 else "standard"
    return replace(made, urgency=TermRef(list="urgency", key=key))


def listed(started: Started) -> IncidentList:
    assert isinstance(started.page, HomePage)
    return started.page.list


def titles(shown: IncidentList) -> list[str]:
    return [row.title.text for row in shown.model.rows]


def typed(started: Started, words: str) -> IncidentList:
    shown = listed(started)
    shown.search()
    started.qtbot.keyClicks(shown.words, words)
    started.qtbot.waitUntil(lambda: not shown._pause.isActive())
    started.settle()
    return shown


def test_a_long_list_comes_a_page_at_a_time(started: Started) -> None:
    shown = listed(started)
    assert len(shown.model.rows) == PAGE
    while shown.model.canFetchMore():
        shown.model.fetchMore()
        started.settle()
    assert len(set(titles(shown))) == len(titles(shown)) == MANY + 1


def test_what_is_typed_is_searched_and_the_place_is_marked(started: Started) -> None:
    shown = typed(started, "cafe")
    assert titles(shown) == [HOSTILE]
    index = shown.model.index(0, 1)
    text = str(shown.model.data(index))
    (run,) = shown._marks(index)
    assert text[run.start : run.start + run.length] == "Café"
    assert "\u202e" not in text
    started.qtbot.keyClick(shown.words, Qt.Key.Key_Escape)
    started.qtbot.waitUntil(lambda: not shown._pause.isActive())
    started.settle()
    assert len(shown.model.rows) == PAGE


def test_nothing_found_says_what_to_do(started: Started) -> None:
    typed(started, "nowhere")
    assert "Nothing found. Try fewer letters, or take a filter off." in started.texts


def test_the_newest_question_is_the_one_answered(started: Started) -> None:
    shown = listed(started)
    for words in ('"case 1"', "nowhere", '"case 17"'):
        shown.words.setText(words)
        shown.refresh()
    started.settle()
    assert titles(shown) == ["Case 17"]


def test_a_filter_is_chosen_from_a_list_and_taken_off_as_a_chip(started: Started) -> None:
    shown = listed(started)
    shown.fold.click()
    started.settle()
    urgency = shown.panel.lists["urgencies"]
    urgency.choose("immediate")
    urgency.activated.emit(urgency.currentIndex())
    started.settle()
    assert titles(shown) == ["Case 3"]
    started.press("Immediate (hours)")
    started.settle()
    assert len(shown.model.rows) == PAGE


def test_days_that_are_typed_are_bounds(started: Started) -> None:
    shown = listed(started)
    shown.fold.click()
    started.settle()
    shown.panel.since.setText("2025-02")
    shown.panel.until.setText("2025-02")
    shown.panel.since.editingFinished.emit()
    started.settle()
    where = shown._where
    assert (str(where.since), str(where.until)) == ("2025-02-01", "2025-02-28")
    shown.panel.since.setText("9999-99")
    shown.panel.since.editingFinished.emit()
    started.settle()
    assert shown._where.since is None
    started.press("Clear all")
    started.settle()
    assert shown._where == Filter()


def test_a_heading_sorts(started: Started) -> None:
    shown = listed(started)
    shown.table.horizontalHeader().sectionClicked.emit(0)
    started.settle()
    assert shown.sort.chosen() == Sort.TITLE.value
    assert titles(shown) == sorted(titles(shown), key=str.casefold)


def test_several_reports_get_a_tag_and_lose_it_again(started: Started) -> None:
    shown = listed(started)
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for place in (0, 1):
        shown.table.selectionModel().select(shown.model.index(place, 0), select)
    assert "2 reports chosen" in started.texts
    started.ask._answers.append("press")
    started.press("Add a tag")
    started.settle()
    assert [row.tags for row in shown.model.rows[:3]] == [("press",), ("press",), ()]
    started.press("Undo")
    started.settle()
    assert all(row.tags == () for row in shown.model.rows)


def test_a_search_is_saved_and_asked_again(started: Started) -> None:
    shown = typed(started, '"case 17"')
    shown.fold.click()
    started.settle()
    started.ask._answers.append("Seventeen")
    started.press("Save this search")
    started.settle()
    shown.words.clear()
    shown.refresh()
    started.settle()
    assert len(shown.model.rows) == PAGE
    shown.saved.list.setCurrentIndex(0)
    shown.saved.list.activated.emit(0)
    started.settle()
    assert titles(shown) == ["Case 17"]
    assert shown.words.text() == '"case 17"'
