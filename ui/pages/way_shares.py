"""Shares for keepers: how many, then each one shown alone, asked back, and at the end in force."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import files, keepers
from app.changes import Changes
from app.i18n import _
from app.keepers import Made
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from crypto.errors import CryptoError
from ui.ask import SaveWish
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.way_parts import AskBack, CurrentPassphrase
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, Well, group, hint, row
from ui.widgets.choosing import Dropdown, Option
from ui.widgets.plain import Label, Paragraph, TextRole

_MOST = 9


class SharesPage(Page):
    """Nothing opens with the shares before every one of them was typed back in part."""

    id = "way-shares"
    icon = Icon.PEOPLE
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "settings"

    @classmethod
    def title(cls) -> str:
        return _("Shares for keepers")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.made: Made | None = None
        self._number = 0
        self.needed = _numbers(_("How many are needed"))
        self.count = _numbers(_("How many are made"))
        for each in (self.needed, self.count):
            each.activated.connect(lambda _: self._look())
        self.shown = Paragraph("", TextRole.CODE)
        self.shown.setAccessibleName(_("The words of the share"))
        self._which = Label("", TextRole.SECTION)
        self.asked = AskBack()
        self.current = CurrentPassphrase()
        self.begin = buttons.primary(_("Make the shares"), self._make)
        self.written = buttons.primary(_("It is written down"), self._turn)
        self.next = buttons.primary(_("Right, the next one"), self._next)
        self.keep = buttons.primary(_("Let the shares open the vault"), self.go_on)
        self.asked.changed.connect(self._look)
        self.current.changed.connect(self._look)
        self.chosen = Card(
            "",
            row(self._labelled(self.needed), self._labelled(self.count), spacing=INSIDE),
            hint(_("Two of three is usual: one may be lost, and nobody opens it alone.")),
            hint(
                _(
                    "Who shares out secrets on a computer trusts that computer for these moments:"
                    " the part that computes them is not hardened against being measured."
                )
            ),
        )
        self.share = Card(
            "",
            self._which,
            Well(self.shown),
            hint(_("Give each share to another person, on paper. It is shown only now.")),
            row(buttons.plain(_("Save as a file…"), self._save, Icon.STICK), STRETCH),
        )
        self.check = Card(_("Now from the paper"), self.asked)
        self.last = Card(_("All shares are on paper"), self.current)
        self.put(
            hint(
                _(
                    "Papers for several people, of which some open the vault together. Fewer tell"
                    " nothing, not even to somebody with all the time in the world."
                )
            ),
            self.chosen,
            self.share,
            self.check,
            self.last,
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH, self.begin, self.written, self.next, self.keep)
        self._begin_anew()

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - every visit begins anew
        self._begin_anew()

    def flush(self) -> None:
        self._begin_anew()

    def go_on(self) -> None:
        """Let the shares open the vault."""
        made = self.made
        if made is None or not self.keep.isEnabled():
            return
        try:
            current = self.current.take()
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return

        def keep(vault: Vault, _: Progress) -> Changes:
            return keepers.keep(vault, current, made)

        self.session.do(self, keep, lambda _: self._on_kept())

    # --- steps --------------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        self._forget()
        self.needed.choose("2")
        self.count.choose("3")
        self._show(self.chosen, self.begin)

    def _make(self) -> None:
        self.made = keepers.make(int(self.needed.chosen()), int(self.count.chosen()))
        self._number = 0
        self._show_share()

    def _show_share(self) -> None:
        if self.made is None:
            return
        words = self.made.shares[self._number]
        self._which.setText(self._name())
        self.shown.setText("   ".join(f"{at} {word}" for at, word in enumerate(words.split(), 1)))
        self._show(self.share, self.written)

    def _turn(self) -> None:
        if self.made is not None:
            self.asked.ask(self.made.shares[self._number])
            self._show(self.check, self.next)

    def _next(self) -> None:
        if self.made is None or not self.asked.is_right:
            return
        self._number += 1
        self.asked.forget()
        if self._number < len(self.made.shares):
            self._show_share()
        else:
            self.shown.setText("")
            self._show(self.last, self.keep)

    def _on_kept(self) -> None:
        self._begin_anew()
        self.tell_passing(_("The shares open the vault together. Try them once a year."))

    def _save(self) -> None:
        if self.made is None:
            return
        words = self.made.shares[self._number]
        name = _("share {number}.txt").format(number=self._number + 1)
        to = self.ask.save_file(SaveWish(title=_("Save this share"), name=name))
        if to is None:
            return

        def write(_: Progress) -> None:
            with files.replacing(to) as file:
                file.write(words.encode("ascii") + b"\n")

        self.session.work(self, write, lambda _: self.tell_passing(_saved_words()))

    # --- what is shown --------------------------------------------------------------------------

    def _name(self) -> str:
        count = len(self.made.shares) if self.made is not None else 0
        return _("Share {number} of {count}").format(number=self._number + 1, count=count)

    def _show(self, card: QWidget, button: QWidget) -> None:
        for each in (self.chosen, self.share, self.check, self.last):
            each.setVisible(each is card)
        for way_on in (self.begin, self.written, self.next, self.keep):
            way_on.setVisible(way_on is button)
        self._look()

    def _forget(self) -> None:
        if self.made is not None:
            self.made.secret.close()
        self.made = None
        self.shown.setText("")
        self.asked.forget()
        self.current.clear()

    def _look(self) -> None:
        needed, count = self.needed.chosen(), self.count.chosen()
        self.begin.setEnabled(bool(needed and count) and int(needed or 0) <= int(count or 0))
        self.next.setEnabled(self.asked.is_right)
        self.keep.setEnabled(self.made is not None and self.current.is_there)

    def _labelled(self, numbers: Dropdown) -> QWidget:
        label = Label(numbers.accessibleName(), TextRole.STRONG)
        label.setBuddy(numbers)
        return group(label, numbers, spacing=INSIDE)


def _saved_words() -> str:
    return _("Saved, not encrypted")


def _numbers(name: str) -> Dropdown:
    made = Dropdown()
    made.offer([Option(id=str(each), label=str(each)) for each in range(2, _MOST + 1)])
    made.setAccessibleName(name)
    return made
