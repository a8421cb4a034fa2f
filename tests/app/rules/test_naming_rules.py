"""Rules N-01 to N-05: how alleged perpetrators are recorded and told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app import naming, store, termlists, titles
from app.bundles import choosing
from app.bundles.choosing import Reason
from app.errors import Invalid
from app.records import (
    Count,
    EvidenceItem,
    EvidenceLink,
    Incident,
    Involvement,
    Person,
    PersonName,
    SpecialData,
    checks,
)
from app.records.choices import NamingDecision
from app.records.ids import EvidenceItemId, IncidentId, PersonId, PlaceId, new_id
from app.vault import Vault
from tests.app.records.made import codes, said, term

TODAY = date(2026, 3, 14)
INCIDENT = Incident(title=said("A visit"), narrative=said("Two people came."))
OFFICER = Person(
    identity_mode=term("identity_mode:named"),
    pseudonym="GREY HERON",
    names=(PersonName(full="Example Officer"),),
    unit=said("Second unit"),
)
UNDECIDED = Involvement(
    incident=IncidentId(INCIDENT.id),
    party=PersonId(OFFICER.id),
    role=term("person_role:alleged_perpetrator"),
    perpetrator_type=term("perpetrator_type:police"),
)
DECIDED = replace(
    UNDECIDED,
    identified_by=said("By the name on the order."),
    confidence=term("information_credibility:cred2_probable"),
    naming_decision=NamingDecision.CONFIDENTIAL_UN,
    naming_reason=said("A letter has to address somebody."),
    naming_reviewer_names=("Heron", "Owl"),
)


def travelling(*records: Person | Involvement | EvidenceItem) -> set[str]:
    return {each.id for each in choosing.choose([INCIDENT, *records], TODAY).travels}


def test_n_01_the_default_is_that_nobody_is_named_and_the_part_in_it_travels() -> None:
    assert Involvement().naming_decision is NamingDecision.NEVER
    chosen = choosing.choose([INCIDENT, OFFICER, UNDECIDED], TODAY)
    assert chosen.travels == (INCIDENT, UNDECIDED)
    assert [each.reason for each in chosen.withheld] == [Reason.NAMED_ACCUSED]


def test_n_01_somebody_described_by_unit_and_function_alone_travels() -> None:
    described = Person(identity_mode=term("identity_mode:anonymous"), unit=said("Second unit"))
    part = replace(UNDECIDED, party=PersonId(described.id))
    assert described.id in travelling(described, part)


@pytest.mark.parametrize(
    "without",
    [
        {"identified_by": said("")},
        {"naming_reason": said("")},
        {"confidence": None},
        {"confidence": term("information_credibility:cred3_possible")},
        {"naming_decision": NamingDecision.NEVER},
        {"naming_decision": NamingDecision.UNIT_ONLY},
        {"naming_reviewer_names": ("Heron",)},
        {"naming_reviewer_names": ("Heron", " heron ")},
    ],
)
def test_n_02_a_name_travels_only_with_basis_credibility_reason_and_two_people(
    without: dict[str, object],
) -> None:
    assert OFFICER.id in travelling(OFFICER, DECIDED)
    assert OFFICER.id not in travelling(OFFICER, replace(DECIDED, **without))  # type: ignore[arg-type]


def test_n_02_one_undecided_accusation_keeps_the_name_here() -> None:
    again = replace(UNDECIDED, id=new_id())
    assert OFFICER.id not in travelling(OFFICER, DECIDED, again)


def test_n_02_the_form_asks_for_two_different_people() -> None:
    alone = replace(DECIDED, naming_reviewer_names=("Heron", "HERON"))
    assert "naming_reviewer_names: two_needed" in codes(checks.send(alone))
    assert "naming_reviewer_names: two_needed" not in codes(checks.send(DECIDED))


def test_n_03_no_picture_of_an_alleged_perpetrator_is_for_the_public() -> None:
    portrait, scene, street = EvidenceItem(), EvidenceItem(), EvidenceItem()
    pictured = replace(OFFICER, image=EvidenceItemId(portrait.id))
    scene = replace(scene, people_listed=(PersonId(OFFICER.id),))
    kept = naming.kept_out_of_public([pictured, DECIDED, portrait, scene, street])
    assert kept == {portrait.id, scene.id}


def test_n_03_the_portrait_stays_with_the_name_and_the_scene_remains_evidence() -> None:
    at = EvidenceLink(supports=INCIDENT.id)
    portrait = EvidenceItem(links=(at,))
    scene = EvidenceItem(links=(at,), people_listed=(PersonId(OFFICER.id),))
    pictured = replace(OFFICER, image=EvidenceItemId(portrait.id))
    found = travelling(pictured, UNDECIDED, portrait, scene)
    assert scene.id in found
    assert not found & {portrait.id, OFFICER.id}


def test_n_04_lists_and_tables_show_codes() -> None:
    assert naming.code(OFFICER) == titles.title(OFFICER) == "GREY HERON"


@pytest.mark.parametrize(
    "told",
    [
        {"ethnic_or_social_origin": SpecialData(words=said("x"), reason=said("y"))},
        {"religion": SpecialData(words=said("x"), reason=said("y"))},
        {"nationalities": (PlaceId(new_id()),)},
    ],
)
def test_n_05_a_group_told_by_birth_or_belief_is_not_recorded_as_a_perpetrator(
    vault: Vault, told: dict[str, object]
) -> None:
    group = Person(identity_mode=term("identity_mode:group"), group_size=Count(min=3))
    part = replace(UNDECIDED, party=PersonId(group.id))
    by_birth = replace(group, **told)  # type: ignore[arg-type]
    store.save(vault, by_birth)
    with pytest.raises(Invalid) as refused:
        store.save(vault, part)
    assert refused.value.problems == ("party: group_by_birth",)
    # nor the other way round
    store.save(vault, group)
    store.save(vault, part)
    with pytest.raises(Invalid):
        store.save(vault, by_birth)


def test_n_05_no_kind_of_perpetrator_is_a_people_a_faith_or_a_nationality() -> None:
    keys = {each.code for each in termlists.get("perpetrator_type").terms}
    words = ("ethnic", "national_group", "nationality", "tribe", "faith", "muslim", "christian")
    assert not [key for key in keys if any(word in key for word in words)]
