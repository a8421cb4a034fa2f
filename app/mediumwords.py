"""What a stick or disk can refuse, in words. Reached through app.messages."""

from __future__ import annotations

from pathlib import Path

from app import errors as e
from app import sizes
from app.explanation import Explanation, said
from app.i18n import _
from app.names import visible


def explain(error: e.FileError) -> Explanation:
    """The words for this failure, in the window's language. Never raises."""
    match error:
        case e.NoRoom(at=at, needed=needed, free=free):
            text = _("There is no room left in {place}.").format(place=_folder(at))
            if needed:
                text = _("{needed} are needed in {place}, {free} are free.").format(
                    needed=sizes.words(needed), place=_folder(at), free=sizes.words(free)
                )
            advice = _("Nothing was lost. Free some room there, or choose another place.")
            return said(_("Not enough room"), text, advice)
        case e.NotWritable(at=at):
            return said(
                _("Cannot write there"),
                _("{place} is write-protected, or you may not write in it.").format(
                    place=_folder(at)
                ),
                _("Take the write protection off, or choose another place."),
            )
        case e.TooBigForMedium(size=size, limit=limit):
            return said(
                _("Too big for this stick"),
                _("The file has {size}; files on this stick may have {limit} at most.").format(
                    size=sizes.words(size), limit=sizes.words(limit)
                ),
                _("Use a stick formatted as exFAT, or seal less at a time."),
            )
        case e.MediumFailed():
            return said(
                _("The stick or disk stopped answering"),
                _("It was pulled out, or it is going bad. The copy is not complete."),
                _("What is on this computer is unharmed. Put it in again, or use another."),
            )
        case e.MediumBusy(at=at):
            return said(
                _("Another program is using it"),
                _("{place} is held by another program. Nothing was changed.").format(
                    place=_folder(at)
                ),
                _("Close what has files open there, and try again."),
            )
        case e.MediumGone(at=at):
            return said(
                _("The stick was pulled out"),
                _("{place} is not where it was when this began. No copy there counts.").format(
                    place=_folder(at)
                ),
                _("What is on this computer is unharmed. Put the stick in and copy again."),
            )
        case e.ReadBackDiffers():
            return said(
                _("The copy is not the same"),
                _("What was read back is not what was written. This stick is going bad."),
                _("Do not rely on it. Use another stick; the original is unharmed."),
            )
        case _:  # a leaf without words of its own; a test keeps this unreachable
            return said(_("That did not work"), _("The medium refused. Nothing is half done."))


def _folder(at: Path) -> str:
    """The place of a file as people see it: the stick or folder, not the whole path."""
    return "“" + visible(at.name or str(at)) + "”"
