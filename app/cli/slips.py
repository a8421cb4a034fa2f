"""`hoopoe bundle slip`, `bundle verify --slip`: the list that travels apart from what it lists."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from app import clock, files, guard, slips
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns, add_verb
from app.cli.statuses import code_of, gravity, status_of
from app.errors import Exit
from app.i18n import N_, _
from app.slips import Compared, Found, Item, Match, Slip
from app.slips.slip import MAX_ITEMS
from app.strictjson import Json

_WORDS: Final = {
    Match.AS_LISTED: N_("{file}: as listed"),
    Match.RENAMED: N_("{file}: as listed, but renamed: it is {name}"),
    Match.ALTERED: N_("{file}: ALTERED: it has a name of the list and is something else"),
    Match.NOT_LISTED: N_("{file}: NOT on the list"),
    Match.UNREAD: N_("{file}: cannot be read"),
}
_STATUSES: Final = {
    Match.AS_LISTED: Exit.DONE,
    Match.RENAMED: Exit.DONE,
    Match.ALTERED: Exit.DAMAGED,
    Match.NOT_LISTED: Exit.NO,
}


def add_to(verbs: Nouns) -> None:
    slip = add_verb(verbs, "slip", _("list what is carried: names, sizes, digests"), _slip)
    slip.add_argument("file", type=guard.local_path, nargs="+", metavar="FILE")
    slip.add_argument(
        "--out", type=guard.local_path, metavar="SLIP", help=_("a new text file for it")
    )


def add_options(verify: argparse.ArgumentParser) -> None:
    """What compares files with a slip."""
    verify.add_argument("--slip", type=guard.local_path, metavar="SLIP", help=_("the slip's file"))
    verify.add_argument(
        "--listed",
        action="append",
        default=[],
        metavar="NAME",
        help=_("a name typed from the paper, or the text of a code; several times"),
    )


def given(arguments: argparse.Namespace) -> Slip | None:
    """The slip to compare with, if one was named. Raises as slips.read_file, and Misuse."""
    if arguments.slip is not None and arguments.listed:
        raise Misuse("", _("give either the slip or the names"))
    if arguments.slip is not None:
        return slips.read_file(arguments.slip)
    return slips.read("\n".join(arguments.listed)) if arguments.listed else None


def compared(slip: Slip, paths: list[Path], terminal: Terminal) -> Answer:
    """Files compared with a slip."""
    result = slips.compare(slip, paths, progress=terminal.progress)
    lines = [_line(each) for each in result.found]
    lines += [_("MISSING: {name}").format(name=_named(each)) for each in result.missing]
    return Answer(
        facts={
            "day": None if slip.day is None else slip.day.isoformat(),
            "complete": result.complete,
            "files": [_found(each) for each in result.found],
            "missing": [_item(each) for each in result.missing],
        },
        lines=tuple(lines),
        status=_status(result),
    )


def _slip(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    if len(arguments.file) > MAX_ITEMS:
        raise Misuse("", _("a slip lists {most} files at most").format(most=MAX_ITEMS))
    slip = slips.make(arguments.file, day=clock.now().date(), progress=terminal.progress)
    text = slips.marshal(slip)
    if arguments.out is not None:
        with files.atomic(arguments.out) as out:
            out.write(text)
    return Answer(
        facts={
            "slip": None if arguments.out is None else str(arguments.out),
            "files": [_item(each) for each in slip.items],
            "codes": list(slips.codes(slip)),
        },
        lines=tuple(text.decode("ascii").splitlines()),
    )


def _status(result: Compared) -> Exit:
    found = [Exit.DONE if result.complete else Exit.NO]
    for each in result.found:
        found.append(_STATUSES[each.match] if each.error is None else status_of(each.error))
    return max(found, key=gravity)


def _line(found: Found) -> str:
    name = "" if found.item is None else found.item.name
    return _(_WORDS[found.match]).format(file=found.path.name, name=name)


def _named(item: Item) -> str:
    if item.part is None:
        return item.name
    return _("{name}, part {number} of {total}").format(
        name=item.name, number=item.part.number, total=item.part.total
    )


def _found(found: Found) -> dict[str, Json]:
    return {
        "file": str(found.path),
        "match": found.match.value,
        "listed": None if found.item is None else found.item.name,
        "error": None if found.error is None else code_of(found.error),
    }


def _item(item: Item) -> dict[str, Json]:
    return {
        "name": item.name,
        "size": item.size,
        "sha256": item.sha256,
        "part": None if item.part is None else item.part.number,
        "parts": None if item.part is None else item.part.total,
    }
