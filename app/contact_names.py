"""Finding people in the list of contacts by the name that somebody gave them."""

from __future__ import annotations

from collections.abc import Iterable

from app import asking
from app.contacts import Contact
from app.folding import folded


def fitting(known: Iterable[Contact], asked: str) -> tuple[Contact, ...]:
    """Those whose name holds every word as it was typed (app/asking.py), in the order given."""
    words = asking.words_of(asked)
    return tuple(each for each in known if all(word in folded(each.name) for word in words))
