"""Text that looks like a number or address by which somebody is found (M-03). Warns, never blocks.

Digits of every script count, and full-width letters. What is found may be wrong both ways: a date
or the symbol of a UN document is left out on purpose, a number cut in two is not seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.i18n import N_
from app.records import FieldSpec, LText, Record, Sensitivity, Shape
from app.records.ids import RecordId
from app.records.walk import walk


class Likeness(StrEnum):
    """What a text looks like."""

    EMAIL = "email"
    IBAN = "iban"
    COORDINATES = "coordinates"
    TELEPHONE = "telephone"
    IDENTITY = "identity"


WORDS: Final = {
    Likeness.EMAIL: N_("an e-mail address"),
    Likeness.IBAN: N_("a bank account"),
    Likeness.COORDINATES: N_("coordinates of a place"),
    Likeness.TELEPHONE: N_("a telephone number"),
    Likeness.IDENTITY: N_("the number of an identity document"),
}
"""English source texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A likeness and where it stands in the text, in characters."""

    likeness: Likeness
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundIn:
    """A likeness in a field of a record: `label` is the English source text of the field."""

    record: RecordId
    field: str
    label: str
    likeness: Likeness
    text: str


_EMAIL: Final = re.compile(
    r"[^\s@<>()\[\]:;,\"]{1,64}@[^\s@<>()\[\]:;,\"]{1,200}\.[^\s@.\W\d_]{2,24}"
)
_IBAN: Final = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]){11,30}(?![A-Z0-9])")
_PAIR: Final = re.compile(
    r"(?<![\d.])([+-]?\d{1,3}\.\d{3,10})°?\s{0,3}[NSns]?\s{0,3}[,;/ ]\s{0,3}"
    r"([+-]?\d{1,3}\.\d{3,10})(?![\d])"
)
_DEGREES: Final = re.compile(r"\d{1,3}\s?°\s?\d{1,2}(?:\.\d{1,6})?\s?['′’]")
_DATE: Final = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}\s?[-–/]\s?\d{4}"
    r"|\d{1,2}:\d{2}(?::\d{2})?)(?!\d)"
)
_NUMBER: Final = re.compile(r"(?<![\w.])\+?\(?\d(?:[ ().\-–/]{0,2}\d){7,21}X?(?!\w)")
_DOCUMENT: Final = re.compile(r"(?<![A-Za-z0-9/])[A-Z]{1,3}[ -]?\d{6,10}(?![A-Za-z0-9/])")
_GROUPED: Final = re.compile(r"[ ().\-–/]")
_LONGEST_PHONE: Final = 15
BESIDE: Final = 20_000
_PLAIN: Final = {"٫": ".", "،": ",", "٬": ",", "‐": "-", "‑": "-", "−": "-", "＋": "+"}


def findings(text: str) -> tuple[Finding, ...]:
    """What a text looks like, in the order of the text; nothing is found twice."""
    plain = "".join(_plain(each) for each in text)
    taken = [match.span() for match in _DATE.finditer(plain)]
    found: list[Finding] = []
    for likeness, start, end in _matches(plain):
        if all(end <= left or start >= right for left, right in taken):
            taken.append((start, end))
            found.append(Finding(likeness=likeness, start=start, end=end))
    return tuple(sorted(found, key=lambda each: each.start))


def beside(spec: FieldSpec, value: object) -> tuple[Likeness, ...]:
    """What the value of one field looks like while it is typed, each likeness once.

    Of a long account only the first BESIDE characters are looked through; sealing looks at all.
    """
    text = _text(spec, spec.sensitivity, value)
    if text is None:
        return ()
    return tuple(dict.fromkeys(each.likeness for each in findings(text[:BESIDE])))


def in_records(records: Iterable[Record]) -> tuple[FoundIn, ...]:
    """What the texts that people wrote in these records look like, field by field."""
    return tuple(each for record in records for each in _in_record(record))


def _in_record(record: Record) -> Iterator[FoundIn]:
    for found in walk(record):
        text = _text(found.spec, found.sensitivity, found.value)
        if text is None:
            continue
        for each in findings(text):
            yield FoundIn(
                record=record.id,
                field=found.path,
                label=found.spec.label,
                likeness=each.likeness,
                text=text[each.start : each.end],
            )


def _text(spec: FieldSpec, sensitivity: Sensitivity, value: object) -> str | None:
    """What somebody wrote there; None where an address belongs, and for what nobody writes."""
    if sensitivity is Sensitivity.SEALED:
        return None
    if isinstance(value, LText):
        return value.text
    if isinstance(value, str) and spec.shape in {Shape.TEXT, Shape.TEXTS}:
        return None if spec.stamped or not spec.searchable or not spec.editable else value
    return None


def _plain(sign: str) -> str:
    """One sign for one sign, so that places in the text stay: ASCII digits, no full width."""
    if sign in _PLAIN:
        return _PLAIN[sign]
    if sign.isascii():
        return sign
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign


def _matches(plain: str) -> Iterator[tuple[Likeness, int, int]]:
    for match in _EMAIL.finditer(plain):
        yield Likeness.EMAIL, *match.span()
    for match in _IBAN.finditer(plain):
        if _is_iban(match.group()):
            yield Likeness.IBAN, *match.span()
    for match in _PAIR.finditer(plain):
        if abs(float(match.group(1))) <= 90 and abs(float(match.group(2))) <= 180:
            yield Likeness.COORDINATES, *match.span()
    for match in _DEGREES.finditer(plain):
        yield Likeness.COORDINATES, *match.span()
    for match in _NUMBER.finditer(plain):
        yield _number(match.group()), *match.span()
    for match in _DOCUMENT.finditer(plain):
        yield Likeness.IDENTITY, *match.span()


def _number(text: str) -> Likeness:
    digits = sum(each.isdigit() for each in text)
    called = text.startswith(("+", "0", "(")) or _GROUPED.search(text) is not None
    is_phone = called and digits <= _LONGEST_PHONE
    return Likeness.TELEPHONE if is_phone else Likeness.IDENTITY


def _is_iban(text: str) -> bool:
    """ISO 13616: moved and turned into digits, the remainder by 97 is 1."""
    signs = text.replace(" ", "")
    turned = "".join(str(int(each, 36)) for each in signs[4:] + signs[:4])
    return int(turned) % 97 == 1
