"""The people and organisations of a sample, how they are related, and what they consented to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.records import (
    ConsentDecision,
    ConsentRecord,
    Count,
    Explained,
    FuzzyDate,
    Involvement,
    LText,
    NamePart,
    Organisation,
    Person,
    PersonName,
    Record,
    Relationship,
    TermRef,
)
from app.records.choices import YesNo
from app.records.ids import IncidentId, OrganisationId, PartyId, PersonId
from app.samples.form import Sample, SampleName, SamplePerson
from app.samples.stamps import RECORDED_ON, english, stamps, term, terms

_GROUP: Final = re.compile(r"(\d+) to (\d+)")
_REVIEW_ON: Final = date(2027, 1, 15)
_PURPOSE = "The letter has to say who it is about (fictional)."
_BEST = "Help at the school serves the child more than attention would (fictional)."
_EVERYTHING_EXPLAINED: Final = Explained(
    who_we_are=YesNo.YES,
    purpose=YesNo.YES,
    who_will_see=YesNo.YES,
    state_may_learn=YesNo.YES,
    risk_to_person=YesNo.YES,
    risk_to_relatives=YesNo.YES,
    no_promise=YesNo.YES,
    may_refuse_parts=YesNo.YES,
    how_to_withdraw=YesNo.YES,
    cannot_be_recalled=YesNo.YES,
)
_SEALED: Final = TermRef(list="confidentiality", key="c4_sealed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One person or organisation: the sample's words for it, the record, the role it has."""

    told: SamplePerson
    record: Person | Organisation
    role: str

    @property
    def id(self) -> PartyId:
        """What references to it hold."""
        if isinstance(self.record, Person):
            return PersonId(self.record.id)
        return OrganisationId(self.record.id)

    def answers_to(self, name: str) -> bool:
        """Whether the sample means this party: by its code, or by a name or acronym in it."""
        return name in self.told.code


def make_parties(sample: Sample) -> tuple[Party, ...]:
    """The parties of a sample, the one who is targeted first."""
    return tuple(_party(sample, told) for told in sample.people)


def make_roles(
    sample: Sample, parties: tuple[Party, ...], incident: IncidentId
) -> tuple[Record, ...]:
    """How the parties stand to the incident and to each other."""
    records: list[Record] = [
        Involvement(
            **stamps(sample.lang),
            incident=incident,
            party=party.id,
            role=TermRef(list="person_role", key=party.role),
            relation_to_victim=term(party.told.relation),
            confidence=TermRef(list="information_credibility", key="cred3_possible"),
        )
        for party in parties
    ]
    records += [
        Relationship(
            **stamps(sample.lang),
            party=party.id,
            to=parties[0].id,
            relation=term(party.told.relation),
        )
        for party in parties
        if party.told.relation
    ]
    return tuple(records)


def make_consent(sample: Sample, about: PartyId) -> ConsentRecord:
    """The decisions of a sample. The day and what was explained are invented with it."""
    told = sample.consent
    own = told.given_by == "consent_giver:person"
    return ConsentRecord(
        **stamps(sample.lang),
        about=about,
        given_by=TermRef.parse(told.given_by),
        authority=LText() if own else english("As stated to the recorder (fictional)."),
        child_view=english(sample.child_view),
        best_interest=english(_BEST) if sample.child_view else LText(),
        method=TermRef.parse(told.method),
        given_at=FuzzyDate.on(RECORDED_ON),
        language_used=sample.lang,
        explained=_EVERYTHING_EXPLAINED,
        capacity_and_pressure=english("Spoke freely, nobody else present (fictional)."),
        decisions=tuple(
            ConsentDecision(scope=TermRef.parse(scope), decision=TermRef.parse(decision))
            for scope, decision in told.decisions.items()
        ),
        review_on=_REVIEW_ON,
        withdrawal_effects=english(sample.recall),
        withdrawn_at=FuzzyDate.unknown_date() if sample.recall else None,
    )


def _party(sample: Sample, told: SamplePerson) -> Party:
    mode = TermRef.parse(told.identity_mode)
    if mode.key == "organisation":
        organisation = Organisation(
            **stamps(sample.lang),
            identity_mode=mode,
            names=(*_names(told), _code_name(told)),
            notes_internal=english("\n".join(told.victim_roles)),
        )
        return Party(told=told, record=organisation, role="target_organisation")
    person = Person(
        **stamps(sample.lang),
        identity_mode=mode,
        pseudonym=told.code,
        names=(*_names(told), *_sealed_name(sample, told)),
        name_purpose=english(_PURPOSE) if mode.key == "named" else LText(),
        gender=term(told.gender) or TermRef(list="gender", key="not_asked"),
        age_bracket=term(told.age_bracket),
        victim_roles=terms(told.victim_roles),
        languages=(sample.lang,),
        group_size=_group_size(told),
        notes_internal=english(f"Former name: {told.former_name}." if told.former_name else ""),
    )
    return Party(
        told=told, record=person, role="secondary_victim" if told.relation else "primary_victim"
    )


def _names(told: SamplePerson) -> tuple[PersonName, ...]:
    return tuple(_name(each) for each in told.names)


def _name(told: SampleName) -> PersonName:
    return PersonName(
        full=told.full,
        lang=told.lang,
        type=TermRef.parse(told.type),
        primary=told.primary,
        parts=tuple(NamePart(role=role, text=text) for role, text in told.parts.items()),
    )


def _code_name(told: SamplePerson) -> PersonName:
    """An organisation has no pseudonym of its own: the sample's name for it is one more name."""
    return PersonName(
        full=told.code, lang="en", type=TermRef(list="name_type", key="pseudonym_in_app")
    )


def _sealed_name(sample: Sample, told: SamplePerson) -> tuple[PersonName, ...]:
    if not told.example_only_name:
        return ()
    return (PersonName(full=told.example_only_name, lang=sample.lang, confidentiality=_SEALED),)


def _group_size(told: SamplePerson) -> Count | None:
    found = _GROUP.search(told.code)
    return Count(min=int(found[1]), max=int(found[2])) if found else None
