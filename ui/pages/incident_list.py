"""The list of reports with search and filters: the same for those who write and those who read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app import incidents
from app.i18n import N_, _
from app.incidents import Filter, IncidentRow, State
from app.settings import Role
from ui import theme
from ui.icons import Icon
from ui.models.records import Column, RowsModel
from ui.page import Page
from ui.pages import incident_words as words
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, column, flow, heading, row, within
from ui.widgets.empty import Empty
from ui.widgets.plain import Line
from ui.widgets.table import Table

PAUSE_MS = 200
"""After the last key, before the vault is searched."""

_ALL: frozenset[State] = frozenset()
_RECORDING = (
    (N_("All"), _ALL),
    (N_("Being written"), frozenset({State.DRAFT})),
    (N_("Ready to seal"), frozenset({State.SAVED, State.CHANGED})),
    (N_("Sealed"), frozenset({State.SEALED, State.ANSWERED})),
)
_RECEIVING = (
    (N_("All"), _ALL),
    (N_("Received"), frozenset({State.RECEIVED})),
    (N_("Recorded here"), frozenset({State.SAVED, State.CHANGED})),
    (N_("Being written"), frozenset({State.DRAFT})),
)


class IncidentList(QWidget):
    """`opened` carries the id of the report chosen; `looked` the rows when all are shown."""

    opened = Signal(str)
    looked = Signal(object)

    def __init__(self, page: Page, nothing: Empty) -> None:
        """`nothing`: what is shown while there is no report at all."""
        super().__init__(page)
        self._page = page
        self._nothing = nothing
        self._states: frozenset[State] = frozenset()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.words = Line()
        self.words.setPlaceholderText(_("Search all reports (Ctrl+F)"))
        self.words.setAccessibleName(_("Search all reports"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(theme.dp(280))
        self.words.textChanged.connect(lambda _: self._pause.start())
        records = page.desk.preferences.now.role is not Role.ORGANISATION
        self._chips = self._make_chips(_RECORDING if records else _RECEIVING)
        self.model: RowsModel[IncidentRow] = RowsModel(
            (
                Column(title=_("Title"), words=words.title),
                Column(title=_("When"), words=words.when),
                Column(
                    title=_("Where it stands"),
                    words=words.state if records else words.state_here,
                    sign=words.sign,
                ),
                Column(title=_("Files"), words=words.files),
            ),
            self,
        )
        self.table = Table(self.model, _("Reports"))
        self.table.setMinimumHeight(theme.dp(220))
        self.table.opened.connect(self._on_opened)
        self.table.clicked.connect(self._on_opened)
        none = _("No report fits. Search for other words, or show all.")
        self._none = Empty(Icon.SEARCH, _("Nothing found"), none)
        head = heading(_("Reports"))
        if not records:
            # an organisation's page has this very heading
            head.hide()
        self._top = within(QWidget(), row(head, STRETCH, self.words))
        layout = column(self._top, self._chips)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._none, 1)
        layout.addWidget(nothing, 1)
        within(self, layout)
        for part in (self._top, self._chips, self.table, self._none, nothing):
            part.hide()

    def refresh(self) -> None:
        """Ask the vault again."""
        wanted = Filter(words=self.words.text(), states=self._states)
        self._page.session.ask(
            self._page, lambda vault, _: tuple(incidents.rows(vault, wanted)), self._show
        )

    def search(self) -> None:
        """Put the cursor into the search field."""
        self.words.setFocus()
        self.words.selectAll()

    def _make_chips(self, offered: Sequence[tuple[str, frozenset[State]]]) -> QWidget:
        made = []
        for text, states in offered:
            chip = buttons.chip(_(text))
            chip.setChecked(not states)
            chip.clicked.connect(lambda _, states=states: self._filter(states))
            made.append(chip)
        self._group = buttons.one_of(*made)
        return within(QWidget(), flow(*made))

    def _filter(self, states: frozenset[State]) -> None:
        self._states = states
        self.refresh()

    def _show(self, rows: tuple[IncidentRow, ...]) -> None:
        self.model.show(rows)
        unfiltered = not self._states and not self.words.text().strip()
        self._nothing.setVisible(unfiltered and not rows)
        self._none.setVisible(not unfiltered and not rows)
        self.table.setVisible(bool(rows))
        for part in (self._top, self._chips):
            part.setVisible(bool(rows) or not unfiltered)
        if unfiltered:
            self.looked.emit(rows)

    def _on_opened(self, index: QModelIndex) -> None:
        found = self.model.at(index)
        if found is not None:
            self.opened.emit(found.id)
