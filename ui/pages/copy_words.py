"""What is said about safe copies: what is due, what opens one, what a drill showed."""

from __future__ import annotations

from app import sizes
from app.backup.comparing import Compared, Difference
from app.backup.drilling import Drill
from app.backup.notes import CopyNote, Lock
from app.backup.reminding import Due
from app.i18n import _, ngettext
from ui import days
from ui.widgets.plain import Tone, outside

_MOST = 10


def due_words(due: Due) -> tuple[str, str]:
    """A title and a sentence for what is due."""
    return {
        Due.NO_COPY: (
            _("There is no safe copy"),
            _("If this disk breaks or is taken, everything is gone. Make a copy on a stick."),
        ),
        Due.OLD_COPY: (
            _("The safe copy is old"),
            _("It is older than a week, and something changed since. Make a new one."),
        ),
        Due.NO_DRILL: (
            _("No copy was ever tried"),
            _("Only a copy that was restored once is sure to restore. It takes a moment."),
        ),
        Due.OLD_DRILL: (
            _("No copy was tried for 90 days"),
            _("Sticks forget. Try the newest copy again."),
        ),
        Due.FAILED_DRILL: (
            _("The last copy that was tried is not good"),
            _("Do not rely on it. Make a new one, on another stick, and try that."),
        ),
    }[due]


def lock_words(note: CopyNote) -> str:
    """What opens a copy, so that nobody relies on another passphrase."""
    if note.lock is Lock.RECOVERY:
        return _("opens with the copy key")
    return _("opens with your passphrase of {day}").format(day=days.day_of(note.at))


def copy_words(note: CopyNote) -> str:
    """One copy in a line."""
    tried = (
        _("tried on {day}").format(day=days.day_of(note.tried_at))
        if note.tried_at
        else _("not tried")
    )
    size = sizes.words(note.size)
    return " · ".join((days.day_of(note.at), size, lock_words(note), tried, outside(note.name)))


def drill_words(done: Drill) -> tuple[Tone, str, str]:
    """What a drill showed, with its tone."""
    counted = " · ".join(
        (
            ngettext("{count} record", "{count} records", done.records).format(count=done.records),
            ngettext("{count} file", "{count} files", done.evidence).format(count=done.evidence),
            ngettext("{count} entry came later", "{count} entries came later", done.since).format(
                count=done.since
            ),
        )
    )
    if done.good:
        title = _("The copy restores, and all in it is as in your vault")
        return Tone.OK, title, counted
    title = _("The copy is not as it should be. Make a new one.")
    wrong = [difference_words(each) for each in done.differences]
    wrong += [outside(f"{each.reference} {each.detail}") for each in done.report.findings]
    return Tone.BAD, title, "\n".join([counted, *wrong[:_MOST]])


def difference_words(found: Difference) -> str:
    """Where a copy differs from the vault."""
    what = {
        Compared.CHAIN: _("Another entry in the log"),
        Compared.RECORD: _("A record in another state"),
        Compared.EVIDENCE: _("Another file"),
    }[found.what]
    return f"{what}: {outside(found.reference)}"
