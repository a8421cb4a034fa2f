"""The quick report: seven screens by keys alone, in few steps, and nothing told is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import store
from app.records import ConsentRecord, Engagement, Incident, Involvement, Record
from app.settings import Role, Settings
from app.vault import Vault
from tests.ui import walk
from tests.ui.pages.conftest import Start, Started
from ui.page import Visit
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage
from ui.pages.quick import QuickPage
from ui.pages.record import RecordPage
from ui.widgets.plain import TextArea

T = TypeVar("T")

MOST = 12
WORDS = "Two officers came to the house."
PAGES = (HomePage, QuickPage, IncidentPage, RecordPage)
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Hands:
    """A person at the keyboard: each key and each field typed into counts once."""

    def __init__(self, qtbot: QtBot, started: Started) -> None:
        self._qtbot = qtbot
        self._started = started
        self.count = 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.count += 1
        target = QApplication.focusWidget() or self._started.wired.window
        self._qtbot.keyClick(target, key, modifier)
        self._started.settle()

    def type(self, words: str) -> None:
        self.count += 1
        self._qtbot.keyClicks(QApplication.focusWidget(), words)


@pytest.fixture
def started(start: Start, vault_folder: Path, qtbot: QtBot) -> Started:
    begun = start(PAGES)
    begun.unlock(vault_folder)
    begun.settle()
    with qtbot.waitActive(begun.wired.window):
        begun.wired.window.activateWindow()
    return begun


def ask(started: Started, query: Callable[[Vault], T]) -> T:
    found: list[T] = []
    started.wired.session.ask(started.wired.window, lambda vault, _: query(vault), found.append)
    started.settle()
    return found[0]


def page(started: Started) -> QuickPage:
    shown = started.page
    assert isinstance(shown, QuickPage)
    return shown


def shown(started: Started) -> int:
    """The number of the screen shown, from 1."""
    at = [n for n, each in enumerate(page(started).screens, 1) if each.isVisible()]
    assert len(at) == 1
    return at[0]


def begin(started: Started) -> QuickPage:
    started.press("Record what happened")
    started.settle()
    return page(started)


def saved(started: Started, kind: type[Record]) -> list[Record]:
    return ask(started, lambda vault: list(store.every(vault, kind)))


def test_what_when_where_and_who_are_saved_by_keys_in_at_most_twelve_steps(
    started: Started, qtbot: QtBot
) -> None:
    hands = Hands(qtbot, started)
    hands.key(Qt.Key.Key_Return)  # the big button has the cursor
    hands.key(Qt.Key.Key_Return)  # yes, safe
    hands.type(WORDS)
    hands.key(Qt.Key.Key_Return, CTRL)
    hands.type("2026-03-01")
    hands.key(Qt.Key.Key_Return)
    hands.type("Ruritania")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Return, CTRL)  # the UN body is passed over
    hands.key(Qt.Key.Key_Space)  # the first kind of people; it leads on by itself
    hands.key(Qt.Key.Key_Return, CTRL)
    assert isinstance(started.page, HomePage)
    assert hands.count <= MOST
    (report,) = ask(started, lambda vault: store.every(vault, Incident))
    assert report.narrative.text == WORDS
    assert report.period.start is not None
    assert report.period.start.edtf == "2026-03-01"
    assert report.country.as_written.text == "Ruritania"
    (part,) = ask(started, lambda vault: store.every(vault, Involvement))
    assert part.perpetrator_type is not None
    assert part.perpetrator_type.key == "state"
    assert ask(started, store.every_draft) == []


def test_the_first_screen_cannot_be_passed_over_without_an_answer(started: Started) -> None:
    shown_page = begin(started)
    assert shown(started) == 1
    assert not shown_page.on.isVisible()
    assert not shown_page.close_now.isVisible()


def test_not_safe_locks_at_once(started: Started, qtbot: QtBot) -> None:
    begin(started)
    with qtbot.waitSignal(started.wired.session.locked):
        started.press("No, lock now")


def test_every_other_screen_may_be_passed_over_and_then_nothing_is_kept(started: Started) -> None:
    begin(started)
    started.press("Yes, go on")
    for number in range(2, 7):
        assert shown(started) == number
        started.press("Next")
        started.settle()
    assert "You have not told what happened" in started.texts
    started.press("Save the report")
    started.settle()
    assert isinstance(started.page, HomePage)
    assert ask(started, store.every_draft) == []
    assert saved(started, Incident) == []


def test_alt_with_the_arrows_turns_the_screens_the_way_one_reads(
    started: Started, qtbot: QtBot
) -> None:
    begin(started)
    hands = Hands(qtbot, started)
    hands.key(Qt.Key.Key_Right, ALT)
    hands.key(Qt.Key.Key_Right, ALT)
    assert shown(started) == 3
    hands.key(Qt.Key.Key_Left, ALT)
    assert shown(started) == 2


def test_in_arabic_the_arrow_to_the_left_goes_on(
    start: Start, vault_folder: Path, qtbot: QtBot
) -> None:
    started = start(PAGES, Settings(role=Role.RECORDER, language="ar"))
    started.unlock(vault_folder)
    with qtbot.waitActive(started.wired.window):
        started.wired.window.activateWindow()
    started.wired.window.visit(Visit(page="quick"))
    started.settle()
    hands = Hands(qtbot, started)
    hands.key(Qt.Key.Key_Left, ALT)
    hands.key(Qt.Key.Key_Left, ALT)
    assert shown(started) == 3
    hands.key(Qt.Key.Key_Right, ALT)
    assert shown(started) == 2


def tell(started: Started) -> QuickPage:
    """Answers on the screens two, five and seven."""
    told = begin(started)
    told._next()
    started.qtbot.keyClicks(QApplication.focusWidget(), WORDS)
    for _ in range(3):
        told._next()
    started.press("Tried to")
    told._next()
    told._next()
    told.wishes.locally.click()
    told.wishes.share.click()
    started.qtbot.keyClicks(told.wishes.receiver, "Human Rights Desk")
    return told


def test_the_cooperation_and_what_is_allowed_are_saved_with_the_report(started: Started) -> None:
    tell(started)
    started.press("Save the report")
    started.settle()
    (report,) = ask(started, lambda vault: store.every(vault, Incident))
    (engagement,) = ask(started, lambda vault: store.every(vault, Engagement))
    (consent,) = ask(started, lambda vault: store.every(vault, ConsentRecord))
    assert report.engagements == (engagement.id,)
    assert report.title.text.startswith("Report of ")
    assert engagement.state.key == "attempted"
    assert [each.recipient for each in consent.decisions] == ["", "Human Rights Desk"]


def test_a_lock_in_the_middle_loses_nothing_and_it_goes_on_question_by_question(
    started: Started, vault_folder: Path
) -> None:
    told = tell(started)
    report = told._wanted
    assert report is not None
    started.lock()
    started.unlock(vault_folder)
    started.settle()
    started.wired.window.visit(Visit(page="incident", reference=report))
    started.settle()
    assert WORDS in [area.toPlainText() for area in started.page.findChildren(TextArea)]
    started.press("Question by question")
    started.settle()
    again = page(started)
    for _ in range(6):
        again._next()
    assert again.wishes.receiver.text() == "Human Rights Desk"
    started.press("Save the report")
    started.settle()
    (engagement,) = ask(started, lambda vault: store.every(vault, Engagement))
    assert engagement.state.key == "attempted"
    assert ask(started, store.every_draft) == []


def test_what_is_being_told_is_listed_with_the_report_it_belongs_to(started: Started) -> None:
    told = tell(started)
    report = told._wanted
    assert report is not None
    started.wired.window.visit(Visit(page="incident", reference=report))
    started.settle()
    incident = started.page
    assert isinstance(incident, IncidentPage)
    assert incident._shown is not None
    kinds = {each.kind.value for each in incident._shown.writing}
    assert kinds == {"person", "engagement", "consent_record", "involvement"}


def test_what_cannot_be_read_is_said_where_it_stands_before_saving(started: Started) -> None:
    told = tell(started)
    started.press("Back")
    for _ in range(3):
        told._previous()
    assert shown(started) == 3
    told.screens[2].findChildren(type(told.wishes.receiver))[0].setText("2026-03-01")
    end = told.screens[2].fields.rows["period"].editor  # type: ignore[attr-defined]
    end._start._open_details()
    end._start._time.setText("half past")
    started.press("Save and close")
    started.settle()
    assert shown(started) == 3
    assert "Something cannot be read yet" in started.texts


def test_the_way_back_from_home_does_not_open_a_saved_report_again(started: Started) -> None:
    tell(started)
    started.press("Save the report")
    started.settle()
    started.wired.window._back()
    started.settle()
    assert isinstance(started.page, HomePage)


@pytest.mark.parametrize(("language", "percent"), [("en", 160), ("ar", 100)])
def test_every_screen_fits_and_can_be_spoken(
    start: Start, vault_folder: Path, language: str, percent: int
) -> None:
    settings = Settings(role=Role.RECORDER, language=language, text_percent=percent)
    started = start(PAGES, settings)
    started.unlock(vault_folder)
    started.wired.window.visit(Visit(page="quick"))
    started.settle()
    for number in range(1, 8):
        assert shown(started) == number
        window = started.wired.window
        QApplication.processEvents()
        assert [*walk.nameless(window), *walk.rich(window), *walk.cut_off(window)] == [], number
        page(started)._next()
