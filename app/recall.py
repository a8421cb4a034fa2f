"""What to tell each receiver when consent was withdrawn (C-06): a notice that names nobody.

It says which records, in which bundles, are to be deleted, and what cannot be undone. Giving it to
the receiver is for a person to do. It can be made again while the vault knows what left.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from app.contacts import ContactId
from app.i18n import _
from app.names import visible_text
from app.storage import records
from app.vault import Vault
from app.withdrawing import Gone, Left


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """One notice. `records`: short references, as the receiver knows them; `bundles`: file names.

    `text`: in the language of the window, to be sent sealed or said by voice.
    """

    contact: ContactId
    receiver: str
    records: tuple[str, ...]
    bundles: tuple[str, ...]
    text: str


def recalls(vault: Vault, gone: Gone) -> tuple[Recall, ...]:
    """One for each receiver who holds something, by name; none where nothing has left."""
    by_receiver = sorted(gone.bundles, key=lambda each: (each.receiver, each.contact))
    return tuple(
        _recall(vault, contact, list(left))
        for contact, left in groupby(by_receiver, key=lambda each: each.contact)
    )


def _recall(vault: Vault, contact: ContactId, left: list[Left]) -> Recall:
    held = sorted({record for each in left for record in each.records})
    heads = (records.head(vault.database, record) for record in held)
    references = tuple(sorted(head.short_ref for head in heads if head is not None))
    bundles = tuple(f"{each.day} · {each.name}" for each in left)
    lines = (
        _("To {receiver}").format(receiver=visible_text(left[0].receiver)),
        _("Consent was withdrawn for something that we sealed for you."),
        _("Please delete these records, in every copy: {references}").format(
            references=", ".join(references)
        ),
        _("They came in: {bundles}").format(bundles=visible_text("; ".join(bundles))),
        _("Ask whoever you passed them on to for the same, and tell us what could not be undone."),
        _("Do not try to reach the person."),
    )
    return Recall(
        contact=contact,
        receiver=left[0].receiver,
        records=references,
        bundles=bundles,
        text="\n".join(lines),
    )
