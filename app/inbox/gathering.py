"""Which files to look at, when files, a folder or a whole medium are handed in.

A folder is walked in the order of names, without following links; what is hidden is walked too, for
a courier's copy may have any name. What a file is, its content says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.oserrors import while_reading
from app.reading import refuse_network_path
from app.tasks import Progress, Step, ignore

MAX_FILES: Final = 10_000
"""Of one batch: whoever has more, brings them in two."""
MAX_DEPTH: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The files found, each once. `left_out`: how many more there are than one batch takes."""

    files: tuple[Path, ...]
    left_out: int


def files_in(places: Iterable[Path], *, progress: Progress = ignore) -> Gathered:
    """Every file named, and every file below a folder that is named.

    A file that is named is taken as it is: what is wrong with it shows when it is looked at. Raises
    NotOnThisComputer, NotThere, NotReadable, MediumFailed (of a folder), Cancelled.
    """
    found: dict[Path, None] = {}
    left_out = 0
    for place in places:
        refuse_network_path(place)
        for path in _below(place, 0):
            progress(Step(doing="reading", done=len(found)))
            if path in found:
                continue
            if len(found) < MAX_FILES:
                found[path] = None
            else:
                left_out += 1
    return Gathered(files=tuple(found), left_out=left_out)


def is_folder(place: Path) -> bool:
    """Whether it is a folder on this computer or a medium. Raises NotOnThisComputer."""
    refuse_network_path(place)
    try:
        return place.is_dir()
    except OSError:
        return False


def _below(place: Path, depth: int) -> Iterator[Path]:
    with while_reading(place):
        folder = place.is_dir() and (depth == 0 or not place.is_symlink())
        inside = sorted(place.iterdir()) if folder else []
    if not folder:
        yield place
        return
    for each in inside:
        with while_reading(each):
            descend = not each.is_symlink() and (each.is_file() or each.is_dir())
        if descend and depth < MAX_DEPTH:
            yield from _below(each, depth + 1)
