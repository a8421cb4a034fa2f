"""Photos and files of a report: taken in by dropping them, checked, copied out, removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app import evidence, i18n, looking, names, released, sizes
from app.changes import Changes
from app.errors import AppError, Cancelled
from app.i18n import N_, _, ngettext
from app.messages import explain
from app.metadata import Hidden
from app.records import EvidenceItem, LText
from app.records.ids import RecordId
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui import theme
from ui.ask import OpenWish, Question, SaveWish
from ui.icons import Icon, pixmap
from ui.page import Page, Visit
from ui.pages import evidence_inside, evidence_kinds
from ui.pages.evidence_inside import Inside
from ui.pages.pasting import pasted
from ui.pages.thumbnails import ThumbnailButton, Thumbnails
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, TIGHT, Card, Well, clear, column, row, within
from ui.widgets.beside import Beside
from ui.widgets.entry import OneLine
from ui.widgets.filedrop import FileDrop
from ui.widgets.plain import Label, TextRole, Tone, outside
from ui.widgets.stated import mark

_DIGEST_SHOWN = 8
_COPIED = "screenshot"
"""What a picture that was copied is taken for; more can be said about it afterwards."""
_HOSTILE = N_(
    "A file of somebody else can attack the program that opens it. Open it on a computer without"
    " secrets, or make a harmless copy of it first, with Dangerzone for instance."
)
EVIDENCE = Changes.of("evidence_item", "custody_event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file to take in, and what kind of evidence it is."""

    path: Path
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of the files: how many are in, and why others are not."""

    count: int
    refused: tuple[tuple[str, AppError], ...]
    changes: Changes = EVIDENCE


class EvidenceCard(Card):
    """`changed`: look again. `opened` and `removed` carry an item."""

    changed = Signal()
    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, page: Page, keep: Callable[[], RecordId]) -> None:
        """`keep` makes sure that the vault holds the report, and says its id."""
        super().__init__(_("Photos and files"))
        self._page = page
        self._keep = keep
        self._checked: set[str] = set()
        self._inside = Inside(page, self.changed.emit)
        self._thumbnails = Thumbnails(page)
        self._lines = column(spacing=INSIDE)
        self.drop = FileDrop(_("Drop photos and files here"), _("Choose files…"), self.choose)
        self.drop.dropped.connect(self.take)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.drop)
        self.paste = buttons.quiet(_("Paste a picture or files"), self.take_copied, Icon.COPY)
        self.body.addLayout(row(self.paste, STRETCH))
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), page)
        # a text that is being written takes it for itself
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.take_copied)

    def show_items(self, items: Sequence[EvidenceItem]) -> None:
        """List these items."""
        clear(self._lines)
        self._thumbnails.begin()
        for item in items:
            self._lines.addWidget(self._line(item))

    def choose(self) -> None:
        """Ask for files."""
        self.take(self._page.ask.open_files(OpenWish(title=_("Photos and files"))))

    def take(self, files: tuple[Path, ...]) -> None:
        """Take these files into the vault, and tie them to the report."""
        if not files:
            return
        unknown = [path for path in files if not evidence_kinds.by_name(path)]
        kind = evidence_kinds.ask_kind(self._page.ask, len(unknown)) if unknown else ""
        wanted = [
            Wanted(path=path, kind=evidence_kinds.by_name(path) or kind)
            for path in files
            if evidence_kinds.by_name(path) or kind
        ]
        if not wanted:
            return
        about = self._keep()
        self._take(lambda vault, step: _take_in(vault, wanted, about, step))

    def take_copied(self) -> None:
        """Take in what was copied elsewhere: files, or a picture such as one of the screen."""
        found = pasted(QApplication.clipboard().mimeData())
        if found.files:
            self.take(found.files)
        elif found.picture:
            about = self._keep()
            self._take(lambda vault, step: _take_in_picture(vault, found.picture, about, step))
        else:
            self._page.warn(_("Neither a picture nor files were copied."))

    def _take(self, command: Callable[[Vault, Progress], TakenIn]) -> None:
        task = self._page.session.do(self._page, command, self._on_taken)
        if task is not None:
            # also when it was stopped half way: the files before that are in
            task.finished.connect(self.changed)

    # --- lines --------------------------------------------------------------------------------

    def _line(self, item: EvidenceItem) -> Well:
        name = outside(item.title.text)
        said = [evidence_kinds.words(item.evidence_type)]
        if item.size is not None:
            said.append(sizes.words(item.size))
        if item.sha256:
            said.append(_("digest {digest}").format(digest=item.sha256[:_DIGEST_SHOWN]))
        picture = self._picture(item, name)
        about = column(OneLine(name, TextRole.STRONG), OneLine(" · ".join(said), TextRole.MUTED))
        about.setSpacing(TIGHT)
        marks = []
        if item.id in self._checked:
            marks.append(mark(Tone.OK, _("Whole")))
        if (decided := evidence_inside.MARKS.get(released.standing(item))) is not None:
            marks.append(mark(decided[0], _(decided[1])))
        found = released.inside(item)
        if found is not None and Hidden.PLACE in found.kinds:
            marks.append(mark(Tone.WARN, _("Tells where it was made")))
        if marks:
            about.addLayout(row(*marks, STRETCH, spacing=TIGHT))
        line = row(picture, about, spacing=12)
        line.setStretch(1, 1)
        return Well(Beside(within(QWidget(), line), self._actions(item, name)))

    def _picture(self, item: EvidenceItem, name: str) -> QWidget:
        if not looking.can_be_looked_at(item):
            sign = Label()
            colour = theme.colours().primary
            sign.setPixmap(pixmap(evidence_kinds.picture(item), theme.dp(26), colour))
            return sign
        verb = _("Look at: {name}").format(name=name)
        visit = Visit(page="view", reference=item.id)
        button = ThumbnailButton(item, verb, lambda: self._page.desk.go(visit))
        self._thumbnails.fill(button, item)
        return button

    def _actions(self, item: EvidenceItem, name: str) -> QWidget:
        look = buttons.quiet(_("Inside…"), lambda: self._inside.ask_about(item, name), Icon.EYE)
        look.setAccessibleName(_("Inside…: {name}").format(name=name))
        made = [look]
        out = _("Copy out…: {name}").format(name=name)
        made.append(buttons.sign(Icon.SEND, out, lambda: self._export(item)))
        check = _("Check: {name}").format(name=name)
        made.append(buttons.sign(Icon.CHECK, check, self._checker(item)))
        more = _("Say more about it: {name}").format(name=name)
        made.append(buttons.sign(Icon.WRITE, more, lambda: self.opened.emit(item)))
        remove = _("Remove: {name}").format(name=name)
        made.append(buttons.sign(Icon.TRASH, remove, lambda: self.removed.emit(item)))
        return within(QWidget(), row(*made, spacing=TIGHT))

    # --- what can be done with one ------------------------------------------------------------

    def _checker(self, item: EvidenceItem) -> Callable[[], None]:
        def check() -> None:
            self._page.session.do(
                self._page,
                lambda vault, step: evidence.verify(vault, item.id, progress=step),
                lambda _: self._on_whole(item),
            )

        return check

    def _on_whole(self, item: EvidenceItem) -> None:
        self._checked.add(item.id)
        self._page.tell_passing(_("It is what was taken in: every byte was read and compared."))
        self.changed.emit()

    def _export(self, item: EvidenceItem) -> None:
        text = _(
            "The copy is not encrypted: whoever finds it can open it, and deleting it later"
            " may not remove every trace. Sealing a report is the safe way to hand it over."
        )
        if self._page.desk.preferences.now.role is Role.ORGANISATION:
            text = "\n".join((text, _(_HOSTILE)))
        question = Question(
            title=_("Take a copy out of the vault?"),
            text=text,
            verb=_("Take a copy out"),
            loses=True,
        )
        if not self._page.ask.confirm(question):
            return
        wish = SaveWish(title=_("Where to?"), name=_file_name(item))
        to = self._page.ask.save_file(wish)
        if to is None:
            return
        self._page.session.do(
            self._page,
            lambda vault, step: evidence.export(vault, item.id, to=to, progress=step),
            lambda _: self._on_exported(to),
        )

    def _on_exported(self, to: Path) -> None:
        text = _("{name} was read back and is the same. It is not encrypted.")
        self._page.tell(Tone.WARN, _("A copy is out"), text.format(name=outside(to.name)))

    def _on_taken(self, done: TakenIn) -> None:
        if done.refused:
            why = " ".join(
                f"{outside(name)}: {explain(error).title}." for name, error in done.refused
            )
            self._page.tell(Tone.WARN, _("Not every file was taken in"), why)
        elif done.count:
            self._page.tell_passing(
                ngettext(
                    "{count} file is in the vault, read back and the same",
                    "{count} files are in the vault, read back and the same",
                    done.count,
                ).format(count=done.count)
            )


def _take_in(
    vault: Vault, wanted: Sequence[Wanted], about: RecordId, progress: Progress
) -> TakenIn:
    """Each file by itself: one that cannot be read does not keep the others out."""
    refused: list[tuple[str, AppError]] = []
    for each in wanted:
        try:
            evidence.take_in(
                vault,
                each.path,
                about=about,
                evidence_type=each.kind,
                title=_named(each.kind),
                progress=progress,
            )
        except Cancelled:
            raise
        except AppError as error:
            refused.append((each.path.name, error))
    return TakenIn(count=len(wanted) - len(refused), refused=tuple(refused))


def _take_in_picture(vault: Vault, content: bytes, about: RecordId, progress: Progress) -> TakenIn:
    evidence.take_in_content(
        vault,
        content,
        about=about,
        evidence_type=_COPIED,
        title=_named(_COPIED),
        progress=progress,
    )
    return TakenIn(count=1, refused=())


def _named(kind: str) -> LText:
    """A title without a name in it: the file's own often is one, and stays on this device."""
    texts = i18n.window()
    return LText.of(texts.term(evidence_kinds.LIST, kind), texts.tag)


def _file_name(item: EvidenceItem) -> str:
    return names.safe_name(item.original_filename or item.short_ref)
