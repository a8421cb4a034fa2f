"""The session: a vault is held, asked, written to and let go, in that order."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.errors import VaultLocked, WrongPassphrase
from app.tasks import Progress, Step
from tests.ui.conftest import SmallVault
from ui.session import Session


@pytest.fixture
def reported() -> list[Exception]:
    return []


@pytest.fixture
def session(qtbot: QtBot, reported: list[Exception]) -> Iterator[Session]:
    made = Session(lambda _owner, error: reported.append(error))
    yield made
    made.lock()
    made.close()


def unlock(qtbot: QtBot, session: Session, vault: SmallVault) -> None:
    with qtbot.waitSignal(session.unlocked):
        session.unlock(session, lambda _: vault, lambda: None)


def test_unlocking_says_done_and_then_unlocked(
    qtbot: QtBot, session: Session, small_vault: SmallVault
) -> None:
    order: list[str] = []
    session.unlocked.connect(lambda: order.append("unlocked"))
    with qtbot.waitSignal(session.unlocked):
        session.unlock(session, lambda _: small_vault, lambda: order.append("done"))
    assert order == ["done", "unlocked"]
    assert session.is_unlocked


def test_a_wrong_passphrase_leaves_it_locked(
    qtbot: QtBot, session: Session, reported: list[Exception]
) -> None:
    def opening(progress: Progress) -> SmallVault:
        raise WrongPassphrase

    session.unlock(session, opening, lambda: None)
    qtbot.waitUntil(lambda: bool(reported))
    assert isinstance(reported[0], WrongPassphrase)
    assert not session.is_unlocked


def test_creating_hands_over_what_is_to_be_shown(
    qtbot: QtBot, session: Session, small_vault: SmallVault
) -> None:
    shown: list[str] = []
    with qtbot.waitSignal(session.unlocked):
        session.create(session, lambda _: (small_vault, "twelve words"), shown.append)
    assert shown == ["twelve words"]


def test_a_command_tells_everybody_what_it_changed(
    qtbot: QtBot, session: Session, small_vault: SmallVault
) -> None:
    unlock(qtbot, session, small_vault)

    def command(vault: SmallVault, progress: Progress) -> Changes:
        vault.words.append("written")
        return Changes.of("incident")

    with qtbot.waitSignal(session.changed) as seen:
        session.do(session, command, lambda _: None)
    assert seen.args == [Changes.of("incident")]
    assert small_vault.words == ["written"]


def test_a_change_is_told_although_the_page_that_made_it_is_gone(
    qtbot: QtBot, session: Session, small_vault: SmallVault
) -> None:
    unlock(qtbot, session, small_vault)
    owner = QObject()
    go_on = threading.Event()

    def command(vault: SmallVault, progress: Progress) -> Changes:
        go_on.wait(5)
        return Changes.of("person")

    called: list[object] = []
    session.do(owner, command, called.append)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    with qtbot.waitSignal(session.changed):
        go_on.set()
    assert called == []


def test_asking_a_locked_vault_is_refused_and_said(
    session: Session, reported: list[Exception]
) -> None:
    assert session.ask(session, lambda vault, _: vault, lambda _: None) is None
    assert isinstance(reported[0], VaultLocked)


def test_locking_takes_the_drafts_before_the_vault_closes(
    qtbot: QtBot, session: Session, small_vault: SmallVault
) -> None:
    unlock(qtbot, session, small_vault)

    def draft(vault: SmallVault, progress: Progress) -> Changes:
        vault.words.append(f"draft, closed {vault.closed} times")
        return Changes()

    session.closing.connect(lambda: session.do(session, draft, lambda _: None))
    with qtbot.waitSignal(session.locked):
        session.lock()
    assert small_vault.words == ["draft, closed 0 times"]
    assert small_vault.closed == 1
    assert not session.is_unlocked


def test_locking_stops_what_runs(qtbot: QtBot, session: Session, small_vault: SmallVault) -> None:
    unlock(qtbot, session, small_vault)
    begun = threading.Event()
    heard: list[object] = []

    def endless(vault: SmallVault, progress: Progress) -> None:
        begun.set()
        while True:
            progress(Step(doing="Working", done=0))

    session.ask(session, endless, heard.append, heard.append)
    begun.wait(5)
    with qtbot.waitSignal(session.locked):
        session.lock()
    assert heard == []


def test_a_vault_that_fails_to_close_is_let_go_all_the_same(qtbot: QtBot, session: Session) -> None:
    class Stuck(SmallVault):
        def close(self) -> None:
            raise OSError("stick pulled out")

    unlock(qtbot, session, Stuck())
    with qtbot.waitSignal(session.locked):
        session.lock()
    assert not session.is_unlocked


def test_files_can_be_worked_on_while_locked(qtbot: QtBot, session: Session) -> None:
    heard: list[int] = []
    session.work(session, lambda _: 7, heard.append)
    qtbot.waitUntil(lambda: heard == [7])
