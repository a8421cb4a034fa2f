"""What is copied is marked as secret, and taken back; what others copied is left alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.clipboard import CONCEALED, HINTS, Clipboard
from ui.widgets.plain import Line, TextArea


@pytest.fixture
def watched(qapp: QApplication, qtbot: QtBot) -> Iterator[QClipboard]:
    """The clipboard, watched with a short time to keep."""
    parent = QObject()
    watcher = Clipboard(qapp.clipboard(), parent, kept_ms=50, is_own_copy=lambda: True)
    assert watcher.parent() is parent
    yield qapp.clipboard()
    qapp.clipboard().clear()
    parent.deleteLater()


def test_what_is_copied_from_a_line_or_an_area_carries_every_hint(
    qtbot: QtBot, watched: QClipboard
) -> None:
    line, area = Line(), TextArea()
    for field in (line, area):
        qtbot.addWidget(field)
        qtbot.keyClicks(field, "canary")
        field.selectAll()
        qtbot.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        content = watched.mimeData()
        assert content.text() == "canary"
        assert {name: bytes(content.data(name).data()) for name in HINTS} == HINTS
        assert content.hasFormat(CONCEALED)
        watched.clear()


def test_what_was_copied_is_gone_after_a_while(qtbot: QtBot, watched: QClipboard) -> None:
    watched.setText("canary")
    assert watched.text() == "canary"
    qtbot.waitUntil(lambda: watched.text() == "")


def test_a_copy_of_another_program_is_neither_marked_nor_taken_back(qapp: QApplication) -> None:
    parent = QObject()
    watcher = Clipboard(qapp.clipboard(), parent, is_own_copy=lambda: False)
    watcher.copy("ours")
    qapp.clipboard().setText("theirs")
    watcher.clear()
    assert qapp.clipboard().text() == "theirs"
    assert not qapp.clipboard().mimeData().hasFormat(CONCEALED)
    parent.deleteLater()


def test_a_copied_file_or_picture_is_left_as_it_is(watched: QClipboard) -> None:
    other = QMimeData()
    other.setData("application/x-something", b"1")
    watched.setMimeData(other)
    assert watched.mimeData().hasFormat("application/x-something")
