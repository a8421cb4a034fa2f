"""One contact: how far the keys can be trusted, the safety code, the card; rename and remove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app import contacts, files
from app.cards import Card
from app.changes import Changes
from app.contacts import Contact, ContactId, Trust
from app.i18n import _
from app.names import safe_name
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from crypto.digest import SafetyCode
from ui import days, trust
from ui.ask import Choice, FileKind, Option, Prompt, SaveWish
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, STRETCH, clear, column, group, hint, row
from ui.widgets.arrange import Card as Sheet
from ui.widgets.plain import Paragraph, TextArea, Tone, outside
from ui.widgets.qr import QrCode
from ui.widgets.safetycode import SafetyCodeView
from ui.widgets.stated import Stated, mark


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    contact: Contact
    code: SafetyCode | None
    expired: bool


class ContactPage(Page):
    """Reached from the list; `Visit.reference` is the contact's id."""

    id = "contact"
    icon = Icon.PERSON
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "contacts"

    @classmethod
    def title(cls) -> str:
        return _("Contact")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.contact: Contact | None = None
        self._shown = ContactId("")
        self.about = column(spacing=BETWEEN)
        self.note = TextArea(lines=2)
        self.note.refused.connect(self.warn)
        self.note.setAccessibleName(_("Note"))
        self.put(
            self.about,
            Sheet(_("Note"), hint(_("It never leaves this vault.")), self.note),
            STRETCH,
        )
        self._rename_button = buttons.plain(_("Rename…"), self._rename, Icon.WRITE)
        self._remove_button = buttons.plain(_("Remove from the list"), self._remove, Icon.TRASH)
        self.put_foot(self.back_button(), STRETCH, self._remove_button, self._rename_button)

    def arrive(self, visit: Visit) -> None:
        self._shown = ContactId(visit.reference)
        self.session.ask(
            self, lambda vault, _: _known(vault, ContactId(visit.reference)), self._show
        )

    def flush(self) -> None:
        contact = self.contact
        typed = self.note.toPlainText().strip()
        if contact is None or typed == contact.note:
            return
        self.contact = None
        self.session.do(
            self, lambda vault, _: contacts.note(vault, contact.id, typed), lambda _: None
        )

    def go_on(self) -> None:
        if self.contact is not None and self.contact.card is not None:
            self._compare()

    # --- what is shown --------------------------------------------------------------------------

    def _show(self, known: _Known) -> None:
        contact = known.contact
        self.contact = contact
        self.heading.setText(outside(contact.name))
        self.note.setPlainText(contact.note)
        clear(self.tools)
        self.tools.addWidget(mark(trust.tone(contact), trust.word(contact)))
        clear(self.about)
        self.about.addWidget(self._stand(contact))
        if known.code is not None and contact.trust is Trust.VERIFIED:
            # before, the digits have to be heard: whoever could read them here would copy them
            self.about.addWidget(self._code(known.code))
        if contact.card is not None:
            self.about.addWidget(self._card(contact.card, known))

    def _stand(self, contact: Contact) -> QWidget:
        if contact.trust is Trust.CHANGED:
            return self._changed(contact)
        compare = buttons.primary(_("Compare now"), self._compare, Icon.CHECK)
        if contact.trust is Trust.VERIFIED:
            return Stated(Tone.OK, trust.compared(contact), _("What you seal, only they can open."))
        if contact.card is None:
            return Stated(
                Tone.WARN,
                _("A sender without a card"),
                _(
                    "You gave this name to the key that signed a bundle. Whoever has that key can"
                    " sign again; nobody has confirmed whose it is."
                ),
            )
        return Stated(
            Tone.WARN,
            _("You have not compared the code yet"),
            _(
                "The card may have been swapped on its way. Then somebody else could read what you"
                " seal. Comparing takes a minute."
            ),
            compare,
        )

    def _changed(self, contact: Contact) -> QWidget:
        told = _(
            "Either they made new keys, or somebody wants to read what is meant for them. Ask them"
            " in person or on a call before you decide. Until then nothing is sealed to them."
        )
        vouched = _(
            "The new keys are signed with the old one. That is a good sign, if nobody else has the"
            " old key."
        )
        return Stated(
            Tone.BAD,
            _("The keys have changed"),
            f"{told} {vouched}" if contact.vouched else told,
            buttons.plain(_("Keep the old keys"), self._refuse),
            buttons.danger(_("Take the new keys…"), self._accept),
        )

    def _code(self, code: SafetyCode) -> QWidget:
        return Sheet(
            _("Safety code"),
            hint(
                _(
                    "The same thirty digits stand on their screen if the card is genuine. Compare"
                    " them by another way than the one the card came by."
                )
            ),
            SafetyCodeView(code.groups),
        )

    def _card(self, card: Card, known: _Known) -> QWidget:
        until = Paragraph(
            _("Valid from {start} until {end}.").format(
                start=days.day(card.valid_from), end=days.day(card.valid_until)
            )
        )
        self.qr = group(
            QrCode(card.qr_text, _("The card as a picture for a camera")),
            hint(_("Another copy of the program can read this from the screen.")),
        )
        self.qr.hide()
        show = buttons.plain(_("Show as QR code"), lambda: self._show_qr(show), Icon.EYE)
        save = buttons.plain(_("Save a copy of the card…"), self._save, Icon.CARD)
        sheet = Sheet(_("Card"), until, row(show, save, STRETCH), self.qr)
        if known.expired:
            over = Stated(
                Tone.WARN,
                _("The time of this card is over"),
                _("You can still seal with it. Ask for a new one when you can."),
            )
            sheet.body.insertWidget(1, over)
        return sheet

    def _show_qr(self, button: buttons.Button) -> None:
        self.qr.show()
        button.hide()

    # --- what can be done -----------------------------------------------------------------------

    def _compare(self) -> None:
        self.desk.go(Visit(page="compare", reference=self._shown))

    def _rename(self) -> None:
        if self.contact is None:
            return
        name = self.ask.text(
            Prompt(
                title=_("Rename"),
                text=_("Only you see this name."),
                label=_("Name"),
                verb=_("Rename"),
            )
        )
        if name is not None and name.strip():
            self._do(lambda vault: contacts.rename(vault, self._shown, name))

    def _remove(self) -> None:
        shown = self._shown

        def removed(_: Changes) -> None:
            self.desk.go(Visit(page="contacts", reference=shown))

        self.session.do(self, lambda vault, _: contacts.remove(vault, shown), removed)

    def _accept(self) -> None:
        chosen = self.ask.choose(
            Choice(
                title=_("Take the new keys?"),
                text=_(
                    "The old keys are forgotten. The new ones have to be compared before they count"
                    " as checked."
                ),
                options=(Option(id="take", verb=_("Take the new keys"), loses=True),),
                keep=_("Decide later"),
            )
        )
        if chosen == "take":
            self._do(lambda vault: _accept(vault, self._shown))

    def _refuse(self) -> None:
        self._do(lambda vault: _refuse(vault, self._shown))

    def _save(self) -> None:
        if self.contact is None or self.contact.card is None:
            return
        card = self.contact.card
        to = self.ask.save_file(card_wish(card))
        if to is not None:

            def write(_: Progress) -> None:
                with files.replacing(to) as file:
                    file.write(card.marshal())

            self.session.work(self, write, lambda _: self.tell_passing(saved_words()))

    def _do(self, command: Callable[[Vault], Changes]) -> None:
        self.flush()

        def again(_: Changes) -> None:
            self.arrive(Visit(page=self.id, reference=self._shown))

        self.session.do(self, lambda vault, _: command(vault), again)


def card_wish(card: Card) -> SaveWish:
    """Where to save a card, under a name that fits."""
    return SaveWish(
        title=_("Save the card"),
        name=safe_name(f"{card.name}.card"),
        kinds=(FileKind(label=_("Cards"), patterns=("*.card",)),),
    )


def saved_words() -> str:
    """Said when a card was written."""
    return _("The card is saved")


def _known(vault: Vault, contact: ContactId) -> _Known:
    found = contacts.get(vault, contact)
    card = found.card
    return _Known(
        contact=found,
        code=None if card is None else card.safety_code(),
        expired=card is not None and contacts.expired(card, vault.clock().date()),
    )


def _accept(vault: Vault, contact: ContactId) -> Changes:
    contacts.accept_change(vault, contact)
    return contacts.CHANGED


def _refuse(vault: Vault, contact: ContactId) -> Changes:
    contacts.refuse_change(vault, contact)
    return contacts.CHANGED
