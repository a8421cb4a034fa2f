"""What ends an open vault besides time: a pulled medium; and what is taken back then."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.pages.conftest import Start
from ui.pages.settings import SettingsPage


def test_locking_takes_back_what_was_copied(start: Start, vault_folder: Path) -> None:
    started = start((SettingsPage,))
    started.unlock(vault_folder)
    started.wired.clipboard.copy("canary")
    assert QApplication.clipboard().text() == "canary"
    started.lock()
    assert QApplication.clipboard().text() == ""


def test_a_pulled_medium_locks(start: Start, vault_folder: Path) -> None:
    started = start((SettingsPage,))
    started.unlock(vault_folder)
    started.wired.medium.look()
    assert started.wired.session.is_unlocked
    vault_folder.rename(vault_folder.with_name("elsewhere"))
    with started.qtbot.waitSignal(started.wired.session.locked):
        started.wired.medium.look()
    assert not started.wired.session.is_unlocked
