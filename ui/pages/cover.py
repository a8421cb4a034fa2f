"""Parts of a picture covered: boxes drawn with mouse or keys, kept as a new item of its own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app import released
from app.changes import Changes
from app.i18n import _
from app.looking import Held
from app.preview import Picture, Plain, Side, Wish
from app.records import EvidenceItem
from app.records.ids import RecordId
from app.redaction import Cover, Pixels
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import shown_file
from ui.pages.evidence_inside import EVIDENCE
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, flow, hint, row
from ui.widgets.covering import CoverArea
from ui.widgets.picture import image
from ui.widgets.plain import Label, Paragraph, TextRole


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copied:
    """The copy that was made."""

    copy: EvidenceItem
    changes: Changes = EVIDENCE


class CoverPage(Page):
    """`Visit.reference`: the id of an evidence item that is a picture."""

    id = "cover"
    icon = Icon.COVER
    roles = frozenset({Role.RECORDER})
    in_rail = False
    under = "home"
    wide = True

    @classmethod
    def title(cls) -> str:
        return _("Cover parts of a picture")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted = RecordId("")
        self._pixels: Pixels | None = None
        self.area = CoverArea(_("The picture, with the parts that are covered"))
        self.area.changed.connect(self._say)
        self.add = buttons.plain(_("Add a part"), self._add, Icon.PLUS)
        self.take_away = buttons.plain(_("Take the part away"), self._take_away, Icon.TRASH)
        self.fill = buttons.chip(_("Black"))
        self.mosaic = buttons.chip(_("Mosaic"))
        self._one = buttons.one_of(self.fill, self.mosaic)
        self.fill.setChecked(True)
        self.fill.clicked.connect(lambda: self.area.cover(Cover.FILL))
        self.mosaic.clicked.connect(lambda: self.area.cover(Cover.MOSAIC))
        self.said = Label("", TextRole.MUTED)
        self.put(
            Card(
                "",
                hint(
                    _(
                        "Draw over faces, names, signs and reflections. With keys: Insert adds a"
                        " part, the arrows move it, Shift and arrows change its size, Page Down"
                        " goes to the next. Cover text with black: a mosaic can be read."
                    )
                ),
                flow(
                    self.add,
                    self.take_away,
                    self.fill,
                    self.mosaic,
                    shown_file.nearness(self.area),
                    spacing=INSIDE,
                ),
                shown_file.framed(self.area),
                row(self.said, STRETCH),
                Paragraph(
                    _(
                        "A new picture is made of the pixels alone; what lay under a part is"
                        " nowhere in it. The original stays here, unchanged."
                    ),
                    TextRole.MUTED,
                ),
            ),
            STRETCH,
        )
        self.keep = buttons.primary(_("Keep the covered copy"), self.go_on, Icon.CHECK)
        self.put_foot(self.back_button(), STRETCH, self.keep)
        self._say()

    # --- what the window calls ----------------------------------------------------------------

    def arrive(self, visit: Visit) -> None:
        if self._wanted == visit.reference and self._pixels is not None:
            return
        self._wanted = RecordId(visit.reference)
        self._pixels = None
        self._say()
        shown_file.look(
            self, self._wanted, lambda held: Wish(format=held.format, side=Side.WHOLE), self._show
        )

    def go_on(self) -> None:
        """Keep the copy."""
        pixels, state = self._pixels, self.area.covers.now
        if pixels is None or not state.boxes:
            return
        original = self._wanted

        def make(vault: Vault, step: Progress) -> _Copied:
            return _Copied(
                copy=released.redact(vault, original, pixels, state.boxes, state.how, progress=step)
            )

        self.keep.setEnabled(False)
        task = self.session.do(self, make, self._on_kept)
        if task is not None:
            # also when it failed or was stopped
            task.finished.connect(self._say)

    def undo(self) -> None:
        self.area.undo()
        self._say_how()

    def redo(self) -> None:
        self.area.redo()
        self._say_how()

    # --- showing ------------------------------------------------------------------------------

    def _show(self, held: Held, seen: Picture | Plain) -> None:
        if held.item.id != self._wanted or isinstance(seen, Plain):
            return
        self._pixels = Pixels(width=seen.width, height=seen.height, rgba=seen.rgba)
        self.area.show_image(image(seen))
        self.fill.setChecked(True)
        self._say()

    def _say(self) -> None:
        is_there = self._pixels is not None
        self.said.setText(self.area.words() if is_there else "")
        self.add.setEnabled(is_there)
        self.take_away.setEnabled(self.area.covers.chosen is not None)
        self.keep.setEnabled(is_there and bool(self.area.covers.now.boxes))

    def _say_how(self) -> None:
        is_filled = self.area.covers.now.how is Cover.FILL
        (self.fill if is_filled else self.mosaic).setChecked(True)

    def _add(self) -> None:
        self.area.add_box()
        self.area.setFocus()

    def _take_away(self) -> None:
        self.area.remove_box()
        self.area.setFocus()

    # --- keeping ------------------------------------------------------------------------------

    def _on_kept(self, done: _Copied) -> None:
        # what is shown next is the copy as it is stored, not what was drawn here
        self._pixels = None
        self.desk.back()
        self.desk.go(Visit(page="view", reference=done.copy.id))


class OrganisationCoverPage(CoverPage):
    """The same at a desk."""

    roles = frozenset({Role.ORGANISATION})
    under = "incidents"
