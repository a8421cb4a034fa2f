"""One spelling for what people write in several ways, so that a word is found however it is typed.

Applied alike to what is kept and to what is asked. Nothing is guessed: scripts are not converted
into one another, nor simplified characters into traditional ones (D-14); those are found where both
forms are stored.

| script | written alike |
|---|---|
| any | case, accents, width, digits of any script and 0-9, dashes, unseen characters left out |
| Latin | ß and ss, ı and i, ø and o, đ and d, ł and l, æ and ae; apostrophes left out |
| Arabic | ي ى ی, ك ک, ة ه ە ھ ہ, hamza carriers and their letters; tatweel, vowel signs left out |
| Cyrillic | ё and е; й stays |
| Tibetan | tsheg and shad; stacked letters whole or in parts; fixed forms |
| Thai, Lao | am in one sign or two, tone marks before it; marks stay |
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_PIECE_LETTERS: Final = 1024
"""Folded at a time: normalising takes quadratic time on a row of combining marks, and a megabyte of
them in one received record would keep the program busy for hours."""

_TSHEG: Final = "\u0f0b"
_NOTHING: Final = (
    "\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u2018\u2019\u201b\u2032\uff07'`\u00b4"
)
_QUOTES: Final = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02\u300c\u300d\u300e\u300f'
_UNSEEN: Final = "\u0640"  # tatweel; format characters are left out by their category

_BEFORE: Final = str.maketrans(dict.fromkeys(_NOTHING + _QUOTES + _UNSEEN, ""))

_ALIKE: Final = str.maketrans(
    {
        # Arabic script: Arabic, Persian, Urdu, Uyghur, Kurdish
        **dict.fromkeys("\u0649\u06cc\u06d2", "\u064a"),
        **dict.fromkeys("\u06a9\u06aa", "\u0643"),
        **dict.fromkeys("\u0629\u06d5\u06be\u06c1\u06c3", "\u0647"),
        "\u0671": "\u0627",
        # Latin letters that Unicode does not take apart
        "\u00f8": "o",
        "\u0111": "d",
        "\u0142": "l",
        "\u0127": "h",
        "\u0167": "t",
        "\u0131": "i",
        "\u00e6": "ae",
        "\u0153": "oe",
        # Tibetan: fixed forms, and what ends a syllable or a line
        "\u0f6a": "\u0f62",
        "\u0fba": "\u0fad",
        "\u0fbb": "\u0fb1",
        "\u0fbc": "\u0fb2",
        **dict.fromkeys("\u0f0c\u0f0d\u0f0e\u0f0f\u0f10\u0f11\u0f12\u0f14", _TSHEG),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
_BREVE: Final = "\u0306"
_SHORT_I: Final = frozenset("\u0438\u0418")
_AM_BEFORE_TONE: Final = re.compile("([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb])")
_SPACES: Final = re.compile("[ \\t\u00a0]+")
_TSHEGS: Final = re.compile(f"{_TSHEG}(?: ?{_TSHEG})+")


def folded(text: str) -> str:
    """The text in its one spelling, of about the same length; line ends stay."""
    joined = "".join(_folded(piece) for piece in pieces(text))
    return _TSHEGS.sub(_TSHEG, _SPACES.sub(" ", joined))


def pieces(text: str, letters: int = _PIECE_LETTERS) -> Iterator[str]:
    """The text in pieces, cut before a space where there is one: words stay whole."""
    at = 0
    while len(text) - at > letters:
        end = at + letters
        space = max(text.rfind(" ", at + 1, end), text.rfind("\n", at + 1, end))
        end = space if space > 0 else end
        yield text[at:end]
        at = end
    yield text[at:]


def _folded(piece: str) -> str:
    if piece.isascii():
        return _plain(piece.translate(_BEFORE)).casefold()
    spread = unicodedata.normalize("NFKD", piece.translate(_BEFORE))
    kept: list[str] = []
    for letter in spread:
        if letter == _BREVE and kept and kept[-1] in _SHORT_I:
            kept.append(letter)
        else:
            kept.append(_one(letter))
    text = unicodedata.normalize("NFC", "".join(kept).casefold().translate(_ALIKE))
    return _AM_BEFORE_TONE.sub(r"\2\1", text)


def _plain(piece: str) -> str:
    return piece if piece.isprintable() else "".join(_one(letter) for letter in piece)


@lru_cache(maxsize=8192)
def _one(letter: str) -> str:
    """A letter of a text that was taken apart: left out, a space, a digit, or as it is.

    Marks that carry a vowel of their own (Tibetan, Indic, Thai) stay: other combining classes.
    """
    if letter == "\n":
        return letter
    mark = unicodedata.combining(letter)
    category = unicodedata.category(letter)
    if mark >= 200 or 10 <= mark <= 36 or category == "Cf":
        return ""
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)
