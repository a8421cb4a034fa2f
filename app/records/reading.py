"""Reads the values of one record from parsed JSON, strictly, and says where it stopped."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NoReturn

from app import strictjson
from app.errors import MalformedRecord
from app.records.choices import Choice
from app.records.ids import is_record_id
from app.records.members import LISTS, members, value_class
from app.records.spec import FieldSpec, Shape, Shaped, UnknownMember
from app.records.values import TermRef
from app.strictjson import Json

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The reading of one record of a kind (its code, for the errors)."""

    kind: str

    def refuse(self, path: str, reason: str) -> NoReturn:
        """Raise MalformedRecord for the member at this path."""
        raise MalformedRecord(self.kind, path, reason)

    def object_of(self, value: Json, path: str) -> dict[str, Json]:
        """A copy of a JSON object, to take members out of."""
        if not isinstance(value, dict):
            self.refuse(path, "not_an_object")
        return dict(value)

    def value(self, spec: FieldSpec, value: Json, path: str) -> object:
        """What a field holds. Raises MalformedRecord."""
        if spec.shape not in LISTS:
            return self._one(spec, value, path)
        if not isinstance(value, list):
            self.refuse(path, "not_a_list")
        return tuple(self._one(spec, item, f"{path}[{at}]") for at, item in enumerate(value))

    def _one(self, spec: FieldSpec, value: Json, path: str) -> object:
        match spec.shape:
            case Shape.TEXT | Shape.TEXTS:
                return self._text(value, path)
            case Shape.FLAG:
                if not isinstance(value, bool):
                    self.refuse(path, "not_a_flag")
                return value
            case Shape.INTEGER:
                if not isinstance(value, int) or isinstance(value, bool):
                    self.refuse(path, "not_an_integer")
                return value
            case Shape.REF | Shape.REFS:
                return self._text_that(is_record_id, value, path, "not_an_identifier")
            case Shape.DIGEST:
                return self._text_that(_is_digest, value, path, "not_a_digest")
            case Shape.DAY:
                return self._day(value, path)
            case Shape.INSTANT:
                return self._instant(value, path)
            case Shape.CHOICE:
                return self._choice(spec, value, path)
            case _:
                return self._shaped(spec, value, path)

    def _text(self, value: Json, path: str) -> str:
        if not isinstance(value, str):
            self.refuse(path, "not_a_text")
        return value

    def _text_that(
        self, has_the_form: Callable[[str], bool], value: Json, path: str, reason: str
    ) -> str:
        if not isinstance(value, str) or not has_the_form(value):
            self.refuse(path, reason)
        return value

    def _day(self, value: Json, path: str) -> date:
        text = self._text_that(_is_day, value, path, "not_a_day")
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(path, "not_a_day")

    def _instant(self, value: Json, path: str) -> datetime:
        text = self._text_that(_is_instant, value, path, "not_an_instant")
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            self.refuse(path, "not_an_instant")

    def _choice(self, spec: FieldSpec, value: Json, path: str) -> Choice:
        code = self._text(value, path)
        found = next((each for each in spec.choices or () if each.value == code), None)
        if found is None:
            self.refuse(path, "unknown_choice")
        return found

    def _shaped(self, spec: FieldSpec, value: Json, path: str) -> Shaped:
        kind = value_class(spec)
        rest = self.object_of(value, path)
        arguments: dict[str, object] = {
            member.name: self.value(member.spec, rest.pop(member.name), f"{path}.{member.name}")
            for member in members(kind)
            if member.name in rest
        }
        read = kind(unknown=kept(rest), **arguments)
        if isinstance(read, TermRef):
            self._check_term(spec, read, path)
        return read

    def _check_term(self, spec: FieldSpec, term: TermRef, path: str) -> None:
        """The list has to be the field's own; the key may be one of a newer version."""
        if term.list != spec.vocabulary:
            self.refuse(path, "wrong_list")
        if not term.key:
            self.refuse(path, "missing")


def kept(rest: dict[str, Json]) -> tuple[UnknownMember, ...]:
    """What no field took, to be written back unchanged."""
    return tuple(
        UnknownMember(name=name, json=strictjson.canonical(rest[name]).decode("utf-8"))
        for name in sorted(rest)
    )


def _is_digest(text: str) -> bool:
    return _DIGEST.fullmatch(text) is not None


def _is_day(text: str) -> bool:
    return _DAY.fullmatch(text) is not None


def _is_instant(text: str) -> bool:
    return _INSTANT.fullmatch(text) is not None
