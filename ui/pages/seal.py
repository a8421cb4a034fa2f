"""Seal and hand over: one page, one button. What is usual is chosen already.

Three clicks in the usual case: the button on the first page, "Seal", and pulling the stick out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from app import contacts, released, sealable
from app.bundles import sealing, sent
from app.bundles.sealing import Caution, Order, Sealed, SealPlan, Signing
from app.changes import Changes
from app.contacts import Contact, ContactId, Trust
from app.errors import AppError, NothingToSeal
from app.i18n import _
from app.records.ids import RecordId
from app.released import CopiesMade
from app.sealable import Sealable
from app.settings import Role
from app.sticks import Stick
from app.tasks import Progress
from app.vault import Vault
from crypto.errors import CryptoError
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.likeness_card import LikenessCard
from ui.pages.release_card import ReleaseCard
from ui.pages.risk_card import RiskCard
from ui.pages.seal_choice import IncidentChoice
from ui.pages.seal_content import Content
from ui.pages.seal_receiver import ReceiverChoice
from ui.pages.wishes_card import WishesCard
from ui.place import PlaceChoice, in_button
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, flow, group, hint
from ui.widgets.empty import Empty
from ui.widgets.plain import Paragraph, TextRole, Tone, outside


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offered:
    reports: Sealable
    receivers: tuple[Contact, ...]
    last: ContactId | None


class SealPage(Page):
    """`Visit.reference`: the id of one incident to seal; empty for those that are ready."""

    id = "seal"
    icon = Icon.SEAL
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER})

    @classmethod
    def title(cls) -> str:
        return _("Seal and hand over")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted: frozenset[str] = frozenset()
        self._is_offered = False
        self._for: ContactId | None = None
        self.plan: SealPlan | None = None
        self.incidents = IncidentChoice()
        self.receiver = ReceiverChoice(desk)
        self.release = ReleaseCard()
        self.content = Content()
        self.likeness = LikenessCard(self)
        self.wishes = WishesCard()
        self.risk = RiskCard(self)
        self.place = PlaceChoice(desk)
        self.signing = Card(_("Do you sign it?"))
        self.nothing = Empty(
            Icon.SEAL,
            _("Nothing to seal yet"),
            _("Record what happened first. Then you seal it here for those who may read it."),
        )
        self.all = group(
            hint(
                _(
                    "After sealing, only the receiver can open the bundle. Your own records stay in"
                    " this vault."
                )
            ),
            self.receiver,
            self.incidents,
            self.release,
            self.content,
            self.likeness,
            self.wishes,
            self.risk,
            Card(_("Where to?"), self.place),
            self._signing(),
        )
        self.put(self.nothing, self.all, STRETCH)
        self.nothing.hide()
        self.seal = buttons.primary(_("Seal now…"), self.go_on, Icon.SEAL)
        self.put_foot(self.back_button(), STRETCH, self.seal)
        self.incidents.changed.connect(self._replan)
        self.incidents.sought.connect(self._seek)
        self.receiver.changed.connect(self._to_receiver)
        self.release.changed.connect(self._replan)
        self.content.clean.connect(self._make_copies)
        self.risk.changed.connect(self._replan)
        self.wishes.changed.connect(self._look)
        self.place.changed.connect(self._look)
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:
        self._wanted = frozenset({visit.reference} if visit.reference else ())
        self._refresh()
        self.place.look()

    def go_on(self) -> None:
        if self.seal.isEnabled():
            self.place.settle(self._seal_to)

    # --- choosing -------------------------------------------------------------------------------

    def _signing(self) -> QWidget:
        self.signed = buttons.chip(_("Signed"))
        self.unsigned = buttons.chip(_("Not signed"))
        self._one_way = buttons.one_of(self.signed, self.unsigned)
        self.signed.setChecked(True)
        self._about_signing = Paragraph("", TextRole.MUTED)
        self.signed.toggled.connect(lambda _: self._say_signing())
        self.signing.body.addWidget(group(flow(self.signed, self.unsigned), spacing=INSIDE))
        self.signing.body.addWidget(self._about_signing)
        self._say_signing()
        return self.signing

    def _say_signing(self) -> None:
        if self.signed.isChecked():
            text = _(
                "The receiver sees that it comes from the same sender as before, and that nothing"
                " was changed. But whoever finds your vault and the opened bundle together can"
                " prove that you made it."
            )
        else:
            text = _(
                "Nothing in the bundle proves that you made it. The receiver cannot know who sent"
                " it, and has to decide whether to take it in at all."
            )
        self._about_signing.setText(text)

    def _refresh(self) -> None:
        self._ask_for(self._wanted, self._show)

    def _ask_for(self, wanted: frozenset[str], show: Callable[[_Offered], None]) -> None:
        def ask(vault: Vault, _: Progress) -> _Offered:
            return _Offered(
                reports=sealable.offered(vault, wanted),
                receivers=tuple(contacts.receivers(vault)),
                last=sent.last_receiver(vault),
            )

        self.session.ask(self, ask, show)

    def _seek(self, words: str) -> None:
        self.session.ask(
            self,
            lambda vault, _: sealable.found(vault, words),
            lambda found: self.incidents.show_found(words, found),
        )

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"contact", "incident", "risk_assessment"}:
            # nothing is ticked, or taken off, behind somebody's back
            chosen = frozenset(self.incidents.chosen)
            self._ask_for(chosen, self._renew if self._is_offered else self._show)

    def _renew(self, offered: _Offered) -> None:
        self.incidents.renew(offered.reports)
        self.receiver.offer(offered.receivers, offered.last)

    def _show(self, offered: _Offered) -> None:
        there = self._is_offered = bool(offered.reports.rows)
        self.nothing.setVisible(not there)
        self.all.setVisible(there)
        self.incidents.offer(offered.reports, self._wanted)
        self.receiver.offer(offered.receivers, offered.last)

    def _order(self) -> Order | None:
        receiver = self.receiver.receiver
        chosen = self.incidents.chosen
        if receiver is None or not chosen:
            return None
        return Order(
            incidents=chosen,
            receiver=receiver.id,
            signing=Signing.SIGNED if self.signed.isChecked() else Signing.UNSIGNED,
            caution=self.receiver.caution,
            release=self.release.release,
        )

    def _to_receiver(self) -> None:
        receiver = self.receiver.receiver
        if receiver is not None and receiver.id != self._for:
            self._for = receiver.id
            self.release.another()
        self._replan()

    def _replan(self) -> None:
        """Ask what sealing would do; nothing is written by that."""
        self.plan = None
        self.risk.hide()
        self.wishes.hide()
        self.likeness.hide()
        order = self._order()
        receiver = self.receiver.receiver
        if order is None or receiver is None or receiver.trust is Trust.CHANGED:
            self.content.setVisible(receiver is not None and receiver.trust is not Trust.CHANGED)
            self.content.show_nothing(_("No report is chosen."))
            self._look()
            return
        self.content.show()
        # what would go can be looked at before it is decided about an unverified receiver
        preview = replace(order, caution=Caution.EVEN_UNVERIFIED)
        self.session.ask(
            self, lambda vault, _: sealing.plan(vault, preview), self._planned, self._unplanned
        )

    def _make_copies(self, items: tuple[RecordId, ...]) -> None:
        """Copies that may leave of these files; what cannot be cleaned is told by its reference."""

        def made(done: CopiesMade) -> None:
            if done.refused:
                names = ", ".join(outside(item.short_ref) for item, _ in done.refused)
                text = _("Open the report and look inside: {names}").format(names=names)
                self.tell(Tone.WARN, _("Not every file could be cleaned"), text)
            self._replan()

        self.session.do(
            self, lambda vault, step: released.make_clean_each(vault, items, progress=step), made
        )

    def _planned(self, plan: SealPlan) -> None:
        order = self._order()
        if order is None or _what(order) != _what(plan.order):
            return  # an answer about what is not chosen any more
        self.plan = plan
        self.content.show_plan(plan)
        self.wishes.show_plan(plan)
        self.likeness.look_at(plan)
        self.risk.show_plan(plan)
        self.risk.show()
        self.place.need((plan.bytes,))
        self._look()

    def _unplanned(self, error: Exception) -> None:
        if isinstance(error, NothingToSeal):
            self.content.show_nothing(_("Consent holds back every one of the reports chosen."))
        elif isinstance(error, AppError | CryptoError):
            self.banner.tell(notice_of(error))
        else:
            raise error
        self._look()

    def _look(self) -> None:
        cleared = self.plan is not None and not self.plan.holds and self.wishes.is_read
        ready = cleared and self.receiver.decided and self.place.fits
        self.seal.setEnabled(ready)
        place = self.place.chosen
        self.seal.setText(
            _("Seal now…")
            if place is None
            else _("Seal and save to “{place}”").format(place=in_button(place.name))
        )

    # --- sealing --------------------------------------------------------------------------------

    def _seal_to(self, place: Stick) -> None:
        order = self._order()
        if order is None or not self.receiver.decided or not self.place.fits:
            return
        self.seal.setEnabled(False)

        def seal(vault: Vault, progress: Progress) -> Sealed:
            plan = sealing.plan(vault, order)
            return sealing.seal(vault, plan, folder=place.path, progress=progress)

        task = self.session.do(self, seal, self._sealed, self._not_sealed)
        if task is not None:
            # a job that was stopped says nothing: the button comes back all the same
            task.finished.connect(self._look)

    def _sealed(self, sealed: Sealed) -> None:
        self._wanted = frozenset()
        self.desk.go(Visit(page="sealed-bundle", reference=sealed.bundle, files=(sealed.path,)))

    def _not_sealed(self, error: Exception) -> None:
        self._look()
        if not isinstance(error, AppError | CryptoError):
            raise error
        self.banner.tell(notice_of(error))


def _what(order: Order) -> tuple[object, ...]:
    """What of an order decides what would go along, and to whom."""
    return order.incidents, order.receiver, order.release
