"""The time between cooperation and act is told with both its ends, never as one number between."""

from __future__ import annotations

from datetime import date

import pytest

from app import i18n, lagwords
from app.bundles.remarks import remarks
from app.records import Act, Engagement, FuzzyDate, FuzzyRange
from app.records.act_blocks import EngagementLink
from app.records.facts import Lag
from app.records.ids import EngagementId

ENGLISH = i18n.texts("en")


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (14, 23, "Between 14 and 23 days after it."),
        (1, 1, "1 day after it."),
        (0, 0, "On the same day."),
        (0, 5, "Between 0 and 5 days after it."),
        (-10, -10, "10 days before it."),
        (-20, -10, "Between 10 and 20 days before it."),
        (
            -3,
            4,
            "Between 3 days before it and 4 days after it: which came first is not clear.",
        ),
        (7, None, "At least 7 days after it."),
        (None, 7, "At most 7 days after it; it may have come before."),
        (None, -7, "At least 7 days before it."),
        (-7, None, "At most 7 days before it; it may have come after."),
        (None, None, ""),
    ],
)
def test_a_lag_is_said_with_both_ends(least: int | None, most: int | None, said: str) -> None:
    assert lagwords.interval(Lag(min=least, max=most), ENGLISH) == said


def test_the_leaflet_tells_the_lag_to_what_is_enclosed_only() -> None:
    engagement = Engagement(period=FuzzyRange.on(date(2025, 9, 18)))
    late = FuzzyDate(earliest=date(2025, 10, 2), latest=date(2025, 10, 11))
    link = EngagementLink(engagement=EngagementId(engagement.id))
    act = Act(period=FuzzyRange(start=late), engagement_links=(link,))
    (told,) = remarks(act, (engagement, act), ENGLISH)
    assert told.endswith(f"({engagement.short_ref}): Between 14 and 23 days after it.")
    assert list(remarks(act, (act,), ENGLISH)) == []
