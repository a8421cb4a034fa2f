"""A disk rebuilt as it may be after the power went: what was synced, and any part of the rest.

Data waits for the sync of its file, names for that of their folder; names reach the disk in order,
data in any, and a write may be torn at 512 bytes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tools.torture.recording import Did

SECTOR = 512


class Fate(StrEnum):
    """What becomes of the writes that were not synced."""

    KEPT = "kept"
    DROPPED = "dropped"
    SUBSET = "subset"
    TORN = "torn"


@dataclass(slots=True)
class _File:
    content: bytearray = field(default_factory=bytearray)
    waiting: list[Did] = field(default_factory=list)


def after_cut(start: Path, did: list[Did], fate: Fate, chance: random.Random) -> dict[str, bytes]:
    """Every file below `start`, by full path, when power goes after what was done so far."""
    files = {
        str(path): _File(bytearray(path.read_bytes()))
        for path in start.rglob("*")
        if path.is_file()
    }
    now = dict(files)
    names: list[Did] = []
    held: dict[int, _File] = {}
    for each in did:
        if each.what in {"write", "cut"}:
            if each.name in now:
                now[each.name].waiting.append(each)
        elif each.what == "sync":
            if each.name in now:
                _settle(now[each.name])
            else:
                names = _settle_names(names, each.name, files, held)
        elif each.what in {"make", "unlink", "rename", "link"}:
            held[id(each)] = _renamed(now, each)
            names.append(each)
    reach = {
        Fate.KEPT: len(names),
        Fate.DROPPED: 0,
    }.get(fate, chance.randrange(len(names) + 1))
    for each in names[:reach]:
        _apply_name(files, each, held[id(each)])
    return {name: bytes(_with_rest(file, fate, chance)) for name, file in files.items()}


def _renamed(now: dict[str, _File], each: Did) -> _File:
    """Do to the present names what was done; the file that it is about."""
    if each.what == "make":
        return now.setdefault(each.name, _File())
    file = now.get(each.name, _File())
    _apply_name(now, each, file)
    return file


def _apply_name(names: dict[str, _File], each: Did, file: _File) -> None:
    if each.what == "make":
        names.setdefault(each.name, file)
    elif each.what == "unlink":
        names.pop(each.name, None)
    elif each.what == "rename":
        names.pop(each.name, None)
        names[each.to] = file
    else:
        names[each.to] = file


def _settle_names(
    names: list[Did], folder: str, files: dict[str, _File], held: dict[int, _File]
) -> list[Did]:
    left = []
    for each in names:
        if str(Path(each.name).parent) == folder.rstrip("/"):
            _apply_name(files, each, held[id(each)])
        else:
            left.append(each)
    return left


def _settle(file: _File) -> None:
    for each in file.waiting:
        _apply(file.content, each, len(each.content))
    file.waiting.clear()


def _with_rest(file: _File, fate: Fate, chance: random.Random) -> bytearray:
    content = bytearray(file.content)
    if fate is Fate.DROPPED:
        return content
    for each in file.waiting:
        whole = len(each.content)
        if fate is Fate.SUBSET and chance.random() < 0.5:
            continue
        if fate is Fate.TORN:
            whole = min(whole, chance.randrange(whole + 1) // SECTOR * SECTOR if whole else 0)
        _apply(content, each, whole)
    return content


def _apply(content: bytearray, each: Did, length: int) -> None:
    if each.what == "cut":
        if len(content) > each.at:
            del content[each.at :]
        else:
            content.extend(bytes(each.at - len(content)))
        return
    if length == 0:
        return
    end = each.at + length
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[each.at : end] = each.content[:length]
