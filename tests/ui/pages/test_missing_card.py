"""The card of what is missing leads to each field, and stops nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import store
from app.missing import Stage
from app.records import Act, Incident, LText, TermRef
from app.records.ids import IncidentId
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui.forms.choosing import TermEditor
from ui.page import Visit
from ui.pages.errand import Errand
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage
from ui.pages.record import RecordPage

REPORT = Incident(title=LText.of("First"), narrative=LText.of("Somebody came."))
ACT = Act(incident=IncidentId(REPORT.id))
PAGES = (HomePage, IncidentPage, RecordPage)


@pytest.fixture
def started(start: Start, vault_folder: Path, qtbot: QtBot) -> Started:
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        store.save(vault, REPORT)
        store.keep_draft(vault, ACT)
    begun = start(PAGES)
    begun.unlock(vault_folder)
    begun.settle()
    with qtbot.waitActive(begun.wired.window):
        begun.wired.window.activateWindow()
    begun.wired.window.visit(Visit(page="incident", reference=REPORT.id))
    begun.settle()
    return begun


def page(started: Started) -> IncidentPage:
    shown = started.page
    assert isinstance(shown, IncidentPage)
    return shown


def holds(around: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is around or around.isAncestorOf(focused))


def test_the_steps_say_how_much_is_missing_and_open_on_demand(started: Started) -> None:
    card = page(started).missing
    assert "To hold it as established" in card.folds[Stage.ESTABLISHED].text()
    assert "Summary" not in [each.text() for each in card.findChildren(type(page(started).more))]
    card.folds[Stage.ESTABLISHED].click()
    assert "Summary" in [each.text() for each in card.findChildren(type(page(started).more))]


def test_a_press_leads_to_the_field_of_the_report(started: Started) -> None:
    page(started).missing.folds[Stage.ESTABLISHED].click()
    started.settle()
    started.press("Summary")
    whole = page(started).form.whole
    assert whole is not None
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Summary"


def test_a_press_leads_to_the_field_of_a_record_that_belongs_to_it(started: Started) -> None:
    page(started).missing.folds[Stage.SAVED].click()
    started.settle()
    started.press("Who was harmed")
    started.settle()
    shown = started.page
    assert isinstance(shown, RecordPage)
    assert shown.form is not None
    assert holds(shown.form._short.rows["victim"])


def test_what_was_filled_in_is_missed_no_longer_once_it_is_kept(
    started: Started, qtbot: QtBot
) -> None:
    shown = page(started)
    before = shown.missing.folds[Stage.ESTABLISHED].text()
    shown.form.show_all()
    shown.form.focus_field("summary")
    with qtbot.waitSignal(shown.drafting.kept, timeout=4000):
        qtbot.keyClicks(QApplication.focusWidget(), "Short.")
    assert shown.missing.folds[Stage.ESTABLISHED].text() != before


def test_the_block_of_a_kind_of_act_opens_by_itself(started: Started) -> None:
    started.wired.window.visit(Visit(page="record", reference=str(Errand(record=ACT.id))))
    started.settle()
    shown = started.page
    assert isinstance(shown, RecordPage)
    form = shown.form
    assert form is not None
    fold = next(each for each in form._folds if "liberty" in each.names)
    assert not fold._head.isChecked()
    editor = form._short.rows["act_type"].editor
    assert isinstance(editor, TermEditor)
    editor.put(TermRef(list="act_type", key="arrest"))
    editor._on_chosen(0)
    assert fold._head.isChecked()
    assert fold.fields().rows["liberty"].isVisible()


def test_an_errand_names_a_field_and_refuses_what_is_none() -> None:
    errand = Errand(record=ACT.id, waiting=REPORT.id, field="act_type")
    assert Errand.parse(str(errand)) == errand
    with pytest.raises(ValueError, match="#"):
        Errand.parse(f"{ACT.id}#Not a field")
