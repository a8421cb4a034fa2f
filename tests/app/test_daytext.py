"""Days as people write them: read where plain, left alone where not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import daytext
from app.daytext import Span


def day(text: str) -> Span:
    found = date.fromisoformat(text)
    return Span(earliest=found, latest=found, edtf=text, precision="day")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24",
        " 2026-11-24 ",
        "24.11.2026",
        "24/11/2026",
        "24 November 2026",
        "24. nov 2026",
        "24 Nov. 2026",
        "٢٠٢٦-١١-٢٤",
        "۲۴.۱۱.۲۰۲۶",
        "༢༠༢༦-༡༡-༢༤",
    ],
)
def test_a_plain_day_is_read_in_any_digits(text: str) -> None:
    assert daytext.read(text) == day("2026-11-24")


def test_a_time_with_a_day_is_read_too() -> None:
    span = daytext.read("2025-09-18 15:40")
    assert span is not None
    assert (span.time, span.precision, span.edtf) == ("15:40", "exact_time", "2025-09-18")


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "edtf", "precision"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02", "month"),
        ("Feb 2025", date(2025, 2, 1), date(2025, 2, 28), "2025-02", "month"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "2025", "year"),
    ],
)
def test_a_month_or_year_is_a_span(
    text: str, earliest: date, latest: date, edtf: str, precision: str
) -> None:
    assert daytext.read(text) == Span(
        earliest=earliest, latest=latest, edtf=edtf, precision=precision
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "mid-August 2025",
        "3/4/2026",
        "2026-02-30",
        "2026-13",
        "0000",
        "31.4.2026",
        "24 Foo 2026",
        "2025 15:40",
        "2025-09-18 25:40",
        "农历八月中旬",
    ],
)
def test_what_is_not_plain_is_left_in_the_persons_words(text: str) -> None:
    assert daytext.read(text) is None


def test_the_same_number_twice_is_no_riddle() -> None:
    assert daytext.read("4/4/2026") == day("2026-04-04")


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    span = daytext.read(text)
    assert span is None or span.earliest <= span.latest


@given(st.dates())
def test_every_day_reads_back(given_day: date) -> None:
    assert daytext.read(given_day.isoformat()) == day(given_day.isoformat())
