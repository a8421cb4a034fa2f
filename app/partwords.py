"""What can be wrong with the parts of a bundle, in words. Reached through app.messages."""

from __future__ import annotations

from app import errors as e
from app import sizes
from app.explanation import Explanation, said
from app.i18n import _


def explain(error: e.PartError) -> Explanation:
    """The words for this failure, in the window's language. Never raises."""
    match error:
        case e.OtherParts(sets=sets):
            return said(
                _("Parts of several bundles"),
                _("These parts belong to {count} bundles, or to two ways to split one.").format(
                    count=sets
                ),
                _("Choose the parts of one bundle."),
            )
        case e.PartsMissing(needed=needed, present=present):
            return said(
                _("Parts are missing"),
                _("{needed} parts are needed, and {present} are here.").format(
                    needed=needed, present=present
                ),
                _("Look on the other sticks, or ask for the parts that are missing."),
            )
        case e.PartsDamaged(needed=needed, readable=readable, at=at):
            return said(
                _("Too many parts are damaged"),
                _(
                    "{needed} whole parts are needed everywhere; after {size} only {count} are"
                    " whole. Nothing was made of them."
                ).format(needed=needed, count=readable, size=sizes.words(at)),
                _("Find one more part, or a better copy of one of these."),
            )
        case e.PartsDisagree():
            return said(
                _("These parts do not give the bundle"),
                _("Each part is whole, but one was altered by somebody. Nothing was made of them."),
                _("Try it with other copies of the parts, and ask who had them."),
            )
        case _:
            return said(
                _("This is not a part"),
                _("The file is no part of a bundle that was split. Nothing was changed."),
                _("Choose another file."),
            )
