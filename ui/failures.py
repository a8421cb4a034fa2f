"""What happens when something fails: expected errors go to the page that asked, bugs end the work.

An expected error (a leaf of AppError or CryptoError) becomes a message on the page, in the words
of app.messages. Anything else is a bug: types and line numbers are shown, never values, since
values may be somebody's words; then the vault is locked.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from app import messages
from app.errors import AppError, Cancelled
from app.i18n import _
from crypto.errors import CryptoError
from ui.titles import usual_title
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, column, row, within
from ui.widgets.banner import Banner, Notice
from ui.widgets.plain import Label, Paragraph, TextArea, TextRole, Tone

_MOST_LINES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A bug: the type of the exception, and where it came from as `file:line function`."""

    kind: str
    where: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join((self.kind, *self.where))


def fault_of(error: BaseException) -> Fault:
    """The types and places of an exception and its causes; no message, no value.

    Messages are left out on purpose: `KeyError: 'name of a person'` would carry it out.
    """
    where: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(where) < _MOST_LINES:
        where.extend(_places(seen.__traceback__))
        seen = seen.__cause__ or seen.__context__
        if seen is not None:
            where.append(f"after {type(seen).__name__}")
    return Fault(kind=type(error).__name__, where=tuple(where[:_MOST_LINES]))


class Failures:
    """Shows failures. One for the window; `show` is what the session calls by default."""

    def __init__(self, window: Callable[[], QWidget | None], lock: Callable[[], None]) -> None:
        """`window()` is where to show what no page asked for; `lock` ends the work after a bug."""
        self._window = window
        self._lock = lock
        self._crashing = False

    def show(self, owner: QObject, error: BaseException) -> None:
        """Say what happened on the page of `owner`; end the work if it is a bug."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, AppError | CryptoError):
            self._say(owner, error)
        else:
            self._crash(fault_of(error))

    def install(self) -> None:
        """Catch what nobody caught."""
        sys.excepthook = self._on_uncaught

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._lock()
            return
        self._crash(fault_of(error.with_traceback(trace)))

    def _say(self, owner: QObject, error: AppError | CryptoError) -> None:
        banner = _banner_near(owner) or _banner_near(self._window())
        if banner is not None:
            banner.tell(notice_of(error))

    def _crash(self, fault: Fault) -> None:
        # a fault while the fault is shown must not open a second dialog under the first
        if self._crashing:
            return
        self._crashing = True
        try:
            crash_dialog(fault, self._window()).exec()
        finally:
            self._lock()


def notice_of(error: AppError | CryptoError) -> Notice:
    """The message bar's text for an expected error."""
    told = messages.explain(error)
    text = " ".join(part for part in (told.text, told.advice) if part)
    return Notice(tone=Tone.BAD, title=told.title, text=text)


def crash_dialog(fault: Fault, parent: QWidget | None) -> QDialog:
    """What is shown after a bug. The report can be read there; it is sent nowhere."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(parent.window().windowTitle() if parent is not None else "")
    report = TextArea(lines=8)
    report.setPlainText(str(fault))
    report.setReadOnly(True)
    report.setAccessibleName(_("Report of the fault"))
    text = _(
        "The program made a mistake and will lock now. What you wrote up to two seconds ago is"
        " saved in the vault."
    )
    about = _(
        "If you want to report this fault, copy the lines below by hand or take a photo. They name"
        " places in the program, nothing of what you wrote. Nothing is sent."
    )
    lock = buttons.primary(_("Lock now"), dialog.accept)
    lock.setDefault(True)
    content = column(
        Label(_("Something went wrong inside the program"), TextRole.SECTION),
        Paragraph(text),
        Paragraph(about, TextRole.MUTED),
        report,
        row(STRETCH, lock),
    )
    within(dialog, content, margin=24)
    dialog.setMinimumWidth(dialog.fontMetrics().horizontalAdvance("n") * 64)
    return dialog


def refusal_dialog(error: AppError | CryptoError) -> QDialog:
    """Why the program does not start: what happened, what is safe, what to do."""
    told = messages.explain(error)
    dialog = QDialog()
    dialog.setWindowTitle(usual_title())
    end = buttons.primary(_("Close"), dialog.accept)
    end.setDefault(True)
    content = column(
        Label(told.title, TextRole.SECTION),
        Paragraph(told.text),
        Paragraph(told.advice, TextRole.MUTED),
        row(STRETCH, end),
    )
    within(dialog, content, margin=24)
    dialog.setMinimumWidth(dialog.fontMetrics().horizontalAdvance("n") * 56)
    return dialog


def _banner_near(owner: QObject | None) -> Banner | None:
    seen = owner
    while seen is not None:
        banner = getattr(seen, "banner", None)
        if isinstance(banner, Banner):
            return banner
        seen = seen.parent()
    return None


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in walk_tb(trace)
    ]
