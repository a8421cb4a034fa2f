"""The quick report: seven short screens from the first word to a saved report (domain 1.22)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app import contacts, firstkeeping, firstreport
from app.changes import Changes
from app.firstreport import FirstReport
from app.i18n import _
from app.records import Incident
from app.records.ids import RecordId, is_record_id, new_id
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages.danger_notice import DangerNotice
from ui.pages.drafting import Drafting
from ui.pages.incident_words import titled
from ui.pages.quick_screen import Screen
from ui.pages.quick_screens import (
    LinkScreen,
    SafeScreen,
    WhatScreen,
    WhenScreen,
    WhereScreen,
    WhoScreen,
    WishScreen,
)
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, hint
from ui.widgets.dots import Dots
from ui.widgets.plain import Label, TextRole, Tone


class QuickPage(Page):
    """`Visit.reference`: the id of a report being told, or of one to be begun; empty: a new one."""

    id = "quick"
    icon = Icon.WRITE
    roles = frozenset({Role.RECORDER})
    in_rail = False
    under = "home"

    @classmethod
    def title(cls) -> str:
        return _("Quick report")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._blank: Visit | None = None
        self._told: FirstReport | None = None
        self._wanted: RecordId | None = None
        self._at = 0
        said = Label("", TextRole.MUTED)
        self.tools.addWidget(said)
        self.drafting = Drafting(self, said, self._report, self._keeper)
        self.wishes = WishScreen()
        self.screens: tuple[Screen, ...] = (
            SafeScreen(desk.lock, self._one_page),
            WhatScreen(),
            WhenScreen(),
            WhereScreen(),
            LinkScreen(),
            WhoScreen(),
            self.wishes,
        )
        self.dots = Dots([_(each.called) for each in self.screens])
        self.danger = DangerNotice(lambda: self.desk.go(Visit(page="contacts")))
        self.drafting.kept.connect(lambda: self.danger.look_at(self._report()))
        self.put(self.dots)
        for each in self.screens:
            each.edited.connect(self._on_edited)
            each.gone_on.connect(self._next)
            each.hide()
            self.put(each)
        self._ending = hint("")
        self.put(self.danger, self._ending, STRETCH)
        self.on = buttons.primary(_("Next"), self._next, Icon.NEXT)
        self.close_now = buttons.plain(_("Save and close"), self.finish)
        self.put_foot(
            buttons.plain(_("Back"), self._previous, Icon.BACK), STRETCH, self.close_now, self.on
        )
        for keys, then in (("Alt+Right", self._forward), ("Alt+Left", self._backward)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(then)

    # --- what the window calls ----------------------------------------------------------------

    def arrive(self, visit: Visit) -> None:
        if not is_record_id(visit.reference):
            # a new report gets its id first, so that the way back leads to it and not to another
            if visit is self._blank:
                self.desk.back()
                return
            self._blank = visit
            self.desk.go(Visit(page=self.id, reference=new_id()))
            return
        wanted = self._wanted = RecordId(visit.reference)
        self._told = None
        self.session.ask(self, lambda vault, _: firstkeeping.resume(vault, wanted), self._show)
        self.session.ask(self, lambda vault, _: _organisations(vault), self.wishes.offer)

    def flush(self) -> None:
        self.drafting.flush()

    def go_on(self) -> None:
        self._next()

    # --- screen by screen ---------------------------------------------------------------------

    def _show(self, told: FirstReport) -> None:
        if told.report.id != self._wanted:
            return
        if told.is_saved:
            # the way back from what became of it
            self.desk.back()
            return
        self._told = told
        has_draft = len(firstreport.made(told)) > 1 or bool(told.report.narrative)
        self.drafting.begin(told.report, revision=0, has_draft=has_draft)
        for each in self.screens:
            each.put(told)
        self._turn_to(0)

    def _turn_to(self, at: int) -> None:
        self._at = at
        for number, each in enumerate(self.screens):
            each.setVisible(number == at)
        self.dots.show_at(at)
        last = at == len(self.screens) - 1
        self.on.setVisible(at > 0)
        self.close_now.setVisible(at > 0 and not last)
        self.on.setText(_("Save the report") if last else _("Next"))
        self._say_ending()
        self.screens[at].focus_first()

    def _next(self) -> None:
        if self._told is None:
            return
        if self._at == len(self.screens) - 1:
            self.finish()
            return
        self.drafting.flush()
        self._turn_to(self._at + 1)

    def _previous(self) -> None:
        self.drafting.flush()
        if self._at == 0 or self._told is None:
            self.desk.back()
        else:
            self._turn_to(self._at - 1)

    def _forward(self) -> None:
        """Alt with the arrow to the right: on, or back where one reads from the right."""
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self._previous()
        else:
            self._next()

    def _backward(self) -> None:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            self._next()
        else:
            self._previous()

    def _on_edited(self) -> None:
        if self._told is not None:
            self.drafting.touch()
            self._say_ending()

    def _say_ending(self) -> None:
        """On the last screen: what saving will come to."""
        last = self._at == len(self.screens) - 1
        told = self._value()
        silent = told is not None and not told.report.narrative
        self._ending.setVisible(last and silent)
        self._ending.setText(
            _("You have not told what happened. It is kept as a draft until one sentence is there.")
        )

    # --- keeping ------------------------------------------------------------------------------

    def _value(self) -> FirstReport | None:
        told = self._told
        if told is not None:
            for each in self.screens:
                told = each.into(told)
        return told

    def _report(self) -> Incident:
        told = self._value()
        if told is None:
            raise LookupError
        made = firstreport.made(told)[-1]
        return made if isinstance(made, Incident) else told.report

    def _keeper(self) -> Callable[[Vault], Changes]:
        """Keeps every record the answers make, not the report alone."""
        told = self._value()
        if told is None:
            raise LookupError
        whole = told
        return lambda vault: firstkeeping.keep(vault, whole)

    def finish(self) -> None:
        """Save what was told; without a word of what happened it stays a draft."""
        told = self._value()
        if told is None:
            return
        for at, each in enumerate(self.screens):
            complaints = each.complaints()
            if complaints:
                self._turn_to(at)
                self.tell(Tone.WARN, _("Something cannot be read yet"), " ".join(complaints))
                return
        if not told.report.narrative:
            self.drafting.flush()
            self.desk.go(Visit(page="home"))
            return
        whole = replace(told, report=titled(told.report))
        self.drafting.flush()

        def save(vault: Vault, _: Progress) -> Changes:
            return firstkeeping.save(vault, whole)

        self.session.do(self, save, self._saved)

    def _saved(self, _: Changes) -> None:
        self.drafting.forget()
        self._told = None
        self.desk.go(Visit(page="home"))

    def _one_page(self) -> None:
        self.desk.go(Visit(page="incident"))


def _organisations(vault: Vault) -> list[str]:
    """The receivers whose cards are kept here, by name."""
    return [each.name for each in contacts.every(vault) if each.can_receive]
