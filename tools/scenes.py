"""Two vaults that know each other, with bundles between them: for pictures of the pages and tests.

Everything in them is fictional (app/samples). The passphrase is no secret.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from app import cards, contacts, evidence, files, samples, searches, store, tagging
from app.bundles import opening, sealing
from app.bundles.sealing import Order, Sealed, Signing
from app.clock import Clock, now
from app.contacts import Contact, Heard
from app.demo import exhibits
from app.filters import Filter
from app.inbox import importing, receipts
from app.inbox.importing import Doubt
from app.inbox.statement import Verdict
from app.records import Incident
from app.records.ids import IncidentId
from app.records.values import LText
from app.searches import Search
from app.vault import Vault
from crypto.age import X25519Identity
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from crypto.signing import SigningKey
from tools import committee
from tools.assessing import assess

PASSPHRASE: Final = "a passphrase that is no secret at all"
DESK: Final = "Human Rights Desk"
SENDER: Final = "K."

_REPORTS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Where everything lies. `fresh` and `unsigned`: bundles that were not opened yet; `receipt`:
    one that was not opened yet; `damaged`, `renamed`, `junk`: what a courier may meet."""

    recorder: Path
    organisation: Path
    stick: Path
    card: Path
    fresh: Path
    unsigned: Path
    receipt: Path
    damaged: Path
    renamed: Path
    junk: Path


def build(folder: Path, clock: Clock = now) -> Scene:
    """Makes the vaults `recorder` and `organisation`, the folder `BLUE` and files in `folder`."""
    stick = _folder(folder / "BLUE")
    secret = Passphrase.of(PASSPHRASE)
    with (
        Vault.create(folder / "recorder", secret, cost=FLOOR, clock=clock) as recorder,
        Vault.create(folder / "organisation", secret, cost=FLOOR, clock=clock) as organisation,
    ):
        desk = _meet(recorder, organisation)
        _know_others(recorder, clock)
        reports = _record(recorder, folder)
        committee.record(recorder)
        held = (IncidentId(each.id) for each in store.every(recorder, Incident))
        assess(recorder, desk, *held)
        first = _seal(recorder, desk, reports[:2], stick)
        _take_in(organisation, first.path)
        receipts.take_in(
            recorder,
            opening.open_bundle(
                recorder, _answer(organisation, first, stick, Verdict.ACCEPTED, "Thank you.")
            ),
        )
        second = _seal(recorder, desk, reports[2:3], stick)
        _take_in(organisation, second.path)
        question = _answer(
            organisation, second, stick, Verdict.QUESTION, "Is the date of the second call certain?"
        )
        fresh = _seal(recorder, desk, reports[3:4], stick)
        unsigned = _seal(recorder, desk, reports[3:4], stick, Signing.UNSIGNED)
        _change(recorder, reports[0])
        _sort_out(recorder, reports)
        card = contacts.own_card(organisation)
    return Scene(
        recorder=folder / "recorder",
        organisation=folder / "organisation",
        stick=stick,
        card=_write(folder / "desk.card", b"" if card is None else card.marshal()),
        fresh=fresh.path,
        unsigned=unsigned.path,
        receipt=question,
        damaged=_flipped(fresh.path, _folder(folder / "from-a-friend")),
        renamed=_write(folder / "holiday.bin", fresh.path.read_bytes()),
        junk=_write(folder / "list.txt", b"bread, milk, matches\n" * 40),
    )


def compare(vault: Vault, contact: Contact) -> Contact:
    """Compares the safety code, as two people would."""
    groups = contacts.code(vault, contact.id).groups
    heard = tuple(Heard(group=at, digits=groups[at - 1]) for at in contacts.challenge().groups)
    return contacts.verify(vault, contact.id, heard, "in_person")


def other_card(name: str, clock: Clock = now) -> bytes:
    """A genuine card of somebody else, new at each call."""
    today = clock().date()
    return cards.make(
        name,
        X25519Identity.generate().recipient.text(),
        SigningKey.generate(),
        valid_from=today,
        valid_until=today + timedelta(days=cards.VALID_DAYS),
    ).marshal()


def _meet(recorder: Vault, organisation: Vault) -> Contact:
    card = contacts.make_own_card(organisation, DESK)
    desk, _ = contacts.add_card(recorder, card.marshal())
    return compare(recorder, desk)


def _know_others(recorder: Vault, clock: Clock) -> None:
    contacts.add_card(recorder, other_card("شبكة المدافعين", clock))
    for _ in range(2):
        contacts.add_card(recorder, other_card("Lawyers for Lawyers", clock))


def _record(recorder: Vault, folder: Path) -> list[IncidentId]:
    cases = samples.all_cases()[:_REPORTS]
    for case in cases:
        for record in (*case.records, case.incident):
            store.save(recorder, record)
    photo = _write(folder / "IMG_2041.jpg", exhibits.photo(1))
    for case in cases[:3]:
        evidence.take_in(
            recorder,
            photo,
            about=case.incident.id,
            evidence_type="photo",
            title=case.evidence[0].title if case.evidence else LText.of("Photo"),
        )
    return [IncidentId(case.incident.id) for case in cases]


def _seal(
    vault: Vault,
    desk: Contact,
    reports: list[IncidentId],
    folder: Path,
    signing: Signing = Signing.SIGNED,
) -> Sealed:
    order = Order(incidents=tuple(reports), receiver=desk.id, signing=signing)
    assess(vault, desk, *reports)
    return sealing.seal(vault, sealing.plan(vault, order), folder=folder)


def _take_in(vault: Vault, path: Path) -> None:
    opened = opening.open_bundle(vault, path)
    plan = importing.plan_import(vault, opened)
    importing.apply(vault, path, plan, accepted=frozenset({Doubt.UNKNOWN}))
    if opened.signer.key is not None:
        contacts.remember_sender(vault, opened.signer.key, SENDER, how="call")


def _answer(vault: Vault, bundle: Sealed, folder: Path, verdict: Verdict, message: str) -> Path:
    return receipts.make(vault, bundle.bundle, folder=folder, verdict=verdict, message=message).path


def _change(vault: Vault, report: IncidentId) -> None:
    held = store.get(vault, Incident, report)
    store.save(vault, replace(held, narrative=LText.of("It happened again the next morning.")))


def _sort_out(vault: Vault, reports: list[IncidentId]) -> None:
    """Tags, and a search that is asked again and again."""
    tagging.add(vault, reports[:2], "hearing")
    tagging.add(vault, reports[1:3], "ask the lawyer")
    searches.keep(vault, Search(name="To hand over", where=Filter(tags=frozenset({"hearing"}))))


def _flipped(path: Path, folder: Path) -> Path:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    return _write(folder / path.name, bytes(content))


def _folder(path: Path) -> Path:
    files.make_private_folder(path)
    return path


def _write(path: Path, content: bytes) -> Path:
    with files.replacing(path) as file:
        file.write(content)
    return path
