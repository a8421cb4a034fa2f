"""The windows under test: the real theme and language, a session over a real or a small vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.settings import Settings, Theme
from ui.ask import ScriptedAsk
from ui.page import Page
from ui.wiring import Wired, wire


@dataclass
class SmallVault:
    """Anything that can be closed passes for a vault where the session alone is tested."""

    folder: Path = Path("nowhere")
    closed: int = 0
    words: list[str] = field(default_factory=list)

    def close(self) -> None:
        self.closed += 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # the platform without a screen says this of every window whose smallest size changes
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))


@pytest.fixture(autouse=True)
def gone(qapp: QApplication) -> Iterator[None]:
    """Widgets of one test are gone in the next: a style sheet visits every one that lives."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def small_vault() -> SmallVault:
    return SmallVault()


@pytest.fixture
def wired(qapp: QApplication) -> Iterator[Callable[..., Wired]]:
    """Builds a window over pages: `wired(pages, language=..., theme=..., answers=[...])`."""
    made: list[Wired] = []

    def build(
        pages: tuple[type[Page], ...],
        answers: tuple[object, ...] = (),
        **settings: object,
    ) -> Wired:
        chosen = {"language": "en", "theme": Theme.LIGHT, **settings}
        made.append(wire(qapp, Settings(**chosen), lambda _: None, pages, ScriptedAsk(answers)))
        return made[-1]

    yield build
    for each in made:
        each.session.lock()
        each.end()
        each.window.hide()
        each.window.deleteLater()
        qapp.removeEventFilter(each.idle)
