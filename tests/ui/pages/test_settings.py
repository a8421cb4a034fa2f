"""Settings, protection, about: what is chosen works at once, what is shown was measured."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from app import guard, mosaic
from app.calendars import window as calendars
from app.settings import EraseKeys, Role, Settings, Theme, Title
from app.vault import DATABASE, EVIDENCE, Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui import theme
from ui.page import Page, Visit
from ui.pages.about import GIVEN, AboutPage
from ui.pages.protection import ProtectionPage
from ui.pages.settings import SettingsPage
from ui.pages.title_card import TitleCard
from ui.pages.unlock import UnlockPage
from ui.widgets.choosing import Dropdown
from ui.widgets.stated import Stated, Step

PAGES = (SettingsPage, ProtectionPage, AboutPage)


def test_the_size_of_text_grows_at_once_and_is_kept(start: Start) -> None:
    started = start(PAGES)
    before = started.page.fontMetrics().height()
    started.press("Larger")
    started.press("Larger")
    assert started.kept[-1].text_percent == 120
    assert theme.percent() == 120
    assert started.page.fontMetrics().height() > before
    started.press("Normal size")
    assert theme.percent() == 100


def test_text_grows_no_further_than_can_be_shown(start: Start) -> None:
    started = start(PAGES, Settings(role=Role.RECORDER, text_percent=200))
    buttons = started.page.findChildren(QPushButton)
    assert not next(each for each in buttons if each.text() == "Larger").isEnabled()


def test_dark_and_light_and_contrast_can_be_chosen(start: Start) -> None:
    started = start(PAGES)
    for text, look in (
        ("Dark", Theme.DARK),
        ("High contrast", Theme.CONTRAST),
        ("Light", Theme.LIGHT),
    ):
        started.press(text)
        assert started.kept[-1].theme is look


def test_the_time_until_locking_can_be_chosen(start: Start) -> None:
    started = start(PAGES)
    started.press("10 minutes")
    assert started.kept[-1].idle_minutes == 10


def test_the_window_is_called_as_it_was_chosen_at_once(start: Start) -> None:
    started = start(PAGES)
    assert started.wired.window.windowTitle() == "Notes"
    started.press("Documents")
    assert started.wired.window.windowTitle() == "Documents"
    assert started.kept[-1].title is Title.DOCUMENTS


def test_a_title_that_was_typed_is_used_only_after_its_button(start: Start) -> None:
    started = start(PAGES)
    started.press("Another title")
    line = started.page.findChild(TitleCard).line
    started.qtbot.keyClicks(line, "Soup recipes")
    assert started.kept == []
    assert started.wired.window.windowTitle() == "Notes"
    started.press("Use this title")
    assert started.wired.window.windowTitle() == "Soup recipes"
    assert started.kept[-1].own_title == "Soup recipes"
    started.press("Notes")
    assert started.wired.window.windowTitle() == "Notes"
    assert started.kept[-1].own_title == ""


def test_a_title_of_nothing_leaves_the_window_as_it_was(start: Start) -> None:
    started = start(PAGES, Settings(role=Role.RECORDER, title=Title.OWN, own_title="Soup"))
    assert started.wired.window.windowTitle() == "Soup"
    line = started.page.findChild(TitleCard).line
    line.setText("   ")
    started.press("Use this title")
    assert started.kept == []
    assert started.wired.window.windowTitle() == "Soup"


def test_the_calendar_is_kept_and_dates_begin_in_it_at_once(start: Start) -> None:
    started = start(PAGES)
    (choice,) = started.page.findChildren(Dropdown)
    assert choice.chosen() == "gregorian"
    choice.choose("nepali_bs")
    choice.activated.emit(choice.currentIndex())
    try:
        assert started.kept[-1].calendar == "nepali_bs"
        assert calendars.chosen() == "nepali_bs"
    finally:
        calendars.use("gregorian")


def test_another_role_shows_other_pages(start: Start) -> None:
    started = start(PAGES)
    started.press("Carry bundles")
    assert started.kept[-1].role is Role.CARRIER
    assert isinstance(started.page, SettingsPage)


def test_a_new_look_is_worked_out_for_the_page_shown_alone(start: Start) -> None:
    started = start(PAGES)
    window = started.wired.window
    for page in (ProtectionPage, AboutPage, SettingsPage):
        window.visit(Visit(page=page.id))
        started.settle()
    there: list[list[str]] = []
    started.wired.theme.changed.connect(
        lambda: there.append([each.id for each in window.findChildren(Page)])
    )
    started.press("Dark")
    assert there == [["settings"]]
    window.visit(Visit(page="about"))
    assert isinstance(started.page, AboutPage)


def test_another_role_needs_no_new_look(start: Start) -> None:
    started = start(PAGES)
    looks: list[None] = []
    started.wired.theme.changed.connect(lambda: looks.append(None))
    started.press("Carry bundles")
    assert looks == []


def test_while_locked_there_is_no_vault_to_look_at_but_a_way_back(
    start: Start, usual_vault: Path
) -> None:
    started = start((UnlockPage, *PAGES))
    started.press("Settings")
    assert "Your vault" not in started.texts
    started.press("Back")
    assert isinstance(started.page, UnlockPage)


def test_a_whole_vault_is_said_to_be_whole(start: Start, vault_folder: Path) -> None:
    started = start(PAGES)
    started.unlock(vault_folder)
    started.settle()
    assert str(vault_folder) in started.texts
    started.press("Check the vault")
    started.settle()
    assert "The vault is whole" in started.texts
    assert [each.tone.value for each in started.page.findChildren(Stated)] == ["ok"]


def test_what_is_not_whole_is_named_one_by_one(start: Start, vault_folder: Path) -> None:
    started = start(PAGES)
    started.unlock(vault_folder)
    started.settle()
    page = started.page
    assert isinstance(page, SettingsPage)
    content = bytearray((vault_folder / DATABASE).read_bytes())
    content[-2000] ^= 1
    (vault_folder / DATABASE).write_bytes(content)
    started.press("Check the vault")
    started.settle()
    assert "Not everything is whole" in started.texts
    assert "The database cannot be read in one place" in started.texts


def test_protection_shows_every_measure_as_it_was_measured(start: Start) -> None:
    started = start(PAGES)
    started.press("Protection")
    assert isinstance(started.page, ProtectionPage)
    shown = started.page.findChildren(Step)
    around = guard.around()  # of this computer, with what is the window's own
    assert len(shown) == len(guard.report()) + len(around)
    tones = {"on": "ok", "off": "bad", "unavailable": "warn"}
    assert [each.tone.value for each in shown[-2:]] == [
        tones[measure.state.value] for measure in around[-2:]
    ]
    assert [each.tone.value for each in shown[: -len(around)]] == [
        tones[measure.state.value] for measure in guard.report()
    ]


def test_about_names_what_others_made(start: Start) -> None:
    started = start(PAGES)
    started.press("About")
    assert isinstance(started.page, AboutPage)
    assert all(each.name in started.texts for each in GIVEN)


def test_the_vault_is_erased_only_after_a_yes(start: Start, vault_folder: Path) -> None:
    started = start(PAGES, answers=[False, True])
    started.unlock(vault_folder)
    started.settle()
    started.press("Erase this vault")
    assert started.ended == 0
    assert (vault_folder / DATABASE).exists()
    started.press("Erase this vault")
    assert started.ended == 1
    assert [each.name for each in vault_folder.iterdir()] == [EVIDENCE]


def test_what_the_keys_for_erasing_do_can_be_chosen(start: Start, vault_folder: Path) -> None:
    started = start(PAGES)
    started.unlock(vault_folder)
    started.press("held twice")
    assert started.kept[-1].erase_keys is EraseKeys.TWICE


def test_m_04_how_many_people_could_be_meant_is_chosen_and_kept_in_the_vault(
    start: Start, vault_folder: Path
) -> None:
    started = start(PAGES)
    started.unlock(vault_folder)
    started.wired.window.visit(Visit(page="settings"))
    started.settle()
    assert "5 people" in chosen(started)
    started.press("10 people")
    started.settle()
    started.lock()
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        assert mosaic.threshold(vault) == 10


def chosen(started: Started) -> list[str]:
    found = started.page.findChildren(QPushButton)
    return [each.text() for each in found if each.isCheckable() and each.isChecked()]
