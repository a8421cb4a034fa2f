"""Text from outside: made harmless to look at, and names checked before anything is stored.

A name can lie: U+202E shows `annexe\\u202egpj.exe` as `annexeexe.jpg`, a zero-width space makes two
names of one. Rules: design of the hostile bundle, "names (storage)" and "names (display)".
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from app.errors import UnsafeName
from app.unseen import is_unseen

FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"

LONGEST_NAME = 255
"""Bytes of UTF-8 in one part of a path."""
LONGEST_PATH = 1024
"""Bytes of UTF-8 in a whole path."""
DEEPEST_PATH = 8

_MOST_MARKS = 8
_MARKS = {"Mn", "Me"}
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)
_FORBIDDEN = frozenset('\\/:*?"<>|')


class NameFlaw(StrEnum):
    """Why a name is refused."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    NOT_TEXT = "not_text"
    NOT_COMPOSED = "not_composed"
    DOTS = "dots"
    ABSOLUTE = "absolute"
    FORBIDDEN_CHARACTER = "forbidden_character"
    CONTROL_CHARACTER = "control_character"
    BAD_END = "bad_end"
    RESERVED = "reserved"


def escaped(text: str) -> str:
    """The text on one line with everything unseen shown as `[U+202E]`. For terminals and logs."""
    return _escape(text, kept=frozenset())


def visible(text: str) -> str:
    """`escaped`, and isolated: it cannot change the direction of what stands around it."""
    return isolated(escaped(text))


def visible_text(text: str) -> str:
    """Text of several lines, isolated line by line: line ends and tabs stay, the rest is shown."""
    plain = text.replace("\r\n", "\n")
    return "\n".join(isolated(_escape(line, kept=frozenset("\t"))) for line in plain.split("\n"))


def isolated(text: str) -> str:
    """The text between FSI and PDI (UAX #9). It must hold no bidi control of its own."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def _escape(text: str, kept: frozenset[str]) -> str:
    out: list[str] = []
    marks = 0
    for at, char in enumerate(text):
        marks = marks + 1 if unicodedata.category(char) in _MARKS else 0
        if char in kept:
            out.append(char)
        elif marks > _MOST_MARKS or is_unseen(text, at):
            # a tower of accents covers the lines above it, so past eight they are spelled out
            out.append(f"[U+{ord(char):04X}]")
        else:
            out.append(char)
    return "".join(out)


def check_name(name: str) -> None:
    """Refuse a file or folder name that is not safe on every system. Raises UnsafeName."""
    flaw = _flaw(name)
    if flaw is not None:
        raise UnsafeName(name, flaw.value)


def check_path(path: str) -> None:
    """Refuse a relative path, its parts joined by `/`, that is not safe. Raises UnsafeName."""
    if not path:
        raise UnsafeName(path, NameFlaw.EMPTY.value)
    if path.startswith("/"):
        raise UnsafeName(path, NameFlaw.ABSOLUTE.value)
    parts = path.split("/")
    for part in parts:
        check_name(part)
    if len(parts) > DEEPEST_PATH:
        raise UnsafeName(path, NameFlaw.TOO_DEEP.value)
    if len(path.encode()) > LONGEST_PATH:
        raise UnsafeName(path, NameFlaw.TOO_LONG.value)


def same_name_key(name: str) -> str:
    """Names with one key are one file on some system: NFC and case folding (macOS, Windows)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def safe_name(name: str) -> str:
    """A name that `check_name` accepts, as near to this one as can be. Never raises.

    For copies that leave the vault; two names can give one, so the caller keeps them apart.
    """
    text = name.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", text)
    text = "".join(
        "_" if char in _FORBIDDEN or is_unseen(text, at) else char for at, char in enumerate(text)
    )
    text = _shortened(_trimmed(text))
    if _RESERVED.match(text):
        text = _shortened(f"_{text}")
    return text or "_"


def stored_name(name: str) -> str:
    """A file's name as text that can be kept: bytes that were no UTF-8 stand as `\\udcXX`.

    Old disks and archives have such names, and their files are evidence all the same.
    """
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def mixed_scripts(text: str) -> bool:
    """Whether one word mixes scripts that can be taken for each other: Latin and Cyrillic `pаypal`.

    Han, kana, Hangul and Bopomofo are written together, also with Latin letters in one word.
    """
    composed = unicodedata.normalize("NFC", text)
    words = "".join(char if _is_written(char) else " " for char in composed).split()
    return any(_is_mixed(word) for word in words)


def _is_written(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"


def _is_mixed(word: str) -> bool:
    scripts = {_script(char) for char in word} - {None}
    return len(scripts) > 1 and scripts != {"LATIN", "CJK"}


def _script(char: str) -> str | None:
    """The first word of a letter's Unicode name, which is its script; None for shared signs."""
    first = unicodedata.name(char, "").partition(" ")[0].partition("-")[0]
    return None if first in _SHARED else _TOGETHER.get(first, first)


_SHARED = frozenset({"", "COMBINING", "FEMININE", "MASCULINE", "MODIFIER", "VARIATION", "ZERO"})
_TOGETHER = {
    "HIRAGANA": "CJK",
    "KATAKANA": "CJK",
    "HALFWIDTH": "CJK",
    "HANGUL": "CJK",
    "BOPOMOFO": "CJK",
    "IDEOGRAPHIC": "CJK",
    "MICRO": "GREEK",
    "OHM": "GREEK",
    "KELVIN": "LATIN",
    "ANGSTROM": "LATIN",
}


def _flaw(name: str) -> NameFlaw | None:
    if not name:
        return NameFlaw.EMPTY
    try:
        size = len(name.encode("utf-8"))
    except UnicodeEncodeError:
        # a lone surrogate: bytes that were not UTF-8
        return NameFlaw.NOT_TEXT
    checks = (
        (size > LONGEST_NAME, NameFlaw.TOO_LONG),
        (name in {".", ".."}, NameFlaw.DOTS),
        (not unicodedata.is_normalized("NFC", name), NameFlaw.NOT_COMPOSED),
        (any(unicodedata.category(char) == "Cc" for char in name), NameFlaw.CONTROL_CHARACTER),
        (any(char in _FORBIDDEN for char in name), NameFlaw.FORBIDDEN_CHARACTER),
        (name[-1] in " .", NameFlaw.BAD_END),
        (_RESERVED.match(name) is not None, NameFlaw.RESERVED),
    )
    return next((flaw for found, flaw in checks if found), None)


def _trimmed(text: str) -> str:
    return text.strip(" ").rstrip(" .")


def _shortened(text: str) -> str:
    """At most 255 bytes, whole characters, the ending kept (up to 16 bytes of it)."""
    if len(text.encode()) <= LONGEST_NAME:
        return text
    stem, dot, ending = text.rpartition(".")
    tail = f"{dot}{ending}" if stem and len(ending.encode()) < 16 else ""
    head = stem if tail else text
    room = LONGEST_NAME - len(tail.encode())
    cut = _trimmed(head.encode()[:room].decode("utf-8", "ignore"))
    return unicodedata.normalize("NFC", cut + tail)
