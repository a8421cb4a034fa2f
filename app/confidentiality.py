"""Which fields and names of a record are stricter than the record itself, and do not leave with it.

Who seals a record decides that it may leave at its own level; what is marked as stricter than that
was not decided about. `c4_sealed` never leaves by being part of something else. A level that is
not known here counts as sealed, and so does a record that names a field nobody can find.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.i18n import window
from app.records import Record
from app.records.members import members
from app.records.spec import Shape
from app.records.values import TermRef

SEALED: Final = "c4_sealed"

_LEVELS: Final = {
    "c0_public": 0,
    "c1_partners": 1,
    "c2_organisation": 2,
    "c3_case_team": 3,
    SEALED: 4,
}
_STRICTEST: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Stricter:
    """Names of the fields of a record that are stricter than it, and of its members from a newer
    version. `astray`: the record names a field that is not to be found or cannot be left out."""

    fields: frozenset[str]
    astray: bool


def is_sealed(record: Record) -> bool:
    """Whether the record as a whole is sealed, or at a level that is not known here."""
    return _level(record.confidentiality) == _STRICTEST


def is_stricter(level: TermRef | None, record: Record) -> bool:
    """Whether something at this level stays when its record leaves; without one it does not."""
    if level is None:
        return False
    return _level(level) > _level(record.confidentiality) or _level(level) == _STRICTEST


def stricter(record: Record) -> Stricter:
    """The fields of a record that stay when it leaves.

    A field is named by its member or by its label, in English or as the window shows it; of a part
    of a field the whole field stays.
    """
    named = _named(record)
    found: set[str] = set()
    astray = False
    for each in record.field_confidentiality:
        if not is_stricter(each.level, record):
            continue
        member = named.get(_key(each.field)) or named.get(_key(each.field.partition(".")[0]))
        if member is None:
            astray = True
        else:
            found.add(member)
    return Stricter(fields=frozenset(found), astray=astray)


def _named(record: Record) -> dict[str, str]:
    """By what each member that can be left out may be called."""
    names: dict[str, str] = {}
    for member in members(type(record)):
        if member.spec.stamped or member.spec.shape is Shape.DIGEST or member.name in _KEPT:
            continue
        for said in (member.name, member.spec.label, window().gettext(member.spec.label)):
            names.setdefault(_key(said), member.name)
    for unknown in record.unknown:
        names.setdefault(_key(unknown.name), unknown.name)
    return names


_KEPT: Final = frozenset({"schema_version", "confidentiality", "field_confidentiality"})


def _key(said: str) -> str:
    return " ".join(said.replace("_", " ").split()).casefold()


def _level(level: TermRef) -> int:
    return _LEVELS.get(level.key, _STRICTEST)
