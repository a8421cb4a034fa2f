"""`hoopoe bundle copy`: bundles and parts to one medium or several, each copy read back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from app import carrying, guard
from app.bundles.naming import NameCheck
from app.carrying import Carried, Delivery, Fate
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, add_verb
from app.cli.statuses import code_of, gravity, status_of
from app.errors import AppError, Exit
from app.i18n import N_, _
from app.messages import explain
from app.strictjson import Json

_FATES: Final = {
    Fate.WRITTEN: N_("{file}: copied and read back, the same"),
    Fate.THERE: N_("{file}: was there already, read back, the same"),
    Fate.ITSELF: N_("{file}: lies in that folder itself; there is no second one"),
}


def add_to(verbs: Nouns) -> None:
    copy = add_verb(verbs, "copy", _("copy, read back, and compare"), _copy)
    copy.add_argument("file", type=guard.local_path, nargs="+", metavar="FILE")
    copy.add_argument(
        "--out",
        type=guard.local_path,
        action="append",
        required=True,
        metavar="DIR",
        help=_("where to; several times for several sticks"),
    )


def _copy(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    done = carrying.copy_all(arguments.file, to=arguments.out, progress=terminal.progress)
    lines: list[str] = []
    remarks: list[str] = []
    for each in done:
        _tell(each, lines, remarks)
    return Answer(
        facts={
            "files": [fact for each in done for fact in _files(each, arguments.file)],
            "places": [_place(each) for each in done],
        },
        lines=tuple(lines),
        remarks=tuple(remarks),
        status=max((_status(each) for each in done), key=gravity),
    )


def _tell(done: Delivery, lines: list[str], remarks: list[str]) -> None:
    name = done.place.name or str(done.place)
    for copied in done.copies:
        lines.append(_(_FATES[copied.fate]).format(file=copied.path.name))
        if copied.named is NameCheck.DIFFERS:
            lines.append(_("{file}: DAMAGED before it was copied").format(file=copied.path.name))
    for fault in done.faults:
        told = explain(fault.error)
        lines.append(f"{fault.path.name}: {told.title}")
        remarks.append(told.text)
    if done.refusal is not None:
        told = explain(done.refusal)
        lines.append(f"{name}: {told.title}")
        remarks += [told.text, told.advice]
    elif done.can_be_pulled_out:
        lines.append(_("{place}: all is on it and can be pulled out").format(place=name))
    elif done.busy:
        lines.append(_("{place}: another program is writing to it, wait").format(place=name))


def _status(done: Delivery) -> Exit:
    found = [Exit.DONE, *(status_of(each.error) for each in done.faults)]
    if done.refusal is not None:
        found.append(status_of(done.refusal))
    if any(each.named is NameCheck.DIFFERS for each in done.copies):
        found.append(Exit.DAMAGED)
    return max(found, key=gravity)


def _files(done: Delivery, paths: list[Path]) -> list[Json]:
    told = {each.path for each in done.copies} | {each.path for each in done.faults}
    rest = [] if done.refusal is None else [each for each in paths if each not in told]
    return [
        *(_copied(each) for each in done.copies),
        *(_failed(each.path, each.error) for each in done.faults),
        *(_failed(each, done.refusal) for each in rest if done.refusal is not None),
    ]


def _copied(copied: Carried) -> dict[str, Json]:
    damaged = copied.named is NameCheck.DIFFERS
    return {
        "file": str(copied.path),
        "copy": str(copied.target),
        "size": copied.size,
        "sha256": copied.sha256,
        "fate": copied.fate.value,
        "name": copied.named.value,
        "status": int(Exit.DAMAGED if damaged else Exit.DONE),
    }


def _failed(path: Path, error: AppError) -> dict[str, Json]:
    return {"file": str(path), "error": code_of(error), "status": int(status_of(error))}


def _place(done: Delivery) -> dict[str, Json]:
    return {
        "place": str(done.place),
        "complete": done.complete,
        "can_be_pulled_out": done.can_be_pulled_out,
        "busy": done.busy,
        "error": None if done.refusal is None else code_of(done.refusal),
    }
