"""What can be wrong with a file of evidence, and what may be hidden in one, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app import errors as e
from app.explanation import Explanation, said
from app.i18n import N_, _
from app.metadata import Extent, Hidden, Scan
from app.names import visible
from app.proofmode import Match, Proof

HIDDEN: Final = {
    Hidden.PLACE: N_("where it was made"),
    Hidden.TIME: N_("when it was made"),
    Hidden.DEVICE: N_("the device"),
    Hidden.PERSON: N_("names of people"),
    Hidden.SOFTWARE: N_("the program"),
    Hidden.COMMENT: N_("comments and titles"),
    Hidden.PREVIEW: N_("a small preview"),
    Hidden.HISTORY: N_("earlier states and changes"),
    Hidden.ENCLOSED: N_("another file inside"),
    Hidden.ACTIVE: N_("something that runs or fetches"),
    Hidden.OTHER: N_("other data"),
}


def listed(kinds: Iterable[Hidden]) -> str:
    """The kinds of what was found, joined."""
    return ", ".join(_(HIDDEN[each]) for each in kinds)


def summary(scan: Scan) -> str:
    """What was found inside, in one sentence."""
    if scan.extent is Extent.NOT_READ:
        return _("Hoopoe cannot look into files of this type: anything may be hidden inside.")
    if scan.extent is Extent.PART:
        if not scan.findings:
            return _("It could be looked into in part only: more may be hidden inside.")
        return _("It tells: {kinds}. It could be looked into in part only.").format(
            kinds=listed(scan.kinds)
        )
    if scan.findings:
        return _("It tells: {kinds}.").format(kinds=listed(scan.kinds))
    return _("Nothing is hidden inside.")


MATCHES: Final = {
    Match.SAME: N_("the file is the one that the record is about"),
    Match.NO_FILE: N_("no file here is the one that the record is about"),
    Match.NO_DIGEST: N_("the record does not say which file it is about"),
}


def proof(found: Proof) -> str:
    """What was found of one record of ProofMode, in one line."""
    signed = (
        _("signature not checked: Hoopoe has no OpenPGP") if found.signature else _("no signature")
    )
    return _("{record}: {match}; {signed}").format(
        record=visible(found.record), match=_(MATCHES[found.match]), signed=signed
    )


def explain(error: e.EvidenceError) -> Explanation:
    """The words for this failure, in the window's language. Never raises."""
    match error:
        case e.ChangedWhileRead():
            return said(
                _("The file changed while it was read"),
                _("{file} is being written by another program. It was not taken in.").format(
                    file=visible(error.at.name)
                ),
                _("Wait until the recording or download has ended, then take it in again."),
            )
        case e.CannotBeCleaned():
            return said(
                _("No clean copy could be made"),
                _(
                    "What is hidden in {reference} cannot be taken out here with certainty. The"
                    " original is unchanged, and no copy was kept."
                ).format(reference=visible(error.reference)),
                _(
                    "Cover or show it as a picture, or clean it in the program that made it and"
                    " take that copy in. Or look at what is inside and release it as it is."
                ),
            )
        case e.CannotBeShown():
            return said(
                _("This file cannot be shown"),
                _("It is unchanged, and nothing of it was opened here."),
                "",
            )
        case e.InsideNotSeen():
            return said(
                _("Look at what is inside first"),
                _(
                    "What is hidden in {reference} is not what was shown. It was not released."
                ).format(reference=visible(error.reference)),
                _("Look at what is inside again, then decide."),
            )
        case e.NothingCovered():
            return said(
                _("Nothing was covered"),
                _("No part of {reference} was marked. No copy was made.").format(
                    reference=visible(error.reference)
                ),
                _("Mark what must not be seen, then try again."),
            )
        case e.NotAProof():
            return said(
                _("This is no package of ProofMode"),
                _("It holds no record of ProofMode that can be read here. Nothing was checked."),
                _("Choose the ZIP file that ProofMode shared."),
            )
        case e.NoFileHere():
            return said(
                _("There is no file here"),
                _("{reference} is a reference only: its file is not in this vault.").format(
                    reference=visible(error.reference)
                ),
                _("Ask whoever holds the file."),
            )
        case _:
            return said(
                _("Something about this file was refused"),
                _("Nothing was added and nothing was lost."),
                _("Try again."),
            )
