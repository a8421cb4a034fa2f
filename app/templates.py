"""Templates: the choices of a report under a name, to begin alike ones from; they never travel.

A template keeps what was chosen from lists in a report, its acts and the parts taken in it, and no
word of anybody: no texts, people, days, places, files, consents, nothing marked as identifying, and
nothing that was decided or found out about that one report.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from app import duplicating, store, strictjson
from app.changes import Changes
from app.errors import Invalid, NotFound
from app.records import Act, Incident, Involvement, Kind, Record, Shape, TermRef, class_of, specs
from app.records.codec import decode, encode
from app.records.ids import IncidentId, RecordId, new_id
from app.records.spec import FieldSpec, Section, Sensitivity
from app.storage import settings
from app.strictjson import Json
from app.vault import Vault

R = TypeVar("R", bound=Record)

CHANGED: Final = "template"
"""The kind of change that a command here makes."""

NAME_LETTERS: Final = 100
_SETTING: Final = "report_templates"
_CEILING: Final = 4 * 1024 * 1024
_CHOSEN: Final = frozenset({Shape.TERM, Shape.TERMS, Shape.CHOICE})
_APART: Final = frozenset({Section.HARM, Section.VERIFICATION, Section.FOLLOW_UP})
_TIED: Final = ("incident", "act")
_OF_SOMEBODY: Final = ("age_bracket_at_act", "relation_to_victim")
_COVERED: Final = frozenset({Sensitivity.IDENTIFYING, Sensitivity.SEALED, Sensitivity.SPECIAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The report and what belongs to it, emptied. `name` is from whoever made it."""

    id: str
    name: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A template as it is kept now."""

    template: Template
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A report begun from a template, as a draft."""

    report: RecordId
    changes: Changes


def make(vault: Vault, report: IncidentId, name: str) -> Kept:
    """Keep the choices of a report as it stands, saved or being typed, under a name.

    Raises NotFound, Invalid (no name, a name of more than 100 letters), NoRoom, NotWritable.
    """
    held = duplicating.as_it_stands(vault, Incident, report)
    if held is None:
        raise NotFound(reference=report)
    parts: list[Record] = [
        *duplicating.members_of(vault, Act, report),
        *duplicating.members_of(vault, Involvement, report),
    ]
    emptied = tuple(_emptied(each) for each in (held, *parts))
    return keep(vault, Template(id=new_id(), name=name, records=emptied))


def keep(vault: Vault, template: Template) -> Kept:
    """Keep a template, or again one that was renamed or removed.

    Raises Invalid (no name, a name of more than 100 letters), NoRoom, NotWritable.
    """
    name = " ".join(template.name.split())
    if not name or len(name) > NAME_LETTERS:
        raise Invalid(problems=("name: missing" if not name else "name: too_long",))
    kept = replace(template, name=name)
    others = [each for each in every(vault) if each.id != kept.id]
    _write(vault, [*others, kept])
    return Kept(template=kept, changes=Changes.of(CHANGED))


def every(vault: Vault) -> tuple[Template, ...]:
    """Every template, by its name."""
    text = settings.setting(vault.database, _SETTING)
    read = strictjson.parse(text.encode("utf-8"), _CEILING) if text else []
    rows = read if isinstance(read, list) else []
    found = [_decoded(each) for each in rows if isinstance(each, dict)]
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def remove(vault: Vault, template: Template) -> Changes:
    """Remove a template; `keep` brings it back. Raises NotFound."""
    held = every(vault)
    left = [each for each in held if each.id != template.id]
    if len(left) == len(held):
        raise NotFound(reference=template.name)
    _write(vault, left)
    return Changes.of(CHANGED)


def begin(vault: Vault, template: Template) -> Begun:
    """A new report with these choices, and its parts, as drafts under new identifiers."""
    new = {RecordId(each.id): new_id() for each in template.records}
    made = [duplicating.again(vault, each, new) for each in template.records]
    for each in made:
        store.keep_draft(vault, each)
    report = next(each for each in made if each.kind is Kind.INCIDENT)
    return Begun(report=RecordId(report.id), changes=Changes.of("draft"))


# --- inside ---------------------------------------------------------------------------------


def _emptied(record: R) -> R:
    """A record of this kind with the choices alone; it stays tied to its report and act."""
    usual = {each.name: each for each in dataclasses.fields(record)}
    kept: dict[str, object] = {}
    for name, spec in specs(type(record)):
        if name in usual and name not in _OF_SOMEBODY and (name in _TIED or _is_choice(spec)):
            kept[name] = _without_words(getattr(record, name))
    # each field keeps a value of its own type
    return type(record)(id=record.id, **kept)  # type: ignore[arg-type]


def _is_choice(spec: FieldSpec) -> bool:
    return (
        spec.editable
        and not spec.local
        and spec.shape in _CHOSEN
        and spec.section not in _APART
        and spec.sensitivity not in _COVERED
    )


def _without_words(value: object) -> object:
    if isinstance(value, TermRef):
        return replace(value, other_text="")
    if isinstance(value, tuple):
        return tuple(_without_words(each) for each in value)
    return value


def _write(vault: Vault, templates: list[Template]) -> None:
    rows: list[Json] = [
        {
            "id": each.id,
            "name": each.name,
            "records": [
                {"kind": record.kind.value, "body": encode(record).body.decode("utf-8")}
                for record in each.records
            ],
        }
        for each in templates
    ]
    with vault.transaction() as tx:
        settings.keep_setting(tx, _SETTING, strictjson.canonical(rows).decode("utf-8"))


def _decoded(row: dict[str, Json]) -> Template:
    records = row.get("records")
    return Template(
        id=str(row.get("id", "")),
        name=str(row.get("name", "")),
        records=tuple(
            decode(class_of(Kind(str(each["kind"]))), str(each["body"]).encode("utf-8"))
            for each in (records if isinstance(records, list) else [])
            if isinstance(each, dict)
        ),
    )
