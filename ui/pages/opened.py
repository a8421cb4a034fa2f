"""Jobs about one record on its page: open it with its draft, point another one to it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from app import belonging, incidents, store, takennames, titles
from app.changes import Changes
from app.errors import NotFound
from app.incidents import IncidentRow
from app.records import (
    FieldSpec,
    Incident,
    Kind,
    Person,
    PlaceRef,
    Record,
    Shape,
    class_of,
    derive,
    specs,
)
from app.records.evidence_item import EvidenceItem
from app.records.ids import PlaceId, RecordId
from app.vault import Vault
from ui.forms.editor import Known
from ui.pages.drafting import DRAFTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A record as it was being typed, else as it was saved. `revision`: 0 when it never was.

    `known`: the records that its fields may point to.
    """

    record: Record
    revision: int
    has_draft: bool
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedIncident:
    """A report with what hangs on it. `row`: as in the list; None for one that was never kept.

    `parts`: the records that belong to it, itself, evidence and custody left out; `writing`: those
    of them that are drafts and were never saved.
    """

    opened: Opened
    row: IncidentRow | None
    parts: tuple[Record, ...]
    writing: tuple[Record, ...]
    evidence: tuple[EvidenceItem, ...]


def record(vault: Vault, reference: RecordId) -> Opened:
    """Open a record of any kind. Raises NotFound when there is neither record nor draft."""
    draft = next((each for each in store.every_draft(vault) if each.id == reference), None)
    try:
        saved = store.find(vault, reference)
    except NotFound:
        if draft is None:
            raise
        return _opened(vault, draft, revision=0, has_draft=True)
    revision = store.kept(vault, type(saved), reference).revision
    return _opened(vault, draft or saved, revision=revision, has_draft=draft is not None)


def incident(vault: Vault, reference: RecordId) -> OpenedIncident:
    """Open a report, or begin it when there is none yet with this id."""
    try:
        opened = record(vault, reference)
    except NotFound:
        opened = _opened(vault, Incident(id=reference), revision=0, has_draft=False)
    row = incidents.row(vault, reference)
    parts = _parts(vault, opened.record)
    there = {part.id for part in parts}
    drafts = store.every_draft(vault)
    near = _near(drafts, opened.record, {reference, *there})
    writing = [
        each
        for each in drafts
        if each.id not in there
        and each.kind is not Kind.INCIDENT
        and (each.id in near or not derive.links(each))
    ]
    return OpenedIncident(
        opened=opened,
        row=row,
        parts=tuple(each for each in parts if each.kind not in _APART),
        writing=tuple(writing),
        evidence=tuple(each for each in parts if isinstance(each, EvidenceItem)),
    )


def begin(vault: Vault, made: Record) -> Changes:
    """Keep a new record as a draft, so that it can be opened by its id."""
    store.keep_draft(vault, takennames.with_a_free_one(vault, made))
    return DRAFTS


def point(vault: Vault, waiting: RecordId, to: Record) -> Changes:
    """Let the record that waits point to a new one, where only one of its fields can.

    What waits keeps its draft; nothing happens when no field or more than one fits.
    """
    opened = record(vault, waiting)
    fitting = [
        (name, spec)
        for name, spec in specs(type(opened.record))
        if spec.editable and _can_point(spec, to.kind)
    ]
    if len(fitting) != 1:
        return Changes()
    name, spec = fitting[0]
    held = getattr(opened.record, name)
    pointed: object = to.id
    if spec.shape is Shape.REFS:
        pointed = held if to.id in held else (*held, to.id)
    elif spec.shape is Shape.PLACE:
        pointed = replace(held or PlaceRef(), place=PlaceId(to.id))
    # the field takes identifiers of this kind: its spec says so
    store.keep_draft(vault, replace(opened.record, **{name: pointed}))  # type: ignore[arg-type]
    return DRAFTS


def is_blank(made: Record) -> bool:
    """Whether nobody has filled in anything yet: what it points to was set when it was made."""
    usual = {each.name: each.default for each in fields(made)}
    return all(
        getattr(made, name) == usual[name]
        for name, spec in specs(type(made))
        if spec.editable and not spec.stamped and spec.shape not in {Shape.REF, Shape.REFS}
    )


def _can_point(spec: FieldSpec, kind: Kind) -> bool:
    if spec.shape is Shape.PLACE:
        return kind is Kind.PLACE
    return spec.shape in {Shape.REF, Shape.REFS} and kind in spec.targets


_APART = frozenset({Kind.INCIDENT, Kind.EVIDENCE_ITEM, Kind.CUSTODY_EVENT})


def _opened(vault: Vault, shown: Record, *, revision: int, has_draft: bool) -> Opened:
    targets = {target for each in belonging.references(shown.kind) for target in each.targets}
    known = []
    for kind in sorted(targets):
        for each in store.every(vault, class_of(kind)):
            if each.id != shown.id:
                known.append(Known(id=each.id, kind=kind, label=titles.title(each)))
    if isinstance(shown, Person) and Kind.PERSON not in targets:
        # not to point to: so that no pseudonym is drawn that is taken
        held = sorted(takennames.taken(vault, shown.id))
        known += [Known(id="", kind=Kind.PERSON, label=each) for each in held]
    return Opened(record=shown, revision=revision, has_draft=has_draft, known=tuple(known))


def _parts(vault: Vault, top: Record) -> list[Record]:
    """What belongs to a report as it is being typed: incidents.whole knows only what is saved."""
    found: dict[RecordId, Record] = {top.id: top}
    waiting = [top]
    while waiting:
        for each in _neighbours(vault, waiting.pop()):
            if each.id not in found:
                found[each.id] = each
                waiting.append(each)
    del found[top.id]
    return sorted(found.values(), key=lambda each: (each.created_at, each.id))


def _neighbours(vault: Vault, of: Record) -> list[Record]:
    found: list[Record] = []
    followed = belonging.followed(of.kind)
    for link in derive.links(of):
        if link.field in followed:
            try:
                found.append(store.find(vault, link.target))
            except NotFound:
                # it is not here: removed, or still to come in a bundle
                continue
    for member in belonging.MEMBERS.get(of.kind, ()):
        found += store.linked_by(vault, class_of(member.kind), member.field, of.id)
    return found


def _near(drafts: list[Record], top: Record, on: set[RecordId]) -> set[RecordId]:
    """The drafts that belong where these records do: they point to one of them, or are pointed to
    by the report or another such draft. What belongs to another report is not among them."""
    waiting = [each for each in drafts if each.kind is not Kind.INCIDENT]
    ids = {each.id for each in waiting}
    near = on | ({row.target for row in derive.links(top)} & ids)
    found: set[RecordId] = set()
    grown = True
    while grown:
        grown = False
        for each in waiting:
            links = {row.target for row in derive.links(each)}
            if each.id not in found and (each.id in near or links & near):
                found.add(each.id)
                near |= {each.id, *(links & ids)}
                grown = True
    return found
