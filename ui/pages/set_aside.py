"""What was set aside: files that did not hold, sealed as they came; give one on, or delete it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import sizes
from app.changes import Changes
from app.i18n import N_, _
from app.inbox import quarantine
from app.inbox.quarantine import Kept
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui import days
from ui.ask import FolderWish, Question
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, flow, hint
from ui.widgets.empty import Empty
from ui.widgets.plain import Paragraph, TextRole, Tone, outside
from ui.widgets.stated import mark

_WHY = {
    "bundle_damaged": N_("It was altered or cut off on its way, or made so."),
    "bad_bundle": N_("It opens, but what is inside breaks the rules of a bundle."),
    "bad_manifest": N_("What it says of itself is not written as it must be."),
    "signature_broken": N_("The signature does not fit what it should cover."),
    "bad_receipt": N_("It is a receipt that is not written as it must be."),
}


class SetAsidePage(Page):
    """The list of files that did not hold. None of them is ever opened from here."""

    id = "set-aside"
    icon = Icon.LOCK
    needs = Needs.VAULT
    roles = frozenset({Role.ORGANISATION})
    in_rail = False
    under = "inbox"

    @classmethod
    def title(cls) -> str:
        return _("Set aside")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = column(spacing=INSIDE)
        self.put(
            hint(
                _(
                    "These files did not hold. They are kept sealed as they came, and nothing of"
                    " them was taken in. Damage happens on a stick: ask the sender to send it"
                    " again."
                )
            ),
            self.list,
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH)
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same for every visit
        self.session.ask(self, lambda vault, _: quarantine.every(vault), self._show)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"set_aside", "bundle"}:
            self.arrive(Visit(page=self.id))

    def _show(self, found: tuple[Kept, ...]) -> None:
        clear(self.list)
        if not found:
            self.list.addWidget(
                Empty(Icon.CHECK, _("Nothing was set aside"), _("Every bundle so far did hold."))
            )
        for each in found:
            self.list.addWidget(self._card(each))

    def _card(self, kept: Kept) -> QWidget:
        file = kept.file
        why = _WHY.get(file.reason, N_("It is not what it should be."))
        card = Card(outside(file.file_name), Paragraph(_(why)))
        about = f"{days.day_of(file.at)} · {sizes.words(file.size)}"
        card.body.addWidget(Paragraph(about, TextRole.MUTED))
        if kept.arrived:
            card.body.addWidget(mark(Tone.OK, _("A whole copy of it is here by now")))
        elif kept.intact:
            card.body.addWidget(mark(Tone.BAD, _("It was not damaged on the way: it was made so")))
        give = buttons.plain(_("Save it sealed…"), lambda: self._export(kept), Icon.COPY)
        give.setEnabled(file.kept)
        card.body.addLayout(
            flow(give, buttons.plain(_("Delete it…"), lambda: self._delete(kept), Icon.TRASH))
        )
        if not file.kept:
            card.body.addWidget(
                hint(_("It is large: only its name was kept. The file lies where it came from."))
            )
        return card

    def _export(self, kept: Kept) -> None:
        folder = self.ask.folder(FolderWish(title=_("Where to?")))
        if folder is None:
            return

        def export(vault: Vault, progress: Progress) -> Path:
            return quarantine.export(vault, kept.file.id, folder=folder, progress=progress)

        self.session.ask(self, export, self._exported)

    def _exported(self, path: Path) -> None:
        self.tell(
            Tone.OK,
            _("Saved, sealed as it came"),
            _(
                "“{name}” was read back and is the same. Let only somebody open it who knows how."
            ).format(name=outside(path.name)),
        )

    def _delete(self, kept: Kept) -> None:
        wanted = self.ask.confirm(
            Question(
                title=_("Delete this file from the vault?"),
                text=_("Nobody can look into what was wrong with it then."),
                verb=_("Delete it"),
                loses=True,
            )
        )
        if wanted:
            self.session.do(
                self, lambda vault, _: quarantine.delete(vault, kept.file.id), lambda _: None
            )
