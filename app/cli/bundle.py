"""`hoopoe bundle`: what a courier can do without a key: look, check, copy."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app import courier, guard, sizes
from app.cli import copying, parts, slips
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, Parser, Run, add_noun, add_verb
from app.cli.statuses import code_of, gravity, status_of
from app.courier import Condition, Outer
from app.errors import AppError, Cancelled, Exit
from app.i18n import N_, _
from app.messages import explain
from app.strictjson import Json

_CONDITIONS: Final = {
    Condition.UNDAMAGED: N_("undamaged"),
    Condition.RENAMED: N_("renamed: it cannot be checked against its own name"),
    Condition.DAMAGED: N_("DAMAGED: it is not the file that this name was given to"),
}
_STATUSES: Final = {
    Condition.UNDAMAGED: Exit.DONE,
    Condition.RENAMED: Exit.NO,
    Condition.DAMAGED: Exit.DAMAGED,
}


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, "bundle", _("check and copy bundles, without any key"))
    _add(verbs, "inspect", _("what anybody can see from outside"), _inspect)
    verify = _add(verbs, "verify", _("read to the end and compare with the name"), _verify)
    slips.add_options(verify)
    copying.add_to(verbs)
    parts.add_to(verbs)
    slips.add_to(verbs)


def _add(verbs: Nouns, name: str, about: str, run: Run) -> Parser:
    verb = add_verb(verbs, name, about, run)
    verb.add_argument("file", type=guard.local_path, nargs="+", metavar="FILE")
    return verb


def _inspect(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    return _each(arguments.file, _seen)


def _verify(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    slip = slips.given(arguments)
    if slip is not None:
        return slips.compared(slip, arguments.file, terminal)

    def verified(path: Path) -> Answer:
        verdict = courier.verify(path, progress=terminal.progress)
        return Answer(
            facts={
                **_outer_facts(verdict.outer),
                "condition": verdict.condition.value,
                "sha256": verdict.sha256,
            },
            lines=(f"{path.name}: {_(_CONDITIONS[verdict.condition])}",),
            status=_STATUSES[verdict.condition],
        )

    return _each(arguments.file, verified)


def _seen(path: Path) -> Answer:
    outer = courier.inspect(path)
    return Answer(
        facts=_outer_facts(outer),
        lines=(
            _("{file}: {size}, {count} stanzas, {kind}, {shape}").format(
                file=path.name,
                size=sizes.words(outer.size),
                count=outer.stanzas,
                kind=_("post-quantum") if outer.post_quantum else _("older kind of key"),
                shape=_("the length fits") if outer.whole else _("CUT or added to"),
            ),
        ),
        status=Exit.DONE if outer.whole else Exit.DAMAGED,
    )


def _each(paths: list[Path], do: Callable[[Path], Answer]) -> Answer:
    """One answer of many; what is wrong with one file does not keep us from the next."""
    answers = [_one(path, do) for path in paths]
    return Answer(
        facts={"files": [answer.facts for answer in answers]},
        lines=tuple(line for answer in answers for line in answer.lines),
        remarks=tuple(line for answer in answers for line in answer.remarks),
        status=max((answer.status for answer in answers), key=gravity),
    )


def _one(path: Path, do: Callable[[Path], Answer]) -> Answer:
    try:
        answer = do(path)
    except Cancelled:
        raise
    except AppError as error:
        told = explain(error)
        return Answer(
            facts={"file": str(path), "error": code_of(error), "status": int(status_of(error))},
            lines=(f"{path.name}: {told.title}",),
            remarks=(told.text,),
            status=status_of(error),
        )
    return Answer(
        facts={**answer.facts, "file": str(path), "status": int(answer.status)},
        lines=answer.lines,
        status=answer.status,
    )


def _outer_facts(outer: Outer) -> dict[str, Json]:
    return {
        "name": outer.name,
        "size": outer.size,
        "stanzas": outer.stanzas,
        "post_quantum": outer.post_quantum,
        "whole": outer.whole,
    }
