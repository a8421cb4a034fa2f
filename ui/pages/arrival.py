"""One bundle that was taken in: what came, what did not, and the receipt for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.errors import AppError, NoOwnCard
from app.i18n import N_, _
from app.inbox import arrived, receipts, undoing
from app.inbox.arrived import Arrival, ReceivedItem
from app.inbox.receipts import Written
from app.inbox.statement import MAX_MESSAGE_CHARACTERS, Verdict
from app.settings import Role
from app.sticks import Stick
from app.tasks import Progress
from app.vault import Vault
from crypto.errors import CryptoError
from ui import days, trust, verdicts
from ui.ask import Question
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.inbox import arrived_words, sender_words
from ui.place import PlaceChoice
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, INSIDE, STRETCH, Card, clear, column, flow, group, hint, row
from ui.widgets.entry import Entry, OneLine
from ui.widgets.plain import Label, Paragraph, TextArea, TextRole, Tone, outside
from ui.widgets.stated import Stated, mark

RECEIPT_BYTES = 300_000
"""A receipt is padded to 256 KiB; a bit more than that is asked of the stick."""

_VERDICTS = {
    Verdict.ACCEPTED: N_("Accepted"),
    Verdict.DAMAGED: N_("Arrived damaged"),
    Verdict.QUESTION: N_("I have a question"),
}

_DETAILS = {
    "new": (Tone.OK, N_("New")),
    "changed": (Tone.NOTE, N_("Newer than yours")),
    "same": (Tone.NOTE, N_("You had it")),
    "in_part": (Tone.NOTE, N_("You have more of it")),
    "fuller": (Tone.WARN, N_("Tells more than yours: not taken in")),
    "conflict": (Tone.WARN, N_("Differs from yours: not taken in")),
}


class ArrivalPage(Page):
    """`Visit.reference`: the id of a bundle that was taken in."""

    id = "arrival"
    icon = Icon.INBOX
    needs = Needs.VAULT
    roles = frozenset({Role.ORGANISATION})
    in_rail = False
    under = "inbox"

    @classmethod
    def title(cls) -> str:
        return _("Taken in")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.bundle: Arrival | None = None
        self.shown = column(spacing=BETWEEN)
        self.answer = column(spacing=BETWEEN)
        self.put(self.shown, self._receipt(), self.answer, STRETCH)
        self.back_out = buttons.plain(_("Undo taking it in…"), self._back_out, Icon.UNDO)
        self.put_foot(self.back_button(), STRETCH, self.back_out, self._done())
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:
        clear(self.answer)
        if self.bundle is None or self.bundle.id != visit.reference:
            # what was typed about one bundle must not go to the sender of another
            self.message.clear()
            self.verdicts[Verdict.ACCEPTED].setChecked(True)
        self.place.look()
        self._refresh(visit.reference)

    def go_on(self) -> None:
        self._make()

    def _refresh(self, bundle: str) -> None:
        self.session.ask(self, lambda vault, _: arrived.get(vault, bundle), self._show)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and self.bundle is not None and changes.kinds & {"contact", "receipt"}:
            self._refresh(self.bundle.id)

    def _done(self) -> buttons.Button:
        return buttons.plain(_("To the inbox"), lambda: self.desk.go(Visit(page="inbox")))

    def _back_out(self) -> None:
        bundle = self.bundle
        if bundle is None:
            return
        wanted = self.ask.confirm(
            Question(
                title=_("Undo taking this bundle in?"),
                text=_(
                    "What was new is removed, what was changed is as it was before. It can be taken"
                    " in again. Files that came stay encrypted in the vault until the removed"
                    " records are erased for good."
                ),
                verb=_("Undo it"),
            )
        )
        if wanted:
            self.session.do(self, lambda vault, _: undoing.undo(vault, bundle.id), self._undone)

    def _undone(self, _: object) -> None:
        self.bundle = None
        self.desk.go(Visit(page="inbox"))

    # --- what came ------------------------------------------------------------------------------

    def _show(self, bundle: Arrival) -> None:
        self.bundle = bundle
        clear(self.shown)
        self.shown.addWidget(self._stand(bundle))
        card = Card(_("What came"), Paragraph(arrived_words(bundle), TextRole.MUTED))
        for incident in bundle.incidents:
            card.body.addWidget(
                Entry(
                    Icon.REPORT,
                    outside(incident.title.text or incident.short_ref),
                    _("Reference {reference}").format(reference=incident.short_ref),
                    lambda incident=incident: self.desk.go(  # type: ignore[misc]
                        Visit(page="incident", reference=incident.id)
                    ),
                )
            )
        odd = [each for each in bundle.items if each.verdict != "accepted"]
        for item in odd:
            card.body.addWidget(_item_line(item))
        self.shown.addWidget(card)
        self._show_answer(bundle)
        self._look()

    def _stand(self, bundle: Arrival) -> QWidget:
        about = _("Bundle {name}, sealed on {day}.").format(
            name=outside(bundle.name), day=days.day(bundle.day)
        )
        if not bundle.whole:
            return Stated(
                Tone.WARN,
                _("Taken in, not everything"),
                "\n".join((_("What did not come is listed below."), about)),
            )
        sender = bundle.sender
        tone = Tone.OK if sender is not None else Tone.NOTE
        who = sender_words(bundle)
        if sender is not None:
            who = f"{who} · {trust.sentence(sender)}"
        return Stated(tone, _("Taken in, whole"), f"{who}\n{about}")

    # --- the receipt ----------------------------------------------------------------------------

    def _receipt(self) -> QWidget:
        self.verdicts = {each: buttons.chip(_(words)) for each, words in _VERDICTS.items()}
        self._one = buttons.one_of(*self.verdicts.values())
        self.verdicts[Verdict.ACCEPTED].setChecked(True)
        self.message = TextArea(lines=3)
        self.message.refused.connect(self.warn)
        title = _("Message (only the sender can read it)")
        self.message.setAccessibleName(title)
        label = Label(title, TextRole.STRONG)
        label.setBuddy(self.message)
        self.place = PlaceChoice(self.desk)
        self.place.need((RECEIPT_BYTES,))
        self.make = buttons.primary(_("Make the receipt"), self._make, Icon.RECEIPT)
        self.place.changed.connect(self._look)
        self.form = Card(
            _("Receipt"),
            hint(
                _(
                    "It tells the sender what became of each record. It is sealed; give it back the"
                    " way the bundle came."
                )
            ),
            group(flow(*self.verdicts.values()), spacing=0),
            group(label, self.message, spacing=INSIDE // 2),
            self.place,
            row(STRETCH, self.make),
        )
        self.form.hide()
        return self.form

    def _show_answer(self, bundle: Arrival) -> None:
        self.form.setVisible(bundle.reply and not bundle.verdict)
        if not bundle.whole and not self.message.toPlainText():
            self.verdicts[Verdict.QUESTION].setChecked(True)
        if self.answer.count():
            return
        if bundle.verdict:
            self.answer.addWidget(
                Stated(
                    verdicts.tone(bundle.verdict),
                    _("A receipt was made: {verdict}").format(
                        verdict=verdicts.word(bundle.verdict)
                    ),
                    "",
                    buttons.plain(_("Make another"), self._again, Icon.RECEIPT),
                )
            )
        elif not bundle.reply:
            self.answer.addWidget(
                Stated(
                    Tone.NOTE,
                    _("No receipt can be made"),
                    _("The bundle carries no way to answer its sender."),
                )
            )

    def _again(self) -> None:
        clear(self.answer)
        self.form.show()

    def _look(self) -> None:
        self.make.setEnabled(self.bundle is not None and self.place.fits)

    def _make(self) -> None:
        if self.make.isEnabled() and not self.form.isHidden():
            self.place.settle(self._make_at)

    def _make_at(self, place: Stick) -> None:
        bundle = self.bundle
        message = self.message.toPlainText().strip()
        if bundle is None:
            return
        if len(message) > MAX_MESSAGE_CHARACTERS:
            self.tell(
                Tone.BAD,
                _("The message is too long"),
                _("At most {count} characters.").format(count=MAX_MESSAGE_CHARACTERS),
            )
            return
        verdict = next(each for each, chip in self.verdicts.items() if chip.isChecked())
        self.make.setEnabled(False)

        def make(vault: Vault, progress: Progress) -> Written:
            return receipts.make(
                vault,
                bundle.id,
                folder=place.path,
                verdict=verdict,
                message=message,
                progress=progress,
            )

        task = self.session.do(self, make, self._made, self._not_made)
        if task is not None:
            task.finished.connect(self._look)

    def _made(self, written: Written) -> None:
        self.message.clear()
        self.form.hide()
        clear(self.answer)
        self.answer.addWidget(
            Stated(
                Tone.OK,
                _("The receipt is sealed: {name}").format(name=written.path.name),
                _("Saved in “{place}”, read back, the same. Give it back to the sender.").format(
                    place=outside(written.path.parent.name)
                ),
            )
        )

    def _not_made(self, error: Exception) -> None:
        if isinstance(error, NoOwnCard):
            clear(self.answer)
            self.answer.addWidget(
                Stated(
                    Tone.WARN,
                    _("You have no card yet"),
                    _("A receipt is signed with the key of your card, so that it is believed."),
                    buttons.primary(
                        _("Make my card…"),
                        lambda: self.desk.go(Visit(page="own-card")),
                        Icon.CARD,
                    ),
                )
            )
        elif isinstance(error, AppError | CryptoError):
            self.banner.tell(notice_of(error))
        else:
            raise error


def _item_line(item: ReceivedItem) -> QWidget:
    tone, word = _DETAILS.get(item.detail, (Tone.BAD, N_("Damaged")))
    line = row(spacing=INSIDE)
    line.addWidget(OneLine(outside(item.detail if not item.record else item.kind)), 1)
    line.addWidget(mark(tone, _(word)))
    return group(line)
