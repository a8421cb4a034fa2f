"""The window: the rail, the page, the progress strip. It loops over page classes; no domain word.

Pages are made at their first visit and destroyed (not hidden) when the vault is locked or the
language or look changes: text in destroyed widgets is gone from the widget tree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ui import theme
from ui.actions import Action, attach
from ui.ask import Ask, WindowAsk
from ui.keys import keys_notice
from ui.page import Desk, Needs, Page, Visit
from ui.preferences import Preferences
from ui.rail import Rail
from ui.session import Session
from ui.tabbing import Tabbing, to_part
from ui.tasks import Task
from ui.titles import title_now
from ui.widgets.banner import Banner
from ui.widgets.filedrop import local_files
from ui.widgets.progress import ProgressStrip

_LONGEST_WAY_BACK = 20


class Window(QWidget):
    """Shows one page at a time. `resized_text` carries a wished text size in percent."""

    resized_text = Signal(int)
    lock_requested = Signal()

    def __init__(
        self,
        pages: Sequence[type[Page]],
        session: Session,
        preferences: Preferences,
        ask: Ask | None,
        erase: Callable[[], None],
    ) -> None:
        """`ask` None: in dialogs over this window. `erase` erases the open vault and ends."""
        super().__init__()
        self.setProperty("role", "window")
        self._classes = tuple(pages)
        self._session = session
        self._preferences = preferences
        self._ask: Ask = ask or WindowAsk(self)
        self._erase = erase
        self._pages: dict[str, Page] = {}
        self._way: list[Visit] = []
        self._left_at: dict[str, QWidget] = {}
        self._rail: Rail | None = None
        self.is_closing = False
        self._stack = QStackedWidget()
        self._strip = ProgressStrip()
        self._tabbing = Tabbing(self, self._stack)
        self._across = QHBoxLayout(self)
        self._lay_out()
        self._attach_actions()
        self.setAcceptDrops(True)
        session.started.connect(self._on_started)
        session.closing.connect(self._flush)
        session.unlocked.connect(self.start)
        session.locked.connect(self.start)

    # --- what the wiring calls ----------------------------------------------------------------

    def start(self) -> None:
        """Show the first page there is for this state: locked or not, and for this role."""
        self._forget_pages()
        self._way.clear()
        self._stack.show()
        shown = self._available()
        first = next((each for each in shown if each.opens_first(self._preferences)), None)
        page = first or next(iter(shown), None)
        if page is not None:
            self._go(Visit(page=page.id))

    def visit(self, visit: Visit) -> None:
        """Go to a page; to the first one where that page cannot be shown."""
        self._go(visit)

    def let_go(self) -> None:
        """Destroy every page but the one shown, now: before what is worked out for each widget
        there is, such as a new look, which froze the window for seconds."""
        for key, page in list(self._pages.items()):
            if page is not self.page:
                page.flush()
                del self._pages[key]
                self._drop(page)
                # not when the loop comes round: the caller may be called by the page shown
                QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)
        self._left_at.clear()

    def rebuild(self) -> None:
        """Make everything anew, in the language and look now in use, and stay where we are."""
        here = self._way[-1] if self._way else None
        self._forget_pages()
        self.retitle()
        self._remake_strip()
        if here is None:
            self.start()
        else:
            self._show(here)

    def retitle(self) -> None:
        """Be called as it was chosen."""
        self.setWindowTitle(title_now(self._preferences.now))

    def hide_text(self) -> None:
        """Show nothing any more: the vault is being closed, which may take a moment."""
        self._stack.hide()
        self._drop_rail()

    def show_idle(self, seconds: int) -> None:
        """Say in the rail when the vault will be locked."""
        if self._rail is not None:
            self._rail.show_idle(seconds)

    @property
    def page(self) -> Page | None:
        """The page shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def banner(self) -> Banner | None:
        """Where a failure is said that no page asked for."""
        return self.page.banner if self.page is not None else None

    # --- going about --------------------------------------------------------------------------

    def _go(self, visit: Visit) -> None:
        if self.page is not None:
            self.page.flush()
        self._way.append(visit)
        del self._way[:-_LONGEST_WAY_BACK]
        self._show(visit)

    def _back(self) -> None:
        if len(self._way) < 2:
            return
        if self.page is not None:
            self.page.flush()
        self._way.pop()
        was = self._left_at.get(self._way[-1].page)
        self._show(self._way[-1])
        if was is not None and isValid(was):
            was.setFocus()

    def _show(self, visit: Visit) -> None:
        page_class = next((each for each in self._available() if each.id == visit.page), None)
        if page_class is None:
            # the role or the state changed since: begin again rather than show nothing
            self.start()
            return
        page = self._pages.get(page_class.id)
        if page is None:
            page = page_class(self._desk())
            self._pages[page_class.id] = page
            self._stack.addWidget(page)
        self._have_rail(page_class)
        focused = QApplication.focusWidget()
        if focused is not None and self.page is not None and self.page.isAncestorOf(focused):
            self._left_at[self.page.id] = focused
        self._stack.setCurrentWidget(page)
        if focused is None or not self._is_in_rail(focused):
            # Qt would give it to the first button there is: "Remove", to a key pressed twice
            page.setFocus()
        page.banner.dismiss()
        page.arrive(visit)

    def _available(self) -> list[type[Page]]:
        unlocked = self._session.is_unlocked
        role = self._preferences.now.role
        possible = {Needs.NOTHING, Needs.VAULT if unlocked else Needs.NO_VAULT}
        return [
            each
            for each in self._classes
            if each.needs in possible and (role is None or role in each.roles)
        ]

    def _desk(self) -> Desk:
        return Desk(
            session=self._session,
            ask=self._ask,
            preferences=self._preferences,
            go=self._go,
            back=self._back,
            lock=self.lock_requested.emit,
            erase=self._erase,
        )

    def _have_rail(self, shown: type[Page]) -> None:
        if shown.bare:
            self._drop_rail()
            return
        if self._rail is None:
            listed = [each for each in self._available() if each.in_rail and not each.bare]
            lock = self.lock_requested.emit if self._session.is_unlocked else None
            self._rail = Rail(listed, lambda page: self._go(Visit(page=page)), lock)
            self._rail.fit(self.width())
            self._across.insertWidget(0, self._rail)
        self._rail.mark(shown)

    def _is_in_rail(self, widget: QWidget) -> bool:
        return self._rail is not None and self._rail.isAncestorOf(widget)

    def _drop_rail(self) -> None:
        if self._rail is not None:
            self._across.removeWidget(self._rail)
            self._rail.hide()
            self._rail.deleteLater()
            self._rail = None

    def _flush(self) -> None:
        for page in self._pages.values():
            page.flush()

    def _forget_pages(self) -> None:
        self._drop_rail()
        if self._session.is_unlocked:
            self._flush()
        for page in self._pages.values():
            self._drop(page)
        self._pages.clear()
        self._left_at.clear()

    def _drop(self, page: Page) -> None:
        self._stack.removeWidget(page)
        page.hide()
        page.deleteLater()

    # --- actions ------------------------------------------------------------------------------

    def _attach_actions(self) -> None:
        attach(self, Action.LOCK, self._lock)
        attach(self, Action.SEARCH, self._on_search)
        attach(self, Action.GO_ON, self._on_go_on)
        attach(self, Action.BACK, self._on_escape)
        attach(self, Action.NEW, lambda: self._open_for(Action.NEW))
        attach(self, Action.SETTINGS, lambda: self._open_for(Action.SETTINGS))
        attach(self, Action.GUIDE, lambda: self._open_for(Action.GUIDE))
        attach(self, Action.NEXT_PART, lambda: to_part(self._parts(), 1))
        attach(self, Action.PART_BEFORE, lambda: to_part(self._parts(), -1))
        attach(self, Action.KEYS, self._on_keys)
        attach(self, Action.UNDO, self._on_undo)
        attach(self, Action.REDO, self._on_redo)
        attach(self, Action.LARGER, lambda: self._resize_text(theme.STEP_PERCENT))
        attach(self, Action.SMALLER, lambda: self._resize_text(-theme.STEP_PERCENT))
        attach(self, Action.NORMAL, lambda: self.resized_text.emit(100))

    def _parts(self) -> tuple[QWidget, ...]:
        """The rail, what the page shows, and its foot."""
        rail: tuple[QWidget, ...] = () if self._rail is None else (self._rail,)
        return rail if self.page is None else (*rail, *self.page.parts)

    def _lock(self) -> None:
        if self._session.is_unlocked:
            self.lock_requested.emit()

    def _on_search(self) -> None:
        if self.page is not None:
            self.page.search()

    def _on_go_on(self) -> None:
        if self.page is not None:
            self.page.go_on()

    def _on_undo(self) -> None:
        if self.page is not None:
            self.page.undo()

    def _on_redo(self) -> None:
        if self.page is not None:
            self.page.redo()

    def _on_escape(self) -> None:
        page = self.page
        if page is not None and page.banner.isVisible():
            page.banner.dismiss()
        else:
            self._back()

    def _open_for(self, action: Action) -> None:
        """Go to the page that answers this action, if one can be shown now."""
        page = next((each for each in self._available() if each.answers is action), None)
        if page is not None:
            self._go(Visit(page=page.id))

    def _on_keys(self) -> None:
        if self.banner is not None:
            self.banner.tell(keys_notice())

    def _resize_text(self, step: int) -> None:
        self.resized_text.emit(theme.percent() + step)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        return self._tabbing.move(reason)

    # --- files dropped on the window ----------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.page is not None and self.page.takes_files and local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = local_files(event.mimeData())
        page = self.page
        if page is None or not page.takes_files or not files:
            return
        event.acceptProposedAction()
        # after the drop has ended: a question asked inside it would freeze the other program
        QTimer.singleShot(0, page, lambda: page.take_files(files))

    # --- the rest -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._rail is not None:
            self._rail.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing locks first; the wiring ends the program once the vault is closed."""
        self.is_closing = True
        if self._session.is_unlocked:
            event.ignore()
            self._session.locked.connect(self.close)
            self._session.lock()
        else:
            event.accept()

    def _on_started(self, task: Task) -> None:
        self._strip.follow(task)

    def _lay_out(self) -> None:
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        self._right.addWidget(self._stack, 1)
        self._right.addWidget(self._strip)
        self._across.addLayout(self._right, 1)
        self.retitle()
        self.resize(theme.dp(1100), theme.dp(760))

    def _remake_strip(self) -> None:
        """The strip has words of its own; tasks that run are followed on."""
        fresh = ProgressStrip()
        for task in self._strip.tasks:
            fresh.follow(task)
        self._right.replaceWidget(self._strip, fresh)
        self._strip.hide()
        self._strip.deleteLater()
        self._strip = fresh
