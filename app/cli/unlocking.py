"""The vault that a verb works on: its place on the command line, and opening it."""

from __future__ import annotations

import argparse

from app import guard, protected
from app.cli import passphrase
from app.cli.parsing import Nouns, Parser, Run, add_verb
from app.i18n import _
from app.vault import Vault


def add_vault_verb(verbs: Nouns, name: str, about: str, run: Run) -> Parser:
    """A verb that works on an existing vault: its folder first, and the ways to the passphrase."""
    parser = add_verb(verbs, name, about, run)
    parser.add_argument(
        "vault", type=guard.local_path, metavar="VAULT", help=_("folder of the vault")
    )
    passphrase.add_to(parser)
    return parser


def unlocked(arguments: argparse.Namespace) -> Vault:
    """The vault, open; use it in a `with`.

    On a write-protected medium it is opened for reading, and a verb that saves raises NotWritable.
    Raises what Vault.open and passphrase.known raise.
    """
    phrase = passphrase.known(arguments)
    try:
        return protected.open_either(arguments.vault, phrase)
    finally:
        phrase.close()
