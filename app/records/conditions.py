"""Requirements that depend on another field of the same record, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.records import desk_conditions
from app.records.act import Act
from app.records.choices import NamingDecision, PeopleVisible
from app.records.consent_record import ConsentRecord
from app.records.evidence_item import EvidenceItem
from app.records.facts import group
from app.records.incident import Incident
from app.records.incident_link import IncidentLink
from app.records.involvement import Involvement
from app.records.person import Person
from app.records.place import Place
from app.records.problems import Code, Problem
from app.records.record import Record
from app.records.relationship import Relationship
from app.records.risk_assessment import RiskAssessment, RiskDecision
from app.records.source import Source
from app.records.values import TermRef
from app.records.walk import says_nothing

SUMMARY_WORDS: Final = 150

# A yes to the key needs a yes to the value (C-04).
RESTS_ON: Final = {
    "un_name_to_state": "un_confidential",
    "un_public_anonymised": "un_confidential",
    "un_public_named": "un_confidential",
    "ngo_public_named": "ngo_public_anonymised",
}
NAMED_IN_PUBLIC: Final = frozenset({"un_public_named", "ngo_public_named"})
BY_OWN_REPORT: Final = frozenset({"record_locally", "share_named_ngo"})
SURE_ENOUGH: Final = frozenset({"cred1_confirmed", "cred2_probable"})
ABOVE_STATES: Final = frozenset({"world_region", "country"})

_BLOCK_OF_GROUP: Final = {
    "liberty": "liberty",
    "disappearance": "liberty",
    "digital": "digital",
    "access": "procedural",
}


def draft(record: Record) -> Iterator[Problem]:
    """What saving needs beyond the fields marked D."""
    if record.legal_hold and not record.legal_hold_reason:
        yield _missing("legal_hold_reason")
    match record:
        case Person():
            yield from _special_data(record)
            if record.names and _is(record.identity_mode, "named"):
                # a real name is asked for only with a stated purpose (M-01)
                yield from _empty(record, "name_purpose")
        case Involvement():
            if record.act is None and record.incident is None:
                yield _missing("act")
        case Source():
            if record.person is None and not record.description:
                yield _missing("description")
        case Place():
            yield from _coordinates(record)
        case Relationship():
            yield from _itself("to", record.party, record.to)
        case IncidentLink():
            yield from _itself("to", record.incident, record.to)
        case ConsentRecord():
            yield from _decisions(record)
        case EvidenceItem():
            yield from _file(record)
        case _:
            yield from desk_conditions.draft(record)


def verify(record: Record) -> Iterator[Problem]:
    """What `reasonable_grounds` needs beyond the fields marked V."""
    match record:
        case Incident():
            yield from _summary(record)
        case Act():
            yield from _act(record)
        case Involvement():
            if _is(record.role, "alleged_perpetrator"):
                yield from _empty(record, "perpetrator_type", "degree")
        case Person():
            if _is(record.identity_mode, "group"):
                yield from _empty(record, "group_size")
        case Place():
            yield from _place(record)
        case EvidenceItem() if record.source_url:
            yield from _empty(record, "captured_at", "capture_tool", "page_hash")
        case _:
            yield from desk_conditions.verify(record)


def send(record: Record) -> Iterator[Problem]:
    """What leaving the device needs beyond the fields marked S."""
    match record:
        case Incident():
            yield from _summary(record)
        case Involvement() if record.naming_decision is not NamingDecision.NEVER:
            yield from _naming(record)
        case EvidenceItem():
            if record.people_visible is PeopleVisible.NOT_CHECKED:
                yield _missing("people_visible")
            if record.people_visible is PeopleVisible.LISTED:
                yield from _empty(record, "people_listed")
        case ConsentRecord():
            scopes = _granted(record)
            if any(RESTS_ON[scope] not in scopes for scope in scopes & RESTS_ON.keys()):
                yield Problem(field="decisions", code=Code.RESTS_ON)
            if not _is(record.given_by, "person"):
                yield from _empty(record, "authority")
            if _is(record.given_by, "parent_or_guardian"):
                yield from _empty(record, "child_view", "best_interest")
        case RiskAssessment():
            if record.decision is RiskDecision.DO_NOT:
                yield from _empty(record, "reason")
            if record.decision is RiskDecision.GO_WITH_LIMITS:
                yield from _empty(record, "limits")
        case _:
            pass


def applying(record: Record) -> tuple[str, ...]:
    """The blocks that apply to a record by what it says: those of the group of an act."""
    if not isinstance(record, Act):
        return ()
    block = _BLOCK_OF_GROUP.get(group(record.act_type))
    return () if block is None else (block,)


def _missing(field: str) -> Problem:
    return Problem(field=field, code=Code.MISSING)


def _empty(record: Record, *names: str) -> Iterator[Problem]:
    for name in names:
        if says_nothing(getattr(record, name)):
            yield _missing(name)


def _is(term: TermRef | None, key: str) -> bool:
    return term is not None and term.key == key


def _itself(field: str, one: str | None, other: str | None) -> Iterator[Problem]:
    if one is not None and one == other:
        yield Problem(field=field, code=Code.POINTS_TO_ITSELF)


def _special_data(person: Person) -> Iterator[Problem]:
    """A special fact is held only with a reason (M-02)."""
    for name in (
        "ethnic_or_social_origin",
        "religion",
        "sogi",
        "disability",
        "health",
        "politics",
    ):
        data = getattr(person, name)
        if data is not None and data.words and not data.reason:
            yield _missing(f"{name}.reason")


def _coordinates(place: Place) -> Iterator[Problem]:
    at = place.coordinates
    if at is None:
        return
    for name, limit in (("latitude_e6", 90_000_000), ("longitude_e6", 180_000_000)):
        value = getattr(at, name)
        if value is None:
            yield _missing(f"coordinates.{name}")
        elif abs(value) > limit:
            yield Problem(field=f"coordinates.{name}", code=Code.OUT_OF_RANGE, limit=limit)


def _place(place: Place) -> Iterator[Problem]:
    if _is(place.level, "country"):
        yield from _empty(place, "iso_code")
    elif place.level is not None and place.level.key not in ABOVE_STATES:
        yield from _empty(place, "parent")


def _file(item: EvidenceItem) -> Iterator[Problem]:
    """Digest, size and type belong together: a file has all of them, a reference none."""
    if item.sha256 or item.size is not None or item.mime:
        yield from _empty(item, "sha256", "size", "mime")


def _summary(incident: Incident) -> Iterator[Problem]:
    if len(incident.summary.text.split()) > SUMMARY_WORDS:
        yield Problem(field="summary", code=Code.TOO_MANY_WORDS, limit=SUMMARY_WORDS)


def _act(act: Act) -> Iterator[Problem]:
    kind = group(act.act_type)
    needed = _BLOCK_OF_GROUP.get(kind)
    if needed is not None:
        yield from _empty(act, needed)
    if kind == "judicial":
        yield from _empty(act, "legal_basis_cited")


def _naming(involvement: Involvement) -> Iterator[Problem]:
    """A name outside needs a basis, credibility, a reason and two people (N-02)."""
    yield from _empty(involvement, "identified_by", "naming_reason")
    confidence = involvement.confidence
    if confidence is None or confidence.key not in SURE_ENOUGH:
        yield Problem(field="confidence", code=Code.NOT_SURE_ENOUGH)
    deciders = {" ".join(name.split()).casefold() for name in involvement.naming_reviewer_names}
    if len({*involvement.naming_reviewers, *deciders} - {""}) < 2:
        yield Problem(field="naming_reviewer_names", code=Code.TWO_NEEDED, limit=2)


def _decisions(record: ConsentRecord) -> Iterator[Problem]:
    day = record.given_at
    if day is not None and (day.earliest is None or day.earliest != day.latest):
        yield Problem(field="given_at", code=Code.DAY_NEEDED)
    seen: set[tuple[str, str]] = set()
    for decision in record.decisions:
        scope = decision.scope.key if decision.scope else ""
        at = (scope, decision.recipient)
        if at in seen:
            yield Problem(field="decisions", code=Code.DECIDED_TWICE)
        seen.add(at)
    scopes = _granted(record)
    if _is(record.method, "in_app_self") and scopes - BY_OWN_REPORT:
        yield Problem(field="decisions", code=Code.NOT_BY_OWN_REPORT)
    if _is(record.given_by, "parent_or_guardian") and scopes & NAMED_IN_PUBLIC:
        yield Problem(field="decisions", code=Code.NOT_FOR_CHILDREN)


def _granted(record: ConsentRecord) -> frozenset[str]:
    """The scopes with a yes for anybody."""
    return frozenset(each.scope.key for each in record.decisions if each.scope and each.grants)
