"""What a record needs before it is held as established."""

from __future__ import annotations

import dataclasses

import pytest

from app.records import (
    Count,
    Digital,
    Engagement,
    EngagementLink,
    EvidenceItem,
    Liberty,
    Person,
    Place,
    PlaceName,
)
from app.records.checks import draft, send, verify
from app.records.ids import (
    EngagementId,
    IncidentId,
    PersonId,
    PlaceId,
    new_id,
)
from tests.app.records.made import INCIDENT, act, blamed, codes, said, term


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
