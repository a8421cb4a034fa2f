"""Contacts: who may receive what is sealed, who sent what arrived, and one's own card."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import contact_names, contacts, files
from app.cards import MAX_CARD_BYTES, Card
from app.changes import Changes
from app.contacts import Added, Contact, ContactId
from app.i18n import _
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui import trust
from ui.ask import FileKind, OpenWish
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.widgets import buttons
from ui.widgets.arrange import (
    INSIDE,
    STRETCH,
    clear,
    column,
    group,
    heading,
    hint,
    row,
)
from ui.widgets.arrange import (
    Card as Sheet,
)
from ui.widgets.empty import Empty
from ui.widgets.entry import Entry
from ui.widgets.filedrop import FileDrop
from ui.widgets.plain import Label, Paragraph, TextArea, TextRole, Tone, outside
from ui.widgets.searchline import SearchLine
from ui.widgets.stated import mark

_AT_A_GLANCE = 8
"""So many contacts need no search."""

CARD_FILES = FileKind(label="Hoopoe", patterns=("*.card", "*.txt", "*"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    own: Card | None
    known: tuple[Contact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _CardAdded:
    contact: Contact
    added: Added
    changes: Changes = contacts.CHANGED


class ContactsPage(Page):
    """The list, and the ways to add to it. `Visit.reference`: a contact that was just removed."""

    id = "contacts"
    icon = Icon.PEOPLE
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    takes_files = True

    @classmethod
    def title(cls) -> str:
        return _("Contacts")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._removed = ""
        self.own = group(spacing=INSIDE)
        self._known: tuple[Contact, ...] = ()
        self.words = SearchLine()
        self.words.setPlaceholderText(_("Search contacts"))
        self.words.setAccessibleName(_("Search contacts"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _: self._show_known())
        self.words.hide()
        self.list = column(spacing=INSIDE)
        self.put(self.own, self.words, self.list, self._adding())
        self.put(STRETCH)
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:
        self._refresh()
        if visit.reference and visit.reference != self._removed:
            self._removed = visit.reference
            removed = ContactId(visit.reference)
            self.offer_undo(_("Removed from the list"), lambda: self._bring_back(removed))
        if visit.files:
            self.take_files(visit.files)

    def take_files(self, files: tuple[Path, ...]) -> None:
        if files:
            card = files[0]
            self.session.do(self, lambda vault, _: _read_and_add(vault, card), self._added)

    def go_on(self) -> None:
        self._choose()

    # --- adding ---------------------------------------------------------------------------------

    def _adding(self) -> QWidget:
        self.drop = FileDrop(_("Drop a card file here"), _("Choose a card file…"), self._choose)
        self.drop.dropped.connect(self.take_files)
        self.pasted = TextArea(lines=5)
        self.pasted.refused.connect(self.warn)
        self.pasted.setAccessibleName(_("Text of the card"))
        self.pasted.setPlaceholderText("hoopoe card v1 …")
        self._add_text = buttons.primary(_("Add this card"), self._add_pasted, Icon.PLUS)
        self.paste = group(
            hint(_("Paste all of it, from “hoopoe card v1” to the line “signature”.")),
            self.pasted,
            row(STRETCH, self._add_text),
            spacing=INSIDE,
        )
        self.paste.hide()
        self._unfold = buttons.quiet(_("Paste the text of a card instead"), self._show_paste)
        return Sheet(
            _("Add a receiver"),
            hint(_("Every receiver has a card: a small text file. It is no secret.")),
            self.drop,
            row(self._unfold, STRETCH),
            self.paste,
        )

    def _show_paste(self) -> None:
        self.paste.show()
        self._unfold.hide()
        self.pasted.setFocus()

    def _choose(self) -> None:
        path = self.ask.open_file(OpenWish(title=_("Choose a card file"), kinds=(CARD_FILES,)))
        if path is not None:
            self.take_files((path,))

    def _add_pasted(self) -> None:
        text = self.pasted.toPlainText().strip() + "\n"
        self.session.do(self, lambda vault, _: _add(vault, text.encode()), self._added)

    def _added(self, done: _CardAdded) -> None:
        self.pasted.clear()
        self.desk.go(Visit(page="contact", reference=done.contact.id))

    # --- the list -------------------------------------------------------------------------------

    def _refresh(self) -> None:
        self.session.ask(self, _listed, self._show)

    def _on_changed(self, changes: Changes) -> None:
        if "contact" in changes.kinds and self.isVisible():
            self._refresh()

    def _show(self, listed: _Listed) -> None:
        self._show_own(listed.own)
        self._known = listed.known
        many = len(listed.known) > _AT_A_GLANCE
        if not many:
            self.words.clear()
        self.words.setVisible(many)
        self._show_known()

    def _show_known(self) -> None:
        clear(self.list)
        found = contact_names.fitting(self._known, self.words.text())
        receivers = [each for each in found if each.can_receive]
        senders = [each for each in found if not each.can_receive]
        if not self._known:
            self.list.addWidget(self._nobody())
        elif not found:
            none = _("Nothing found. Try fewer letters.")
            self.list.addWidget(Paragraph(none, TextRole.MUTED))
        elif receivers:
            self.list.addWidget(heading(_("Receivers")))
        for each in receivers:
            self.list.addWidget(self._entry(each))
        if senders:
            self.list.addWidget(heading(_("Senders")))
        for each in senders:
            self.list.addWidget(self._entry(each))

    def _entry(self, contact: Contact) -> Entry:
        return Entry(
            Icon.PERSON,
            outside(contact.name),
            trust.sentence(contact),
            lambda: self.desk.go(Visit(page="contact", reference=contact.id)),
            mark(trust.tone(contact), trust.word(contact)),
        )

    def _nobody(self) -> QWidget:
        return Empty(
            Icon.PEOPLE,
            _("Nobody yet"),
            _(
                "You need the card of the organisation that shall receive your reports. Ask them"
                " for it, and drop the file below."
            ),
        )

    # --- one's own card -------------------------------------------------------------------------

    def _show_own(self, card: Card | None) -> None:
        layout = self.own.layout()
        if layout is None:
            return
        clear(layout)
        if self.desk.preferences.now.role is Role.RECORDER and card is None:
            # who only records needs no card: receipts come back by a key inside the bundle
            self.own.hide()
            return
        if card is None:
            button = buttons.primary(_("Make my card…"), self._show_card, Icon.CARD)
            text = hint(_("Others need your card to seal something that only you can open."))
        else:
            button = buttons.primary(_("Show my card"), self._show_card, Icon.CARD)
            text = hint(_("Give it to those who shall report to you. It is no secret."))
        name = Label(outside(card.name) if card else _("No card yet"), TextRole.STRONG)
        layout.addWidget(
            Sheet(_("Your own card"), row(column(name, text, spacing=2), button, spacing=20))
        )
        self.own.show()

    def _show_card(self) -> None:
        self.desk.go(Visit(page="own-card"))

    def _bring_back(self, contact: ContactId) -> None:
        def back(vault: Vault, _: Progress) -> Changes:
            return contacts.bring_back(vault, contact)

        self.session.do(self, back, lambda _: self.tell(Tone.OK, _back_again()))


def _back_again() -> str:
    return _("Back on the list")


def _listed(vault: Vault, _: Progress) -> _Listed:
    return _Listed(own=contacts.own_card(vault), known=tuple(contacts.every(vault)))


def _read_and_add(vault: Vault, path: Path) -> _CardAdded:
    return _add(vault, files.read_small(path, limit=MAX_CARD_BYTES))


def _add(vault: Vault, data: bytes) -> _CardAdded:
    contact, added = contacts.add_card(vault, data)
    return _CardAdded(contact=contact, added=added)
