"""The parts a bundle is made of: what may travel, names, hoopoe.json, lines, the leaflet."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import belonging, consents, samples
from app.bundles import choosing, leaflet, lines, naming
from app.bundles import manifest as manifests
from app.bundles.choosing import Reason
from app.bundles.leaflet import Enclosed
from app.bundles.lines import Line
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.naming import NameCheck
from app.bundles.pieces import Pieces
from app.bundles.report import Item, ItemState, SealedRecord
from app.consents import SHARE_NAMED_NGO, Answer
from app.errors import BadManifest, MalformedJson
from app.i18n import texts
from app.records import (
    ConsentDecision,
    ConsentRecord,
    FuzzyDate,
    Incident,
    Involvement,
    LText,
    Organisation,
    Person,
    PersonName,
    Source,
    Statement,
    TermRef,
)
from app.records.codec import encode
from app.records.ids import PersonId, SourceId
from crypto.digest import sha256

TODAY = date(2026, 3, 14)


def term(code: str) -> TermRef:
    return TermRef.parse(code)


def consent(about: Person, decision: str, **more: object) -> ConsentRecord:
    return replace(
        ConsentRecord(
            about=PersonId(about.id),
            decisions=(
                ConsentDecision(
                    scope=term(f"consent_scope:{SHARE_NAMED_NGO}"),
                    decision=term(f"consent_decision:{decision}"),
                ),
            ),
        ),
        **more,  # type: ignore[arg-type]
    )


NAMED = Person(
    identity_mode=term("identity_mode:named"), names=(PersonName(full="林示例", primary=True),)
)


# --- what may travel ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "answer"),
    [
        ("yes", Answer.YES),
        ("yes_with_conditions", Answer.YES),
        ("no", Answer.NO),
        ("not_asked", Answer.NOT_ASKED),
        ("withdrawn", Answer.WITHDRAWN),
        ("expired", Answer.EXPIRED),
        ("unable", Answer.NO),
    ],
)
def test_only_a_yes_is_a_yes(decision: str, answer: Answer) -> None:
    assert consents.answer([consent(NAMED, decision)], SHARE_NAMED_NGO, TODAY) is answer


def test_silence_is_no() -> None:
    assert consents.answer([], SHARE_NAMED_NGO, TODAY) is Answer.NOT_ASKED
    assert consents.answer([consent(NAMED, "yes")], "un_public_named", TODAY) is Answer.NOT_ASKED


def test_a_yes_past_its_review_day_is_expired() -> None:
    given = consent(NAMED, "yes", review_on=date(2026, 3, 13))
    assert consents.answer([given], SHARE_NAMED_NGO, TODAY) is Answer.EXPIRED


def test_a_withdrawal_takes_effect_at_once() -> None:
    given = consent(NAMED, "yes", withdrawn_at=FuzzyDate.on(TODAY))
    assert consents.answer([given], SHARE_NAMED_NGO, TODAY) is Answer.WITHDRAWN


def test_a_named_person_without_a_yes_stays_here() -> None:
    chosen = choosing.choose([NAMED], TODAY)
    assert [(each.record, each.reason) for each in chosen.withheld] == [(NAMED, Reason.NOT_ASKED)]


def test_a_named_person_with_a_yes_travels_with_the_consent() -> None:
    given = consent(NAMED, "yes")
    assert choosing.choose([NAMED, given], TODAY).travels == (NAMED, given)


def test_the_consent_of_somebody_who_stays_here_stays_too() -> None:
    chosen = choosing.choose([NAMED, consent(NAMED, "no")], TODAY)
    assert chosen.travels == ()
    assert [each.reason for each in chosen.withheld] == [Reason.NO, Reason.CONSENT_OF_WITHHELD]


def test_a_code_alone_tells_nobody_and_travels_unless_refused() -> None:
    coded = Person(identity_mode=term("identity_mode:coded"))
    assert choosing.choose([coded], TODAY).travels == (coded,)
    assert choosing.choose([coded, consent(coded, "no")], TODAY).travels == ()


def test_a_pseudonym_with_names_in_the_record_tells_who_it_is() -> None:
    person = replace(NAMED, identity_mode=term("identity_mode:pseudonym"))
    assert choosing.choose([person], TODAY).travels == ()


def test_an_alleged_perpetrator_is_not_asked() -> None:
    part = Involvement(party=PersonId(NAMED.id), role=term("person_role:alleged_perpetrator"))
    described = replace(NAMED, names=(), identity_mode=term("identity_mode:anonymous"))
    assert described in choosing.choose([part, described], TODAY).travels
    # and named only by decision (N-02)
    assert NAMED not in choosing.choose([part, NAMED], TODAY).travels


def test_an_organisation_with_a_name_needs_a_yes_as_well() -> None:
    named = Organisation(
        identity_mode=term("identity_mode:organisation"), names=(PersonName(full="Example"),)
    )
    coded = Organisation(identity_mode=term("identity_mode:coded"))
    assert choosing.choose([named, coded], TODAY).travels == (coded,)


def test_a_protected_source_never_travels_and_its_statement_does() -> None:
    source = Source(protect_identity=True)
    said = Statement(source=SourceId(source.id), text=LText.of("They came.", "en"))
    chosen = choosing.choose([said, source], TODAY)
    assert chosen.travels == (said,)
    assert [each.reason for each in chosen.withheld] == [Reason.PROTECTED_SOURCE]


# --- names ----------------------------------------------------------------------------------


def test_a_name_tells_whether_it_fits() -> None:
    digest = sha256(b"a bundle")
    name = naming.name_of(digest)
    assert [len(group) for group in name.split("-")] == [5, 5, 5, 5]
    assert naming.check(name, digest) is NameCheck.MATCHES
    assert naming.check(name, sha256(b"another")) is NameCheck.DIFFERS
    assert naming.check("holiday.zip", digest) is NameCheck.RENAMED


# --- hoopoe.json ----------------------------------------------------------------------------

MANIFEST = Manifest(
    kind=BundleKind.REPORT,
    bundle="a" * 32,
    day=TODAY,
    verify_key=None,
    reply=None,
    recipients=("b" * 64, "c" * 64),
    series="d" * 32,
    sequence=1,
    previous=None,
)


def test_a_manifest_reads_back_as_it_was_written() -> None:
    full = replace(MANIFEST, verify_key="RW", reply="age1", previous="e" * 64, sequence=7)
    assert manifests.read(full.marshal()) == full
    assert manifests.read(MANIFEST.marshal()) == MANIFEST


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("format", "other"),
        ("version", 2),
        ("kind", "letter"),
        ("bundle", "A" * 32),
        ("day", "2026-02-30"),
        ("day", "20260314"),
        ("verify_key", ""),
        ("verify_key", 5),
        ("reply", "é"),
        ("recipients", []),
        ("recipients", ["b" * 64, "b" * 64]),
        ("recipients", ["c" * 64, "b" * 64]),
        ("recipients", ["b"]),
        ("recipients", "b" * 64),
        ("series", None),
        ("sequence", 0),
        ("sequence", True),
        ("sequence", 2**60),
        ("previous", "short"),
        ("more", 1),
    ],
)
def test_a_manifest_that_breaks_a_rule_is_refused(member: str, value: object) -> None:
    members = json.loads(MANIFEST.marshal()) | {member: value}
    data = json.dumps(members, sort_keys=True, separators=(",", ":")).encode()
    with pytest.raises(BadManifest):
        manifests.read(data)


def test_a_manifest_that_is_not_canonical_is_refused() -> None:
    with pytest.raises(BadManifest):
        manifests.read(MANIFEST.marshal().replace(b":", b": "))
    with pytest.raises(BadManifest):
        manifests.read(b"[]")


@given(st.binary(max_size=200))
def test_junk_is_no_manifest(data: bytes) -> None:
    with pytest.raises((BadManifest, MalformedJson)):
        manifests.read(data)


# --- lines ----------------------------------------------------------------------------------


def sealed(incident: Incident, **other: object) -> SealedRecord:
    body = encode(incident).body
    made = SealedRecord(
        kind="incident",
        id=incident.id,
        revision=1,
        at="2026-03-14T12:00:00Z",
        digest=sha256(body).hex(),
        body=body,
    )
    return replace(made, **other)  # type: ignore[arg-type]


INCIDENT = Incident(title=LText.of("A visit", "en"), narrative=LText.of("Two men.", "en"))


def test_every_sample_reads_back_from_its_line_byte_for_byte() -> None:
    for case in samples.all_cases():
        for record in (case.incident, *case.records):
            if record.kind in belonging.NEVER_IN_A_REPORT:
                continue
            body = encode(record).body
            line = sealed(INCIDENT, kind=record.kind.value, id=record.id, body=body)
            line = replace(line, digest=sha256(body).hex())
            (read,) = lines.read(Pieces.of(lines.marshal([line])), "data/records.jsonl")
            assert isinstance(read, Line)
            assert (read.sealed, read.record.id) == (line, record.id)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"kind": "spaceship"}, "unknown_kind"),
        ({"kind": "person"}, "malformed_record"),
        ({"id": "0" * 32}, "id"),
        ({"id": "short"}, "id"),
        ({"at": "yesterday"}, "at"),
        ({"revision": 0}, "revision"),
        ({"digest": "0" * 64}, "digest"),
        ({"body": b'{"a":1,"a":2}'}, "duplicate_key"),
        ({"body": b"[" * 10_000 + b"]" * 10_000}, "too_deep"),
        ({"body": b"1.5"}, "not_an_integer"),
    ],
)
def test_a_bad_line_is_reported_and_the_others_stand(other: dict[str, object], why: str) -> None:
    second = Incident(title=LText.of("Another", "en"))
    data = lines.marshal([sealed(INCIDENT, **other), sealed(second)])
    bad, good = lines.read(Pieces.of(data), "data/records.jsonl")
    assert isinstance(bad, Item)
    assert bad.state is not ItemState.GOOD
    assert bad.reference == "data/records.jsonl:1"
    assert bad.why == why
    assert isinstance(good, Line)
    assert good.record.id == second.id


def test_a_record_twice_an_extra_member_and_a_cut_last_line_are_reported() -> None:
    line = lines.marshal([sealed(INCIDENT)])
    more = line.replace(b'{"at"', b'{"a":1,"at"')
    found = list(lines.read(Pieces.of(line + line + more + b'{"at'), "records"))
    assert isinstance(found[1], Line)
    bad = [each.why for each in found if isinstance(each, Item)]
    assert bad == ["last_line", "duplicate", "members"]


def test_too_many_lines_are_refused_at_once() -> None:
    (item,) = lines.read(Pieces.of(b"x\n" * 10_001), "records")
    assert isinstance(item, Item)
    assert item.why == "too_many_lines"


# --- the leaflet ----------------------------------------------------------------------------


def test_the_leaflet_tells_the_account_and_can_load_nothing() -> None:
    case = samples.all_cases()[0]
    hostile = replace(
        case.incident, title=LText.of('<script src="http://x"></script>\u202e<b>', "en")
    )
    page = leaflet.leaflet(
        [Enclosed(record=hostile, file="data/evidence/x.jpg")], texts("en")
    ).decode()
    assert "<script" not in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page
    assert "data/evidence/x.jpg" in page


def test_the_leaflet_is_written_from_the_right_where_the_language_is() -> None:
    right = replace(texts("en"), tag="ar")
    assert 'dir="rtl"' in leaflet.page("x", ["y"], right).decode()
