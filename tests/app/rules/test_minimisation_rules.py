"""The rules of minimisation, each by its name: what is not asked, not kept, and not sent."""

from __future__ import annotations

import time

import pytest

from app.detecting import Likeness, findings, in_records
from app.records import Incident, LText, Person, checks
from app.records.person import SpecialData


def test_m_01_a_person_is_a_pseudonym_until_somebody_decides_otherwise() -> None:
    person = Person()
    assert person.identity_mode.key == "pseudonym"
    assert person.pseudonym
    assert person.names == ()


def test_m_02_a_special_fact_is_kept_only_with_its_reason() -> None:
    told = SpecialData(words=LText.of("a belief", "en"))
    missing = {str(each) for each in checks.draft(Person(religion=told))}
    assert "religion.reason: missing" in missing
    reasoned = SpecialData(
        words=LText.of("a belief", "en"), reason=LText.of("it was the ground", "en")
    )
    assert not any(
        str(each).startswith("religion") for each in checks.draft(Person(religion=reasoned))
    )


@pytest.mark.parametrize(
    ("text", "likeness"),
    [
        ("call +41 22 917 90 00 at night", Likeness.TELEPHONE),
        ("Telefon (030) 1234 5678", Likeness.TELEPHONE),
        ("اتصل على ٠٧٩١٢٣٤٥٦٧", Likeness.TELEPHONE),
        ("تماس ۰۹۱۲۳۴۵۶۷۸۹", Likeness.TELEPHONE),
        ("फ़ोन ९८५१०-१२३४५", Likeness.TELEPHONE),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", Likeness.TELEPHONE),
        ("ཁ་པར་ ༠༡༢༣༤༥༦༧༨༩", Likeness.TELEPHONE),
        ("电话：＋８６ １３８ ００１３ ８０００", Likeness.TELEPHONE),
        ("身份证 11010519491231002X 号", Likeness.IDENTITY),
        ("passport P1234567", Likeness.IDENTITY),
        ("numéro 1850578006084", Likeness.IDENTITY),
        ("write to someone@example.org today", Likeness.EMAIL),
        ("someone＠example.org", Likeness.EMAIL),
        ("account GB82 WEST 1234 5698 7654 32", Likeness.IBAN),
        ("at 46.22654, 6.14042 by the gate", Likeness.COORDINATES),
        ("عند ٤٦٫٢٢٦٥٤، ٦٫١٤٠٤٢", Likeness.COORDINATES),
        ("46° 13' N", Likeness.COORDINATES),
    ],
)
def test_m_03_numbers_and_addresses_are_seen_in_every_script(text: str, likeness: Likeness) -> None:
    assert [each.likeness for each in findings(text)] == [likeness]


@pytest.mark.parametrize(
    "text",
    [
        "on 2026-03-14 at 14:30, again on 14.03.2026 and in 2024-2025",
        "A/HRC/57/60, paragraph 12, and CAT/C/55/2",
        "Room XX, 34 people, 1,250 US dollars",
        "resolution 1996/31 of 25 July",
        "@somebody said so",
        "",
    ],
)
def test_m_03_dates_symbols_and_small_numbers_are_left_alone(text: str) -> None:
    assert findings(text) == ()


def test_m_03_the_place_in_the_text_is_that_of_the_text_as_written() -> None:
    text = "هاتف ٠٧٩١٢٣٤٥٦٧ ليلا"
    (found,) = findings(text)
    assert text[found.start : found.end] == "٠٧٩١٢٣٤٥٦٧"


def test_m_03_each_field_of_a_record_is_told_with_its_label() -> None:
    report = Incident(
        title=LText.of("A visit", "en"), narrative=LText.of("He wrote to k@example.org.", "en")
    )
    (found,) = in_records([report])
    assert (found.field, found.likeness, found.text) == (
        "narrative",
        Likeness.EMAIL,
        "k@example.org",
    )


def test_m_03_a_long_text_made_to_be_slow_is_not_slow() -> None:
    begun = time.monotonic()
    for text in ("1 " * 100_000, "a@" * 100_000, "A1" * 100_000, "+(" * 100_000, "1." * 100_000):
        findings(text)
    assert time.monotonic() - begun < 5
