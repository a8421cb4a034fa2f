"""The command line: the verbs of the windows, for terminals, scripts and the demonstration.

    main(arguments)   in a process of its own: shuts the process off first, then answers
    run(arguments)    the same without shutting anything: for a process that has other things to do

Exit statuses: 0 done, 1 the answer is no, 2 wrong use, 3 damaged or hostile input, 4 wrong
passphrase or key, 5 no room or not writable. `--json` prints one JSON object on every verb, also
when it fails. Spec: docs/formats; words of failures: app/messages.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from app import __version__, i18n
from app.cli import (
    age,
    bundle,
    card,
    demo,
    evidence,
    inbox,
    observation,
    opening,
    protection,
    receipt,
    record,
    seal,
    vault,
)
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Parser, add_json
from app.cli.statuses import code_of, facts_of, status_of
from app.errors import AppError, Cancelled, Exit, Invalid
from app.i18n import _
from app.messages import explain
from crypto import selftest
from crypto.errors import CryptoError

_NOUNS = (
    vault,
    record,
    observation,
    evidence,
    card,
    seal,
    bundle,
    opening,
    inbox,
    receipt,
    age,
    protection,
    demo,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Shut this process off as the verb needs, run it, and return the exit status."""
    return _run(sys.argv[1:] if arguments is None else arguments, _shut)


def run(arguments: Sequence[str]) -> int:
    """Run a verb in this process as it is, and return the exit status."""
    return _run(arguments, _leave_as_it_is)


def _run(arguments: Sequence[str], begin: Callable[[argparse.Namespace, Terminal], None]) -> int:
    terminal = Terminal.machine() if "--json" in arguments else Terminal.plain()
    try:
        i18n.use(_language(arguments))
        words = parser().parse_args(receipt.expanded(arguments))
        begin(words, terminal)
        answer = _answer(words, terminal)
        terminal.show(answer)
        return answer.status
    except SystemExit as end:  # argparse after --help
        return end.code if isinstance(end.code, int) else Exit.WRONG_USE
    except Misuse as misuse:
        return _refuse(terminal, misuse)
    except KeyboardInterrupt:
        return _explain(terminal, Cancelled())
    except BrokenPipeError:
        return Exit.NO_ROOM  # the reader has gone (`| head`): nobody would read a word about it
    except (AppError, CryptoError) as error:
        return _explain(terminal, error)


def parser() -> Parser:
    """The whole grammar, with help in the chosen language."""
    root = Parser(
        prog="hoopoe",
        description=_("Record reprisals, seal them for one receiver, carry them, answer them."),
        epilog=_("Without a verb the program opens its window."),
    )
    add_json(root)
    root.add_argument("--version", action="store_true", help=_("print the version"))
    root.add_argument(
        "--language", metavar="TAG", default=i18n.ENGLISH, help=_("such as ar, zh_Hant")
    )
    root.set_defaults(run=None, shut=None)
    nouns = root.add_subparsers(metavar="NOUN", dest="noun")
    for noun in _NOUNS:
        noun.add_to(nouns)
    return root


def _answer(words: argparse.Namespace, terminal: Terminal) -> Answer:
    if words.version:
        return Answer(facts={"version": __version__}, lines=(f"hoopoe {__version__}",))
    if words.run is None:
        raise Misuse(parser().format_usage().strip(), _("a verb is missing"))
    # Nothing is opened or sealed with a library that computes wrong; this takes milliseconds.
    selftest.run()
    answer: Answer = words.run(words, terminal)
    return answer


def _language(arguments: Sequence[str]) -> str:
    """Looked for before the grammar is built, because help is in this language too."""
    found = i18n.ENGLISH
    for before, after in zip(("", *arguments), (*arguments, ""), strict=True):
        if before == "--language":
            found = after
        elif after.startswith("--language="):
            found = after.removeprefix("--language=")
    return i18n.best([found])


def _shut(words: argparse.Namespace, terminal: Terminal) -> None:
    if words.shut is not None:
        words.shut()
    terminal.interrupt.listen()


def _leave_as_it_is(_words: argparse.Namespace, _terminal: Terminal) -> None:
    """The caller's process keeps what it may do."""


def _refuse(terminal: Terminal, misuse: Misuse) -> int:
    if misuse.usage:
        terminal.remark(misuse.usage)
    terminal.fail({"error": "wrong_use", "message": misuse.text}, misuse.text, Exit.WRONG_USE)
    return Exit.WRONG_USE


def _explain(terminal: Terminal, error: AppError | CryptoError) -> int:
    told = explain(error)
    status = status_of(error)
    facts = {**facts_of(error), "error": code_of(error), "message": told.title}
    parts = [told.title, told.text, told.advice]
    if isinstance(error, Invalid):
        parts += error.problems
    words = "\n".join(part for part in parts if part)
    terminal.fail(facts, words, status)
    return status
