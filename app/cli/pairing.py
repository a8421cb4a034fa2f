"""`hoopoe vault create --two-files`: a vault of two files, with a cover vault or without one."""

from __future__ import annotations

import argparse

from app import guard, pairs
from app.cli import passphrase
from app.cli.output import Terminal
from app.cli.parsing import Misuse, Parser
from app.i18n import _
from app.vault import Vault
from crypto.kdf import Argon2idCost
from crypto.secret import Passphrase


def add_to(parser: Parser) -> None:
    """How many files, and whether the second one holds a cover vault."""
    parser.add_argument(
        "--two-files",
        action="store_true",
        help=_("make two files, the second of which may or may not hold another vault"),
    )
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--cover",
        action="store_true",
        help=_("put a cover vault into the second file; asks for its passphrase"),
    )
    ways.add_argument(
        "--cover-file",
        type=guard.local_path,
        metavar="FILE",
        help=_("the same, with the passphrase of the cover vault from this file"),
    )


def made(
    arguments: argparse.Namespace, phrase: Passphrase, cost: Argon2idCost, terminal: Terminal
) -> Vault:
    """The new vault that `phrase` opens, open.

    Raises Misuse, WeakPassphrase, PassphraseTaken, and as `Vault.create`.
    """
    with_cover = arguments.cover or arguments.cover_file is not None
    if not arguments.two_files:
        if with_cover:
            raise Misuse("", _("A cover vault needs --two-files"))
        return Vault.create(arguments.vault, phrase, cost=cost)
    if not with_cover:
        return pairs.create(arguments.vault, phrase, cost=cost)
    if arguments.cover:
        terminal.remark(_("Now the passphrase of the cover vault."))
    chosen = argparse.Namespace(
        passphrase_file=arguments.cover_file, passphrase_fd=None, weak=arguments.weak
    )
    cover = passphrase.new(chosen, terminal)
    try:
        return pairs.create_with_cover(arguments.vault, phrase, cover, cost=cost)
    finally:
        cover.close()
