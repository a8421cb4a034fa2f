"""The words around a date, in many languages, and the names of months: found in folded text."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from app.folding import folded

_UNSPACED: Final = ("CJK", "THAI", "HIRAGANA", "KATAKANA", "LAO", "MYANMAR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A word in a text: what stood there, and the text before and after it."""

    name: str
    before: str
    after: str


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return {name: _longest_first(found) for name, found in _toml("words")["around"].items()}


@lru_cache(maxsize=1)
def signs() -> dict[str, tuple[str, ...]]:
    """What names a calendar inside a date, by the calendar's key."""
    data = _toml("words")["signs"]
    return {key: _longest_first(found) for key, found in data.items()}


@lru_cache(maxsize=1)
def months() -> dict[str, tuple[tuple[str, int], ...]]:
    """The folded names of months with their numbers, by table, the longest first."""
    found = {}
    for table, rows in _toml("months").items():
        named = {folded(name): int(number) for number, names in rows.items() for name in names}
        found[table] = tuple(sorted(named.items(), key=lambda each: -len(each[0])))
    return found


@lru_cache(maxsize=1)
def shown_months() -> dict[str, dict[int, tuple[str, ...]]]:
    """The names of months as they are shown, by table and number."""
    return {
        table: {int(number): tuple(names) for number, names in rows.items()}
        for table, rows in _toml("months").items()
    }


def is_one(text: str, kind: str) -> bool:
    """Whether the folded text is a word of that kind."""
    return text.strip(" .") in {word.strip(" .") for word in _words()[kind]}


def at_an_end(text: str, kind: str) -> str | None:
    """What is left of the text when a word of that kind begins or ends it; None where none does."""
    for word in _words()[kind]:
        if text.startswith(word) and _apart(text, 0, len(word)) and text != word:
            return text[len(word) :].strip()
        start = len(text) - len(word)
        if start > 0 and text.endswith(word) and _apart(text, start, len(text)):
            return text[:start].strip()
    return None


def first_of(text: str, kind: str) -> Found | None:
    """The first place where a word of that kind stands apart between two others."""
    for word in _words()[kind]:
        found = find(text, word)
        if found is not None and found.before.strip() and found.after.strip():
            return found
    return None


def find(text: str, word: str) -> Found | None:
    """Where the word stands apart from its neighbours."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if _apart(text, at, end):
            return Found(name=word, before=text[:at], after=text[end:])
        at = text.find(word, at + 1)
    return None


def without(text: str, kind: str) -> str:
    """The text without the words of that kind that have more than one part or a sign in them."""
    for word in _words()[kind]:
        if not word.replace("-", "").isalnum():
            found = find(text, word)
            while found is not None:
                text = f"{found.before} {found.after}"
                found = find(text, word)
    return text


def _apart(text: str, at: int, end: int) -> bool:
    """Whether no letter touches the word, in scripts that put spaces between words."""
    return not (
        (at > 0 and _joined(text[at - 1], text[at]))
        or (end < len(text) and _joined(text[end], text[end - 1]))
    )


def _joined(outer: str, inner: str) -> bool:
    letters = unicodedata.category(outer)[0] in "LM" and unicodedata.category(inner)[0] in "LM"
    return letters and not unicodedata.name(inner, "").startswith(_UNSPACED)


def _longest_first(found: list[str]) -> tuple[str, ...]:
    return tuple(sorted({folded(each) for each in found}, key=lambda each: (-len(each), each)))


@lru_cache(maxsize=2)
def _toml(name: str) -> dict[str, dict[str, list[str]]]:
    path = files("resources") / "calendars" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
