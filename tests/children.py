"""Runs a few lines of Python in a process of their own, where a guard cannot reach the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run_child(
    code: str, *, before: Sequence[str] = (), environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The finished child; `before` is the command line that starts it, `environ` is added."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.update(environ or {})
    return subprocess.run(
        [*before, sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def said(code: str, *, environ: Mapping[str, str] | None = None) -> str:
    """What the child printed; a child that failed shows its traceback."""
    done = run_child(code, environ=environ)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
