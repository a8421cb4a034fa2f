"""The frame around the pages: rail, keys, drops, locking, languages, looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.errors import NoRoom
from app.i18n import _
from app.settings import Role, Theme
from tests.ui import walk
from tests.ui.conftest import SmallVault
from ui.actions import Action
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.preferences import Preferences
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, Card, hint
from ui.widgets.plain import Line, Tone
from ui.wiring import Wired

Build = Callable[..., Wired]


class Front(Page):
    id = "front"
    icon = Icon.UNLOCK
    needs = Needs.NO_VAULT
    bare = True

    @classmethod
    def title(cls) -> str:
        return _("Unlock")


class Open(Page):
    id = "open"
    icon = Icon.STICK
    needs = Needs.NOTHING

    @classmethod
    def title(cls) -> str:
        return _("Guide")


class Home(Page):
    id = "home"
    icon = Icon.HOME
    takes_files = True

    @classmethod
    def title(cls) -> str:
        return _("Home")

    @classmethod
    def opens_first(cls, preferences: Preferences) -> bool:  # noqa: ARG003
        return True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.seen: list[object] = []
        self.line = Line()
        self.line.setAccessibleName(_("Search"))
        self.put(hint("x"), Card("y", self.line), STRETCH)
        self.put_foot(self.back_button(), STRETCH, buttons.primary(_("Seal"), self.go_on))

    def arrive(self, visit: Visit) -> None:
        self.seen.append(visit)

    def flush(self) -> None:
        if self.line.text():
            text = self.line.text()
            self.session.do(self, lambda vault, _: _write(vault, text), lambda _: None)

    def take_files(self, files: tuple[Path, ...]) -> None:
        self.seen.append(files)

    def search(self) -> None:
        self.line.setFocus()

    def go_on(self) -> None:
        self.seen.append("went on")


class Record(Home):
    id = "record"
    icon = Icon.WRITE
    in_rail = False
    under = "home"
    answers = Action.NEW

    @classmethod
    def title(cls) -> str:
        return _("Record")

    @classmethod
    def opens_first(cls, preferences: Preferences) -> bool:  # noqa: ARG003
        return False


class Inbox(Page):
    id = "inbox"
    roles = frozenset({Role.ORGANISATION})

    @classmethod
    def title(cls) -> str:
        return _("Inbox")


PAGES = (Front, Open, Home, Record, Inbox)


def _write(vault: SmallVault, text: str) -> Changes:
    vault.words.append(text)
    return Changes()


@pytest.fixture
def opened(qtbot: QtBot, wired: Build, small_vault: SmallVault) -> Wired:
    built = wired(PAGES, role=Role.RECORDER)
    built.window.show()
    with qtbot.waitSignal(built.session.unlocked):
        built.session.unlock(built.window, lambda _: small_vault, lambda: None)
    return built


def titles(built: Wired) -> list[str]:
    rail = built.window._rail
    return [] if rail is None else [entry.text() for entry in rail._entries.values()]


def test_a_locked_window_shows_only_what_needs_no_vault(wired: Build) -> None:
    built = wired(PAGES, role=Role.RECORDER)
    assert isinstance(built.window.page, Front)
    assert titles(built) == []
    built.window._go(Visit(page="open"))
    assert titles(built) == ["Guide"]


def test_unlocking_shows_the_pages_of_the_role(opened: Wired) -> None:
    assert isinstance(opened.window.page, Home)
    assert titles(opened) == ["Guide", "Home"]


def test_a_narrow_window_shows_the_rail_as_signs_that_still_have_names(
    qtbot: QtBot, opened: Wired
) -> None:
    opened.window.setMinimumWidth(1)
    opened.window.resize(400, 600)
    qtbot.waitUntil(lambda: titles(opened) == ["", ""])
    entries = opened.window._rail._entries.values()
    assert [entry.accessibleName() for entry in entries] == ["Guide", "Home"]
    opened.window.resize(1400, 600)
    qtbot.waitUntil(lambda: titles(opened) == ["Guide", "Home"])


def test_another_role_sees_other_pages(qtbot: QtBot, wired: Build, small_vault: SmallVault) -> None:
    built = wired(PAGES, role=Role.ORGANISATION)
    with qtbot.waitSignal(built.session.unlocked):
        built.session.unlock(built.window, lambda _: small_vault, lambda: None)
    assert titles(built) == ["Guide", "Home", "Inbox"]


def test_a_page_that_may_not_be_shown_leads_to_the_start(opened: Wired) -> None:
    opened.window._go(Visit(page="inbox"))
    assert isinstance(opened.window.page, Home)


def test_a_page_outside_the_rail_lights_its_parent(opened: Wired) -> None:
    opened.window._go(Visit(page="record", reference="7"))
    assert opened.window.page.seen == [Visit(page="record", reference="7")]
    assert opened.window._rail._entries["home"].isChecked()
    assert not opened.window._rail._entries["open"].isChecked()


@pytest.mark.parametrize(
    ("keys", "expected"),
    [("Ctrl+N", "record"), ("Ctrl+Return", "home")],
)
def test_keys_work_from_anywhere(qtbot: QtBot, opened: Wired, keys: str, expected: str) -> None:
    press(qtbot, opened, keys)
    assert opened.window.page.id == expected
    if expected == "home":
        assert opened.window.page.seen[-1] == "went on"


def press(qtbot: QtBot, built: Wired, keys: str) -> None:
    built.window.activateWindow()
    action = next(
        each
        for each in built.window.actions()
        if keys in [shortcut.toString() for shortcut in each.shortcuts()]
    )
    action.trigger()


def test_escape_closes_the_message_first_and_goes_back_then(qtbot: QtBot, opened: Wired) -> None:
    opened.window._go(Visit(page="record"))
    opened.window.page.tell(Tone.NOTE, "Something")
    press(qtbot, opened, "Esc")
    assert opened.window.page.id == "record"
    assert not opened.window.page.banner.isVisible()
    press(qtbot, opened, "Esc")
    assert opened.window.page.id == "home"


def test_locking_hands_in_what_was_typed_and_destroys_the_pages(
    qtbot: QtBot, opened: Wired, small_vault: SmallVault
) -> None:
    page = opened.window.page
    page.line.setText("typed and not saved")
    with qtbot.waitSignals([opened.session.locked, page.destroyed]):
        press(qtbot, opened, "Ctrl+L")
    assert small_vault.words == ["typed and not saved"]
    assert small_vault.closed == 1
    assert isinstance(opened.window.page, Front)


def test_closing_the_window_locks_first(
    qtbot: QtBot, opened: Wired, small_vault: SmallVault
) -> None:
    with qtbot.waitSignal(opened.session.locked):
        opened.window.close()
    assert small_vault.closed == 1
    assert opened.window.is_closing
    assert not opened.window.isVisible()


def test_nobody_there_locks(qtbot: QtBot, opened: Wired, small_vault: SmallVault) -> None:
    with qtbot.waitSignal(opened.session.locked):
        opened.idle.left.emit()
    assert small_vault.closed == 1


def drop(built: Wired, *urls: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    built.window.dropEvent(event)


def test_only_files_of_this_computer_are_taken_from_a_drop(qtbot: QtBot, opened: Wired) -> None:
    drop(opened, "file:///tmp/a.jpg", "file://host/share/b.jpg", "https://example.org/c.jpg")
    qtbot.waitUntil(lambda: len(opened.window.page.seen) > 1)
    assert opened.window.page.seen[-1] == (Path("/tmp/a.jpg"),)


def test_an_expected_failure_is_said_on_the_page_that_asked(qtbot: QtBot, opened: Wired) -> None:
    page = opened.window.page

    def full(vault: SmallVault, progress: object) -> Changes:
        raise NoRoom(at=Path("/media/BLUE"), needed=48_000_000, free=12_000_000)

    opened.session.do(page, full, lambda _: None)
    qtbot.waitUntil(lambda: page.banner.isVisible())
    assert page.banner.notice.title == "Not enough room"
    assert "48 MB" in page.banner.notice.text


def test_the_title_of_the_window_tells_nothing(opened: Wired) -> None:
    assert opened.window.windowTitle() == "Notes"
    assert QApplication.applicationDisplayName() not in {"Hoopoe", "hoopoe"}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("look", [Theme.LIGHT, Theme.DARK, Theme.CONTRAST])
@pytest.mark.parametrize("percent", [100, 160])
def test_the_window_builds_in_every_direction_look_and_size(
    qtbot: QtBot,
    wired: Build,
    small_vault: SmallVault,
    language: str,
    look: Theme,
    percent: int,
) -> None:
    built = wired(PAGES, language=language, theme=look, text_percent=percent, role=Role.RECORDER)
    built.window.show()
    with qtbot.waitSignal(built.session.unlocked):
        built.session.unlock(built.window, lambda _: small_vault, lambda: None)
    QApplication.processEvents()
    assert walk.nameless(built.window) == []
    assert walk.rich(built.window) == []
    assert walk.cut_off(built.window) == []


def test_a_new_language_rebuilds_the_page_where_one_is(opened: Wired) -> None:
    opened.window._go(Visit(page="record", reference="7"))
    before = opened.window.page
    opened.preferences.keep(replaced(opened, language="ar"))
    assert opened.window.page is not before
    assert opened.window.page.seen == [Visit(page="record", reference="7")]
    assert QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    opened.preferences.keep(replaced(opened, language="en"))
    assert QApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_text_grows_by_key_and_stays_within_bounds(qtbot: QtBot, opened: Wired) -> None:
    opened.preferences.keep(replaced(opened, text_percent=185))
    for _press in range(3):
        press(qtbot, opened, "Ctrl++")
    assert opened.preferences.now.text_percent == 200
    press(qtbot, opened, "Ctrl+0")
    assert opened.preferences.now.text_percent == 100


def replaced(built: Wired, **changes: object) -> object:
    return replace(built.preferences.now, **changes)


def test_all_keys_are_shown_on_demand(qtbot: QtBot, opened: Wired) -> None:
    press(qtbot, opened, "Ctrl+/")
    text = opened.window.page.banner.notice.text
    assert "Ctrl+L — Lock now" in text
