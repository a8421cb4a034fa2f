"""`hoopoe bundle split|parts|join|remake`: a bundle in parts of which some are enough."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from app import guard, parts, sizes
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns, Parser, Run, add_verb
from app.errors import Exit, PartsMissing
from app.i18n import _
from app.oserrors import while_reading
from app.parts import PartState, code
from app.parts.looking import names_of
from app.strictjson import Json


def add_to(verbs: Nouns) -> None:
    split = add_verb(verbs, "split", _("split into parts of which some are enough"), _split)
    split.add_argument("file", type=guard.local_path, metavar="FILE")
    split.add_argument("--needed", type=int, required=True, metavar="K", help=_("how many suffice"))
    split.add_argument("--parts", type=int, required=True, metavar="N", help=_("how many to make"))
    split.add_argument(
        "--out",
        type=guard.local_path,
        action="append",
        required=True,
        metavar="DIR",
        help=_("where to; given several times, the parts are dealt out in turn"),
    )
    _add(verbs, "parts", _("which parts are here, damaged or missing"), _parts)
    join = _add(verbs, "join", _("have the bundle again from its parts"), _join)
    join.add_argument("--out", type=guard.local_path, required=True, metavar="DIR")
    remake = _add(verbs, "remake", _("make a lost part again from the others"), _remake)
    remake.add_argument(
        "--part", type=int, metavar="I", help=_("the number of one part; otherwise all missing")
    )
    remake.add_argument("--out", type=guard.local_path, required=True, metavar="DIR")


def _add(verbs: Nouns, name: str, about: str, run: Run) -> Parser:
    verb = add_verb(verbs, name, about, run)
    verb.add_argument(
        "part_file", type=guard.local_path, nargs="+", metavar="PART", help=_("parts, or folders")
    )
    return verb


def _split(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    if not code.FEWEST_NEEDED <= arguments.needed <= arguments.parts <= code.MOST_PARTS:
        raise Misuse("", _("2 <= needed <= parts <= {most}").format(most=code.MOST_PARTS))
    made = parts.split(
        arguments.file,
        needed=arguments.needed,
        total=arguments.parts,
        folders=arguments.out,
        progress=terminal.progress,
    )
    return Answer(
        facts={"needed": arguments.needed, "parts": [_made(each) for each in made]},
        lines=(
            *(_line(each) for each in made),
            _("Any {needed} of these {total} parts give the bundle again.").format(
                needed=arguments.needed, total=arguments.parts
            ),
        ),
    )


def _parts(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    checked = [
        parts.check(path, progress=terminal.progress) for path in _files(arguments.part_file)
    ]
    sets = parts.standing_of(checked)
    if not sets:
        raise PartsMissing(needed=code.FEWEST_NEEDED, present=0)
    status = Exit.DONE
    if not all(each.is_whole for each in checked):
        status = Exit.DAMAGED
    elif not all(each.enough for each in sets):
        status = Exit.NO
    return Answer(
        facts={"bundles": [_standing(each, checked) for each in sets]},
        lines=tuple(line for each in sets for line in _stands(each, checked)),
        status=status,
    )


def _standing(standing: parts.Standing, checked: list[parts.Checked]) -> dict[str, Json]:
    split = standing.split
    return {
        "bundle": split.whole.hex(),
        "needed": split.needed,
        "total": split.total,
        "size": split.size,
        "whole": [index + 1 for index in standing.those(PartState.WHOLE)],
        "missing": [index + 1 for index in standing.those(PartState.MISSING)],
        "damaged": [
            {"file": str(part.path), "part": part.head.index + 1, "blocks": part.damaged}
            for part in checked
            if part.head.split == split and not part.is_whole
        ],
        "enough": standing.enough,
    }


def _stands(standing: parts.Standing, checked: list[parts.Checked]) -> list[str]:
    split = standing.split
    lines = [
        _("A bundle of {size} in {total} parts, {needed} are needed: {state}").format(
            size=sizes.words(split.size),
            total=split.total,
            needed=split.needed,
            state=_("enough are whole") if standing.enough else _("NOT enough are whole"),
        )
    ]
    lines += [
        _("  part {number}: {file}").format(number=part.head.index + 1, file=part.path.name)
        + ("" if part.is_whole else " " + _("DAMAGED"))
        for part in checked
        if part.head.split == split
    ]
    missing = standing.those(PartState.MISSING)
    if missing:
        lines.append(_("  missing: {parts}").format(parts=names_of(missing)))
    return lines


def _join(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    joined = parts.join(_files(arguments.part_file), to=arguments.out, progress=terminal.progress)
    mended = _("In {count} places a damaged part was made good by another one.")
    return Answer(
        facts={
            "file": str(joined.path),
            "size": joined.size,
            "sha256": joined.sha256,
            "mended": joined.mended,
        },
        lines=(_("{file}: joined and read back").format(file=joined.path.name),),
        remarks=(mended.format(count=joined.mended),) if joined.mended else (),
    )


def _remake(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    paths = _files(arguments.part_file)
    made = [
        parts.remake(paths, index=index, to=arguments.out, progress=terminal.progress)
        for index in _wanted(paths, arguments.part)
    ]
    return Answer(
        facts={"parts": [_made(each) for each in made]},
        lines=tuple(_line(each) for each in made) or (_("No part is missing."),),
    )


def _wanted(paths: list[Path], number: int | None) -> tuple[int, ...]:
    sets = parts.gather(paths)
    if number is None:
        return sets[0].missing if len(sets) == 1 else (0,)  # what is wrong is said by remake
    if sets and not 1 <= number <= sets[0].split.total:
        raise Misuse("", _("there is no such part"))
    return (number - 1,)


def _files(paths: Iterable[Path]) -> list[Path]:
    """The files named, and in folders named those that are parts."""
    found: list[Path] = []
    for path in paths:
        found += _inside(path) if path.is_dir() else [path]
    return found


def _inside(folder: Path) -> list[Path]:
    with while_reading(folder):
        files = sorted(each for each in folder.iterdir() if each.is_file())
    return [each for each in files if parts.is_part(each)]


def _made(made: parts.Made) -> dict[str, Json]:
    return {
        "file": str(made.path),
        "part": made.index + 1,
        "size": made.size,
        "sha256": made.sha256,
    }


def _line(made: parts.Made) -> str:
    return _("part {number}: {file}, {size}, read back").format(
        number=made.index + 1, file=made.path.name, size=sizes.words(made.size)
    )
