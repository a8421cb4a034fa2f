"""Fields of a record as they are typed on a command line: `--set field=value` and JSON files.

title=…                 words, in the record's language; title@ar=… in another one
urgency=standard        the key of a term; a list field is given once for each entry
period=2025-09-18       a day, month or year, two of them as A/B, unknown, or words
period=persian:1403-07-12  the same in a calendar, by its key; "about March 2025", "before 2020"
country=…               a place as written; state_concerned=REF a record by reference
victim_count=15-25      amount=1200.50 USD       new_legislation=yes
field=                  empties the field
field:=JSON             any value, as the formats write it
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from app import store, strictjson, termlists
from app.calendars import outcome
from app.calendars import window as calendars
from app.calendars.entered import Entered
from app.errors import Invalid, NotFound
from app.records import FieldSpec, FuzzyDate, FuzzyRange, Record, Shape
from app.records.ids import is_record_id
from app.records.kinds import Elsewhere
from app.records.members import LISTS, Member, members
from app.records.reading import Reading
from app.records.values import Count, LText, MoneyAmount, PlaceRef, TermRef
from app.strictjson import Json
from app.vault import Vault

R = TypeVar("R", bound=Record)

_SETTING: Final = re.compile(r"(?P<name>[a-z_]+)(@(?P<lang>[\w-]+))?(?P<how>:?=)(?P<text>.*)", re.S)
_CEILING: Final = 1024**2
_FLAGS: Final = {"yes": True, "true": True, "no": False, "false": False}
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_COUNT: Final = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?", re.ASCII)
_MONEY: Final = re.compile(r"(\d+(?:\.\d+)?) ?([A-Z]{3})", re.ASCII)
_IGNORED: Final = frozenset({"type", "schema_version"})
_STAMPED: Final = frozenset({"id", "short_ref", "created_at", "updated_at"})


def with_settings(vault: Vault, record: R, settings: Sequence[str]) -> R:
    """The record with these fields set, in order. Raises Invalid, NotFound, MalformedRecord."""
    values: dict[str, object] = {}
    for setting in settings:
        parts = _SETTING.fullmatch(setting)
        if parts is None:
            raise Invalid(problems=(f"{setting}: not_a_setting",))
        member = _member(record, parts["name"])
        name = member.name
        if parts["how"] == ":=":
            values[name] = _from_json(record, member, _parsed(parts["text"]))
        elif not parts["text"]:
            values[name] = member.default
        else:
            language = parts["lang"] or str(values.get("language", record.language))
            value = _Typed(vault=vault, name=name, spec=member.spec, language=language)
            read = value.read(parts["text"])
            if member.spec.shape in LISTS:
                before = values.get(name)
                values[name] = (*before, read) if isinstance(before, tuple) else (read,)
            else:
                values[name] = read
    return _replaced(record, values)


def with_members(record: R, data: bytes) -> R:
    """The record with the members of a JSON object, in the shape of the formats.

    What a file that was exported here says of its own identity is left aside, so that it can be
    taken as a form. Raises MalformedJson, MalformedRecord, Invalid.
    """
    found = strictjson.parse(data, _CEILING)
    given = Reading(kind=record.kind.value).object_of(found, "")
    values = {
        name: _from_json(record, _member(record, name), value)
        for name, value in given.items()
        if name not in _IGNORED | _STAMPED
    }
    return _replaced(record, values)


def _replaced(record: R, values: dict[str, object]) -> R:
    return replace(record, **values)  # type: ignore[arg-type]  # read by spec, member by member


def _member(record: Record, name: str) -> Member:
    found = next((each for each in members(type(record)) if each.name == name), None)
    if found is None:
        raise Invalid(problems=(f"{name}: unknown_field",))
    if not found.spec.editable or found.default is dataclasses.MISSING:
        raise Invalid(problems=(f"{name}: not_editable",))
    return found


def _parsed(text: str) -> Json:
    return strictjson.parse(text.encode("utf-8", "surrogateescape"), _CEILING)


def _from_json(record: Record, member: Member, value: Json) -> object:
    return Reading(kind=record.kind.value).value(member.spec, value, member.name)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """One value typed for a field of the record."""

    vault: Vault
    name: str
    spec: FieldSpec
    language: str

    def read(self, text: str) -> object:
        match self.spec.shape:
            case Shape.LTEXT | Shape.LONG:
                return LText.of(text, "" if self.language == "und" else self.language)
            case Shape.TERM | Shape.TERMS:
                return self._term(text)
            case Shape.FLAG:
                return self._plain(_FLAGS.get(text.casefold(), text))
            case Shape.INTEGER:
                return self._plain(int(text) if re.fullmatch(r"-?\d{1,18}", text) else text)
            case Shape.REF | Shape.REFS:
                return self._reference(text)
            case Shape.DATE | Shape.DATES:
                return self._date(text)
            case Shape.RANGE:
                return self._range(text)
            case Shape.COUNT:
                return self._count(text)
            case Shape.PLACE:
                return PlaceRef(as_written=LText.of(text, self.language))
            case Shape.MONEY:
                return self._money(text)
            case Shape.BLOCK | Shape.BLOCKS:
                raise self._invalid("needs_json")
            case _:
                return self._plain(text)

    def _plain(self, value: Json) -> object:
        """What JSON has a form for: read as the codec reads it."""
        single = replace(self.spec, shape=Shape.TEXT) if self.spec.shape in LISTS else self.spec
        return Reading(kind="").value(single, value, self.name)

    def _invalid(self, code: str) -> Invalid:
        return Invalid(problems=(f"{self.name}: {code}",))

    def _term(self, text: str) -> TermRef:
        """`key`, or `key: words` where the key stands for something else."""
        key, _, words = text.removeprefix(f"{self.spec.vocabulary}:").partition(":")
        if not termlists.get(self.spec.vocabulary).can_choose(key.strip()):
            raise self._invalid("unknown_term")
        return TermRef(list=self.spec.vocabulary, key=key.strip(), other_text=words.strip())

    def _reference(self, text: str) -> str:
        try:
            found = store.find(self.vault, text)
        except NotFound:
            elsewhere = any(isinstance(each, Elsewhere) for each in self.spec.targets)
            if elsewhere and is_record_id(text):
                return text
            raise
        if found.kind not in self.spec.targets:
            raise self._invalid("wrong_kind")
        return found.id

    def _range(self, text: str) -> FuzzyRange:
        start, slash, end = text.partition("/")
        if slash and _DATE.fullmatch(start) and _DATE.fullmatch(end):
            return FuzzyRange(start=self._date(start), end=self._date(end))
        return FuzzyRange(start=self._date(text))

    def _date(self, text: str) -> FuzzyDate:
        """A date in the calendar named before a colon, the Gregorian one without; other words are
        kept as they are. What can be two days, and what is none, is refused."""
        calendar, colon, rest = text.partition(":")
        if not colon or calendar not in calendars.offered():
            calendar, rest = calendars.GREGORIAN, text
        language = "" if self.language == "und" else self.language
        entered = Entered(text=rest.strip(), calendar=calendar, language=language)
        match entered.outcome():
            case outcome.Ambiguous():
                raise self._invalid("two_days")
            case outcome.Refused() as refused:
                raise self._invalid(refused.why.value)
            case outcome.Reading(precision="unknown"):
                return FuzzyDate.unknown_date()
        return entered.date(None) or FuzzyDate.unknown_date()

    def _count(self, text: str) -> Count:
        parts = _COUNT.fullmatch(text)
        if parts is None:
            raise self._invalid("not_a_count")
        least = int(parts[1])
        most = int(parts[2]) if parts[2] else least
        return Count(min=least, max=most, exact=parts[2] is None)

    def _money(self, text: str) -> MoneyAmount:
        parts = _MONEY.fullmatch(text)
        if parts is None:
            raise self._invalid("not_an_amount")
        return MoneyAmount(amount=parts[1], currency=parts[2])
