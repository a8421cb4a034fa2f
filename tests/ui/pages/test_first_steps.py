"""Welcome, making a vault, unlocking: as a person meets them."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import contacts
from app.paths import Places
from app.settings import Role, Settings
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE
from tests.ui.pages.conftest import LONG_MS, Start, Started
from ui.page import Needs, Page
from ui.pages.create import CreatePage
from ui.pages.unlock import UnlockPage, wait_after
from ui.pages.welcome import WelcomePage


class CheapCreate(CreatePage):
    cost = FLOOR


class Inside(Page):
    """What the window shows once a vault is open."""

    id = "home"

    @classmethod
    def title(cls) -> str:
        return "Inside"


class Carrying(Page):
    id = "courier"
    needs = Needs.NOTHING

    @classmethod
    def title(cls) -> str:
        return "Carrying"


PAGES = (WelcomePage, UnlockPage, CheapCreate, Inside, Carrying)


def test_the_first_start_asks_what_somebody_will_do_here(start: Start) -> None:
    started = start(PAGES, Settings())
    assert isinstance(started.page, WelcomePage)
    started.press("Record what happened")
    assert started.kept[-1].role is Role.RECORDER
    assert isinstance(started.page, CreatePage)


def test_whoever_carries_needs_no_vault(start: Start) -> None:
    started = start(PAGES, Settings())
    started.press("Carry bundles")
    assert started.kept[-1].role is Role.CARRIER
    assert isinstance(started.page, Carrying)


def test_the_language_chosen_is_spoken_at_once_and_kept(start: Start) -> None:
    started = start(PAGES, Settings(language="en"))
    started.press("العربية")
    assert started.kept[-1].language == "ar"
    assert isinstance(started.page, WelcomePage)
    assert started.wired.window.layoutDirection() is Qt.LayoutDirection.RightToLeft
    started.press("English")
    assert started.wired.window.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_who_has_a_vault_in_the_usual_place_is_asked_to_unlock_it(
    start: Start, usual_vault: Path
) -> None:
    started = start(PAGES, Settings())
    started.press("Record what happened")
    assert isinstance(started.page, UnlockPage)


def create_page(started: Started) -> CreatePage:
    started.press("Make a new vault")
    page = started.page
    assert isinstance(page, CreatePage)
    return page


def test_a_vault_is_made_of_the_words_proposed_and_typed_once_more(
    start: Start, places: Places, qtbot: QtBot
) -> None:
    started = start(PAGES)
    page = create_page(started)
    words = page.passphrase.words
    assert len(words.split()) == 6
    assert not page.make.isEnabled()
    qtbot.keyClicks(page.passphrase.again.line, words[:-1])
    assert not page.make.isEnabled()
    qtbot.keyClicks(page.passphrase.again.line, words[-1])
    assert page.make.isEnabled()
    with qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        page.go_on()
    assert started.page.id == "home"
    started.lock()
    Vault.unlock_test(places.vault, Passphrase.of(words))


def test_other_words_are_proposed_on_demand(start: Start) -> None:
    started = start(PAGES)
    page = create_page(started)
    before = page.passphrase.words
    started.press("Another one")
    assert page.passphrase.words != before


def test_a_weak_passphrase_needs_a_decision_of_its_own(start: Start, qtbot: QtBot) -> None:
    started = start(PAGES)
    page = create_page(started)
    started.press("make my own")
    part = page.passphrase
    qtbot.keyClicks(part.typed.line, "hello1")
    qtbot.keyClicks(part.again.line, "hello1")
    assert part.anyway.isVisible()
    assert not page.make.isEnabled()
    part.anyway.click()
    assert page.make.isEnabled()
    qtbot.keyClicks(part.typed.line, " and a good deal more of it")
    assert not part.anyway.isVisible()
    assert not page.make.isEnabled()  # no longer typed twice alike


def test_an_organisation_has_its_card_from_the_start(
    start: Start, places: Places, qtbot: QtBot
) -> None:
    started = start(PAGES, Settings(role=Role.ORGANISATION))
    page = create_page(started)
    qtbot.keyClicks(page.passphrase.again.line, page.passphrase.words)
    assert not page.make.isEnabled()
    page.name.setText("Human Rights Desk")
    with qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        page.go_on()
    found: list[str] = []
    started.wired.session.ask(
        started.wired.window,
        lambda vault, _: contacts.own_card(vault),
        lambda card: found.append(card.name if card else ""),
    )
    started.settle()
    assert found == ["Human Rights Desk"]


def test_a_name_that_no_card_can_hold_makes_no_vault(
    start: Start, places: Places, qtbot: QtBot
) -> None:
    started = start(PAGES, Settings(role=Role.ORGANISATION))
    page = create_page(started)
    page.name.setText("Desk\u202etxt")
    qtbot.keyClicks(page.passphrase.again.line, page.passphrase.words)
    page.go_on()
    started.settle()
    assert page.banner.notice is not None
    assert "card" in page.banner.notice.title
    assert not places.vault.exists()


def test_a_new_vault_never_goes_into_a_folder_with_something_in_it(
    start: Start, tmp_path: Path, usual_vault: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "photo.jpg").write_bytes(b"x")
    started = start(PAGES, answers=[stick])
    page = create_page(started)
    assert page._folder.name == "vault-2"
    started.press("Choose another place")
    assert page._folder == stick / "vault"


def test_the_right_passphrase_opens_the_vault(
    start: Start, usual_vault: Path, qtbot: QtBot
) -> None:
    started = start(PAGES)
    page = started.page
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.secret.line, PASSPHRASE)
    with qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        qtbot.keyClick(page.secret.line, Qt.Key.Key_Return)
    assert started.page.id == "home"


def test_a_wrong_passphrase_is_told_and_makes_one_wait(
    start: Start, usual_vault: Path, qtbot: QtBot
) -> None:
    started = start(PAGES)
    page = started.page
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.secret.line, "not this one at all")
    page.go_on()
    assert page.secret.text() == ""
    started.settle()
    assert page.banner.notice is not None
    assert page.banner.notice.title == "That did not open the vault"
    assert not page.secret.isEnabled()
    qtbot.waitUntil(page.secret.isEnabled, timeout=LONG_MS)
    qtbot.keyClicks(page.secret.line, PASSPHRASE)
    with qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        page.go_on()


def test_the_wait_grows_up_to_half_a_minute() -> None:
    assert [wait_after(tries) for tries in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]


def test_a_vault_elsewhere_is_chosen_by_its_folder(
    start: Start, vault_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    started = start(PAGES, answers=[tmp_path, vault_folder])
    page = started.page
    assert isinstance(page, UnlockPage)
    started.press("Choose a vault")
    assert page.banner.notice is not None
    assert not page.secret.isVisible()
    started.press("Choose a vault")
    assert page.secret.isVisible()
    qtbot.keyClicks(page.secret.line, PASSPHRASE)
    with qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        page.go_on()


def test_a_damaged_vault_is_told_from_a_wrong_passphrase(
    start: Start, usual_vault: Path, qtbot: QtBot
) -> None:
    (usual_vault / "0.dat").write_bytes(bytes(64))
    started = start(PAGES)
    page = started.page
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.secret.line, PASSPHRASE)
    page.go_on()
    started.settle()
    assert page.banner.notice is not None
    assert page.banner.notice.title == "This vault is damaged"
    assert page.secret.isEnabled()


def test_two_vaults_in_the_usual_place_can_both_be_chosen(
    start: Start, usual_vault: Path, qtbot: QtBot
) -> None:
    other = usual_vault.with_name("vault-2")
    shutil.copytree(usual_vault, other)
    started = start(PAGES)
    page = started.page
    assert isinstance(page, UnlockPage)
    started.press("vault-2")
    assert page._folder == other


def test_capitals_typed_without_shift_hint_at_caps_lock(
    start: Start, usual_vault: Path, qtbot: QtBot
) -> None:
    from ui.widgets.capslock import CapsLockHint

    started = start(PAGES)
    page = started.page
    assert isinstance(page, UnlockPage)
    hint = page.findChildren(CapsLockHint)[0]
    qtbot.keyClicks(page.secret.line, "a")
    assert not hint.isVisible()
    qtbot.keyClick(page.secret.line, "A")
    assert hint.isVisible() == (not hint.isHidden())


def test_two_files_with_a_cover_vault_are_made_when_both_passphrases_are_there(
    start: Start, places: Places, qtbot: QtBot
) -> None:
    started = start(PAGES)
    page = create_page(started)
    words = page.passphrase.words
    page.passphrase.again.line.setText(words)
    assert page.make.isEnabled()
    started.press("with a cover vault")
    assert not page.make.isEnabled()
    assert "one look only" in started.texts
    covering = page.files.cover.words
    page.files.cover.again.line.setText(covering)
    with qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        page.go_on()
    started.lock()
    for each in (words, covering):
        Vault.open(places.vault, Passphrase.of(each)).close()


def test_whoever_chooses_one_vault_can_show_that_there_is_no_other(
    start: Start, places: Places, qtbot: QtBot
) -> None:
    started = start(PAGES)
    page = create_page(started)
    started.press("the second unused")
    assert "not even this program" in started.texts
    started.press("One vault")
    page.passphrase.again.line.setText(page.passphrase.words)
    with qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        page.go_on()
    started.lock()
    assert sorted(each.name for each in places.vault.iterdir()) == ["0.dat", "1.dat", "files"]
