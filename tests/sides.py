"""Two sides for tests: a reporter who knows an organisation's card, and what passes between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app import contacts, evidence, released, store
from app.bundles import opening, sealing
from app.bundles.report import OpenedBundle
from app.bundles.sealing import Order, Sealed, Signing
from app.contacts import Contact, Heard
from app.inbox import importing
from app.inbox.importing import Doubt, Imported
from app.records import Incident
from app.records.ids import IncidentId
from app.records.values import LText
from app.vault import Vault
from tools.assessing import assess


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The reporter's vault, the organisation's, the organisation as the reporter knows it."""

    reporter: Vault
    desk: Vault
    receiver: Contact
    folder: Path

    def record(self, title: str = "A visit") -> IncidentId:
        """A small incident in the reporter's vault, which may go to the organisation."""
        incident = IncidentId(new_incident(self.reporter, title).id)
        self.assess(incident)
        return incident

    def seal(self, *chosen: IncidentId, signing: Signing = Signing.SIGNED) -> Sealed:
        """Seals incidents to the organisation."""
        order = Order(incidents=chosen, receiver=self.receiver.id, signing=signing)
        self.assess(*chosen)
        return sealing.seal(self.reporter, sealing.plan(self.reporter, order), folder=self.folder)

    def assess(self, *chosen: IncidentId) -> None:
        """The risk of handing these over was thought about, and is low."""
        assess(self.reporter, self.receiver, *chosen)

    def open(self, sealed: Sealed) -> OpenedBundle:
        """Opens a bundle at the organisation."""
        return opening.open_bundle(self.desk, sealed.path)

    def take_in(self, sealed: Sealed, *accepted: Doubt) -> Imported:
        """Opens and takes in."""
        plan = importing.plan_import(self.desk, self.open(sealed))
        return importing.apply(self.desk, sealed.path, plan, accepted=frozenset(accepted))

    def attach(self, incident: IncidentId, content: bytes, name: str = "photo.jpg") -> str:
        """Takes a file in on an incident; returns its SHA-256 in hex."""
        path = self.folder.parent / name
        path.write_bytes(content)
        taken = evidence.take_in(self.reporter, path, about=incident, evidence_type="photograph")
        path.unlink()
        released.as_it_is(self.reporter, taken.id, seen=released.look(self.reporter, taken.id))
        return taken.sha256


def new_incident(vault: Vault, title: str) -> Incident:
    """An incident saved with the least it needs."""
    draft = Incident(
        title=LText.of(title, "en"), narrative=LText.of("Two men came.", "en"), language="en"
    )
    return store.save(vault, draft).record


def meet(reporter: Vault, desk: Vault, folder: Path, name: str = "Human Rights Desk") -> Sides:
    """The organisation gives its card, and the reporter compares its safety code."""
    card = contacts.make_own_card(desk, name)
    known, _ = contacts.add_card(reporter, card.marshal())
    verified = compare(reporter, known)
    folder.mkdir(exist_ok=True)
    return Sides(reporter=reporter, desk=desk, receiver=verified, folder=folder)


def compare(vault: Vault, contact: Contact) -> Contact:
    """Types two groups of the safety code that are right."""
    groups = contacts.code(vault, contact.id).groups
    heard = (Heard(group=2, digits=groups[1]), Heard(group=5, digits=groups[4]))
    return contacts.verify(vault, contact.id, heard, "on a call")


def bodies(vault: Vault, records: Sequence[str]) -> dict[str, str]:
    """The stored body of each of these records."""
    found = vault.database.rows("SELECT id, body FROM record")
    return {str(row[0]): str(row[1]) for row in found if row[0] in records}
