"""What an opened bundle holds, item by item, and what taking it in would do with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import i18n, sizes
from app.bundles.leaflet import heading_of
from app.bundles.report import Item, ItemState
from app.i18n import N_, _, ngettext
from app.inbox import differences
from app.inbox.differences import Difference, Side
from app.inbox.importing import ImportPlan, Outcome
from app.inbox.outcomes import QUESTIONS
from app.records import Incident, Kind, Record, class_of
from app.records.codec import decode
from app.vault import Vault
from ui.icons import Icon
from ui.page import Page
from ui.pages.changed import changed
from ui.pages.looking_kept import into_trail
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, Well, column, group, row
from ui.widgets.entry import OneLine
from ui.widgets.plain import Label, Paragraph, TextRole, Tone, outside
from ui.widgets.stated import mark

_AT_MOST = 200

_OUTCOMES = {
    Outcome.NEW: (Tone.OK, N_("New")),
    Outcome.CHANGED: (Tone.NOTE, N_("Newer than yours")),
    Outcome.SAME: (Tone.NOTE, N_("You have it")),
    Outcome.IN_PART: (Tone.NOTE, N_("You have more of it")),
    Outcome.FULLER: (Tone.WARN, N_("Tells more than yours")),
    Outcome.CONFLICT: (Tone.WARN, N_("Differs from yours")),
}

_SIDES = {
    Side.THEIRS: N_("The sender changed it. Taken in, it stands as it says after."),
    Side.BOTH: N_("Both of you changed it. Yours stays; the receipt can ask about it."),
    Side.OURS: N_("It was written here. Yours stays."),
    Side.REMOVED: N_("It was removed here, and stays removed."),
    Side.OTHER_SENDER: N_("It came from somebody else. What is here stays."),
    Side.OLDER: N_("It is older than what is here, or as old. What is here stays."),
    Side.OTHER: N_("It does not fit what is here, which stays."),
}

_STATES = {
    ItemState.GOOD: (Tone.OK, N_("Whole")),
    ItemState.DAMAGED: (Tone.BAD, N_("Damaged")),
    ItemState.MISSING: (Tone.BAD, N_("Missing")),
    ItemState.UNREADABLE: (Tone.BAD, N_("Not readable")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One record of a bundle: what it is, what it is called, what becomes of it."""

    kind: Kind
    title: str
    outcome: Outcome
    in_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A bundle as the page shows it: the plan, and its records told."""

    plan: ImportPlan
    told: tuple[Told, ...]
    different: tuple[Difference, ...]


def look_into(vault: Vault, plan: ImportPlan) -> Looked:
    """Tells each record of an opened bundle by what a person recognises it by."""
    return Looked(plan=plan, told=tuple(_told(plan)), different=differences.of(vault, plan))


class BundleContent(Card):
    """A sentence, the reports by title, and every item behind a fold."""

    def __init__(self, looked: Looked, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(_("What is inside"), parent=parent)
        self.body.addWidget(Paragraph(summary(looked)))
        for each in looked.told:
            if each.kind is Kind.INCIDENT:
                self.body.addLayout(_line(each.title, *_said(each.outcome)))
        for different in looked.different:
            self.body.addWidget(_difference(different, page))
        bad = [each for each in looked.plan.opened.items if each.state is not ItemState.GOOD]
        for item in bad[:_AT_MOST]:
            self.body.addLayout(_item_line(item))
        if any(each.outcome in QUESTIONS for each in looked.told):
            self.body.addWidget(
                Paragraph(
                    _(
                        "Records that differ from yours are not overwritten: yours stay as they"
                        " are, and the receipt can ask about them."
                    ),
                    TextRole.MUTED,
                )
            )
        in_part = sum(each.in_part for each in looked.told)
        if in_part:
            text = ngettext(
                "{count} record is told in part: the sender keeps something of it.",
                "{count} records are told in part: the sender keeps something of them.",
                in_part,
            ).format(count=in_part)
            self.body.addWidget(Paragraph(text, TextRole.MUTED))
        rest = column(spacing=2)
        for each in looked.told[:_AT_MOST]:
            name = f"{heading_of(each.kind, i18n.window())}: {each.title}"
            rest.addLayout(_line(name, *_said(each.outcome)))
        for enclosed in looked.plan.opened.evidence[:_AT_MOST]:
            name = enclosed.path.removeprefix("data/evidence/")
            text = f"{outside(name)} · {sizes.words(enclosed.size)}"
            rest.addLayout(_line(text, *_STATES[ItemState.GOOD]))
        self.all = group(rest)
        self.all.hide()
        self.fold = buttons.quiet(_("Show every item"), self._unfold, Icon.DOWN)
        self.body.addLayout(row(self.fold, STRETCH))
        self.body.addWidget(self.all)

    def _unfold(self) -> None:
        self.all.show()
        self.fold.hide()


def summary(looked: Looked) -> str:
    """How many reports, records and files; how many of them are not new."""
    opened = looked.plan.opened
    reports = sum(each.kind is Kind.INCIDENT for each in looked.told)
    files = len(opened.evidence)
    parts = [
        ngettext("{count} report", "{count} reports", reports).format(count=reports),
        ngettext(
            "{count} further record", "{count} further records", len(looked.told) - reports
        ).format(count=len(looked.told) - reports),
    ]
    if files:
        size = sizes.words(sum(each.size for each in opened.evidence))
        text = ngettext("{count} file ({size})", "{count} files ({size})", files)
        parts.append(text.format(count=files, size=size))
    same = sum(each.outcome is Outcome.SAME for each in looked.told)
    if same:
        text = ngettext("{count} record you have already", "{count} records you have already", same)
        parts.append(text.format(count=same))
    return ", ".join(parts) + "."


def _told(plan: ImportPlan) -> Iterator[Told]:
    for each in plan.records:
        kind = Kind(each.sealed.kind)
        record = decode(class_of(kind), each.sealed.body)
        yield Told(
            kind=kind, title=_title(record), outcome=each.outcome, in_part=record.told_in_part
        )


def _title(record: Record) -> str:
    if isinstance(record, Incident) and record.title.text:
        return outside(record.title.text)
    return record.short_ref


def _difference(found: Difference, page: Page) -> QWidget:
    """A record that is not as it is here: what differs, and whose change it is."""
    kind = heading_of(found.kind, i18n.window())
    title = Label(f"{kind}: {outside(found.title)}", TextRole.STRONG)
    said = Well(title, Paragraph(_(_SIDES[found.side]), TextRole.MUTED))
    if found.changes:
        said.body.addWidget(changed(found.changes, into_trail(page, found.record)))
    return said


def _said(outcome: Outcome) -> tuple[Tone, str]:
    tone, word = _OUTCOMES[outcome]
    return tone, word


def _line(text: str, tone: Tone, word: str) -> QHBoxLayout:
    line = row(spacing=INSIDE)
    line.addWidget(OneLine(text), 1)
    line.addWidget(mark(tone, _(word)))
    return line


def _item_line(item: Item) -> QHBoxLayout:
    return _line(outside(item.reference), *_STATES[item.state])
