"""`hoopoe receipt`: answer a bundle that was taken in, and list the answers."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app import guard, sizes
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, add_noun
from app.cli.unlocking import add_vault_verb, unlocked
from app.i18n import _
from app.inbox import receipts
from app.inbox.statement import Verdict
from app.storage import bundles
from app.storage.receipts import Receipt
from app.strictjson import Json
from app.vault import Vault

_NOUN: Final = "receipt"
_VERBS: Final = frozenset({"make", "list"})


def expanded(arguments: Sequence[str]) -> list[str]:
    """`receipt VAULT BUNDLE-ID …` means `receipt make VAULT BUNDLE-ID …`, the usual case."""
    words = list(arguments)
    first = 0
    # Only as the first word: a vault or a contact may be called so too.
    while first < len(words) and words[first].startswith("-"):
        first += 2 if words[first] == "--language" else 1
    verb = first + 1
    is_short = (
        words[first:verb] == [_NOUN]
        and len(words) > verb
        and words[verb] not in _VERBS
        and not words[verb].startswith("-")
    )
    return [*words[:verb], "make", *words[verb:]] if is_short else words


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, _NOUN, _("answer bundles, and see the answers"))
    make = add_vault_verb(verbs, "make", _("seal a receipt for a bundle taken in"), _make)
    make.add_argument("bundle", metavar="BUNDLE-ID", help=_("as `hoopoe open` says it"))
    make.add_argument("--out", type=guard.local_path, required=True, metavar="DIR")
    make.add_argument("--message", default="", metavar="WORDS")
    make.add_argument(
        "--verdict",
        choices=tuple(each.value for each in Verdict),
        help=_("what was found when it was taken in, if not given"),
    )
    add_vault_verb(verbs, "list", _("receipts made and received"), _list)


def _make(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    out: Path = arguments.out
    with unlocked(arguments) as vault:
        written = receipts.make(
            vault,
            arguments.bundle,
            folder=out,
            verdict=_verdict(vault, arguments),
            message=arguments.message,
            progress=terminal.progress,
        )
    return Answer(
        facts={"receipt": written.receipt, "file": str(written.path), "size": written.size},
        lines=(
            _("Receipt sealed: {file}, {size}, read back and the same").format(
                file=written.path, size=sizes.words(written.size)
            ),
        ),
    )


def _verdict(vault: Vault, arguments: argparse.Namespace) -> Verdict:
    if arguments.verdict is not None:
        return Verdict(arguments.verdict)
    received = bundles.received(vault.database, arguments.bundle)
    return Verdict.ACCEPTED if received is None else Verdict(received.verdict)


def _list(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        made = receipts.made(vault)
        received = receipts.received(vault)
    return Answer(
        facts={
            "made": [_facts(each) for each in made],
            "received": [_facts(each) for each in received],
        },
        lines=(
            *(_line(_("made"), each) for each in made),
            *(_line(_("received"), each) for each in received),
        ),
    )


def _line(way: str, receipt: Receipt) -> str:
    return f"{way}\t{receipt.day}\t{receipt.verdict}\t{receipt.bundle}\t{receipt.message}"


def _facts(receipt: Receipt) -> dict[str, Json]:
    return {
        "receipt": receipt.id,
        "bundle": receipt.bundle,
        "verdict": receipt.verdict,
        "message": receipt.message,
        "day": receipt.day,
        "file": receipt.file_name,
    }
