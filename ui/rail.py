"""The side rail: the pages, then the help, and at its foot the lock. No domain word in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from ui import theme
from ui.actions import Action
from ui.page import Page
from ui.widgets import buttons
from ui.widgets.arrange import scrolled
from ui.widgets.buttons import Button, Kind
from ui.widgets.plain import Label, TextRole

_NARROWEST = 190
_SIGNS = 84
_LARGEST_SHARE = 0.28
"""Of the width of the window: with large text in a small window the rail would leave no page."""


class Rail(QFrame):
    """Built anew whenever the set of pages changes; so short that this costs nothing."""

    def __init__(
        self,
        pages: Sequence[type[Page]],
        go: Callable[[str], None],
        lock: Callable[[], None] | None,
        parent: QWidget | None = None,
    ) -> None:
        """`lock` is None while there is nothing to lock."""
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._entries = {page.id: self._entry(page, go) for page in pages}
        self._names = {entry: entry.text() for entry in self._entries.values()}
        self._signs = False
        self._left = ""
        self._idle = Label("", TextRole.SMALL)
        self._idle.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        whole = QVBoxLayout(self)
        edge = theme.dp(12)
        whole.setContentsMargins(edge, theme.dp(16), edge, edge)
        whole.setSpacing(theme.dp(4))
        whole.addWidget(self._list(), 1)
        if lock is not None:
            whole.addWidget(self._idle)
            keys = Action.LOCK.shortcut()
            button = buttons.plain(_("Lock now"), lock, Action.LOCK.value.icon)
            button.setToolTip(buttons.tip(_("Lock now"), keys))
            button.setAccessibleName(_("Lock now"))
            self._names[button] = button.text()
            whole.addWidget(button)
        self._width = self._fitting_width()
        self.setFixedWidth(self._width)

    def fit(self, room: int) -> None:
        """Show signs alone where words would take too much of a window `room` pixels wide."""
        signs = self._width > room * _LARGEST_SHARE
        if signs == self._signs:
            return
        self._signs = signs
        for button, name in self._names.items():
            button.setText("" if signs else name)
        self._tell_idle()
        self.setFixedWidth(theme.dp(_SIGNS) if signs else self._width)

    def mark(self, page: type[Page]) -> None:
        """Light the entry of the page shown, or of the one it belongs under."""
        shown = page.id if page.id in self._entries else page.under
        for key, entry in self._entries.items():
            entry.setChecked(key == shown)

    def show_idle(self, seconds: int) -> None:
        """Say when the vault will be locked if nothing happens."""
        self._left = f"{seconds // 60}:{seconds % 60:02}"
        self._tell_idle()

    def _tell_idle(self) -> None:
        told = _("Locks in {time} when idle").format(time=self._left)
        self._idle.setText(self._left if self._signs or not self._left else told)
        self._idle.setAccessibleName(told)

    def _list(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("role", "page")
        listed = QVBoxLayout(inner)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(theme.dp(4))
        for entry in self._entries.values():
            listed.addWidget(entry)
        listed.addStretch(1)
        area = scrolled(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _entry(self, page: type[Page], go: Callable[[str], None]) -> Button:
        made = Button(page.title(), Kind.RAIL, page.icon)
        made.setCheckable(True)
        made.setAccessibleName(page.title())
        made.setToolTip(buttons.tip(page.title()))

        def clicked() -> None:
            # the window lights what is shown in the end, which may be another page
            made.setChecked(not made.isChecked())
            go(page.id)

        made.clicked.connect(lambda _: clicked())
        return made

    def _fitting_width(self) -> int:
        """Wide enough for the longest entry in bold, in this language and text size."""
        font = self.font()
        font.setBold(True)
        widest = 0
        for entry in self._entries.values():
            entry.setFont(font)
            widest = max(widest, entry.sizeHint().width())
        small = self._idle.fontMetrics().horizontalAdvance(_("Locks in {time} when idle"))
        return max(theme.dp(_NARROWEST), widest, small) + theme.dp(36)
