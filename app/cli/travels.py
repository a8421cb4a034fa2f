"""Where a record went and what was answered: what `hoopoe record show` says below its fields."""

from __future__ import annotations

from dataclasses import dataclass

from app import contacts
from app.contacts import ContactId
from app.i18n import _
from app.records import Record
from app.storage import bundles, receipts
from app.storage.receipts import Receipt, Way
from app.strictjson import Json
from app.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One bundle that holds the record. `revision`: the one that was sealed."""

    bundle: str
    file_name: str
    day: str
    receiver: str
    revision: int
    answers: tuple[Receipt, ...]


def sendings(vault: Vault, record: Record) -> list[Sending]:
    """Every bundle made here that holds the record, with the receipts that came for it."""
    found = []
    for sealed in bundles.sealings_of(vault.database, record.id):
        bundle = bundles.sealed(vault.database, sealed.bundle)
        if bundle is not None:
            found.append(
                Sending(
                    bundle=bundle.id,
                    file_name=bundle.file_name,
                    day=bundle.day,
                    receiver=contacts.get(vault, ContactId(bundle.contact)).name,
                    revision=sealed.number,
                    answers=tuple(receipts.receipts_for(vault.database, bundle.id, Way.RECEIVED)),
                )
            )
    return found


def lines(sending: Sending) -> list[str]:
    """The same for people."""
    sealed = _("Sealed for {name} on {day}, revision {number}: {file}").format(
        name=sending.receiver, day=sending.day, number=sending.revision, file=sending.file_name
    )
    return [
        sealed,
        *(
            _("  receipt of {day}: {verdict} {message}")
            .format(day=each.day, verdict=each.verdict, message=each.message)
            .rstrip()
            for each in sending.answers
        ),
    ]


def facts(sending: Sending) -> dict[str, Json]:
    """The same for programs."""
    return {
        "bundle": sending.bundle,
        "file": sending.file_name,
        "day": sending.day,
        "to": sending.receiver,
        "revision": sending.revision,
        "receipts": [
            {"day": each.day, "verdict": each.verdict, "message": each.message}
            for each in sending.answers
        ],
    }
