"""Layouts in one line each: column, row, card, rule. Spacing in one place, on a 4-pixel grid."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.flow import Flow
from ui.widgets.plain import Label, Paragraph, TextRole

TIGHT = 4
INSIDE = 8
BETWEEN = 14
PAGE = 28


class Stretch:
    """Takes the room that is left. Put it between the items of a row or column."""


STRETCH = Stretch()

Item = QWidget | QLayout | Stretch


def column(*items: Item, spacing: int = BETWEEN) -> QVBoxLayout:
    """Items from top to bottom."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing)
    return layout


def row(*items: Item, spacing: int = INSIDE) -> QHBoxLayout:
    """Items from the leading to the trailing side, centred on one line."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing)
    return layout


def flow(*widgets: QWidget, spacing: int = INSIDE) -> Flow:
    """Widgets in lines, as words in a text: chips go to the next line where the window ends."""
    layout = Flow(theme.dp(spacing))
    for widget in widgets:
        layout.addWidget(widget)
    return layout


def within(widget: QWidget, layout: QLayout, *, margin: int = 0) -> QWidget:
    """Give a widget its layout, with one margin all round."""
    edge = theme.dp(margin)
    layout.setContentsMargins(edge, edge, edge, edge)
    widget.setLayout(layout)
    return widget


def group(*items: Item, spacing: int = BETWEEN) -> QWidget:
    """A column as a widget, to be shown and hidden as one."""
    return within(QWidget(), column(*items, spacing=spacing))


class Card(QFrame):
    """A white sheet with a heading, if any, above what it holds. Add to `body`."""

    def __init__(self, title: str = "", *items: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = QVBoxLayout(self)
        edge = theme.dp(20)
        self.body.setContentsMargins(edge, theme.dp(16), edge, theme.dp(18))
        self.body.setSpacing(theme.dp(BETWEEN))
        self.title = Label(title, TextRole.SECTION)
        # in the card first: shown without a parent it would be a window and take the focus
        self.body.addWidget(self.title)
        self.title.setVisible(bool(title))
        add(self.body, *items)

    def sizeHint(self) -> QSize:
        # a card is as high as its words need at this width; the usual hint is for one long line
        hint_of_frame = super().sizeHint()
        if self.hasHeightForWidth() and self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            hint_of_frame.setHeight(self.heightForWidth(self.width()))
        return hint_of_frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class Well(QFrame):
    """A quiet box for a side note."""

    def __init__(self, *items: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "well")
        self.body = QVBoxLayout(self)
        edge = theme.dp(14)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(theme.dp(INSIDE))
        add(self.body, *items)


def rule() -> QFrame:
    """A thin line across."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setFixedHeight(1)
    return line


def heading(text: str) -> Label:
    """The heading of a section."""
    return Label(text, TextRole.SECTION)


def hint(text: str) -> Paragraph:
    """A quiet sentence that explains."""
    return Paragraph(text, TextRole.MUTED)


def scrolled(inner: QWidget) -> QScrollArea:
    """A widget that scrolls, without a frame. Sideways only where very large text needs it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    # the scroll area is no stop for Tab: what is in it is, and scrolls into view
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def add(layout: QBoxLayout, *items: Item) -> None:
    """Append items to a row or column."""
    for item in items:
        if isinstance(item, Stretch):
            layout.addStretch(1)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def _fill(layout: QBoxLayout, items: tuple[Item, ...], spacing: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.dp(spacing))
    add(layout, *items)
