"""The first report: a few answers, and the records they become (domain 1.22).

Seven questions make a handful of records: the report, the person harmed under a pseudonym, how that
person cooperated, one act (where it happened), who did it, and what the person allows. Only what
was answered becomes a record. What was not asked is "not known" and never guessed; each record can
be saved as it is, and the whole form goes on from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from app.i18n import _
from app.records import (
    Act,
    ConsentRecord,
    Engagement,
    FuzzyDate,
    FuzzyRange,
    Incident,
    Involvement,
    LText,
    Person,
    PlaceRef,
    Record,
    TermRef,
    checks,
)
from app.records.choices import YesNo
from app.records.consent_record import ConsentDecision
from app.records.facts import inside_un_premises
from app.records.ids import ActId, EngagementId, IncidentId, PersonId, RecordId

ALLOWED: Final = ("record_locally", "share_named_ngo")
"""All that can be allowed before an organisation has explained the rest (C-08)."""

HOW_FAR: Final = ("intended", "attempted", "completed")
"""Planned, tried, did: terms of `engagement_state`."""

NOT_SAID: Final = FuzzyRange.unknown_time()
HARMED: Final = "primary_victim"
ACCUSED: Final = "alleged_perpetrator"
_NO_BODY: Final = "un_unknown"
_UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReport:
    """A report being told, with the records its answers go into; most of them say nothing yet.

    `is_saved`: it was saved before, so its records are no longer only these.
    """

    report: Incident
    person: Person = field(default_factory=Person)
    engagement: Engagement = field(default_factory=Engagement)
    act: Act = field(default_factory=Act)
    actor: Person = field(
        default_factory=lambda: Person(identity_mode=_term("identity_mode", "anonymous"))
    )
    involvement: Involvement = field(default_factory=Involvement)
    harmed: Involvement = field(default_factory=Involvement)
    consent: ConsentRecord = field(default_factory=ConsentRecord)
    is_saved: bool = False

    @property
    def body(self) -> str:
        """The UN body chosen, a key of `un_body`; "" while none is."""
        key = self.engagement.un_body.key
        return "" if key == _NO_BODY else key

    @property
    def how_far(self) -> str:
        """How far the cooperation went, a key of `engagement_state`; "" while it is not said."""
        key = self.engagement.state.key
        return "" if key == _UNKNOWN else key

    @property
    def did_it(self) -> str:
        """Who did it, a key of `perpetrator_type`; "" while it is not said."""
        kind = self.involvement.perpetrator_type
        return "" if kind is None else kind.key

    @property
    def inside(self) -> YesNo:
        """Whether it happened inside UN premises."""
        found = inside_un_premises(self.act)
        if found is None:
            return YesNo.NOT_ASKED
        return YesNo.YES if found else YesNo.NO

    @property
    def allows(self) -> frozenset[str]:
        """The scopes with a yes."""
        return frozenset(
            each.scope.key for each in self.consent.decisions if each.scope and each.grants
        )

    @property
    def receiver(self) -> str:
        """The organisation that it may be shared with; "" for none."""
        return next((each.recipient for each in self.consent.decisions if each.recipient), "")


def begin(report: RecordId) -> FirstReport:
    """A report of which nothing is told yet."""
    return FirstReport(report=Incident(id=IncidentId(report)))


# --- the answers ----------------------------------------------------------------------------------


def happened_in(told: FirstReport, words: str) -> FirstReport:
    """Where, in the person's words; told at the level of the country until they say otherwise."""
    held = told.report.country
    level = held.precision_to_release
    if held == PlaceRef.withheld():
        level = PlaceRef().precision_to_release
    place = replace(held, as_written=LText.of(words.strip()), precision_to_release=level)
    if place.place is None and not place.as_written:
        place = PlaceRef.withheld()
    return replace(told, report=replace(told.report, country=place))


def happened_inside(told: FirstReport, answer: YesNo) -> FirstReport:
    """Whether inside UN premises. A no is kept as a place of another kind, in words."""
    where: TermRef | None = None
    if answer is YesNo.YES:
        where = _term("location_type", "un_premises")
    elif answer is YesNo.NO:
        text = _("Not inside UN premises")
        where = TermRef(list="location_type", key="other", other_text=text)
    if answer is told.inside:
        return told
    return replace(told, act=replace(told.act, location_type=where))


def cooperated_with(told: FirstReport, body: str, how_far: str) -> FirstReport:
    """Which UN body, and how far it went; "" where it is not said."""
    engagement = replace(
        told.engagement,
        un_body=_kept(told.engagement.un_body, body or _NO_BODY),
        state=_kept(told.engagement.state, how_far or _UNKNOWN),
    )
    return replace(told, engagement=engagement)


def done_by(told: FirstReport, kind: str) -> FirstReport:
    """Who did it, a key of `perpetrator_type`: `unknown` is an answer, "" is none."""
    chosen = _term("perpetrator_type", kind) if kind else None
    if kind == told.did_it:
        return told
    return replace(told, involvement=replace(told.involvement, perpetrator_type=chosen))


def allow(told: FirstReport, scopes: frozenset[str], receiver: str, today: date) -> FirstReport:
    """What the person allows, said by the person in this program, today (C-01, C-08).

    Only ALLOWED is heard. Sharing counts for one organisation that is named, and for nobody else:
    without a name it is no yes.
    """
    named = receiver.strip()
    decisions = []
    for scope in ALLOWED:
        if scope not in scopes:
            continue
        for_whom = named if scope == "share_named_ngo" else ""
        if scope == "share_named_ngo" and not for_whom:
            continue
        decisions.append(
            ConsentDecision(
                scope=_term("consent_scope", scope),
                decision=_term("consent_decision", "yes"),
                recipient=for_whom,
            )
        )
    if tuple(decisions) == told.consent.decisions:
        return told
    consent = replace(
        told.consent,
        given_by=_term("consent_giver", "person"),
        method=_term("consent_method", "in_app_self"),
        given_at=FuzzyDate.on(today),
        decisions=tuple(decisions),
    )
    return replace(told, consent=consent)


# --- what becomes of them -------------------------------------------------------------------------


def made(told: FirstReport) -> tuple[Record, ...]:
    """The records that were answered, tied to each other, in the order of saving."""
    report, person = told.report, PersonId(told.person.id)
    answered: list[Record] = []
    has_act = told.act.location_type is not None
    if told.body or told.how_far:
        kind = told.engagement.engagement_type or _term("engagement_type", _UNKNOWN)
        answered.append(
            replace(
                told.engagement,
                parties=told.engagement.parties or (person,),
                engagement_type=kind,
            )
        )
        report = replace(report, engagements=_with(report, told.engagement.id))
    else:
        left = tuple(each for each in report.engagements if each != told.engagement.id)
        report = replace(report, engagements=left)
    if has_act:
        kind = told.act.act_type or _term("act_type", _UNKNOWN)
        answered.append(
            replace(
                told.act,
                incident=IncidentId(report.id),
                act_type=kind,
                victim=told.act.victim or person,
                period=report.period if told.act.period == NOT_SAID else told.act.period,
            )
        )
    if told.consent.decisions:
        answered.append(replace(told.consent, about=person))
    if answered:
        answered.insert(0, told.person)
        if not has_act:
            answered.append(_took_part(told.harmed, report, person, HARMED))
    if told.did_it:
        answered.append(told.actor)
        acted = replace(told.involvement, act=ActId(told.act.id) if has_act else None)
        answered.append(_took_part(acted, report, PersonId(told.actor.id), ACCUSED))
    return (*answered, report)


def can_be_saved(told: FirstReport) -> bool:
    """Whether saving makes it a report; until then everything told is kept as drafts."""
    return not checks.draft(made(told)[-1])


def records(told: FirstReport) -> tuple[Record, ...]:
    """Every record an answer may go into, answered or not."""
    return (
        told.report,
        told.person,
        told.engagement,
        told.act,
        told.actor,
        told.involvement,
        told.harmed,
        told.consent,
    )


# --- inside ---------------------------------------------------------------------------------------


def _took_part(part: Involvement, report: Incident, who: PersonId, role: str) -> Involvement:
    return replace(part, incident=IncidentId(report.id), party=who, role=_term("person_role", role))


def _with(report: Incident, engagement: RecordId) -> tuple[EngagementId, ...]:
    held = report.engagements
    return held if engagement in held else (*held, EngagementId(engagement))


def _kept(held: TermRef, key: str) -> TermRef:
    return held if held.key == key else replace(held, key=key, other_text="")


def _term(name: str, key: str) -> TermRef:
    return TermRef(list=name, key=key)
