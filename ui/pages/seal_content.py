"""What goes into a bundle: what comes along with the reports chosen, what stays here and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import i18n, releasewords, sizes
from app.bundles.choosing import Reason, Withheld
from app.bundles.leaflet import heading_of
from app.bundles.sealing import SealPlan
from app.i18n import N_, _, ngettext
from app.records import Incident, Organisation, Person, Record
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, Card, clear, column, group, hint
from ui.widgets.plain import Paragraph, Tone, outside
from ui.widgets.stated import Stated

_REASONS = {
    Reason.NOT_ASKED: N_("was not asked whether their name may be shared"),
    Reason.NO: N_("said no to sharing"),
    Reason.EXPIRED: N_("gave a consent that has run out"),
    Reason.WITHDRAWN: N_("withdrew consent"),
    Reason.PROTECTED_SOURCE: N_("is a protected source: it never travels"),
    Reason.IN_PART: N_("agreed to a part of it only"),
    Reason.CONSENT_OF_WITHHELD: N_("would tell who stays here"),
    Reason.CONSENT_FOR_ANOTHER: N_("is a consent for another receiver"),
    Reason.SHOWS_WITHHELD: N_("shows somebody who stays here"),
    Reason.PART_OF_WITHHELD: N_("hangs on somebody who stays here"),
    Reason.NAMED_ACCUSED: N_("is accused, and nobody decided that they may be named"),
    Reason.CHILD: N_("is a child: a guardian has to agree, and the child to be heard"),
    Reason.NOT_FREE: N_("is in detention: a yes may not be free"),
    Reason.NOT_ENTITLED: N_("has a consent of somebody who may not give it"),
    Reason.BYSTANDERS: N_("shows people nobody asked: its file stays, make a blurred copy"),
    Reason.TOO_EXACT: N_("is a place told more exactly than was chosen"),
    Reason.NOT_RELEASED: N_("keeps its file here: something is or may be hidden inside"),
    Reason.ORIGINAL: N_("sends its copy instead of the file"),
    Reason.SEALED: N_("is sealed, or seals a field that is not to be found"),
}


class Content(Card):
    """The sum of what goes, and the records that stay here, each with its reason.

    `clean`: carries the items of which copies should be made that may leave.
    """

    clean = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What goes in"), parent=parent)
        self.said = column(spacing=INSIDE)
        self.body.addLayout(self.said)

    def show_plan(self, plan: SealPlan) -> None:
        """Say what this plan would do."""
        clear(self.said)
        self.said.addWidget(Paragraph(summary(plan)))
        waiting = [each.record for each in plan.withheld if each.reason is Reason.NOT_RELEASED]
        if waiting:
            self.said.addWidget(self._waits(waiting))
        if plan.still_said:
            self.said.addWidget(_still_said(plan))
        if plan.left_out:
            self.said.addWidget(self._in_part(plan))
        if plan.withheld:
            self.said.addWidget(self._stays(plan.withheld))

    def show_nothing(self, why: str) -> None:
        """Say why there is nothing to seal."""
        clear(self.said)
        self.said.addWidget(hint(why))

    def _waits(self, items: Sequence[Record]) -> QWidget:
        """Files that nobody decided about: without this they would be missed at the receiver."""
        chosen = tuple(each.id for each in items)
        title = ngettext(
            "{count} file does not go along yet", "{count} files do not go along yet", len(items)
        ).format(count=len(items))
        text = _(
            "Something is or may be hidden inside: where it was made, on which device, by whom."
            " Let copies without it be made, or open the report and look inside."
        )
        make = buttons.plain(
            _("Make copies without it"), lambda: self.clean.emit(chosen), Icon.CHECK
        )
        return Stated(Tone.WARN, title, text, make)

    def _in_part(self, plan: SealPlan) -> QWidget:
        count = len({each.record.id for each in plan.left_out})
        title = ngettext(
            "{count} record goes along in part", "{count} records go along in part", count
        ).format(count=count)
        lines = column(spacing=2)
        for each in plan.left_out:
            said = _("{record}: {words}").format(
                record=called(each.record), words=releasewords.words(each)
            )
            lines.addWidget(Paragraph(said))
        self.parts = group(lines)
        self.parts.hide()
        self.which = buttons.plain(_("What is left out"), self._show_parts, Icon.EYE)
        text = _("What you keep here stays whole; the receiver gets less, and is told so.")
        return group(Stated(Tone.NOTE, title, text, self.which), self.parts, spacing=INSIDE)

    def _show_parts(self) -> None:
        self.parts.show()
        self.which.hide()

    def _stays(self, withheld: Sequence[Withheld]) -> QWidget:
        count = len(withheld)
        title = ngettext("{count} record stays here", "{count} records stay here", count).format(
            count=count
        )
        lines = column(spacing=2)
        for each in withheld:
            lines.addWidget(Paragraph(stays_because(each)))
        self.reasons = group(lines)
        self.reasons.hide()
        self.why = buttons.plain(_("Which, and why"), self._show_reasons, Icon.EYE)
        frame = Stated(
            Tone.NOTE,
            title,
            _("People and sources who can be recognised travel only if they agreed."),
            self.why,
        )
        return group(frame, self.reasons, spacing=INSIDE)

    def _show_reasons(self) -> None:
        self.reasons.show()
        self.why.hide()


def _still_said(plan: SealPlan) -> QWidget:
    """Words that were taken out of one field and stand in another: nobody's text is rewritten."""
    lines = column(spacing=2)
    for each in plan.still_said:
        said = _("{record}: {words}").format(
            record=called(each.record), words=releasewords.still_said(each)
        )
        lines.addWidget(Paragraph(said))
    text = _("Open the report and write it differently, or let it go as it is.")
    title = _("What is left out can still be read in the words")
    return group(Stated(Tone.WARN, title, text), group(lines), spacing=INSIDE)


def summary(plan: SealPlan) -> str:
    """Reports, other records, files and size, in one sentence."""
    reports = sum(isinstance(each, Incident) for each in plan.records)
    parts = [
        ngettext("{count} report", "{count} reports", reports).format(count=reports),
        ngettext(
            "{count} further record", "{count} further records", len(plan.records) - reports
        ).format(count=len(plan.records) - reports),
    ]
    if plan.files:
        size = sizes.words(sum(each.size for each in plan.files))
        text = ngettext("{count} file ({size})", "{count} files ({size})", len(plan.files))
        parts.append(text.format(count=len(plan.files), size=size))
    return _("{parts}. The bundle will have about {size}.").format(
        parts=", ".join(parts), size=sizes.words(plan.bytes)
    )


def stays_because(withheld: Withheld) -> str:
    """Who or what stays here, and why."""
    return _("{record} {reason}").format(
        record=called(withheld.record), reason=_(_REASONS[withheld.reason])
    )


def called(record: Record) -> str:
    """What a person recognises this record by."""
    if isinstance(record, Person):
        return outside(record.names[0].full if record.names else record.pseudonym)
    if isinstance(record, Organisation) and record.names:
        return outside(record.names[0].full)
    return f"{heading_of(record.kind, i18n.window())} ({record.short_ref})"
