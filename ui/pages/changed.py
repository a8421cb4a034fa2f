"""What changed in a record, field by field: what is not for every eye is covered at first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.history import Change
from app.i18n import _, ngettext
from ui.forms.cover import Cover
from ui.forms.looking import Looking
from ui.widgets.arrange import INSIDE, TIGHT, column, within
from ui.widgets.plain import Label, Paragraph, TextRole, outside_text

_MOST_LETTERS = 600


def changed(changes: Sequence[Change], looking: Looking) -> QWidget:
    """One change below the other; where nothing changed, that is said."""
    if not changes:
        return Label(_("No field changed."), TextRole.MUTED)
    return within(QWidget(), column(*(_Changed(each, looking) for each in changes), spacing=INSIDE))


class _Changed(QWidget):
    """One field: its name, what it said, what it says. Covered until somebody asks to see it."""

    def __init__(self, change: Change, looking: Looking) -> None:
        super().__init__()
        self._words = Paragraph(_said(change))
        self.cover = Cover(
            change.field, change.label, change.sensitivity, looking, lambda: change.warning
        )
        self.cover.opened.connect(self._words.show)
        # what is shown without a parent would be a window and take the focus
        (self._words if change.covered else self.cover).hide()
        label = Label(outside_text(change.label), TextRole.STRONG)
        within(self, column(label, self.cover, self._words, spacing=TIGHT))


def _said(change: Change) -> str:
    before, after = _cut(change.before), _cut(change.after)
    if not before:
        return _("added: {words}").format(words=after)
    if not after:
        return _("taken out: {words}").format(words=before)
    return (
        _("before: {words}").format(words=before) + "\n" + _("after: {words}").format(words=after)
    )


def _cut(words: str) -> str:
    """As much of a long account as can be looked over; how much is left out is said."""
    over = len(words) - _MOST_LETTERS
    if over <= 0:
        return outside_text(words) if words else ""
    left_out = ngettext("… ({count} more character)", "… ({count} more characters)", over).format(
        count=over
    )
    return outside_text(words[:_MOST_LETTERS]) + left_out
