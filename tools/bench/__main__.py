"""Measure speed beside stock tools: `python -m tools.bench [--size MIB] [--incidents N]`."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.bench import finding, gigabyte, inbox, opening, parts, scale
from tools.bench.gigabyte import Compared

MEBIBYTE = 1024**2
STOCK = ("age", "age-keygen", "tar", "cp", "sha256sum", "sync")


def main() -> None:
    """Print one line a comparison, as each is done."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--size", type=int, default=1024, help="evidence in MiB (1024)")
    parser.add_argument("--incidents", type=int, default=100_000, help="of a vault (100000)")
    parser.add_argument("--rounds", type=int, default=3, help="the quickest counts (3)")
    parser.add_argument("--in", dest="place", type=Path, help="a folder on the medium to measure")
    asked = parser.parse_args()
    missing = [tool for tool in STOCK if shutil.which(tool) is None]
    if missing:
        sys.exit(f"bench: to compare with, these are missing: {' '.join(missing)}")
    say(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    busy = os.getloadavg()[0]
    say(f"load before: {busy:.1f}" + (" (others are at work: take no number here)" * (busy > 1)))
    with tempfile.TemporaryDirectory(dir=asked.place) as folder:
        say(opening.unlock_line(Path(folder)))
        for line in opening.stream_lines():
            say(line)
        say(f"\n{asked.size} MiB of random evidence; the quickest of {asked.rounds} rounds")
        for each in gigabyte.compared(Path(folder), asked.size * MEBIBYTE, asked.rounds):
            say(shown(each))
        say("\nThe window meanwhile")
        beats = [sys.executable, "-m", "tools.bench.liveliness", str(asked.size)]
        say(subprocess.run(beats, stdout=subprocess.PIPE, text=True, check=False).stdout.strip())
        say("\nAn inbox")
        for line in inbox.lines_of(Path(folder)):
            say(line)
        say(f"\nA bundle of {asked.size} MiB in parts")
        for line in parts.lines(Path(folder), asked.size * MEBIBYTE):
            say(line)
        say("\nA vault that grows")
        for line in scale.lines(Path(folder), asked.incidents):
            say(line)
        say("\nFinding reports")
        for line in finding.lines(Path(folder), asked.incidents):
            say(line)


def shown(each: Compared) -> str:
    """One comparison as three lines."""
    met = "met" if each.ratio <= each.aim else "not met"
    aim = f" (aim {each.aim} ×: {met})" if each.aim else ""
    return (
        f"{each.what}: {each.ratio:.2f} × of {each.stock}{aim}\n"
        f"    ours  {each.ours.wall:6.2f} s wall {each.ours.cpu:6.2f} s cpu"
        f" {each.ours.peak / MEBIBYTE:5.0f} MiB peak\n"
        f"    stock {each.theirs.wall:6.2f} s wall {each.theirs.cpu:6.2f} s cpu"
        f" {each.theirs.peak / MEBIBYTE:5.0f} MiB peak"
    )


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
