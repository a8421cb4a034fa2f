"""The second passphrase of a verb that has two: the new one, beside the one that opens."""

from __future__ import annotations

import argparse

from app import guard
from app.cli import passphrase
from app.cli.output import Terminal
from app.cli.parsing import Parser
from app.i18n import _
from crypto.secret import Passphrase


def add_to(parser: Parser) -> None:
    """Where the new passphrase comes from; without it the terminal is asked, twice."""
    parser.add_argument(
        "--new-file",
        type=guard.local_path,
        metavar="FILE",
        help=_("read the new passphrase from this file: one line of UTF-8"),
    )
    passphrase.add_weak_to(parser)


def asked(arguments: argparse.Namespace, terminal: Terminal) -> Passphrase:
    """The new passphrase. Raises WeakPassphrase without --weak, Misuse, and as passphrase.known."""
    chosen = argparse.Namespace(
        passphrase_file=arguments.new_file, passphrase_fd=None, weak=arguments.weak
    )
    return passphrase.new(chosen, terminal)
