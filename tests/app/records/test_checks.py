"""What a record still needs, step by step."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from app.records import (
    KINDS,
    Act,
    ConsentDecision,
    ConsentRecord,
    Coordinates,
    Count,
    CustodyEvent,
    Digital,
    Engagement,
    EngagementLink,
    EvidenceItem,
    FuzzyDate,
    FuzzyRange,
    Incident,
    IncidentLink,
    Involvement,
    Liberty,
    LText,
    Organisation,
    Person,
    PersonName,
    Place,
    PlaceName,
    PlaceRef,
    Record,
    Relationship,
    Source,
    SpecialData,
    TermRef,
    Translation,
)
from app.records.checks import Code, Problem, draft, send, verify
from app.records.choices import NamingDecision, PeopleVisible
from app.records.ids import (
    ActId,
    EngagementId,
    IncidentId,
    PersonId,
    PlaceId,
    RecordId,
    new_id,
)

INCIDENT = Incident(
    title=LText.of("A visit", "en"), narrative=LText.of("Two people came.", "en"), language="en"
)


def said(text: str) -> LText:
    return LText.of(text, "en")


def term(code: str) -> TermRef:
    return TermRef.parse(code)


def codes(problems: list[Problem]) -> set[str]:
    return {str(problem) for problem in problems}


def test_a_title_and_a_line_are_enough_for_a_draft() -> None:
    assert draft(INCIDENT) == []


def test_an_empty_incident_needs_a_title_and_an_account() -> None:
    assert codes(draft(Incident())) == {"title: missing", "narrative: missing"}


def test_white_space_is_not_an_account() -> None:
    blank = dataclasses.replace(INCIDENT, narrative=said(" \n\t"))
    assert codes(draft(blank)) == {"narrative: missing"}


def test_a_withheld_country_and_an_unknown_date_are_answers() -> None:
    record = dataclasses.replace(
        INCIDENT, country=PlaceRef.withheld(), period=FuzzyRange.unknown_time()
    )
    assert draft(record) == []


def test_an_empty_period_is_no_answer() -> None:
    assert codes(draft(dataclasses.replace(INCIDENT, period=FuzzyRange()))) == {"period: missing"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_draft_ever_needs_a_real_name_a_birth_date_or_an_address(kind: type[Record]) -> None:
    needed = {problem.field for problem in draft(kind())}
    assert not needed & {"birth", "contact", "occupation", "nationalities"}
    assert kind is Organisation or kind is Place or "names" not in needed


def test_a_person_can_be_recorded_with_nothing_at_all() -> None:
    assert draft(Person()) == []


def test_other_needs_a_word_beside_it() -> None:
    bare = dataclasses.replace(INCIDENT, harm=(TermRef(list="harm_type", key="other"),))
    assert codes(draft(bare)) == {"harm: other_text_missing"}
    told = dataclasses.replace(
        INCIDENT, harm=(TermRef(list="harm_type", key="other", other_text="sleepless"),)
    )
    assert draft(told) == []


def test_another_calendar_needs_its_name() -> None:
    day = FuzzyDate(calendar=TermRef(list="calendar", key="other"))
    assert codes(draft(dataclasses.replace(INCIDENT, period=FuzzyRange(start=day)))) == {
        "period: other_text_missing"
    }
    assert codes(draft(Person(birth=day))) == {"birth: other_text_missing"}


def test_dates_have_to_be_in_order() -> None:
    early, late = date(2025, 1, 1), date(2025, 2, 1)
    wrong = [
        FuzzyRange(start=FuzzyDate(earliest=late, latest=early)),
        FuzzyRange(start=FuzzyDate.on(late), end=FuzzyDate.on(early)),
    ]
    for period in wrong:
        assert codes(draft(dataclasses.replace(INCIDENT, period=period))) == {
            "period: out_of_order"
        }
    right = [
        FuzzyRange(start=FuzzyDate.on(early), end=FuzzyDate.on(late)),
        FuzzyRange(end=FuzzyDate.on(early)),
        FuzzyRange(start=FuzzyDate.on(early), end=FuzzyDate()),
    ]
    for period in right:
        assert draft(dataclasses.replace(INCIDENT, period=period)) == []


def test_what_has_ended_does_not_go_on() -> None:
    period = FuzzyRange(
        start=FuzzyDate.on(date(2025, 1, 1)), end=FuzzyDate.on(date(2025, 2, 1)), ongoing=True
    )
    assert codes(draft(dataclasses.replace(INCIDENT, period=period))) == {
        "period: ended_and_ongoing"
    }


@pytest.mark.parametrize(
    ("count", "problem"),
    [
        (Count(min=8, max=6), {"victim_count: out_of_order"}),
        (Count(min=-1), {"victim_count: out_of_range"}),
        (Count(min=6, max=8), set()),
        (Count(max=8), set()),
    ],
)
def test_counts_have_to_make_sense(count: Count, problem: set[str]) -> None:
    assert codes(draft(dataclasses.replace(INCIDENT, victim_count=count))) == problem


def test_texts_have_a_ceiling_and_translations_too() -> None:
    long = "a" * 250_001
    (problem,) = draft(dataclasses.replace(INCIDENT, narrative=said(long)))
    assert problem == Problem(field="narrative", code=Code.TOO_LONG, limit=250_000)
    layered = LText(text="x", translations=(Translation(text=long),))
    assert codes(draft(dataclasses.replace(INCIDENT, narrative=layered))) == {"narrative: too_long"}
    assert codes(draft(Person(pronoun="a" * 5_000))) == {"pronoun: too_long"}


def test_a_legal_hold_needs_its_reason() -> None:
    held = dataclasses.replace(INCIDENT, legal_hold=True)
    assert codes(draft(held)) == {"legal_hold_reason: missing"}
    assert draft(dataclasses.replace(held, legal_hold_reason=said("court"))) == []


def test_special_data_needs_a_reason() -> None:
    person = Person(religion=SpecialData(words=said("x")), health=SpecialData())
    assert codes(draft(person)) == {"religion.reason: missing"}
    told = Person(religion=SpecialData(words=said("x"), reason=said("asylum")))
    assert draft(told) == []


def test_an_involvement_belongs_to_an_act_or_an_incident() -> None:
    record = Involvement(party=PersonId(new_id()), role=term("person_role:witness"))
    assert codes(draft(record)) == {"act: missing"}
    assert draft(dataclasses.replace(record, incident=IncidentId(new_id()))) == []
    assert draft(dataclasses.replace(record, act=ActId(new_id()))) == []


def test_a_source_is_a_person_or_described() -> None:
    record = Source(connection=term("source_connection:colleague"))
    assert codes(draft(record)) == {"description: missing"}
    assert draft(dataclasses.replace(record, description=said("a clerk"))) == []
    assert draft(dataclasses.replace(record, person=PersonId(new_id()))) == []
    assert (
        draft(dataclasses.replace(record, description=said("a clerk"), protect_identity=False))
        == []
    )


def test_coordinates_are_whole_and_on_earth() -> None:
    place = Place(level=term("place_level:country"), names=(PlaceName(text="Zerenia"),))
    assert draft(place) == []
    half = dataclasses.replace(place, coordinates=Coordinates(latitude_e6=1))
    assert codes(draft(half)) == {"coordinates.longitude_e6: missing"}
    off = Coordinates(latitude_e6=90_000_001, longitude_e6=-180_000_000)
    assert codes(draft(dataclasses.replace(place, coordinates=off))) == {
        "coordinates.latitude_e6: out_of_range"
    }


def test_nothing_is_linked_with_itself() -> None:
    one, other = PersonId(new_id()), PersonId(new_id())
    tie = Relationship(party=one, to=one, relation=term("relation_to_victim:parent"))
    assert codes(draft(tie)) == {"to: points_to_itself"}
    assert draft(dataclasses.replace(tie, to=other)) == []
    incident = IncidentId(new_id())
    link = IncidentLink(incident=incident, to=incident, link=term("incident_link:same_actor"))
    assert codes(draft(link)) == {"to: points_to_itself"}


def test_a_file_has_a_digest_a_size_and_a_type_or_none_of_them() -> None:
    item = EvidenceItem(
        evidence_type=term("evidence_type:photo"), title=said("x"), description=said("y")
    )
    assert draft(item) == []
    assert codes(draft(dataclasses.replace(item, sha256="0" * 64))) == {
        "size: missing",
        "mime: missing",
    }
    full = dataclasses.replace(item, sha256="0" * 64, size=0, mime="image/png")
    assert draft(full) == []


def test_a_custody_event_names_evidence_action_and_time() -> None:
    assert codes(draft(CustodyEvent())) == {
        "evidence: missing",
        "action: missing",
        "at: missing",
    }


# --- consent ----------------------------------------------------------------------------------


def consent(*granted: str, method: str = "secure_call", by: str = "person") -> ConsentRecord:
    return ConsentRecord(
        about=PersonId(new_id()),
        given_by=term(f"consent_giver:{by}"),
        method=term(f"consent_method:{method}"),
        given_at=FuzzyDate.on(date(2026, 1, 15)),
        decisions=tuple(
            ConsentDecision(
                scope=term(f"consent_scope:{scope}"), decision=term("consent_decision:yes")
            )
            for scope in granted
        ),
    )


def test_a_consent_needs_who_how_when_and_decisions() -> None:
    assert codes(draft(ConsentRecord())) == {
        "about: missing",
        "given_by: missing",
        "method: missing",
        "given_at: missing",
        "decisions: missing",
    }
    assert draft(consent("record_locally")) == []


def test_each_decision_names_its_scope() -> None:
    record = dataclasses.replace(consent(), decisions=(ConsentDecision(),))
    assert codes(draft(record)) == {"decisions.scope: missing"}


@pytest.mark.parametrize(
    "day",
    [
        FuzzyDate(),
        FuzzyDate(earliest=date(2026, 1, 1), latest=date(2026, 1, 31)),
        FuzzyDate(earliest=date(2026, 1, 1)),
    ],
)
def test_the_day_of_a_consent_has_to_be_known(day: FuzzyDate) -> None:
    record = dataclasses.replace(consent("record_locally"), given_at=day)
    assert codes(draft(record)) == {"given_at: day_needed"}


def test_one_scope_is_decided_once_for_one_recipient() -> None:
    twice = consent("media", "media")
    assert codes(draft(twice)) == {"decisions: decided_twice"}
    first, second = twice.decisions
    apart = dataclasses.replace(
        twice, decisions=(first, dataclasses.replace(second, recipient="PARTNER 2"))
    )
    assert draft(apart) == []


@pytest.mark.parametrize(
    ("granted", "rests"),
    [
        (("un_name_to_state",), True),
        (("un_public_anonymised",), True),
        (("un_public_named",), True),
        (("ngo_public_named", "un_confidential"), True),
        (("ngo_public_named", "ngo_public_anonymised"), False),
        (("un_public_named", "un_confidential"), False),
        (("media",), False),
    ],
)
def test_a_yes_that_rests_on_another_needs_that_one(granted: tuple[str, ...], rests: bool) -> None:
    record = consent(*granted)
    assert draft(record) == []
    assert ("decisions: rests_on" in codes(send(record))) == rests


def test_a_persons_own_report_cannot_allow_what_needs_a_conversation() -> None:
    assert draft(consent("record_locally", "share_named_ngo", method="in_app_self")) == []
    assert codes(draft(consent("media", method="in_app_self"))) == {"decisions: not_by_own_report"}


def test_no_guardian_can_have_a_child_named_in_public() -> None:
    record = consent("ngo_public_named", "ngo_public_anonymised", by="parent_or_guardian")
    assert codes(draft(record)) == {"decisions: not_for_children"}


def test_somebody_elses_consent_needs_authority_and_a_childs_view() -> None:
    needed = codes(send(consent("record_locally", by="parent_or_guardian")))
    assert {"authority: missing", "child_view: missing"} <= needed
    relative = codes(send(consent("record_locally", by="close_relative")))
    assert "authority: missing" in relative
    assert "child_view: missing" not in relative
    assert "authority: missing" not in codes(send(consent("record_locally")))


# --- verification -----------------------------------------------------------------------------


def act(code: str) -> Act:
    return Act(
        incident=IncidentId(new_id()),
        act_type=term(code),
        victim=PersonId(new_id()),
        description=said("Taken from the office."),
        location_type=term("location_type:ngo_office"),
        engagement_links=(
            EngagementLink(
                engagement=EngagementId(new_id()),
                timing=term("timing_relation:after"),
                basis=(term("link_basis:earlier_warning"),),
                strength=term("link_strength:strong"),
            ),
        ),
    )


def blamed(on: Act) -> Involvement:
    return Involvement(
        act=ActId(on.id),
        party=PersonId(new_id()),
        role=term("person_role:alleged_perpetrator"),
        perpetrator_type=term("perpetrator_type:police"),
        degree=term("involvement_degree:carried_out"),
        confidence=term("information_credibility:cred2_probable"),
    )


def test_an_incident_is_established_only_with_acts_summary_engagement_and_review() -> None:
    assert codes(verify(INCIDENT)) == {
        "summary: missing",
        "engagements: missing",
        "reviews: missing",
        "acts: none_linked",
    }
    whole = dataclasses.replace(
        INCIDENT,
        summary=said("Short."),
        engagements=(EngagementId(new_id()),),
        reviews=(new_id(),),
    )
    of_it = dataclasses.replace(act("act_type:arrest"), incident=IncidentId(whole.id))
    assert codes(verify(whole, (act("act_type:arrest"),))) == {"acts: none_linked"}
    assert verify(whole, (of_it,)) == []


def test_a_summary_has_at_most_150_words() -> None:
    fits = dataclasses.replace(INCIDENT, summary=said("word " * 150))
    long = dataclasses.replace(INCIDENT, summary=said("word " * 151))
    assert "summary: too_many_words" not in codes(verify(fits))
    assert "summary: too_many_words" in codes(verify(long))
    assert "summary: too_many_words" in codes(send(long))


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("act_type:arrest", "liberty"),
        ("act_type:enforced_disappearance", "liberty"),
        ("act_type:spyware_or_malware", "digital"),
        ("act_type:accreditation_obstructed", "procedural"),
        ("act_type:judicial", "legal_basis_cited"),
    ],
)
def test_some_acts_need_what_only_they_have(code: str, needed: str) -> None:
    bare = act(code)
    assert codes(verify(bare, (blamed(bare),))) == {f"{needed}: missing"}


def test_an_act_that_tells_everything_is_established() -> None:
    held = dataclasses.replace(act("act_type:arrest"), liberty=Liberty())
    assert verify(held, (blamed(held),)) == []
    assert codes(verify(held)) == {"perpetrators: none_linked"}
    attacked = dataclasses.replace(act("act_type:spyware_or_malware"), digital=Digital())
    assert verify(attacked, (blamed(attacked),)) == []
    plain = act("act_type:photographing_filming")
    assert verify(plain, (blamed(plain),)) == []


def test_a_link_to_the_un_has_to_be_whole() -> None:
    half = dataclasses.replace(act("act_type:arrest"), engagement_links=(EngagementLink(),))
    assert {
        "engagement_links.engagement: missing",
        "engagement_links.timing: missing",
        "engagement_links.basis: missing",
        "engagement_links.strength: missing",
    } <= codes(verify(half))


def test_an_act_of_an_unknown_kind_needs_no_block() -> None:
    newer = act("act_type:of_a_newer_version")
    assert verify(newer, (blamed(newer),)) == []


def test_an_alleged_perpetrator_needs_a_kind_and_a_part() -> None:
    whole = blamed(act("act_type:arrest"))
    assert verify(whole) == []
    bare = dataclasses.replace(whole, perpetrator_type=None, degree=None)
    assert codes(verify(bare)) == {"perpetrator_type: missing", "degree: missing"}
    witness = dataclasses.replace(bare, role=term("person_role:witness"))
    assert verify(witness) == []


def test_a_group_has_a_size() -> None:
    group = Person(identity_mode=term("identity_mode:group"))
    assert codes(verify(group)) == {"group_size: missing"}
    assert verify(dataclasses.replace(group, group_size=Count(min=6, max=8))) == []
    assert verify(Person()) == []


def test_a_country_has_a_code_and_what_lies_below_has_a_parent() -> None:
    place = Place(level=term("place_level:country"), names=(PlaceName(text="Zerenia"),))
    assert codes(verify(place)) == {"iso_code: missing"}
    assert verify(dataclasses.replace(place, iso_code="QM")) == []
    town = dataclasses.replace(place, level=term("place_level:locality"))
    assert codes(verify(town)) == {"parent: missing"}
    assert verify(dataclasses.replace(town, parent=PlaceId(new_id()))) == []
    region = dataclasses.replace(place, level=term("place_level:world_region"))
    assert verify(region) == []
    assert codes(verify(Place())) == {"level: missing", "names: missing"}


def test_what_was_found_online_has_time_tool_and_digest() -> None:
    online = EvidenceItem(source_url="https://example.org/post")
    assert {
        "captured_at: missing",
        "capture_tool: missing",
        "page_hash: missing",
    } <= codes(verify(online))
    assert "captured_at: missing" not in codes(verify(EvidenceItem()))


def test_an_engagement_is_established_with_its_time() -> None:
    engagement = Engagement(
        parties=(PersonId(new_id()),), engagement_type=term("engagement_type:side_event")
    )
    assert draft(engagement) == []
    assert codes(verify(engagement)) == {"period: missing"}


# --- leaving the device -----------------------------------------------------------------------


def test_an_incident_leaves_only_with_what_letters_need() -> None:
    assert {
        "summary: missing",
        "state_concerned: missing",
        "requested_actions: missing",
        "current_situation: missing",
        "present_risk: missing",
        "retention_until: missing",
    } <= codes(send(INCIDENT))


def test_a_person_leaves_only_with_a_consent() -> None:
    person = Person()
    assert "consents: none_linked" in codes(send(person))
    record = dataclasses.replace(consent("record_locally"), about=PersonId(person.id))
    assert "consents: none_linked" not in codes(send(person, (record,)))


def test_naming_somebody_needs_a_basis_a_reason_certainty_and_two_people() -> None:
    never = blamed(act("act_type:arrest"))
    assert not {problem.field for problem in send(never)} & {"identified_by", "confidence"}
    named = dataclasses.replace(never, naming_decision=NamingDecision.PUBLIC, confidence=None)
    assert {
        "identified_by: missing",
        "naming_reason: missing",
        "confidence: not_sure_enough",
        "naming_reviewers: two_needed",
    } <= codes(send(named))
    one = RecordId(new_id())
    doubtful = dataclasses.replace(
        named,
        confidence=term("information_credibility:cred3_possible"),
        naming_reviewers=(one, one),
    )
    assert {"confidence: not_sure_enough", "naming_reviewers: two_needed"} <= codes(send(doubtful))
    sure = dataclasses.replace(
        never,
        naming_decision=NamingDecision.CONFIDENTIAL_UN,
        identified_by=said("badge"),
        naming_reason=said("the person asks for it"),
        naming_reviewers=(one, RecordId(new_id())),
        retention_until=date(2028, 1, 1),
    )
    assert send(sure) == []


def test_a_picture_leaves_only_when_somebody_looked_at_who_is_in_it() -> None:
    item = EvidenceItem()
    assert "people_visible: missing" in codes(send(item))
    nobody = dataclasses.replace(item, people_visible=PeopleVisible.NOBODY)
    assert "people_visible: missing" not in codes(send(nobody))
    listed = dataclasses.replace(item, people_visible=PeopleVisible.LISTED)
    assert "people_listed: missing" in codes(send(listed))
    named = dataclasses.replace(listed, people_listed=(PersonId(new_id()),))
    assert "people_listed: missing" not in codes(send(named))


def test_an_organisation_is_recorded_with_a_name_or_a_code_name() -> None:
    assert codes(draft(Organisation())) == {"names: missing"}
    assert draft(Organisation(names=(PersonName(full="QUIET MILL"),))) == []
