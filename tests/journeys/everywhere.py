"""A hand that types into every field of every page there is, a canary of its own into each.

It runs inside the window's process, for tests/journeys/test_every_field.py. Pages are those that
are registered, in every role that sees them; a page that shows one thing is shown what the test
found for it in the vault. Fields that a step or a choice has not shown yet are typed into as well.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from app.settings import Role
from tests.traces import COUNT, canary
from ui.forms.nested import BlockEditor, ListEditor
from ui.page import Needs, Page, Visit
from ui.pages import PAGES
from ui.pages.copies import CopiesPage
from ui.pages.unlock import UnlockPage
from ui.pages.way_passphrase import AddPassphrasePage
from ui.pages.way_phrase import RecoveryPhrasePage
from ui.wiring import Wired

P = TypeVar("P", bound=Page)

LONG_SECONDS: Final = 120.0
MOST: Final = 5000
"""Canaries, at most, that are typed; the last COUNT of them before the vault is open."""

_DEPTH: Final = 3
"""How often what unfolding brought is unfolded again."""


def wait(until: Callable[[], bool]) -> None:
    """Let the program work until this is so."""
    end = time.monotonic() + LONG_SECONDS
    while not until():
        assert time.monotonic() < end
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)


def type_before(wired: Wired, control: Path, seed: str) -> None:
    """Type into the pages there are while no vault is open; end at the one that opens it."""
    hand = _Hand(wired, control, seed, MOST - COUNT)
    hand.every_page(frozenset({Needs.NO_VAULT, Needs.NOTHING}))
    hand.end()
    wired.window.visit(Visit(page=UnlockPage.id))


def type_everywhere(wired: Wired, control: Path, seed: str) -> str:
    """Type into every page there is while a vault is open, keep two new ways into the vault and
    make a safe copy. Returns how many fields were typed into, and pages that were not shown."""
    hand = _Hand(wired, control, seed, COUNT)
    hand.keep_ways()
    hand.make_copy()
    hand.every_page(frozenset({Needs.VAULT, Needs.NOTHING}))
    hand.end()
    return f"{hand.typed} {' '.join(sorted(hand.unseen)) or '-'}"


class _Hand:
    """`number`: of the first canary it types."""

    def __init__(self, wired: Wired, control: Path, seed: str, number: int) -> None:
        self._wired = wired
        self._control = control
        self._seed = seed
        self._number = number
        self._shown: set[type[Page]] = set()
        self.typed = 0
        self.unseen: set[str] = set()
        """Pages that were gone to and not shown."""
        self._answers = Answers(wired.window, self._folder)

    def end(self) -> None:
        """Answer no dialogs any more."""
        self._answers.end()

    # --- pages --------------------------------------------------------------------------------

    def every_page(self, needs: frozenset[Needs]) -> None:
        """In each role the pages that were not seen in another one."""
        for role in Role:
            pages = [
                each
                for each in PAGES
                if role in each.roles and each.needs in needs and each not in self._shown
            ]
            if pages:
                self._be(role)
            for page in pages:
                self._shown.add(page)
                for visit in self._visits(page):
                    self._type_on(page, visit)
        self._be(Role.RECORDER)

    def _be(self, role: Role) -> None:
        """As choosing it in the settings does, but not kept: a lock begins as before."""
        window = self._wired.window
        preferences = self._wired.preferences
        if preferences.now.role is not role:
            preferences.keep(replace(preferences.now, role=role))
            assert window.page is not None

    def _visits(self, page: type[Page]) -> list[Visit]:
        """With nothing, and with each thing of the vault that this page shows."""
        found = json.loads((self._control / "references").read_text("ascii"))
        references: list[str] = found.get(page.id, [])
        if page.needs is not Needs.VAULT or not references:
            return [Visit(page=page.id)]
        if page.__name__.startswith("Organisation"):
            references = references[:1]  # the same forms, in another role
        return [Visit(page=page.id, reference=each) for each in references]

    def _type_on(self, page: type[Page], visit: Visit) -> None:
        window = self._wired.window
        window.visit(visit)
        self._settle()
        shown = window.page
        if not isinstance(shown, page):
            self.unseen.add(page.id)
            return
        shown.search()
        _unfold(shown)
        self._settle()
        for field in _fields(shown):
            if isValid(field):
                self._into(field)
        self._settle()

    def _into(self, field: QWidget) -> None:
        """As an input method gives a word: one event, where keys would take minutes."""
        word = QInputMethodEvent()
        word.setCommitString(self._next())
        QApplication.sendEvent(field, word)
        self.typed += 1

    def _next(self) -> str:
        self._number += 1
        return canary(self._seed, self._number)

    def _settle(self) -> None:
        QApplication.processEvents()
        wait(lambda: not self._wired.session.is_busy)
        # Qt's own loop does so when it comes round, and the hand does not let it come round
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()

    # --- what is done to the end ---------------------------------------------------------------

    def keep_ways(self) -> None:
        """Add a passphrase, then a recovery phrase, and tell the test which."""
        page = self._go(AddPassphrasePage)
        page.new.use_own()
        word = self._next()
        for line, text in (
            (page.current.secret.line, self._passphrase),
            (page.new.typed.line, word),
            (page.new.again.line, word),
        ):
            QTest.keyClicks(line, text)
        page.new.anyway.setChecked(True)
        self._press(page.go)
        phrase = self._go(RecoveryPhrasePage)
        words = phrase.phrase
        (self._control / "phrase").write_text(words, "utf-8")
        phrase.written.click()
        for line in phrase.asked.lines:
            number = int(line.accessibleName().split()[-1])
            QTest.keyClicks(line, words.split()[number - 1])
        QTest.keyClicks(phrase.current.secret.line, self._passphrase)
        self._press(phrase.keep)

    def make_copy(self) -> None:
        """Make a safe copy in a folder that has a telling name; the dialog is answered below."""
        page = self._go(CopiesPage)
        QTest.keyClicks(page.current.secret.line, self._passphrase)
        self._press(page.make)
        wait(lambda: any(each.suffix != ".part" for each in self._folder.iterdir()))
        self._settle()

    @property
    def _passphrase(self) -> str:
        return canary(self._seed, 0)

    @property
    def _folder(self) -> Path:
        """On a medium, with a canary for a name."""
        return next(each for each in (self._control.parent / "stick").iterdir() if each.is_dir())

    def _go(self, page: type[P]) -> P:
        self._wired.window.visit(Visit(page=page.id))
        self._settle()
        shown = self._wired.window.page
        assert isinstance(shown, page)
        return shown

    def _press(self, button: QPushButton) -> None:
        wait(button.isEnabled)
        button.click()
        self._settle()


class Answers:
    """Answers every dialog as it opens: a folder is `folder`, a question is agreed to."""

    def __init__(self, window: QWidget, folder: Path) -> None:
        self._folder = folder
        self._answered: set[int] = set()
        self._clock = QTimer(window)
        self._clock.timeout.connect(self._answer)
        self._clock.start(20)

    def end(self) -> None:
        """Leave dialogs to somebody else."""
        self._clock.stop()

    def _answer(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        again = id(dialog) in self._answered
        self._answered.add(id(dialog))
        ways = [each for each in dialog.findChildren(QPushButton) if each.isDefault()]
        if again or not (ways or isinstance(dialog, QFileDialog)):
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        elif isinstance(dialog, QFileDialog):
            dialog.findChild(QLineEdit).setText(str(self._folder))
            for button in dialog.findChild(QDialogButtonBox).buttons():
                if button.text() == dialog.labelText(QFileDialog.DialogLabel.Accept):
                    button.click()
        else:
            ways[0].click()


def _unfold(page: Page) -> None:
    """Open what is folded, and add to each block and each list, as long as there is something."""
    pressed: set[QObject] = set()
    for _ in range(_DEPTH):
        for button in _openers(page):
            if button not in pressed and isValid(button):
                pressed.add(button)
                button.click()
        QApplication.processEvents()


def _openers(page: Page) -> Iterator[QPushButton]:
    for button in page.findChildren(QPushButton):
        if button.property("kind") == "fold" and not button.isChecked():
            yield button
    for editor in (*page.findChildren(BlockEditor), *page.findChildren(ListEditor)):
        yield editor._add


def _fields(page: QWidget) -> list[QWidget]:
    """Every field that takes words, in sight or not."""
    found: list[QWidget] = [
        each
        for kind in (QLineEdit, QPlainTextEdit)
        for each in page.findChildren(kind)
        if each.isEnabled() and not each.isReadOnly()
    ]
    return found
