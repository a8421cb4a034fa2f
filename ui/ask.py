"""The one door to questions and to choosing files. Pages get an `Ask`; tests hand in a script.

Buttons say what they do ("Remove person"), never OK or Yes. File choice is our own dialog inside
the program: the desktop's own keeps a trail of recent files. Network paths and addresses are
refused before anything looks at them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QDir, QStandardPaths, QUrl
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from app import guard
from app.errors import AppError
from app.i18n import _
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, add, column, row, within
from ui.widgets.plain import Label, Line, Paragraph, TextRole
from ui.widgets.secret import SecretLine

T = TypeVar("T")

_MOST_ABREAST = 3
"""More ways on stand one below the other: beside each other their words would be cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to decide. `verb` does it, `keep` leaves all as it is.

    `loses` says that what the verb does cannot be undone: its button is red and not preselected.
    """

    title: str
    text: str
    verb: str
    keep: str = ""
    loses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of several ways on. `id` is what the page gets back."""

    id: str
    verb: str
    loses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Several ways on; the first is preselected, `keep` is the way back."""

    title: str
    text: str
    options: tuple[Option, ...]
    keep: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One line to type. `label` stands above the field."""

    title: str
    text: str
    label: str
    verb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file to offer: a name and patterns such as `*.pdf`; no pattern means any file."""

    label: str
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWish:
    """What is to be opened."""

    title: str
    kinds: tuple[FileKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWish:
    """What is to be written, and the name proposed for it."""

    title: str
    name: str
    kinds: tuple[FileKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderWish:
    """A folder to choose."""

    title: str


class Ask(Protocol):
    """Questions to the person. None, False or an empty answer means: leave all as it is."""

    def confirm(self, question: Question) -> bool:
        """Whether the verb was chosen."""

    def choose(self, choice: Choice) -> str | None:
        """The id of the option chosen."""

    def text(self, prompt: Prompt) -> str | None:
        """What was typed, in plain sight."""

    def secret(self, prompt: Prompt) -> str | None:
        """What was typed, hidden."""

    def open_file(self, wish: OpenWish) -> Path | None:
        """One existing file. Raises NotOnThisComputer."""

    def open_files(self, wish: OpenWish) -> tuple[Path, ...]:
        """Existing files. Raises NotOnThisComputer."""

    def save_file(self, wish: SaveWish) -> Path | None:
        """Where to write; an existing file only after asking. Raises NotOnThisComputer."""

    def folder(self, wish: FolderWish) -> Path | None:
        """An existing folder. Raises NotOnThisComputer."""


class WindowAsk:
    """Asks in dialogs of our own, over the window given."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def confirm(self, question: Question) -> bool:
        options = (Option(id="do", verb=question.verb, loses=question.loses),)
        choice = Choice(
            title=question.title, text=question.text, options=options, keep=question.keep
        )
        return self.choose(choice) is not None

    def choose(self, choice: Choice) -> str | None:
        dialog = _Sheet(self._window, choice.title, choice.text)
        chosen: list[str] = []

        def take(option: Option) -> None:
            chosen.append(option.id)
            dialog.accept()

        many = len(choice.options) > _MOST_ABREAST
        for at, option in enumerate(choice.options):
            make = buttons.danger if option.loses else buttons.primary if at == 0 else buttons.plain
            made = make(option.verb, lambda option=option: take(option))  # type: ignore[misc]
            if many:
                dialog.put(made)
            else:
                dialog.offer(made)
            made.setDefault(at == 0 and not option.loses)
        dialog.offer_back(choice.keep or _("Cancel"))
        return chosen[0] if dialog.exec() == QDialog.DialogCode.Accepted and chosen else None

    def text(self, prompt: Prompt) -> str | None:
        field = Line()
        return self._typed(prompt, field, field)

    def secret(self, prompt: Prompt) -> str | None:
        field = SecretLine()
        return self._typed(prompt, field, field.line)

    def open_file(self, wish: OpenWish) -> Path | None:
        found = self._files(_picker(self._window, wish.title, wish.kinds))
        return found[0] if found else None

    def open_files(self, wish: OpenWish) -> tuple[Path, ...]:
        dialog = _picker(self._window, wish.title, wish.kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        return self._files(dialog)

    def save_file(self, wish: SaveWish) -> Path | None:
        dialog = _picker(self._window, wish.title, wish.kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Save here"))
        dialog.selectFile(wish.name)
        found = self._files(dialog)
        return found[0] if found else None

    def folder(self, wish: FolderWish) -> Path | None:
        dialog = _picker(self._window, wish.title, ())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Choose this folder"))
        dialog.setLabelText(QFileDialog.DialogLabel.FileName, _("Folder"))
        found = self._files(dialog)
        return found[0] if found else None

    def _typed(self, prompt: Prompt, field: QWidget, line: QLineEdit) -> str | None:
        dialog = _Sheet(self._window, prompt.title, prompt.text)
        label = Label(prompt.label, TextRole.STRONG)
        label.setBuddy(line)
        line.setAccessibleName(prompt.label)
        dialog.put(label)
        dialog.put(field)
        accept = buttons.primary(prompt.verb, dialog.accept)
        accept.setDefault(True)
        dialog.offer(accept)
        dialog.offer_back(_("Cancel"))
        line.setFocus()
        answer = line.text() if dialog.exec() == QDialog.DialogCode.Accepted else ""
        line.clear()
        return answer or None

    def _files(self, dialog: QFileDialog) -> tuple[Path, ...]:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.selectedFiles() if accepted else []
        dialog.deleteLater()
        return tuple(guard.local_path(name) for name in chosen)


class ScriptedAsk:
    """Answers from a list, in order, for tests. A question too many is a failure.

    Answers are bool, str, Path, a tuple of Paths or None. `asked` keeps the questions.
    """

    def __init__(self, answers: Sequence[object] = ()) -> None:
        self._answers = list(answers)
        self.asked: list[object] = []

    def confirm(self, question: Question) -> bool:
        return self._next(question, bool, bool)

    def choose(self, choice: Choice) -> str | None:
        return self._next(choice, str, type(None))

    def text(self, prompt: Prompt) -> str | None:
        return self._next(prompt, str, type(None))

    def secret(self, prompt: Prompt) -> str | None:
        return self._next(prompt, str, type(None))

    def open_file(self, wish: OpenWish) -> Path | None:
        return self._next(wish, Path, type(None))

    def open_files(self, wish: OpenWish) -> tuple[Path, ...]:
        return self._next(wish, tuple, tuple)

    def save_file(self, wish: SaveWish) -> Path | None:
        return self._next(wish, Path, type(None))

    def folder(self, wish: FolderWish) -> Path | None:
        return self._next(wish, Path, type(None))

    def _next(self, question: object, *kinds: type[T]) -> T:
        self.asked.append(question)
        if not self._answers:
            raise UnexpectedQuestion(question)
        answer = self._answers.pop(0)
        if not isinstance(answer, kinds):
            raise UnexpectedQuestion(question)
        return answer


class UnexpectedQuestion(LookupError):
    """A test's script has no fitting answer left."""


class _Sheet(QDialog):
    """A small dialog: heading, text, a field perhaps, and buttons that are verbs."""

    def __init__(self, window: QWidget, title: str, text: str) -> None:
        super().__init__(window)
        # the frame's title is the window's neutral one: window lists and screenshots show it
        self.setWindowTitle(window.window().windowTitle())
        self.setAccessibleName(title)
        self._put = column(Label(title, TextRole.SECTION))
        if text:
            self._put.addWidget(Paragraph(text))
        self._back = row(spacing=INSIDE)
        self._offers = row(spacing=INSIDE)
        within(
            self, column(self._put, row(self._back, STRETCH, self._offers), spacing=20), margin=24
        )
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("n") * 56)

    def put(self, part: QWidget) -> None:
        """Add a part under the text."""
        add(self._put, part)

    def offer(self, button: buttons.Button) -> None:
        """Add a way on."""
        self._offers.addWidget(button)

    def offer_back(self, text: str) -> None:
        """Add the way back, which Esc takes too."""
        self._back.addWidget(buttons.plain(text, self.reject))


class _LocalNames(QValidator):
    """Lets nobody type the start of a network path: the dialog would look it up at once."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            guard.local_path(text or ".")
        except AppError:
            return QValidator.State.Invalid, text, position
        return QValidator.State.Acceptable, text, position


def _picker(window: QWidget, title: str, kinds: tuple[FileKind, ...]) -> QFileDialog:
    dialog = QFileDialog(window)
    dialog.setWindowTitle(window.window().windowTitle())
    dialog.setAccessibleName(title)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    # the icons of folders may come from files inside them
    dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setFilter(QDir.Filter.AllEntries | QDir.Filter.NoDotAndDotDot | QDir.Filter.AllDirs)
    home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
    dialog.setDirectory(home)
    dialog.setHistory([])
    dialog.setSidebarUrls([QUrl.fromLocalFile(place) for place in (home, *_media())])
    offered = kinds or (FileKind(label=_("All files")),)
    dialog.setNameFilters(
        [f"{kind.label} ({' '.join(kind.patterns or ('*',))})" for kind in offered]
    )
    for label, text in (
        (QFileDialog.DialogLabel.LookIn, title),
        (QFileDialog.DialogLabel.FileName, _("Name")),
        (QFileDialog.DialogLabel.FileType, _("Kind")),
        (QFileDialog.DialogLabel.Accept, _("Choose")),
        (QFileDialog.DialogLabel.Reject, _("Cancel")),
    ):
        dialog.setLabelText(label, text)
    for line in dialog.findChildren(QLineEdit):
        line.setValidator(_LocalNames(line))
    dialog.resize(dialog.fontMetrics().averageCharWidth() * 120, dialog.fontMetrics().height() * 28)
    return dialog


def _media() -> list[str]:
    """Where desktops put sticks and cards; only folders that are there."""
    user = Path.home().name
    parents = (Path("/media") / user, Path("/run/media") / user, Path("/Volumes"))
    return [str(parent) for parent in parents if parent.is_dir()]
