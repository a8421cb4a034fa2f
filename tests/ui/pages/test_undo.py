"""Ctrl+Z over the whole report, and its history on a page of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import store
from app.records import Incident, LText
from app.records.choices import YesNo
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui.forms.choosing import ChoiceEditor
from ui.page import Visit
from ui.pages.history import HistoryPage
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage

PAGES = (HomePage, IncidentPage, HistoryPage)
REPORT = Incident(title=LText.of("Second"), narrative=LText.of("They came at night."))


@pytest.fixture
def opened(start: Start, vault_folder: Path) -> Started:
    """A report with two states, open on its page with all fields."""
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        first = store.save(vault, replace(REPORT, title=LText.of("First"))).record
        store.save(vault, replace(first, title=LText.of("Second")))
    started = start(PAGES)
    started.unlock(vault_folder)
    started.wired.window.visit(Visit(page="incident", reference=REPORT.id))
    started.settle()
    with started.qtbot.waitActive(started.wired.window):
        started.wired.window.activateWindow()
    return started


def page(started: Started) -> IncidentPage:
    assert isinstance(started.page, IncidentPage)
    return started.page


def plainly(started: Started) -> str:
    """What can be read, without the marks that hold directions apart."""
    return started.texts.replace("\u2068", "").replace("\u2069", "")


def press(started: Started, key: Qt.Key, *, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier
    if shift:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    target = QApplication.focusWidget() or started.wired.window
    started.qtbot.keyClick(target, key, modifiers)


def test_ctrl_z_takes_back_a_change_in_one_field_while_the_cursor_is_in_another(
    opened: Started, qtbot: QtBot
) -> None:
    shown = page(opened)
    shown.form.show_all()
    whole = shown.form.whole
    assert whole is not None
    whole.unfold()
    fold = next(each for each in whole._folds if "new_legislation" in each.names)
    answer = fold.fields().rows["new_legislation"].editor
    assert isinstance(answer, ChoiceEditor)
    answer._chips[0].click()
    assert shown.form.value().new_legislation is YesNo.YES
    area = whole._short.rows["narrative"].editor.buddy()
    area.setFocus()
    qtbot.keyClicks(area, "More. ")
    typed = shown.form.value().narrative.text
    assert typed == "More. They came at night."
    press(opened, Qt.Key.Key_Z)
    assert shown.form.value().narrative == REPORT.narrative
    assert shown.form.value().new_legislation is YesNo.YES
    press(opened, Qt.Key.Key_Z)
    assert shown.form.value().new_legislation is YesNo.NOT_ASKED
    press(opened, Qt.Key.Key_Z, shift=True)
    press(opened, Qt.Key.Key_Z, shift=True)
    assert shown.form.value().new_legislation is YesNo.YES
    assert shown.form.value().narrative.text == typed


def test_what_was_undone_is_kept_as_well(opened: Started, qtbot: QtBot) -> None:
    shown = page(opened)
    quick = shown.form.quick
    assert quick is not None
    area = quick._first.rows["narrative"].editor.buddy()
    area.setFocus()
    qtbot.keyClicks(area, "x")
    shown.flush()
    opened.settle()
    press(opened, Qt.Key.Key_Z)
    with qtbot.waitSignal(shown.drafting.kept, timeout=4000):
        pass
    found: list[Incident | None] = []
    opened.wired.session.ask(
        shown, lambda vault, _: store.take_draft(vault, Incident, REPORT.id), found.append
    )
    opened.settle()
    assert found[0] is not None
    assert found[0].narrative == REPORT.narrative


def test_undo_in_the_short_form_brings_the_title_back(opened: Started, qtbot: QtBot) -> None:
    shown = page(opened)
    quick = shown.form.quick
    assert quick is not None
    quick.called.setFocus()
    quick.called.selectAll()
    qtbot.keyClicks(quick.called, "Other")
    assert shown.form.value().title.text == "Other"
    press(opened, Qt.Key.Key_Z)
    assert quick.called.text() == "Second"
    assert shown.form.value().title == LText.of("Second")


def test_the_history_shows_before_and_after_and_goes_back(opened: Started) -> None:
    opened.press("History")
    opened.settle()
    assert isinstance(opened.page, HistoryPage)
    assert "before: First\nafter: Second" in plainly(opened)
    opened.ask._answers.append(True)
    opened.press("Make it so again")
    opened.settle()
    assert opened.page.banner.notice is not None
    assert opened.page.banner.notice.title == "State 1 is the newest again."
    opened.press("Back")
    opened.settle()
    assert page(opened).form.value().title.text == "First"


def test_nothing_typed_is_lost_by_going_back_to_an_older_state(
    opened: Started, qtbot: QtBot
) -> None:
    quick = page(opened).form.quick
    assert quick is not None
    quick.called.setText("Being typed")
    opened.press("History")
    opened.settle()
    assert "before: Second\nafter: Being typed" in plainly(opened)
    opened.press("Make it so again")
    opened.settle()
    assert opened.page.banner.notice is not None
    assert opened.page.banner.notice.title == "Something in it is not saved yet"
    opened.press("Back")
    opened.settle()
    assert page(opened).form.value().title.text == "Being typed"


def test_a_report_written_down_again_opens_as_a_draft_of_its_own(opened: Started) -> None:
    quick = page(opened).form.quick
    assert quick is not None
    quick.called.setText("Being typed")
    opened.press("Write it down again")
    opened.settle()
    copy = page(opened).form.value()
    assert copy.id != REPORT.id
    assert copy.title.text == "Being typed"
    assert page(opened).drafting.is_kept
    opened.press("Back")
    opened.settle()
    assert page(opened).form.value().id == REPORT.id
