"""One's own card: made once, then shown, saved, and its code read aloud when somebody compares."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app import contacts, files, keyring
from app.cards import MAX_NAME_CHARACTERS, Card
from app.changes import Changes
from app.i18n import _
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from crypto.digest import SafetyCode
from ui import days
from ui.ask import Question, SaveWish
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.contact import card_wish, saved_words
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, INSIDE, STRETCH, clear, column, group, hint, row
from ui.widgets.arrange import Card as Sheet
from ui.widgets.plain import Label, Line, Paragraph, TextRole, Tone, outside
from ui.widgets.qr import QrCode
from ui.widgets.safetycode import SafetyCodeView
from ui.widgets.stated import Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    card: Card | None
    code: SafetyCode | None
    expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    card: Card
    changes: Changes = contacts.CHANGED


class OwnCardPage(Page):
    """Shows the card, or asks for the name to make it with."""

    id = "own-card"
    icon = Icon.CARD
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "contacts"

    @classmethod
    def title(cls) -> str:
        return _("Your own card")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.card: Card | None = None
        self.name = Line()
        self.name.setMaxLength(MAX_NAME_CHARACTERS)
        self.name.setAccessibleName(_("Name on the card"))
        self.name.returnPressed.connect(self.go_on)
        self.shown = column(spacing=BETWEEN)
        self.put(self.shown, STRETCH)
        self.make = buttons.primary(_("Make my card"), self._make, Icon.CARD)
        self.save = buttons.primary(_("Save my card…"), self._save, Icon.CARD)
        self.renew = buttons.plain(_("Make new keys…"), self._renew, Icon.KEY)
        self.put_foot(self.back_button(), STRETCH, self.renew, self.save, self.make)
        for each in (self.make, self.save, self.renew):
            each.hide()
        self._asking = self._name_sheet()
        self.body.insertWidget(0, self._asking)
        self._asking.hide()

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - there is one card
        self.session.ask(self, _own, self._show)

    def go_on(self) -> None:
        if self.card is None:
            self._make()
        else:
            self._save()

    def _name_sheet(self) -> QWidget:
        label = Label(_("Name on the card"), TextRole.STRONG)
        label.setBuddy(self.name)
        return Sheet(
            _("What shall they call you?"),
            hint(
                _(
                    "The name of the organisation, or any name by which they know you. Everybody"
                    " who gets the card can read it."
                )
            ),
            group(label, self.name, spacing=INSIDE // 2),
        )

    def _show(self, own: _Own) -> None:
        self.card = own.card
        self._asking.setVisible(own.card is None)
        self.make.setVisible(own.card is None)
        self.save.setVisible(own.card is not None)
        self.renew.setVisible(own.card is not None)
        clear(self.shown)
        if own.card is None or own.code is None:
            self.name.setFocus()
            return
        card = own.card
        self.heading.setText(outside(card.name))
        if own.expired:
            self.shown.addWidget(
                Stated(
                    Tone.WARN,
                    _("The time of your card is over"),
                    _("Make new keys and give out the new card. The old ones still open bundles."),
                )
            )
        self.shown.addWidget(
            Sheet(
                _("Safety code"),
                hint(
                    _(
                        "When somebody compares your card, read them the groups they ask for. They"
                        " must hear it from you, in person or on a call."
                    )
                ),
                SafetyCodeView(own.code.groups),
            )
        )
        until = _("Valid from {start} until {end}.").format(
            start=days.day(card.valid_from), end=days.day(card.valid_until)
        )
        self.shown.addWidget(
            Sheet(
                _("The card"),
                Paragraph(
                    _(
                        "Save it as a file and give it to those who shall report to you: on a"
                        " stick, by mail, on paper. It is no secret. It lets people seal, never"
                        " open."
                    )
                ),
                QrCode(card.qr_text, _("The card as a picture for a camera")),
                hint(until),
            )
        )
        self.shown.addWidget(
            Sheet(
                _("If this program is gone one day"),
                hint(
                    _(
                        "With your recovery key, other programs can open every bundle that was"
                        " sealed for you. So can whoever finds it: keep it apart from this"
                        " computer, in a safe place."
                    )
                ),
                row(buttons.plain(_("Save the recovery key…"), self._save_key, Icon.KEY), STRETCH),
            )
        )

    def _save_key(self) -> None:
        sure = Question(
            title=_("Save the recovery key in clear?"),
            text=_(
                "Whoever has the file can open everything that was sealed for you, without your"
                " passphrase. On a stick it can be read by whoever finds the stick."
            ),
            verb=_("Save it"),
            keep=_("Not now"),
        )
        if not self.ask.confirm(sure):
            return
        wish = SaveWish(title=_("Save the recovery key"), name="recovery-key.txt")
        to = self.ask.save_file(wish)
        if to is None:
            return

        def write(vault: Vault, _: Progress) -> None:
            with files.replacing(to) as file:
                file.write(keyring.identity_file(vault))

        self.session.ask(self, write, lambda _: self.tell_passing(_said_saved()))

    def _make(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.name.setFocus()
            return
        self._made_with(name)

    def _renew(self) -> None:
        card = self.card
        sure = Question(
            title=_("Make new keys?"),
            text=_(
                "You get a new card, which everybody has to compare again. What was sealed with the"
                " old card can still be opened here."
            ),
            verb=_("Make new keys"),
            keep=_("Keep this card"),
        )
        if card is not None and self.ask.confirm(sure):
            self._made_with(card.name)

    def _made_with(self, name: str) -> None:
        def make(vault: Vault, _: Progress) -> _Made:
            return _Made(card=contacts.make_own_card(vault, name))

        def made(_: _Made) -> None:
            self.arrive(Visit(page=self.id))

        self.session.do(self, make, made)

    def _save(self) -> None:
        card = self.card
        to = None if card is None else self.ask.save_file(card_wish(card))
        if card is None or to is None:
            return

        def write(_: Progress) -> None:
            with files.replacing(to) as file:
                file.write(card.marshal())

        self.session.work(self, write, lambda _: self.tell_passing(saved_words()))


def _said_saved() -> str:
    return _("The recovery key is saved")


def _own(vault: Vault, _: Progress) -> _Own:
    card = contacts.own_card(vault)
    return _Own(
        card=card,
        code=None if card is None else card.safety_code(),
        expired=card is not None and contacts.expired(card, vault.clock().date()),
    )
