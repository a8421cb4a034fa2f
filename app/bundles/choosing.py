"""What may travel to a receiver, and what consent or protection keeps here (C-01, C-02, S-01).

A person or organisation that can be recognised from its own record travels only with a valid yes
to sharing with this receiver; who said no stays here in any case, with every picture of them and
whatever hangs on them alone. Alleged perpetrators are described, not asked, and named only
by decision (app/naming.py). A protected source
never travels (M-11): its statement does, without the consent that would say who speaks.

Attack: whoever received a bundle knows identifiers of this vault, and could send back a consent or
an accusation that sets a person free to travel. A record that came in a bundle loosens nothing but
for those who came from the same sender.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app import confidentiality, consent_rules, consents, naming
from app.bundles.reach import unreached
from app.coarseness import too_exact
from app.consent_rules import About
from app.consents import (
    ANYBODY,
    SHARE_EVIDENCE_FILES,
    SHARE_HEALTH_DATA,
    SHARE_NAMED_NGO,
    SHARE_OTHER_PARTNERS,
    SHARE_SENSITIVE_IDENTITY,
    Answer,
)
from app.records import (
    CommitteeApplication,
    ConsentRecord,
    EvidenceItem,
    Involvement,
    Organisation,
    Person,
    Record,
    Source,
    Statement,
)
from app.records.choices import PeopleVisible
from app.records.ids import RecordId
from app.released import Standing, standing

_HERE: Final = ""
_UNSAID: Final = frozenset({Answer.NOT_ASKED, Answer.CHILD, Answer.NOT_FREE, Answer.NOT_ENTITLED})
"""Answers that are neither a yes nor a refusal: who cannot be recognised may travel."""


class Reason(StrEnum):
    """Why a record, or the file of one, stays here."""

    NOT_ASKED = "not_asked"
    NO = "no"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    IN_PART = "in_part"
    PROTECTED_SOURCE = "protected_source"
    CONSENT_OF_WITHHELD = "consent_of_withheld"
    CONSENT_FOR_ANOTHER = "consent_for_another"
    SHOWS_WITHHELD = "shows_withheld"
    PART_OF_WITHHELD = "part_of_withheld"
    NAMED_ACCUSED = "named_accused"
    CHILD = "child"
    NOT_FREE = "not_free"
    NOT_ENTITLED = "not_entitled"
    ORIGINAL = "original"
    """Of an evidence item that has a copy made to leave: its record travels, its file does not."""
    BYSTANDERS = "bystanders"
    """Of an item that shows people nobody asked (C-14): its record travels, its file does not."""
    TOO_EXACT = "too_exact"
    """A place that would tell more than was chosen where it is named (M-05)."""
    NOT_RELEASED = "not_released"
    """Of an item in which something is or may be hidden, and nobody decided about it (M-08): its
    record travels, its file does not."""
    SEALED = "sealed"
    """Marked as sealed, or naming a stricter field that nobody can find."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A record that stays here, and why; with ORIGINAL, BYSTANDERS or NOT_RELEASED its
    file alone stays."""

    record: Record
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A record that first came here in a bundle: the signer's fingerprint, or the bundle's id."""

    record: RecordId
    sender: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The records that travel, in their given order, and what does not.

    `unasked`: those of the people who travel unnamed, without a yes of their own (M-04).
    """

    travels: tuple[Record, ...]
    withheld: tuple[Withheld, ...]
    unasked: frozenset[RecordId] = frozenset()


def choose(
    records: Sequence[Record],
    today: date,
    *,
    receiver: frozenset[str] = ANYBODY,
    arrived: Iterable[Arrived] = (),
) -> Chosen:
    """Sorts the records of some incidents into what travels and what stays.

    `receiver`: its names and codes, case folded. `arrived`: those of the records that came in
    bundles.
    """
    asked = _Asked(records, today, receiver, arrived)
    found: dict[RecordId, Reason] = {}
    for rule in (_sealed, _parties, _sources, _consents, _evidence, _applications):
        found |= rule(records, asked, found)
    found |= dict.fromkeys(unreached(records, found), Reason.PART_OF_WITHHELD)
    # after that: the country of a town that stays may still go
    found |= dict.fromkeys(too_exact(records) - set(found), Reason.TOO_EXACT)
    said = _files_alone(records, asked) | found
    return Chosen(
        travels=tuple(each for each in records if each.id not in found),
        withheld=tuple(
            Withheld(record=each, reason=said[each.id]) for each in records if each.id in said
        ),
        unasked=frozenset(
            each.id
            for each in records
            if isinstance(each, Person)
            and each.id not in found
            and not asked.is_accused(each)
            and asked.sharing(each) is not Answer.YES
        ),
    )


def _files_alone(records: Sequence[Record], asked: _Asked) -> dict[RecordId, Reason]:
    """The items whose file stays while their record travels (M-08, C-14)."""
    found: dict[RecordId, Reason] = {}
    for each in records:
        if isinstance(each, EvidenceItem):
            if each.release_form not in (None, each.id):
                found[each.id] = Reason.ORIGINAL
            elif each.people_visible is PeopleVisible.UNKNOWN_BYSTANDERS:
                found[each.id] = Reason.BYSTANDERS
            # what came in a bundle was released by whoever sealed it
            elif standing(each) is Standing.UNDECIDED and not asked.came(each):
                found[each.id] = Reason.NOT_RELEASED
    return found


class _Asked:
    """What the people in these records were asked, and whose word it is."""

    def __init__(
        self,
        records: Sequence[Record],
        today: date,
        receiver: frozenset[str],
        arrived: Iterable[Arrived],
    ) -> None:
        self.receiver = receiver
        self._today = today
        self._senders = {each.record: each.sender for each in arrived}
        self._consents = [each for each in records if isinstance(each, ConsentRecord)]
        parts = [each for each in records if isinstance(each, Involvement)]
        # who has another part in it too may be a victim
        others = {each.party for each in parts if not naming.accuses(each)}
        self._accused = {
            each.party
            for each in parts
            if naming.accuses(each)
            and each.party not in others
            and self._may_loosen(each, each.party)
        }
        self._accusations = [each for each in parts if naming.accuses(each)]

    def came(self, record: Record) -> bool:
        """Whether it came in a bundle."""
        return record.id in self._senders

    def is_accused(self, party: Record) -> bool:
        """Whether it is only described as an alleged perpetrator."""
        return party.id in self._accused

    def stays_unnamed(self, party: Record) -> bool:
        """Whether it is a person who is only accused, and who may not be named (N-01, N-02)."""
        about = [each for each in self._accusations if each.party == party.id]
        return (
            isinstance(party, Person)
            and self.is_accused(party)
            and naming.stays_unnamed(party, about)
        )

    def sharing(self, party: Record) -> Answer:
        """The answer to sharing with this receiver; passing on what came from others is a
        question of its own (D-05)."""
        came = self._senders.get(party.id, _HERE)
        return self.answer(party, SHARE_OTHER_PARTNERS if came else SHARE_NAMED_NGO)

    def refuses(self, party: Record, scope: str) -> bool:
        """Whether a question that a general yes would cover was answered with no."""
        return self.answer(party, scope) not in {Answer.YES, Answer.NOT_ASKED}

    def answer(self, party: Record, scope: str) -> Answer:
        """What the records about somebody come to. A refusal counts from whomever it came."""
        about = [each for each in self._consents if each.about == party.id]
        who = self._who(party)
        heard = consents.answer(about, scope, self._today, self.receiver, who)
        if heard is not Answer.YES:
            return heard
        loosening = [each for each in about if self._may_loosen(each, party.id)]
        return consents.answer(loosening, scope, self._today, self.receiver, who)

    def _who(self, party: Record) -> About:
        if not isinstance(party, Person | Organisation):
            return consent_rules.ANYBODY
        accused = {each.party for each in self._accusations if each.party is not None}
        return consent_rules.about(party, accused)

    def _may_loosen(self, word: Record, party: RecordId | None) -> bool:
        came = self._senders.get(word.id, _HERE)
        return came == _HERE or (party is not None and came == self._senders.get(party, _HERE))


_Found = dict[RecordId, Reason]


def _sealed(records: Sequence[Record], _asked: _Asked, _found: _Found) -> _Found:
    # a custody event leaves with its item or not at all
    return {
        each.id: Reason.SEALED
        for each in records
        if confidentiality.is_sealed(each) or confidentiality.stricter(each).astray
    }


def _parties(records: Sequence[Record], asked: _Asked, found: _Found) -> _Found:
    unnamed = dict.fromkeys(
        (each.id for each in records if asked.stays_unnamed(each)), Reason.NAMED_ACCUSED
    )
    return unnamed | {
        each.id: reason
        for each in records
        if isinstance(each, Person | Organisation)
        and each.id not in found
        and not asked.is_accused(each)
        and (reason := _without_consent(each, asked)) is not None
    }


def _sources(records: Sequence[Record], _asked: _Asked, _found: _Found) -> _Found:
    return {
        each.id: Reason.PROTECTED_SOURCE
        for each in records
        if isinstance(each, Source) and each.protect_identity
    }


def _consents(records: Sequence[Record], asked: _Asked, found: _Found) -> _Found:
    """Consents that would tell of somebody who stays here, or of another receiver."""
    open_sources = {
        each.id for each in records if isinstance(each, Source) and each.id not in found
    }
    # the consent to a statement is about whoever speaks
    of_speakers = {
        each.consent
        for each in records
        if isinstance(each, Statement) and each.source not in (None, *open_sources)
    }
    stays: _Found = {}
    for each in records:
        if not isinstance(each, ConsentRecord):
            continue
        if each.about in found or each.id in of_speakers:
            stays[each.id] = Reason.CONSENT_OF_WITHHELD
        elif each.decisions and not any(
            consents.is_for(decision, asked.receiver) for decision in each.decisions
        ):
            stays[each.id] = Reason.CONSENT_FOR_ANOTHER
    return stays


def _evidence(records: Sequence[Record], asked: _Asked, found: _Found) -> _Found:
    """Evidence in which somebody can be recognised who stays here, or who keeps files here."""
    hidden = {
        each.id
        for each in records
        if isinstance(each, Person)
        and (
            (each.id in found and found[each.id] is not Reason.NAMED_ACCUSED)
            or (not asked.is_accused(each) and asked.refuses(each, SHARE_EVIDENCE_FILES))
        )
    }
    # a photograph that shows who did it is evidence; a portrait kept of them is their name
    unseen = hidden | {each.id for each in records if asked.stays_unnamed(each)}
    pictures = {each.image for each in records if isinstance(each, Person) and each.id in unseen}
    # a copy shows who is on the original
    pictures |= {
        each.release_form
        for each in records
        if isinstance(each, EvidenceItem) and each.id in pictures
    }
    return {
        each.id: Reason.SHOWS_WITHHELD
        for each in records
        if isinstance(each, EvidenceItem)
        and (each.id in pictures or not hidden.isdisjoint(each.people_listed))
    }


def _applications(records: Sequence[Record], _asked: _Asked, found: _Found) -> _Found:
    """What would tell of an organisation that stays here, its questions and replies with it."""
    return {
        each.id: Reason.PART_OF_WITHHELD
        for each in records
        if isinstance(each, CommitteeApplication) and each.organisation in found
    }


def _without_consent(record: Person | Organisation, asked: _Asked) -> Reason | None:
    answer = asked.sharing(record)
    if answer is not Answer.YES and (answer not in _UNSAID or naming.recognisable(record)):
        return Reason(answer.value)
    if any(asked.refuses(record, scope) for scope in _more_asked(record)):
        return Reason.IN_PART
    return None


def _more_asked(record: Person | Organisation) -> Iterator[str]:
    """Scopes of their own for what the record holds besides."""
    if isinstance(record, Person):
        if record.health or record.disability:
            yield SHARE_HEALTH_DATA
        if any((record.ethnic_or_social_origin, record.religion, record.sogi, record.politics)):
            yield SHARE_SENSITIVE_IDENTITY
