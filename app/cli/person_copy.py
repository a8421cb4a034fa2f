"""`hoopoe record copy`: what is kept about one person, for that person to read (D-10)."""

from __future__ import annotations

import argparse

from app import guard, person_copy, store
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns
from app.cli.unlocking import add_vault_verb, unlocked
from app.i18n import _
from app.records import Person
from app.records.ids import RecordId


def add_to(verbs: Nouns) -> None:
    """The verb, under the noun `record`."""
    copy = add_vault_verb(
        verbs,
        "copy",
        _("what is kept about one person, for that person; unencrypted, about nobody else"),
        _copy,
    )
    copy.add_argument("reference", metavar="REF")
    copy.add_argument("--out", type=guard.local_path, required=True, metavar="FILE")
    copy.add_argument("--in", dest="tag", default="", metavar="LANGUAGE")


def _copy(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        found = store.find(vault, arguments.reference)
        if not isinstance(found, Person):
            raise Misuse("", _("This is no person."))
        given = person_copy.give(vault, RecordId(found.id), arguments.out, arguments.tag)
    return Answer(
        facts={"file": str(given.file), "records": given.records, "language": given.language},
        lines=(_("Written: {file}, {count} records").format(file=given.file, count=given.records),),
        remarks=(_("This file is not encrypted."),),
    )
