"""`hoopoe record due`, `remove`, `bring-back` and `erase`: what is kept, and for how long."""

from __future__ import annotations

import argparse

from app import retention, store
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns
from app.cli.unlocking import add_vault_verb, unlocked
from app.i18n import _
from app.records import Record
from app.strictjson import Json


def add_to(verbs: Nouns) -> None:
    """The verbs, under the noun `record`."""
    add_vault_verb(
        verbs, "due", _("records past their last day, and what was removed; alters nothing"), _due
    )
    remove = add_vault_verb(
        verbs, "remove", _("take a record out of every list; it can be brought back"), _remove
    )
    remove.add_argument("reference", metavar="REF")
    remove.add_argument("--why", default="", metavar="WORDS", help=_("stays in the vault"))
    back = add_vault_verb(verbs, "bring-back", _("undo a removal"), _bring_back)
    back.add_argument("reference", metavar="REF")
    erase = add_vault_verb(
        verbs,
        "erase",
        _("erase removed records for good, with every earlier state and file"),
        _erase,
    )
    erase.add_argument("reference", nargs="+", metavar="REF")


def _due(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        due = retention.due(vault)
        removed = retention.removed(vault)
    return Answer(
        facts={
            "due": [{**_identity(each), "until": _until(each)} for each in due],
            "removed": [
                {
                    **_identity(each.record),
                    "on": each.on.isoformat(),
                    "due": each.is_due,
                    "held": each.is_held,
                }
                for each in removed
            ],
        },
        lines=(
            *(
                _("Past its last day: {reference} ({kind}), {day}").format(
                    reference=each.short_ref, kind=each.kind.value, day=_until(each)
                )
                for each in due
            ),
            *(_line(each) for each in removed),
        ),
    )


def _line(removed: retention.Removed) -> str:
    text = _("Removed: {reference} ({kind}), {day}")
    if removed.is_held:
        text = _("Removed, with a legal hold: {reference} ({kind}), {day}")
    elif removed.is_due:
        text = _("Removed long ago, to be erased or brought back: {reference} ({kind}), {day}")
    record = removed.record
    return text.format(
        reference=record.short_ref, kind=record.kind.value, day=removed.on.isoformat()
    )


def _remove(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        record = store.find(vault, arguments.reference)
        store.remove(vault, record.id, why=arguments.why)
    said = _("Removed: {reference}. It can be brought back.").format(reference=record.short_ref)
    return Answer(facts=_identity(record), lines=(said,))


def _bring_back(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        record = retention.find_removed(vault, arguments.reference)
        store.bring_back(vault, record.id)
    said = _("Brought back: {reference}").format(reference=record.short_ref)
    return Answer(facts=_identity(record), lines=(said,))


def _erase(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        chosen = [retention.find_removed(vault, name) for name in arguments.reference]
        done = retention.erase(vault, *(record.id for record in chosen))
    return Answer(
        facts={
            "records": [_identity(record) for record in chosen],
            "files": done.files,
        },
        lines=tuple(
            _("Erased for good: {reference}").format(reference=record.short_ref)
            for record in chosen
        ),
        remarks=(_("Bundles sealed before, and copies of the vault, keep what they hold."),),
    )


def _until(record: Record) -> str:
    return "" if record.retention_until is None else record.retention_until.isoformat()


def _identity(record: Record) -> dict[str, Json]:
    return {"id": record.id, "reference": record.short_ref, "kind": record.kind.value}
