"""A campaign for tests: defenders, organisations, and couriers that lose, double, cut and confuse.

What the couriers did is written down in a ledger that never asks the program; the tests hold what
the program said against it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random

from app import contacts, courier
from app.bundles import opening
from app.bundles.report import OrderState
from app.contacts import Card
from app.courier import Condition
from app.errors import AppError, NotForMe, Refused
from app.inbox import importing, receipts
from app.inbox.importing import Doubt
from app.inbox.statement import Verdict
from app.records.ids import IncidentId
from app.storage import bundles as stored
from app.vault import Vault
from crypto.errors import CryptoError
from tests.sides import Sides, compare


class Fate(StrEnum):
    """What becomes of a file on its way."""

    DELIVERED = "delivered"
    DROPPED = "dropped"
    DOUBLED = "doubled"
    LATE = "late"
    CUT = "cut"
    FLIPPED = "flipped"
    RENAMED = "renamed"
    SWAPPED = "swapped"
    FORWARDED = "forwarded"


ALTERED = frozenset({Fate.CUT, Fate.FLIPPED})
ARRIVES = frozenset(Fate) - ALTERED - {Fate.DROPPED, Fate.SWAPPED}
"""The fates with which a bundle comes to whom it was sealed for, whole."""
_FATES = (*(Fate.DELIVERED,) * 10, *(each for each in Fate if each is not Fate.DELIVERED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A bundle as the ledger knows it. `number` counts those of a defender to a desk."""

    bundle: str
    defender: str
    desk: str
    number: int
    incident: IncidentId
    path: Path
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file that lies on somebody's table: of which bundle it was made, and how."""

    sent: Sent
    desk: str
    path: Path
    when: float
    altered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the program said of an arrival: `order` of a bundle that opened, or why it did not."""

    arrival: Arrival
    condition: Condition | None
    order: OrderState | None
    missing: int
    refused: str


@dataclass(slots=True, kw_only=True)
class Campaign:
    """The world, its couriers and its ledger."""

    folder: Path
    chance: Random
    desks: dict[str, Vault] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    sides: dict[tuple[str, str], Sides] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    _deck: list[Fate] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        folder: Path,
        new_vault: Callable[[str], Vault],
        *,
        defenders: int,
        desks: int,
        seed: int,
    ) -> Campaign:
        """Everybody has a vault, and every defender has compared every desk's card."""
        made = cls(folder=folder, chance=Random(seed))
        for at in range(desks):
            name = f"Desk {at}"
            made.desks[name] = new_vault(f"desk-{at}")
            made.cards[name] = contacts.make_own_card(made.desks[name], name)
        for at in range(defenders):
            vault = new_vault(f"defender-{at}")
            for name, card in made.cards.items():
                known, _ = contacts.add_card(vault, card.marshal())
                known = compare(vault, known)
                out = folder / f"out-{at}-{name}"
                out.mkdir()
                made.sides[f"Defender {at}", name] = Sides(
                    reporter=vault,
                    desk=made.desks[name],
                    receiver=compare(vault, known),
                    folder=out,
                )
        return made

    # --- the way there --------------------------------------------------------------------------

    def send(self, count: int) -> list[Arrival]:
        """Everybody records and seals in turns; what arrives, in the order of arriving."""
        arrivals: list[Arrival] = []
        for at in range(count):
            sent = self._seal()
            self.sent.append(sent)
            arrivals += self._carry(sent, at)
        return sorted(arrivals, key=lambda each: each.when)

    def _seal(self) -> Sent:
        who, desk = self.chance.choice(sorted(self.sides))
        sides = self.sides[who, desk]
        number = sum((each.defender, each.desk) == (who, desk) for each in self.sent) + 1
        incident = sides.record(f"{who} {desk} {number} {self.chance.getrandbits(64):x}")
        sealed = sides.seal(incident)
        fate = self._fate()
        return Sent(
            bundle=sealed.bundle,
            defender=who,
            desk=desk,
            number=number,
            incident=incident,
            path=sealed.path,
            fate=fate,
        )

    def _fate(self) -> Fate:
        """From a shuffled deck: in eighteen files everything happens."""
        if not self._deck:
            self._deck = self.chance.sample(_FATES, len(_FATES))
        return self._deck.pop()

    def _carry(self, sent: Sent, at: int) -> list[Arrival]:
        other = next(name for name in self.desks if name != sent.desk)
        match sent.fate:
            case Fate.DROPPED:
                return []
            case Fate.DOUBLED:
                return [self._arrive(sent, sent.desk, at), self._arrive(sent, sent.desk, at + 2.5)]
            case Fate.LATE:
                return [self._arrive(sent, sent.desk, at + self.chance.uniform(5, 30))]
            case Fate.SWAPPED:
                return [self._arrive(sent, other, at)]
            case Fate.FORWARDED:
                return [self._arrive(sent, sent.desk, at), self._arrive(sent, other, at + 1.5)]
            case _:
                return [self._arrive(sent, sent.desk, at)]

    def _arrive(self, sent: Sent, desk: str, when: float) -> Arrival:
        table = self.folder / "tables" / f"{len(list((self.folder / 'tables').glob('*')))}"
        table.mkdir(parents=True)
        name = "holiday.jpg" if sent.fate is Fate.RENAMED else sent.path.name
        path = Path(shutil.copy(sent.path, table / name))
        self._spoil(path, sent.fate)
        return Arrival(sent=sent, desk=desk, path=path, when=when, altered=sent.fate in ALTERED)

    def _spoil(self, path: Path, fate: Fate) -> None:
        content = bytearray(path.read_bytes())
        at = self.chance.randrange(len(content))
        if fate is Fate.CUT:
            path.write_bytes(content[:at])
        elif fate is Fate.FLIPPED:
            content[at] ^= 1 << self.chance.randrange(8)
            path.write_bytes(content)

    # --- at the desks ---------------------------------------------------------------------------

    def receive(self, arrival: Arrival) -> Told:
        """Check as a courier does, open, and take in what may be taken in."""
        vault = self.desks[arrival.desk]
        condition, order, missing, refused = None, None, 0, ""
        with suppress(AppError):
            condition = courier.verify(arrival.path).condition
        try:
            opened = opening.open_bundle(vault, arrival.path)
            order, missing = opened.order.state, opened.order.missing
            accepted = frozenset({Doubt.UNKNOWN, Doubt.PASSED_ON})
            importing.apply(
                vault, arrival.path, importing.plan_import(vault, opened), accepted=accepted
            )
        except Refused as no:
            refused = ",".join(no.reasons)
        except NotForMe:
            refused = "not_for_me"
        except (AppError, CryptoError) as no:
            refused = type(no).__name__
        told = Told(
            arrival=arrival, condition=condition, order=order, missing=missing, refused=refused
        )
        self.told.append(told)
        return told

    # --- the way back ---------------------------------------------------------------------------

    def answer(self) -> dict[str, bool]:
        """A receipt for each bundle taken in, carried no better; which came back."""
        back = self.folder / "back"
        back.mkdir()
        came: dict[str, bool] = {}
        for told in self.told:
            sent = told.arrival.sent
            if told.refused:
                continue
            made = receipts.make(
                self.desks[sent.desk], sent.bundle, folder=back, verdict=Verdict.ACCEPTED
            )
            fate = self._fate()
            came[sent.bundle] = fate in ARRIVES
            self._bring(sent, made.path, fate)
        return came

    def _bring(self, sent: Sent, path: Path, fate: Fate) -> None:
        self._spoil(path, fate)
        wrong = next(who for who, _ in sorted(self.sides) if who != sent.defender)
        people = [wrong] if fate in {Fate.SWAPPED, Fate.FORWARDED} else []
        people += [sent.defender] * (fate is Fate.DOUBLED)
        people += [sent.defender] * (fate not in {Fate.SWAPPED, Fate.DROPPED})
        for who in people:
            vault = self.sides[who, sent.desk].reporter
            try:
                receipts.take_in(vault, opening.open_bundle(vault, path))
            except (AppError, CryptoError):
                continue


def held_by_sender(campaign: Campaign, sent: Sent) -> dict[str, str]:
    """Record and digest of everything in a bundle, as its sender remembers it."""
    db = campaign.sides[sent.defender, sent.desk].reporter.database
    return {each.record: each.digest for each in stored.held_in(db, sent.bundle)}


def held_by_desk(campaign: Campaign, sent: Sent) -> dict[str, str]:
    """The same, as the desk took it in."""
    db = campaign.desks[sent.desk].database
    return {each.record: each.digest for each in stored.items_of(db, sent.bundle)}
