"""Which characters do not show, or change how others show: controls, bidi, joiners, fillers.

Joiners and selectors that spelling needs (Persian, the scripts of India, Mongolian, emoji) are let
pass where they do show, after IDNA's rule for joiners (RFC 5892 A.1, A.2); anywhere else they would
make two names that look the same.
"""

from __future__ import annotations

import unicodedata

_NON_JOINER = "\u200c"
_JOINER = "\u200d"
_TEXT_STYLE, _EMOJI_STYLE = "\ufe0e", "\ufe0f"
_VIRAMA = 9
"""Canonical combining class of the virama."""

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# marks and letters by their class, yet nothing is drawn for them (default ignorable, or blank)
_HIDDEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# format characters that are drawn: they enclose the digits that follow
_DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd")
_MONGOLIAN = frozenset("\u180b\u180c\u180d\u180e\u180f")

# Arabic letters that do not join to the next one: a non-joiner after them shows nothing
_JOINS_NOT_ONWARD = frozenset(
    "ءآأؤإاةدذرزوٱٲٳٵٶٷ"
    + "".join(map(chr, range(0x0688, 0x069A)))
    + "ۀ"
    + "".join(map(chr, range(0x06C3, 0x06CC)))
    + "ۍۏےۓەۮۯ"
)


def is_unseen(text: str, at: int) -> bool:
    """Whether the character at this place does not show there, or turns the text around it."""
    char = text[at]
    code = ord(char)
    if char in _DRAWN:
        return False
    if char in {_NON_JOINER, _JOINER}:
        return not _joiner_shows(text, at)
    if char in {_TEXT_STYLE, _EMOJI_STYLE}:
        return not (at > 0 and _is_pictograph(text[at - 1]))
    if char in _MONGOLIAN:
        return not (at > 0 and 0x1820 <= ord(text[at - 1]) <= 0x18AA)
    return (
        unicodedata.category(char) in _HIDDEN_CATEGORIES
        or char in _HIDDEN
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0000 <= code <= 0xE0FFF
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
    )


def _joiner_shows(text: str, at: int) -> bool:
    if at == 0:
        return False
    before = text[at - 1]
    after = text[at + 1] if at + 1 < len(text) else ""
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if text[at] == _NON_JOINER:
        return _is_arabic(before) and before not in _JOINS_NOT_ONWARD and _is_arabic(after)
    picture = before in {_TEXT_STYLE, _EMOJI_STYLE} or _is_pictograph(before)
    return picture and _is_pictograph(after)


def _is_arabic(char: str) -> bool:
    return bool(char) and 0x0620 <= ord(char) <= 0x06D5 and unicodedata.category(char) == "Lo"


def _is_pictograph(char: str) -> bool:
    return bool(char) and (unicodedata.category(char) == "So" or 0x1F3FB <= ord(char) <= 0x1F3FF)
