"""Safe copies in the windows: made, tried, reminded of, restored before a vault is open."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app import protected, store
from app.backup import making, notes, recovery
from app.records import Incident, LText
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.app.trees import flip
from tests.conftest import NOON, PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui.page import Visit
from ui.pages.copies import CopiesPage
from ui.pages.home import HomePage
from ui.pages.restore import RestorePage
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage

PAGES = (UnlockPage, HomePage, SettingsPage, CopiesPage, RestorePage)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def folder(vault_folder: Path) -> Path:
    """A vault whose only report is ten days old."""
    before = NOON - timedelta(days=10)
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=lambda: before) as vault:
        store.save(vault, Incident(title=LText.of("Gate", "en"), narrative=LText.of("Told.", "en")))
    return vault_folder


def copies(start: Start, folder: Path, *answers: object) -> tuple[Started, CopiesPage]:
    started = start(PAGES, answers=answers)
    started.unlock(folder)
    started.wired.window.visit(Visit(page="copies"))
    started.settle()
    page = started.page
    assert isinstance(page, CopiesPage)
    return started, page


def banner(started: Started) -> str:
    notice = started.page.banner.notice
    return f"{notice.title} {notice.text}" if notice else ""


def test_home_says_that_there_is_no_copy_and_leads_to_the_page(start: Start, folder: Path) -> None:
    started = start(PAGES)
    started.unlock(folder)
    started.settle()
    assert isinstance(started.page, HomePage)
    assert "There is no safe copy" in banner(started)
    started.press("Safe copies")
    started.settle()
    assert isinstance(started.page, CopiesPage)
    assert "There is no safe copy" in started.texts


def test_home_says_that_a_write_protected_vault_is_for_reading(start: Start, folder: Path) -> None:
    started = start(PAGES)
    opening = Passphrase.of(PASSPHRASE)
    started.wired.session.unlock(
        started.wired.window,
        lambda _: protected.open_to_read(folder, opening, clock=at_noon),
        lambda: None,
    )
    started.settle()
    assert isinstance(started.page, HomePage)
    assert "What you change here cannot be saved" in banner(started)
    assert started.page.list.model.rowCount() == 1


def test_a_copy_with_the_copy_key_is_made(start: Start, folder: Path, place: Path) -> None:
    started, page = copies(start, folder, place)
    page.with_key.click()
    page.make.click()
    started.settle()
    assert "The safe copy is made, and was read back" in banner(started)
    (copy,) = place.iterdir()
    assert copy.name in started.texts
    assert "No copy was ever tried" in started.texts


def test_a_copy_that_is_tried_is_good_from_that_day(
    start: Start, folder: Path, place: Path
) -> None:
    with Vault.open(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        made = making.for_recovery(vault, place)
    started, page = copies(start, folder, made.path)
    page.trial.click()
    started.settle()
    assert "The copy restores, and all in it is as in your vault" in started.texts
    assert "No copy was ever tried" not in started.texts
    assert "tried on 14 March 2026" in started.texts


def test_a_mistyped_passphrase_makes_no_copy(start: Start, folder: Path, place: Path) -> None:
    started, page = copies(start, folder, place)
    page.current.secret.line.setText("not the one")
    page.make.click()
    started.settle()
    assert "That did not open the vault" in banner(started)
    assert list(place.iterdir()) == []
    page.current.secret.line.setText(PASSPHRASE)
    page.make.click()
    started.settle()
    assert "also after you change it" in banner(started)
    assert "opens with your passphrase of 14 March 2026" in started.texts


def test_a_damaged_copy_is_said_to_be_damaged(start: Start, folder: Path, place: Path) -> None:
    with Vault.open(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        made = making.for_recovery(vault, place)
    flip(made.path, made.size - 100)
    started, page = copies(start, folder, made.path)
    page.trial.click()
    started.settle()
    assert "This safe copy is damaged" in banner(started)
    assert "The last copy that was tried is not good" in started.texts


def test_the_copy_key_is_saved_only_after_a_yes(start: Start, folder: Path, place: Path) -> None:
    started, page = copies(start, folder, False, True, place / "key.txt")
    page.with_key.click()
    page.key.click()
    started.settle()
    assert list(place.iterdir()) == []
    page.key.click()
    started.settle()
    assert "AGE-SECRET-KEY-PQ-1" in (place / "key.txt").read_text("utf-8")


def test_a_copy_is_restored_before_a_vault_is_open(
    start: Start, folder: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RestorePage, "cost", FLOOR)
    with Vault.open(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        made = making.for_recovery(vault, place)
        key = recovery.identity(vault).text()
    empty = place / "here"
    empty.mkdir()
    started = start(PAGES, answers=(made.path, empty))
    started.press("Restore a safe copy")
    page = started.page
    assert isinstance(page, RestorePage)
    page.choose.click()
    started.settle()
    assert "Copy key" in started.texts
    page.elsewhere.click()
    page.opener.line.setText(key)
    page.passphrase.again.line.setText(page.passphrase.words)
    words = page.passphrase.words
    assert page.restore.isEnabled()
    page.restore.click()
    started.settle()
    assert "Restored: everything is whole" in banner(started)
    with Vault.open(empty, Passphrase.of(words)) as again:
        assert len(store.every(again, Incident)) == 1
        assert notes.copies(again.database) == ()


def test_a_mistyped_copy_key_restores_nothing(start: Start, folder: Path, place: Path) -> None:
    with Vault.open(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        made = making.for_recovery(vault, place)
    started = start(PAGES)
    started.wired.window.visit(Visit(page="restore-copy", files=(made.path,)))
    started.settle()
    page = started.page
    assert isinstance(page, RestorePage)
    page.opener.line.setText("AGE-SECRET-KEY-PQ-1XYZ")
    page.passphrase.again.line.setText(page.passphrase.words)
    page.restore.click()
    started.settle()
    assert "This is no copy key" in banner(started)
