"""The measuring itself works: every comparison is made and shown, at a size that takes seconds."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.children import ROOT

WHAT = ("unlock a vault", "seal a stream", "open a stream", "take in (", "seal (", "open (")


@pytest.mark.heavy
@pytest.mark.skipif(shutil.which("age") is None, reason="age, to compare with, is not here")
def test_every_comparison_is_shown(tmp_path: Path) -> None:
    line = [
        sys.executable,
        "-m",
        "tools.bench",
        "--size",
        "4",
        "--incidents",
        "200",
        "--rounds",
        "1",
        "--in",
        str(tmp_path),
    ]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for what in (
        *WHAT,
        "unpack (",
        "take in a bundle (",
        "check without a key",
        "split, 5 of 8",
        "join, 3 parts lost",
        "200 incidents",
    ):
        assert f"\n{what}" in done.stdout
    assert "\n4 MiB taken in" in done.stdout
    assert list(tmp_path.iterdir()) == []
