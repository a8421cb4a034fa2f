"""The small pictures beside the files of a report: in memory alone, as long as the page lives.

They come one by one, after what the person asked for. What somebody warned of is blurred (R-08).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap

from app import looking
from app.looking import Held
from app.preview import Picture, Plain, Side, Wish
from app.records import EvidenceItem
from ui import theme
from ui.icons import pixmap
from ui.page import Page
from ui.pages import evidence_kinds
from ui.widgets import buttons
from ui.widgets.picture import blurred, image

_SIDE: Final = 64
_MOST_KEPT: Final = 200


class ThumbnailButton(buttons.Button):
    """A small picture that opens the large one. Before it is there, the sign of its kind."""

    def __init__(self, item: EvidenceItem, name: str, clicked: Callable[[], None]) -> None:
        super().__init__("", buttons.Kind.SIGN)
        self.setAccessibleName(name)
        self.setToolTip(buttons.tip(name))
        side = theme.dp(_SIDE)
        self.setFixedSize(side + theme.dp(8), side + theme.dp(8))
        sign = theme.dp(26)
        self.setIconSize(QSize(sign, sign))
        self.setIcon(QIcon(pixmap(evidence_kinds.picture(item), sign, theme.colours().primary)))
        self.clicked.connect(lambda _: clicked())

    def show_image(self, seen: QImage) -> None:
        """Show this."""
        side = theme.dp(_SIDE)
        self.setIconSize(QSize(side, side))
        self.setIcon(QIcon(QPixmap.fromImage(_square(seen, side))))


class Thumbnails:
    """Fills the buttons of one card."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._kept: dict[str, QImage] = {}
        self._failed: set[str] = set()
        self._waiting: deque[EvidenceItem] = deque()
        self._shown: dict[str, ThumbnailButton] = {}
        self._is_busy = False

    def begin(self) -> None:
        """The buttons there were are gone."""
        self._waiting.clear()
        self._shown.clear()

    def fill(self, button: ThumbnailButton, item: EvidenceItem) -> None:
        """Show the picture of this item on this button, now or when it comes."""
        if not looking.has_thumbnail(item):
            return
        key = _key(item)
        if key in self._kept:
            button.show_image(self._kept[key])
        elif key not in self._failed:
            self._shown[key] = button
            self._waiting.append(item)
            self._next()

    def _next(self) -> None:
        if self._is_busy or not self._waiting or not self._page.session.is_unlocked:
            return
        self._is_busy = True
        item = self._waiting.popleft()

        def decode(held: Held) -> None:
            wish = Wish(format=held.format, side=Side.THUMBNAIL)
            self._page.session.see(self._page, held.content, wish, came, failed)

        def came(seen: Picture | Plain) -> None:
            if isinstance(seen, Picture):
                self._keep(item, image(seen))
            self._go_on()

        def failed(_error: Exception) -> None:
            # the sign of its kind stays; who opens the file is told why
            self._failed.add(_key(item))
            self._go_on()

        self._page.session.ask(
            self._page, lambda vault, _: looking.hold(vault, item.id), decode, failed
        )

    def _go_on(self) -> None:
        self._is_busy = False
        self._next()

    def _keep(self, item: EvidenceItem, seen: QImage) -> None:
        key = _key(item)
        shown = blurred(seen) if looking.is_distressing(item) else seen
        self._kept[key] = shown
        if len(self._kept) > _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        button = self._shown.pop(key, None)
        if button is not None:
            button.show_image(shown)


def _key(item: EvidenceItem) -> str:
    """A warning that was added later blurs the picture too."""
    return f"{item.id} {item.sha256} {looking.is_distressing(item)}"


def _square(seen: QImage, side: int) -> QImage:
    """The middle of it, filling a square."""
    smooth = Qt.TransformationMode.SmoothTransformation
    filled = seen.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding, smooth)
    left, top = (filled.width() - side) // 2, (filled.height() - side) // 2
    return filled.copy(left, top, side, side)
