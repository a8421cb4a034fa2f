"""`hoopoe vault erase`: makes a vault unreadable for good. No passphrase is asked."""

from __future__ import annotations

import argparse
import sys

from app import guard, panic
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns, add_verb
from app.cli.stopping import at_once
from app.errors import Cancelled, Exit
from app.i18n import _


def add_to(verbs: Nouns) -> None:
    erase = add_verb(
        verbs, "erase", _("make it unreadable at once and for good; asks no passphrase"), _erase
    )
    erase.add_argument("vault", type=guard.local_path, metavar="VAULT")
    erase.add_argument(
        "--confirm",
        metavar="NAME",
        help=_("the name of the vault's folder, instead of typing it when asked"),
    )


def _erase(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    folder = arguments.vault
    eraser = panic.eraser_of(folder)
    try:
        name = folder.resolve().name
        typed = arguments.confirm
        if typed is None:
            typed = _typed(terminal, name)
        if typed != name:
            raise Misuse("", _("That is not the name of the folder; nothing was erased."))
        left = panic.erase(eraser)
    finally:
        eraser.close()
    lines = [_("Erased: {place}. No passphrase opens it any more.").format(place=folder)]
    if left:
        lines.append(
            _("These files could not be removed; without the slots they are noise: {names}").format(
                names=", ".join(left)
            )
        )
    remark = _(
        "Copies made earlier, backups and sealed bundles are not affected. On SSDs, USB sticks and"
        " file systems that keep old states, a laboratory may still find the old bytes: then the"
        " passphrase is what protects."
    )
    return Answer(
        facts={"vault": str(folder), "erased": True, "left": list(left)},
        lines=tuple(lines),
        remarks=(remark,),
        status=Exit.DONE,
    )


def _typed(terminal: Terminal, name: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise Misuse("", _("Nobody can be asked here: say which vault with --confirm NAME"))
    terminal.remark(
        _("This makes the vault unreadable for everybody and for good. Nobody can undo it.")
    )
    terminal.remark(_("To erase it, type the name of its folder: {name}").format(name=name))
    try:
        with at_once():
            return input().strip()
    except EOFError:
        raise Cancelled from None
