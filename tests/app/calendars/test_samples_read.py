"""The dates of the twelve samples, read again from the words and the calendar of their people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.calendars import reading
from app.calendars.outcome import Reading, Refused, Words, YearMissing
from app.samples import form
from app.samples.form import SampleDate

# the bounds in the data know more than the words say: from other sources, by hand
BY_HAND = {
    "དགུན་ཁ": "winter, in words that are not converted",
    "ཕྱི་ཉིན": "counted from another act",
    "چند روز بعد": "counted from another act",
    "before June 2020": "the data take in the first of June",
    "later in 2024": "later than another act",
    "après la visite": "after a visit known from elsewhere",
    "since 2024": "not before April, from another source",
}
NEEDS_A_YEAR = {"农历八月中旬": 2025}  # from the engagement before it


def told() -> Iterator[SampleDate]:
    for sample in form.read():
        yield from (each.period for each in sample.engagements)
        yield from (each.period for each in sample.acts)


READ = {each.original_text: each for each in told() if each.original_text not in BY_HAND}


def key(term: str) -> str:
    return term.partition(":")[2]


@pytest.mark.parametrize("text", sorted(READ))
def test_a_sample_date_is_read_to_what_the_data_say(text: str) -> None:
    data = READ[text]
    said = reading.read(text, key(data.calendar), year=NEEDS_A_YEAR.get(text))
    assert isinstance(said, Reading)
    assert said.edtf == data.edtf
    assert (str(said.earliest or ""), str(said.latest or "")) == (data.earliest, data.latest)
    assert (said.precision, said.qualifier) == (key(data.precision), key(data.qualifier))
    assert said.time == data.time_of_day


def test_a_sample_date_without_a_year_asks_for_it() -> None:
    assert reading.read("农历八月中旬", "chinese") == YearMissing()


@pytest.mark.parametrize("text", sorted(BY_HAND), ids=lambda text: BY_HAND[text].replace(" ", "-"))
def test_bounds_set_by_hand_are_never_contradicted(text: str) -> None:
    data = next(each for each in told() if each.original_text == text)
    said = reading.read(text, key(data.calendar))
    if isinstance(said, Reading):
        assert str(said.earliest or "") <= data.earliest
        assert said.latest is None or abs((said.latest - _day(data.latest)).days) <= 1
    else:
        assert isinstance(said, Words | Refused)


def _day(text: str) -> date:
    return date.fromisoformat(text)
