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
            whole.addWidget(button)
        self.setFixedWidth(self._fitting_width())

    def mark(self, page: type[Page]) -> None:
        """Light the entry of the page shown, or of the one it belongs under."""
        shown = page.id if page.id in self._entries else page.under
        for key, entry in self._entries.items():
            entry.setChecked(key == shown)

    def show_idle(self, seconds: int) -> None:
        """Say when the vault will be locked if nothing happens."""
        left = f"{seconds // 60}:{seconds % 60:02}"
        self._idle.setText(_("Locks in {time} when idle").format(time=left))

    def _list(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("role", "page")
        listed = QVBoxLayout(inner)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(theme.dp(4))
        for entry in self._entries.values():
            listed.addWidget(entry)
        listed.addStretch(1)
        return scrolled(inner)

    def _entry(self, page: type[Page], go: Callable[[str], None]) -> Button:
        made = Button(page.title(), Kind.RAIL, page.icon)
        made.setCheckable(True)

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
