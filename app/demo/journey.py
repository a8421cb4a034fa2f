"""The journey: three vaults, twelve incidents, two bundles, one courier, one receipt.

Every comparison is told; what did not hold is in `telling.failed` at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from app import (
    contacts,
    courier,
    evidence,
    files,
    incidents,
    passphrases,
    released,
    samples,
    sizes,
    store,
)
from app.bundles import opening, planning, sealing
from app.bundles.report import AddressState, OpenedBundle, OrderState, SignerState
from app.bundles.sealing import Order, Sealed, SealPlan
from app.contacts import Contact, Heard
from app.courier import Condition
from app.demo import exhibits
from app.demo.places import Places
from app.demo.telling import Telling
from app.errors import CannotBeCleaned
from app.inbox import importing, receipts
from app.inbox.importing import Doubt
from app.inbox.statement import Verdict
from app.incidents import State
from app.records import EvidenceItem, Incident, Record
from app.records.codec import encode
from app.records.ids import IncidentId
from app.released import Standing
from app.vault import Vault
from crypto.secret import Passphrase

SMALL_BUNDLE: Final = slice(2, 5)
"""Which incidents go to the partner: a few without video, quickly unpacked by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A vault of the demonstration, and what opens it. Fictional, so it may be shown."""

    who: str
    folder: Path
    passphrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What the journey left: the vaults, and the two bundles with the keys that signed them."""

    vaults: tuple[Made, ...]
    bundle: Sealed
    bundle_key: str
    small: Sealed
    small_key: str


def play(places: Places, video_bytes: int, telling: Telling) -> Ending:
    """The whole journey below `places`. Raises whatever the verbs of app raise."""
    places.make()
    made: list[Made] = []
    with ExitStack() as open_vaults:

        def vault(who: str, folder: Path) -> Vault:
            words = passphrases.offer()
            made.append(Made(who=who, folder=folder, passphrase=words))
            opened = open_vaults.enter_context(Vault.create(folder, Passphrase.of(words)))
            telling.tell(f"{who}: vault made. Passphrase (fictional): {words}")
            return opened

        desk = vault("Hoopoe Desk", places.desk)
        partner = vault("Partner", places.partner)
        defender = vault("Defender", places.defender)
        contacts.make_own_card(desk, "Hoopoe Desk (fictional)")
        contacts.make_older_own_card(partner, "Partner (fictional)")
        to_desk = _meet(telling, places, defender, desk)
        to_partner = _meet(telling, places, defender, partner)
        recorded = _record(telling, places, defender, video_bytes, (to_desk, to_partner))
        plan, sealed = _seal(telling, places, defender, to_desk, recorded)
        _, small = _seal(telling, places, defender, to_partner, recorded[SMALL_BUNDLE])
        carried = _carry(telling, places, sealed.path)
        opened = _open(telling, desk, carried)
        _take_in(telling, desk, carried, opened, plan)
        _answer(telling, places, defender, desk, opened, len(recorded))
        small_key = opening.open_bundle(partner, small.path).signer.key or ""
    return Ending(
        vaults=tuple(made),
        bundle=sealed,
        bundle_key=opened.signer.key or "",
        small=small,
        small_key=small_key,
    )


# --- meeting --------------------------------------------------------------------------------


def _meet(telling: Telling, places: Places, defender: Vault, other: Vault) -> Contact:
    """A card changes hands as a file; two groups of its code are heard and typed."""
    card = contacts.own_card(other)
    if card is None:
        raise LookupError(other.folder)
    path = places.cards / f"{card.name}.txt"
    with files.atomic(path) as file:
        file.write(card.marshal())
    contact, _ = contacts.add_card(defender, files.read_small(path, limit=path.stat().st_size))
    spoken = card.safety_code().groups
    heard = tuple(
        Heard(group=each, digits=spoken[each - 1]) for each in contacts.challenge().groups
    )
    contact = contacts.verify(defender, contact.id, heard, "in person (fictional)")
    said = ", ".join(f"{each.group} = {each.digits}" for each in heard)
    telling.tell(f"Defender: card of {card.name} taken in; heard and typed groups {said}: verified")
    return contact


# --- recording ------------------------------------------------------------------------------


def _release(defender: Vault, item: EvidenceItem) -> None:
    """A copy without what is hidden inside may leave; where none can be made, the file as it is."""
    if released.standing(item) is not Standing.UNDECIDED:
        return
    try:
        released.make_clean(defender, item.id)
    except CannotBeCleaned:
        released.as_it_is(defender, item.id, seen=released.look(defender, item.id))


def _record(
    telling: Telling,
    places: Places,
    defender: Vault,
    video_bytes: int,
    receivers: tuple[Contact, ...],
) -> list[IncidentId]:
    recorded = []
    yesterday = defender.clock() - timedelta(hours=25)
    count = size = files_taken = 0
    for case in samples.all_cases():
        for record in (*case.records, case.incident):
            store.save(defender, record)
            count += 1
        for told in case.evidence:
            files_taken += 1
            kind = told.evidence_type.key
            path = exhibits.write(places.originals, kind, files_taken, video_bytes)
            item = evidence.take_in(
                defender,
                path,
                about=case.incident.id,
                evidence_type=kind,
                title=told.title,
                description=told.description,
            )
            size += item.size or 0
            _release(defender, item)
        for to in receivers:
            towards = planning.towards(to)
            store.save(
                defender,
                samples.make_assessment(case.incident, case.risk, towards, yesterday),
            )
            count += 1
        recorded.append(IncidentId(case.incident.id))
    telling.tell(
        f"Defender: {len(recorded)} incidents written down, {count} records,"
        f" {files_taken} evidence files, {sizes.words(size)}"
    )
    return recorded


def _seal(
    telling: Telling, places: Places, defender: Vault, to: Contact, chosen: list[IncidentId]
) -> tuple[SealPlan, Sealed]:
    plan = sealing.plan(defender, Order(incidents=tuple(chosen), receiver=to.id))
    sealed = sealing.seal(defender, plan, folder=places.sealed)
    telling.tell(
        f"Defender: sealed for {to.name}: {sealed.path.name}, {sizes.words(sealed.size)},"
        f" {len(plan.records)} records, {len(plan.files)} files;"
        f" {len(plan.withheld)} records stay, as consent or protection asks"
    )
    return plan, sealed


# --- carrying -------------------------------------------------------------------------------


def _carry(telling: Telling, places: Places, bundle: Path) -> Path:
    verdict = courier.verify(bundle)
    telling.compare(
        "Courier: checked against its own name, without a key: undamaged",
        verdict.condition,
        Condition.UNDAMAGED,
    )
    copy = courier.copy(bundle, to=places.stick)
    telling.compare(
        "Courier: copied to the stick and read back: the same", copy.sha256, verdict.sha256
    )
    spoilt = _with_one_bit_turned(copy.path, places.damaged)
    telling.compare(
        "Courier: a copy with one bit turned is found damaged",
        courier.verify(spoilt).condition,
        Condition.DAMAGED,
    )
    return copy.path


def _with_one_bit_turned(path: Path, to: Path) -> Path:
    target = to / path.name
    place = path.stat().st_size // 2
    with files.open_for_reading(path) as source, files.atomic(target) as file:
        done = 0
        while block := source.read(files.BLOCK_BYTES):
            if done <= place < done + len(block):
                turned = bytearray(block)
                turned[place - done] ^= 1
                block = bytes(turned)
            file.write(block)
            done += len(block)
    return target


# --- receiving ------------------------------------------------------------------------------


def _open(telling: Telling, desk: Vault, bundle: Path) -> OpenedBundle:
    first = opening.open_bundle(desk, bundle)
    telling.compare(
        "Desk: opened, undamaged, sealed for us, first of its series; the signer is not known yet",
        (first.signer.state, first.addressed, first.order.state, first.complete),
        (SignerState.UNKNOWN, AddressState.TO_ME, OrderState.FIRST, True),
    )
    contacts.remember_sender(
        desk, first.signer.key or "", "Defender (fictional)", how="in person (fictional)"
    )
    opened = opening.open_bundle(desk, bundle)
    telling.compare(
        f"Desk: the key was compared; opened again: signed by {opened.signer.name}",
        opened.signer.state,
        SignerState.KNOWN,
    )
    return opened


def _take_in(
    telling: Telling,
    desk: Vault,
    bundle: Path,
    opened: OpenedBundle,
    plan: SealPlan,
) -> None:
    done = importing.apply(desk, bundle, importing.plan_import(desk, opened))
    telling.compare(
        f"Desk: taken in: {len(done.records)} records, {done.evidence} files",
        (len(done.records), done.evidence, done.complete),
        (len(plan.records), len(plan.files), True),
    )
    sent = {each.id: encode(each).body for each in plan.records}
    telling.compare(
        f"Compared: the body of each of {len(sent)} records, byte for byte as it was released",
        dict(_bodies(desk, plan.records)),
        sent,
    )
    telling.compare(
        f"Compared: each of {len(plan.files)} evidence files, by digest and size",
        {each.id: (each.sha256, each.size) for each in _checked(desk)},
        {each.item.id: (each.sha256, each.size) for each in plan.files},
    )
    again = importing.plan_import(desk, opening.open_bundle(desk, bundle))
    telling.compare(
        "Desk: the same bundle a second time is refused as a replay", again.doubts, (Doubt.REPLAY,)
    )


def _bodies(vault: Vault, records: tuple[Record, ...]) -> Iterator[tuple[str, bytes]]:
    for record in records:
        yield record.id, encode(store.get(vault, type(record), record.id)).body


def _checked(vault: Vault) -> Iterator[EvidenceItem]:
    """Every item whose file is here, after the file was decrypted and its digest compared."""
    for item in store.every(vault, EvidenceItem):
        if evidence.has_file(vault, item.id):
            evidence.verify(vault, item.id)
            yield item


# --- answering ------------------------------------------------------------------------------


def _answer(
    telling: Telling,
    places: Places,
    defender: Vault,
    desk: Vault,
    opened: OpenedBundle,
    count: int,
) -> None:
    written = receipts.make(
        desk,
        opened.manifest.bundle,
        folder=places.back,
        verdict=Verdict.ACCEPTED,
        message="Received whole. Thank you. (fictional)",
    )
    telling.tell(f"Desk: receipt sealed back: {written.path.name}, {sizes.words(written.size)}")
    taken = receipts.take_in(defender, opening.open_bundle(defender, written.path))
    telling.compare(
        f"Defender: receipt opened, signed by {taken.signer}: {taken.verdict.value}",
        (taken.bundle, taken.verdict),
        (opened.manifest.bundle, Verdict.ACCEPTED),
    )
    shown = [row for row in incidents.rows(defender) if row.state is State.ANSWERED]
    telling.compare(
        f"Defender: the receipt shows on {len(shown)} incidents",
        (len(shown), {row.verdict for row in shown}),
        (count, {Verdict.ACCEPTED.value}),
    )
    telling.compare(
        f"Desk: has the same {count} incidents", len(store.every(desk, Incident)), count
    )
