"""How tables look and behave: whole rows, headings at the leading side, Enter opens."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui import theme


class Table(QTableView):
    """Rows to choose from. `opened` carries the index of the row to open (Enter, double click)."""

    opened = Signal(QModelIndex)

    def __init__(
        self, model: QAbstractTableModel, name: str, parent: QWidget | None = None
    ) -> None:
        """`name`: what a screen reader calls the table."""
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        # Tab leaves the table; the arrow keys move in it
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(theme.dp(44))
        columns = self.horizontalHeader()
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setStretchLastSection(False)
        columns.setMinimumSectionSize(theme.dp(60))
        self.stretch(0)
        self.doubleClicked.connect(self.opened)

    def stretch(self, column: int) -> None:
        """Let this column take the room that is left; the others are as wide as their words."""
        header = self.horizontalHeader()
        for at in range(header.count()):
            mode = QHeaderView.ResizeMode
            chosen = mode.Stretch if at == column else mode.ResizeToContents
            header.setSectionResizeMode(at, chosen)

    def show_whole(self, *, most_rows: int) -> None:
        """Be as high as the rows need, up to `most_rows`: for a table in a page that scrolls."""
        count = min(most_rows, max(1, self.model().rowCount()))
        rows = count * self.verticalHeader().defaultSectionSize()
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(rows + header + 2 * self.frameWidth() + theme.dp(10))

    def chosen_row(self) -> int | None:
        """The row chosen; None for none."""
        chosen = self.selectionModel().selectedRows()
        return chosen[0].row() if chosen else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.opened.emit(index)
            return
        super().keyPressEvent(event)
