"""The rules of consent, each by its name: what counts as a yes, whose, for what and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app import agreed, consents, evidence, recall, store, withdrawing
from app.bundles import choosing, planning
from app.bundles.choosing import Reason
from app.bundles.sealing import Order
from app.consent_rules import ANYBODY, About, about
from app.consents import SHARE_NAMED_NGO, Answer
from app.errors import Invalid, NotFound
from app.records import (
    ConsentDecision,
    ConsentRecord,
    EvidenceItem,
    FuzzyDate,
    Incident,
    Involvement,
    LText,
    Person,
    PersonName,
    Record,
    Relationship,
    TermRef,
    checks,
)
from app.records.choices import PeopleVisible
from app.records.codec import encode
from app.records.ids import EvidenceItemId, IncidentId, PersonId, RecordId
from app.termlists import get
from tests.conftest import NOON
from tests.sides import Sides

TODAY = date(2026, 3, 14)
SCOPES = [each.code for each in get("consent_scope").terms]


def decided(scope: str, decision: str = "yes", **more: object) -> ConsentDecision:
    return ConsentDecision(
        scope=TermRef(list="consent_scope", key=scope),
        decision=TermRef(list="consent_decision", key=decision),
        **more,  # type: ignore[arg-type]
    )


def given(*decisions: ConsentDecision, by: str = "person", **more: object) -> ConsentRecord:
    usual: dict[str, object] = {
        "given_by": TermRef(list="consent_giver", key=by),
        "method": TermRef(list="consent_method", key="in_person_oral"),
        "given_at": FuzzyDate.on(TODAY),
        "created_at": NOON,
        "updated_at": NOON,
    }
    return ConsentRecord(decisions=decisions, **{**usual, **more})  # type: ignore[arg-type]


def answer(scope: str, *held: ConsentRecord, who: About = ANYBODY, on: date = TODAY) -> Answer:
    return consents.answer(held, scope, on, who=who)


def named(**more: object) -> Person:
    person = Person(
        identity_mode=TermRef(list="identity_mode", key="named"),
        names=(PersonName(full="林示例", primary=True),),
        name_purpose=LText.of("The letter has to say who it is about.", "en"),
    )
    return replace(person, **more)  # type: ignore[arg-type]


def travels(*people: Record) -> set[str]:
    incident = Incident()
    parts = [
        Involvement(incident=IncidentId(incident.id), party=PersonId(each.id))
        for each in people
        if isinstance(each, Person)
    ]
    return {each.id for each in choosing.choose([incident, *parts, *people], TODAY).travels}


@pytest.mark.parametrize("scope", SCOPES)
def test_c_01_every_scope_starts_as_not_asked_which_is_no(scope: str) -> None:
    assert ConsentDecision().decision.key == "not_asked"
    assert answer(scope) is Answer.NOT_ASKED
    assert answer(scope, given(decided("record_locally"))) is not Answer.YES or (
        scope == "record_locally"
    )


def test_c_02_nobody_who_can_be_recognised_leaves_without_a_yes() -> None:
    person = named()
    assert person.id not in travels(person)
    assert person.id in travels(person, given(decided(SHARE_NAMED_NGO), about=PersonId(person.id)))


def test_c_03_a_yes_to_the_state_is_none_to_the_public_and_neither_the_other_way() -> None:
    state = given(decided("un_confidential"), decided("un_name_to_state"))
    assert answer("un_name_to_state", state) is Answer.YES
    assert answer("un_public_named", state) is Answer.NOT_ASKED
    public = given(decided("un_confidential"), decided("un_public_named"))
    assert answer("un_name_to_state", public) is Answer.NOT_ASKED


@pytest.mark.parametrize(
    ("scope", "below"),
    [
        ("un_public_named", "un_confidential"),
        ("un_public_anonymised", "un_confidential"),
        ("un_name_to_state", "un_confidential"),
        ("ngo_public_named", "ngo_public_anonymised"),
    ],
)
@pytest.mark.parametrize("lower", ["no", "not_asked", "withdrawn", "unable"])
def test_c_04_a_no_lower_down_cancels_what_rests_on_it(scope: str, below: str, lower: str) -> None:
    yes = given(decided(scope), decided(below))
    assert answer(scope, yes) is Answer.YES
    assert answer(scope, given(decided(scope), decided(below, lower))) is not Answer.YES
    assert answer(scope, given(decided(scope))) is Answer.NOT_ASKED


def test_c_05_a_yes_ends_on_its_review_day_and_after_a_year_without_one() -> None:
    reviewed = given(decided(SHARE_NAMED_NGO), review_on=TODAY)
    assert answer(SHARE_NAMED_NGO, reviewed) is Answer.YES
    assert answer(SHARE_NAMED_NGO, reviewed, on=TODAY + timedelta(days=1)) is Answer.EXPIRED
    unset = given(decided(SHARE_NAMED_NGO))
    assert answer(SHARE_NAMED_NGO, unset, on=TODAY + timedelta(days=366)) is Answer.YES
    assert answer(SHARE_NAMED_NGO, unset, on=TODAY + timedelta(days=367)) is Answer.EXPIRED


def test_c_07_a_yes_to_one_receiver_is_none_to_another() -> None:
    told = given(decided(SHARE_NAMED_NGO, recipient="Human Rights Desk"))
    other = frozenset({"another desk"})
    assert consents.answer([told], SHARE_NAMED_NGO, TODAY, other) is Answer.NOT_ASKED


def test_c_08_a_report_in_the_app_sets_no_scope_beyond_the_named_organisation() -> None:
    alone = TermRef(list="consent_method", key="in_app_self")
    report = given(decided(SHARE_NAMED_NGO), decided("un_confidential"), method=alone)
    assert answer(SHARE_NAMED_NGO, report) is Answer.YES
    # one that came from elsewhere was never checked by a form
    assert answer("un_confidential", report) is Answer.NOT_ENTITLED
    assert "decisions: not_by_own_report" in {str(each) for each in checks.draft(report)}


def test_c_09_what_cannot_be_obtained_is_no_and_a_relative_or_lawyer_may_answer() -> None:
    unable = given(decided(SHARE_NAMED_NGO, "unable"))
    assert answer(SHARE_NAMED_NGO, unable) is Answer.NO
    missing = about(named(present_status=TermRef(list="victim_status", key="missing")))
    for giver in ("close_relative", "lawyer_with_mandate"):
        told = given(decided(SHARE_NAMED_NGO), by=giver)
        assert answer(SHARE_NAMED_NGO, told, who=missing) is Answer.YES


def test_c_10_a_child_needs_a_guardian_and_a_view_of_its_own() -> None:
    child = About(is_child=True)
    wish = LText.of("Help with the school.", "en")
    yes = decided(SHARE_NAMED_NGO)
    assert answer(SHARE_NAMED_NGO, given(yes), who=child) is Answer.CHILD
    unheard = given(yes, by="parent_or_guardian")
    assert answer(SHARE_NAMED_NGO, unheard, who=child) is Answer.CHILD
    unweighed = given(yes, by="parent_or_guardian", child_view=wish)
    assert answer(SHARE_NAMED_NGO, unweighed, who=child) is Answer.CHILD
    best = LText.of("Help at the school matters more than attention.", "en")
    heard = given(yes, by="parent_or_guardian", child_view=wish, best_interest=best)
    assert answer(SHARE_NAMED_NGO, heard, who=child) is Answer.YES


def test_c_10_a_child_is_never_named_in_public_whoever_agrees() -> None:
    scopes = ("un_confidential", "un_public_named", "ngo_public_anonymised", "ngo_public_named")
    told = given(
        *(decided(each) for each in scopes),
        by="parent_or_guardian",
        child_view=LText.of("I do not mind.", "en"),
    )
    assert answer("un_public_named", told, who=About(is_child=True)) is Answer.CHILD
    assert answer("ngo_public_named", told, who=About(is_child=True)) is Answer.CHILD
    assert "decisions: not_for_children" in {str(each) for each in checks.draft(told)}


def test_c_10_a_guardian_said_to_have_done_it_does_not_agree_for_the_child() -> None:
    father, child = named(), named(age_bracket=TermRef(list="age_bracket", key="13_15"))
    incident = Incident()
    parts = [
        Involvement(
            incident=IncidentId(incident.id),
            party=PersonId(who.id),
            role=TermRef(list="person_role", key=role),
        )
        for who, role in ((father, "alleged_perpetrator"), (child, "primary_victim"))
    ]
    told = given(
        decided(SHARE_NAMED_NGO),
        by="parent_or_guardian",
        about=PersonId(child.id),
        giver=PersonId(father.id),
        child_view=LText.of("I want it told.", "en"),
    )
    records = [incident, *parts, father, child, told]
    chosen = choosing.choose(records, TODAY)
    assert (child.id, Reason.NOT_ENTITLED) in {(e.record.id, e.reason) for e in chosen.withheld}


def test_c_11_in_detention_a_yes_counts_only_with_a_word_on_how_free_it_was() -> None:
    held = about(named(present_status=TermRef(list="victim_status", key="imprisoned")))
    free = LText.of("Alone with the lawyer, in the visiting room.", "en")
    yes = decided(SHARE_NAMED_NGO)
    assert answer(SHARE_NAMED_NGO, given(yes), who=held) is Answer.NOT_FREE
    told = given(yes, capacity_and_pressure=free)
    assert answer(SHARE_NAMED_NGO, told, who=held) is Answer.YES


def test_c_11_under_watch_a_yes_counts_only_with_a_word_on_how_free_it_was() -> None:
    yes = decided(SHARE_NAMED_NGO)
    for key in ("at_liberty_restricted", "released_conditionally"):
        watched = about(named(present_status=TermRef(list="victim_status", key=key)))
        assert answer(SHARE_NAMED_NGO, given(yes), who=watched) is Answer.NOT_FREE


def test_c_11_in_detention_a_yes_to_publicity_is_asked_of_the_lawyer_or_the_family() -> None:
    held = About(is_held=True)
    free = LText.of("Alone with the lawyer.", "en")
    own = given(decided("media"), capacity_and_pressure=free)
    assert answer("media", own, who=held) is Answer.NOT_FREE
    lawyer = given(decided("media"), by="lawyer_with_mandate")
    assert answer("media", lawyer, who=held) is Answer.YES


def test_c_12_a_representative_speaks_for_the_group_and_not_for_one_person_in_it() -> None:
    yes = given(decided(SHARE_NAMED_NGO), by="group_representative")
    group = about(Person(identity_mode=TermRef(list="identity_mode", key="group")))
    assert answer(SHARE_NAMED_NGO, yes, who=group) is Answer.YES
    assert answer(SHARE_NAMED_NGO, yes, who=about(named())) is Answer.NOT_ENTITLED


def test_c_13_a_relative_is_asked_for_themselves_or_stays_here() -> None:
    person, mother = named(), named()
    tie = Relationship(
        party=PersonId(mother.id),
        to=PersonId(person.id),
        relation=TermRef(list="relation_to_victim", key="parent"),
    )
    yes = given(decided(SHARE_NAMED_NGO), about=PersonId(person.id))
    assert mother.id not in travels(person, mother, tie, yes)
    own = given(decided(SHARE_NAMED_NGO), about=PersonId(mother.id))
    assert {person.id, mother.id} <= travels(person, mother, tie, yes, own)


def test_c_14_a_file_that_shows_people_nobody_asked_stays_and_its_record_says_why() -> None:
    item = EvidenceItem(people_visible=PeopleVisible.UNKNOWN_BYSTANDERS)
    chosen = choosing.choose([item], TODAY)
    assert [each.reason for each in chosen.withheld] == [Reason.BYSTANDERS]
    blurred = EvidenceItem(people_visible=PeopleVisible.NOBODY)
    whole = replace(item, release_form=EvidenceItemId(blurred.id))
    chosen = choosing.choose([whole, blurred], TODAY)
    assert [(each.record.id, each.reason) for each in chosen.withheld] == [
        (item.id, Reason.ORIGINAL)
    ]


# --- in the vault ---------------------------------------------------------------------------


def in_vault(sides: Sides) -> tuple[IncidentId, Person]:
    """A person who agreed, in an incident that may go."""
    incident = sides.record()
    person = store.save(sides.reporter, named()).record
    store.save(
        sides.reporter,
        Involvement(
            incident=incident,
            party=PersonId(person.id),
            role=TermRef(list="person_role", key="primary_victim"),
        ),
    )
    store.save(sides.reporter, given(decided(SHARE_NAMED_NGO), about=PersonId(person.id)))
    return incident, person


def test_c_06_one_action_withdraws_lists_what_left_and_holds_at_once(sides: Sides) -> None:
    incident, person = in_vault(sides)
    sealed = sides.seal(incident)
    done = withdrawing.withdraw(sides.reporter, person.id, LText.of("Afraid for the family", "en"))
    (left,) = done.gone.bundles
    assert (left.bundle, left.receiver) == (sealed.bundle, sides.receiver.name)
    assert person.id in left.records
    (record,) = store.linked_by(sides.reporter, ConsentRecord, "about", person.id)
    assert sealed.path.name in record.withdrawal_effects.text
    plan = planning.plan(sides.reporter, Order(incidents=(incident,), receiver=sides.receiver.id))
    assert person.id not in {each.id for each in plan.records}
    assert Reason.WITHDRAWN in {each.reason for each in plan.withheld}


def test_c_06_a_notice_for_each_receiver_says_what_to_delete_and_names_nobody(
    sides: Sides,
) -> None:
    incident, person = in_vault(sides)
    first, second = sides.seal(incident), sides.seal(incident)
    done = withdrawing.withdraw(sides.reporter, person.id, LText.of("Afraid", "en"))
    (notice,) = recall.recalls(sides.reporter, done.gone)
    assert notice.receiver == sides.receiver.name
    assert person.short_ref in notice.records
    for each in (first.path.name, second.path.name, *notice.records):
        assert each in notice.text
    assert person.pseudonym not in notice.text
    assert not any(name.full in notice.text for name in person.names)


def test_c_06_there_is_nothing_to_tell_while_consent_stands(sides: Sides) -> None:
    incident, person = in_vault(sides)
    sides.seal(incident)
    assert agreed.agreed(sides.reporter, RecordId(person.id)).recalls == ()
    withdrawing.withdraw(sides.reporter, person.id, LText.of("Afraid", "en"))
    assert len(agreed.agreed(sides.reporter, RecordId(person.id)).recalls) == 1


def test_c_06_files_taken_out_in_the_clear_are_on_the_list(sides: Sides, tmp_path: Path) -> None:
    incident, person = in_vault(sides)
    sides.attach(incident, b"a photograph" * 9)
    (item,) = store.every(sides.reporter, EvidenceItem)
    store.save(
        sides.reporter,
        replace(item, people_visible=PeopleVisible.LISTED, people_listed=(PersonId(person.id),)),
    )
    evidence.export(sides.reporter, item.id, to=tmp_path / "out.jpg")
    assert [each.item for each in withdrawing.gone(sides.reporter, person.id).files] == [item.id]


def test_c_06_without_any_consent_there_is_nothing_to_withdraw(sides: Sides) -> None:
    person = store.save(sides.reporter, named()).record
    with pytest.raises(NotFound):
        withdrawing.withdraw(sides.reporter, person.id, LText.of("x", "en"))


def test_c_15_the_proof_of_a_consent_has_a_key_of_its_own_and_never_travels(sides: Sides) -> None:
    incident, person = in_vault(sides)
    sides.attach(incident, b"what happened" * 9, "one.jpg")
    other = sides.record("Forms")
    sides.attach(other, b"the signed form" * 9, "form.jpg")
    (form,) = (
        each
        for each in store.every(sides.reporter, EvidenceItem)
        if any(link.supports == other for link in each.links)
    )
    (consent,) = store.linked_by(sides.reporter, ConsentRecord, "about", person.id)
    store.save(sides.reporter, replace(consent, proof=EvidenceItemId(form.id)))
    keys = sides.reporter.database.rows("SELECT key FROM evidence_file")
    assert len({row[0] for row in keys}) == len(keys) == 2
    plan = planning.plan(sides.reporter, Order(incidents=(incident,), receiver=sides.receiver.id))
    assert form.id not in {each.id for each in plan.records}
    assert consent.id in {each.id for each in plan.records}
    assert form.id.encode() not in _sent(plan.records)


def _sent(records: tuple[Record, ...]) -> bytes:
    return b"\n".join(encode(each).body for each in records)


def test_c_08_a_form_refuses_what_an_own_report_may_not_set(sides: Sides) -> None:
    person = store.save(sides.reporter, named()).record
    told = given(
        decided("media"),
        about=PersonId(person.id),
        method=TermRef(list="consent_method", key="in_app_self"),
    )
    with pytest.raises(Invalid):
        store.save(sides.reporter, told)


def test_a_correction_cannot_make_an_old_yes_younger_than_a_no() -> None:
    yes = given(decided(SHARE_NAMED_NGO), updated_at=NOON + timedelta(days=3))
    no = given(decided(SHARE_NAMED_NGO, "no"), created_at=NOON + timedelta(days=1))
    assert answer(SHARE_NAMED_NGO, yes, no) is Answer.NO


def test_a_condition_is_shown_before_sealing_to_whom_it_is_for(sides: Sides) -> None:
    incident = sides.record()
    person = store.save(sides.reporter, named()).record
    store.save(
        sides.reporter,
        Involvement(
            incident=incident,
            party=PersonId(person.id),
            role=TermRef(list="person_role", key="primary_victim"),
        ),
    )
    words = LText.of("Only by hand, never by post", "en")
    other = LText.of("For another desk", "en")
    store.save(
        sides.reporter,
        given(
            decided(SHARE_NAMED_NGO, "yes_with_conditions", conditions=words),
            decided(
                "contact_again", "yes_with_conditions", conditions=other, recipient="Elsewhere"
            ),
            about=PersonId(person.id),
        ),
    )
    plan = planning.plan(sides.reporter, Order(incidents=(incident,), receiver=sides.receiver.id))
    assert person.id in {each.id for each in plan.records}
    assert planning.conditions(plan) == ("Only by hand, never by post",)
