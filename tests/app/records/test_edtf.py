"""EDTF as records keep it: what is valid comes back as it was, the rest is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import edtf

A_DAY = st.dates(min_value=date(1, 1, 1))
SIGN = st.sampled_from(["", "~", "?", "%"])
POINTS = st.one_of(
    st.builds(lambda day, sign: f"{day.isoformat()}{sign}", A_DAY, SIGN),
    st.builds(lambda day, sign: f"{day.isoformat()[:7]}{sign}", A_DAY, SIGN),
    st.builds(lambda day, sign: f"{day.isoformat()[:4]}{sign}", A_DAY, SIGN),
    st.builds(lambda day: f"{day.isoformat()[:7]}-XX", A_DAY),
    st.builds(lambda day: f"{day.isoformat()[:4]}-XX-XX", A_DAY),
    st.builds(lambda day, season: f"{day.isoformat()[:4]}-{season}", A_DAY, st.integers(21, 24)),
)


@given(POINTS)
def test_what_was_parsed_is_written_as_it_was(text: str) -> None:
    assert str(edtf.parse(text)) == text


@given(st.lists(A_DAY, min_size=2, max_size=2).map(sorted), st.sampled_from(["{}/{}", "[{}..{}]"]))
def test_an_interval_and_a_day_within_bounds_reach_from_first_to_last(
    days: list[date], form: str
) -> None:
    text = form.format(*days)
    found = edtf.parse(text)
    assert str(found) == text
    assert edtf.bounds(found) == edtf.Bounds(earliest=days[0], latest=days[1])


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02-XX", "2023-02-01", "2023-02-28"),
        ("2023-XX-31", "2023-01-31", "2023-12-31"),
        ("2023-02-2X", "2023-02-20", "2023-02-28"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("20XX-02-29", "2000-02-29", "2096-02-29"),
        ("2024~", "2024-01-01", "2024-12-31"),
        ("2024-24", "2024-01-01", "2025-05-31"),
        ("../2020-06-01", None, "2020-06-01"),
        ("2024/..", "2024-01-01", None),
        ("2024-03/", "2024-03-01", None),
        ("[..2020-05-31]", None, "2020-05-31"),
        ("[2020-06..]", "2020-06-01", None),
        ("2021/2026", "2021-01-01", "2026-12-31"),
    ],
)
def test_the_bounds_of_a_date(text: str, earliest: str | None, latest: str | None) -> None:
    found = edtf.bounds(edtf.parse(text))
    said = (found.earliest and str(found.earliest), found.latest and str(found.latest))
    assert said == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        *("", "..", "../..", "/", "[]", "[..]", "[2024]", "2024-13", "2024-00", "2024-25"),
        *("2024-02-30", "2023-02-29", "2024-02-31", "2024-04-31", "2024-XX-3", "2024-1-1"),
        *("0000", "24", "12024", "-2024", "2024/03/04", "03/04/2024", "2024-21-01", "2024-02-3X"),
        *("2024~?", "~2024", "2024-03-05T10:00", "2025/2024", "[2025..2024]", "2024 ", "2024\n"),
        *("٢٠٢٤", "２０２４", "[2024..2025", "{2024..2025}", "[2024,2025]", "X024", "XXXX"),
    ],
)
def test_what_is_no_edtf_is_refused(text: str) -> None:
    with pytest.raises(edtf.NotEdtf):
        edtf.parse(text)


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        found = edtf.parse(text)
    except edtf.NotEdtf:
        return
    assert str(found) == text
