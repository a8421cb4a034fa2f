"""The editor of a drawn name: what stands there, and another one at a press (M-01)."""

from __future__ import annotations

from app.i18n import _
from app.records import FieldSpec, Kind
from app.records.pseudonyms import pseudonym_besides
from ui.forms.editor import Surroundings
from ui.forms.texts import TextEditor
from ui.widgets import buttons


class PseudonymEditor(TextEditor):
    """One line with a name that tells nothing; the button draws another that is not
    taken by anybody the form knows of."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.another = buttons.plain(_("Another one"), self._draw)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.another)

    def set_name(self, name: str) -> None:
        super().set_name(name)
        self.another.setAccessibleName(f"{name}: {self.another.text()}")

    def _draw(self) -> None:
        known = [each.label for each in self.around.known if each.kind is Kind.PERSON]
        self.line.setText(pseudonym_besides([*known, self.line.text()]))
        self.line.setFocus()
