"""Every expected failure in words: what happened, what is safe, what to do next.

One `match` over the leaves of AppError here, one over those of CryptoError in app/cryptowords.py;
windows and command line say the same. A new leaf needs a case (tests/test_messages.py finds one
that has none). Facts from outside are shown with everything unseen spelled out.
"""

from __future__ import annotations

from app import (
    copywords,
    cryptowords,
    evidencewords,
    inboxwords,
    mediumwords,
    partwords,
    problemwords,
    riskwords,
    sizes,
    vaultwords,
)
from app import errors as e
from app.explanation import Explanation, said
from app.i18n import _
from app.names import visible
from crypto.errors import CryptoError

__all__ = ["Explanation", "explain"]

_FINAL = frozenset({"replay", "kind"})
"""Reasons that no acceptance sets aside."""


def explain(error: e.AppError | CryptoError) -> Explanation:
    """The words for this failure, in the window's language. Never raises."""
    match error:
        case CryptoError():
            return cryptowords.explain(error)
        case e.CopyError():
            return copywords.explain(error)
        case e.PartError():
            return partwords.explain(error)
        case e.FileError():
            return mediumwords.explain(error)
        case e.VaultError():
            return _vault(error)
        case e.HostileInput():
            return _outside(error)
        case e.NotForMe() | e.Refused() | e.CardChanged() | e.NotVerified() | e.CodeDiffers():
            return _trust(error)
        case e.OnHold():
            return vaultwords.on_hold(error)
        case e.CannotUndo():
            return inboxwords.cannot_undo(error)
        case e.EvidenceError():
            return evidencewords.explain(error)
        case e.RiskHolds():
            return riskwords.holds(error)
        case _:
            return _other(error)


def _vault(error: e.VaultError) -> Explanation:
    match error:
        case e.WrongPassphrase():
            return said(
                _("That did not open the vault"),
                _("This passphrase opens nothing here."),
                _("Check Caps Lock and the keyboard's language, then try again."),
            )
        case e.NotAVault():
            return said(
                _("No vault here"),
                _("This folder holds no vault. Nothing in it was changed."),
                _("Choose another folder, or make a new vault."),
            )
        case e.VaultIncomplete(missing=missing):
            return said(
                _("A part of the vault is missing"),
                _("The vault lacks “{part}”. Nothing was put in its place.").format(
                    part=visible(missing)
                ),
                _("If you moved or copied the folder, bring all of it. Or open a safe copy."),
            )
        case e.VaultDamaged():
            return said(
                _("This vault is damaged"),
                _("It can no longer be read as it should be. Nothing was changed."),
                _("Copy the whole folder before anything else, then open a safe copy of it."),
            )
        case e.VaultInUse():
            return said(
                _("Another window has this vault open"),
                _("Only one program at a time may have a vault open, or it could be harmed."),
                _("Close the other window, then try again."),
            )
        case e.VaultTooNew():
            return said(
                _("Made by a newer version"),
                _("This vault was used with a newer version of the program. Nothing was changed."),
                _("Open it with that version."),
            )
        case e.VaultAlreadyThere():
            return said(
                _("This folder is not empty"),
                _("A new vault needs a folder of its own. Nothing was changed."),
                _("Choose an empty folder, or open the vault that is in it."),
            )
        case e.UnsafeBuild():
            return said(
                _("This copy of the program is not safe"),
                _("The part that encrypts does not work as it must. Nothing was written."),
                _("Do not use this copy. Get the program again from those you trust."),
            )
        case e.CostShared():
            return vaultwords.cost_shared()
        case e.WeakPassphrase():
            return said(
                _("This passphrase is easy to guess"),
                _("Somebody with a copy of the vault could find it by trying."),
                _("Take the words proposed, or make it longer."),
            )
        case e.VaultLocked():
            return said(
                _("The vault is locked"),
                _("It was locked in the meantime. What was saved is in it."),
                _("Unlock it, then try again."),
            )
        case _:
            return _unnamed(error)


def _outside(error: e.HostileInput) -> Explanation:
    nothing = _("Nothing of it was taken in.")
    again = _("Ask for it to be sealed and sent again.")
    match error:
        case e.UnsafeName(name=name):
            return said(
                _("A file name is not safe"),
                _("The name “{name}” could do harm on some computers.").format(name=visible(name)),
                _("Rename the file, then try again."),
            )
        case e.NotABundle():
            return said(
                _("This is not a sealed bundle"),
                _("The file is something else. Nothing was changed."),
                _("Check that you chose the right file."),
            )
        case e.BundleDamaged():
            return said(
                _("This bundle is damaged"),
                _("It was altered or cut off on its way.") + " " + nothing,
                _("Try another copy of it if there is one. Else: ") + again,
            )
        case e.BadBundle() | e.BadTar() | e.BadBag() | e.BadManifest():
            return said(
                _("This bundle is not made as it should be"),
                _("It opens, but what is inside breaks the rules.") + " " + nothing,
                again + " " + _("If it happens again, be careful: somebody may be testing you."),
            )
        case e.SignatureBroken():
            return said(
                _("The seal is broken"),
                _("The signature inside does not fit what it should cover.") + " " + nothing,
                _("Do not trust it, and do not open its files. Ask the sender another way."),
            )
        case e.BadCard():
            return said(
                _("This is not a card that can be used"),
                _("The card is incomplete or was altered. Nothing was changed."),
                _("Ask for the card again."),
            )
        case e.BadSlip():
            return said(
                _("This is not a whole slip"),
                _("The slip is incomplete, or was altered or mistyped. Nothing was compared."),
                _("Take all of it, or type the names of the files as they stand on the paper."),
            )
        case e.BadReceipt():
            return said(
                _("This receipt does not hold"),
                _("It does not fit the bundle it names, or it is not written as a receipt."),
                _("Ask the organisation to make it again."),
            )
        case e.MalformedJson() | e.MalformedRecord():
            return said(
                _("This cannot be read as a record"),
                _("It is not written the way this program writes.") + " " + nothing,
                _("Check that you chose the right file."),
            )
        case _:
            return _unnamed(error)


def _trust(error: e.AppError) -> Explanation:
    match error:
        case e.NotForMe():
            return said(
                _("Sealed for somebody else"),
                _("This bundle was sealed for another key. No key in this vault opens it."),
                _("It is not damaged by that. Give it to the one it is for."),
            )
        case e.Refused(reasons=reasons):
            return said(
                _("Not taken in yet"),
                " ".join(_reason(reason) for reason in reasons),
                _("Nothing is lost: it is here already, or it is not for this page.")
                if _FINAL & set(reasons)
                else _("Decide yourself whether to take it in all the same."),
            )
        case e.CardChanged(name=name):
            return said(
                _("The keys of {name} have changed").format(name=visible(name)),
                _("Either they made new keys, or somebody put theirs in between."),
                _("Ask them in person or on a call, then decide. Until then nothing is sealed."),
            )
        case e.NotVerified(name=name):
            return said(
                _("You have not compared the code of {name}").format(name=visible(name)),
                _("Someone could have swapped the key and could then read what you seal."),
                _("Compare the code on a call or in person first."),
            )
        case e.CodeDiffers(name=name):
            return said(
                _("The code does not match"),
                _("What you typed is not the code of the card of {name}.").format(
                    name=visible(name)
                ),
                _("Check the digits. If they differ again, the card may be forged: do not use it."),
            )
        case _:
            return _unnamed(error)


def _other(error: e.AppError) -> Explanation:
    match error:
        case e.Cancelled():
            return said(_("Stopped"), _("You stopped it. Nothing was left half done."))
        case e.NotReadable(at=at):
            return said(
                _("Cannot read this file"),
                _("“{name}” cannot be read here, or is not a file.").format(name=visible(at.name)),
                _("Check that you may open it, then try again."),
            )
        case e.NotThere(at=at):
            return said(
                _("Not found"),
                _("“{name}” is not there any more.").format(name=visible(at.name)),
                _("If it is on a stick, put the stick in again."),
            )
        case e.AlreadyThere(at=at):
            return said(
                _("A file of this name is there already"),
                _("“{name}” was not overwritten.").format(name=visible(at.name)),
                _("Choose another name or another folder."),
            )
        case e.NotOnThisComputer():
            return said(
                _("Not on this computer"),
                _("That is a place in a network. It was not looked at: asking would be seen."),
                _("Copy the file to this computer or a stick first."),
            )
        case e.TooBig(size=size, limit=limit):
            return said(
                _("Too big"),
                _("The file has {size}; {limit} at most can be read.").format(
                    size=sizes.words(size), limit=sizes.words(limit)
                ),
            )
        case e.NotFound():
            return said(
                _("Not found"),
                _("There is nothing with this reference here."),
                _("It may have been removed, or belong to another vault."),
            )
        case e.Conflict():
            return said(
                _("Changed in the meantime"),
                _("This was changed elsewhere since you opened it. Both versions are safe."),
                _("Open it again, and add what is missing."),
            )
        case e.PlanChanged():
            return said(
                _("Changed in the meantime"),
                _("What would be sealed now is not what you were shown. Nothing was sealed."),
                _("Look at it again, then seal it."),
            )
        case e.Invalid():
            return problemwords.refused(error)
        case e.EvidenceDamaged():
            return said(
                _("This file is damaged in the vault"),
                _("It no longer decrypts to what was taken in. Other files are not affected."),
                _("If you still have the original or a safe copy, keep it and add it again."),
            )
        case e.CannotPack(name=name):
            return said(
                _("A file cannot be sealed"),
                _("“{name}” does not fit the rules for files in a bundle.").format(
                    name=visible(name)
                ),
                _("Rename it, or leave it out."),
            )
        case e.NoReply():
            return said(
                _("No receipt can be sent back"),
                _("The bundle does not say how to seal an answer to its sender."),
                _("Tell the sender another way that it arrived."),
            )
        case e.NoOwnCard():
            return said(
                _("This vault has no card yet"),
                _("A receipt is signed with the key of your card, and there is none."),
                _("Make your card on the page of contacts, then try again."),
            )
        case e.Ambiguous():
            return said(
                _("Several records have this reference"),
                _("The short reference fits more than one record. Nothing was changed."),
                _("Use the full identifier."),
            )
        case e.NothingToSeal():
            return said(
                _("Nothing to seal"),
                _("No report is chosen, or consent holds back every one of them."),
                _("Choose a report, or look at its consent."),
            )
        case e.GuardFailed():
            return said(
                _("A protection could not be switched on"),
                _("The program stopped before it opened anything."),
                _("Do not go around it. Ask those who gave you the program."),
            )
        case _:
            return _unnamed(error)


def _reason(code: str) -> str:
    """Why something was not taken in by itself, from the codes of Refused."""
    known = {
        "unknown": _("It is signed by someone who is not among your contacts."),
        "unsigned": _("It is not signed, so nobody can say who sealed it."),
        "passed_on": _("It was sealed for somebody else first and passed on to you."),
        "replay": _("You have had this very bundle before."),
        "kind": _("It is of another kind than what this place takes in."),
        "other_receiver": _("It is not from the organisation to which the bundle was sealed."),
        "forked": _("Another bundle with the same number is here already."),
    }
    found = next((text for key, text in known.items() if key in code.replace("-", "_")), "")
    return found or _("It needs a decision: {reason}.").format(reason=visible(code))


def _unnamed(error: e.AppError) -> Explanation:
    """Words for a leaf that has none yet: true, if not helpful. A test keeps this unreachable."""
    return said(
        _("That did not work"),
        _("The program stopped at “{code}”. Nothing was left half done.").format(code=error.code),
    )
