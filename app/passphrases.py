"""Passphrases: offered ones, drawn from the EFF large list, and how strong a person's own one is.

An offered passphrase has an exact strength, 12.9 bits a word. That of a chosen one can
only be guessed, so it is guessed low: people choose what other people choose. Source: design of
the vault's slots (6 words offered; own ones of 16 characters or 5 words; else a decision).
"""

from __future__ import annotations

import math
import secrets
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

DEFAULT_WORDS = 6
FEWEST_WORDS = 5
ENOUGH_CHARACTERS = 16
STRONG_BITS = 75.0

_SHORTEST_WORD = 3
_SHORTEST_REPEAT = 3
_SHORTEST_SEQUENCE = 4


class Verdict(StrEnum):
    """WEAK needs an explicit decision all the same; FAIR and STRONG are accepted."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


class Reason(StrEnum):
    """What lowers, or makes exact, the strength of a passphrase."""

    TOO_SHORT = "too_short"
    """Fewer than 16 characters and fewer than 5 words, repetitions not counted."""
    REPEATS = "repeats"
    """The same again: `aaaa`, `horsehorse`, one word twice."""
    SEQUENCE = "sequence"
    """Characters in order: `abcd`, `4321`."""
    ONLY_DIGITS = "only_digits"
    """A date or a number; there are few of them."""
    LISTED_WORDS = "listed_words"
    """All words are in our list: the bits are exact if chance chose them, far fewer if not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How hard a passphrase is to guess: bits as an estimate, the verdict, and why."""

    bits: float
    verdict: Verdict
    reasons: tuple[Reason, ...]

    @property
    def accepted(self) -> bool:
        """Whether it may be used without an explicit decision."""
        return self.verdict is not Verdict.WEAK


def offer(words: int = DEFAULT_WORDS) -> str:
    """A new passphrase of this many words, drawn by the system's generator, spaces between.

    Raises ValueError below 5 words.
    """
    if words < FEWEST_WORDS:
        raise ValueError(words)
    offered = _offered()
    return " ".join(secrets.choice(offered) for _ in range(words))


def offered_bits(words: int = DEFAULT_WORDS) -> float:
    """The exact strength of an offered passphrase, in bits (6 words: 77.5)."""
    return words * math.log2(len(_offered()))


@cache
def word_list() -> tuple[str, ...]:
    """The 7,776 words, in the order of the five dice."""
    text = (files("resources") / "wordlists" / "eff_large.txt").read_text(encoding="ascii")
    return tuple(text.split())


@cache
def _offered() -> tuple[str, ...]:
    """The words without those that could harm whoever is found with them on paper."""
    text = (files("resources") / "wordlists" / "not_offered.txt").read_text(encoding="ascii")
    return tuple(sorted(_known() - set(text.split())))


@cache
def _known() -> frozenset[str]:
    return frozenset(word_list())


def strength(text: str) -> Strength:
    """How strong a passphrase is that a person chose, or typed back."""
    text = unicodedata.normalize("NFKC", text)
    block = _shortest_block(text)
    # a word said twice, or more space, is no harder to guess
    once = " ".join(dict.fromkeys(block.casefold().split()))
    core, runs = _without_runs(once)
    words = [word for word in block.split() if len(word) >= _SHORTEST_WORD]
    distinct = {word.casefold() for word in words}
    listed = bool(words) and distinct <= _known() and len(words) == len(block.split())

    bits = _chosen_bits(len(core))
    if listed:
        bits = offered_bits(len(distinct))
    elif core.isdecimal():
        bits = min(bits, len(core) * math.log2(10))

    reasons = []
    if len(distinct) < FEWEST_WORDS and len(core) < ENOUGH_CHARACTERS:
        reasons.append(Reason.TOO_SHORT)
    if block != text or len(distinct) < len(words) or "repeat" in runs:
        reasons.append(Reason.REPEATS)
    if "sequence" in runs:
        reasons.append(Reason.SEQUENCE)
    if core.isdecimal():
        reasons.append(Reason.ONLY_DIGITS)
    if listed:
        reasons.append(Reason.LISTED_WORDS)
    return Strength(bits=bits, verdict=_verdict(bits, reasons), reasons=tuple(reasons))


def _verdict(bits: float, reasons: list[Reason]) -> Verdict:
    if Reason.TOO_SHORT in reasons or Reason.ONLY_DIGITS in reasons:
        return Verdict.WEAK
    return Verdict.STRONG if bits >= STRONG_BITS else Verdict.FAIR


def _chosen_bits(length: int) -> float:
    """Guessing entropy of a text that a person chose: NIST SP 800-63 (2006), appendix A.

    4 bits for the first character, 2 for each of the next seven, 1.5 up to the twentieth, then 1.
    """
    return (
        4.0 * min(length, 1)
        + 2.0 * max(0, min(length, 8) - 1)
        + 1.5 * max(0, min(length, 20) - 8)
        + 1.0 * max(0, length - 20)
    )


def _shortest_block(text: str) -> str:
    """`horsehorsehorse` gives `horse`: repeating adds length, not strength."""
    period = (text + text).find(text, 1)
    return text[:period] if text else text


def _without_runs(text: str) -> tuple[str, frozenset[str]]:
    """The text with `aaaa`, `abcd` and `4321` cut to two characters, and the kinds of runs met."""
    kept: list[str] = []
    met: set[str] = set()
    start = 0
    while start < len(text):
        end = start + 1
        step = ord(text[end]) - ord(text[start]) if end < len(text) else 2
        if step in {-1, 0, 1}:
            while end < len(text) and ord(text[end]) - ord(text[end - 1]) == step:
                end += 1
        if end - start >= (_SHORTEST_SEQUENCE if step else _SHORTEST_REPEAT):
            met.add("sequence" if step else "repeat")
            kept.append(text[start : start + 2])
        else:
            end = start + 1
            kept.append(text[start])
        start = end
    return "".join(kept), frozenset(met)
