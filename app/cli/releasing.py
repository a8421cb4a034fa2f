"""`hoopoe evidence`, the verbs about what is inside a file and what of it may leave."""

from __future__ import annotations

import argparse
from typing import Final

from app import evidence, evidencewords, proofmode, references, released, store
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns
from app.cli.unlocking import add_vault_verb, unlocked
from app.errors import Exit, InsideNotSeen, Invalid
from app.i18n import N_, _
from app.metadata import Scan
from app.names import visible_text
from app.proofmode import Match
from app.records import EvidenceItem
from app.records.values import LText
from app.references import NotKept
from app.released import Standing
from app.strictjson import Json
from app.termlists import get as vocabulary
from app.vault import Vault

_STANDINGS: Final = {
    Standing.NO_FILE: N_("There is no file here."),
    Standing.NOTHING_INSIDE: N_("The file may leave: nothing is hidden inside."),
    Standing.COPY_LEAVES: N_("A copy leaves instead of the file."),
    Standing.AS_IT_IS: N_("The file was released as it is."),
    Standing.UNDECIDED: N_("The file stays here until it is cleaned or released as it is."),
}


def add_to(verbs: Nouns) -> None:
    """The verbs, beside those of app.cli.evidence."""
    show = add_vault_verb(verbs, "show", _("one piece of evidence, with its custody log"), _show)
    inside = add_vault_verb(verbs, "metadata", _("what is hidden inside a file"), _metadata)
    clean = add_vault_verb(verbs, "clean", _("make a copy without what is hidden inside"), _clean)
    release = add_vault_verb(verbs, "release", _("let a file leave as it is"), _release)
    release.add_argument(
        "--seen",
        required=True,
        metavar="KINDS",
        help=_("what `evidence metadata` said is inside, such as place,time"),
    )
    keep = add_vault_verb(verbs, "keep", _("let neither a file nor its copy leave"), _keep)
    destroy = add_vault_verb(verbs, "destroy", _("destroy a file for good"), _destroy)
    destroy.add_argument("--why", required=True, metavar="WORDS", help=_("kept in the log"))
    proof = add_vault_verb(verbs, "proof", _("compare a package of ProofMode"), _proof)
    for verb in (show, inside, clean, release, keep, destroy, proof):
        verb.add_argument("reference", metavar="REF")
    refer = add_vault_verb(verbs, "reference", _("note evidence that is not kept here"), _refer)
    refer.add_argument("--to", required=True, metavar="REF", help=_("the record it is about"))
    refer.add_argument("--type", required=True, metavar="KEY", help=_("kind of evidence"))
    refer.add_argument("--why", required=True, choices=[each.value for each in NotKept])
    refer.add_argument("--title", default="", metavar="WORDS")
    refer.add_argument("--description", default="", metavar="WORDS")
    for verb in (clean, release, keep, destroy, refer):
        verb.add_argument("--by", default="", metavar="CODE", help=_("who did it; travels"))


def _show(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        item = _item(vault, arguments.reference)
        events = evidence.custody(vault, item.id)
        whole = evidence.custody_is_whole(vault, item.id)
    return Answer(
        facts={
            "id": item.id,
            "reference": item.short_ref,
            "standing": released.standing(item).name.lower(),
            "custody_whole": whole,
            "custody": [
                {
                    "action": each.action.key if each.action else "",
                    "at": each.at.isoformat() if each.at else "",
                    "by": each.by,
                }
                for each in events
            ],
        },
        lines=(
            f"{item.short_ref}\t{visible_text(item.title.text)}",
            _(_STANDINGS[released.standing(item)]),
            *(
                f"  {each.at:%Y-%m-%d %H:%M}  {_action(each.action.key if each.action else '')}"
                f"  {visible_text(each.by)}"
                for each in events
                if each.at
            ),
            _("The custody log is whole.") if whole else _("The custody log has a gap."),
        ),
    )


def _metadata(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        item = _item(vault, arguments.reference)
        found = released.look(vault, item.id)
    rows: list[Json] = [
        {"kind": each.kind.value, "name": each.name, "value": each.value} for each in found.findings
    ]
    return Answer(
        facts={"extent": found.extent.value, "findings": rows, "seen": seen(found)},
        lines=(
            evidencewords.summary(found),
            *(
                f"  {visible_text(each.name)}: {visible_text(each.value)}"
                for each in found.findings
            ),
            _("To let it leave as it is: --seen {kinds}").format(kinds=seen(found)),
        ),
    )


def _proof(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        item = _item(vault, arguments.reference)
        found = proofmode.verify(vault, item.id, progress=terminal.progress)
    same = all(each.match is Match.SAME for each in found)
    rows: list[Json] = [
        {
            "record": each.record,
            "sha256": each.sha256,
            "match": each.match.value,
            "media": each.media,
            "signature": "not_checked" if each.signature else "none",
            "stamp": "not_checked" if each.stamp else "none",
        }
        for each in found
    ]
    return Answer(
        facts={"proofs": rows},
        lines=tuple(evidencewords.proof(each) for each in found),
        status=Exit.DONE if same else Exit.NO,
    )


def _clean(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        item = _item(vault, arguments.reference)
        copy = released.make_clean(vault, item.id, by=arguments.by, progress=terminal.progress)
    return Answer(
        facts={"id": copy.id, "reference": copy.short_ref, "copy_of": item.short_ref},
        lines=(f"{copy.short_ref}: {copy.method.text}",),
    )


def _release(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        item = _item(vault, arguments.reference)
        found = released.look(vault, item.id)
        if arguments.seen != seen(found):
            raise InsideNotSeen(reference=item.short_ref)
        released.as_it_is(vault, item.id, seen=found, by=arguments.by)
    return Answer(
        facts={"reference": item.short_ref, "seen": seen(found)},
        lines=(_("{reference} may leave as it is.").format(reference=item.short_ref),),
        remarks=(evidencewords.summary(found),),
    )


def _keep(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        item = released.keep_here(vault, _item(vault, arguments.reference).id, by=arguments.by)
    return Answer(
        facts={"reference": item.short_ref},
        lines=(_(_STANDINGS[released.standing(item)]),),
    )


def _refer(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    if not vocabulary(evidence.TYPES).can_choose(arguments.type):
        raise Invalid(problems=("evidence_type: unknown_term",))
    with unlocked(arguments) as vault:
        item = references.refer_only(
            vault,
            about=store.find(vault, arguments.to).id,
            evidence_type=arguments.type,
            why=NotKept(arguments.why),
            title=LText.of(arguments.title),
            description=LText.of(arguments.description),
            by=arguments.by,
        )
    return Answer(
        facts={"id": item.id, "reference": item.short_ref},
        lines=(f"{item.short_ref}: {item.method.text}",),
    )


def _destroy(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        item = _item(vault, arguments.reference)
        evidence.destroy(vault, item.id, why=arguments.why, by=arguments.by)
    return Answer(
        facts={"reference": item.short_ref},
        lines=(
            _("{reference} is destroyed: its key and its file are gone.").format(
                reference=item.short_ref
            ),
        ),
        remarks=(_("Safe copies and bundles made before still hold it."),),
    )


def seen(found: Scan) -> str:
    """What somebody has to say who saw this: the kinds, or how far was looked."""
    return ",".join(found.kinds) or found.extent.value


def _action(key: str) -> str:
    return key.replace("_", " ")


def _item(vault: Vault, reference: str) -> EvidenceItem:
    return store.get(vault, EvidenceItem, store.find(vault, reference).id)
