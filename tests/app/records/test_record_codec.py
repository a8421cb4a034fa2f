"""Records survive the way to JSON and back; what is not a record is refused."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import MalformedJson, MalformedRecord
from app.records import (
    KINDS,
    Act,
    ConsentRecord,
    CustodyEvent,
    EvidenceItem,
    FuzzyDate,
    FuzzyRange,
    Incident,
    Kind,
    Liberty,
    LText,
    Person,
    Record,
    Source,
    TermRef,
    class_of,
    specs,
)
from app.records.codec import decode, encode
from tests.app.records.shapes import records

INCIDENT = Incident(
    title=LText.of("Visit to a parent", "en"),
    tags=("seen twice",),
    notes_internal=LText.of("ask again in May", "en"),
)


def body_of(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(encode(record).body)
    return found


def bytes_of(body: object) -> bytes:
    return json.dumps(body).encode("utf-8")


def refusal(kind: type[Record], body: bytes, local: bytes = b"{}") -> tuple[str, str]:
    with pytest.raises(MalformedRecord) as caught:
        decode(kind, body, local)
    assert caught.value.kind == kind.kind.value
    return caught.value.field, caught.value.reason


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), kind=st.sampled_from(KINDS))
def test_a_record_comes_back_as_it_was_and_its_bytes_too(
    data: st.DataObject, kind: type[Record]
) -> None:
    record = data.draw(records(kind))
    encoded = encode(record)
    back = decode(kind, encoded.body, encoded.local)
    assert back == record
    assert encode(back) == encoded


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_draft_of_any_kind_comes_back_as_it_was(kind: type[Record]) -> None:
    record = kind()
    encoded = encode(record)
    assert encoded.local == b"{}"
    assert decode(kind, encoded.body) == record


@pytest.mark.parametrize("kind", KINDS)
def test_the_body_names_its_kind_and_version(kind: type[Record]) -> None:
    body = body_of(kind())
    assert body["type"] == kind.kind.value
    assert body["schema_version"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_local_field_travels(kind: type[Record]) -> None:
    local = {name for name, spec in specs(kind) if spec.local}
    assert {"created_by", "updated_by", "tags", "notes_internal"} <= local
    assert not local & body_of(kind()).keys()


def test_internal_notes_and_tags_are_only_in_the_local_part() -> None:
    encoded = encode(INCIDENT)
    assert b"ask again" not in encoded.body
    assert b"seen twice" not in encoded.body
    assert json.loads(encoded.local)["tags"] == ["seen twice"]


def test_the_identity_of_a_source_never_travels() -> None:
    source = Source(
        description=LText.of("the cook", "en"),
        person=Person().id,  # type: ignore[arg-type]
        known_to=(Person().id,),
    )
    body = body_of(source)
    assert not {"description", "person", "known_to"} & body.keys()
    assert decode(Source, encode(source).body) != source


def test_the_file_name_and_origin_of_evidence_never_travel() -> None:
    item = EvidenceItem(original_filename="anna.jpg", obtained_from=Person().id)
    assert not {"original_filename", "obtained_from"} & body_of(item).keys()


def test_a_received_body_without_its_local_part_has_empty_local_fields() -> None:
    received = decode(Incident, encode(INCIDENT).body)
    assert received.tags == ()
    assert not received.notes_internal
    assert received.title == INCIDENT.title


def test_members_of_a_newer_version_are_kept_at_every_level() -> None:
    body = body_of(Incident(period=FuzzyRange(start=FuzzyDate())))
    body["weather"] = {"wind": [1, 2]}
    body["period"]["start"]["moon"] = "full"
    body["urgency"]["weight"] = None
    body["schema_version"] = 7
    record = decode(Incident, bytes_of(body), b'{"colour":"red"}')
    assert json.loads(encode(record).body) == body
    assert json.loads(encode(record).local) == {"colour": "red"}
    changed = dataclasses.replace(record, title=LText.of("x", "en"))
    assert body_of(changed)["weather"] == {"wind": [1, 2]}


def test_a_term_key_of_a_newer_version_is_kept() -> None:
    body = body_of(Incident())
    body["urgency"]["key"] = "before_breakfast"
    record = decode(Incident, bytes_of(body))
    assert record.urgency == TermRef(list="urgency", key="before_breakfast")
    assert body_of(record) == body


def test_a_body_of_another_kind_is_refused() -> None:
    assert refusal(Act, encode(Incident()).body) == ("type", "wrong_kind")


def test_a_body_that_is_not_an_object_is_refused() -> None:
    assert refusal(Act, b"[]") == ("", "not_an_object")
    assert refusal(Act, encode(Act()).body, b"7") == ("", "not_an_object")


@pytest.mark.parametrize("name", ["id", "short_ref", "created_at", "updated_at"])
def test_a_body_without_what_every_record_is_given_is_refused(name: str) -> None:
    body = body_of(Incident())
    del body[name]
    assert refusal(Incident, bytes_of(body)) == (name, "missing")


@pytest.mark.parametrize("name", ["created_by", "tags", "notes_internal"])
def test_a_sender_cannot_write_into_local_fields(name: str) -> None:
    body = body_of(Incident())
    body[name] = []
    assert refusal(Incident, bytes_of(body)) == (name, "local_member")


def test_a_field_that_travels_cannot_hide_in_the_local_part() -> None:
    body = encode(Incident()).body
    assert refusal(Incident, body, b'{"title":{"text":"x"}}') == ("title", "local_member")


@pytest.mark.parametrize("version", [0, -1])
def test_a_version_below_the_first_is_refused(version: int) -> None:
    body = body_of(Incident())
    body["schema_version"] = version
    assert refusal(Incident, bytes_of(body)) == ("schema_version", "bad_version")


def test_a_body_without_a_version_is_refused() -> None:
    body = body_of(Incident())
    del body["schema_version"]
    assert refusal(Incident, bytes_of(body)) == ("schema_version", "bad_version")


@pytest.mark.parametrize(
    ("kind", "name", "value", "path", "reason"),
    [
        (Incident, "id", "A" * 32, "id", "not_an_identifier"),
        (Incident, "id", "0" * 31, "id", "not_an_identifier"),
        (Incident, "id", 7, "id", "not_an_identifier"),
        (Incident, "short_ref", 7, "short_ref", "not_a_text"),
        (Incident, "schema_version", True, "schema_version", "not_an_integer"),
        (Incident, "schema_version", "1", "schema_version", "not_an_integer"),
        (Incident, "created_at", "2026-11-24T22:58:30", "created_at", "not_an_instant"),
        (Incident, "created_at", "2026-11-24T22:58:30+00:00", "created_at", "not_an_instant"),
        (Incident, "created_at", "2026-13-24T22:58:30Z", "created_at", "not_an_instant"),
        (Incident, "created_at", "２０２６-11-24T22:58:30Z", "created_at", "not_an_instant"),
        (Incident, "retention_until", "2026-02-30", "retention_until", "not_a_day"),
        (Incident, "retention_until", "20260228", "retention_until", "not_a_day"),
        (Incident, "legal_hold", 1, "legal_hold", "not_a_flag"),
        (Incident, "title", "text", "title", "not_an_object"),
        (Incident, "title", None, "title", "not_an_object"),
        (Incident, "title", {"text": 5}, "title.text", "not_a_text"),
        (Incident, "title", {"dir": "up"}, "title.dir", "unknown_choice"),
        (Incident, "harm", {}, "harm", "not_a_list"),
        (Incident, "harm", [{"list": "urgency", "key": "x"}], "harm[0]", "wrong_list"),
        (Incident, "harm", [{"list": "harm_type"}], "harm[0]", "missing"),
        (Incident, "engagements", ["zz"], "engagements[0]", "not_an_identifier"),
        (CustodyEvent, "hash_before", "ab", "hash_before", "not_a_digest"),
        (CustodyEvent, "hash_before", "G" * 64, "hash_before", "not_a_digest"),
        (Act, "liberty", {"access_lawyer": "maybe"}, "liberty.access_lawyer", "unknown_choice"),
    ],
)
def test_a_value_of_the_wrong_form_is_refused_with_its_place(
    kind: type[Record], name: str, value: object, path: str, reason: str
) -> None:
    body = body_of(kind())
    body[name] = value
    assert refusal(kind, bytes_of(body)) == (path, reason)


def test_two_members_of_one_name_are_refused() -> None:
    body = encode(Incident()).body[:-1] + b',"type":"incident"}'
    with pytest.raises(MalformedJson) as caught:
        decode(Incident, body)
    assert caught.value.reason == "duplicate_key"


@settings(max_examples=80, deadline=None)
@given(noise=st.binary(max_size=60))
def test_noise_is_refused_and_never_crashes(noise: bytes) -> None:
    with pytest.raises((MalformedJson, MalformedRecord)):
        decode(Incident, noise)


@settings(max_examples=80, deadline=None)
@given(at=st.integers(min_value=0), byte=st.integers(min_value=0, max_value=255))
def test_a_changed_byte_gives_another_record_or_a_refusal(at: int, byte: int) -> None:
    body = bytearray(encode(INCIDENT).body)
    place = at % len(body)
    if body[place] == byte:
        return
    body[place] = byte
    try:
        changed = decode(Incident, bytes(body))
    except (MalformedJson, MalformedRecord):
        return
    assert encode(changed).body != encode(INCIDENT).body


def test_a_lone_surrogate_typed_into_a_field_is_refused_when_written() -> None:
    with pytest.raises(MalformedJson) as caught:
        encode(Incident(title=LText(text="\ud800")))
    assert caught.value.reason == "lone_surrogate"


def test_a_value_that_no_field_can_hold_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError):
        encode(Incident(title=None))  # type: ignore[arg-type]


def test_every_kind_is_found_by_its_code() -> None:
    assert [class_of(Kind(each.kind.value)) for each in KINDS] == list(KINDS)
    assert {each.kind for each in KINDS} == set(Kind)


def test_dates_before_the_year_1000_keep_their_four_digits() -> None:
    record = Act(period=FuzzyRange.on(date(7, 3, 1)), liberty=Liberty())
    assert b'"0007-03-01"' in encode(record).body
    assert decode(Act, encode(record).body) == record


def test_a_consent_decision_starts_as_not_asked() -> None:
    body = body_of(ConsentRecord())
    body["decisions"] = [{"scope": {"list": "consent_scope", "key": "media"}}]
    (decision,) = decode(ConsentRecord, bytes_of(body)).decisions
    assert decision.decision.key == "not_asked"
    assert not decision.grants
