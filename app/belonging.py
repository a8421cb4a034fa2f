"""Which links mean "belongs to": the table by which an incident is gathered whole.

Three rules. Fields that stay on this device are not followed: what they point to (the person
behind a source, the proof of a consent) is not part of what may travel. Links up to an incident are
followed backwards only, so that two incidents never melt into one through a person or an
engagement they share. Every other reference is followed, or stands in LEFT_ALONE with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from app.records import KINDS, Kind, Record
from app.records.spec import Shape, Shaped, specs


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A field that refers to records of these kinds; `field` is its path in a record of `kind`."""

    kind: Kind
    field: str
    targets: frozenset[Kind]
    local: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Records of `kind` whose `field` names the record belong to it."""

    kind: Kind
    field: str


MEMBERS: Final[dict[Kind, tuple[Member, ...]]] = {
    Kind.INCIDENT: (
        Member(kind=Kind.ACT, field="incident"),
        Member(kind=Kind.INVOLVEMENT, field="incident"),
        Member(kind=Kind.STATEMENT, field="incident"),
        Member(kind=Kind.EVIDENCE_ITEM, field="links.supports"),
        Member(kind=Kind.RISK_ASSESSMENT, field="subject"),
    ),
    Kind.ACT: (
        Member(kind=Kind.INVOLVEMENT, field="act"),
        Member(kind=Kind.EVIDENCE_ITEM, field="links.supports"),
        Member(kind=Kind.COMMITTEE_APPLICATION, field="related_acts"),
    ),
    Kind.COMMITTEE_APPLICATION: (Member(kind=Kind.APPLICATION_REVIEW, field="application"),),
    Kind.APPLICATION_REVIEW: (Member(kind=Kind.COMMITTEE_QUESTION, field="review"),),
    Kind.ENGAGEMENT: (Member(kind=Kind.EVIDENCE_ITEM, field="links.supports"),),
    Kind.INVOLVEMENT: (Member(kind=Kind.EVIDENCE_ITEM, field="links.supports"),),
    Kind.STATEMENT: (Member(kind=Kind.EVIDENCE_ITEM, field="links.supports"),),
    Kind.PERSON: (
        Member(kind=Kind.CONSENT_RECORD, field="about"),
        Member(kind=Kind.RISK_ASSESSMENT, field="subject"),
    ),
    Kind.ORGANISATION: (
        Member(kind=Kind.CONSENT_RECORD, field="about"),
        Member(kind=Kind.RISK_ASSESSMENT, field="subject"),
    ),
    Kind.EVIDENCE_ITEM: (Member(kind=Kind.CUSTODY_EVENT, field="evidence"),),
}
"""What hangs on a record. Evidence about a person, alone, belongs to no incident: it may be of
another one."""

LEFT_ALONE: Final = frozenset(
    {
        (Kind.STATEMENT, "conflicts_with"),  # may be a statement about another incident
        (Kind.CONSENT_RECORD, "decisions.evidence"),  # names items, which come by themselves
        (Kind.COMMITTEE_QUESTION, "same_as"),  # may be a question to somebody else
        # an application comes along with an act it led to, not with everybody who once applied
        (Kind.ORGANISATION, "ecosoc_application"),
        # what a desk writes about a report is not part of it
        (Kind.ORGANISATION, "observations"),
        (Kind.INCIDENT, "reviews"),
        (Kind.INCIDENT, "case"),
        (Kind.ENGAGEMENT, "un_contact_informed"),
    }
)

DESK: Final = frozenset(
    {
        Kind.INDEPENDENCE_OBSERVATION,
        Kind.VERIFICATION_REVIEW,
        Kind.INTERVENTION,
        Kind.CASE,
        Kind.FOLLOW_UP_ENTRY,
        Kind.RECOMMENDATION,
        Kind.ADDRESS_BOOK_ENTRY,
    }
)
"""Kinds that a desk writes for itself. They belong to no report: no report carries one, and none is
taken in with a report, or whoever sends one could write the desk's own judgement into its vault."""

NEVER_IN_A_REPORT: Final = DESK | {Kind.RISK_ASSESSMENT}
"""Also what could be done to people: it is judged where it is written (M-11)."""

_UP: Final = frozenset(
    {
        Kind.INCIDENT,
        Kind.ACT,
        Kind.INVOLVEMENT,
        Kind.STATEMENT,
        Kind.COMMITTEE_APPLICATION,
        Kind.APPLICATION_REVIEW,
    }
)
"""Kinds that gather others: a reference to one of them leads up."""

_SIDEWAYS: Final = frozenset({Kind.RELATIONSHIP, Kind.INCIDENT_LINK})
"""Kinds that tie two records together. Neither end brings them in; see incidents.whole."""


@cache
def references(kind: Kind) -> tuple[Reference, ...]:
    """Every reference from records of a kind to records of this version."""
    record = next(each for each in KINDS if each.kind is kind)
    return tuple(_references(kind, record, "", set()))


@cache
def followed(kind: Kind) -> frozenset[str]:
    """The fields of a kind whose targets belong to whatever the record belongs to."""
    if kind in _SIDEWAYS or kind in DESK:
        return frozenset()
    return frozenset(
        each.field
        for each in references(kind)
        if not each.local and not each.targets & _UP and (kind, each.field) not in LEFT_ALONE
    )


def _references(
    kind: Kind, shaped: type[Shaped], before: str, inside: set[type[Shaped]]
) -> list[Reference]:
    found: list[Reference] = []
    for name, spec in specs(shaped):
        if spec.shape in {Shape.REF, Shape.REFS}:
            targets = frozenset(each for each in spec.targets if isinstance(each, Kind))
            if targets:
                found.append(
                    Reference(kind=kind, field=before + name, targets=targets, local=spec.local)
                )
        elif spec.shape is Shape.PLACE:
            found.append(
                Reference(
                    kind=kind,
                    field=f"{before}{name}.place",
                    targets=frozenset({Kind.PLACE}),
                    local=spec.local,
                )
            )
        elif spec.block is not None and spec.block not in inside:
            found += _references(kind, spec.block, f"{before}{name}.", inside | {spec.block})
    return found


def is_incident(record: Record) -> bool:
    """Whether the record is the top of a whole."""
    return record.kind is Kind.INCIDENT
