"""What tests of pages share: a real window over real pages, a vault of their own, scripted answers.

The usual place of vaults lies in the test's own folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.paths import Places
from app.preview import Door
from app.settings import Role, Settings
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from ui.ask import ScriptedAsk
from ui.page import Page
from ui.widgets.plain import Label
from ui.wiring import Wired, wire

LONG_MS = 10_000

# the offscreen platform says so of every window with a least size
_HARMLESS = pytest.mark.qt_log_ignore("propagateSizeHints")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(_HARMLESS)


@dataclass
class Started:
    """A window that was started, and what a test does with it."""

    wired: Wired
    ask: ScriptedAsk
    kept: list[Settings]
    ends: list[None]
    qtbot: QtBot

    @property
    def ended(self) -> int:
        """How often the process would have been ended, after erasing."""
        return len(self.ends)

    @property
    def page(self) -> Page:
        page = self.wired.window.page
        assert page is not None
        return page

    @property
    def texts(self) -> str:
        """Every text that can be seen on the page."""
        labels = self.page.findChildren(Label)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def press(self, text: str) -> None:
        """Press the first button in sight whose words, or spoken name, hold this text."""
        found = [
            button
            for button in self.page.findChildren(QPushButton)
            if button.isVisible() and text in (button.text() or button.accessibleName())
        ]
        assert found, text
        self.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)

    def settle(self) -> None:
        """Wait until every job has answered."""
        session = self.wired.session
        self.qtbot.waitUntil(lambda: not session.is_busy, timeout=LONG_MS)
        # what the answers changed is laid out by events of its own
        QApplication.processEvents()

    def unlock(self, folder: Path) -> None:
        """Open the vault of this folder with the passphrase of all tests."""
        opening = Passphrase.of(PASSPHRASE)
        with self.qtbot.waitSignal(self.wired.session.unlocked, timeout=LONG_MS):
            self.wired.session.unlock(
                self.wired.window,
                lambda _: Vault.open(folder, opening, clock=at_noon),
                lambda: None,
            )
        self.settle()

    def lock(self) -> None:
        """Lock, and wait until the vault is closed."""
        with self.qtbot.waitSignal(self.wired.session.locked, timeout=LONG_MS):
            self.wired.session.lock()


Start = Callable[..., Started]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """The usual places of this computer, inside the test's own folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return Places.of_this_account()


@pytest.fixture
def usual_vault(places: Places, empty_vault: Path) -> Path:
    """A closed vault in the usual place."""
    places.make()
    return Path(shutil.copytree(empty_vault, places.vault))


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, places: Places) -> Iterator[Start]:
    """Starts a window over these pages, with these settings and answers; closed at the end."""
    made: list[Started] = []

    def begin(
        pages: Sequence[type[Page]],
        settings: Settings | None = None,
        answers: Sequence[object] = (),
        door: Door | None = None,
    ) -> Started:
        kept: list[Settings] = []
        ask = ScriptedAsk(answers)
        ends: list[None] = []
        wanted = settings or Settings(role=Role.RECORDER)
        wired = wire(qapp, wanted, kept.append, pages, ask, lambda: ends.append(None), door)
        wired.window.resize(1000, 800)
        wired.window.show()
        made.append(Started(wired=wired, ask=ask, kept=kept, ends=ends, qtbot=qtbot))
        return made[-1]

    yield begin
    for each in made:
        if each.wired.session.is_unlocked:
            each.lock()
        each.wired.window.close()
        each.wired.end()
        qapp.removeEventFilter(each.wired.idle)
        each.wired.window.deleteLater()
