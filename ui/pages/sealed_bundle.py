"""One sealed bundle: just made, with the way to another copy; or looked up, with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import carrying, i18n, sizes
from app.bundles import sent
from app.bundles.leaflet import heading_of
from app.bundles.sent import Sent, SentIncident
from app.i18n import N_, _, ngettext
from app.inbox import delivered
from app.inbox.delivered import Delivery, Leaving, RecordAnswer
from app.settings import Role
from app.sticks import Stick
from app.vault import Vault
from ui import days, verdicts
from ui.ask import Question
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.sealed import held_words
from ui.place import PlaceChoice
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, INSIDE, STRETCH, Card, clear, column, group, hint, row
from ui.widgets.entry import OneLine
from ui.widgets.plain import Label, Paragraph, TextRole, Tone, outside, outside_text
from ui.widgets.stated import Stated, Step, mark

_DELIVERIES = {
    Delivery.WAITING: (Tone.NOTE, N_("Nothing said of it")),
    Delivery.DELIVERED: (Tone.OK, N_("Delivered")),
    Delivery.DAMAGED: (Tone.BAD, N_("Damaged: send again")),
    Delivery.QUESTION: (Tone.WARN, N_("A question")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    sent: Sent
    answers: tuple[RecordAnswer, ...]
    leaving: tuple[Leaving, ...]


class SealedBundlePage(Page):
    """`Visit.reference`: the bundle's id; `files`: where it was saved a moment ago, if it was."""

    id = "sealed-bundle"
    icon = Icon.SEAL
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER})
    in_rail = False
    under = "sealed"

    @classmethod
    def title(cls) -> str:
        return _("Sealed bundle")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._path: Path | None = None
        self.shown = column(spacing=BETWEEN)
        self.place = PlaceChoice(desk)
        self.place.changed.connect(self._look)
        self.copy = buttons.plain(_("Save another copy"), self._save_copy, Icon.COPY)
        self.copies = Card(
            _("Another copy"),
            hint(_("Sticks get lost. Give two to two people.")),
            self.place,
            row(self.copy, STRETCH),
        )
        self.put(self.shown, self.copies, STRETCH)
        self.put_foot(
            self.back_button(),
            STRETCH,
            buttons.primary(_("Done"), lambda: self.desk.go(Visit(page="sealed")), Icon.CHECK),
        )

    def arrive(self, visit: Visit) -> None:
        self._path = visit.files[0] if visit.files else None
        self.copies.setVisible(self._path is not None)
        if self._path is not None:
            self.place.look()
        self.session.ask(self, lambda vault, _: _look_up(vault, visit.reference), self._show)

    def go_on(self) -> None:
        self.desk.go(Visit(page="sealed"))

    def _show(self, found: _Found) -> None:
        bundle = found.sent
        clear(self.shown)
        self.place.need((bundle.size,))
        if self._path is not None:
            self.shown.addWidget(self._just_sealed(bundle, self._path))
        else:
            self.shown.addWidget(self._answer(bundle))
        self.shown.addWidget(self._name(bundle))
        self.shown.addWidget(self._held(bundle))
        if bundle.verdict:
            self.shown.addWidget(_said(found.answers))
        for each in found.leaving:
            self.shown.addWidget(self._leaving(bundle, each))

    def _just_sealed(self, bundle: Sent, path: Path) -> QWidget:
        where = outside(path.parent.name or str(path.parent))
        return Card(
            "",
            Stated(
                Tone.OK,
                _("Sealed."),
                _("Only {name} can open it.").format(name=outside(bundle.receiver)),
            ),
            Step(
                Tone.OK,
                _("Read back: the same"),
                _("Saved in “{place}”. You can pull the stick out.").format(place=where),
            ),
        )

    def _answer(self, bundle: Sent) -> QWidget:
        title = verdicts.word(bundle.verdict)
        if bundle.answered_on:
            title = _("{verdict} · {day}").format(
                verdict=title, day=days.day_of(bundle.answered_on)
            )
        frame = Stated(verdicts.tone(bundle.verdict), title, verdicts.sentence(bundle.verdict))
        if not bundle.message:
            return frame
        said = Paragraph(outside_text(bundle.message))
        told = hint(_("{name} writes:").format(name=outside(bundle.receiver)))
        return group(frame, Card("", told, said))

    def _name(self, bundle: Sent) -> QWidget:
        name = Label(bundle.name, TextRole.CODE)
        name.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        signed = _("Signed.") if bundle.signed else _("Not signed.")
        return Card(
            _("Name of the bundle"),
            name,
            hint(_("Read it aloud to the receiver, so that they know which one to expect.")),
            Paragraph(
                _("To {name} on {day}. {size}. {signed}").format(
                    name=outside(bundle.receiver),
                    day=days.day(bundle.day),
                    size=sizes.words(bundle.size),
                    signed=signed,
                )
            ),
        )

    def _held(self, bundle: Sent) -> QWidget:
        card = Card(_("What it held"), Paragraph(held_words(bundle), TextRole.MUTED))
        for incident in bundle.incidents:
            card.body.addLayout(self._incident(incident))
        if bundle.changed:
            again = buttons.primary(
                _("Seal what is new"), lambda: self._seal_again(bundle), Icon.SEAL
            )
            card.body.addWidget(
                Stated(
                    Tone.WARN,
                    _("Changed since it was sealed"),
                    _("The receiver does not know what you wrote since. Seal it again for them."),
                    again,
                )
            )
        return card

    def _leaving(self, bundle: Sent, leaving: Leaving) -> QWidget:
        """Only what was delivered whole, and did not change since, is offered to be removed."""
        told = [
            _("{name} has every record of it that you sealed.").format(
                name=outside(bundle.receiver)
            )
        ]
        if leaving.only_here:
            told.append(
                ngettext(
                    "{count} record of it was not in the bundle and is only here.",
                    "{count} records of it were not in the bundle and are only here.",
                    leaving.only_here,
                ).format(count=leaving.only_here)
            )
        if leaving.files:
            told.append(
                ngettext(
                    "{count} original file lies here; the receiver may have only a copy without"
                    " what was hidden in it.",
                    "{count} original files lie here; the receiver may have only copies without"
                    " what was hidden in them.",
                    leaving.files,
                ).format(count=leaving.files)
            )
        told.append(_("Your notes and what you held back were never sent."))
        text = "\n".join(told)
        return Stated(
            Tone.NOTE,
            _("“{title}” is delivered").format(title=outside(leaving.title)),
            text,
            buttons.plain(
                _("Remove it from this device…"),
                lambda: self._remove(bundle, leaving, text),
                Icon.TRASH,
            ),
        )

    def _remove(self, bundle: Sent, leaving: Leaving, text: str) -> None:
        question = Question(
            title=_("Remove this report from this device?"),
            text=text
            + "\n"
            + _("It goes to Removed, where it can be brought back, or erased for good."),
            verb=_("Remove it"),
        )
        if not self.ask.confirm(question):
            return

        def removed(_: object) -> None:
            self.desk.go(Visit(page="sealed"))

        self.session.do(
            self, lambda vault, _: delivered.remove(vault, bundle.id, leaving.incident), removed
        )

    def _incident(self, incident: SentIncident) -> QHBoxLayout:
        title = OneLine(outside(incident.title.text or incident.short_ref))
        line = row(spacing=INSIDE)
        line.addWidget(title, 1)
        if incident.changed:
            line.addWidget(mark(Tone.WARN, _("Changed since")))
        return line

    def _seal_again(self, bundle: Sent) -> None:
        changed = next((each.id for each in bundle.incidents if each.changed), "")
        self.desk.go(Visit(page="seal", reference=changed))

    def _look(self) -> None:
        self.copy.setEnabled(self.place.chosen is not None and self.place.fits)

    def _save_copy(self) -> None:
        self.place.settle(self._copy_to)

    def _copy_to(self, place: Stick) -> None:
        path = self._path
        if path is None or not self.place.fits:
            return

        def copied(done: carrying.Delivery) -> None:
            told = _("Copied to “{place}”, read back, the same. You can pull it out now.")
            if done.busy:
                told = _("Copied to “{place}”, read back. Another program is writing to it: wait.")
            tone = Tone.WARN if done.busy else Tone.OK
            self.tell(tone, told.format(place=outside(done.place.name)))
            self.place.look()

        self.session.work(
            self, lambda progress: carrying.copy_one(path, to=place.path, progress=progress), copied
        )


def _look_up(vault: Vault, bundle: str) -> _Found:
    return _Found(
        sent=sent.get(vault, bundle),
        answers=delivered.of_bundle(vault, bundle),
        leaving=delivered.leaving(vault, bundle),
    )


def _said(answers: tuple[RecordAnswer, ...]) -> QWidget:
    """How many records are delivered, and each one that is not."""
    card = Card(_("What was said of each record"))
    count = sum(each.delivery is Delivery.DELIVERED for each in answers)
    words = _("{count} of {all} records are delivered.").format(count=count, all=len(answers))
    card.body.addWidget(Paragraph(words))
    for each in answers:
        if each.delivery is Delivery.DELIVERED:
            continue
        tone, word = _DELIVERIES[each.delivery]
        line = row(spacing=INSIDE)
        kind = heading_of(each.kind, i18n.window())
        line.addWidget(OneLine(f"{kind}: {outside(each.title)}"), 1)
        if each.sent_again:
            line.addWidget(mark(Tone.NOTE, _("Sealed again since")))
        line.addWidget(mark(tone, _(word)))
        card.body.addLayout(line)
    return card
