"""The grammar of the command line: parsers whose mistakes are answers, and how a verb is added."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from app import guard
from app.cli.output import Answer, Terminal

if TYPE_CHECKING:
    Nouns = argparse._SubParsersAction["Parser"]
else:
    Nouns = argparse.Action

Run = Callable[[argparse.Namespace, Terminal], Answer]
Shut = Callable[[], None]


class Misuse(Exception):
    """The words on the command line are not of the grammar. `usage` and `text` are argparse's."""

    def __init__(self, usage: str, text: str) -> None:
        super().__init__(text)
        self.usage = usage
        self.text = text


class Parser(argparse.ArgumentParser):
    """argparse without abbreviations, so that no future option makes an old script mean another.

    A mistake raises Misuse instead of ending the process.
    """

    def __init__(self, *arguments: object, **options: object) -> None:
        options["allow_abbrev"] = False
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # passed on as they came

    def error(self, message: str) -> NoReturn:
        raise Misuse(self.format_usage().strip(), message)


def add_noun(nouns: Nouns, name: str, about: str) -> Nouns:
    """A noun with verbs of its own; returns where its verbs go."""
    parser = nouns.add_parser(name, help=about, description=about)
    return parser.add_subparsers(metavar="VERB", required=True, dest=f"{name}_verb")


def add_verb(
    verbs: Nouns, name: str, about: str, run: Run, *, shut: Shut = guard.shut_window
) -> Parser:
    """A verb: what it runs, and how the process is shut off before."""
    parser = verbs.add_parser(name, help=about, description=about)
    add_json(parser)
    parser.set_defaults(run=run, shut=shut)
    return parser


def add_json(parser: Parser) -> None:
    """`--json`, accepted before and behind the verb."""
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="print one JSON object instead of text",
    )
