"""Facts that follow from what is recorded, and are therefore never stored."""

from __future__ import annotations

from dataclasses import dataclass

from app import termlists
from app.records.act import Act
from app.records.derive import bounds
from app.records.engagement import Engagement
from app.records.values import TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """Days from an engagement to an act, at least and at most; None where a bound is open.

    Negative when the act came before.
    """

    min: int | None
    max: int | None


def lag(engagement: Engagement, act: Act) -> Lag:
    """How long after the engagement the act happened, from the bounds of both."""
    engaged_first, engaged_last = bounds(engagement.period)
    act_first, _ = bounds(act.period)
    act_last = act.period.start.latest if act.period.start else None
    return Lag(
        min=(act_first - engaged_last).days if act_first and engaged_last else None,
        max=(act_last - engaged_first).days if act_last and engaged_first else None,
    )


def group(term: TermRef | None) -> str:
    """The group of a term in its list, or the key itself when it is one or is not known."""
    if term is None:
        return ""
    known = termlists.get(term.list).find(term.key)
    return known.parent or term.key if known else term.key


def inside_un_premises(act: Act) -> bool | None:
    """Whether it happened inside UN premises; None while the kind of place is not stated."""
    if act.location_type is None:
        return None
    return group(act.location_type) == "un_premises"
