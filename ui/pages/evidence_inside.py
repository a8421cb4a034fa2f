"""What is hidden inside a file of a report, and what of it may leave: seen first, then decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app import evidence, evidencewords, metadata, released
from app.changes import Changes
from app.i18n import N_, _
from app.metadata import Scan
from app.names import visible_text
from app.records import EvidenceItem
from app.records.ids import RecordId
from app.released import Standing
from app.tasks import Progress
from app.vault import Vault
from ui.ask import Choice, Option, Question
from ui.page import Page
from ui.widgets.plain import Tone

_SHOWN: Final = 8
_CLEAN, _AS_IT_IS, _KEEP, _DESTROY = "clean", "as_it_is", "keep", "destroy"
EVIDENCE: Final = Changes.of("evidence_item", "custody_event")

MARKS: Final = {
    Standing.COPY_LEAVES: (Tone.OK, N_("Its copy leaves")),
    Standing.AS_IT_IS: (Tone.NOTE, N_("Leaves as it is")),
    Standing.UNDECIDED: (Tone.WARN, N_("Stays here")),
}
_STANDINGS: Final = {
    Standing.NOTHING_INSIDE: N_("It goes along when the report is sealed."),
    Standing.COPY_LEAVES: N_("When the report is sealed, its copy goes along and it stays here."),
    Standing.AS_IT_IS: N_("You released it as it is: it goes along when the report is sealed."),
    Standing.UNDECIDED: N_("It stays here when the report is sealed, until you decide."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found in a file, and whether its custody log is whole (E-03)."""

    scan: Scan
    custody_whole: bool
    changes: Changes = EVIDENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Copied:
    """The copy that was made."""

    copy: EvidenceItem
    changes: Changes = EVIDENCE


def look(vault: Vault, item: RecordId) -> Looked:
    """Look into the file, and at its custody log."""
    return Looked(
        scan=released.look(vault, item), custody_whole=evidence.custody_is_whole(vault, item)
    )


class Inside:
    """The question about one item after the other. `done`: something was decided."""

    def __init__(self, page: Page, done: Callable[[], None]) -> None:
        self._page = page
        self._done = done

    def ask_about(self, item: EvidenceItem, name: str) -> None:
        """Look into the file, show what is inside, and do what is chosen."""
        self._page.session.do(
            self._page,
            lambda vault, _: look(vault, item.id),
            lambda looked: self._choose(item, name, looked),
        )

    def _choose(self, item: EvidenceItem, name: str, looked: Looked) -> None:
        standing = released.standing(item)
        choice = Choice(
            title=name,
            text=told(looked, standing),
            options=tuple(_options(item, standing, looked.scan)),
            keep=_("Close"),
        )
        chosen = self._page.ask.choose(choice)
        if chosen == _CLEAN:
            self._clean(item)
        elif chosen == _AS_IT_IS:
            self._release(item, looked.scan)
        elif chosen == _KEEP:
            self._page.session.do(
                self._page, lambda vault, _: _kept(vault, item.id), lambda _: self._done()
            )
        elif chosen == _DESTROY:
            self._destroy(item, name)
        else:
            self._done()

    def _clean(self, item: EvidenceItem) -> None:
        def copy(vault: Vault, step: Progress) -> _Copied:
            return _Copied(copy=released.make_clean(vault, item.id, progress=step))

        def made(done: _Copied) -> None:
            self._page.tell_passing(visible_text(done.copy.method.text))
            self._done()

        self._page.session.do(self._page, copy, made)

    def _release(self, item: EvidenceItem, seen: Scan) -> None:
        question = Question(
            title=_("Let the file leave as it is?"),
            text=evidencewords.summary(seen)
            + " "
            + _("Whoever receives the report can read that. Your choice is noted in its log."),
            verb=_("Release it as it is"),
            loses=True,
        )
        if not self._page.ask.confirm(question):
            return

        def release(vault: Vault, _: Progress) -> _Copied:
            return _Copied(copy=released.as_it_is(vault, item.id, seen=seen))

        self._page.session.do(self._page, release, lambda _: self._done())

    def _destroy(self, item: EvidenceItem, name: str) -> None:
        question = Question(
            title=_("Destroy {name} for good?").format(name=name),
            text=_(
                "Its key and its file are destroyed: nobody can bring it back. Its custody log"
                " stays, removed. Safe copies and bundles made before still hold it."
            ),
            verb=_("Destroy the file"),
            loses=True,
        )
        if self._page.ask.confirm(question):
            self._page.session.do(
                self._page,
                lambda vault, _: evidence.destroy(vault, item.id, why=""),
                lambda _: self._done(),
            )


def told(looked: Looked, standing: Standing) -> str:
    """Summary, rows, what is decided, and the state of the custody log."""
    lines = [evidencewords.summary(looked.scan)]
    lines += [
        f"• {visible_text(each.name)}: {visible_text(each.value)}"
        for each in looked.scan.findings[:_SHOWN]
    ]
    more = len(looked.scan.findings) - _SHOWN
    if more > 0:
        lines.append(_("and {count} more").format(count=more))
    if standing in _STANDINGS:
        lines.append(_(_STANDINGS[standing]))
    lines.append(
        _("Its custody log is whole.")
        if looked.custody_whole
        else _("Its custody log has a gap: an event is missing.")
    )
    return "\n".join(lines)


def _options(item: EvidenceItem, standing: Standing, found: Scan) -> list[Option]:
    options = []
    if not found.nothing_hidden:
        if metadata.can_clean(item.mime):
            options.append(Option(id=_CLEAN, verb=_("Make a copy without it")))
        if standing is not Standing.AS_IT_IS:
            options.append(Option(id=_AS_IT_IS, verb=_("Release it as it is…")))
    if standing in (Standing.AS_IT_IS, Standing.COPY_LEAVES):
        options.append(Option(id=_KEEP, verb=_("Keep it here")))
    options.append(Option(id=_DESTROY, verb=_("Destroy the file…"), loses=True))
    return options


def _kept(vault: Vault, item: RecordId) -> _Copied:
    return _Copied(copy=released.keep_here(vault, item))
