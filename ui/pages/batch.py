"""Many bundles at once: look at all of them first, then take in what is chosen, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.i18n import N_, _, ngettext
from app.inbox import answering, gathering, looking, taking
from app.inbox.answering import Answerable
from app.inbox.importing import Doubt
from app.inbox.looking import Batch, LookedAt, Standing
from app.inbox.taking import Became, Done, Finished
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import batch_words
from ui.pages.batch_receipts import BatchReceipts
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, INSIDE, STRETCH, Card, clear, column, group, hint, row
from ui.widgets.choosing import Tick
from ui.widgets.empty import Empty
from ui.widgets.entry import Entry, OneLine
from ui.widgets.plain import Paragraph, TextRole, Tone
from ui.widgets.stated import Stated, mark

AT_ONCE = 50

_ACCEPT = {
    Doubt.UNKNOWN: N_("Take in those whose signer I do not know ({count})"),
    Doubt.UNSIGNED: N_("Take in those that are not signed ({count})"),
    Doubt.PASSED_ON: N_("Take in those that were sealed for somebody else first ({count})"),
}

_FIRST = (Standing.DOUBTFUL, Standing.ALONE, Standing.HOSTILE, Standing.NOT_READ)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    batch: Batch
    left_out: int


class BatchPage(Page):
    """`Visit.files`: files, folders or a medium to look through."""

    id = "batch"
    icon = Icon.INBOX
    needs = Needs.VAULT
    roles = frozenset({Role.ORGANISATION})
    in_rail = False
    under = "inbox"
    takes_files = True

    @classmethod
    def title(cls) -> str:
        return _("Many bundles")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.batch: Batch | None = None
        self.ticks: dict[Doubt, Tick] = {}
        self._shown = AT_ONCE
        self.told = column(spacing=BETWEEN)
        self.list = column(spacing=INSIDE)
        self.put(self.told, self.list, STRETCH)
        self.take = buttons.primary(_("Take in"), self.go_on, Icon.CHECK)
        self.put_foot(self.back_button(), STRETCH, self.take)

    def arrive(self, visit: Visit) -> None:
        if visit.files:
            self.take_files(visit.files)

    def take_files(self, files: tuple[Path, ...]) -> None:
        self.batch = None
        self.ticks = {}
        self.take.hide()
        clear(self.list)
        self._say(hint(_("Looking at every file. Nothing is taken in yet …")))

        def look(vault: Vault, progress: Progress) -> _Seen:
            found = gathering.files_in(files, progress=progress)
            batch = looking.look_at(vault, found.files, progress=progress)
            return _Seen(batch=batch, left_out=found.left_out)

        task = self.session.ask(self, look, self._show)
        if task is not None:
            task.finished.connect(self._ended)

    def go_on(self) -> None:
        batch = self.batch
        if batch is None or self.take.isHidden() or not self.take.isEnabled():
            return
        accepted = self.accepted
        self.take.setEnabled(False)

        def take(vault: Vault, progress: Progress) -> Done:
            return taking.take_in(vault, batch, accepted=accepted, progress=progress)

        task = self.session.do(self, take, self._show_done)
        if task is not None:
            task.finished.connect(lambda: self.take.setEnabled(True))

    @property
    def accepted(self) -> frozenset[Doubt]:
        """What was accepted in so many words."""
        return frozenset(doubt for doubt, tick in self.ticks.items() if tick.isChecked())

    def _ended(self) -> None:
        """Looking was stopped: say so instead of waiting for ever."""
        if self.batch is None:
            self._say(
                Stated(Tone.NOTE, _("Not everything was looked at"), _("Nothing was taken in."))
            )

    def _say(self, *parts: QWidget) -> None:
        clear(self.told)
        for each in parts:
            self.told.addWidget(each)

    # --- before ---------------------------------------------------------------------------------

    def _show(self, seen: _Seen) -> None:
        self.batch = seen.batch
        self._shown = AT_ONCE
        if not seen.batch.files:
            self._say(Empty(Icon.INBOX, _("No file there"), _("The place is empty.")))
            return
        count = Counter(each.standing for each in seen.batch.files)
        self._say(
            Card(
                _files(len(seen.batch.files)),
                hint(_("Nothing was taken in yet.")),
                _counts([(*batch_words.STANDINGS[each], count[each]) for each in Standing]),
            )
        )
        if seen.left_out:
            words = ngettext(
                "{count} more file is there than one batch takes. Take these in and look again.",
                "{count} more files are there than one batch takes. Take these in and look again.",
                seen.left_out,
            )
            self.told.addWidget(Stated(Tone.WARN, words.format(count=seen.left_out)))
        self._ask(seen.batch)
        first = [each for each in seen.batch.files if each.standing in _FIRST]
        rest = [each for each in seen.batch.files if each.standing not in _FIRST]
        self._list([*first, *rest])
        self.take.show()
        self._look()

    def _ask(self, batch: Batch) -> None:
        doubts = batch.doubts()
        if not doubts:
            return
        card = Card(_("Before you take them in"))
        card.body.addWidget(Paragraph(_("Nothing of it is opened or run by being taken in.")))
        for doubt, words in _ACCEPT.items():
            if doubts[doubt]:
                tick = Tick(_(words).format(count=doubts[doubt]))
                tick.toggled.connect(lambda _: self._look())
                self.ticks[doubt] = tick
                card.body.addWidget(tick)
        self.told.addWidget(card)

    def _look(self) -> None:
        batch = self.batch
        if batch is None:
            return
        taken = len(batch.takes_in(self.accepted))
        others = len(batch.of(Standing.RECEIPT, Standing.HOSTILE))
        words = ngettext("Take in {count} bundle", "Take in {count} bundles", taken)
        if not taken and batch.of(Standing.HOSTILE):
            words = _("Set aside what does not hold")
        self.take.setText(words.format(count=taken))
        self.take.setEnabled(bool(taken or others))

    def _list(self, files: Sequence[LookedAt]) -> None:
        clear(self.list)
        for each in files[: self._shown]:
            self.list.addWidget(self._entry(each))
        if len(files) > self._shown:

            def more() -> None:
                self._shown += AT_ONCE
                self._list(files)

            self.list.addWidget(buttons.quiet(_("Show more"), more))

    def _entry(self, each: LookedAt) -> QWidget:
        tone, words = batch_words.STANDINGS[each.standing]
        if each.inside is None and each.standing is not Standing.HOSTILE:
            return _line(batch_words.title(each), tone, _(words))
        return Entry(
            Icon.INBOX,
            batch_words.title(each),
            batch_words.detail(each),
            lambda: self.desk.go(Visit(page="open-bundle", files=(each.path,))),
            mark(tone, _(words)),
        )

    # --- afterwards -----------------------------------------------------------------------------

    def _show_done(self, done: Done) -> None:
        self.batch = None
        self.take.hide()
        clear(self.list)
        count = Counter(each.became for each in done.files)
        stopped = count[Became.NOT_REACHED]
        failed = count[Became.FAILED]
        tone = Tone.WARN if stopped or failed else Tone.OK
        title = _("Stopped between two bundles") if stopped else _("Done")
        text = _(
            "{out} of {all} files are accounted for below. Every bundle is whole, or not here."
        )
        self._say(
            Stated(tone, title, text.format(out=len(done.files), all=sum(count.values()))),
            Card(
                _files(len(done.files)),
                _counts([(*batch_words.BECAME[each], count[each]) for each in Became]),
            ),
        )
        if count[Became.SET_ASIDE]:
            self.told.addWidget(
                Stated(
                    Tone.BAD,
                    _("Some files do not hold"),
                    _("They are kept sealed as they came. Nothing of them was taken in."),
                    buttons.plain(
                        _("What was set aside"),
                        lambda: self.desk.go(Visit(page="set-aside")),
                        Icon.LOCK,
                    ),
                )
            )
        if stopped:
            paths = tuple(each.looked.path for each in done.files)
            self.told.addWidget(
                group(row(buttons.plain(_("Go on"), lambda: self.take_files(paths)), STRETCH))
            )
        taken = taking.taken(done.files)
        if taken:
            self.session.ask(
                self, lambda vault, _: answering.answerable(vault, taken), self._offer_receipts
            )
        odd = [each for each in done.files if each.became in {Became.FAILED, Became.SET_ASIDE}]
        rest = [each for each in done.files if each not in odd]
        self._list_done([*odd, *rest])

    def _offer_receipts(self, found: Answerable) -> None:
        card = BatchReceipts(self, found)
        self.told.addWidget(card)
        card.setVisible(card.says_something)

    def _list_done(self, files: Sequence[Finished]) -> None:
        clear(self.list)
        for each in files[: self._shown]:
            self.list.addWidget(self._done_entry(each))
        if len(files) > self._shown:

            def more() -> None:
                self._shown += AT_ONCE
                self._list_done(files)

            self.list.addWidget(buttons.quiet(_("Show more"), more))

    def _done_entry(self, each: Finished) -> QWidget:
        tone, words = batch_words.BECAME[each.became]
        if each.became is not Became.TAKEN:
            said = " · ".join((batch_words.result(each), batch_words.title(each.looked)))
            return _line(said, tone, _(words))
        marks = [mark(tone, _(words))]
        if not each.whole:
            marks.insert(0, mark(Tone.WARN, _("Incomplete")))
        return Entry(
            Icon.INBOX,
            batch_words.title(each.looked),
            batch_words.result(each),
            lambda: self.desk.go(Visit(page="arrival", reference=each.bundle)),
            *marks,
        )


def _files(count: int) -> str:
    return ngettext("{count} file", "{count} files", count).format(count=count)


def _counts(found: Sequence[tuple[Tone, str, int]]) -> QWidget:
    """How many are what; what there is none of is left out."""
    lines = [_line(_(words), tone, str(count)) for tone, words, count in found if count]
    return group(*lines, spacing=INSIDE // 2)


def _line(text: str, tone: Tone, word: str) -> QWidget:
    line = row(spacing=INSIDE)
    line.addWidget(OneLine(text, TextRole.BODY), 1)
    line.addWidget(mark(tone, word))
    return group(line)
