"""`hoopoe record`: add, edit, list, show and export records of every kind."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app import audit, files, guard, i18n, special, store, wording
from app.cli import finding, observation, person_copy, retention, trail, travels
from app.cli.fieldtext import with_members, with_settings
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns, Parser, add_noun
from app.cli.unlocking import add_vault_verb, unlocked
from app.clock import stamp
from app.i18n import _
from app.records import KINDS, Record, Section, Sensitivity, Shape, class_of, specs
from app.records.codec import encode
from app.records.ids import RecordId
from app.records.kinds import Kind
from app.strictjson import Json, canonical, parse
from app.vault import Vault
from crypto.digest import sha256

_FORM_LIMIT: Final = 1024**2
_BODY_LIMIT: Final = 16 * 1024**2
_OPEN: Final = frozenset({Sensitivity.ORDINARY, Sensitivity.IDENTIFYING})
_WORDS: Final = frozenset({Shape.LTEXT, Shape.LONG})


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, "record", _("write down, change and read records"))
    add = add_vault_verb(verbs, "add", _("make a new record"), _add)
    add.add_argument("kind", choices=tuple(kind.value for kind in Kind), metavar="KIND")
    _add_fields(add)
    edit = add_vault_verb(verbs, "edit", _("change a record; older states are kept"), _edit)
    edit.add_argument("reference", metavar="REF")
    _add_fields(edit)
    listing = add_vault_verb(verbs, "list", _("every record, or those that fit"), _list)
    listing.add_argument("--kind", choices=tuple(kind.value for kind in Kind), metavar="KIND")
    listing.add_argument("--search", metavar="WORDS", help=_("only records with all these words"))
    show = add_vault_verb(verbs, "show", _("one record, field by field"), _show)
    show.add_argument("reference", metavar="REF")
    _add_reason(show)
    export = add_vault_verb(
        verbs,
        "export",
        _("write records as JSON lines, unencrypted, without notes"),
        _export,
    )
    export.add_argument("reference", nargs="*", metavar="REF", help=_("all when none is named"))
    export.add_argument("--out", type=guard.local_path, required=True, metavar="FILE")
    _add_reason(export)
    finding.add_to(verbs)
    retention.add_to(verbs)
    trail.add_to(verbs)
    person_copy.add_to(verbs)


def _add_fields(parser: Parser) -> None:
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help=_("may be given again; FIELD@LANGUAGE=… for words, FIELD:=JSON for any value"),
    )
    parser.add_argument(
        "--json-file",
        type=guard.local_path,
        metavar="FILE",
        help=_("a JSON object with fields, as the formats write them; --set is applied after it"),
    )


def _add_reason(parser: Parser) -> None:
    parser.add_argument(
        "--reason",
        metavar="WORDS",
        default="",
        help=_("why special facts (health, belief, origin …) are needed; it is kept"),
    )


def _add(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    kind: type[Record] = class_of(Kind(arguments.kind))
    with unlocked(arguments) as vault:
        saved = store.save(vault, _filled(vault, kind(), arguments))
    return _saved(saved.record, saved.revision)


def _edit(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        record = store.find(vault, arguments.reference)
        observation.refuse(record)
        read = store.kept(vault, type(record), record.id)
        saved = store.save(
            vault, _filled(vault, read.record, arguments), read_revision=read.revision
        )
    return _saved(saved.record, saved.revision)


def _filled(vault: Vault, record: Record, arguments: argparse.Namespace) -> Record:
    if arguments.json_file is not None:
        record = with_members(record, files.read_small(arguments.json_file, limit=_FORM_LIMIT))
    return with_settings(vault, record, arguments.set)


def _saved(record: Record, revision: int) -> Answer:
    return Answer(
        facts={**_identity(record), "revision": revision},
        lines=(
            _("Saved: {reference}, revision {number}").format(
                reference=record.short_ref, number=revision
            ),
        ),
    )


def _list(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        if arguments.search is not None:
            found = store.search(vault, arguments.search)
        else:
            found = _listed(vault)
    if arguments.kind is not None:
        found = [record for record in found if record.kind.value == arguments.kind]
    rows = [(record, first_words(record)) for record in found]
    return Answer(
        facts={
            "records": [
                {**_identity(record), "words": words, "updated": stamp(record.updated_at)}
                for record, words in rows
            ]
        },
        lines=tuple(f"{record.short_ref}\t{record.kind.value}\t{words}" for record, words in rows),
    )


def _show(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        record = store.find(vault, arguments.reference)
        observation.refuse(record)
        revision = store.kept(vault, type(record), record.id).revision
        sendings = travels.sendings(vault, record)
        hidden = special.held(record)
        if hidden and arguments.reason:
            _look(vault, record, arguments.reason)
            hidden = ()
    shown = special.without(record) if hidden else record
    parts = encode(shown)
    said = wording.fields(shown, i18n.window())
    return Answer(
        facts={
            **_identity(record),
            "revision": revision,
            "body": parse(parts.body, _BODY_LIMIT),
            "local": parse(parts.local, _BODY_LIMIT),
            "sealed": [travels.facts(each) for each in sendings],
            "hidden": list(hidden),
        },
        lines=(
            f"{record.short_ref} ({record.kind.value}, {record.id})",
            *(f"{each.label}: {each.words}" for each in said),
            *(line for each in sendings for line in travels.lines(each)),
        ),
        remarks=(_hidden(hidden),) if hidden else (),
    )


def _export(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    out: Path = arguments.out
    with unlocked(arguments) as vault:
        names: list[str] = arguments.reference
        chosen = [store.find(vault, name) for name in names] if names else _listed(vault)
        for record in chosen:
            observation.refuse(record)
        for record in chosen:
            _look(vault, record, arguments.reason)
        with files.atomic(out) as file:
            for record in chosen:
                kept = store.kept(vault, type(record), record.id)
                file.write(canonical(_line(record, kept.revision, kept.at)) + b"\n")
    return Answer(
        facts={"file": str(out), "records": len(chosen)},
        lines=(_("Written: {file}, {count} records").format(file=out, count=len(chosen)),),
        remarks=(_("This file is not encrypted."),),
    )


def _line(record: Record, revision: int, at: str) -> Json:
    body = encode(record).body
    return {
        "kind": record.kind.value,
        "id": record.id,
        "revision": revision,
        "at": at,
        "digest": sha256(body).hex(),
        "body": parse(body, _BODY_LIMIT),
    }


def _look(vault: Vault, record: Record, reason: str) -> None:
    """Keep that its special facts are written out, and why. Raises Misuse without a reason."""
    held = special.held(record)
    if held:
        if not audit.is_reason(reason):
            raise Misuse("", _hidden(held))
        audit.look(vault, RecordId(record.id), held, reason)


def _hidden(names: Sequence[str]) -> str:
    return _("Special facts are shown only with --reason: {fields}").format(fields=", ".join(names))


def _listed(vault: Vault) -> list[Record]:
    """Every record that may stand in a list: no observation on an organisation does (G-08)."""
    return [
        record
        for kind in KINDS
        if kind.kind is not Kind.INDEPENDENCE_OBSERVATION
        for record in store.every(vault, kind)
    ]


def first_words(record: Record) -> str:
    """The first words that the record holds: its title where it has one, else any answer."""
    texts = i18n.window()
    held = [
        (spec.shape in _WORDS, wording.said(getattr(record, name), spec, texts))
        for name, spec in specs(type(record))
        if spec.section is not Section.RECORD and not spec.local and spec.sensitivity in _OPEN
    ]
    # in words somebody wrote before answers that somebody chose
    told = [words for written, words in held if written and words]
    told += [words for written, words in held if not written and words]
    return told[0] if told else ""


def _identity(record: Record) -> dict[str, Json]:
    return {"id": record.id, "reference": record.short_ref, "kind": record.kind.value}
