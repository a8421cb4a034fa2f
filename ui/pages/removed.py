"""What is past its last day, and what was removed: brought back, or erased for good.

The program lists; a person decides. Nothing on this page happens by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import retention, store, titles
from app.changes import Changes
from app.i18n import _, ngettext
from app.records import Kind, Record
from app.retention import Erased, Removed
from app.tasks import Progress
from app.vault import Vault
from ui import days
from ui.ask import Question
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, flow, hint, row, within
from ui.widgets.entry import OneLine
from ui.widgets.plain import Label, TextRole, Tone, outside
from ui.widgets.stated import mark

_PAGES = {
    Kind.INCIDENT: "incident",
    Kind.COMMITTEE_APPLICATION: "committee-application",
    Kind.INDEPENDENCE_OBSERVATION: "observation",
}
_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the page shows."""

    due: tuple[Record, ...]
    removed: tuple[Removed, ...]


class RemovedPage(Page):
    """Reached from the settings, while a vault is open."""

    id = "removed"
    icon = Icon.TRASH
    in_rail = False
    under = "settings"

    @classmethod
    def title(cls) -> str:
        return _("Removed and due")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._listed = Listed(due=(), removed=())
        self.due = column(spacing=INSIDE)
        self.removed = column(spacing=INSIDE)
        self.erase_old = buttons.danger(_("Erase all that was removed long ago…"), self._erase_old)
        kept = ngettext(
            "It can be brought back as long as it stands here. After {count} day it is marked for a"
            " decision.",
            "It can be brought back as long as it stands here. After {count} days it is marked for"
            " a decision.",
            retention.DAYS_KEPT,
        ).format(count=retention.DAYS_KEPT)
        self.put(
            Card(
                _("Past its last day"),
                hint(
                    _(
                        "To keep a record longer, give it a later day under “Keep until”."
                        " Nothing is removed by itself."
                    )
                ),
                self.due,
            ),
            Card(_("Removed"), hint(kept), self.removed, row(self.erase_old, STRETCH)),
            hint(limits()),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH)
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same from wherever one comes
        self._look()

    # --- showing ------------------------------------------------------------------------------

    def _look(self) -> None:
        self.session.ask(self, _listed, self._show)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & _KINDS:
            self._look()

    def _show(self, listed: Listed) -> None:
        self._listed = listed
        self._fill(self.due, [self._due_line(each) for each in listed.due])
        self._fill(self.removed, [self._removed_line(each) for each in listed.removed])
        self.erase_old.setVisible(bool(self._old()))

    def _fill(self, lines: QVBoxLayout, made: list[QWidget]) -> None:
        clear(lines)
        for each in made or [Label(_("Nothing"), TextRole.MUTED)]:
            lines.addWidget(each)

    def _due_line(self, record: Record) -> QWidget:
        until = record.retention_until
        said = "" if until is None else _("to be kept until {day}").format(day=days.day(until))
        marks = [mark(Tone.NOTE, _("Legal hold"))] if record.legal_hold else []
        remove = _named(_("Remove"), record, lambda: self._remove(record))
        page = _PAGES.get(record.kind, "record")
        opening = Visit(page=page, reference=record.id)
        look = _named(_("Open"), record, lambda: self.desk.go(opening))
        return _line(record, said, marks, look, remove)

    def _removed_line(self, each: Removed) -> QWidget:
        record = each.record
        said = _("removed on {day}").format(day=days.day(each.on))
        marks = [mark(Tone.WARN, _("To be decided"))] if each.is_due else []
        back = _named(_("Bring back"), record, lambda: self._bring_back(record))
        if each.is_held:
            return _line(record, said, [*marks, mark(Tone.NOTE, _("Legal hold"))], back)
        erase = _named(_("Erase for good…"), record, lambda: self._erase(record))
        return _line(record, said, marks, back, erase)

    # --- doing --------------------------------------------------------------------------------

    def _remove(self, record: Record) -> None:
        said = _("Removed: {name}").format(name=outside(titles.title(record)))
        self.session.do(
            self,
            lambda vault, _: store.remove(vault, record.id, why=""),
            lambda _: self.offer_undo(said, lambda: self._bring_back(record)),
        )

    def _bring_back(self, record: Record) -> None:
        said = _("Brought back: {name}").format(name=outside(titles.title(record)))
        self.session.do(
            self,
            lambda vault, _: store.bring_back(vault, record.id),
            lambda _: self.tell_passing(said),
        )

    def _erase(self, record: Record) -> None:
        name = outside(titles.title(record))
        self._ask_and_erase(_("Erase “{name}” for good?").format(name=name), (record,))

    def _erase_old(self) -> None:
        old = self._old()
        title = ngettext(
            "Erase {count} record for good?", "Erase {count} records for good?", len(old)
        ).format(count=len(old))
        self._ask_and_erase(title, old)

    def _old(self) -> tuple[Record, ...]:
        return tuple(
            each.record for each in self._listed.removed if each.is_due and not each.is_held
        )

    def _ask_and_erase(self, title: str, chosen: tuple[Record, ...]) -> None:
        question = Question(
            title=title,
            text=_("Nobody can bring it back, also not its earlier states and its files.")
            + "\n"
            + limits(),
            verb=_("Erase for good"),
            keep=_("Keep it"),
            loses=True,
        )
        if not self.ask.confirm(question):
            return

        def erase(vault: Vault, _: Progress) -> Erased:
            return retention.erase(vault, *(record.id for record in chosen))

        self.session.do(self, erase, self._erased)

    def _erased(self, done: Erased) -> None:
        self.tell_passing(
            ngettext(
                "{count} record was erased for good.",
                "{count} records were erased for good.",
                done.records,
            ).format(count=done.records)
        )


def limits() -> str:
    """What erasing a record cannot reach."""
    return _(
        "Erasing does not reach bundles that were sealed before, copies of the vault, and what was"
        " written out of it. On SSDs and USB sticks a laboratory may find older bytes of the vault:"
        " they stay encrypted."
    )


def _listed(vault: Vault, _progress: Progress) -> Listed:
    return Listed(due=tuple(retention.due(vault)), removed=tuple(retention.removed(vault)))


def _named(text: str, record: Record, clicked: Callable[[], None]) -> buttons.Button:
    """A button that says to those who cannot see the line what it is about."""
    made = buttons.plain(text, clicked)
    made.setAccessibleName(f"{text}: {outside(titles.title(record))}")
    return made


def _line(record: Record, said: str, marks: list[QWidget], *actions: buttons.Button) -> QWidget:
    told = " · ".join(part for part in (titles.kind(record.kind), said) if part)
    words = column(
        OneLine(outside(titles.title(record)), TextRole.STRONG),
        Label(told, TextRole.MUTED),
        flow(*marks, *actions),
        spacing=4,
    )
    return within(QWidget(), words)
