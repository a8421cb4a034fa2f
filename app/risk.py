"""Whether the risk of handing a report to a receiver was assessed, and whether it may go (R-01).

An assessment is of one disclosure: another receiver, or another report, is another risk. It runs
out after three months, an `extreme` one after seven days. `extreme` needs two approvers and a wait
of 24 hours after the second, which `immediate` urgency takes away; the approvers stay.

Attack: a bundle could bring an assessment that lets a report go. What others sent never counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from app import mosaic, store
from app.mosaic import Mosaic
from app.records import Incident, Organisation, Person, Record, RiskAssessment
from app.records.choices import YesNo
from app.records.codec import encode
from app.records.ids import IncidentId, RecordId
from app.records.risk_assessment import Approval, Exposed, Exposure, RiskDecision
from app.records.spec import specs
from app.records.values import NOTHING_SAID, LText, TermRef
from app.storage import origin, records
from app.storage.database import Reading
from app.storage.origin import Act
from app.store import Saved
from app.vault import Vault
from crypto.digest import sha256

LEVELS: Final = "risk_level"
EXTREME: Final = "extreme"
NOT_ASSESSED: Final = "not_assessed"
IMMEDIATE: Final = "immediate"
VALID: Final = timedelta(days=92)
VALID_EXTREME: Final = timedelta(days=7)
WAIT: Final = timedelta(hours=24)
APPROVERS: Final = 2


class Why(StrEnum):
    """Why a report may not go to a receiver yet. Stable: errors and the command line name it."""

    NOT_ASSESSED = "not_assessed"
    RAN_OUT = "ran_out"
    NOT_COUNTED = "not_counted"  # how many people somebody unnamed could be (M-04)
    TOO_FEW = "too_few"  # so few people that somebody unnamed can be recognised
    UNANSWERED = "unanswered"  # somebody of R-02 was not considered
    UNDECIDED = "undecided"
    NOT_AGREED = "not_agreed"  # the person does not accept the risk
    NOT_TO_ACT = "not_to_act"  # a decision not to hand it over
    TWO_NEEDED = "two_needed"  # approvers of an extreme risk
    WAITING = "waiting"  # 24 hours after the second approval


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What holds a report back. `until`: with WAITING, from when it may go.

    `assessment`: the one that says so; None where there is none.
    """

    incident: IncidentId
    why: Why
    assessment: RiskAssessment | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Towards:
    """To whom it would go: its key in this vault, its name, and the names and codes that an
    assessment written by hand may use for it, case folded."""

    receiver: str
    name: str
    called: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessing:
    """The answers of a short assessment. `exposed` answers all six rows of R-02."""

    level: str
    exposed: Exposed
    person_agrees: YesNo
    decision: RiskDecision
    reason: LText = NOTHING_SAID
    limits: LText = NOTHING_SAID
    could_match: int | None = None


def holds(
    vault: Vault,
    chosen: Sequence[IncidentId],
    around: Sequence[Record],
    towards: Towards,
    mosaics: Sequence[Mosaic] = (),
) -> tuple[Hold, ...]:
    """What holds back each of the incidents chosen; empty when they may go.

    `around`: the records that would go along. An incident needs an assessment of its own; one
    about a person or organisation in it holds it back as well when it says no. `mosaics`: unnamed
    people about whom so much goes along that somebody has to say how many they could be.
    """
    found: list[Hold] = []
    parties = [each for each in around if isinstance(each, Person | Organisation)]
    for incident in chosen:
        top = store.get(vault, Incident, incident)
        own = latest(vault, incident, towards)
        hold = _hold(vault, top, own)
        if hold is None and own is not None and mosaics:
            hold = _mosaic(vault, incident, own)
        if hold is None:
            of_parties = (latest(vault, each.id, towards) for each in parties)
            said = (_hold(vault, top, each) for each in of_parties if each is not None)
            hold = next((each for each in said if each is not None), None)
        if hold is not None:
            found.append(hold)
    return tuple(found)


def latest(vault: Vault, subject: RecordId, towards: Towards) -> RiskAssessment | None:
    """The one that counts for this disclosure: the last one made or, if it forbids, changed."""
    found = [
        each
        for each in store.linked_by(vault, RiskAssessment, "subject", subject)
        if is_for(each, towards) and not _came_from_others(vault.database, each.id)
    ]
    return max(found, key=lambda each: (_counts_from(each), _forbids(each)), default=None)


def is_for(assessment: RiskAssessment, towards: Towards) -> bool:
    """Whether it is about this receiver: by its key, else by a name or code (C-07)."""
    if assessment.receiver:
        return assessment.receiver == towards.receiver
    return assessment.disclosure.strip().casefold() in towards.called


def assess(
    vault: Vault, chosen: Sequence[IncidentId], towards: Towards, answers: Assessing
) -> list[Saved[RiskAssessment]]:
    """Keep the same answers for each of these reports, all or none. Raises Invalid, NoRoom."""
    today = vault.clock().date()
    with vault.transaction() as tx:
        return [
            store.put(
                vault,
                tx,
                RiskAssessment(
                    subject=incident,
                    disclosure=towards.name,
                    receiver=towards.receiver,
                    made_on=today,
                    level=TermRef(list=LEVELS, key=answers.level),
                    exposed=answers.exposed,
                    person_agrees=answers.person_agrees,
                    decision=answers.decision,
                    reason=answers.reason,
                    limits=answers.limits,
                    could_match=answers.could_match,
                    valid_until=today + lasts(answers.level),
                    created_at=vault.clock(),
                    updated_at=vault.clock(),
                ),
            )
            for incident in chosen
        ]


def approve(vault: Vault, assessment: RecordId, name: str) -> Saved[RiskAssessment]:
    """Keep that `name` approved it as it stands now. A second word of the same name adds nothing.

    Raises NotFound, Invalid, NoRoom.
    """
    kept = store.kept(vault, RiskAssessment, assessment)
    approved = Approval(name=name.strip(), at=vault.clock(), seen=digest_of(kept.record))
    known = {_folded(each.name) for each in approvals(kept.record)}
    if not approved.name or _folded(name) in known:
        return store.save(vault, kept.record, read_revision=kept.revision)
    changed = replace(kept.record, approvals=(*kept.record.approvals, approved))
    return store.save(vault, changed, read_revision=kept.revision)


def approvals(assessment: RiskAssessment) -> tuple[Approval, ...]:
    """The approvals that count: each name once, of the assessment as it stands."""
    seen = digest_of(assessment)
    valid = [each for each in assessment.approvals if each.seen == seen and each.at and each.name]
    return tuple({_folded(each.name): each for each in reversed(valid)}.values())[::-1]


def digest_of(assessment: RiskAssessment) -> str:
    """SHA-256 in hexadecimal of its body without approvals and without when it was changed."""
    plain = replace(assessment, approvals=(), updated_at=assessment.created_at)
    return sha256(encode(plain).body).hex()


def lasts(level: str) -> timedelta:
    """How long an assessment of this level is valid unless a day is set."""
    return VALID_EXTREME if level == EXTREME else VALID


def ends_on(assessment: RiskAssessment) -> date:
    """The last day on which it counts: the day set, but none later than its level allows."""
    made = assessment.made_on or assessment.created_at.date()
    usual = made + lasts(assessment.level.key)
    return usual if assessment.valid_until is None else min(usual, assessment.valid_until)


def free_from(assessment: RiskAssessment) -> datetime | None:
    """When the wait of an extreme risk is over; None for others, and before two approved it."""
    given = sorted(each.at for each in approvals(assessment) if each.at is not None)
    if assessment.level.key != EXTREME or len(given) < APPROVERS:
        return None
    return given[APPROVERS - 1] + WAIT


def exposed_among(names: frozenset[str]) -> Exposed:
    """The rows named are exposed, for the others no harm is expected."""

    def row(name: str) -> Exposure:
        return Exposure.POSSIBLE if name in names else Exposure.NONE_EXPECTED

    return Exposed(
        person=row("person"),
        relatives=row("relatives"),
        colleagues=row("colleagues"),
        source=row("source"),
        interpreter=row("interpreter"),
        staff=row("staff"),
    )


# --- inside ---------------------------------------------------------------------------------


def _hold(vault: Vault, incident: Incident, assessment: RiskAssessment | None) -> Hold | None:
    at = IncidentId(incident.id)
    if assessment is None:
        return Hold(incident=at, why=Why.NOT_ASSESSED)
    why = next(_objections(vault, assessment), None)
    if why is not None:
        return Hold(incident=at, why=why, assessment=assessment)
    if assessment.level.key != EXTREME:
        return None
    until = free_from(assessment)
    if until is None:
        return Hold(incident=at, why=Why.TWO_NEEDED, assessment=assessment)
    if vault.clock() < until and incident.urgency.key != IMMEDIATE:
        return Hold(incident=at, why=Why.WAITING, assessment=assessment, until=until)
    return None


def _mosaic(vault: Vault, incident: IncidentId, own: RiskAssessment) -> Hold | None:
    if own.could_match is None:
        return Hold(incident=incident, why=Why.NOT_COUNTED, assessment=own)
    if own.could_match < mosaic.threshold(vault):
        return Hold(incident=incident, why=Why.TOO_FEW, assessment=own)
    return None


def _objections(vault: Vault, assessment: RiskAssessment) -> Iterator[Why]:
    if assessment.decision is RiskDecision.DO_NOT:
        yield Why.NOT_TO_ACT
    if assessment.level.key == NOT_ASSESSED:
        yield Why.NOT_ASSESSED
    if vault.clock().date() > ends_on(assessment):
        yield Why.RAN_OUT
    rows = assessment.exposed or Exposed()
    if any(getattr(rows, row) is Exposure.NOT_CONSIDERED for row, _ in specs(Exposed)):
        yield Why.UNANSWERED
    if assessment.person_agrees is YesNo.NO:
        yield Why.NOT_AGREED
    if assessment.decision is RiskDecision.OPEN:
        yield Why.UNDECIDED


def _forbids(assessment: RiskAssessment) -> bool:
    return assessment.decision is RiskDecision.DO_NOT or assessment.person_agrees is YesNo.NO


def _counts_from(assessment: RiskAssessment) -> datetime:
    """Permission is as old as the record; a refusal as new as its last change, so that correcting
    an old assessment never turns a later no into a go."""
    return assessment.updated_at if _forbids(assessment) else assessment.created_at


def _came_from_others(db: Reading, record: RecordId) -> bool:
    """Whether a bundle brought any state of it that counts: the first, or the one that stands."""
    first, head = records.revision(db, record, 1), records.head(db, record)
    states = [each.origin for each in (first, head) if each is not None]
    return any(origin.decode(each).act is Act.RECEIVED for each in states)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
