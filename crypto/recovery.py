"""Recovery phrases: 128 random bits as twelve words of BIP-39, the last of which holds a checksum.

A phrase opens a slot as a passphrase does, through the same Argon2id: BIP-39's own stretching
(PBKDF2, 2,048 rounds) is not used. Words are read in any list that BIP-39 has, without regard to
case, accents or spaces; what is stretched is the one spelling of `canonical`.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Final

from mnemonic import Mnemonic

from crypto.errors import UnusablePhrase

WORDS: Final = 12
_ENTROPY_BYTES: Final = 16
_LONGEST_TEXT: Final = 1024
_ACCENTS: Final = "\u0300", "\u036f"  # not the voicing marks of Japanese: they tell words apart


class WordList(StrEnum):
    """The languages in which BIP-39 has words."""

    ENGLISH = "english"
    FRENCH = "french"
    SPANISH = "spanish"
    ITALIAN = "italian"
    PORTUGUESE = "portuguese"
    CZECH = "czech"
    RUSSIAN = "russian"
    TURKISH = "turkish"
    JAPANESE = "japanese"
    KOREAN = "korean"
    CHINESE_SIMPLIFIED = "chinese_simplified"
    CHINESE_TRADITIONAL = "chinese_traditional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """How far a phrase is that somebody types. `unknown`: numbers (from 1) of words in no list."""

    words: int
    unknown: tuple[int, ...]
    is_whole: bool
    """Twelve words of one list whose checksum is right."""

    @property
    def has_wrong_checksum(self) -> bool:
        """Twelve known words, but one of them is another than it was, or two changed places."""
        return self.words == WORDS and not self.unknown and not self.is_whole


def new_phrase(words: WordList = WordList.ENGLISH) -> str:
    """Twelve new words drawn by the system's generator, spaces between."""
    content = secrets.token_bytes(_ENTROPY_BYTES)
    number = int.from_bytes(content, "big") << 4 | _checksum(content)
    listed = _words(words)
    return " ".join(listed[number >> (11 * at) & 2047] for at in reversed(range(WORDS)))


def canonical(text: str) -> str:
    """The one spelling of a whole phrase: words of the list as it has them (NFC), one space.

    Raises UnusablePhrase with the rule "words" (not twelve), "unknown" or "checksum".
    """
    typed = _split(text)
    if len(typed) != WORDS:
        raise UnusablePhrase("words", 0)
    found = False
    for language in WordList:
        known = _index(language)
        numbers = [known.get(word) for word in typed]
        whole = [number for number in numbers if number is not None]
        if len(whole) < WORDS:
            continue
        found = True
        if _is_right(whole):
            listed = _words(language)
            return " ".join(listed[number] for number in whole)
    if found:
        raise UnusablePhrase("checksum", 0)
    raise UnusablePhrase("unknown", next(iter(_unknown(typed)), 0))


def look(text: str) -> Typed:
    """How far what is being typed is from a whole phrase."""
    typed = _split(text)
    try:
        canonical(text)
    except UnusablePhrase:
        whole = False
    else:
        whole = True
    return Typed(words=len(typed), unknown=_unknown(typed), is_whole=whole)


def _unknown(typed: list[str]) -> tuple[int, ...]:
    """Numbers of the words that are not in the list in which most of them are."""
    best = max((_index(language) for language in WordList), key=lambda each: _hits(each, typed))
    return tuple(at for at, word in enumerate(typed, 1) if word not in best)


def _hits(known: dict[str, int], typed: list[str]) -> int:
    return sum(word in known for word in typed)


def _split(text: str) -> list[str]:
    if len(text) > _LONGEST_TEXT:
        return []
    return [_folded(word) for word in text.split()]


def _folded(word: str) -> str:
    """A word without case and accents. No list has two words that differ by these alone."""
    plain = unicodedata.normalize("NFKD", word.casefold()).replace("ı", "i")
    return "".join(sign for sign in plain if not _ACCENTS[0] <= sign <= _ACCENTS[1])


def _is_right(numbers: list[int]) -> bool:
    number = 0
    for each in numbers:
        number = number << 11 | each
    content = (number >> 4).to_bytes(_ENTROPY_BYTES, "big")
    return number & 15 == _checksum(content)


def _checksum(content: bytes) -> int:
    return sha256(content).digest()[0] >> 4


@cache
def _words(language: WordList) -> tuple[str, ...]:
    listed = Mnemonic(language.value).wordlist
    return tuple(unicodedata.normalize("NFC", word) for word in listed)


@cache
def _index(language: WordList) -> dict[str, int]:
    return {_folded(word): number for number, word in enumerate(_words(language))}
