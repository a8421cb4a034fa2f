"""A report written down a second time: the same words under new identifiers, as drafts.

The report, its acts and who took part in it are made anew; people, organisations, places and
cooperation with the UN are the same as before and only pointed to. What was decided, proved or
promised for the first report is not carried over: consents, evidence, risk, reviews, statements,
its verification, its case and its hold.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from app import store
from app.changes import Changes
from app.errors import NotFound
from app.records import Act, Incident, Involvement, Kind, Record, Shape, specs
from app.records.ids import IncidentId, RecordId, new_id, short_ref
from app.records.spec import Shaped
from app.vault import Vault

S = TypeVar("S", bound=Shaped)
R = TypeVar("R", bound=Record)

_NOT_CARRIED: Final = frozenset(
    {
        Kind.CONSENT_RECORD,
        Kind.EVIDENCE_ITEM,
        Kind.RISK_ASSESSMENT,
        Kind.VERIFICATION_REVIEW,
        Kind.STATEMENT,
        Kind.CASE,
        Kind.INTERVENTION,
    }
)

_OF_THIS_REPORT_ONLY: Final = (
    "verification_status",
    "included_in_sg_report",
    "legal_hold",
    "legal_hold_reason",
    "retention_until",
    "notes_internal",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicated:
    """The second report, kept as a draft with its parts."""

    report: Incident
    changes: Changes


def duplicate(vault: Vault, report: IncidentId) -> Duplicated:
    """Keeps a second report with its acts and parts as drafts; what is being typed is in it.

    Nothing is saved: it appears as a draft, to be looked at. Raises NotFound, NoRoom, NotWritable.
    """
    before = as_it_stands(vault, Incident, report)
    if before is None:
        raise NotFound(reference=report)
    parts: list[Record] = [
        *members_of(vault, Act, report),
        *members_of(vault, Involvement, report),
    ]
    new = {RecordId(each.id): new_id() for each in (before, *parts)}
    made = again(vault, before, new)
    store.keep_draft(vault, made)
    for each in parts:
        store.keep_draft(vault, again(vault, each, new))
    return Duplicated(report=made, changes=Changes.of("draft"))


def members_of(vault: Vault, kind: type[R], report: IncidentId) -> list[R]:
    """The records of a kind that name this report, saved or being typed."""
    saved = store.linked_by(vault, kind, "incident", report)
    ids = {each.id for each in saved}
    drafts = [each for each in store.every_draft(vault) if isinstance(each, kind)]
    found = {each.id: each for each in saved}
    for draft in drafts:
        if draft.id in ids or getattr(draft, "incident", None) == report:
            found[draft.id] = draft
    return list(found.values())


def as_it_stands(vault: Vault, kind: type[R], reference: RecordId) -> R | None:
    draft = store.take_draft(vault, kind, reference)
    if draft is not None:
        return draft
    try:
        return store.get(vault, kind, reference)
    except NotFound:
        return None


def again(vault: Vault, record: R, new: dict[RecordId, RecordId]) -> R:
    usual = {each.name: each.default for each in dataclasses.fields(record)}
    fresh = {name: usual[name] for name in _OF_THIS_REPORT_ONLY if name in usual}
    turned = _pointing(record, new)
    moment = vault.clock()
    return replace(
        turned,
        id=new[RecordId(record.id)],
        short_ref=short_ref(),
        created_at=moment,
        updated_at=moment,
        unknown=(),
        unknown_local=(),
        **fresh,  # type: ignore[arg-type]  # each field's own default
    )


def _pointing(shaped: S, new: dict[RecordId, RecordId]) -> S:
    """With references to what was made anew turned to it, and those not carried over left out."""
    changed: dict[str, object] = {}
    for name, spec in specs(type(shaped)):
        held = getattr(shaped, name)
        if spec.shape in {Shape.REF, Shape.REFS} and name != "id":
            left_out = bool(spec.targets) and set(spec.targets) <= _NOT_CARRIED
            if isinstance(held, tuple):
                changed[name] = () if left_out else tuple(new.get(each, each) for each in held)
            elif held is not None:
                changed[name] = None if left_out else new.get(held, held)
        elif isinstance(held, tuple):
            changed[name] = tuple(
                _pointing(each, new) if isinstance(each, Shaped) else each for each in held
            )
        elif isinstance(held, Shaped):
            changed[name] = _pointing(held, new)
    return replace(shaped, **changed)  # type: ignore[arg-type]  # of the same types
