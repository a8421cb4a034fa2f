"""Who looked at special facts of a record, when and why: a card below its history (D-09)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.audit import AuditEntry, words
from app.i18n import _, window
from app.records import Record, specs
from ui import days
from ui.widgets.arrange import TIGHT, Card, column, hint, within
from ui.widgets.plain import Label, Paragraph, TextRole, outside_text


def trail_card(record: Record, entries: Sequence[AuditEntry]) -> QWidget | None:
    """The card, the latest entry first; None where nothing was noted."""
    if not entries:
        return None
    return Card(
        _("Who looked at what is covered"),
        hint(_("Names of fields and reasons, never what stands in them.")),
        hint(_("It can be shown to the person.")),
        *(_line(record, each) for each in reversed(entries)),
    )


def _line(record: Record, entry: AuditEntry) -> QWidget:
    texts = window()
    labels = {name: texts.gettext(spec.label) for name, spec in specs(type(record))}
    fields = ", ".join(labels.get(each, each) for each in entry.fields)
    when = f"{days.day_of(entry.at)}, {entry.at[11:16]} UTC"
    deed = words(entry)
    parts = (when, entry.who, texts.gettext(deed), fields)
    said = Label(outside_text(" · ".join(part for part in parts if part)), TextRole.MUTED)
    reason = _("The reason was erased.") if entry.reason is None else outside_text(entry.reason)
    return within(QWidget(), column(said, Paragraph(reason), spacing=TIGHT))
