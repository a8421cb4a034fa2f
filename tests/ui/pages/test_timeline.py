"""The timeline: the same marks painted and in a table, by keys alone, opened from both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from app import store
from app.calendars import window as calendars
from app.records import FuzzyRange, Incident, LText
from app.settings import Role, Settings
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui import walk
from tests.ui.pages.conftest import Start, Started
from ui.page import Visit
from ui.pages.history import HistoryPage
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage
from ui.pages.timeline import TimelinePage

PAGES = (HomePage, TimelinePage, IncidentPage)
DAYS = (date(2026, 3, 1), date(2026, 5, 7))


@pytest.fixture
def started(start: Start, vault_folder: Path) -> Started:
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        for day in DAYS:
            words = LText.of(f"On {day}")
            store.save(vault, Incident(title=words, narrative=words, period=FuzzyRange.on(day)))
        store.save(vault, Incident(title=LText.of("Undated"), narrative=LText.of("x")))
    begun = start(PAGES)
    begun.unlock(vault_folder)
    begun.wired.window.visit(Visit(page="timeline"))
    begun.settle()
    return begun


def page(started: Started) -> TimelinePage:
    assert isinstance(started.page, TimelinePage)
    return started.page


def test_both_show_every_mark_and_what_has_no_day_is_counted(started: Started) -> None:
    shown = page(started)
    assert [mark.first for mark in shown.model.rows] == list(DAYS)
    assert len(shown.line._placed()) == len(DAYS)
    assert "1 entry without any day is not shown." in started.texts
    assert walk.nameless(started.wired.window) == []


def test_keys_choose_zoom_and_open(started: Started, qtbot: QtBot) -> None:
    shown = page(started)
    shown.line.setFocus()
    qtbot.keyClick(shown.line, Qt.Key.Key_Right)
    qtbot.keyClick(shown.line, Qt.Key.Key_Right)
    assert shown.table.chosen_row() == 1
    days = shown.line.span.days
    qtbot.keyClick(shown.line, Qt.Key.Key_Plus)
    assert shown.line.span.days < days
    assert [each.mark.first for each in shown.line._placed()][-1:] == [DAYS[1]]
    qtbot.keyClick(shown.line, Qt.Key.Key_0)
    assert shown.line.span.days == days
    qtbot.keyClick(shown.line, Qt.Key.Key_Return)
    started.settle()
    assert isinstance(started.page, IncidentPage)
    assert started.page.form.value().title.text == f"On {DAYS[1]}"


def test_a_row_chosen_in_the_table_is_brought_into_sight(started: Started) -> None:
    shown = page(started)
    for _ in range(6):
        shown.line.zoom(0.2)
    shown.table.selectRow(0)
    assert [each.mark.first for each in shown.line._placed()] == [DAYS[0]]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_cut_in_large_text(start: Start, vault_folder: Path, language: str) -> None:
    report = Incident(title=LText.of("One"), narrative=LText.of("x"))
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        store.save(vault, report)
    settings = Settings(role=Role.RECORDER, language=language, text_percent=160)
    begun = start((*PAGES, HistoryPage), settings)
    begun.unlock(vault_folder)
    for visit in (Visit(page="timeline"), Visit(page="history", reference=report.id)):
        begun.wired.window.visit(visit)
        begun.settle()
        assert walk.cut_off(begun.wired.window) == [], visit.page
        assert walk.nameless(begun.wired.window) == [], visit.page


def test_the_calendar_shows_what_is_on_the_day_chosen(started: Started) -> None:
    shown = page(started)
    started.press("Calendar")
    assert shown.grid.isVisible()
    assert not shown.line.isVisible()
    first = DAYS[0]
    shown.grid.setSelectedDate(QDate(first.year, first.month, first.day))
    assert [mark.first for mark in shown.model.rows] == [first]
    assert [shown.grid.count_on(day) for day in (first, date(2026, 3, 2))] == [1, 0]
    assert walk.nameless(started.wired.window) == []
    started.press("Line")
    assert [mark.first for mark in shown.model.rows] == list(DAYS)


def test_keys_go_from_day_to_day_and_open(started: Started, qtbot: QtBot) -> None:
    shown = page(started)
    started.press("Calendar")
    shown.grid.setSelectedDate(QDate(2026, 2, 22))
    (view,) = shown.grid.findChildren(QTableView)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert shown.grid.day == DAYS[0]
    assert shown.model.rowCount() == 1
    shown.table.selectRow(0)
    shown.table.opened.emit(shown.model.index(0, 0))
    started.settle()
    assert isinstance(started.page, IncidentPage)


@pytest.fixture
def usual_calendar() -> Iterator[None]:
    yield
    calendars.use("gregorian")


@pytest.mark.usefixtures("usual_calendar")
def test_the_calendar_is_that_of_the_settings(start: Start, vault_folder: Path) -> None:
    calendars.use("persian")
    started = start(PAGES, Settings(role=Role.RECORDER, calendar="persian"))
    started.unlock(vault_folder)
    started.wired.window.visit(Visit(page="timeline"))
    started.settle()
    assert page(started).grid.calendar().name() == "Jalali"
