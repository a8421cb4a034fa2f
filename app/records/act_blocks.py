"""The parts of an act that only some acts have: detention, digital, procedural, across borders."""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import N_
from app.records.choices import Access, HostInformed, Whereabouts, YesNo
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    blocks,
    choice,
    date_field,
    integer,
    ltext,
    place,
    ref,
    refs,
    term,
    terms,
    text,
    yes_no,
)
from app.records.ids import (
    EngagementId,
    EvidenceItemId,
    OrganisationId,
    PartyId,
    PersonId,
    PlaceId,
    RecordId,
)
from app.records.kinds import Kind
from app.records.spec import Shaped
from app.records.values import LText, PlaceRef, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementLink(Shaped):
    """Why an act is thought to be a reprisal for an engagement: the core of every case.

    The lag in days is derived from the two dates, see facts.py.
    """

    engagement: EngagementId | None = ref(
        N_("Cooperation with the UN"),
        Kind.ENGAGEMENT,
        section=Section.UN_LINK,
        requirement=Requirement.VERIFY,
    )
    timing: TermRef | None = term(
        N_("Timing"), "timing_relation", section=Section.UN_LINK, requirement=Requirement.VERIFY
    )
    basis: tuple[TermRef, ...] = terms(
        N_("Why they are linked"),
        "link_basis",
        section=Section.UN_LINK,
        requirement=Requirement.VERIFY,
    )
    strength: TermRef | None = term(
        N_("Strength of the link"),
        "link_strength",
        section=Section.UN_LINK,
        requirement=Requirement.VERIFY,
    )
    explanation: LText = ltext(N_("Explanation"), section=Section.UN_LINK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Liberty(Shaped):
    """Deprivation of liberty and disappearance."""

    place_of_detention: PlaceRef | None = place(N_("Place of detention"))
    authority: PartyId | None = ref(N_("Authority"), Kind.PERSON, Kind.ORGANISATION)
    detention_basis: LText = ltext(N_("Stated basis of the detention"))
    warrant_shown: YesNo = yes_no(N_("A warrant was shown"))
    charges: LText = ltext(N_("Charges, with the article"))
    next_hearing: FuzzyDate | None = date_field(N_("Next hearing"))
    sentence: LText = ltext(N_("Sentence"))
    access_family: Access = choice(N_("May see the family"), Access, default=Access.NOT_ASKED)
    access_lawyer: Access = choice(N_("May see a lawyer"), Access, default=Access.NOT_ASKED)
    access_doctor: Access = choice(N_("May see a doctor"), Access, default=Access.NOT_ASKED)
    access_consular: Access = choice(N_("May see the consulate"), Access, default=Access.NOT_ASKED)
    health: LText = ltext(N_("Health"), sensitivity=Sensitivity.SPECIAL)
    whereabouts_known: Whereabouts = choice(
        N_("Where the person is"), Whereabouts, default=Whereabouts.NOT_ASKED
    )
    last_seen: FuzzyDate | None = date_field(N_("Last seen on"))
    last_seen_at: PlaceRef | None = place(N_("Last seen at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Digital(Shaped):
    """A digital attack. Indicators are kept sealed: they may be live."""

    attack_type: tuple[TermRef, ...] = terms(
        N_("Kind of attack"), "digital_attack_type", section=Section.DETAILS
    )
    confidence: TermRef | None = term(N_("How sure"), "digital_confidence")
    account_or_device: LText = ltext(N_("Account or device"), sensitivity=Sensitivity.IDENTIFYING)
    platform: str = text(N_("Platform"))
    first_noticed: FuzzyDate | None = date_field(N_("First noticed"))
    indicators: LText = ltext(N_("Technical traces"), sensitivity=Sensitivity.SEALED)
    indicators_file: EvidenceItemId | None = ref(
        N_("File with the traces"), Kind.EVIDENCE_ITEM, sensitivity=Sensitivity.SEALED
    )
    un_theme_used: YesNo = yes_no(N_("The bait used the name of the UN"))
    targeting_base: int | None = integer(
        N_("Targeting, from 0 to 5"), help=N_("Base value of the Targeted Threat Index.")
    )
    targeting_multiplier: str = text(N_("Multiplier of the targeting"))
    targeting_note: LText = ltext(N_("How well it was aimed"))
    helpline_ticket: str = text(N_("Reference of the helpline"), sensitivity=Sensitivity.SEALED)
    contained: YesNo = yes_no(N_("Stopped"))
    data_exposed: LText = ltext(N_("What was exposed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Shaped):
    """What the delegation of a State did in a meeting, in its words."""

    state: PlaceId | None = ref(N_("State"), Kind.PLACE)
    statement: LText = ltext(N_("What it said"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedural(Shaped):
    """Obstruction by procedure at a UN body."""

    obstruction: tuple[TermRef, ...] = terms(
        N_("Kind of obstruction"), "procedural_obstruction_type"
    )
    meeting: RecordId | None = ref(N_("Meeting"), Kind.SESSION_ITEM)
    agenda_item: str = text(N_("Agenda item"))
    delegations_raising: tuple[Delegation, ...] = blocks(
        N_("Delegations that raised it"), Delegation
    )
    delegations_supporting: tuple[Delegation, ...] = blocks(
        N_("Delegations that supported it"), Delegation
    )
    delegations_defending: tuple[Delegation, ...] = blocks(
        N_("Delegations that defended the speaker"), Delegation
    )
    chair_ruling: LText = ltext(N_("Ruling of the chair"))
    outcome: TermRef | None = term(N_("Outcome"), "obstruction_outcome")
    time_lost_seconds: int | None = integer(N_("Speaking time lost (seconds)"))
    interruptions: int | None = integer(N_("Interruptions"))
    public_record: EvidenceItemId | None = ref(N_("Public record"), Kind.EVIDENCE_ITEM)
    public_record_mark: str = text(
        N_("Place in the public record"), help=N_("Time in the webcast, or document symbol.")
    )
    co_affected_organisations: tuple[OrganisationId, ...] = refs(
        N_("Organisations affected as well"), Kind.ORGANISATION
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transnational(Shaped):
    """An act that reaches across a border."""

    method: tuple[TermRef, ...] = terms(N_("Method"), "transnational_method")
    acting_state: PlaceId | None = ref(N_("Acting State"), Kind.PLACE)
    state_where_target_was: PlaceId | None = ref(N_("State where the target was"), Kind.PLACE)
    proxy_victims: tuple[PersonId, ...] = refs(
        N_("People harmed instead"), Kind.PERSON, sensitivity=Sensitivity.IDENTIFYING
    )
    host_state_informed: HostInformed = choice(
        N_("The host State was told"), HostInformed, default=HostInformed.NOT_ASKED
    )
    host_state_response: LText = ltext(N_("What the host State did"))
    targets_status_in_host: LText = ltext(
        N_("The target's status in the host State"), sensitivity=Sensitivity.IDENTIFYING
    )
