"""Parts for choosing: a drop-down list with search, a tick, and chips that can be taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from app.i18n import _
from ui import theme
from ui.icons import Icon, pixmap
from ui.widgets import buttons
from ui.widgets.buttons import Button, Kind
from ui.widgets.plain import Line, leading

SEARCH_FROM = 13
"""Lists with this many options can be searched by typing."""

_MOST_ROWS = 14
_SEARCHED = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_IN = "\u2003"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose. `within`: indented under the heading above it."""

    id: str
    label: str
    tip: str = ""
    heading: bool = False
    within: bool = False


class Dropdown(QComboBox):
    """Options in a list that drops down. The wheel scrolls the page unless the list has focus:
    scrolling past a field must never change an answer.

    A long list is searched by typing, over the words of each option and its tip. `pointed` carries
    the id of the option that is pointed at in the open list, and "" when it is closed.
    """

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: tuple[Option, ...] = ()
        self.highlighted.connect(lambda row: self.pointed.emit(self._id_at(row)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(_MOST_ROWS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def offer(self, options: Sequence[Option]) -> None:
        """Offer these instead of what was offered; nothing is chosen then."""
        if tuple(options) == self._offered:
            self.setCurrentIndex(-1)
            return
        self._offered = tuple(options)
        self.clear()
        bold = QFont(self.font())
        bold.setBold(True)
        for option in options:
            self.addItem((_IN if option.within else "") + option.label, option.id)
            row = self.count() - 1
            if option.heading:
                self.setItemData(row, bold, Qt.ItemDataRole.FontRole)
            if option.tip:
                self.setItemData(row, buttons.tip(option.tip), Qt.ItemDataRole.ToolTipRole)
            self.setItemData(row, f"{option.label} {option.tip}", _SEARCHED)
        if len(options) >= SEARCH_FROM:
            self._make_searchable()
        self.setCurrentIndex(-1)

    def chosen(self) -> str:
        """The id of the option chosen; empty for none."""
        data = self.currentData()
        return data if isinstance(data, str) else ""

    def choose(self, key: str) -> None:
        """Choose the option with this id; none if it is not offered."""
        self.setCurrentIndex(self.findData(key))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.dp(16)
        edge = theme.dp(10)
        right = self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        left = self.width() - side - edge if right else edge
        place = QRect(left, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.drawPixmap(place, pixmap(Icon.DOWN, side, theme.colours().muted))
        painter.end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._settle()
        super().focusOutEvent(event)

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = Line()
        line.setFrame(False)
        line.setPlaceholderText(_("Type to search the list"))
        line.setAlignment(leading())
        line.editingFinished.connect(self._settle)
        self.setLineEdit(line)
        completer = _Completer(self.model(), self)
        completer.setCompletionRole(_SEARCHED)
        completer.highlighted[QModelIndex].connect(self._on_pointed)  # type: ignore[index]
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_MOST_ROWS)
        self.setCompleter(completer)

    def hidePopup(self) -> None:
        super().hidePopup()
        self.pointed.emit("")

    def _id_at(self, row: int) -> str:
        data = self.itemData(row)
        return data if isinstance(data, str) else ""

    def _searched(self, row: int) -> str:
        return str(self.itemData(row, _SEARCHED) or "").casefold()

    def _on_pointed(self, index: QModelIndex) -> None:
        data = index.data(Qt.ItemDataRole.UserRole)
        self.pointed.emit(data if isinstance(data, str) else "")

    def _settle(self) -> None:
        """What was typed is the one option it fits, or is taken back."""
        if not self.isEditable():
            return
        typed = self.currentText().strip().casefold()
        if not typed:
            return
        fits = [
            row for row in range(self.count()) if typed in self.itemText(row).strip().casefold()
        ]
        exact = [row for row in fits if typed == self.itemText(row).strip().casefold()]
        if not fits:
            fits = [row for row in range(self.count()) if typed in self._searched(row)]
        if exact or len(fits) == 1:
            row = (exact or fits)[0]
            if row != self.currentIndex():
                self.setCurrentIndex(row)
                self.activated.emit(row)
        line = self.lineEdit()
        if line is not None:
            line.setText(self.itemText(self.currentIndex()).strip())
            line.setCursorPosition(0)


class _Completer(QCompleter):
    """Searches in what is not shown, and writes what is shown."""

    def pathFromIndex(self, index: Index) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "").strip()


class Tick(QCheckBox):
    """A box to tick, with the tick drawn in the colours of the theme."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        element = QStyle.SubElement.SE_CheckBoxIndicator
        box = self.style().subElementRect(element, option, self)
        side = min(box.width(), box.height())
        painter = QPainter(self)
        picture = pixmap(Icon.CHECK, side, theme.colours().on_primary)
        painter.drawPixmap(QRect(box.topLeft(), QSize(side, side)), picture)
        painter.end()


def removable(text: str, remove: Callable[[], None]) -> Button:
    """A chip for something chosen; pressing it takes it off again."""
    made = Button(text, Kind.CHIP, Icon.CLOSE)
    made.setAccessibleName(_("Take off: {name}").format(name=text))
    made.setToolTip(buttons.tip(_("Take this off")))
    made.clicked.connect(lambda _: remove())
    return made


class Fold(Button):
    """The heading of something that folds. `unfolded` is asked for, never guessed."""

    def __init__(
        self, text: str, turned: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(text, Kind.FOLD, Icon.NEXT, parent)
        self.setCheckable(True)
        self.toggled.connect(lambda _: self._turn())
        self.clicked.connect(lambda _: turned())

    def _turn(self) -> None:
        self.set_picture(Icon.DOWN if self.isChecked() else Icon.NEXT)
        self.setAccessibleDescription(_("open") if self.isChecked() else _("folded"))
