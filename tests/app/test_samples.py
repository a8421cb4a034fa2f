"""The twelve fictional incidents are whole, lawful and marked."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import msgspec
import pytest

from app import samples, termlists
from app.records import (
    Act,
    ConsentRecord,
    Engagement,
    Involvement,
    Organisation,
    Person,
    Place,
    Record,
    derive,
)
from app.records.checks import draft
from app.records.codec import decode, encode
from app.records.facts import lag
from app.samples import SampleCase
from app.samples.form import SamplePerpetrator

CASES = samples.all_cases()
every_case = pytest.mark.parametrize("case", CASES, ids=[case.ref for case in CASES])


def everything(case: SampleCase) -> tuple[Record, ...]:
    return (case.incident, *case.records)


def told() -> list[dict[str, Any]]:
    data: dict[str, list[dict[str, Any]]] = json.loads(
        files("resources").joinpath("samples.json").read_bytes()
    )
    return data["samples"]


def texts_in(value: object) -> set[str]:
    """Every text of a sample, but for keys of members."""
    match value:
        case str():
            return {value} if value else set()
        case list():
            return set().union(*(texts_in(each) for each in value))
        case dict():
            return set().union(*(texts_in(each) for each in value.values()))
        case _:
            return set()


def test_there_are_twelve() -> None:
    assert [case.ref for case in CASES] == [f"SMP-{number:02}" for number in range(1, 13)]


@every_case
def test_every_record_can_be_saved_and_comes_back(case: SampleCase) -> None:
    for record in everything(case):
        assert draft(record) == []
        encoded = encode(record)
        assert decode(type(record), encoded.body, encoded.local) == record


@every_case
def test_every_record_is_marked_as_fictional(case: SampleCase) -> None:
    assert case.incident.title.text.startswith(samples.FICTIONAL)
    assert samples.FICTIONAL in case.incident.narrative.text
    assert all(samples.FICTIONAL in record.tags for record in everything(case))
    assert all(item.title.text.startswith(samples.FICTIONAL) for item in case.evidence)


@every_case
def test_every_term_is_one_of_its_vocabulary(case: SampleCase) -> None:
    rows = [row for record in everything(case) for row in derive.terms(record)]
    assert all(termlists.get(row.vocabulary).can_choose(row.key) for row in rows)
    for item in case.evidence:
        assert termlists.get("evidence_type").can_choose(item.evidence_type.key)


def test_every_reference_leads_to_a_record_of_an_allowed_kind() -> None:
    known = {record.id: record.kind for case in CASES for record in everything(case)}
    assert len(known) == sum(len(everything(case)) for case in CASES)
    for case in CASES:
        for record in everything(case):
            for row in derive.links(record):
                assert known[row.target] in row.kinds


def test_records_come_after_what_they_point_to() -> None:
    seen = set()
    for case in CASES:
        seen.add(case.incident.id)
        later = set(case.incident.engagements)
        for record in case.records:
            assert all(row.target in seen for row in derive.links(record))
            seen.add(record.id)
        assert later <= seen


@pytest.mark.parametrize("number", range(12))
def test_nothing_the_samples_tell_is_lost(number: int) -> None:
    case, sample = CASES[number], told()[number]
    kept = json.dumps(
        [
            [json.loads(part) for part in (encode(record).body, encode(record).local)]
            for record in everything(case)
        ]
        + [f"{item.evidence_type} {item.description}" for item in case.evidence],
        ensure_ascii=False,
    )
    terms = {
        f"{row.vocabulary}:{row.key}" for record in everything(case) for row in derive.terms(record)
    }
    terms |= {f"{each.list}:{each.key}" for each in (case.risk.level, *case.risk.factors)}
    dates = {"date_precision", "date_qualifier", "calendar"}
    for text in texts_in(sample):
        listed, _, key = text.partition(":")
        found = (
            text in terms
            or text in kept
            or json.dumps(text, ensure_ascii=False)[1:-1] in kept
            or (listed in dates and f'"key": "{key}"' in kept)
            or text in {act["victim"] for act in sample["acts"]}
        )
        assert found, text


@every_case
def test_the_lags_written_in_the_samples_are_those_that_follow(case: SampleCase) -> None:
    engagements = {record.id: record for record in case.records if isinstance(record, Engagement)}
    for act in (record for record in case.records if isinstance(record, Act)):
        for link in act.engagement_links:
            if link.explanation:
                assert link.engagement is not None
                days = lag(engagements[link.engagement], act)
                assert link.explanation.text.startswith(f"{days.min} to {days.max} days")


def test_the_content_is_the_same_each_time_and_the_identifiers_are_not() -> None:
    again = samples.all_cases()
    assert {case.incident.id for case in again}.isdisjoint(case.incident.id for case in CASES)
    for one, other in zip(CASES, again, strict=True):
        assert one.incident.narrative == other.incident.narrative
        assert one.incident.created_at == other.incident.created_at
        assert [record.kind for record in one.records] == [record.kind for record in other.records]


def test_each_state_is_made_once_and_invented() -> None:
    places = [record for case in CASES for record in case.records if isinstance(record, Place)]
    codes = [place.iso_code for place in places if place.iso_code]
    assert len(codes) == len(set(codes))
    assert all("QM" <= code <= "QY" for code in codes)
    (town,) = [place for place in places if not place.iso_code]
    assert town.names[0].text == "Port Sorrel"
    assert town.parent is not None


@every_case
def test_each_case_has_a_consent_about_the_one_who_is_targeted(case: SampleCase) -> None:
    (consent,) = [record for record in case.records if isinstance(record, ConsentRecord)]
    people = {record.id for record in case.records if isinstance(record, Person | Organisation)}
    assert consent.about in people
    assert consent.decisions


def test_alleged_perpetrators_have_no_names() -> None:
    for case in CASES:
        blamed = {
            record.party
            for record in case.records
            if isinstance(record, Involvement)
            and record.role is not None
            and record.role.key == "alleged_perpetrator"
        }
        people = {record.id: record for record in case.records if isinstance(record, Person)}
        assert blamed
        assert all(people[party].names == () for party in blamed if party in people)


def test_a_member_of_the_file_that_no_record_takes_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(
            b'{"type":"a","degree":"b","note":"","rank":"c"}', type=SamplePerpetrator
        )
