"""A damaged vault: what is found is named, repaired where that can be done, and saved elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import evidence, store
from app.paths import Places
from app.records import Incident, LText
from app.storage import indexes, records
from app.vault import DATABASE, EVIDENCE, Vault
from crypto.secret import Passphrase
from tests.app.trees import flip, snapshot
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui.page import Visit
from ui.pages.home import HomePage
from ui.pages.salvage import SalvagePage
from ui.pages.settings import SettingsPage
from ui.pages.unlock import UnlockPage

PAGES = (UnlockPage, HomePage, SettingsPage, SalvagePage)


@pytest.fixture
def folder(vault_folder: Path, tmp_path: Path) -> Path:
    """A closed vault with two reports and a file."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(bytes(1000))
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        saved = Incident()
        for title in ("Gate", "Market"):
            told = Incident(title=LText.of(title, "en"), narrative=LText.of("Told.", "en"))
            saved = store.save(vault, told).record
        evidence.take_in(vault, photo, about=saved.id, evidence_type="photograph")
    return vault_folder


def lose_file(folder: Path) -> None:
    (stored,) = (folder / EVIDENCE).iterdir()
    flip(stored, 500)


def forget_what_finds(folder: Path) -> None:
    """Take away derived rows, as a bad spot in an index would."""
    with Vault.open(folder, Passphrase.of(PASSPHRASE)) as vault, vault.transaction() as tx:
        for head in records.all_heads(tx):
            indexes.put(tx, head.position, head.id, indexes.NOTHING)


def settings_of(start: Start, folder: Path, *answers: object) -> Started:
    started = start(PAGES, answers=answers)
    started.unlock(folder)
    started.wired.window.visit(Visit(page="settings"))
    started.settle()
    return started


def titles(folder: Path) -> set[str]:
    with Vault.open(folder, Passphrase.of(PASSPHRASE)) as vault:
        assert vault.check().whole
        return {each.title.text for each in store.every(vault, Incident)}


def test_a_whole_vault_offers_no_repair(start: Start, folder: Path) -> None:
    started = settings_of(start, folder)
    started.press("Check the vault")
    started.settle()
    page = started.page
    assert isinstance(page, SettingsPage)
    assert not page.vault.repair.isVisible()
    assert not page.vault.rescue.isVisible()


def test_what_a_repair_mends_is_repaired_and_looked_at_again(start: Start, folder: Path) -> None:
    forget_what_finds(folder)
    started = settings_of(start, folder)
    started.press("Check the vault")
    started.settle()
    page = started.page
    assert isinstance(page, SettingsPage)
    assert "What finds a record does not fit it" in started.texts
    assert not page.vault.rescue.isVisible()
    started.press("Repair")
    started.settle()
    assert "Repaired: everything is whole" in started.texts
    assert not page.vault.repair.isVisible()


def test_from_the_open_vault_what_is_readable_goes_into_a_new_one(
    start: Start, folder: Path, places: Places
) -> None:
    lose_file(folder)
    started = settings_of(start, folder)
    started.press("Check the vault")
    started.settle()
    assert "A file is damaged or missing" in started.texts
    started.press("Save what is readable…")
    page = started.page
    assert isinstance(page, SalvagePage)
    assert str(folder) in started.texts
    assert not page.save.isEnabled()
    page.current.secret.line.setText(PASSPHRASE)
    page.go_on()
    started.settle()
    assert "Saved what is readable; something is lost" in started.texts
    assert "Lost: the file of" in started.texts
    assert titles(places.vault) == {"Gate", "Market"}
    assert started.wired.session.is_unlocked


def test_nothing_is_written_with_a_wrong_passphrase(
    start: Start, folder: Path, places: Places
) -> None:
    started = settings_of(start, folder)
    started.wired.window.visit(Visit(page="salvage"))
    page = started.page
    assert isinstance(page, SalvagePage)
    page.current.secret.line.setText("not the words of this vault")
    page.go_on()
    started.settle()
    assert page.banner.isVisible()
    assert not places.vault.exists()
    assert not list(places.data.glob("*.part"))


def test_in_clear_nothing_goes_where_nobody_chose_and_not_without_a_yes(
    start: Start, folder: Path, tmp_path: Path
) -> None:
    to = tmp_path / "stick"
    to.mkdir()
    started = settings_of(start, folder, to, False, True)
    started.wired.window.visit(Visit(page="salvage"))
    page = started.page
    assert isinstance(page, SalvagePage)
    page.current.secret.line.setText(PASSPHRASE)
    page.clear.click()
    assert not page.save.isEnabled()
    started.press("Choose a folder…")
    page.go_on()
    assert list(to.iterdir()) == []
    page.go_on()
    started.settle()
    assert "Saved: nothing is known to be lost" in started.texts
    assert "What was written is not encrypted" in started.texts
    assert {each.name for each in to.iterdir()} == {"readable"}
    assert "Market" in (to / "readable" / "records.jsonl").read_text("utf-8")


def test_the_damaged_vault_itself_takes_nothing(start: Start, folder: Path) -> None:
    started = settings_of(start, folder, folder / EVIDENCE)
    started.wired.window.visit(Visit(page="salvage"))
    started.press("Choose a folder…")
    page = started.page
    assert isinstance(page, SalvagePage)
    assert page.banner.isVisible()
    assert str(folder / EVIDENCE) not in started.texts


def test_a_vault_that_does_not_open_can_be_saved_from_the_first_page(
    start: Start, folder: Path, places: Places
) -> None:
    places.make()
    usual = Path(shutil.copytree(folder, places.vault))
    flip(usual / DATABASE, 200)
    before = snapshot(usual)
    started = start(PAGES)
    page = started.page
    assert isinstance(page, UnlockPage)
    assert not page.rescue.isVisible()
    page.secret.line.setText(PASSPHRASE)
    page.go_on()
    started.settle()
    assert page.rescue.isVisible()
    started.press("Save what is readable…")
    saving = started.page
    assert isinstance(saving, SalvagePage)
    saving.current.secret.line.setText(PASSPHRASE)
    saving.go_on()
    started.settle()
    assert titles(places.vault.with_name("vault-2")) == {"Gate", "Market"}
    assert snapshot(usual) == before
    started.press("Back")
    assert isinstance(started.page, UnlockPage)
