"""Tab goes as a page is read, and no key pressed twice presses what comes next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.ask import Question, WindowAsk
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.tabbing import stops
from ui.widgets import buttons
from ui.widgets.arrange import clear, column
from ui.widgets.entry import Entry
from ui.widgets.plain import Line
from ui.wiring import Wired

Build = Callable[..., Wired]


class Late(Page):
    """A page with a foot, whose fields come when the vault has answered."""

    id = "late"
    needs = Needs.NOTHING

    @classmethod
    def title(cls) -> str:
        return "Late"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pressed: list[str] = []
        self.came = column()
        self.on = buttons.primary("Go on", lambda: self.pressed.append("go on"))
        self.tools.addWidget(buttons.sign(Icon.TRASH, "Remove", lambda: self.remove()))
        self.put(self.came)
        self.put_foot(self.back_button(), self.on)

    def remove(self) -> None:
        self.pressed.append("remove")

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same at each visit
        clear(self.came)
        for name in ("first", "second"):
            line = Line()
            line.setAccessibleName(name)
            self.came.addWidget(line)
        self.came.addWidget(
            Entry(Icon.REPORT, "onward", "", lambda: self.desk.go(Visit(page="other")))
        )


class Other(Late):
    id = "other"

    @classmethod
    def title(cls) -> str:
        return "Other"


@pytest.fixture
def shown(wired: Build, qtbot: QtBot) -> Wired:
    built = wired((Late, Other))
    built.window.show()
    built.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is built.window)
    QApplication.processEvents()
    return built


def late(built: Wired) -> Late:
    page = built.window.page
    assert isinstance(page, Late)
    return page


def name(widget: QWidget | None) -> str:
    return "" if widget is None else widget.accessibleName() or str(widget.property("text") or "")


def press(built: Wired, key: Qt.Key) -> str:
    """Press a key; the name of what has the focus afterwards."""
    QTest.keyClick(built.window.windowHandle(), key)
    QApplication.processEvents()
    return name(QApplication.focusWidget())


READ = ["Late", "Other", "Remove", "first", "second", "onward", "Back", "Go on"]


def test_tab_stops_in_the_order_in_which_a_page_is_read(shown: Wired) -> None:
    assert [name(each) for each in stops(shown.window)] == READ


def test_tab_goes_round_and_shift_tab_back(shown: Wired) -> None:
    # from the page itself, which has the focus at first, to what is first on it
    passed = [press(shown, Qt.Key.Key_Tab) for _ in READ]
    assert passed == [*READ[2:], *READ[:2]]
    back = [press(shown, Qt.Key.Key_Backtab) for _ in READ]
    assert back == [*reversed(passed[:-1]), passed[-1]]


def test_a_page_that_is_come_to_has_the_focus_and_none_of_its_buttons(shown: Wired) -> None:
    entry = next(each for each in stops(shown.window) if name(each) == "onward")
    entry.setFocus()
    assert press(shown, Qt.Key.Key_Return) == "Other"
    press(shown, Qt.Key.Key_Return)
    press(shown, Qt.Key.Key_Space)
    assert late(shown).pressed == []


def test_the_way_back_leads_to_where_one_was(shown: Wired) -> None:
    late(shown).on.setFocus()
    shown.window.visit(Visit(page="other"))
    assert name(QApplication.focusWidget()) == "Other"
    assert press(shown, Qt.Key.Key_Escape) == "Go on"


def test_a_button_that_is_greyed_hands_the_focus_to_nobody_and_tab_goes_on(shown: Wired) -> None:
    second = stops(shown.window)[READ.index("second")]
    second.setFocus()
    second.setEnabled(False)
    assert QApplication.focusWidget() is None
    assert press(shown, Qt.Key.Key_Tab) == "onward"


def test_return_presses_the_button_that_has_the_focus(shown: Wired) -> None:
    late(shown).on.setFocus()
    press(shown, Qt.Key.Key_Return)
    press(shown, Qt.Key.Key_Space)
    assert late(shown).pressed == ["go on", "go on"]


def test_return_on_the_way_back_of_a_question_never_does_what_was_asked(
    shown: Wired, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(dialog: QDialog) -> int:
        dialog.show()
        keep = next(
            each for each in dialog.findChildren(buttons.Button) if each.text() == "Keep it"
        )
        keep.setFocus()
        QTest.keyClick(keep, Qt.Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", answer)
    question = Question(title="Erase?", text="", verb="Erase it", keep="Keep it")
    assert WindowAsk(shown.window).confirm(question) is False
