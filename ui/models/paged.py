"""A table over rows that come a page at a time: the view asks for more when it is scrolled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Signal

from ui.models.records import NOWHERE, Index, RowsModel

R = TypeVar("R")


class PagedModel(RowsModel[R]):
    """`wanted`: the next page is asked for; `add` answers it."""

    wanted = Signal()
    _open = False

    def show_first(self, rows: Sequence[R], *, more: bool) -> None:
        """Show the first page instead of what was shown."""
        self._open = more
        self.show(rows)

    def add(self, rows: Sequence[R], *, more: bool) -> None:
        """Append the page that was asked for."""
        self._open = more
        if rows:
            self.append(rows)

    def canFetchMore(self, parent: Index = NOWHERE) -> bool:
        return self._open and not parent.isValid()

    def fetchMore(self, parent: QModelIndex | Index = NOWHERE) -> None:
        if self.canFetchMore(parent):
            # one page at a time: not again before this one came
            self._open = False
            self.wanted.emit()
