"""`hoopoe inbox`: what was taken in, what is missing, what was set aside; undo one bundle."""

from __future__ import annotations

import argparse

from app import guard, sizes
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns, add_noun
from app.cli.unlocking import add_vault_verb, unlocked
from app.i18n import _
from app.inbox import arrived, missing, quarantine, undoing
from app.inbox.arrived import Arrival
from app.strictjson import Json


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, "inbox", _("see what came, and undo taking it in"))
    add_vault_verb(verbs, "list", _("bundles taken in, and what is missing"), _list)
    undo = add_vault_verb(verbs, "undo", _("undo taking a bundle in"), _undo)
    undo.add_argument("bundle", metavar="BUNDLE-ID")
    aside = add_vault_verb(
        verbs, "quarantine", _("files that did not hold, sealed as they came"), _quarantine
    )
    what = aside.add_mutually_exclusive_group()
    what.add_argument("--delete", metavar="ID", help=_("delete this one from the vault"))
    what.add_argument("--export", metavar="ID", help=_("write this one, sealed, into --to"))
    aside.add_argument("--to", type=guard.local_path, metavar="DIR")


def _list(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        found = arrived.every(vault)
        gaps = missing.every(vault)
        aside = quarantine.every(vault)
    return Answer(
        facts={
            "bundles": [_arrival_facts(each) for each in found],
            "missing": [
                {"sender": gap.name, "after": gap.after, "before": gap.before, "count": gap.count}
                for gap in gaps
            ],
            "set_aside": len(aside),
        },
        lines=tuple(_arrival_line(each) for each in found),
        remarks=tuple(
            _("Missing of {name}: number {after} to {before}, at most {count}").format(
                name=gap.name or "?", after=gap.after + 1, before=gap.before - 1, count=gap.count
            )
            for gap in gaps
        ),
    )


def _arrival_line(each: Arrival) -> str:
    sender = each.sender.name if each.sender is not None else "?" if each.signed else "-"
    count = len(each.incidents)
    return f"{each.at[:10]}\t{each.id}\t{sender}\t{count}\t{sizes.words(each.size)}"


def _arrival_facts(each: Arrival) -> Json:
    return {
        "bundle": each.id,
        "name": each.name,
        "day": each.day.isoformat(),
        "at": each.at,
        "sender": None if each.sender is None else each.sender.name,
        "signed": each.signed,
        "passed_on": each.passed_on,
        "whole": each.whole,
        "receipt": each.verdict or None,
    }


def _undo(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        undoing.undo(vault, arguments.bundle)
    return Answer(
        facts={"bundle": arguments.bundle},
        lines=(_("Undone: what was new is removed, what was changed is as it was before"),),
    )


def _quarantine(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        if arguments.delete is not None:
            quarantine.delete(vault, arguments.delete)
            return Answer(facts={"deleted": arguments.delete}, lines=(_("Deleted"),))
        if arguments.export is not None:
            if arguments.to is None:
                raise Misuse("", _("--export goes with --to"))
            path = quarantine.export(
                vault, arguments.export, folder=arguments.to, progress=terminal.progress
            )
            return Answer(
                facts={"file": str(path)},
                lines=(_("Written, sealed as it came: {file}").format(file=path),),
            )
        found = quarantine.every(vault)
    return Answer(
        facts={
            "files": [
                {
                    "id": each.file.id,
                    "name": each.file.file_name,
                    "size": each.file.size,
                    "sha256": each.file.sha256,
                    "reason": each.file.reason,
                    "detail": each.file.detail,
                    "at": each.file.at,
                    "kept": each.file.kept,
                    "intact": each.intact,
                    "arrived": each.arrived,
                }
                for each in found
            ]
        },
        lines=tuple(
            f"{each.file.id}\t{each.file.file_name}\t{each.file.reason}\t"
            f"{sizes.words(each.file.size)}"
            for each in found
        ),
    )
