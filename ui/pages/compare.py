"""Compare a safety code: the program asks for two groups that only the other person can say.

The groups asked for are not shown here: they have to be heard, not copied (security, P21).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRegularExpression, QTimer
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QWidget

from app import contacts
from app.changes import Changes
from app.contacts import Challenge, Contact, ContactId, Heard
from app.errors import AppError, CodeDiffers
from app.i18n import _
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from crypto.digest import GROUP_DIGITS, SafetyCode
from ui import trust
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, INSIDE, STRETCH, Card, clear, column, flow, group, hint, row
from ui.widgets.plain import Label, Line, Paragraph, TextRole, Tone, outside, turn_to
from ui.widgets.safetycode import SafetyCodeView
from ui.widgets.stated import Stated

_HIDDEN = "•" * GROUP_DIGITS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    contact: Contact
    code: SafetyCode
    challenge: Challenge


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verified:
    contact: Contact
    changes: Changes = contacts.CHANGED


class ComparePage(Page):
    """Three steps on one page: reach them, ask for two groups, check. `reference`: the contact."""

    id = "compare"
    icon = Icon.CHECK
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "contacts"

    @classmethod
    def title(cls) -> str:
        return _("Compare the code")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._asked: _Asked | None = None
        self.fields: list[Line] = []
        self.verdict = column()
        self.ways = {way: buttons.chip(_(words)) for way, words in trust.WAYS.items()}
        self._one_way = buttons.one_of(*self.ways.values())
        self.ways[trust.IN_PERSON].setChecked(True)
        self.first = Paragraph("")
        self.second = column(spacing=BETWEEN)
        self.put(
            self.verdict,
            Card(_("1. Reach them another way"), self.first, flow(*self.ways.values())),
            Card(_("2. Let them read two groups to you"), group(self.second)),
            STRETCH,
        )
        self.check = buttons.primary(_("Check"), self.go_on, Icon.CHECK)
        self.check.setEnabled(False)
        self.put_foot(self.back_button(), STRETCH, self.check)

    def arrive(self, visit: Visit) -> None:
        clear(self.verdict)
        contact = ContactId(visit.reference)
        self.session.ask(self, lambda vault, _: _ask_for(vault, contact), self._show)

    def go_on(self) -> None:
        asked = self._asked
        if asked is None or not self.check.isEnabled():
            return
        heard = tuple(
            Heard(group=at, digits=field.text())
            for at, field in zip(asked.challenge.groups, self.fields, strict=True)
        )
        way = next(way for way, chip in self.ways.items() if chip.isChecked())

        def verify(vault: Vault, _: Progress) -> _Verified:
            return _Verified(contact=contacts.verify(vault, asked.contact.id, heard, way))

        self.session.do(self, verify, self._matched, self._failed)

    def _show(self, asked: _Asked) -> None:
        self._asked = asked
        name = outside(asked.contact.name)
        self.first.setText(
            _(
                "Meet {name}, or call a number you know, where you recognise the voice or the face."
                " Do not use the way by which the card came to you."
            ).format(name=name)
        )
        clear(self.second)
        self.fields = []
        one, two = asked.challenge.groups
        question = _("“Please read me group {one} and group {two} of your safety code.”")
        self.second.addWidget(Paragraph(question.format(one=one, two=two), TextRole.STRONG))
        self.second.addWidget(hint(_("They find the code under Contacts, at “Your own card”.")))
        self.second.addLayout(row(*(self._field(at) for at in asked.challenge.groups), STRETCH))
        self.second.addWidget(hint(_("You may read any of the other groups to them in return:")))
        shown = tuple(
            _HIDDEN if at in asked.challenge.groups else digits
            for at, digits in enumerate(asked.code.groups, start=1)
        )
        self.second.addWidget(SafetyCodeView(shown))
        # the fields are shown when this returns; before that they cannot have the focus
        QTimer.singleShot(0, self.fields[0], self.fields[0].setFocus)

    def _field(self, at: int) -> QWidget:
        name = _("Group {number}").format(number=at)
        field = Line()
        field.setMaxLength(GROUP_DIGITS)
        field.setAccessibleName(name)
        field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), field))
        field.setMinimumWidth(field.fontMetrics().horizontalAdvance("0" * 12))
        field.textChanged.connect(lambda _: self._on_typed())
        field.returnPressed.connect(self.go_on)
        turn_to(field, "0")
        self.fields.append(field)
        label = Label(name, TextRole.STRONG)
        label.setBuddy(field)
        return group(label, field, spacing=INSIDE // 2)

    def _on_typed(self) -> None:
        self.check.setEnabled(all(len(field.text()) == GROUP_DIGITS for field in self.fields))
        following = self.fields[1:]
        if following and self.fields[0].hasFocus() and len(self.fields[0].text()) == GROUP_DIGITS:
            following[0].setFocus()

    def _matched(self, verified: _Verified) -> None:
        clear(self.verdict)
        contact = verified.contact
        self.verdict.addWidget(
            Stated(
                Tone.OK,
                _("They match"),
                _("The card of {name} is genuine. What you seal, only they can open.").format(
                    name=outside(contact.name)
                ),
                buttons.primary(_("Done"), self.desk.back),
            )
        )
        self.check.setEnabled(False)
        for field in self.fields:
            field.setEnabled(False)

    def _failed(self, error: Exception) -> None:
        clear(self.verdict)
        if isinstance(error, CodeDiffers):
            self.verdict.addWidget(
                Stated(
                    Tone.BAD,
                    _("The code does not match"),
                    _(
                        "Let them read the groups once more and check what you typed. If they"
                        " differ again, the card may be forged: do not seal anything with it, and"
                        " tell them that somebody may be in between."
                    ),
                )
            )
            self.fields[0].setFocus()
            self.fields[0].selectAll()
        elif isinstance(error, AppError):
            self.banner.tell(notice_of(error))
        else:
            raise error


def _ask_for(vault: Vault, contact: ContactId) -> _Asked:
    return _Asked(
        contact=contacts.get(vault, contact),
        code=contacts.code(vault, contact),
        challenge=contacts.challenge(),
    )
