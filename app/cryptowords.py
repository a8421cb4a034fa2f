"""The failures of the crypto layer in words. Reached through app.messages."""

from __future__ import annotations

from app.explanation import Explanation, said
from app.i18n import _
from crypto import errors as c


def explain(error: c.CryptoError) -> Explanation:
    """The words for this failure, in the window's language. Never raises."""
    match error:
        case c.WrongKey():
            return said(
                _("That did not open it"),
                _("The key or passphrase does not fit, or the file was altered."),
                _("Check Caps Lock and the keyboard's language, then try again."),
            )
        case c.UnusablePassphrase():
            return said(
                _("This passphrase cannot be used"),
                _("It is empty, too long, or holds signs that are not text."),
                _("Use the words proposed, or type another one."),
            )
        case c.UnusablePhrase(rule=rule, word=word):
            return said(
                _("This is not the recovery phrase"),
                _phrase(rule, word),
                _("Compare it with the paper, word by word."),
            )
        case c.UnusableShare(rule=rule, word=word):
            return said(
                _("This is not a share"),
                _share(rule, word),
                _("Compare it with the paper, word by word."),
            )
        case c.SharesDiffer():
            return said(
                _("These shares do not belong together"),
                _("They are from different sets, or one of them is not what it was."),
                _("Use shares that were made on the same day for the same vault."),
            )
        case c.TooFewShares(needed=needed, given=given):
            return said(
                _("More shares are needed"),
                _("{needed} shares open it; {given} are here.").format(needed=needed, given=given),
                _("Ask the other keepers for theirs."),
            )
        case c.LastSlot():
            return said(
                _("This is the last way in"),
                _("Without it nobody could open the vault any more. It was not removed."),
                _("Add another passphrase first."),
            )
        case c.NoFreeSlot():
            return said(
                _("No room for another passphrase"),
                _("All places for passphrases are taken. Nothing was changed."),
                _("Remove one that is no longer needed."),
            )
        case c.PassphraseTaken():
            return said(
                _("This passphrase is in use already"),
                _("It opens this vault now; a second time would change nothing."),
                _("Choose another one."),
            )
        case c.NotEnoughMemory():
            return said(
                _("Not enough memory"),
                _("Opening the vault needs more memory than is free now. Nothing was tried."),
                _("Close other programs, then try again."),
            )
        case c.TooCostly():
            return said(
                _("This file asks for too much"),
                _("It demands more memory or time than any honest file. It was not opened."),
                _("Do not trust it. Ask where it comes from."),
            )
        case c.TooCheap():
            return said(
                _("This protection would be too weak"),
                _("Guessing the passphrase would cost too little. Nothing was written."),
                _("Use the usual strength."),
            )
        case c.BadSignature():
            return said(
                _("The signature does not hold"),
                _("What it should cover was altered, or somebody else signed it."),
                _("Do not trust it. Ask the sender another way."),
            )
        case c.NoIdentityMatches():
            return said(
                _("Sealed for somebody else"),
                _("None of the keys here opens it. It is not damaged by that."),
                _("Give it to the one it is for."),
            )
        case c.MixedRecipients():
            return said(
                _("These receivers cannot share a file"),
                _("One of them has an older kind of key, which would weaken it for the other."),
                _("Make one file for each."),
            )
        case c.Unsupported():
            return said(
                _("Made by a newer version"),
                _("It is written in a way that this version does not know."),
                _("Open it with a newer version of the program."),
            )
        case c.MalformedKey():
            return said(
                _("This is not a key"),
                _("The text is incomplete or has a wrong letter in it."),
                _("Copy it again, from the first to the last sign."),
            )
        case c.SelfTestFailed():
            return said(
                _("This copy of the program is not safe"),
                _("A part that encrypts gave a wrong answer. Nothing was opened or sealed."),
                _("Do not use this copy. Get the program again from those you trust."),
            )
        case c.Malformed() | c.MalformedHeader() | c.MalformedArmor():
            return said(
                _("This file cannot be read"),
                _("It is not of the kind expected, or it was cut off. Nothing was changed."),
                _("Check that you chose the right file."),
            )
        case c.Damaged() | c.BadHeaderMac() | c.DamagedPayload():
            return said(
                _("This file is damaged"),
                _("It was altered or cut off. Nothing of it was taken in."),
                _("Try another copy of it."),
            )
        case _:
            return said(
                _("That did not work"),
                _("The program stopped for safety. Nothing was left half done."),
            )


def _phrase(rule: str, word: int) -> str:
    if rule == "unknown":
        return _("Word {number} is in no list of words.").format(number=word)
    if rule == "checksum":
        return _("One word is another than it was, or two changed places.")
    return _("A recovery phrase has twelve words.")


def _share(rule: str, word: int) -> str:
    if rule == "checksum":
        return _("One word is another than it was, or two changed places.")
    if rule == "kind":
        return _("It was made by another program, in a way that is not used here.")
    if word:
        return _("Word {number} is not in the list of words.").format(number=word)
    return _("A share has twenty words.")
