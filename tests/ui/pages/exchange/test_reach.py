"""Every page of the exchange can be heard and reached: names, focus, both directions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from app import contacts
from app.bundles import sent
from app.inbox import arrived
from app.inbox.arrived import Arrival
from app.settings import Role, Settings
from tests.ui.pages.conftest import Start, Started
from tests.ui.pages.exchange.pressing import ask, go, opened, settle
from tools import scenes
from tools.scenes import Scene
from ui.pages import PAGES
from ui.pages.arrival import ArrivalPage
from ui.widgets.entry import Entry

RECORDER = ("contacts", "contact", "compare", "own-card", "seal", "sealed", "sealed-bundle")
ORGANISATION = ("inbox", "open-bundle", "arrival", "receipts", "contacts", "own-card")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_whoever_cannot_see_a_recorders_page_hears_what_is_there(
    start: Start, scene: Scene, language: str
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER, language=language)
    references = {
        "contact": _contact(started),
        "compare": _contact(started),
        "sealed-bundle": _sealed(started),
    }
    for page in RECORDER:
        go(started, page, references.get(page, ""))
        assert list(_unnamed(started.page)) == [], page
        assert list(_cut(started.page)) == [], page
    go(started, "open-receipt", "", scene.receipt)
    assert list(_unnamed(started.page)) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_whoever_cannot_see_an_organisations_page_hears_what_is_there(
    start: Start, scene: Scene, language: str
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION, language=language)
    for page in ORGANISATION:
        files = (scene.unsigned,) if page == "open-bundle" else ()
        go(started, page, _arrival(started) if page == "arrival" else "", *files)
        assert list(_unnamed(started.page)) == [], page
        assert list(_cut(started.page)) == [], page


@pytest.mark.parametrize("language", ["en", "ar"])
def test_whoever_cannot_see_what_is_carried_hears_its_state(
    start: Start, scene: Scene, language: str
) -> None:
    started = start(PAGES, Settings(role=Role.CARRIER, language=language))
    started.page.take_files((scene.fresh, scene.damaged, scene.renamed, scene.junk))
    settle(started)
    assert list(_unnamed(started.page)) == []
    assert list(_cut(started.page)) == []


def test_ctrl_enter_does_the_main_thing_of_a_page(start: Start, scene: Scene) -> None:
    started = start(PAGES, Settings(role=Role.CARRIER, language="en"), (scene.stick / "there",))
    (scene.stick / "there").mkdir()
    started.page.take_files((scene.fresh,))
    settle(started)
    started.qtbot.keyClick(
        started.wired.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle(started)
    assert (scene.stick / "there" / scene.fresh.name).exists()


def test_enter_opens_the_line_of_a_list_that_has_the_focus(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    go(started, "sealed")
    line = started.page.findChildren(Entry)[0]
    line.setFocus()
    started.qtbot.keyClick(line, Qt.Key.Key_Return)
    settle(started)
    assert started.page.id == "sealed-bundle"


def test_a_message_typed_for_one_bundle_does_not_go_to_the_sender_of_another(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    one, other = (each.id for each in _arrivals(started))
    go(started, "arrival", one)
    page = started.page
    assert isinstance(page, ArrivalPage)
    page.message.setPlainText("Only for the first.")
    go(started, "arrival", other)
    assert page.message.toPlainText() == ""


def _unnamed(page: QWidget) -> Iterator[str]:
    """What can have the focus and says nothing to a screen reader."""
    for each in page.findChildren(QWidget):
        if not each.isVisibleTo(page) or each.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if isinstance(each, QScrollArea) or each.objectName().startswith("qt_"):
            continue
        heard = QAccessible.queryAccessibleInterface(each)
        if heard is not None and not heard.text(QAccessible.Text.Name):
            yield type(each).__name__


def _cut(page: QWidget) -> Iterator[str]:
    """Buttons and labels of one line that have less room than their words need."""
    for each in page.findChildren(QWidget):
        if not each.isVisibleTo(page):
            continue
        if isinstance(each, QPushButton) and each.text():
            needed = each.fontMetrics().horizontalAdvance(each.text().replace("&", ""))
        elif type(each).__name__ == "Label" and isinstance(each, QLabel) and each.text():
            needed = each.fontMetrics().horizontalAdvance(each.text())
        else:
            continue
        if each.width() < needed:
            yield each.text()


def _contact(started: Started) -> str:
    found = ask(started, lambda vault, _: contacts.find(vault, scenes.DESK))
    assert isinstance(found, contacts.Contact)
    return found.id


def _sealed(started: Started) -> str:
    return str(ask(started, lambda vault, _: sent.every(vault)[-1].id))


def _arrivals(started: Started) -> list[Arrival]:
    found = ask(started, lambda vault, _: arrived.every(vault))
    assert isinstance(found, list)
    return found


def _arrival(started: Started) -> str:
    return _arrivals(started)[0].id
