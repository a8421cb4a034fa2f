"""What an editor of one field is, and what it is told about the world around it.

An editor gives back exactly what it was given until somebody changes it: it shows only part of a
value (a text without its translations, a date without its alternatives), and the rest must survive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.records import FieldSpec, Sensitivity
from app.records.kinds import Target
from app.records.walk import GRAVER
from ui.forms.looking import Looking


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A record that can be pointed to. `label` is shown; it may be from outside."""

    id: str
    kind: Target
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a form needs beside the record: `language` is the tag given to newly typed texts.

    `known`: the records that references may point to. `can_add`: whether the page answers the
    wish for a new one (Form.new_requested). `looking`: keeps why special facts are looked at.

    `uncovered`: what the block around these fields was uncovered for already.
    """

    language: str = ""
    known: tuple[Known, ...] = ()
    can_add: bool = False
    looking: Looking = field(default_factory=Looking)
    uncovered: Sensitivity = Sensitivity.ORDINARY

    def inside(self, spec: FieldSpec) -> Surroundings:
        """What the fields of a block are told: no second cover under the cover of the block."""
        return replace(self, uncovered=max(self.uncovered, spec.sensitivity, key=GRAVER.index))


class Editor(QWidget):
    """One field. Subclasses implement `_paint`, `_state`, `_read` and `buddy`."""

    edited = Signal()
    new_requested = Signal(object)
    """Carries the Target of which a new record is wished."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__()
        self.spec = spec
        self.around = around
        self._held: object = None
        self._shown: object = None
        self._painting = False

    def put(self, value: object) -> None:
        """Show this value."""
        self._held = value
        self._painting = True
        self._paint(value)
        self._painting = False
        self._shown = self._state()

    def value(self) -> object:
        """The value put, as long as nothing was changed; else what stands there now."""
        return self._held if self._state() == self._shown else self._read()

    def complaint(self) -> str:
        """Why what stands there cannot be read, in the person's words; empty if it can."""
        return ""

    def buddy(self) -> QWidget:
        """Where the label's shortcut and the form's first Tab lead."""
        raise NotImplementedError

    def set_name(self, name: str) -> None:
        """What a screen reader calls it."""
        self.setAccessibleName(name)
        self.buddy().setAccessibleName(name)

    def _paint(self, value: object) -> None:
        raise NotImplementedError

    def _state(self) -> object:
        """What stands in the widgets now, to be compared."""
        raise NotImplementedError

    def _read(self) -> object:
        """The value of what stands in the widgets now."""
        raise NotImplementedError

    def _on_edited(self, *_: object) -> None:
        if not self._painting:
            self.edited.emit()


Maker = Callable[[FieldSpec, Surroundings, object], Editor]
"""Makes the editor of a field; the third is the field's default."""
