"""How long after each cooperation it is linked to an act came, told to who links them (P-13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app import lagwords, store, titles
from app.errors import NotFound
from app.i18n import window
from app.records import Act, Engagement, facts
from app.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class LagTold:
    """What a cooperation is called, and the time between in words; "" where no date is known."""

    engagement: str
    words: str


def told(vault: Vault, act: Act) -> tuple[LagTold, ...]:
    """Of each cooperation that the act names as it is being typed, in the order of its links; one
    that was never saved counts as it is being typed too."""
    return tuple(_told(vault, act))


def _told(vault: Vault, act: Act) -> Iterator[LagTold]:
    drafts = {each.id: each for each in store.every_draft(vault)}
    for link in dict.fromkeys(each.engagement for each in act.engagement_links):
        if link is None:
            continue
        found = drafts.get(link)
        if not isinstance(found, Engagement):
            try:
                found = store.get(vault, Engagement, link)
            except NotFound:
                continue
        words = lagwords.interval(facts.lag(found, act), window())
        yield LagTold(engagement=titles.title(found), words=words)
