"""What a page is: the one thing the window shows at a time (how to write one: ui/pages)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _
from app.settings import Role
from ui import theme
from ui.actions import Action
from ui.ask import Ask
from ui.icons import Icon
from ui.preferences import Preferences
from ui.session import Session
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, INSIDE, PAGE, Item, add, scrolled
from ui.widgets.banner import Banner, Notice
from ui.widgets.plain import Label, TextRole, Tone

WIDEST = 860
"""Of what a page shows, in pixels at 100 %: longer lines are hard to read."""


class Needs(Enum):
    """What must be so for a page to be shown."""

    VAULT = "vault"
    NOTHING = "nothing"
    NO_VAULT = "no vault"


EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page to go to, by its id, and what for: a record's id, files that were dropped."""

    page: str
    reference: str = ""
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a page is given to work with."""

    session: Session
    ask: Ask
    preferences: Preferences
    go: Callable[[Visit], None]
    back: Callable[[], None]
    lock: Callable[[], None]
    erase: Callable[[], None]
    """Erases the open vault at once and ends the program (ui/panic.py). Raises AppError."""


class Page(QWidget):
    """A heading, a message bar, a body that scrolls and a foot that does not.

    Subclasses set the class attributes, fill `body` (and `foot`, `tools`) in the constructor and
    override what they need of `arrive`, `flush`, `take_files`, `search`, `go_on`.
    """

    id: ClassVar[str]
    icon: ClassVar[Icon] = Icon.REPORT
    needs: ClassVar[Needs] = Needs.VAULT
    roles: ClassVar[frozenset[Role]] = EVERYBODY
    in_rail: ClassVar[bool] = True
    under: ClassVar[str] = ""
    """The id of the page whose entry in the rail is lit while this one, not in it, is shown."""
    wide: ClassVar[bool] = False
    """Whether the body may take all the width (tables) instead of WIDEST."""
    bare: ClassVar[bool] = False
    """Whether it is shown without the rail (unlocking, first steps)."""
    takes_files: ClassVar[bool] = False
    answers: ClassVar[Action | None] = None
    """The action (its keys) that opens this page from anywhere: NEW, SETTINGS, GUIDE."""

    @classmethod
    def title(cls) -> str:
        """The heading, and the entry in the rail, in the window's language."""
        raise NotImplementedError

    @classmethod
    def opens_first(cls, preferences: Preferences) -> bool:  # noqa: ARG003 - for subclasses
        """Whether the window starts here, of the pages that can be shown at all."""
        return False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.session = desk.session
        self.ask = desk.ask
        self.banner = Banner()
        self.heading = Label(self.title(), TextRole.TITLE)
        # the page itself has the focus when it is come to, and is spoken
        self.setAccessibleName(self.heading.text())
        self.tools = QHBoxLayout()
        """At the trailing side of the heading: a state, a button or two."""
        self.tools.setSpacing(theme.dp(INSIDE))
        self.body = QVBoxLayout()
        """What scrolls. Items added here are BETWEEN pixels apart."""
        self.body.setSpacing(theme.dp(BETWEEN))
        self.foot = QHBoxLayout()
        """What is always in sight: the way back, the way on. Hidden while empty."""
        self.foot.setSpacing(theme.dp(INSIDE))
        self._foot_frame = self._framed_foot()
        self._lay_out()

    # --- what the window calls ----------------------------------------------------------------

    def arrive(self, visit: Visit) -> None:
        """The page is shown: look again at what it shows. Called at each visit."""

    def flush(self) -> None:
        """Hand in what was typed and not saved (with session.do): the page is left or locked."""

    def take_files(self, files: tuple[Path, ...]) -> None:
        """Local files were dropped on the window. Only called where takes_files is set."""

    def search(self) -> None:
        """Ctrl+F."""

    def go_on(self) -> None:
        """Ctrl+Enter: the main action of the page."""

    def undo(self) -> None:
        """Ctrl+Z: in the field that has the cursor; a page with a form takes back its last step."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.undo()

    def redo(self) -> None:
        """Ctrl+Shift+Z: the other way."""
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.redo()

    # --- what pages call ------------------------------------------------------------------------

    def put(self, *items: Item) -> None:
        """Append to the body."""
        add(self.body, *items)

    def put_foot(self, *items: Item) -> None:
        """Append to the foot, and show it."""
        add(self.foot, *items)
        self._foot_frame.show()

    def tell(self, tone: Tone, title: str, text: str = "") -> None:
        """Say something in the message bar until it is closed or replaced."""
        self.banner.tell(Notice(tone=tone, title=title, text=text))

    def warn(self, words: str) -> None:
        """Say in the message bar that something was not done."""
        self.tell(Tone.WARN, words)

    def tell_passing(self, title: str) -> None:
        """Say that something went well; it goes by itself."""
        self.banner.tell(Notice(tone=Tone.OK, title=title, passing=True))

    def offer_undo(self, title: str, undo: Callable[[], None]) -> None:
        """Say what was done, with an Undo button, for ten seconds."""
        self.banner.tell(
            Notice(tone=Tone.NOTE, title=title, verb=_("Undo"), then=undo, passing=True)
        )

    def back_button(self) -> buttons.Button:
        """The way back, for the foot."""
        return buttons.plain(_("Back"), self.desk.back, Icon.BACK)

    # --- layout ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.dp(BETWEEN))
        head.addWidget(self.heading, 1)
        head.addLayout(self.tools)
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        inner = QWidget()
        inner.setProperty("role", "page")
        stack = QVBoxLayout(inner)
        edge = theme.dp(PAGE)
        stack.setContentsMargins(edge, theme.dp(22), edge, edge)
        stack.setSpacing(theme.dp(BETWEEN))
        stack.addLayout(head)
        stack.addWidget(self.banner)
        stack.addLayout(self.body, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        shown = scrolled(self._measured(inner))
        whole.addWidget(shown, 1)
        whole.addWidget(self._foot_frame)
        self.parts: tuple[QWidget, ...] = (shown, self._foot_frame)
        """What F6 goes to, one after the other."""

    def _measured(self, inner: QWidget) -> QWidget:
        """Keep lines readable on a wide screen: the page stays at the leading side."""
        if self.wide:
            return inner
        inner.setMaximumWidth(theme.dp(WIDEST))
        outer = QWidget()
        outer.setProperty("role", "page")
        across = QHBoxLayout(outer)
        across.setContentsMargins(0, 0, 0, 0)
        if self.bare:
            across.addStretch(1)
        across.addWidget(inner, 1000)
        across.addStretch(1)
        return outer

    def _framed_foot(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "footer")
        across = QHBoxLayout(frame)
        edge = theme.dp(PAGE)
        across.setContentsMargins(edge, theme.dp(12), edge, theme.dp(12))
        holder = QWidget()
        holder.setLayout(self.foot)
        self.foot.setContentsMargins(0, 0, 0, 0)
        if not self.wide:
            holder.setMaximumWidth(theme.dp(WIDEST - 2 * PAGE))
        if self.bare:
            # as the page above it, so that buttons stand under what they are about
            across.addStretch(1)
        across.addWidget(holder, 1000)
        across.addStretch(1)
        frame.hide()
        return frame
