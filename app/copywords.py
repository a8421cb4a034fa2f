"""What can be wrong with a safe copy, in words. Reached through app.messages."""

from __future__ import annotations

from app import errors as e
from app.explanation import Explanation, said
from app.i18n import _


def explain(error: e.CopyError) -> Explanation:
    """The words for this failure, in the window's language. Never raises."""
    match error:
        case e.NotACopy():
            return said(
                _("This is not a safe copy"),
                _("The file holds no copy of a vault. Nothing was made of it."),
                _("Choose another file. A safe copy has a name like k7q2m-9tabc-…"),
            )
        case e.CopyDamaged():
            return said(
                _("This safe copy is damaged"),
                _("It was cut or altered, or its stick is going bad. Nothing was made of it."),
                _("Use another copy. If your vault still opens, make a new copy now."),
            )
        case e.WrongCopyKey():
            return said(
                _("That does not open this copy"),
                _(
                    "A copy opens with what was chosen when it was made: the passphrase of that"
                    " day, even if you changed it since, or the copy key on paper."
                ),
                _("Check Caps Lock and the keyboard's language, or try the older passphrase."),
            )
        case e.CopyOfAnother():
            return said(
                _("A copy of another vault"),
                _("It restores, but it is not of the vault that is open. Nothing was compared."),
                _("Choose a copy of this vault, or open the other one and try the copy there."),
            )
        case e.CopyTooNew():
            return said(
                _("Made by a newer version"),
                _("This copy was made with a newer version of the program. Nothing was changed."),
                _("Restore it with that version."),
            )
        case _:
            return said(
                _("This is no copy key"),
                _("The text is not complete, or a sign of it was mistyped."),
                _("It begins with AGE-SECRET-KEY-PQ-1. Compare it with the paper."),
            )
