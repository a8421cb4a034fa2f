"""A person, or a group without names: whoever is harmed, accused, heard or asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import YesNo
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    Shape,
    block,
    blocks,
    count,
    date_field,
    longtext,
    ltext,
    ref,
    refs,
    stamp_of,
    term,
    terms,
    text,
    texts,
    yes_no,
)
from app.records.ids import EvidenceItemId, PlaceId, RecordId
from app.records.kinds import Kind
from app.records.pseudonyms import pseudonym
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import Count, LText, PersonName, TermRef

CHILD_BRACKETS = frozenset({"under_13", "13_15", "16_17", "child_unspecified"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialData(Shaped):
    """A fact that may be held only with a reason (M-02)."""

    words: LText = ltext(N_("In the person's words"), sensitivity=Sensitivity.SPECIAL)
    reason: LText = ltext(N_("Why the case needs it"), requirement=Requirement.CONDITIONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Shaped):
    """How to reach the person without harming them (R-06). The value is sealed."""

    channel: str = text(N_("Channel"))
    value: str = text(N_("Address or number"), sensitivity=Sensitivity.SEALED)
    safe_times: LText = ltext(N_("Safe times"), sensitivity=Sensitivity.SEALED)
    safe_words: LText = ltext(N_("Safe words"), sensitivity=Sensitivity.SEALED)
    do_not: LText = ltext(N_("What never to do"), sensitivity=Sensitivity.SEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """A person under a pseudonym; a real name is a choice, never a default (M-01).

    Not held at all: numbers of identity documents, biometrics, full home address, bank details.
    Relationships and consents point here: see backlinks.py.
    """

    kind: ClassVar[Kind] = Kind.PERSON

    identity_mode: TermRef = term(
        N_("Recorded as"),
        "identity_mode",
        default="pseudonym",
        section=Section.IDENTITY,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    pseudonym: str = stamp_of(
        N_("Pseudonym"), Shape.TEXT, pseudonym, section=Section.IDENTITY, editable=True
    )
    names: tuple[PersonName, ...] = blocks(
        N_("Names"),
        PersonName,
        section=Section.IDENTITY,
        sensitivity=Sensitivity.IDENTIFYING,
        help=N_("Only if the case needs them. Any script, any number of parts."),
    )
    name_purpose: LText = ltext(
        N_("Why the real name is needed"),
        section=Section.IDENTITY,
        requirement=Requirement.CONDITIONAL,
        local=True,
        help=N_("For instance a letter that has to name the person. It stays on this device."),
    )
    gender: TermRef = term(
        N_("Gender"),
        "gender",
        default="not_asked",
        section=Section.IDENTITY,
        help=N_("Asked, never guessed from a name."),
    )
    gender_description: LText = ltext(
        N_("Gender in the person's words"),
        section=Section.IDENTITY,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    pronoun: str = text(N_("Pronoun"), section=Section.IDENTITY)
    birth: FuzzyDate | None = date_field(
        N_("Born"),
        section=Section.IDENTITY,
        sensitivity=Sensitivity.IDENTIFYING,
        help=N_("Only where a recipient needs it."),
    )
    age_bracket: TermRef | None = term(
        N_("Age group"), "age_bracket", section=Section.IDENTITY, essential=True
    )
    nationalities: tuple[PlaceId, ...] = refs(
        N_("Nationalities"),
        Kind.PLACE,
        section=Section.IDENTITY,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    residence_status: LText = ltext(
        N_("Residence status"), section=Section.IDENTITY, sensitivity=Sensitivity.IDENTIFYING
    )
    languages: tuple[str, ...] = texts(N_("Languages"), section=Section.IDENTITY, searchable=False)
    group_size: Count | None = count(
        N_("Size of the group"), section=Section.IDENTITY, requirement=Requirement.CONDITIONAL
    )
    image: EvidenceItemId | None = ref(
        N_("Picture"),
        Kind.EVIDENCE_ITEM,
        section=Section.IDENTITY,
        sensitivity=Sensitivity.SEALED,
    )

    ethnic_or_social_origin: SpecialData | None = block(
        N_("Ethnic or social origin"),
        SpecialData,
        section=Section.SPECIAL,
        sensitivity=Sensitivity.SPECIAL,
    )
    religion: SpecialData | None = block(
        N_("Religion"), SpecialData, section=Section.SPECIAL, sensitivity=Sensitivity.SPECIAL
    )
    sogi: SpecialData | None = block(
        N_("Sexual orientation or gender identity"),
        SpecialData,
        section=Section.SPECIAL,
        sensitivity=Sensitivity.SPECIAL,
    )
    disability: SpecialData | None = block(
        N_("Disability"), SpecialData, section=Section.SPECIAL, sensitivity=Sensitivity.SPECIAL
    )
    health: SpecialData | None = block(
        N_("Health"), SpecialData, section=Section.SPECIAL, sensitivity=Sensitivity.SPECIAL
    )
    politics: SpecialData | None = block(
        N_("Political views"),
        SpecialData,
        section=Section.SPECIAL,
        sensitivity=Sensitivity.SPECIAL,
    )

    victim_roles: tuple[TermRef, ...] = terms(
        N_("Targeted as"),
        "victim_role",
        section=Section.WORK,
        requirement=Requirement.CONDITIONAL,
        essential=True,
    )
    rights_focus: tuple[TermRef, ...] = terms(
        N_("Rights defended"),
        "rights_focus",
        section=Section.WORK,
        requirement=Requirement.SEND,
    )
    defender_activity: LText = longtext(
        N_("Work for human rights"),
        section=Section.WORK,
        requirement=Requirement.CONDITIONAL,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    occupation: LText = ltext(
        N_("Occupation"), section=Section.WORK, sensitivity=Sensitivity.IDENTIFYING
    )

    contact: tuple[Contact, ...] = blocks(
        N_("Safe contact"), Contact, section=Section.CONTACT, sensitivity=Sensitivity.SEALED
    )

    present_status: TermRef | None = term(
        N_("Present status"),
        "victim_status",
        section=Section.HARM,
        requirement=Requirement.SEND,
    )
    present_status_on: FuzzyDate | None = date_field(N_("As of"), section=Section.HARM)
    deceased: YesNo = yes_no(N_("The person has died"), section=Section.HARM)
    deceased_on: FuzzyDate | None = date_field(N_("Date of death"), section=Section.HARM)
    risk: tuple[RecordId, ...] = refs(
        N_("Risk assessments"),
        Kind.RISK_ASSESSMENT,
        section=Section.HARM,
        requirement=Requirement.SEND,
    )

    unit: LText = ltext(
        N_("Unit"),
        section=Section.DETAILS,
        requirement=Requirement.CONDITIONAL,
        help=N_("Alleged perpetrators are described rather than named."),
    )
    rank: LText = ltext(N_("Rank"), section=Section.DETAILS, requirement=Requirement.CONDITIONAL)
    badge: LText = ltext(
        N_("Badge"),
        section=Section.DETAILS,
        requirement=Requirement.CONDITIONAL,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    appearance: LText = ltext(
        N_("Appearance"),
        section=Section.DETAILS,
        requirement=Requirement.CONDITIONAL,
        sensitivity=Sensitivity.IDENTIFYING,
    )

    @property
    def is_child(self) -> bool:
        """Whether the rules for children hold (C-10): by age group, never by guessing."""
        return self.age_bracket is not None and self.age_bracket.key in CHILD_BRACKETS
