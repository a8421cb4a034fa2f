"""Dates as people write them: read where plain, asked where open, refused where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendars import reading, words
from app.calendars.outcome import Ambiguous, Reading, Refused, Why, Words, YearMissing
from app.calendars.systems import SYSTEMS
from app.records import edtf


@pytest.mark.parametrize(
    ("text", "calendar", "said"),
    [
        ("24.11.2026", "gregorian", "2026-11-24"),
        ("24. nov 2026", "gregorian", "2026-11-24"),
        ("13/04/2024", "gregorian", "2024-04-13"),
        ("04/13/2024", "gregorian", "2024-04-13"),
        ("4/4/2024", "gregorian", "2024-04-04"),
        ("le 1er mars 2024", "gregorian", "2024-03-01"),
        ("3 de mayo de 2024", "gregorian", "2024-05-03"),
        ("15 марта 2024 г.", "gregorian", "2024-03-15"),
        ("March 3rd, 2024", "gregorian", "2024-03-03"),
        ("3 آذار 2024", "gregorian", "2024-03-03"),
        ("2025年8月15日", "gregorian", "2025-08-15"),
        ("2024-يىلى 7-ئاينىڭ 5-كۈنى", "gregorian", "2024-07-05"),
        ("༢༠༢༤-༠༣-༠༥", "gregorian", "2024-03-05"),
        ("mid-August 2024", "gregorian", "[2024-08-11..2024-08-20]"),
        ("late February 2023", "gregorian", "[2023-02-21..2023-02-28]"),
        ("été 2024", "gregorian", "2024-22"),
        ("before June 2020", "gregorian", "[..2020-05-31]"),
        ("قبل مارس 2024", "gregorian", "[..2024-02-29]"),
        ("after 3 March 2024", "gregorian", "[2024-03-04..]"),
        ("since 2024", "gregorian", "2024/.."),
        ("between 3 March 2024 and 5 May 2024", "gregorian", "[2024-03-03..2024-05-05]"),
        ("from 3 March 2024 to 5 May 2024", "gregorian", "2024-03-03/2024-05-05"),
        ("من 3 مارس 2024 إلى 5 مايو 2024", "gregorian", "2024-03-03/2024-05-05"),
        ("about March 2024", "gregorian", "2024-03~"),
        ("2024-03-XX", "gregorian", "2024-03-XX"),
        ("[2024-03..2024-05]", "gregorian", "[2024-03..2024-05]"),
        ("20 พ.ค. 2568", "buddhist", "2025-05-20"),
        ("วันที่ 20 พฤษภาคม พ.ศ. 2568", "buddhist", "2025-05-20"),
        ("民國114年5月20日", "roc", "2025-05-20"),
        ("۱۲ مهر ۱۴۰۳", "persian", "2024-10-03"),
        ("1403/07/12", "persian", "2024-10-03"),
        ("12 mehr 1403", "persian", "2024-10-03"),
        ("۱۴۰۳", "persian", "[2024-03-20..2025-03-20]"),
        ("30 Esfand 1403", "persian", "2025-03-20"),
        ("12 رمضان 1446 هـ", "islamic_umalqura", "2025-03-12"),
        ("12 Ramadan 1446", "islamic_local", "[2025-03-11..2025-03-13]"),
        ("माघ २०८१", "nepali_bs", "[2025-01-14..2025-02-12]"),
        ("२०८१ माघ १२ गते", "nepali_bs", "2025-01-25"),
        ("2025年闰六月初三", "chinese", "2025-07-27"),
        ("二〇二五年八月十五", "chinese", "2025-10-06"),
        ("农历2025年腊月廿三", "chinese", "2026-02-10"),
        ("ጳጉሜ 6 2015", "ethiopic", "2023-09-11"),
        ("፲፪ መስከረም ፳፻፲፯", "ethiopic", "2024-09-22"),
    ],
)
def test_d_13_a_date_is_read_as_people_write_it(text: str, calendar: str, said: str) -> None:
    found = reading.read(text, calendar)
    assert isinstance(found, Reading)
    assert found.edtf == said


def test_a_day_that_can_be_two_is_asked() -> None:
    found = reading.read("before 03/04/2024", "gregorian")
    assert isinstance(found, Ambiguous)
    assert [each.edtf for each in found.readings] == ["[..2024-04-02]", "[..2024-03-03]"]


def test_a_time_stays_with_both_readings() -> None:
    found = reading.read("03/04/2024 9:30", "gregorian")
    assert isinstance(found, Ambiguous)
    assert {each.time for each in found.readings} == {"09:30"}


@pytest.mark.parametrize("text", ["March 3", "农历八月十五", "mid-August", "12 مهر"])
def test_a_date_without_its_year_asks_for_the_year(text: str) -> None:
    calendar = "chinese" if "月" in text else "persian" if "مهر" in text else "gregorian"
    assert reading.read(text, calendar) == YearMissing()


@pytest.mark.parametrize(
    ("text", "calendar", "why"),
    [
        ("31 February 2024", "gregorian", Why.NO_SUCH_DAY),
        ("2024-02-30", "gregorian", Why.NO_SUCH_DAY),
        ("31 ก.พ. 2568", "buddhist", Why.NO_SUCH_DAY),
        ("31 Mehr 1403", "persian", Why.NO_SUCH_DAY),
        ("30 Esfand 1402", "persian", Why.NO_SUCH_DAY),
        ("30 Ramadan 1446", "islamic_umalqura", Why.NO_SUCH_DAY),
        ("30 Safar 1446", "islamic_civil", Why.NO_SUCH_DAY),
        ("31 Muharram 1446", "islamic_local", Why.NO_SUCH_DAY),
        ("2025年八月三十", "chinese", Why.NO_SUCH_DAY),
        ("ጳጉሜ 6 2016", "ethiopic", Why.NO_SUCH_DAY),
        ("2082-12-32", "nepali_bs", Why.NO_SUCH_DAY),
        ("2024年闰六月", "chinese", Why.NO_LEAP_MONTH),
        ("13/2024", "gregorian", Why.NO_SUCH_MONTH),
        ("14/2017", "ethiopic", Why.NO_SUCH_MONTH),
        ("1 January 0000", "gregorian", Why.YEAR_ZERO),
        ("3/4/24", "gregorian", Why.YEAR_SHORT),
        ("1 Muharram 1600", "islamic_umalqura", Why.YEAR_OUT),
        ("2101-01-01", "nepali_bs", Why.YEAR_OUT),
        ("5 May 2024 to 3 March 2024", "gregorian", Why.BACKWARDS),
        ("20 พ.ค. พ.ศ. 2568", "gregorian", Why.TWO_CALENDARS),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, calendar: str, why: Why) -> None:
    found = reading.read(text, calendar)
    assert isinstance(found, Refused)
    assert found.why is why
    assert words.sentence(found, calendar)


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("20 พ.ค. 2568", ("buddhist",)),
        ("۱۲ مهر ۱۴۰۳", ("persian",)),
        ("1403/07/12", ("persian", "islamic_local")),
        ("माघ २०८१", ("nepali_bs",)),
    ],
)
def test_a_date_of_another_calendar_is_not_taken_for_a_gregorian_one(
    text: str, elsewhere: tuple[str, ...]
) -> None:
    found = reading.read(text, "gregorian")
    assert isinstance(found, Words | Refused)
    assert found.elsewhere == elsewhere


@pytest.mark.parametrize("text", ["unknown", "inconnu", "не знаю", "不知道", "?"])
def test_not_known_is_an_answer(text: str) -> None:
    found = reading.read(text, "gregorian")
    assert isinstance(found, Reading)
    assert (found.precision, found.edtf, found.earliest) == ("unknown", "", None)


@pytest.mark.parametrize("text", ["after the visit", "hello", "12 3 2024", "x" * 100_000, ""])
def test_other_words_stay_words(text: str) -> None:
    assert reading.read(text, "gregorian") == Words()


@pytest.mark.parametrize("calendar", ["tibetan", "hebrew", "other", "from_a_newer_version"])
def test_a_calendar_that_is_not_converted_keeps_words(calendar: str) -> None:
    assert reading.read("2 3 2152", calendar) == Words()


_PIECES = st.sampled_from(
    [
        *"0123456789/-. ,年月日[]~",
        "about ",
        "before ",
        "2024",
        "1403",
        "مهر",
        "闰",
        "十",
        "፳",
        "may",
    ]
)


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=9).map("".join), st.sampled_from(sorted(SYSTEMS)))
def test_whatever_is_typed_gets_an_answer_whose_bounds_agree(text: str, calendar: str) -> None:
    found = reading.read(text, calendar)
    assert words.sentence(found, calendar)
    if isinstance(found, Reading) and found.edtf:
        lies = edtf.bounds(edtf.parse(found.edtf))
        assert (lies.earliest, lies.latest) == (found.earliest, found.latest)
