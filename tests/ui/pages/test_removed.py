"""Removed and due: listed, removed with an undo, brought back, erased only after a yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app import retention, store
from app.records import Incident, LText
from app.vault import Vault
from crypto.secret import Passphrase
from tests.app.pages import decrypted
from tests.conftest import NOON, PASSPHRASE
from tests.ui.pages.conftest import Start, Started
from ui.page import Visit
from ui.pages.removed import RemovedPage
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage

PAGES = (UnlockPage, SettingsPage, RemovedPage)


@pytest.fixture
def folder(vault_folder: Path) -> Path:
    """Two records past their day; two removed long ago, of which a court needs one."""
    before = NOON - timedelta(days=60)
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=lambda: before) as vault:
        for title in ("Gate", "Office"):
            last = replace(told(title), retention_until=date(2026, 1, 31))
            store.save(vault, last)
        held = replace(told("Court"), legal_hold=True, legal_hold_reason=LText.of("case 7", "en"))
        for record in (told("Garden zqxjkv"), held):
            store.save(vault, record)
            store.remove(vault, record.id, why="")
    return vault_folder


def told(title: str) -> Incident:
    return Incident(title=LText.of(title, "en"), narrative=LText.of(f"{title} was told.", "en"))


def shown(start: Start, folder: Path, *answers: object) -> Started:
    started = start(PAGES, answers=answers)
    started.unlock(folder)
    started.press("Removed and due")
    assert isinstance(started.page, RemovedPage)
    started.settle()
    return started


def kept(started: Started, folder: Path) -> list[str]:
    started.lock()
    with Vault.open(folder, Passphrase.of(PASSPHRASE)) as vault:
        return sorted(each.title.text for each in store.every(vault, Incident))


def test_what_is_due_and_what_was_removed_is_listed(start: Start, folder: Path) -> None:
    started = shown(start, folder)
    for words in ("Gate", "Office", "31 January 2026", "Garden", "Court", "Legal hold"):
        assert words in started.texts
    assert kept(started, folder) == ["Gate", "Office"]


def test_a_due_record_is_removed_with_an_undo(start: Start, folder: Path) -> None:
    started = shown(start, folder)
    started.press("Remove")
    started.settle()
    started.press("Undo")
    started.settle()
    started.press("Remove")
    started.settle()
    assert len(kept(started, folder)) == 1


def test_a_removed_record_is_brought_back(start: Start, folder: Path) -> None:
    started = shown(start, folder)
    started.press("Bring back")
    started.settle()
    assert len(kept(started, folder)) == 3


def test_erasing_asks_first_and_leaves_no_word(start: Start, folder: Path) -> None:
    started = shown(start, folder, False, True)
    started.press("Erase for good")
    started.settle()
    assert "Garden" in started.texts
    started.press("Erase for good")
    started.settle()
    assert "Garden" not in started.texts
    started.lock()
    assert b"zqxjkv" not in decrypted(folder)


def test_what_a_court_needs_is_never_among_those_erased(start: Start, folder: Path) -> None:
    started = shown(start, folder, True)
    started.press("Erase all that was removed long ago")
    started.settle()
    started.lock()
    with Vault.open(folder, Passphrase.of(PASSPHRASE)) as vault:
        left = [each.record for each in retention.removed(vault)]
    assert [each.title.text for each in left if isinstance(each, Incident)] == ["Court"]


def test_the_page_is_not_there_while_the_vault_is_locked(start: Start, usual_vault: Path) -> None:
    started = start(PAGES)
    started.wired.window.visit(Visit(page="removed"))
    assert not isinstance(started.page, RemovedPage)
    assert usual_vault.is_dir()
