"""Who may open it: the receiver, how far the keys are checked, and what that means."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.bundles.sealing import Caution
from app.contacts import Contact, ContactId, Trust
from app.i18n import _
from ui import trust
from ui.icons import Icon
from ui.page import Desk, Visit
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, Card, clear, column
from ui.widgets.choosing import Dropdown, Option
from ui.widgets.plain import Paragraph, Tone, outside
from ui.widgets.stated import Stated


class ReceiverChoice(Card):
    """A list that drops down and a frame under it. `changed`: another receiver, or a decision."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Who may open it?"), parent=parent)
        self._desk = desk
        self._known: dict[str, Contact] = {}
        self._anyway: set[ContactId] = set()
        self.list = Dropdown()
        self.list.setAccessibleName(_("Who may open it?"))
        self.list.activated.connect(lambda _: self._on_chosen())
        self._said = column(spacing=INSIDE)
        self.body.addWidget(self.list)
        self.body.addLayout(self._said)

    @property
    def receiver(self) -> Contact | None:
        """Who was chosen."""
        return self._known.get(self.list.chosen())

    @property
    def caution(self) -> Caution:
        """Whether sealing without comparing was chosen for this receiver."""
        receiver = self.receiver
        anyway = receiver is not None and receiver.id in self._anyway
        return Caution.EVEN_UNVERIFIED if anyway else Caution.VERIFIED_ONLY

    @property
    def decided(self) -> bool:
        """Whether it can be sealed to the receiver chosen."""
        receiver = self.receiver
        if receiver is None or receiver.trust is Trust.CHANGED:
            return False
        return receiver.trust is Trust.VERIFIED or receiver.id in self._anyway

    def offer(self, receivers: Sequence[Contact], last: ContactId | None) -> None:
        """Offer these. Chosen is who was chosen before, else the last one sealed to, else the only
        one there is, else the only one that was checked."""
        before = self.list.chosen()
        self._known = {each.id: each for each in receivers}
        self.list.offer(
            [
                Option(id=each.id, label=f"{outside(each.name)} · {trust.word(each)}")
                for each in receivers
            ]
        )
        self.list.setVisible(bool(receivers))
        checked = [each.id for each in receivers if each.trust is Trust.VERIFIED]
        alone = [each.id for each in receivers] if len(receivers) == 1 else checked
        wanted = [before, last, *(alone if len(alone) == 1 else [])]
        self.list.choose(next((each for each in wanted if each in self._known), ""))
        self._on_chosen()

    def _on_chosen(self) -> None:
        clear(self._said)
        self._said.addWidget(self._frame())
        self.changed.emit()

    def _frame(self) -> QWidget:
        receiver = self.receiver
        if receiver is None:
            return self._nobody()
        name = outside(receiver.name)
        if receiver.trust is Trust.VERIFIED:
            return Stated(
                Tone.OK,
                trust.compared(receiver),
                _("Only {name} can open it, not even you.").format(name=name),
            )
        if receiver.trust is Trust.CHANGED:
            return Stated(
                Tone.BAD,
                _("The keys of {name} have changed").format(name=name),
                _("Nothing is sealed to them until you decide what happened."),
                buttons.primary(_("Look at it"), self._go("contact", receiver), Icon.PERSON),
            )
        if receiver.id in self._anyway:
            return Stated(
                Tone.WARN,
                _("You chose to seal without comparing"),
                _("If the card was swapped, somebody else can read it."),
                buttons.plain(_("Compare now"), self._go("compare", receiver), Icon.CHECK),
            )
        return Stated(
            Tone.WARN,
            _("You have not compared this key"),
            _("Someone could have swapped it and could then read what you seal."),
            buttons.primary(_("Compare now"), self._go("compare", receiver), Icon.CHECK),
            buttons.plain(_("Seal anyway"), self._seal_anyway),
        )

    def _nobody(self) -> QWidget:
        if self._known:
            return Paragraph(_("Choose the receiver."))
        add = buttons.primary(
            _("Add a receiver"), lambda: self._desk.go(Visit(page="contacts")), Icon.PLUS
        )
        return Stated(
            Tone.NOTE,
            _("There is no receiver yet"),
            _("You need the card of the organisation that shall receive your reports."),
            add,
        )

    def _seal_anyway(self) -> None:
        if self.receiver is not None:
            self._anyway.add(self.receiver.id)
        self._on_chosen()

    def _go(self, page: str, receiver: Contact) -> Callable[[], None]:
        return lambda: self._desk.go(Visit(page=page, reference=receiver.id))
