"""Withdrawing consent: one action, at once, with the list of what has left already (C-06).

What left cannot be called back; it can be asked for. `Left` is what a notice to a receiver needs:
which bundle, which of its records. Asking is for a person to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app import belonging, store
from app.changes import Changes
from app.contacts import ContactId
from app.errors import NotFound
from app.records import KINDS, ConsentRecord, CustodyEvent, EvidenceItem, FuzzyDate, Kind, LText
from app.records.ids import RecordId
from app.storage import bundles as stored
from app.storage import contacts as known
from app.storage import records as heads
from app.vault import Vault

EXPORTED = "exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A bundle in which something about somebody left: `records` are those that it held."""

    bundle: str
    name: str
    day: str
    contact: ContactId
    receiver: str
    records: tuple[RecordId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that was taken out of the vault in the clear, and when (ISO day)."""

    item: RecordId
    short_ref: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """All that has left and cannot be recalled by this program."""

    bundles: tuple[Left, ...]
    files: tuple[Exported, ...]

    @property
    def lines(self) -> str:
        """One line each: the day, the receiver, the name."""
        sealed = [f"{each.day} · {each.receiver} · {each.name}" for each in self.bundles]
        return "\n".join([*sealed, *(f"{each.day} · {each.short_ref}" for each in self.files)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The consent records that were withdrawn, and what had left by then."""

    records: tuple[RecordId, ...]
    gone: Gone
    changes: Changes


def gone(vault: Vault, party: RecordId) -> Gone:
    """What about this person or organisation has left already, the latest first.

    Their own record, every record that names them, and the files in which they can be seen.
    """
    about = {party, *_naming(vault, party)}
    held: dict[str, set[RecordId]] = {}
    for record in about:
        for sealing in stored.sealings_of(vault.database, record):
            held.setdefault(sealing.bundle, set()).add(record)
    bundles = [each for each in stored.all_sealed(vault.database) if each.id in held]
    return Gone(
        bundles=tuple(
            Left(
                bundle=each.id,
                name=each.file_name,
                day=each.day,
                contact=ContactId(each.contact),
                receiver=_name(vault, each.contact),
                records=tuple(sorted(held[each.id])),
            )
            for each in bundles
        ),
        files=tuple(_exports(vault, about)),
    )


def withdraw(vault: Vault, party: RecordId, reason: LText) -> Withdrawn:
    """Withdraw every consent about somebody, as of today, all or none.

    Raises NotFound when no consent about them stands, NoRoom, NotWritable.
    """
    standing = [
        each
        for each in store.linked_by(vault, ConsentRecord, "about", party)
        if each.withdrawn_at is None
    ]
    if not standing:
        raise NotFound(reference=party)
    left = gone(vault, party)
    on = FuzzyDate.on(vault.clock().date())
    with vault.transaction() as tx:
        for each in standing:
            ended = replace(
                each,
                withdrawn_at=on,
                withdrawal_reason=reason,
                withdrawal_effects=LText.of(left.lines, "und"),
            )
            store.put(vault, tx, ended)
    return Withdrawn(
        records=tuple(each.id for each in standing),
        gone=left,
        changes=Changes.of(Kind.CONSENT_RECORD),
    )


def _naming(vault: Vault, party: RecordId) -> Iterator[RecordId]:
    for kind in KINDS:
        for reference in belonging.references(kind.kind):
            if reference.targets & {Kind.PERSON, Kind.ORGANISATION}:
                for head in heads.heads_linking_by(
                    vault.database, party, kind.kind, reference.field
                ):
                    yield RecordId(head.id)


def _exports(vault: Vault, about: set[RecordId]) -> Iterator[Exported]:
    for item in store.every(vault, EvidenceItem):
        if item.id in about:
            for event in store.linked_by(vault, CustodyEvent, "evidence", item.id):
                if event.action is not None and event.action.key == EXPORTED:
                    day = event.at.date().isoformat() if event.at is not None else ""
                    yield Exported(item=item.id, short_ref=item.short_ref, day=day)


def _name(vault: Vault, contact: str) -> str:
    found = known.contact(vault.database, contact)
    return "" if found is None else found.name
