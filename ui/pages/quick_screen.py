"""What one screen of the quick report is, and one that is made of a field of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.firstreport import FirstReport
from app.records import Incident, specs
from ui.forms import editors
from ui.forms.editor import Surroundings
from ui.forms.rows import Fields
from ui.widgets.arrange import TIGHT, Card, group
from ui.widgets.plain import Label, Line, TextRole


class Screen(Card):
    """One question. `edited`: an answer changed; `gone_on`: Enter was pressed in a line."""

    edited = Signal()
    gone_on = Signal()
    called: ClassVar[str]
    """What it is about, in a word or two, beside the dots (English source text)."""

    def put(self, told: FirstReport) -> None:
        """Show what was told."""

    def into(self, told: FirstReport) -> FirstReport:
        """What was told, with the answers as they stand here."""
        return told

    def complaints(self) -> list[str]:
        """What stands here and cannot be read."""
        return []

    def focus_first(self) -> None:
        """Put the cursor where the answer begins."""

    def go_on_from(self, *lines: Line) -> None:
        """Let Enter in these lines lead on."""
        for line in lines:
            line.returnPressed.connect(self.gone_on)


class FieldScreen(Screen):
    """A screen that edits fields of the report, by their specs."""

    def __init__(self, title: str, name: str, help_text: str) -> None:
        super().__init__(title)
        spec = dict(specs(Incident))[name]
        shown = (name, replace(spec, help=help_text or spec.help))
        self.fields = Fields([shown], Incident, Surroundings(), editors.make)
        self.fields.edited.connect(self.edited)
        self.body.addWidget(self.fields)
        self._name = name

    def put(self, told: FirstReport) -> None:
        self.fields.put(told.report)

    def into(self, told: FirstReport) -> FirstReport:
        return replace(told, report=self.fields.into(told.report))

    def complaints(self) -> list[str]:
        return self.fields.complaints()

    def focus_first(self) -> None:
        self.fields.rows[self._name].focus_first()


def labelled(text: str, part: QWidget) -> QWidget:
    """A part below its label."""
    label = Label(text, TextRole.STRONG)
    label.setBuddy(part)
    part.setAccessibleName(text)
    return group(label, part, spacing=TIGHT)
