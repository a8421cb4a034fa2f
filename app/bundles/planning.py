"""What an order comes to: which records and files would go to a receiver, and what stays here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from app import belonging, consents, contacts, incidents, mosaic, risk
from app.bundles import choosing, releasing
from app.bundles.choosing import Arrived, Chosen, Reason, Withheld
from app.bundles.manifest import BundleKind
from app.bundles.reading import EVIDENCE_FOLDER
from app.bundles.release import AS_RECORDED, Release
from app.bundles.releasing import LeftOut, Released
from app.bundles.still_said import StillSaid, still_said
from app.contacts import Contact, ContactId, Trust
from app.errors import CardChanged, NotFound, NothingToSeal, NotVerified
from app.mosaic import Mosaic
from app.records import ConsentRecord, EvidenceItem, Incident, Person, Place, Record
from app.records.ids import IncidentId, RecordId, is_short_ref
from app.risk import Hold, Towards
from app.storage import bundles as stored
from app.storage import evidence as evidence_files
from app.storage import origin
from app.storage import records as heads
from app.storage.origin import Act
from app.vault import Vault
from crypto.age.chunks import sealed_length
from crypto.padding import padded

STAYS_HERE: Final = belonging.NEVER_IN_A_REPORT
"""Kinds that no report carries: an assessment says how somebody could be hurt (M-11), and what a
desk writes about a case, an organisation or an address is its own (G-08)."""

_EXTENSIONS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
    "text/plain": ".txt",
}


class Signing(Enum):
    """Whether the bundle says who made it. A signature proves authorship, for and against."""

    SIGNED = auto()
    UNSIGNED = auto()


class Caution(Enum):
    """What to do when the receiver's safety code was never compared."""

    VERIFIED_ONLY = auto()
    EVEN_UNVERIFIED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asked for."""

    incidents: tuple[IncidentId, ...]
    receiver: ContactId
    signing: Signing = Signing.SIGNED
    caution: Caution = Caution.VERIFIED_ONLY
    release: Release = AS_RECORDED


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """An evidence file that goes along."""

    item: EvidenceItem
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPlan:
    """What would go into the bundle, and what stays here and why. `bytes`: about this much.

    `records`: as they leave, see app/bundles/releasing.py; `left_out`: what of them stays here;
    `still_said`: where words that were taken out stand in what goes along.
    `holds`: what has to be settled before it may be sealed at all (R-01); empty when nothing is.
    `mosaics`: unnamed people about whom much goes along (M-04).
    """

    order: Order
    receiver: Contact
    kind: BundleKind
    records: tuple[Record, ...]
    files: tuple[PlannedFile, ...]
    withheld: tuple[Withheld, ...]
    left_out: tuple[LeftOut, ...]
    still_said: tuple[StillSaid, ...]
    bytes: int
    holds: tuple[Hold, ...]
    mosaics: tuple[Mosaic, ...]


def not_wanted(plan: SealPlan) -> tuple[Incident, ...]:
    """The incidents that go and say what must not be done: shown at every approval (R-04)."""
    return tuple(each for each in plan.records if isinstance(each, Incident) and each.not_wanted)


def conditions(plan: SealPlan) -> tuple[str, ...]:
    """The conditions of those who agreed, as they wrote them: shown before sealing, each once."""
    called = _names(plan.receiver)
    said = (
        decision.conditions.text.strip()
        for record in plan.records
        if isinstance(record, ConsentRecord)
        for decision in record.decisions
        if decision.grants and consents.is_for(decision, called)
    )
    return tuple(dict.fromkeys(text for text in said if text))


def plan(vault: Vault, order: Order) -> SealPlan:
    """Says what sealing would do; writes nothing.

    Raises NothingToSeal, CardChanged, NotVerified (unless EVEN_UNVERIFIED), NotFound.
    """
    receiver = contacts.get(vault, order.receiver)
    _check_receiver(receiver, order)
    gathered = _records(vault, order)
    chosen = choosing.choose(
        gathered,
        vault.clock().date(),
        receiver=_names(receiver),
        arrived=_arrived(vault, gathered),
    )
    if not any(each.id in order.incidents for each in chosen.travels):
        raise NothingToSeal
    enclosed = tuple(_files(vault, chosen))
    released = releasing.release(chosen.travels, order.release, gathered)
    travels = tuple(each.record for each in released)
    unnamed = [each for each in travels if isinstance(each, Person) and each.id in chosen.unasked]
    mosaics = mosaic.mosaics(travels, unnamed)
    content = sum(each.size for each in enclosed)
    return SealPlan(
        order=order,
        receiver=receiver,
        kind=_kind(vault, order),
        records=travels,
        files=enclosed,
        withheld=chosen.withheld,
        left_out=tuple(part for each in released for part in each.left_out),
        still_said=still_said(travels, _taken_out(released, chosen)),
        bytes=sealed_length(padded(content + 4096 * (len(travels) + 8))),
        holds=risk.holds(vault, order.incidents, travels, towards(receiver), mosaics),
        mosaics=mosaics,
    )


def _taken_out(released: Sequence[Released], chosen: Chosen) -> Iterator[str]:
    """The names and places that stay here, as they were written."""
    for each in released:
        yield from each.words
    for stays in chosen.withheld:
        if isinstance(stays.record, Place) and stays.reason is Reason.TOO_EXACT:
            yield from (name.text for name in stays.record.names)


def towards(receiver: Contact) -> Towards:
    """This receiver as an assessment of risk may name it."""
    return Towards(receiver=receiver.id, name=receiver.name, called=_names(receiver))


def _names(receiver: Contact) -> frozenset[str]:
    """By what a consent may name this receiver."""
    on_card = receiver.card.name if receiver.card else ""
    names = (receiver.name, on_card, receiver.id, receiver.recipient, receiver.verify_key)
    return frozenset(name.strip().casefold() for name in names if name.strip())


def _arrived(vault: Vault, records: Sequence[Record]) -> Iterator[Arrived]:
    """Those of the records that first came in a bundle, with whoever signed it."""
    for record in records:
        first = heads.revision(vault.database, record.id, 1)
        came = None if first is None else origin.decode(first.origin)
        if came is not None and came.act is Act.RECEIVED:
            yield Arrived(record=record.id, sender=came.signer or came.bundle)


def _check_receiver(receiver: Contact, order: Order) -> None:
    if not receiver.can_receive:
        raise NotFound(receiver.name)
    if receiver.trust is Trust.CHANGED:
        raise CardChanged(receiver.name)
    if receiver.trust is Trust.UNVERIFIED and order.caution is Caution.VERIFIED_ONLY:
        raise NotVerified(receiver.name)


def _records(vault: Vault, order: Order) -> list[Record]:
    """Every record of the chosen incidents, each once, in the order found."""
    found: dict[RecordId, Record] = {}
    for incident in order.incidents:
        for record in incidents.whole(vault, incident):
            if record.kind not in STAYS_HERE:
                found.setdefault(record.id, record)
    return list(found.values())


def _kind(vault: Vault, order: Order) -> BundleKind:
    """An amendment when any of the incidents was sealed to this receiver before."""
    before = {each.id for each in stored.sealed_to(vault.database, order.receiver)}
    for incident in order.incidents:
        sealings = stored.sealings_of(vault.database, incident)
        if any(each.bundle in before for each in sealings):
            return BundleKind.AMENDMENT
    return BundleKind.REPORT


def _files(vault: Vault, chosen: Chosen) -> Iterator[PlannedFile]:
    stays = {each.record.id for each in chosen.withheld}
    taken: set[str] = set()
    for record in chosen.travels:
        if not isinstance(record, EvidenceItem) or record.id in stays:
            continue
        held = evidence_files.file_of(vault.database, record.id)
        if held is None:
            continue
        path = _path(record, held.sha256, record.short_ref)
        if path in taken or not is_short_ref(record.short_ref):
            # the reference of a record that came from outside can be any text, or another's
            path = _path(record, held.sha256, record.id)
        taken.add(path)
        yield PlannedFile(item=record, path=path, size=held.size, sha256=held.sha256)


def _path(record: EvidenceItem, sha256: str, reference: str) -> str:
    return f"{EVIDENCE_FOLDER}{sha256[:16]}-{reference}{_EXTENSIONS.get(record.mime, '.bin')}"
