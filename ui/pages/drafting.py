"""Keeping what is typed: a draft two seconds after the first key, the record when it is saved.

The time runs from the first change and not from the last: whoever types on and on loses no more
than two seconds either.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app import store
from app.changes import Changes
from app.i18n import _, ngettext
from app.records import Record
from app.store import Saved
from app.tasks import Progress
from app.vault import Vault
from ui.page import Page
from ui.pages.telling import tell_failure
from ui.widgets.banner import announce
from ui.widgets.plain import Label

PAUSE_MS = 2000
_SAY_EVERY_MS = 1000
DRAFTS = Changes.of("draft")


class Drafting(QObject):
    """What is known of the record being typed on a page. `said` is told how long ago it was kept.

    `read` gives the record as it stands on the page; `keeper`, where it takes more than one record
    to keep what stands there, the job that keeps them all.
    """

    kept = Signal()
    saved = Signal(object)
    """Carries the record as it was saved."""

    def __init__(
        self,
        page: Page,
        said: Label,
        read: Callable[[], Record],
        keeper: Callable[[], Callable[[Vault], Changes]] | None = None,
    ) -> None:
        super().__init__(page)
        self._keeper = keeper
        self._page = page
        self._said = said
        self._read = read
        self._begun: Record | None = None
        self._is_dirty = False
        self._has_draft = False
        self._kept_at: float | None = None
        self.revision = 0
        """The revision that the record had when it was shown; 0 when it was never saved."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._clock = QTimer(self)
        self._clock.setInterval(_SAY_EVERY_MS)
        self._clock.timeout.connect(self._say)

    @property
    def is_kept(self) -> bool:
        """Whether the vault holds it: saved, or as a draft."""
        return self._has_draft or self.revision > 0

    @property
    def has_draft(self) -> bool:
        """Whether something of it is kept that is not saved."""
        return self._has_draft or self._is_dirty

    def begin(self, record: Record, *, revision: int, has_draft: bool) -> None:
        """This record is shown now."""
        self._pause.stop()
        self._begun = record
        self._is_dirty = False
        self._has_draft = has_draft
        self._kept_at = None
        self.revision = revision
        self._clock.start()
        self._say()

    def touch(self) -> None:
        """Something was typed."""
        self._is_dirty = True
        if not self._pause.isActive():
            self._pause.start()
        self._say()

    def flush(self) -> None:
        """Keep what was typed, now. Nothing happens when nothing was."""
        if self._is_dirty:
            self.keep()

    def keep(self) -> None:
        """Keep the record as it stands as a draft, changed or not."""
        self._pause.stop()
        if self._begun is None:
            return
        record = self._read()
        whole = self._keeper() if self._keeper is not None else None
        self._is_dirty = False
        self._has_draft = True

        def keep(vault: Vault, _: Progress) -> Changes:
            if whole is not None:
                return whole(vault)
            store.keep_draft(vault, record)
            return DRAFTS

        self._page.session.do(self._page, keep, lambda _: self._on_kept(), self._on_failed)

    def save(self, record: Record, done: Callable[[Saved[Record]], None]) -> None:
        """Save this record as a revision; its draft is gone then."""
        self._pause.stop()
        revision = self.revision
        self._is_dirty = False

        def save(vault: Vault, _: Progress) -> Saved[Record]:
            return store.save(vault, record, read_revision=revision)

        def saved(answer: Saved[Record]) -> None:
            self._has_draft = False
            self.revision = answer.revision
            self._on_kept()
            announce(self._said, self._said.text())
            self.saved.emit(answer.record)
            done(answer)

        self._page.session.do(self._page, save, saved, self._on_failed)

    def forget(self) -> None:
        """Stop keeping: the record was removed."""
        self._pause.stop()
        self._is_dirty = False
        self._begun = None

    def _on_kept(self) -> None:
        self._kept_at = time.monotonic()
        self._say()
        self.kept.emit()

    def _on_failed(self, error: Exception) -> None:
        # what could not be kept is still on the page: the next pause tries again
        self._is_dirty = True
        tell_failure(self._page, error)

    def _say(self) -> None:
        self._said.setText(self._words())

    def _words(self) -> str:
        if self._is_dirty:
            return _("Keeping what you write …")
        if self._kept_at is None:
            return _("Kept as a draft") if self._has_draft else ""
        seconds = round(time.monotonic() - self._kept_at)
        if seconds < 2:
            return _("Saved just now")
        if seconds < 60:
            return ngettext(
                "Saved {count} second ago", "Saved {count} seconds ago", seconds
            ).format(count=seconds)
        minutes = seconds // 60
        return ngettext("Saved {count} minute ago", "Saved {count} minutes ago", minutes).format(
            count=minutes
        )
