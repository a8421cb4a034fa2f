"""A real medium for tests: a file system in a file, whose bytes can be changed behind its back.

What is changed in the file below shows only to whoever reads from the medium and not from what the
system still remembers: just as with a stick that keeps something else than it was given.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MEBIBYTE = 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopMedium:
    """`at`: where it is mounted; `below`: the file that holds it."""

    at: Path
    below: Path

    def spoil(self, content: bytes) -> None:
        """Change one bit of this content where it lies on the medium."""
        found = self.below.read_bytes().find(content)
        assert found > 0, "it did not reach the medium"
        with self.below.open("r+b") as file:
            file.seek(found)
            file.write(bytes([content[0] ^ 1]))
            file.flush()
            os.fsync(file.fileno())

    def pull_out(self) -> None:
        """Take it away; the folder under it stays."""
        subprocess.run(["umount", "-l", self.at], check=True)

    def names(self) -> list[str]:
        return sorted(each.name for each in self.at.iterdir() if each.name != "lost+found")


@contextmanager
def plugged_in(folder: Path, name: str = "RED") -> Iterator[LoopMedium]:
    """A medium of 24 MiB, mounted below `folder`; the test is skipped where that is not allowed."""
    below = folder / f"{name}.img"
    at = folder / name
    at.mkdir()
    with below.open("wb") as file:
        file.truncate(24 * MEBIBYTE)
    tool = shutil.which("mke2fs") or "/usr/sbin/mke2fs"
    for line in ([tool, "-q", "-F", str(below)], ["mount", "-o", "loop", str(below), str(at)]):
        try:
            done = subprocess.run(line, capture_output=True, check=False).returncode
        except FileNotFoundError:
            done = 1
        if done:
            pytest.skip("no right to mount a medium here")
    try:
        yield LoopMedium(at=at, below=below)
    finally:
        if at.is_mount():
            subprocess.run(["umount", "-l", at], check=True)
