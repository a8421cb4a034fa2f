"""What somebody agreed to, scope by scope, as it stands today: one row for each question (C-01)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app import consent_rules, consents, naming, recall, store, titles, withdrawing
from app.consent_rules import About
from app.consents import Answer
from app.recall import Recall
from app.records import ConsentRecord, Involvement, Organisation, Person
from app.records.conditions import NAMED_IN_PUBLIC, RESTS_ON
from app.records.ids import RecordId
from app.termlists import get
from app.vault import Vault
from app.withdrawing import Gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question and what it comes to. `rests_on`: the scope below it, or empty (C-04).

    `receiver`: for whom it was answered; empty for anybody the scope names.
    """

    scope: str
    answer: Answer
    rests_on: str
    receiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """All rows about somebody, in the order of the vocabulary, and what has left already.

    `standing`: the consent records that were not withdrawn, the latest first. `recalls`: what to
    tell whom, once something was withdrawn.
    """

    called: str
    rows: tuple[Row, ...]
    standing: tuple[ConsentRecord, ...]
    gone: Gone
    recalls: tuple[Recall, ...]
    is_person: bool


def agreed(vault: Vault, party: RecordId) -> Agreed:
    """Raises NotFound when there is no such person or organisation.

    A child is not offered to be named in public: those rows are left out (C-10).
    """
    who = store.find(vault, party)
    if not isinstance(who, Person | Organisation):
        who = store.get(vault, Person, party)
    held = store.linked_by(vault, ConsentRecord, "about", party)
    accused = (
        RecordId(each.party)
        for each in store.every(vault, Involvement)
        if each.party is not None and naming.accuses(each)
    )
    circumstances = consent_rules.about(who, accused)
    standing = [each for each in held if each.withdrawn_at is None]
    gone = withdrawing.gone(vault, party)
    return Agreed(
        called=titles.title(who),
        rows=tuple(_rows(held, vault.clock().date(), circumstances)),
        standing=tuple(sorted(standing, key=lambda each: each.created_at, reverse=True)),
        gone=gone,
        recalls=recall.recalls(vault, gone) if len(standing) < len(held) else (),
        is_person=isinstance(who, Person),
    )


def _rows(held: Sequence[ConsentRecord], today: date, who: About) -> Iterator[Row]:
    for scope in (each.code for each in get("consent_scope").terms):
        if who.is_child and scope in NAMED_IN_PUBLIC:
            continue
        for receiver in ("", *_receivers(held, scope)):
            called = frozenset({receiver.strip().casefold()}) if receiver else consents.ANYBODY
            yield Row(
                scope=scope,
                answer=consents.answer(held, scope, today, called, who),
                rests_on=RESTS_ON.get(scope, ""),
                receiver=receiver,
            )


def _receivers(held: Sequence[ConsentRecord], scope: str) -> list[str]:
    named = (
        each.recipient.strip()
        for record in held
        for each in record.decisions
        if each.scope is not None and each.scope.key == scope and each.recipient.strip()
    )
    return list(dict.fromkeys(named))
