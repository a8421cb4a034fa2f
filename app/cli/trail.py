"""`hoopoe record trail`: who looked at special facts of a record, when and why (M-02, D-09)."""

from __future__ import annotations

import argparse

from app import audit, store
from app.audit import AuditEntry
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns
from app.cli.unlocking import add_vault_verb, unlocked
from app.i18n import _
from app.records.ids import RecordId
from app.strictjson import Json


def add_to(verbs: Nouns) -> None:
    """The verb, under the noun `record`."""
    trail = add_vault_verb(
        verbs, "trail", _("who looked at special facts of a record, when and why"), _trail
    )
    trail.add_argument("reference", metavar="REF")


def _trail(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        record = store.find(vault, arguments.reference)
        entries = audit.of(vault, RecordId(record.id))
    return Answer(
        facts={"reference": record.short_ref, "entries": [_facts(each) for each in entries]},
        lines=tuple(_line(each) for each in entries) or (_("Nothing was noted."),),
    )


def _facts(entry: AuditEntry) -> Json:
    return {
        "number": entry.number,
        "at": entry.at,
        "who": entry.who,
        "deed": entry.deed,
        "fields": list(entry.fields),
        "reason": entry.reason,
    }


def _line(entry: AuditEntry) -> str:
    reason = _("(erased)") if entry.reason is None else entry.reason
    deed = audit.words(entry)
    said = (entry.at, entry.who, _(deed), ", ".join(entry.fields), reason)
    return "\t".join(each for each in said if each)
