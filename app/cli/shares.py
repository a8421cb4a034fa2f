"""`hoopoe vault shares make|join|drill`: papers of which some open a vault together."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Final

from app import guard, keepers, openers
from app.cli import newpass, passphrase
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns, Parser, add_noun, add_verb
from app.cli.unlocking import add_vault_verb
from app.i18n import _
from app.reading import read_small
from app.vault import Vault
from crypto import shares
from crypto.errors import UnusableShare

_LIMIT: Final = 16 * 1024


def add_to(verbs: Nouns) -> None:
    nouns = add_noun(verbs, "shares", _("papers for keepers, of which some open it together"))
    make = add_vault_verb(nouns, "make", _("make shares and print them, once"), _make)
    make.add_argument("--needed", type=int, metavar="K", required=True, help=_("how many open it"))
    make.add_argument("--count", type=int, metavar="N", required=True, help=_("how many are made"))
    join = add_verb(
        nouns, "join", _("open with shares, and let a new passphrase open it from then on"), _join
    )
    _take_shares(join)
    newpass.add_to(join)
    drill = add_verb(
        nouns, "drill", _("try whether shares still open it, and note the day"), _drill
    )
    _take_shares(drill)


def _take_shares(parser: Parser) -> None:
    parser.add_argument(
        "vault", type=guard.local_path, metavar="VAULT", help=_("folder of the vault")
    )
    parser.add_argument(
        "--share",
        type=guard.local_path,
        metavar="FILE",
        action="append",
        required=True,
        help=_("a file with one share, or one in each line; may be given more than once"),
    )


def _make(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    try:
        made = keepers.make(arguments.needed, arguments.count)
    except ValueError:
        raise Misuse("", _("Two at least are needed, of sixteen at most.")) from None
    with (
        closing(made.secret),
        closing(passphrase.known(arguments)) as current,
        Vault.open(arguments.vault, current) as vault,
    ):
        keepers.keep(vault, current, made)
    return Answer(
        facts={"shares": list(made.shares), "needed": made.needed},
        lines=made.shares,
        remarks=(
            _("Any {needed} of these lines open the vault; fewer tell nothing.").format(
                needed=made.needed
            ),
            _("Give each line to another person, on paper. They are shown only now."),
            _(
                "Who shares out secrets on a computer trusts that computer for these moments: the"
                " part that computes them is not hardened against being measured while it does."
            ),
            _("Then try them: hoopoe vault shares drill"),
        ),
    )


def _join(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    with (
        closing(shares.join(_given(arguments))) as secret,
        Vault.open(arguments.vault, secret) as vault,
        closing(newpass.asked(arguments, terminal)) as new,
    ):
        slot = openers.add(vault, secret, new)
    return Answer(
        facts={"slot": slot},
        lines=(_("The shares open this vault, and so does the new passphrase now."),),
    )


def _drill(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    texts = _given(arguments)
    with (
        closing(shares.join(texts)) as secret,
        Vault.open(arguments.vault, secret) as vault,
    ):
        keepers.drill(vault, texts)
        at = keepers.drilled(vault)
    return Answer(
        facts={"drilled": at}, lines=(_("These shares open the vault. The day was noted."),)
    )


def _given(arguments: argparse.Namespace) -> list[str]:
    return [line for path in arguments.share for line in _lines(path)]


def _lines(path: Path) -> list[str]:
    try:
        text = read_small(path, limit=_LIMIT).decode("utf-8")
    except UnicodeDecodeError:
        # Without `from None` the report would carry the share inside the decoding error.
        raise UnusableShare("words", 0) from None
    return [line for line in text.splitlines() if line.strip()]
