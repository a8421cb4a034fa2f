"""Ctrl+C asks a job to stop at its next step, and ends a question at once."""

import signal
from collections.abc import Iterator

import pytest

from app.cli.output import Terminal
from app.cli.stopping import at_once
from app.errors import Cancelled
from app.tasks import Step

STEP = Step(doing="copying", done=1, total=2)


@pytest.fixture(autouse=True)
def _handler() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_the_first_ctrl_c_stops_a_job_at_its_next_step() -> None:
    terminal = Terminal.machine()
    terminal.interrupt.listen()
    terminal.progress(STEP)
    signal.raise_signal(signal.SIGINT)
    with pytest.raises(Cancelled):
        terminal.progress(STEP)


def test_the_second_ctrl_c_stops_wherever_the_program_is() -> None:
    Terminal.machine().interrupt.listen()
    signal.raise_signal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_ctrl_c_ends_a_question_at_once_and_a_job_after_it_at_a_step() -> None:
    terminal = Terminal.machine()
    terminal.interrupt.listen()
    with pytest.raises(KeyboardInterrupt), at_once():
        signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    with pytest.raises(Cancelled):
        terminal.progress(STEP)
