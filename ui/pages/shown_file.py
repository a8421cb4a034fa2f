"""What the pages share that show one file: its frame, how near it is seen, where it comes from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QScrollArea, QWidget

from app import looking
from app.i18n import _
from app.looking import Held
from app.preview import Picture, Plain, Wish
from app.records.ids import RecordId
from ui import theme
from ui.icons import Icon
from ui.page import Page
from ui.widgets import buttons
from ui.widgets.arrange import TIGHT, row, scrolled, within
from ui.widgets.picture import PictureView

_HEIGHT = 420


def framed(view: PictureView) -> QScrollArea:
    """The picture in a frame that scrolls when it is seen from near."""
    area = scrolled(view)
    area.setMinimumHeight(theme.dp(_HEIGHT))
    return area


def nearness(view: PictureView) -> QWidget:
    """The buttons for how near the picture is seen."""
    return within(
        QWidget(),
        row(
            buttons.sign(Icon.PLUS, _("Nearer"), view.nearer),
            buttons.sign(Icon.SEARCH, _("All of it"), view.fit),
            buttons.sign(Icon.MINUS, _("Farther"), view.farther),
            spacing=TIGHT,
        ),
    )


def look(
    page: Page,
    item: RecordId,
    wish: Callable[[Held], Wish],
    done: Callable[[Held, Picture | Plain], None],
) -> None:
    """Read the content of an item on the vault's lane, then have it decoded apart."""

    def decode(held: Held) -> None:
        page.session.see(page, held.content, wish(held), lambda seen: done(held, seen))

    page.session.ask(page, lambda vault, step: looking.hold(vault, item, progress=step), decode)
