"""A real server with real decoders behind a door, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.preview import Door, starting

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def served(command: Sequence[str] | None = None) -> Iterator[tuple[Door, int]]:
    """The door, and the id of the server's process."""
    chosen = list(command) if command is not None else starting.server_command()
    pipe = subprocess.PIPE
    with subprocess.Popen(chosen, stdin=pipe, stdout=pipe, cwd=ROOT) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        door = Door(os.dup(server.stdout.fileno()), os.dup(server.stdin.fileno()))
        try:
            yield door, server.pid
        finally:
            door.close()
            server.stdin.close()
            server.stdout.close()
            server.wait(timeout=30)


def in_haste(seconds: float) -> list[str]:
    """A server that gives decoders less time."""
    code = (
        "import sys; sys.path.insert(0, '.'); from app.preview import server;"
        f" server.LONGEST_SECONDS = {seconds}; sys.exit(server.main())"
    )
    return [sys.executable, "-c", code]


def children(pid: int) -> list[int]:
    """The processes that this one started (Linux)."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
