"""What is said about a failure: one value for windows and command line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`title` in a few words, `text` in a sentence or two, `advice`: what to do (may be empty)."""

    title: str
    text: str
    advice: str


def said(title: str, text: str, advice: str = "") -> Explanation:
    """An Explanation, short to write in a long table."""
    return Explanation(title=title, text=text, advice=advice)
