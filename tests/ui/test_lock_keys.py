"""The lock key over what waits in front of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QVBoxLayout
from pytestqt.qtbot import QtBot

from ui.lock_keys import LockKeys

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def locked(qapp: QApplication) -> Iterator[list[str]]:
    """One entry for each time the keys were heard."""
    heard: list[str] = []
    parent = QObject()
    keys = LockKeys(lambda: heard.append("lock"), parent)
    qapp.installEventFilter(keys)
    yield heard
    qapp.removeEventFilter(keys)


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[QLineEdit]:
    """A field in a dialog that waits for an answer."""
    dialog = QDialog()
    qtbot.addWidget(dialog)
    made = QLineEdit("what is being written")
    QVBoxLayout(dialog).addWidget(made)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is dialog)
    yield made
    dialog.reject()


def test_the_key_is_heard_over_a_dialog(locked: list[str], line: QLineEdit) -> None:
    QTest.keyClick(line, Qt.Key.Key_L, CTRL)
    assert locked == ["lock"]
    assert line.text() == "what is being written"


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_K, CTRL),
    ],
)
def test_other_keys_are_the_dialogs(
    locked: list[str], line: QLineEdit, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    QTest.keyClick(line, key, modifiers)
    assert locked == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_key_is_heard_over_an_open_menu(locked: list[str], qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("one")
    menu.popup(QPoint(0, 0))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)
    QTest.keyClick(menu, Qt.Key.Key_L, CTRL)
    assert locked == ["lock"]
    menu.close()


def test_without_anything_in_front_the_window_hears_its_own_key(
    locked: list[str], qtbot: QtBot
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    QTest.keyClick(field, Qt.Key.Key_L, CTRL)
    assert locked == []
