"""`hoopoe evidence`: take files in, list them, check them, write copies out."""

from __future__ import annotations

import argparse
from pathlib import Path

from app import evidence, guard, sizes, store
from app.cli import releasing
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, add_noun
from app.cli.unlocking import add_vault_verb, unlocked
from app.errors import EvidenceDamaged, Exit, Invalid
from app.i18n import _
from app.names import safe_name
from app.records import EvidenceItem
from app.records.values import LText
from app.strictjson import Json
from app.termlists import get as vocabulary


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, "evidence", _("take files in and write copies out"))
    add = add_vault_verb(verbs, "add", _("copy files into the vault, encrypted"), _add)
    add.add_argument("file", type=guard.local_path, nargs="+", metavar="FILE")
    add.add_argument("--to", required=True, metavar="REF", help=_("the record they are about"))
    add.add_argument(
        "--type", required=True, metavar="KEY", help=_("kind of evidence, such as photo")
    )
    add.add_argument("--title", default="", metavar="WORDS")
    add.add_argument("--by", default="", metavar="CODE", help=_("who took it in; travels"))
    listing = add_vault_verb(verbs, "list", _("every piece of evidence"), _list)
    listing.add_argument("--to", metavar="REF", help=_("only what is about this record"))
    check = add_vault_verb(verbs, "check", _("decrypt and compare the digests"), _check)
    check.add_argument("reference", nargs="*", metavar="REF", help=_("all when none is named"))
    export = add_vault_verb(verbs, "export", _("write a copy, unencrypted"), _export)
    export.add_argument("reference", metavar="REF")
    export.add_argument("--out", type=guard.local_path, required=True, metavar="DIR")
    export.add_argument("--by", default="", metavar="CODE", help=_("who wrote it out; travels"))
    releasing.add_to(verbs)


def _add(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    if not vocabulary(evidence.TYPES).can_choose(arguments.type):
        raise Invalid(problems=("evidence_type: unknown_term",))
    paths: list[Path] = arguments.file
    with unlocked(arguments) as vault:
        about = store.find(vault, arguments.to)
        items = [
            evidence.take_in(
                vault,
                path,
                about=about.id,
                evidence_type=arguments.type,
                title=LText.of(arguments.title),
                by=arguments.by,
                progress=terminal.progress,
            )
            for path in paths
        ]
    return Answer(
        facts={"evidence": [_facts(item) for item in items]},
        lines=tuple(
            _("Taken in: {reference}, {size}, {name}").format(
                reference=item.short_ref, size=sizes.words(item.size or 0), name=path.name
            )
            for item, path in zip(items, paths, strict=True)
        ),
    )


def _list(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        items = store.every(vault, EvidenceItem)
        if arguments.to is not None:
            about = store.find(vault, arguments.to).id
            items = [item for item in items if any(link.supports == about for link in item.links)]
    return Answer(
        facts={"evidence": [_facts(item) for item in items]},
        lines=tuple(
            f"{item.short_ref}\t{sizes.words(item.size or 0)}\t{item.mime}\t{item.title}"
            for item in items
        ),
    )


def _check(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    names: list[str] = arguments.reference
    damaged: list[str] = []
    with unlocked(arguments) as vault:
        items = [
            item
            for item in store.every(vault, EvidenceItem)
            if not names and evidence.has_file(vault, item.id)
        ] or [store.get(vault, EvidenceItem, store.find(vault, name).id) for name in names]
        for item in items:
            try:
                evidence.verify(vault, item.id, progress=terminal.progress)
            except EvidenceDamaged:
                damaged.append(item.short_ref)
    return Answer(
        facts={"checked": len(items), "damaged": list(damaged)},
        lines=(
            *(_("Damaged: {reference}").format(reference=name) for name in damaged),
            _("{count} checked, {damaged} damaged").format(count=len(items), damaged=len(damaged)),
        ),
        status=Exit.DAMAGED if damaged else Exit.DONE,
    )


def _export(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    out: Path = arguments.out
    with unlocked(arguments) as vault:
        item = store.get(vault, EvidenceItem, store.find(vault, arguments.reference).id)
        target = out / safe_name(item.original_filename or item.short_ref)
        evidence.export(vault, item.id, to=target, by=arguments.by, progress=terminal.progress)
    return Answer(
        facts={**_facts(item), "file": str(target)},
        lines=(_("Written: {file}").format(file=target),),
        remarks=(_("This file is not encrypted."),),
    )


def _facts(item: EvidenceItem) -> dict[str, Json]:
    return {
        "id": item.id,
        "reference": item.short_ref,
        "sha256": item.sha256,
        "size": item.size,
        "mime": item.mime,
    }
