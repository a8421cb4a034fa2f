"""What can be wrong with a record that is well formed: codes and facts; the words are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What is wrong. The code is stable: tests, messages and reports name it."""

    MISSING = "missing"  # needed for this step, and empty
    NONE_LINKED = "none_linked"  # needed: at least one record that points here
    OTHER_TEXT_MISSING = "other_text_missing"  # `other` was chosen without saying what
    OUT_OF_ORDER = "out_of_order"  # the later date or larger count comes first
    ENDED_AND_ONGOING = "ended_and_ongoing"  # has an end and goes on
    TOO_LONG = "too_long"  # more characters than `limit`
    TOO_MANY_WORDS = "too_many_words"  # more words than `limit`
    OUT_OF_RANGE = "out_of_range"  # a number that cannot be
    DAY_NEEDED = "day_needed"  # the date has to be known to the day
    DECIDED_TWICE = "decided_twice"  # two decisions on one scope for one recipient
    RESTS_ON = "rests_on"  # a yes that rests on another decision which is not yes (C-04)
    NOT_BY_OWN_REPORT = "not_by_own_report"  # a scope that needs a conversation (C-08)
    NOT_FOR_CHILDREN = "not_for_children"  # a child is never named publicly (C-10)
    TWO_NEEDED = "two_needed"  # two people have to decide
    NOT_SURE_ENOUGH = "not_sure_enough"  # credibility too low to name somebody (N-02)
    NOT_REVIEWED = "not_reviewed"  # a status that rests on a review of two people (S-03)
    GROUP_BY_BIRTH = "group_by_birth"  # a group of origin or belief as a perpetrator (N-05)
    NOT_PUBLIC = "not_public"  # a source that is no public record (G-02)
    NOT_HERE = "not_here"  # a term of the list that does not belong in this field
    NOT_AS_NOTED = "not_as_noted"  # the bounds of a date lie outside what its EDTF says
    TOO_LATE = "too_late"  # a day more than `limit` months away
    NOT_YET = "not_yet"  # a day on which something happened that has not come
    POINTS_TO_ITSELF = "points_to_itself"  # a record linked with itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to settle: the path of the field, the code, and a limit where one is meant."""

    field: str
    code: Code
    limit: int = 0

    def __str__(self) -> str:
        return f"{self.field}: {self.code.value}"
