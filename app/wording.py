"""A field's value in plain words of one language: for lists, documents and the bundle's leaflet.

What people wrote is given as they wrote it; only labels, terms and answers are translated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.clock import stamp
from app.i18n import Texts
from app.records.choices import Choice
from app.records.dates import FuzzyDate, FuzzyRange
from app.records.spec import FieldSpec, Section, Shaped, specs
from app.records.values import Count, LText, MoneyAmount, PersonName, PlaceRef, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One field said: its label, its words, and the language the words are in ("" not known)."""

    label: str
    words: str
    lang: str = ""


def fields(value: Shaped, texts: Texts) -> Iterator[Said]:
    """Every field of a record or block that holds something: its own first, the envelope last.

    References and what the program stamps are left out: they are not words.
    """
    in_order = sorted(specs(type(value)), key=lambda each: each[1].section is Section.RECORD)
    for name, spec in in_order:
        if spec.local or not spec.editable:
            continue
        held = getattr(value, name)
        words = said(held, spec, texts)
        if words:
            yield Said(label=texts.gettext(spec.label), words=words, lang=_lang(held))


def said(held: object, spec: FieldSpec, texts: Texts) -> str:
    """A value in words; "" where nothing is said, and for references."""
    match held:
        case None | "" | ():
            return ""
        case bool():
            return texts.gettext(spec.label) if held else ""
        case Choice():
            return "" if held.value in {"not_asked", "auto"} else texts.gettext(held.label)
        case str():
            return "" if spec.targets else held
        case int():
            return str(held)
        case datetime():
            return stamp(held)
        case date():
            return held.isoformat()
        case tuple():
            parts = [said(each, spec, texts) for each in held]
            return "; ".join(part for part in parts if part)
        case Shaped():
            return _value(held, texts)
    return ""


def _value(held: Shaped, texts: Texts) -> str:
    match held:
        case LText():
            return held.text
        case TermRef():
            return term(held, texts)
        case FuzzyDate():
            return when(held, texts)
        case FuzzyRange():
            return period(held, texts)
        case PersonName():
            return held.full
        case Count():
            return _count(held)
        case PlaceRef():
            return held.as_written.text
        case MoneyAmount():
            return " ".join(part for part in (held.amount, held.currency, held.on) if part)
    inner = [f"{each.label}: {each.words}" for each in fields(held, texts)]
    return "; ".join(inner)


def term(held: TermRef, texts: Texts) -> str:
    """A term's label, with the free text that stands beside it."""
    label = texts.term(held.list, held.key)
    return f"{label} ({held.other_text})" if held.other_text else label


def when(held: FuzzyDate, texts: Texts) -> str:
    """A date as it was given, with the Gregorian reading where that says more."""
    written = held.original_text or held.edtf
    if not written and held.earliest is None:
        return texts.gettext("not known")
    bounds = _bounds(held)
    shown = written or bounds
    if bounds and bounds not in shown:
        shown = f"{shown} ({bounds})"
    if held.time_of_day and held.time_of_day not in shown:
        shown = f"{shown} {held.time_of_day}"
    return shown


def period(held: FuzzyRange, texts: Texts) -> str:
    """From when to when."""
    start = when(held.start, texts) if held.start else ""
    end = when(held.end, texts) if held.end else ""
    if held.ongoing:
        end = texts.gettext("still going on")
    return " – ".join(part for part in (start, end) if part)


def _bounds(held: FuzzyDate) -> str:
    days = [day.isoformat() for day in (held.earliest, held.latest) if day is not None]
    return days[0] if len(set(days)) == 1 else " – ".join(days)


def _count(held: Count) -> str:
    least, most = held.min, held.max
    if least is not None and most is not None:
        return str(least) if least == most else f"{least}–{most}"
    if least is not None:
        return f"≥ {least}"
    return f"≤ {most}" if most is not None else ""


def _lang(held: object) -> str:
    return held.lang if isinstance(held, LText | PersonName | FuzzyDate) else ""
