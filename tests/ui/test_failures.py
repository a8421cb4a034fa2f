"""What is shown when something fails, and above all what is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Cancelled, GuardFailed, WrongPassphrase
from crypto.errors import BadHeaderMac
from tests.ui import walk
from ui.failures import Failures, crash_dialog, fault_of, refusal_dialog
from ui.widgets.banner import Banner
from ui.widgets.plain import Label, Tone


class Asker(QWidget):
    """A page, as far as failures see it."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner(self)


@pytest.fixture
def page(qtbot: QtBot) -> Asker:
    made = Asker()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def locked() -> list[str]:
    return []


@pytest.fixture
def failures(page: Asker, locked: list[str]) -> Iterator[Failures]:
    hook = sys.excepthook
    yield Failures(lambda: page, lambda: locked.append("locked"))
    sys.excepthook = hook


def fail_with_a_name() -> Exception:
    secret = "the name of a witness"
    try:
        try:
            {}[secret]
        except KeyError as error:
            raise ValueError(secret) from error
    except ValueError as error:
        return error


def test_the_report_of_a_bug_has_types_and_lines_and_no_value() -> None:
    report = str(fault_of(fail_with_a_name()))
    assert "witness" not in report
    assert report.startswith("ValueError\n")
    assert "test_failures.py:" in report
    assert "after KeyError" in report


def test_an_expected_error_goes_to_the_nearest_page(failures: Failures, page: Asker) -> None:
    owner = QObject(page)
    failures.show(owner, WrongPassphrase())
    assert page.banner.notice.title == "That did not open the vault"
    assert page.banner.notice.tone is Tone.BAD


def test_an_error_of_the_crypto_layer_has_words_too(failures: Failures, page: Asker) -> None:
    failures.show(QObject(), BadHeaderMac())
    assert page.banner.notice.title == "This file is damaged"


def test_what_the_person_stopped_is_not_an_error(failures: Failures, page: Asker) -> None:
    failures.show(page, Cancelled())
    assert page.banner.notice is None


def press_lock() -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    dialog.findChild(QPushButton).click()


def test_a_bug_is_shown_and_then_the_vault_is_locked(
    failures: Failures, page: Asker, locked: list[str]
) -> None:
    QTimer.singleShot(0, press_lock)
    failures.show(page, fail_with_a_name())
    assert locked == ["locked"]
    assert page.banner.notice is None


def test_what_nobody_caught_ends_the_same_way(failures: Failures, locked: list[str]) -> None:
    failures.install()
    error = fail_with_a_name()
    QTimer.singleShot(0, press_lock)
    sys.excepthook(type(error), error, error.__traceback__)
    assert locked == ["locked"]


def test_an_interrupt_locks_without_a_question(failures: Failures, locked: list[str]) -> None:
    failures.install()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert locked == ["locked"]


def test_the_crash_dialog_can_be_read_by_a_screen_reader(qtbot: QtBot, page: Asker) -> None:
    dialog = crash_dialog(fault_of(fail_with_a_name()), page)
    qtbot.addWidget(dialog)
    dialog.show()
    assert walk.nameless(dialog) == []
    assert walk.rich(dialog) == []


def test_a_refusal_to_start_says_what_is_safe_and_what_to_do(qtbot: QtBot) -> None:
    dialog = refusal_dialog(GuardFailed(measure="seccomp", reason="refused"))
    qtbot.addWidget(dialog)
    dialog.show()
    words = " ".join(label.text() for label in dialog.findChildren(Label))
    assert "stopped before it opened anything" in words
    assert dialog.windowTitle() == "Notes"
    assert walk.nameless(dialog) == []
