"""The vault as the windows see it: unlock, ask, do, work, lock. A page has no other way in.

| verb   | for                     | lane                | then                                   |
|--------|-------------------------|---------------------|----------------------------------------|
| unlock | opening a vault         | vault lane          | `done()`, then `unlocked`              |
| create | making a vault          | vault lane          | `done(what was made)`, then `unlocked` |
| ask    | reading                 | vault lane          | `done(answer)`                         |
| do     | writing                 | vault lane          | `done(answer)`, then `changed(Changes)`|
| work   | files, without a vault  | file lane           | `done(answer)`                         |
| see    | looking at a file       | preview lane        | `done(pixels or text)`                 |

Jobs are functions `(vault, progress)` (`(progress)` for work); they run one after the other on the
one thread that owns the vault. `owner` is the widget that waits: once destroyed, it hears nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.changes import Changes
from app.errors import CannotBeShown, VaultLocked
from app.preview import Door, Picture, Plain, Wish
from app.tasks import Progress
from ui.tasks import Lane, Task

if TYPE_CHECKING:
    from app.vault import Vault


class Altering(Protocol):
    """What a command came to, and what it altered on the way."""

    @property
    def changes(self) -> Changes: ...


T = TypeVar("T")
A = TypeVar("A", bound=Changes | Altering)

Failed = Callable[[Exception], None]


class Session(QObject):
    """One open vault, or none. Signals carry facts; all of them come on the thread of windows."""

    unlocked = Signal()
    closing = Signal()
    """The vault is about to be locked: pages hand in their drafts now, with `do`."""
    locked = Signal()
    changed = Signal(object)
    """Carries the Changes of a finished command."""
    started = Signal(object)
    """Carries the Task of every job, for the progress strip."""

    def __init__(
        self,
        report: Callable[[QObject, Exception], None],
        parent: QObject | None = None,
        door: Door | None = None,
    ) -> None:
        """`report(owner, error)` shows a failure for which the caller names no other way; through
        `door` files are looked at, without it none can be shown."""
        super().__init__(parent)
        self._report = report
        self._vault: Vault | None = None
        self._closing = False
        self._vault_lane = Lane("vault", workers=1, parent=self)
        self._file_lane = Lane("files", workers=1, parent=self)
        self._preview_lane = Lane("previews", workers=1, parent=self)
        self._door = door

    @property
    def is_unlocked(self) -> bool:
        """Whether a vault is open and not being closed."""
        return self._vault is not None and not self._closing

    @property
    def folder(self) -> Path | None:
        """Where the open vault lies; None while none is open. Known without asking the lane."""
        return self._vault.folder if self._vault is not None else None

    @property
    def is_busy(self) -> bool:
        """Whether a job runs or waits."""
        return any(each.is_busy for each in (self._vault_lane, self._file_lane, self._preview_lane))

    def unlock(
        self,
        owner: QObject,
        opening: Callable[[Progress], Vault],
        done: Callable[[], None],
        failed: Failed | None = None,
    ) -> Task:
        """Open a vault; `opening(progress)` returns it or raises."""

        def opened(vault: Vault) -> None:
            self._hold(vault)
            if isValid(owner):
                done()
            self.unlocked.emit()

        return self._start_for_all(owner, opening, opened, failed)

    def create(
        self,
        owner: QObject,
        making: Callable[[Progress], tuple[Vault, T]],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Task:
        """Make a vault; `making(progress)` returns it with what the person is to be shown."""

        def made(pair: tuple[Vault, T]) -> None:
            vault, shown = pair
            self._hold(vault)
            if isValid(owner):
                done(shown)
            self.unlocked.emit()

        return self._start_for_all(owner, making, made, failed)

    def ask(
        self,
        owner: QObject,
        query: Callable[[Vault, Progress], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Task | None:
        """Read from the vault. Returns None, and asks nothing, while it is locked."""
        vault = self._open_vault(owner, failed)
        if vault is None:
            return None
        return self._start(self._vault_lane, owner, lambda step: query(vault, step), done, failed)

    def do(
        self,
        owner: QObject,
        command: Callable[[Vault, Progress], A],
        done: Callable[[A], None],
        failed: Failed | None = None,
    ) -> Task | None:
        """Write to the vault. Returns None, and writes nothing, while it is locked.

        The command returns Changes, or a value whose `changes` says what it altered.
        """
        vault = self._open_vault(owner, failed)
        if vault is None:
            return None

        def written(answer: A) -> None:
            if isValid(owner):
                done(answer)
            self.changed.emit(answer if isinstance(answer, Changes) else answer.changes)

        return self._start_for_all(owner, lambda step: command(vault, step), written, failed)

    def work(
        self,
        owner: QObject,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> Task:
        """Work on files without a vault."""
        return self._start(self._file_lane, owner, job, done, failed)

    def see(
        self,
        owner: QObject,
        content: bytes,
        wish: Wish,
        done: Callable[[Picture | Plain], None],
        failed: Failed | None = None,
    ) -> Task:
        """Have a file decoded apart (app/preview). Fails with CannotBeShown, whatever it is."""
        door = self._door

        def look(_: Progress) -> Picture | Plain:
            if door is None:
                raise CannotBeShown
            return door.see(content, wish)

        # not `started`: small pictures come by the dozen, and none takes long
        fail = failed or (lambda error: self._report(owner, error))
        return self._preview_lane.start(owner, look, done, fail)

    def is_seeing_confined(self, owner: QObject, done: Callable[[bool | None], None]) -> Task:
        """Measure whether decoders can do nothing else; None where there are none."""
        door = self._door

        def look(_: Progress) -> bool | None:
            if door is None:
                return None
            try:
                return door.is_confined()
            except CannotBeShown:
                return None

        return self._preview_lane.start(owner, look, done, lambda e: self._report(owner, e))

    def lock(self) -> None:
        """Stop what runs, take the drafts, close the vault behind them, then emit `locked`.

        Calling it twice, or with no vault open, is harmless: `locked` is emitted once each time
        a vault was closed.
        """
        if not self.is_unlocked:
            return
        # first what already runs: a long import must not hold the lock up; it rolls itself back
        self._vault_lane.stop_all()
        self._file_lane.stop_all()
        self._preview_lane.stop_all()
        self.closing.emit()
        vault = self._vault
        self._closing = True

        def close(_: Progress) -> None:
            if vault is not None:
                vault.close()

        self._vault_lane.start(self, close, lambda _: self._let_go(), lambda _: self._let_go())

    def close(self) -> None:
        """Take no more jobs (the program ends)."""
        self._vault_lane.close()
        self._file_lane.close()
        self._preview_lane.close()

    def _hold(self, vault: Vault) -> None:
        self._vault = vault
        self._closing = False

    def _let_go(self) -> None:
        # a vault that failed to close is let go all the same: locking may never be refused
        self._vault = None
        self._closing = False
        self.locked.emit()

    def _open_vault(self, owner: QObject, failed: Failed | None) -> Vault | None:
        if self.is_unlocked:
            return self._vault
        error = VaultLocked()
        if failed is not None:
            failed(error)
        else:
            self._report(owner, error)
        return None

    def _start_for_all(
        self,
        owner: QObject,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Failed | None,
    ) -> Task:
        """A job whose outcome matters to more than its owner: it is heard although that is gone.

        A vault that was opened must be held (and later closed), a change must reach the other
        pages, and a failed save must be seen.
        """

        def went_wrong(error: Exception) -> None:
            if failed is not None and isValid(owner):
                failed(error)
            else:
                self._report(owner if isValid(owner) else self, error)

        return self._start(self._vault_lane, self, job, done, went_wrong)

    def _start(
        self,
        lane: Lane,
        owner: QObject,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Failed | None,
    ) -> Task:
        task = lane.start(owner, job, done, failed or (lambda error: self._report(owner, error)))
        self.started.emit(task)
        return task
