"""Measures whether the time of an attempt tells a vault, its cover vault and a wrong passphrase.

    python -m tools.unlock_timing [--runs 50] [--cost standard]

An attempt is what the window does: the passphrase is tried and the database opened, until the vault
is there or refused. The attempts come in turn, in an order left to chance each round, so that
whatever else the computer does falls on all three alike.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from app import costs, pairs
from app.errors import WrongPassphrase
from app.vault import Vault
from crypto.secret import Passphrase

LARGEST_SHARE: Final = 0.05
_WORDS: Final = {
    "vault": "the words of the vault itself",
    "cover": "the words of the cover vault",
    "wrong": "the words of no vault at all",
}


def _attempt(folder: Path, words: str) -> float:
    passphrase = Passphrase.of(words)
    vault = None
    began = time.perf_counter()
    with suppress(WrongPassphrase):
        vault = Vault.open(folder, passphrase)
    taken = (time.perf_counter() - began) * 1000
    if vault is not None:
        vault.close()
    return taken


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--cost", choices=tuple(costs.PROFILES), default="standard")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "vault"
        first, cover = Passphrase.of(_WORDS["vault"]), Passphrase.of(_WORDS["cover"])
        pairs.create_with_cover(folder, first, cover, cost=costs.PROFILES[given.cost]).close()
        for words in _WORDS.values():
            _attempt(folder, words)  # the first of each warms caches, and is not counted
        times: dict[str, list[float]] = {name: [] for name in _WORDS}
        for _ in range(given.runs):
            for name, words in random.sample(tuple(_WORDS.items()), len(_WORDS)):
                times[name].append(_attempt(folder, words))
    medians = {name: statistics.median(each) for name, each in times.items()}
    share = max(medians.values()) / min(medians.values()) - 1
    told = ", ".join(f"{name} {median:.1f} ms" for name, median in medians.items())
    print(f"{given.runs} each: {told}; furthest apart {share:.1%} (at most {LARGEST_SHARE:.0%})")
    return 0 if share <= LARGEST_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
