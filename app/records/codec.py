"""Records to JSON and back, from the specs alone, in two parts.

The *body* is what travels: `type`, `schema_version` and every member that is not local. The
*local* part holds what stays on this device (M-11). Both are canonical JSON, so that equal records
have equal bytes and a hash of them means something.

A member is left out when it holds its empty default (nothing, an empty text or list, false).
Members of a newer version are kept and written back as they were, at every level. A term keeps
its key whether or not it is known here; closed choices and types are enforced.

Times: `2026-11-24T22:58:30Z`. Days: `2026-11-24`. Terms: {"list", "key", "other_text"}.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, TypeVar, cast

from app import strictjson
from app.records.choices import Choice
from app.records.members import LISTS, members
from app.records.reading import Reading, kept
from app.records.record import SCHEMA_VERSION, Record
from app.records.spec import FieldSpec, Shaped, UnknownMember
from app.strictjson import Json

BODY_CEILING: Final = 16 << 20
"""Bytes of one body, or of one local part."""

_TYPE: Final = "type"

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A record as canonical JSON: what travels, and what stays (`{}` when nothing does)."""

    body: bytes
    local: bytes


def encode(record: Record) -> Encoded:
    """The two parts of a record. Raises MalformedJson for a text that UTF-8 cannot carry."""
    body: dict[str, Json] = {_TYPE: record.kind.value}
    local: dict[str, Json] = {}
    for member in members(type(record)):
        value = getattr(record, member.name)
        if not member.is_left_out(value):
            (local if member.spec.local else body)[member.name] = _write(member.spec, value)
    _write_unknown(body, record.unknown)
    _write_unknown(local, record.unknown_local)
    return Encoded(body=strictjson.canonical(body), local=strictjson.canonical(local))


def decode(kind: type[R], body: bytes, local: bytes = b"{}") -> R:
    """The record of this kind in these two parts.

    Raises MalformedJson (see strictjson.parse) and MalformedRecord with one of the reasons:
    not_an_object, wrong_kind, missing, local_member, not_a_text, not_a_flag, not_an_integer,
    not_a_list, not_an_identifier, not_a_digest, not_a_day, not_an_instant, wrong_list,
    unknown_choice, bad_version.
    """
    reading = Reading(kind=kind.kind.value)
    travelled = reading.object_of(strictjson.parse(body, BODY_CEILING), "")
    stayed = reading.object_of(strictjson.parse(local, BODY_CEILING), "")
    if travelled.pop(_TYPE, None) != kind.kind.value:
        reading.refuse(_TYPE, "wrong_kind")
    arguments: dict[str, object] = {}
    for member in members(kind):
        part, other = (stayed, travelled) if member.spec.local else (travelled, stayed)
        if member.name in other:
            # a sender must not be able to write into what only this device knows
            reading.refuse(member.name, "local_member")
        if member.name in part:
            value = reading.value(member.spec, part.pop(member.name), member.name)
            arguments[member.name] = value
        elif member.spec.stamped:
            reading.refuse(member.name, "missing")
    if cast("int", arguments.get("schema_version", 0)) < SCHEMA_VERSION:
        reading.refuse("schema_version", "bad_version")
    arguments["unknown"] = kept(travelled)
    arguments["unknown_local"] = kept(stayed)
    return kind(**arguments)  # type: ignore[arg-type]  # read by spec, member by member


def _write_unknown(to: dict[str, Json], unknown: tuple[UnknownMember, ...]) -> None:
    for member in unknown:
        to[member.name] = strictjson.parse(member.json.encode("utf-8"), BODY_CEILING)


def _write(spec: FieldSpec, value: object) -> Json:
    if spec.shape in LISTS:
        return [_write_one(item) for item in cast("tuple[object, ...]", value)]
    return _write_one(value)


def _write_one(value: object) -> Json:
    match value:
        case Choice():
            return value.value
        case bool() | int() | str():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Shaped():
            written: dict[str, Json] = {}
            for member in members(type(value)):
                inner = getattr(value, member.name)
                if not member.is_left_out(inner):
                    written[member.name] = _write(member.spec, inner)
            _write_unknown(written, value.unknown)
            return written
        case _:
            raise TypeError(type(value).__name__)
