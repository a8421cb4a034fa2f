"""Ways into a vault as a person meets them: nothing is in force before it was typed back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import keepers, openers
from app.errors import WrongPassphrase
from app.paths import Places
from app.storage.slot_store import read_slots
from app.vault import SLOT_FILE, Vault
from crypto.kdf import FLOOR, STANDARD
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE
from tests.ui.pages.conftest import LONG_MS, Start, Started
from ui.page import Page
from ui.pages.create import CreatePage
from ui.pages.settings import SettingsPage
from ui.pages.shares_gather import DrillPage, GatherShares, OpenWithSharesPage
from ui.pages.unlock import UnlockPage
from ui.pages.way_parts import AskBack, PhraseHint
from ui.pages.way_passphrase import AddPassphrasePage, ChangePassphrasePage, RekeyPage
from ui.pages.way_phrase import RecoveryPhrasePage
from ui.pages.way_shares import SharesPage
from ui.pages.ways import WaysPage
from ui.widgets.plain import Label

PAGES = (
    SettingsPage,
    WaysPage,
    AddPassphrasePage,
    ChangePassphrasePage,
    RecoveryPhrasePage,
    SharesPage,
    DrillPage,
    RekeyPage,
)
PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"


class CheapCreate(CreatePage):
    cost = FLOOR


class Inside(Page):
    id = "home"

    @classmethod
    def title(cls) -> str:
        return "Inside"


def opens(folder: Path, words: str) -> bool:
    try:
        Vault.unlock_test(folder, Passphrase.of(words))
    except WrongPassphrase:
        return False
    return True


def at_ways(start: Start, folder: Path, answers: tuple[object, ...] = ()) -> Started:
    started = start(PAGES, answers=answers)
    started.unlock(folder)
    started.press("Ways to open")
    started.settle()
    assert isinstance(started.page, WaysPage)
    return started


def answer_back(asked: AskBack, words: str) -> None:
    each = words.split()
    numbers = [int(line.accessibleName().split()[-1]) for line in asked.lines]
    for line, number in zip(asked.lines, numbers, strict=True):
        line.setText(each[number - 1])


def test_the_ways_are_listed_with_kind_and_day(start: Start, vault_folder: Path) -> None:
    started = at_ways(start, vault_folder)
    assert "Passphrase\nmade on 14 March 2026" in started.texts
    assert "Shut" not in "".join(
        button.text()
        for button in started.page.findChildren(type(started.page.back_button()))
        if button.isVisible()
    )


def test_a_second_passphrase_is_added_and_the_first_one_shut(
    start: Start, vault_folder: Path
) -> None:
    started = at_ways(start, vault_folder, (True, True))
    started.press("One more passphrase")
    page = started.page
    assert isinstance(page, AddPassphrasePage)
    page.current.secret.line.setText(PASSPHRASE)
    page.new.again.line.setText(words := page.new.words)
    started.press("Add this passphrase")
    started.settle()
    assert opens(vault_folder, words)
    started.press("Back")
    started.settle()
    ways = started.page
    assert isinstance(ways, WaysPage)
    ways.current.secret.line.setText(PASSPHRASE)
    started.press("Shut")
    started.settle()
    assert "This is the last way in" in started.texts
    ways.current.secret.line.setText(words)
    started.press("Shut")
    started.settle()
    assert not opens(vault_folder, PASSPHRASE)
    assert opens(vault_folder, words)


def test_a_wrong_passphrase_changes_nothing(start: Start, vault_folder: Path) -> None:
    started = at_ways(start, vault_folder)
    started.press("Another passphrase")
    page = started.page
    assert isinstance(page, ChangePassphrasePage)
    page.current.secret.line.setText("not this one")
    page.new.again.line.setText(words := page.new.words)
    started.press("Change the passphrase")
    started.settle()
    assert "That did not open the vault" in started.texts
    assert not opens(vault_folder, words)
    assert not page.current.is_there


def test_the_twelve_words_open_only_after_two_of_them_were_typed_back(
    start: Start, vault_folder: Path
) -> None:
    started = at_ways(start, vault_folder)
    started.press("Recovery phrase")
    page = started.page
    assert isinstance(page, RecoveryPhrasePage)
    phrase = page.phrase
    assert len(phrase.split()) == 12
    started.press("I have written them down")
    assert not page.shown.isVisible()
    page.current.secret.line.setText(PASSPHRASE)
    for line in page.asked.lines:
        line.setText("wrong")
    assert not page.keep.isEnabled()
    assert not opens(vault_folder, phrase)
    answer_back(page.asked, phrase)
    started.press("Let these words open the vault")
    started.settle()
    assert opens(vault_folder, phrase)
    assert page.phrase == ""
    assert phrase.split()[0] not in page.shown.text()


def test_every_share_is_shown_alone_and_asked_back_before_any_opens(
    start: Start, vault_folder: Path, tmp_path: Path
) -> None:
    started = at_ways(start, vault_folder, (tmp_path / "share.txt",))
    started.press("Shares for keepers")
    page = started.page
    assert isinstance(page, SharesPage)
    started.press("Make the shares")
    assert page.made is not None
    shares = page.made.shares
    assert len(shares) == 3
    for number, share in enumerate(shares, 1):
        assert f"Share {number} of 3" in started.texts
        assert all(word in page.shown.text() for word in share.split())
        if number == 2:
            started.press("Save as a file")
            started.settle()
            assert (tmp_path / "share.txt").read_text("ascii") == share + "\n"
        started.press("It is written down")
        assert not page.next.isEnabled()
        answer_back(page.asked, share)
        started.press("Right, the next one")
    page.current.secret.line.setText(PASSPHRASE)
    started.press("Let the shares open the vault")
    started.settle()
    assert page.made is None
    started.press("Back")
    started.settle()
    assert "Shares, any 2 of 3" in started.texts
    assert "Last tried: never" in started.texts
    started.press("Try the shares")
    drill = started.page
    assert isinstance(drill, DrillPage)
    take(started, drill.gathered, shares[2], shares[0])
    started.press("Try them")
    started.settle()
    started.press("Back")
    started.settle()
    assert "Last tried: 14 March 2026" in started.texts


def take(started: Started, gathered: GatherShares, *shares: str) -> None:
    for share in shares:
        gathered.typed.setPlainText(share)
        started.press("Take this share")


def test_a_share_with_a_wrong_word_is_not_taken(start: Start, vault_folder: Path) -> None:
    started = start((DrillPage, Inside))
    started.unlock(vault_folder)
    page = started.page
    assert isinstance(page, DrillPage)
    share = keepers.make(2, 2).shares[0].split()
    take(started, page.gathered, " ".join(["nonsense", *share[1:]]))
    assert "Word 1 is not in the list of words." in started.texts
    take(started, page.gathered, " ".join(share))
    assert "1 of 2 needed" in started.texts
    assert not page.attempt.isEnabled()


def test_a_new_key_ends_every_other_way(start: Start, vault_folder: Path) -> None:
    started = at_ways(start, vault_folder, (True,))
    started.press("A new key")
    page = started.page
    assert isinstance(page, RekeyPage)
    page.current.secret.line.setText(PASSPHRASE)
    page.new.again.line.setText(words := page.new.words)
    started.press("Take a new key")
    started.settle()
    assert "only the new passphrase opens it" in started.texts
    assert opens(vault_folder, words)
    assert not opens(vault_folder, PASSPHRASE)


# --- while locked -------------------------------------------------------------------------------


def test_the_recovery_phrase_opens_where_a_passphrase_is_asked(
    start: Start, usual_vault: Path
) -> None:
    with Vault.open(usual_vault, Passphrase.of(PASSPHRASE)) as vault:
        openers.add(vault, Passphrase.of(PASSPHRASE), Passphrase.of(PHRASE))
    started = start((UnlockPage, Inside))
    page = started.page
    assert isinstance(page, UnlockPage)
    page.secret.line.setText("  " + PHRASE.upper())
    assert "A whole recovery phrase" in started.texts
    with started.qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        page.go_on()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (PHRASE, "✓ A whole recovery phrase"),
        (PHRASE.replace("year", "yard"), "Twelve words, but one is another"),
        (PHRASE.replace("year", "yearr"), "Word 4 is in no list"),
        ("six words that nobody else would", ""),
        ("a b c d e f g h i j k l", ""),
    ],
)
def test_a_typo_in_the_phrase_shows_while_typing(
    typed: str, said: str, start: Start, usual_vault: Path
) -> None:
    started = start((UnlockPage,))
    page = started.page
    assert isinstance(page, UnlockPage)
    page.secret.line.setText(typed)
    (hint,) = page.findChildren(PhraseHint)
    assert hint.text().startswith(said)
    assert hint.isVisible() == bool(said)


def test_keepers_open_a_vault_together_and_give_it_a_new_passphrase(
    start: Start, usual_vault: Path
) -> None:
    made = keepers.make(2, 3)
    with Vault.open(usual_vault, Passphrase.of(PASSPHRASE)) as vault:
        keepers.keep(vault, Passphrase.of(PASSPHRASE), made)
    started = start((UnlockPage, OpenWithSharesPage, Inside))
    started.press("Open with shares")
    page = started.page
    assert isinstance(page, OpenWithSharesPage)
    take(started, page.gathered, made.shares[1], made.shares[1])
    assert "1 of 2 needed" in started.texts
    take(started, page.gathered, made.shares[0])
    page.new.again.line.setText(words := page.new.words)
    with started.qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        started.press("Unlock")
    assert isinstance(started.page, Inside)
    assert opens(usual_vault, words)


def test_a_new_vault_may_have_its_recovery_phrase_at_once(start: Start) -> None:
    started = start((CheapCreate, Inside, RecoveryPhrasePage))
    page = started.page
    assert isinstance(page, CheapCreate)
    page.wants_phrase.setChecked(True)
    page.passphrase.again.line.setText(page.passphrase.words)
    with started.qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        started.press("Make the vault")
    started.qtbot.waitUntil(lambda: isinstance(started.page, RecoveryPhrasePage), timeout=LONG_MS)
    assert any(label.isVisible() for label in started.page.findChildren(Label))


def test_the_weakest_machine_decides_what_a_guess_costs(start: Start, places: Places) -> None:
    started = start((CreatePage, Inside))
    page = started.page
    assert isinstance(page, CreatePage)
    assert page.machine.cost == STANDARD
    started.press("Very old or small")
    started.settle()
    assert "67.2 MB" in started.texts or "68 MB" in started.texts
    assert "for machines with one gigabyte of memory or less" in started.texts
    page.passphrase.again.line.setText(page.passphrase.words)
    with started.qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        started.press("Make the vault")
    assert read_slots(places.vault / SLOT_FILE).slots.cost == FLOOR
