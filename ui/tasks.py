"""Lane and Task: the only threads of the program, and how their answers come back to the windows.

No Qt object ever lives on another thread: a job is an ordinary function, and one queued signal
carries the answer over. Threads suffice: key stretching, ciphers and SQL release the interpreter.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from shiboken6 import isValid

from app.errors import Cancelled
from app.tasks import Progress, Step, Watched

T = TypeVar("T")

LOOK_EVERY_MS = 100


class Task(QObject):
    """One running job, seen from the windows. `stepped` carries a Step, at most ten a second."""

    stepped = Signal(object)
    finished = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.watched = Watched()
        self._seen: Step | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @property
    def latest(self) -> Step | None:
        """Where the job is; None until it has said so."""
        return self.watched.latest

    def stop(self) -> None:
        """Ask the job to end at its next step. Its owner hears nothing more of it."""
        self.watched.stop()

    def settle(self) -> None:
        """The job has ended: tell those who watch, and go."""
        self._timer.stop()
        self.finished.emit()
        self.deleteLater()

    def _look(self) -> None:
        latest = self.watched.latest
        if latest is not None and latest != self._seen:
            self._seen = latest
            self.stepped.emit(latest)


class Lane(QObject):
    """A queue of jobs. With one worker, what the jobs share has one owner, and order is kept."""

    _posted = Signal(object)

    def __init__(self, name: str, *, workers: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._running: set[Task] = set()
        # queued also from this thread: a job that ended before `start` returned would be answered
        # before its caller knows the task
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def start(
        self,
        owner: QObject,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> Task:
        """Run `job(progress)` in turn; later call done or failed here, on the thread of windows.

        Neither is called when the owner has been destroyed by then, nor when the job was stopped.
        """
        task = Task(self)
        self._running.add(task)
        future = self._pool.submit(job, task.watched)

        def deliver() -> None:
            self._running.discard(task)
            task.settle()
            _answer(future, owner, done, failed)

        future.add_done_callback(lambda _: self._post(deliver))
        return task

    @property
    def is_busy(self) -> bool:
        """Whether a job runs or waits, or its answer was not given yet."""
        return bool(self._running)

    def stop_all(self) -> None:
        """Ask every job, running or waiting, to end at its next step."""
        for task in tuple(self._running):
            task.stop()

    def close(self) -> None:
        """Take no more jobs. Those that wait still run; the interpreter waits for them."""
        self._pool.shutdown(wait=False)

    def _post(self, deliver: Callable[[], None]) -> None:
        # at the very end of the process a job may outlive the window that would hear of it
        if isValid(self):
            self._posted.emit(deliver)

    @Slot(object)
    def _on_posted(self, deliver: Callable[[], None]) -> None:
        deliver()


def _answer(
    future: Future[T],
    owner: QObject,
    done: Callable[[T], None],
    failed: Callable[[Exception], None],
) -> None:
    if not isValid(owner):
        return
    try:
        answer = future.result()
    except (Cancelled, CancelledError):
        return
    except Exception as error:
        # bugs too: the interpreter would lose them on the worker; ui.failures tells them apart
        failed(error)
        return
    done(answer)
