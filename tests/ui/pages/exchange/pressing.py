"""What tests of the exchange pages share: the scene of two vaults, a way to press and to read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.settings import Role, Settings
from app.tasks import Progress
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import at_noon
from tests.ui.pages.conftest import LONG_MS, Start, Started
from tools import scenes
from tools.scenes import Scene
from ui.page import Visit
from ui.pages import PAGES
from ui.widgets.stated import Stated, Step


def in_the_afternoon() -> datetime:
    """When tests do something: after all that the scene has already."""
    return at_noon() + timedelta(hours=4)


def copied(scene: Scene, to: Path) -> Scene:
    """A scene of this test's own, in an empty folder."""
    root = scene.recorder.parent
    shutil.copytree(root, to, dirs_exist_ok=True)
    fields = {name: to / getattr(scene, name).relative_to(root) for name in Scene.__slots__}
    return replace(scene, **fields)


def opened(
    start: Start, folder: Path, role: Role, *answers: object, language: str = "en"
) -> Started:
    """A window over this vault, in this role."""
    started = start(PAGES, Settings(role=role, language=language), answers)
    opening = Passphrase.of(scenes.PASSPHRASE)
    with started.qtbot.waitSignal(started.wired.session.unlocked, timeout=LONG_MS):
        started.wired.session.unlock(
            started.wired.window,
            lambda _: Vault.open(folder, opening, clock=in_the_afternoon),
            lambda: None,
        )
    started.settle()
    return started


def go(started: Started, page: str, reference: str = "", *files: Path) -> None:
    started.wired.window.visit(Visit(page=page, reference=reference, files=files))
    settle(started)


def settle(started: Started) -> None:
    """Wait for the jobs, and for those that their answers began."""
    for _ in range(3):
        started.settle()
        # what was put into a layout is shown by an event of its own
        QApplication.processEvents()


def shown(started: Started, text: str) -> bool:
    """Whether this text can be read on the page."""
    return any(text in each for each in words(started))


def words(started: Started) -> list[str]:
    return [
        each.text()
        for each in started.page.findChildren(QLabel)
        if each.isVisibleTo(started.page) and each.text()
    ]


def stated(started: Started) -> list[tuple[str, str]]:
    """The tones and names of the frames and steps on the page."""
    return [
        (each.tone.value, each.accessibleName())
        for each in started.page.findChildren(QWidget)
        if isinstance(each, Stated | Step) and each.isVisibleTo(started.page)
    ]


def tones(started: Started) -> list[str]:
    return [tone for tone, _ in stated(started)]


def button(started: Started, text: str) -> QPushButton:
    found = [
        each
        for each in started.page.findChildren(QPushButton)
        if each.isVisibleTo(started.page) and text in (each.text() or each.accessibleName())
    ]
    assert found, f"{text!r} among {[each.text() for each in _buttons(started)]}"
    return found[0]


def press(started: Started, text: str) -> None:
    found = button(started, text)
    assert found.isEnabled(), text
    started.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    settle(started)


def say_it_is_safe(started: Started) -> None:
    """Answer the three questions about the risk so that the reports may go."""
    answers = ["Hardly", "Nobody of them", "Yes, they accept it"]
    if shown(started, "Somebody travels without a name"):
        answers.append("Ten or more")
    for each in (*answers, "Keep these answers"):
        press(started, each)


def ask(started: Started, query: Callable[[Vault, Progress], object]) -> object:
    """What the vault in the window says."""
    answers: list[object] = []
    started.wired.session.ask(started.wired.window, query, answers.append)
    settle(started)
    assert answers
    return answers[0]


def _buttons(started: Started) -> list[QPushButton]:
    return started.page.findChildren(QPushButton)
