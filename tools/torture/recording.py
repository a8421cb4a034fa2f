"""What a program did to the files below one folder, call by call, as strace saw it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TRACED: Final = (
    "openat,write,pwrite64,lseek,ftruncate,fsync,fdatasync,"
    "unlink,unlinkat,rename,renameat,renameat2,link,linkat,mkdir,rmdir"
)
_CALL: Final = re.compile(r"^(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)(?:<([^>]*)>)?", re.DOTALL)
_BEGUN: Final = re.compile(r"^(\d+)\s+(\w+)\((.*) <unfinished \.\.\.>$", re.DOTALL)
_RESUMED: Final = re.compile(r"^(\d+)\s+<\.\.\. (\w+) resumed>(.*)$", re.DOTALL)
_QUOTED: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FIRST: Final = re.compile(r"^(\d+)(?:<([^>]*)>)?")
_SAID: Final = b"ACK "


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """One thing done: `what` is write, cut, sync, make, unlink, rename, link, folder or said."""

    what: str
    name: str
    to: str = ""
    at: int = 0
    content: bytes = b""


def record(code: str, arguments: list[str], below: Path, log: Path) -> list[Did]:
    """Run Python code under strace; what it did below the folder, in order.

    What it writes to its standard output in lines that begin with "ACK " is among it.
    """
    command = ["strace", "-f", "-y", "-xx", "-s", "4000000", "-e", f"trace={_TRACED}"]
    command += ["-o", str(log), sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2000:])
    return list(_done(log, below))


def _done(log: Path, below: Path) -> Iterator[Did]:
    positions: dict[str, int] = {}
    begun: dict[str, str] = {}
    with log.open(errors="replace") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if found := _BEGUN.match(line):
                begun[found[1]] = f"{found[1]} {found[2]}({found[3]}"
                continue
            if found := _RESUMED.match(line):
                line = begun.pop(found[1], "") + found[3]
            if (call := _CALL.match(line)) and not call[4].startswith("-"):
                yield from _of(call, positions, str(below.resolve()))


def _of(call: re.Match[str], positions: dict[str, int], below: str) -> Iterator[Did]:
    name, words, result = call[2], call[3], int(call[4])
    texts = [_bytes(each) for each in _QUOTED.findall(words)]
    first = _FIRST.match(words)
    handle = first[1] if first else ""
    path = _bytes(first[2] or "").decode(errors="replace") if first else ""
    if name == "write" and handle == "1" and texts[0].startswith(_SAID):
        for line in texts[0].decode().splitlines():
            yield Did(what="said", name=line.removeprefix("ACK "))
        return
    if name == "openat":
        opened = texts[0].decode(errors="replace")
        positions[str(result)] = 0
        if opened.startswith(below) and "O_CREAT" in words:
            yield Did(what="make", name=opened)
        return
    if name in {"write", "pwrite64", "lseek", "ftruncate", "fsync", "fdatasync"}:
        if name == "lseek":
            positions[handle] = result
        if not path.startswith(below) or path.endswith("-shm"):
            return
        if name == "write":
            at = positions.get(handle, 0)
            positions[handle] = at + result
            yield Did(what="write", name=path, at=at, content=texts[0][:result])
        elif name == "pwrite64":
            at = int(words.rsplit(", ", 1)[1])
            yield Did(what="write", name=path, at=at, content=texts[0][:result])
        elif name == "ftruncate":
            yield Did(what="cut", name=path, at=int(words.rsplit(", ", 1)[1]))
        elif name != "lseek":
            yield Did(what="sync", name=path)
        return
    paths = [each.decode(errors="replace") for each in texts]
    if paths and paths[-1].startswith(below):
        what = {"mkdir": "folder", "rmdir": "unlink"}.get(name, name.removesuffix("2"))
        what = what.removesuffix("at")
        yield Did(what=what, name=paths[0], to=paths[-1])


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", "")) if "\\x" in escaped else escaped.encode()
