"""The list of reports with search and filters: the same for those who write and those who read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QBoxLayout, QHBoxLayout, QWidget

from app import filterchoices, incidents, snippets
from app.filterchoices import Choices
from app.filters import Offered
from app.i18n import N_, _
from app.incidents import Filter, IncidentPage, IncidentRow, Sort, State
from app.records.ids import IncidentId
from app.searches import Search
from app.settings import Role
from app.snippets import Snippet
from app.tasks import Progress
from app.vault import Vault
from ui import theme
from ui.icons import Icon
from ui.models.paged import PagedModel
from ui.models.records import Column
from ui.page import Page
from ui.pages import incident_words as words
from ui.pages.active_filters import ActiveFilters
from ui.pages.filter_panel import FilterPanel
from ui.pages.saved_searches import SavedSearches
from ui.pages.tag_bar import TagBar
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, STRETCH, column, flow, heading, row, within
from ui.widgets.choosing import Dropdown, Option
from ui.widgets.empty import Empty
from ui.widgets.marked import Index, MarkedCells, Run
from ui.widgets.plain import outside
from ui.widgets.searchline import SearchLine
from ui.widgets.table import Table

PAUSE_MS = 80
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
_SORTS = (
    (Sort.CHANGED, N_("Last changed")),
    (Sort.NEWEST, N_("Newest")),
    (Sort.DATE, N_("When it happened")),
    (Sort.URGENCY, N_("Most urgent")),
    (Sort.TITLE, N_("Title")),
)
_FOUND, _WHEN, _STANDS, _TAGS, _FILES = 1, 2, 3, 4, 5
"""Columns that come and go; _FOUND shows where the words stand, while there are any."""

_WIDEST_COLUMN = 165
"""Of those that do not take the room that is left."""

_NARROW = 600

_BY_COLUMN = {0: Sort.TITLE, 2: Sort.DATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    page: IncidentPage
    found: dict[IncidentId, Snippet]
    states: tuple[Offered, ...]


class IncidentList(QWidget):
    """`opened` carries the id of the report chosen; `looked` how many reports are in each state,
    when all are shown."""

    opened = Signal(str)
    looked = Signal(object)

    def __init__(self, page: Page, nothing: Empty) -> None:
        """`nothing`: what is shown while there is no report at all."""
        super().__init__(page)
        self._page = page
        self._nothing = nothing
        self._where = Filter()
        self._sort = Sort.CHANGED
        self._asked = 0
        self._answer: _Answer | None = None
        self._found: dict[IncidentId, Snippet] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.words = self._make_search()
        records = page.desk.preferences.now.role is not Role.ORGANISATION
        self._chips = self._make_chips(_RECORDING if records else _RECEIVING)
        self.model: PagedModel[IncidentRow] = self._make_model(
            words.state if records else words.state_here
        )
        self.table = self._make_table()
        self.sort = self._make_sorts()
        self.fold = buttons.chip(_("Filters"))
        self.fold.set_picture(Icon.FILTER)
        self.fold.toggled.connect(self._unfold)
        self.saved = SavedSearches(page, self._as_search)
        self.saved.chosen.connect(self._on_saved)
        self.tags = TagBar(page)
        self.panel = FilterPanel(self.saved)
        self.panel.changed.connect(self._filter)
        self.active = ActiveFilters()
        self.active.changed.connect(self._filter)
        none = _("Nothing found. Try fewer letters, or take a filter off.")
        self._none = Empty(Icon.SEARCH, _("No report fits"), none)
        head = heading(_("Reports"))
        if not records:
            # an organisation's page has this very heading
            head.hide()
        self._top = within(QWidget(), row(head, STRETCH, self.words))
        self._choices = within(QWidget(), row(self._chips, STRETCH, self.sort, self.fold))
        layout = column(self._top, self._choices, self.active, self.tags)
        beside = self._beside = QHBoxLayout()
        beside.setSpacing(theme.dp(BETWEEN))
        beside.addWidget(self.table, 1)
        beside.addWidget(self._none, 1)
        beside.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(beside, 1)
        layout.addWidget(nothing, 1)
        within(self, layout)
        for part in (self._top, self._choices, self.table, self._none, nothing, self.panel):
            part.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # the panel stands over the list where the window is narrow or the text large
        narrow = event.size().width() < theme.dp(_NARROW)
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.BottomToTop if narrow else direction.LeftToRight)

    def refresh(self) -> None:
        """Ask the vault again, from the first page. Of several questions the newest is answered."""
        self._where = where = replace(self._where, words=self.words.text())
        sort = self._sort
        self._asked += 1
        asked = self._asked

        def ask(vault: Vault, _: Progress) -> _Answer:
            found = incidents.page(vault, where, sort)
            return _Answer(
                page=found,
                found=snippets.of(vault, [each.id for each in found.rows], where.words),
                states=incidents.states(vault),
            )

        def show(answer: _Answer) -> None:
            if asked == self._asked:
                self._show(answer)

        self._page.session.ask(self._page, ask, show)

    def show_only(self, state: State) -> None:
        """Show the reports in this state, and put the cursor on the first."""
        self._on_saved(replace(self._as_search(), where=Filter(states=frozenset({state}))))
        self.table.setFocus()

    def search(self) -> None:
        """Put the cursor into the search field."""
        self.words.setFocus()
        self.words.selectAll()

    def _make_search(self) -> SearchLine:
        made = SearchLine()
        made.setPlaceholderText(_("Search all reports (Ctrl+F)"))
        made.setAccessibleName(_("Search all reports"))
        tip = _('Every word has to be there. "Quoted words" have to stand together.')
        made.setToolTip(buttons.tip(tip))
        made.setClearButtonEnabled(True)
        made.setMinimumWidth(theme.dp(280))
        made.textChanged.connect(lambda _: self._pause.start())
        made.left.connect(self._to_table)
        return made

    def _make_model(self, state: words.Said) -> PagedModel[IncidentRow]:
        made: PagedModel[IncidentRow] = PagedModel(
            (
                Column(title=_("Title"), words=words.title),
                Column(title=_("Found in"), words=self._snippet),
                Column(title=_("When"), words=words.when),
                Column(title=_("Where it stands"), words=state, sign=words.sign),
                Column(title=_("Tags"), words=words.tags),
                Column(title=_("Files"), words=words.files),
            ),
            self,
        )
        made.wanted.connect(self._go_on)
        return made

    def _make_table(self) -> Table:
        made = Table(self.model, _("Reports"))
        made.setMinimumHeight(theme.dp(220))
        made.opened.connect(self._on_opened)
        made.clicked.connect(self._on_clicked)
        made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        made.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())
        made.setItemDelegateForColumn(_FOUND, MarkedCells(self._marks, made))
        made.horizontalHeader().setSectionsClickable(True)
        made.horizontalHeader().sectionClicked.connect(self._on_heading)
        return made

    def _make_sorts(self) -> Dropdown:
        made = Dropdown()
        made.setAccessibleName(_("Sorted by"))
        made.offer([Option(id=sort.value, label=_(label)) for sort, label in _SORTS])
        made.choose(self._sort.value)
        made.setMinimumContentsLength(12)
        made.activated.connect(lambda _: self._sort_by(Sort(made.chosen())))
        return made

    def _make_chips(self, offered: Sequence[tuple[str, frozenset[State]]]) -> QWidget:
        made = []
        for text, states in offered:
            chip = buttons.chip(_(text))
            chip.setChecked(not states)
            chip.clicked.connect(
                lambda _, states=states: self._filter(replace(self._where, states=states))
            )
            made.append((chip, states))
        self._by_states = tuple(made)
        self._group = buttons.one_of(*(chip for chip, _ in made))
        return within(QWidget(), flow(*(chip for chip, _ in made)))

    def _filter(self, where: Filter) -> None:
        self._where = where
        self.panel.show_filter(where)
        self.active.show_filter(where)
        self.refresh()

    def _as_search(self) -> Search:
        where = replace(self._where, words=self.words.text())
        return Search(name="", where=where, sort=self._sort)

    def _on_saved(self, search: Search) -> None:
        self._sort = search.sort
        self.sort.choose(search.sort.value)
        self.words.setText(search.where.words)
        for chip, states in self._by_states:
            chip.setChecked(states == search.where.states)
        self._filter(search.where)

    def _sort_by(self, sort: Sort) -> None:
        self._sort = sort
        self.sort.choose(sort.value)
        self.refresh()

    def _on_heading(self, section: int) -> None:
        if section in _BY_COLUMN:
            self._sort_by(_BY_COLUMN[section])

    def _unfold(self) -> None:
        self.panel.setVisible(self.fold.isChecked())
        if self.fold.isChecked():
            self.saved.refresh()
            self._page.session.ask(
                self._page, lambda vault, _: filterchoices.every(vault), self._offer
            )
        self._arrange()

    def _offer(self, parts: tuple[Choices, ...]) -> None:
        self.panel.offer(parts)
        self.active.know(parts)
        self.panel.show_filter(self._where)
        self.active.show_filter(self._where)

    def _arrange(self) -> None:
        """Show the columns that there is room for."""
        searched = bool(self._where.words.strip())
        narrow = self.fold.isChecked()
        hidden = {
            _FOUND: not searched,
            _WHEN: narrow,
            _STANDS: narrow and searched,
            _TAGS: narrow or searched or not any(each.tags for each in self.model.rows),
            _FILES: narrow or searched,
        }
        for place, is_hidden in hidden.items():
            self.table.setColumnHidden(place, is_hidden)
        self.table.horizontalHeader().setMaximumSectionSize(theme.dp(_WIDEST_COLUMN))
        self.table.stretch(_FOUND if searched else 0)

    def _to_table(self) -> None:
        if self.table.isVisible():
            self.table.setFocus()
            self.table.selectRow(max(0, self.table.currentIndex().row()))

    def _go_on(self) -> None:
        """Ask for the page that follows what is shown."""
        answer, where, sort, asked = self._answer, self._where, self._sort, self._asked
        if answer is None or answer.page.more is None:
            return
        after = answer.page.more

        def ask(vault: Vault, _: Progress) -> _Answer:
            found = incidents.page(vault, where, sort, after)
            some = snippets.of(vault, [each.id for each in found.rows], where.words)
            return _Answer(page=found, found=some, states=())

        def show(more: _Answer) -> None:
            if asked == self._asked:
                self._answer = more
                self._found |= more.found
                self.model.add(more.page.rows, more=more.page.more is not None)

        self._page.session.ask(self._page, ask, show)

    def _show(self, answer: _Answer) -> None:
        self._answer = answer
        self._found = dict(answer.found)
        rows = answer.page.rows
        searched = bool(self._where.words.strip())
        unfiltered = self._where == Filter(words=self._where.words) and not searched
        self.model.show_first(rows, more=answer.page.more is not None)
        self._arrange()
        self.tags.show_rows(())
        self._nothing.setVisible(unfiltered and not rows)
        self._none.setVisible(not unfiltered and not rows)
        self.table.setVisible(bool(rows))
        self.panel.setVisible(self.fold.isChecked() and (bool(rows) or not unfiltered))
        for part in (self._top, self._choices):
            part.setVisible(bool(rows) or not unfiltered)
        if unfiltered:
            self.looked.emit(answer.states)

    def _snippet(self, row: IncidentRow) -> str:
        found = self._found.get(row.id)
        return "" if found is None else outside(str(found))

    def _marks(self, index: Index) -> list[Run]:
        row = self.model.at(index)
        found = None if row is None else self._found.get(row.id)
        return [] if found is None else words.marks(found)

    def _on_selected(self) -> None:
        chosen = self.table.selectionModel().selectedRows()
        rows = [self.model.at(index) for index in chosen]
        self.tags.show_rows(tuple(each for each in rows if each is not None))

    def _on_clicked(self, index: QModelIndex) -> None:
        # with Ctrl or Shift a click chooses several
        several = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if not QApplication.keyboardModifiers() & several:
            self._on_opened(index)

    def _on_opened(self, index: QModelIndex) -> None:
        found = self.model.at(index)
        if found is not None:
            self.opened.emit(found.id)
