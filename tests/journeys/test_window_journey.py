"""The whole journey in windows: an organisation, a person who records, one who carries.

Three computers with nothing between them but files. Every step is a press or a key in a window.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from app.demo import exhibits
from crypto.kdf import FLOOR
from tests.journeys.computers import LONG_MS, Computer, running
from ui.pages.create import CreatePage

pytestmark = pytest.mark.window

DESK = "Lawyers' Desk"
WORDS = "Two officers came to the house. They said: stop writing to the Rapporteur."
TITLE = "A visit at night"
WHERE = "Somewhere by the river"
PHOTO = exhibits.photo(1)
MESSAGE = "We have it. Please write who else saw them."

On = Callable[..., AbstractContextManager[Computer]]


@dataclass
class Journey:
    """What is known on the way: to people (passphrases, digits read aloud), and as files."""

    folder: Path
    passphrases: dict[str, str] = field(default_factory=dict)
    code: tuple[str, ...] = ()

    def home(self, name: str) -> Path:
        """The home of somebody's account."""
        return self._folder("home", name)

    def stick(self, name: str) -> Path:
        """Something to carry files on."""
        return self._folder("stick", name)

    def _folder(self, kind: str, name: str) -> Path:
        made = self.folder / kind / name
        made.mkdir(parents=True, exist_ok=True)
        return made


@pytest.fixture
def journey(tmp_path: Path) -> Journey:
    return Journey(folder=tmp_path)


@pytest.fixture
def on(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, journey: Journey) -> On:
    """`on("desk", answers...)`: the program on this computer."""
    monkeypatch.setattr(CreatePage, "cost", FLOOR)

    def begin(name: str, *answers: object) -> AbstractContextManager[Computer]:
        return running(qapp, qtbot, monkeypatch, journey.home(name), answers)

    return begin


def make_vault(computer: Computer) -> str:
    """Take the words proposed, and type them once more; they are returned."""
    words = computer.label("The words proposed")
    computer.click(computer.field("The same passphrase once more"))
    computer.type(words)
    computer.sees("The same")
    with computer.qtbot.waitSignal(computer.wired.session.unlocked, timeout=LONG_MS):
        computer.press("Make the vault")
    computer.settle()
    return words


# --- the steps ------------------------------------------------------------------------------------


def the_desk_makes_its_vault_and_saves_its_card(on: On, journey: Journey) -> Path:
    card = journey.stick("by-mail") / "desk.card"
    with on("desk", card) as computer:
        computer.press("Receive for an organisation")
        computer.click(computer.field("Name of your organisation"))
        computer.type(DESK)
        journey.passphrases["desk"] = make_vault(computer)
        computer.sees("No bundles yet")
        computer.press("Show my card")
        journey.code = tuple(re.findall(r"[0-9]{5}", " ".join(computer.words())))
        assert len(journey.code) == 6
        computer.press("Save my card")
        computer.sees("The card is saved")
    return card


def somebody_makes_a_vault_and_compares_the_card(on: On, journey: Journey, card: Path) -> None:
    with on("defender", card) as computer:
        computer.press("Record what happened")
        journey.passphrases["defender"] = make_vault(computer)
        computer.sees("No reports yet")
        computer.press("Contacts")
        computer.press("Choose a card file")
        computer.sees("You have not compared the code yet")
        computer.press("Compare now")
        question = next(each for each in computer.words() if "Please read me group" in each)
        one, two = (int(each) for each in re.findall(r"[0-9]", question))
        # the cursor is in the first field, and goes on to the second by itself
        computer.type("00000")
        computer.type(journey.code[two - 1])
        computer.press("Check")
        computer.sees("The code does not match")
        # what was wrong is selected: typing replaces it
        computer.type(journey.code[one - 1])
        computer.press("Check")
        computer.sees("They match")
        computer.press("Done")


def somebody_records_and_seals(on: On, journey: Journey) -> Path:
    photo = journey.folder / "Amina Example.jpg"
    photo.write_bytes(PHOTO)
    stick = journey.stick("red")
    with on("defender", (photo,), stick) as computer:
        computer.unlock(journey.passphrases["defender"])
        computer.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        computer.type(WORDS)
        computer.tab_to("When: Yesterday")
        computer.key(Qt.Key.Key_Space)
        computer.tab_to("Where")
        computer.type(WHERE)
        computer.tab_to("Title")
        computer.type(TITLE)
        computer.tab_to("Choose files")
        computer.key(Qt.Key.Key_Space)
        computer.sees("1 file is in the vault, read back and the same")
        computer.tab_to("Seal this report")
        computer.key(Qt.Key.Key_Space)
        computer.sees(f"Only {DESK} can open it")
        computer.sees("1 file does not go along yet")
        computer.press("Make copies without it")
        # the photo stays; its record, its copy and what was done with both go along
        computer.sees("1 report, 5 further records, 1 file")
        for answer in ("Hardly", "Nobody of them", "Yes, they accept it", "Keep these answers"):
            computer.press(answer)
        computer.sees("The risk was thought about")
        computer.press("Seal now")
        computer.sees("Sealed.")
        computer.sees("Read back: the same")
        computer.press("Home")
        assert "Sealed, no receipt yet" in lines(computer)
    (bundle,) = stick.iterdir()
    assert WORDS.encode() not in bundle.read_bytes()
    return bundle


def somebody_else_carries_it(on: On, journey: Journey, bundle: Path) -> Path:
    renamed = journey.stick("red") / "holiday.jpg"
    shutil.copy(bundle, renamed)
    broken = damaged(bundle, journey.stick("broken"))
    blue = journey.stick("blue")
    with on("courier", (bundle, renamed, broken), blue) as computer:
        computer.press("Carry bundles")
        computer.sees("Nothing here yet")
        computer.press("Choose files")
        for verdict in ("Undamaged", "Renamed", "Damaged"):
            computer.sees(verdict)
        computer.press("Copy to a stick")
        computer.sees("You can pull it out now.")
        computer.sees("2 bundles are there")
    assert sorted(each.name for each in blue.iterdir()) == sorted([bundle.name, renamed.name])
    return blue / bundle.name


def the_desk_takes_it_in_and_answers(on: On, journey: Journey, bundle: Path) -> Path:
    blue = journey.stick("blue")
    with on("desk", (bundle,), blue, (bundle,)) as computer:
        computer.type("not the right words at all")
        computer.key(Qt.Key.Key_Return)
        computer.sees("That did not open the vault")
        computer.qtbot.waitUntil(computer.field("Passphrase").isEnabled, timeout=LONG_MS)
        computer.unlock(journey.passphrases["desk"])
        computer.press("Open bundles")
        computer.sees("Good seal, unknown key")
        assert not computer.button("Take in").isEnabled()
        computer.press("I take it in although I do not know who signed it")
        computer.click(computer.field("What do you call this sender?"))
        computer.type("The one by the river")
        computer.press("Take in")
        computer.sees("Taken in, whole")
        computer.sees("The one by the river")
        computer.click(computer.field("Message (only the sender can read it)"))
        computer.type(MESSAGE)
        computer.press("Make the receipt")
        computer.sees("The receipt is sealed")
        computer.press(TITLE)
        assert computer.field("What happened").toPlainText() == WORDS
        computer.press("Inbox")
        computer.press("Open bundles")
        computer.sees("You have had this very bundle before")
        assert not computer.button("Take in").isEnabled()
    (receipt,) = (each for each in blue.iterdir() if each.name not in {bundle.name, "holiday.jpg"})
    return receipt


def the_answer_comes_back(on: On, journey: Journey, bundle: Path, receipt: Path) -> None:
    with on("desk", (damaged(bundle, journey.stick("late")),), (receipt,)) as computer:
        computer.unlock(journey.passphrases["desk"])
        computer.press("Open bundles")
        computer.sees("This bundle is damaged")
        computer.press("Back")
        computer.press("Open bundles")
        computer.sees("Sealed for somebody else")
    with on("defender", receipt) as computer:
        computer.unlock(journey.passphrases["defender"])
        computer.press("Receipts")
        computer.sees("No receipts yet")
        computer.press("Open a receipt")
        computer.sees("Good seal, checked key")
        computer.sees(MESSAGE)
        computer.press("Keep this receipt")
        computer.sees("Accepted")
        computer.sees(f"{DESK} writes:")
        computer.press("Home")
        assert "Receipt: Accepted" in lines(computer)
        computer.open_line(TITLE)
        computer.key(Qt.Key.Key_Return)
        computer.sees("Receipt: Accepted")


def test_a_report_travels_in_windows_from_the_first_word_to_the_receipt(
    on: On, journey: Journey
) -> None:
    card = the_desk_makes_its_vault_and_saves_its_card(on, journey)
    somebody_makes_a_vault_and_compares_the_card(on, journey, card)
    bundle = somebody_records_and_seals(on, journey)
    carried = somebody_else_carries_it(on, journey, bundle)
    receipt = the_desk_takes_it_in_and_answers(on, journey, carried)
    the_answer_comes_back(on, journey, carried, receipt)


def lines(computer: Computer) -> str:
    """Every cell of the list shown."""
    computer.settle()
    found = []
    for view in computer.window.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible():
            found += [
                str(model.index(row, column).data())
                for row in range(model.rowCount())
                for column in range(model.columnCount())
            ]
    return "\n".join(found)


def damaged(bundle: Path, folder: Path) -> Path:
    """A copy under the same name in which one bit is another."""
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 1
    made = folder / bundle.name
    made.write_bytes(bytes(content))
    return made
