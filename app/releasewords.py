"""What was left out of a record on its way to a receiver, in words."""

from __future__ import annotations

from typing import Final

from app.bundles.releasing import LeftOut, Part
from app.bundles.still_said import StillSaid
from app.i18n import N_, _
from app.names import visible_text

_PARTS: Final = {
    Part.PLACE: N_("told more coarsely, as was chosen there: {fields}"),
    Part.COORDINATES: N_("without coordinates: the place is not told exactly everywhere"),
    Part.DATE: N_("dates told more coarsely: {fields}"),
    Part.AGE: N_("without the exact age: {fields}"),
    Part.FORMER_NAME: N_("without former names, and spellings that may be of one"),
    Part.SEALED_NAME: N_("without names that are sealed"),
    Part.STRICTER_FIELD: N_("without what is marked as stricter: {fields}"),
}


def words(left_out: LeftOut) -> str:
    """What stays here, as the end of a sentence that names the record."""
    fields = ", ".join(_(each) for each in left_out.fields if each)
    return _(_PARTS[left_out.part]).format(fields=fields)


def still_said(found: StillSaid) -> str:
    """Where words that were taken out stand all the same."""
    return _("“{words}” still stands in the field “{field}”").format(
        words=visible_text(found.words), field=_(found.field)
    )
