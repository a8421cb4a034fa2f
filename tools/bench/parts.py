"""A bundle in parts beside par2cmdline at the same redundancy, in one run: five of eight.

par2 writes its recovery beside the file and reads nothing back; ours writes all eight parts, reads
each back from the medium, and says of every 64 KiB of each part whether it is whole.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.bench.processes import Cost, Failed, run, shell

NEEDED: Final = 5
TOTAL: Final = 8
LONGEST_SECONDS: Final = 300
MEBIBYTE: Final = 1024**2

_OURS: Final = (sys.executable, "-m", "app", "bundle")
# five blocks and three for recovery, as ours; then the hundred blocks that par2 is used with
_PAR2: Final = {
    "par2 -b5 -c3": "-b5 -c3 -n3",
    "par2 -b100 -r60": "-b100 -r60",
}


def lines(folder: Path, size: int) -> Iterator[str]:
    """Each measurement as a line. `size`: bytes of the file; the folder needs room for five."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        yield from _measured(Path(place), size)


def _measured(folder: Path, size: int) -> Iterator[str]:
    film = folder / "film"
    with film.open("wb") as to:
        for _ in range(size // MEBIBYTE):
            to.write(os.urandom(MEBIBYTE))
    (folder / "parts").mkdir()
    os.sync()
    how = ("--needed", str(NEEDED), "--parts", str(TOTAL), "--out", folder / "parts")
    split = run((*_OURS, "split", film, *how))
    yield _line(f"split, {NEEDED} of {TOTAL} (write, sync, read back)", split, size)
    if shutil.which("par2") is None:
        yield "  par2 is not installed: nothing to compare with"
    else:
        for name, options in _PAR2.items():
            yield _beside(folder, name, options, split, size)
    made = sorted((folder / "parts").iterdir())
    kept = list(itertools.combinations(made, NEEDED))
    for chosen in (kept[0], kept[len(kept) // 2], kept[-1]):
        lost = TOTAL - NEEDED
        joined = _join(folder, chosen)
        yield _line(f"join, {lost} parts lost (write, sync, read back)", joined, size)


def _join(folder: Path, chosen: tuple[Path, ...]) -> Cost:
    to = folder / "joined"
    to.mkdir()
    os.sync()
    cost = run((*_OURS, "join", *chosen, "--out", to))
    (made,) = to.iterdir()
    run(("cmp", made, folder / "film"))
    shutil.rmtree(to)
    return cost


def _beside(folder: Path, name: str, options: str, ours: Cost, size: int) -> str:
    to = folder / "par2"
    to.mkdir()
    os.link(folder / "film", to / "film")
    os.sync()
    create = f'cd "$1"; timeout {LONGEST_SECONDS} par2 create -q -q {options} film; sync .'
    try:
        theirs = run(shell(create, to))
    except Failed:
        return f"  {name}: not done after {LONGEST_SECONDS} s"
    finally:
        shutil.rmtree(to)
    return f"{_line(f'  {name}', theirs, size)}; split takes {ours.wall / theirs.wall:.2f} of it"


def _line(what: str, cost: Cost, size: int) -> str:
    return (
        f"{what}: {cost.wall:.1f} s wall {cost.cpu:.1f} s cpu {cost.peak // MEBIBYTE} MiB peak,"
        f" {size / cost.wall / 1e6:.0f} MB/s"
    )
