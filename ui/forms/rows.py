"""Fields one below the other: label, editor, help, and what is wrong, each set up by its spec."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app import detecting, reaching
from app.i18n import _, window
from app.records import FieldSpec, Shape, Shaped
from app.records.walk import says_nothing
from ui.forms.cover import Cover, covers
from ui.forms.editor import Editor, Maker, Surroundings
from ui.widgets.arrange import BETWEEN, TIGHT, column, within
from ui.widgets.plain import Label, Paragraph, TextRole, restyle

S = TypeVar("S", bound=Shaped)


_PAUSE_MS = 600


class FieldRow(QWidget):
    """One field. What is sealed or special is covered until somebody asks to see it."""

    edited = Signal()

    def __init__(self, name: str, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spec = editor.spec
        text = window().gettext(spec.label)
        self.name = name
        self.editor = editor
        self._label = Label(text, TextRole.STRONG)
        self._label.setBuddy(editor.buddy())
        self._help = Paragraph(window().gettext(spec.help), TextRole.SMALL)
        self._problem = Paragraph("", TextRole.PROBLEM)
        self._problem.hide()
        self._likeness = Paragraph("", TextRole.SMALL)
        self._likeness.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.cover = Cover(
            name,
            text,
            spec.sensitivity,
            editor.around.looking,
            lambda: reaching.warning(editor.value()),
        )
        self.cover.hide()
        self.cover.opened.connect(self._on_opened)
        editor.set_name(text)
        if spec.help:
            editor.buddy().setAccessibleDescription(window().gettext(spec.help))
        editor.edited.connect(self._on_edited)
        within(
            self,
            column(
                self._label,
                self._help,
                self.cover,
                editor,
                self._problem,
                self._likeness,
                spacing=TIGHT,
            ),
        )
        # only now: shown without a parent, each would be a window for a moment and take the focus
        self._label.setVisible(spec.shape is not Shape.FLAG)
        self._help.setVisible(bool(spec.help))

    def put(self, value: object) -> None:
        """Show a value, covered if it is not for every eye."""
        self.editor.put(value)
        sensitivity = self.editor.spec.sensitivity
        again = sensitivity is self.editor.around.uncovered
        covered = not again and covers(sensitivity, value)
        self.editor.setVisible(not covered)
        self.cover.hide()
        if covered:
            self.cover.close_again()
        self._likeness.hide()
        self.show_problem("")

    def turn(self, value: object) -> None:
        """Show another value; what is open stays open."""
        self.editor.put(value)
        self.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say what is wrong, under the field; nothing if the text is empty."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        buddy = self.editor.buddy()
        buddy.setProperty("problem", bool(text))
        restyle(buddy)
        if text:
            buddy.setAccessibleDescription(text)

    def focus_first(self) -> None:
        """Put the cursor here."""
        if not self.cover.isHidden():
            self.cover.focus_first()
            return
        self.editor.buddy().setFocus()

    def _on_opened(self) -> None:
        self.editor.show()
        self.editor.buddy().setFocus()

    def _on_edited(self) -> None:
        self.show_problem(self.editor.complaint())
        self._pause.start()
        self.edited.emit()

    def _look(self) -> None:
        """Say what was typed looks like, once the hand rests (M-03). It is never in the way."""
        found = detecting.beside(self.editor.spec, self.editor.value())
        self._likeness.setVisible(bool(found))
        if found:
            what = ", ".join(_(detecting.WORDS[each]) for each in found)
            self._likeness.setText(
                _("This looks like {what}. Is it needed? A code, or nothing, is safer.").format(
                    what=what
                )
            )


class Fields(QWidget):
    """Some fields of a record or block. Gives back what it was given, but for what was changed."""

    edited = Signal()
    new_requested = Signal(object)

    def __init__(
        self,
        fields: Sequence[tuple[str, FieldSpec]],
        kind: type[Shaped],
        around: Surroundings,
        make: Maker,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        defaults = {each.name: each.default for each in dataclasses.fields(kind)}
        self.rows: dict[str, FieldRow] = {}
        for name, spec in fields:
            editor = make(spec, around, defaults[name])
            editor.new_requested.connect(self.new_requested)
            made = FieldRow(name, editor)
            made.edited.connect(self.edited)
            self.rows[name] = made
        within(self, column(*self.rows.values(), spacing=BETWEEN))

    def put(self, held: Shaped) -> None:
        """Show the fields of this record or block."""
        for name, each in self.rows.items():
            each.put(getattr(held, name))

    def turn(self, held: Shaped) -> list[str]:
        """Show what this record or block says where that differs from what stands here.

        The names of those fields. The others keep the cursor, the cover and what cannot be read.
        """
        turned = [
            name for name, each in self.rows.items() if each.editor.value() != getattr(held, name)
        ]
        for name in turned:
            self.rows[name].turn(getattr(held, name))
        return turned

    def into(self, held: S) -> S:
        """The record or block with the fields as they stand here."""
        found = {name: each.editor.value() for name, each in self.rows.items()}
        changed = {name: value for name, value in found.items() if value != getattr(held, name)}
        # the editors give each field the type its spec names
        return replace(held, **changed) if changed else held  # type: ignore[arg-type]

    def complaints(self) -> list[str]:
        """What cannot be read as it stands."""
        return [text for each in self.rows.values() if (text := each.editor.complaint())]


def filled(held: Shaped, names: Iterable[str], default: Callable[[str], object]) -> int:
    """How many of these fields say something beyond their default."""
    return sum(
        1
        for name in names
        if not says_nothing(value := getattr(held, name)) and value != default(name)
    )
