"""Passphrases reach us by a prompt, a file or a descriptor. Never as an argument, which every
program on the computer can read, and never by the environment, which children inherit.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Final

from app import guard, passphrases, typed
from app.cli.output import Terminal
from app.cli.parsing import Misuse, Parser
from app.cli.stopping import at_once
from app.errors import Cancelled, NotReadable, WeakPassphrase
from app.i18n import N_, _
from app.reading import read_small
from crypto.errors import UnusablePassphrase
from crypto.secret import PASSPHRASE_LIMIT, Passphrase

_LIMIT: Final = 4 * PASSPHRASE_LIMIT
_BYTE_ORDER_MARK: Final = "\ufeff"
_NO_TERMINAL: Final = N_(
    "A passphrase is needed and there is no terminal to ask at:"
    " give it with --passphrase-file or --passphrase-fd"
)


def add_to(parser: Parser) -> None:
    """The two options; without one of them the terminal is asked."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--passphrase-file",
        type=guard.local_path,
        metavar="FILE",
        help=_("read the passphrase from this file: one line of UTF-8"),
    )
    ways.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        help=_("read the passphrase from this open file descriptor, up to its end"),
    )


def add_weak_to(parser: Parser) -> None:
    """`--weak`: the explicit decision that a new passphrase needs when it is easy to guess."""
    parser.add_argument(
        "--weak", action="store_true", help=_("use the new passphrase although it is weak")
    )


def known(arguments: argparse.Namespace) -> Passphrase:
    """The passphrase of something that exists, or the recovery phrase in its place.

    Raises Misuse (nobody to ask), Cancelled, NotReadable, UnusablePassphrase.
    """
    given = _given(arguments)
    return typed.passphrase(_prompt(_("Passphrase: ")) if given is None else given)


def in_file(path: Path) -> Passphrase:
    """The passphrase in a file of one line. Raises NotThere, NotReadable, UnusablePassphrase."""
    return Passphrase.of(_line(read_small(path, limit=_LIMIT)))


def new(arguments: argparse.Namespace, terminal: Terminal) -> Passphrase:
    """A passphrase for something new, typed twice at a prompt, where one is offered as well.

    Raises WeakPassphrase without --weak, Misuse (typed unlike), and as `known`.
    """
    text = _given(arguments)
    if text is None:
        text = _chosen(terminal)
    strength = passphrases.strength(text)
    if not strength.accepted and not arguments.weak:
        raise WeakPassphrase(bits=strength.bits)
    return Passphrase.of(text)


def _chosen(terminal: Terminal) -> str:
    _refuse_without_terminal()
    terminal.remark(_("A passphrase you may take: {words}").format(words=passphrases.offer()))
    terminal.remark(_("Or make your own: five words or more, or sixteen characters or more."))
    text = _prompt(_("New passphrase: "))
    if text != _prompt(_("Once more: ")):
        raise Misuse("", _("The two passphrases differ; nothing was made."))
    return text


def _given(arguments: argparse.Namespace) -> str | None:
    if arguments.passphrase_file is not None:
        return _line(read_small(arguments.passphrase_file, limit=_LIMIT))
    if arguments.passphrase_fd is not None:
        return _line(_read_descriptor(arguments.passphrase_fd))
    return None


def _read_descriptor(number: int) -> bytes:
    content = b""
    try:
        with at_once():
            while len(content) <= _LIMIT and (piece := os.read(number, _LIMIT)):
                content += piece
    except (OSError, OverflowError) as error:
        raise NotReadable(at=Path(f"/dev/fd/{number}")) from error
    return content


def _line(content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        # Without `from None` the report would carry the passphrase inside the decoding error.
        raise UnusablePassphrase("not text") from None
    # Some editors put a mark before and a line end behind; neither was meant.
    line = text.removeprefix(_BYTE_ORDER_MARK).removesuffix("\n").removesuffix("\r")
    if "\n" in line:
        raise UnusablePassphrase("several lines")
    return line


def _prompt(words: str) -> str:
    _refuse_without_terminal()
    try:
        with at_once():
            return getpass.getpass(words)
    except EOFError:
        raise Cancelled from None


def _refuse_without_terminal() -> None:
    # getpass would read from standard input then, and show what is typed.
    if sys.platform == "win32":
        if sys.stdin is not None and sys.stdin.isatty():
            return
        raise Misuse("", _(_NO_TERMINAL))
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        raise Misuse("", _(_NO_TERMINAL)) from None
