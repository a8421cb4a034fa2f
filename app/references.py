"""Evidence that is named and not kept: a record without a file, and why (E-06, E-07).

Some files harm whoever holds them: a vault that is opened under force must not hold an intimate
picture or one of a child, and malware must not be where somebody may open it. What it is and
who holds it is evidence enough for whoever may ask for it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from app import store
from app.custody import COLLECTED, note
from app.evidence import TYPES
from app.i18n import N_, _, window
from app.records import EvidenceItem, EvidenceLink
from app.records.ids import EvidenceItemId, RecordId, short_ref
from app.records.values import NOTHING_SAID, LText, TermRef
from app.vault import Vault

REFERENCE_ONLY: Final = TermRef(list="evidence_handling", key="reference_only")


class NotKept(StrEnum):
    """Why a file is not taken in."""

    MALWARE = "malware"
    SEXUAL_IMAGE = "sexual_image"
    IMAGE_OF_CHILD = "image_of_child"
    HELD_ELSEWHERE = "held_elsewhere"


WORDS: Final = {
    NotKept.MALWARE: N_(
        "Reference only: a harmful program is never kept or opened here. Leave it on the device"
        " where it was found, or with somebody who examines devices."
    ),
    NotKept.SEXUAL_IMAGE: N_(
        "Reference only: sexual images are not kept here. Copies hurt the person again, and having"
        " them can be a crime. Write down what they show, who holds them, and who has seen them."
    ),
    NotKept.IMAGE_OF_CHILD: N_(
        "Reference only: images of children are not kept here. Copies can hurt the child, and"
        " having them can be a crime. Write down what they show and who holds them."
    ),
    NotKept.HELD_ELSEWHERE: N_("Reference only: the file or thing is held elsewhere."),
}


def refer_only(
    vault: Vault,
    *,
    about: RecordId,
    evidence_type: str,
    why: NotKept,
    title: LText = NOTHING_SAID,
    description: LText = NOTHING_SAID,
    by: str = "",
) -> EvidenceItem:
    """A record of evidence that stays where it is; the reason is written in it.

    `evidence_type`: a key of that vocabulary; `by`: a code. A digest that its holder said belongs
    into the description: digest, size and type of a record are those of a file here. Raises
    Invalid, NoRoom, NotWritable, MediumFailed.
    """
    reference = short_ref()
    named = LText.of(reference)
    item = EvidenceItem(
        short_ref=reference,
        evidence_type=TermRef(list=TYPES, key=evidence_type),
        title=title or named,
        description=description or named,
        handling=REFERENCE_ONLY,
        method=LText.of(_(WORDS[why]), window().tag),
        links=(EvidenceLink(supports=about),),
    )
    with vault.transaction() as tx:
        item = store.put(vault, tx, item).record
        note(vault, tx, EvidenceItemId(item.id), COLLECTED, by=by)
    return item
