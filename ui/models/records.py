"""A read-only table over any frozen rows: columns say how a row reads, Qt gets plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui import theme
from ui.icons import Icon, pixmap

R = TypeVar("R")

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[R]):
    """One column: its heading in the window's language, and the words of a row in it.

    `words` must be safe to show (ui.widgets.plain.outside around what comes from outside).
    `sign`: a picture beside the words, for a state. `spoken`: other words for a screen reader.
    """

    title: str
    words: Callable[[R], str]
    sign: Callable[[R], Icon | None] | None = None
    spoken: Callable[[R], str] | None = None


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows and columns. Sorting and filtering are the vault's, not done here."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[R, ...] = ()

    def show(self, rows: Sequence[R]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def append(self, rows: Sequence[R]) -> None:
        """Show these rows after the others."""
        begin = len(self._rows)
        self.beginInsertRows(NOWHERE, begin, begin + len(rows) - 1)
        self._rows += tuple(rows)
        self.endInsertRows()

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows shown."""
        return self._rows

    def at(self, index: Index) -> R | None:
        """The row of an index; None where there is none."""
        return self._rows[index.row()] if self._holds(index) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not self._holds(index):
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (column.spoken or column.words)(row)
        if role == Qt.ItemDataRole.DecorationRole and column.sign is not None:
            sign = column.sign(row)
            return None if sign is None else pixmap(sign, theme.dp(18), theme.colours().text)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        shown = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        if not shown:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return self._columns[section].title if 0 <= section < len(self._columns) else None

    def _holds(self, index: Index) -> bool:
        return (
            index.isValid()
            and 0 <= index.row() < len(self._rows)
            and 0 <= index.column() < len(self._columns)
        )
