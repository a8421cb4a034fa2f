"""Lanes: where answers come back, and when nobody is called."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.errors import NotFound
from app.tasks import Progress, Step
from ui.tasks import Lane


@pytest.fixture
def lane(qtbot: QtBot) -> Iterator[Lane]:
    made = Lane("test", workers=1)
    yield made
    made.close()


def refuse(error: Exception) -> None:
    raise AssertionError(error)


def test_the_answer_comes_back_on_the_thread_of_windows(qtbot: QtBot, lane: Lane) -> None:
    owner = QObject()
    heard: list[tuple[int, bool, bool]] = []
    here = threading.get_ident()

    def job(progress: Progress) -> tuple[int, bool]:
        return 42, threading.get_ident() == here

    def done(answer: tuple[int, bool]) -> None:
        heard.append((*answer, threading.get_ident() == here))

    lane.start(owner, job, done, refuse)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(42, False, True)]


def test_a_failure_comes_back_as_the_error_it_was(qtbot: QtBot, lane: Lane) -> None:
    owner = QObject()
    heard: list[Exception] = []

    def job(progress: Progress) -> None:
        raise NotFound(reference="x")

    lane.start(owner, job, lambda _: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], NotFound)


def test_a_stopped_job_says_nothing(qtbot: QtBot, lane: Lane) -> None:
    owner = QObject()
    heard: list[object] = []
    begun, go_on = threading.Event(), threading.Event()

    def job(progress: Progress) -> int:
        begun.set()
        go_on.wait(5)
        progress(Step(doing="Working", done=1))
        return 1

    task = lane.start(owner, job, heard.append, heard.append)
    begun.wait(5)
    task.stop()
    with qtbot.waitSignal(task.finished):
        go_on.set()
    assert heard == []


def test_steps_are_seen_while_the_job_runs(qtbot: QtBot, lane: Lane) -> None:
    owner = QObject()
    go_on = threading.Event()
    step = Step(doing="Working", done=3, total=9)

    def job(progress: Progress) -> None:
        progress(step)
        go_on.wait(5)

    task = lane.start(owner, job, lambda _: None, refuse)
    with qtbot.waitSignal(task.stepped) as seen:
        pass
    with qtbot.waitSignal(task.finished):
        go_on.set()
    assert seen.args == [step]


def test_a_destroyed_owner_is_not_called(qtbot: QtBot, lane: Lane) -> None:
    owner = QObject()
    heard: list[object] = []
    go_on = threading.Event()

    def job(progress: Progress) -> int:
        go_on.wait(5)
        return 1

    task = lane.start(owner, job, heard.append, heard.append)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    with qtbot.waitSignal(task.finished):
        go_on.set()
    assert heard == []


def test_jobs_of_one_lane_run_in_the_order_they_came(qtbot: QtBot, lane: Lane) -> None:
    owner = QObject()
    ran: list[int] = []
    heard: list[int] = []

    def job(number: int) -> Callable[[Progress], int]:
        def run(progress: Progress) -> int:
            ran.append(number)
            return number

        return run

    for number in range(20):
        lane.start(owner, job(number), heard.append, refuse)
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert ran == heard == list(range(20))
