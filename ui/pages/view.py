"""One file of a report, looked at: its pixels or its text, decoded apart; nothing of it runs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import evidence, evidencewords, looking, released, sizes, store
from app.i18n import _
from app.looking import Held
from app.preview import Format, Picture, Plain, Side, Wish
from app.records import EvidenceItem
from app.records.ids import RecordId
from app.settings import Role
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import evidence_kinds, shown_file
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, group, row, within
from ui.widgets.picture import PictureView, image
from ui.widgets.plain import Label, Paragraph, TextArea, TextRole, outside


class ViewPage(Page):
    """`Visit.reference`: the id of an evidence item."""

    id = "view"
    icon = Icon.EYE
    roles = frozenset({Role.RECORDER})
    in_rail = False
    under = "home"
    wide = True

    @classmethod
    def title(cls) -> str:
        return _("Look at a file")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted = RecordId("")
        self._item: EvidenceItem | None = None
        self._page = 0
        self._pages = 1
        self._is_noted = False
        self.about = Label("", TextRole.MUTED)
        self.inside = Paragraph("", TextRole.MUTED)
        self.picture = PictureView(_("The picture"))
        self.frame = shown_file.framed(self.picture)
        self.near = shown_file.nearness(self.picture)
        self.text = TextArea(lines=12, most_lines=24)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("The text, its beginning if it is long"))
        self.where = Label("", TextRole.MUTED)
        self.earlier = buttons.quiet(_("Page before"), lambda: self._turn(-1), Icon.UP)
        self.later = buttons.quiet(_("Next page"), lambda: self._turn(1), Icon.DOWN)
        self.turning = within(
            QWidget(), row(self.earlier, self.where, self.later, STRETCH, spacing=INSIDE)
        )
        self.warned = Paragraph("", TextRole.STRONG)
        self.warning = group(
            self.warned, row(buttons.plain(_("Show it"), self._show_anyway, Icon.EYE), STRETCH)
        )
        card = Card("", row(self.about, STRETCH, self.near), self.warning, self.turning, self.frame)
        self.sheet = card
        card.body.addWidget(self.text)
        card.body.addWidget(self.inside)
        self.put(card, STRETCH)
        self.cover = buttons.plain(_("Cover parts…"), self._cover, Icon.COVER)
        self.put_foot(self.back_button(), STRETCH, self.cover)

    # --- what the window calls ----------------------------------------------------------------

    def arrive(self, visit: Visit) -> None:
        self._wanted = RecordId(visit.reference)
        self._page, self._pages, self._is_noted = 0, 1, False
        for each in (self.frame, self.near, self.text, self.turning, self.warning, self.cover):
            each.hide()
        wanted = self._wanted
        self.session.ask(
            self, lambda vault, _: store.get(vault, EvidenceItem, wanted), self._introduce
        )

    # --- showing ------------------------------------------------------------------------------

    def _introduce(self, item: EvidenceItem) -> None:
        if item.id != self._wanted:
            return
        self._item = item
        self.sheet.title.setText(outside(item.title.text))
        self.sheet.title.show()
        said = [evidence_kinds.words(item.evidence_type), item.mime]
        if item.size is not None:
            said.append(sizes.words(item.size))
        self.about.setText(" · ".join(each for each in said if each))
        found = released.inside(item)
        told = [outside(item.method.text)] if item.method.text else []
        if found is not None:
            told.append(evidencewords.summary(found))
        self.inside.setText("\n".join(told))
        if looking.is_distressing(item):
            warnings = ", ".join(outside(each) for each in item.content_warnings)
            said_of = _("Whoever wrote about it warns of what it shows: {warnings}")
            self.warned.setText(said_of.format(warnings=warnings))
            self.warning.show()
        else:
            self._look()

    def _show_anyway(self) -> None:
        self.warning.hide()
        self._look()

    def _look(self) -> None:
        page = self._page
        shown_file.look(
            self,
            self._wanted,
            lambda held: Wish(format=held.format, side=Side.VIEW, page=page),
            self._show,
        )

    def _show(self, held: Held, seen: Picture | Plain) -> None:
        if held.item.id != self._wanted:
            return
        if isinstance(seen, Plain):
            self.text.setPlainText(outside(seen.text))
            self.text.show()
        else:
            self.frame.show()
            self.near.show()
            self.picture.show_image(image(seen))
            self._pages = seen.pages
            self._say_page()
            self.turning.setVisible(held.format is Format.PDF)
            self.cover.setVisible(looking.can_be_covered(held.item))
        if not self._is_noted:
            self._is_noted = True
            self.session.do(
                self, lambda vault, _: evidence.viewed(vault, held.item.id), lambda _: None
            )

    def _turn(self, by: int) -> None:
        self._page = min(max(0, self._page + by), self._pages - 1)
        self._say_page()
        self._look()

    def _say_page(self) -> None:
        told = _("Page {page} of {pages}").format(page=self._page + 1, pages=self._pages)
        self.where.setText(told)
        self.picture.setAccessibleDescription(told)
        self.earlier.setEnabled(self._page > 0)
        self.later.setEnabled(self._page + 1 < self._pages)

    def _cover(self) -> None:
        self.desk.go(Visit(page="cover", reference=self._wanted))


class OrganisationViewPage(ViewPage):
    """The same at a desk, for what it received: nothing is opened by itself there either."""

    roles = frozenset({Role.ORGANISATION})
    under = "incidents"
