"""Where the words of a search stand in a report: a piece of text and which of it to mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app import asking
from app.folding import folded, pieces
from app.records.ids import IncidentId
from app.storage import finding_queries
from app.vault import Vault

_BEFORE: Final = 24
_LETTERS: Final = 90
_PIECE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of letters as they were written; `hit`: these are what was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """What stands around the first word that was found. Plain text from outside: show it so."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "".join(part.text for part in self.parts)


def of(vault: Vault, reports: Iterable[IncidentId], asked: str) -> dict[IncidentId, Snippet]:
    """For each report in which a word of the search is found, the place in one line of it."""
    words = asking.words_of(asked)
    if not words:
        return {}
    found = finding_queries.texts(vault.database, reports)
    made: dict[IncidentId, Snippet] = {}
    for each, (plain, written) in found.items():
        snippet = around(plain.split("\n"), written.split("\n"), words)
        if snippet is not None:
            made[IncidentId(each)] = snippet  # type: ignore[arg-type]
    return made


def around(plain: Sequence[str], written: Sequence[str], words: Sequence[str]) -> Snippet | None:
    """The first line (folded and as written) with most of the words, cut around the first hit."""
    counts = [sum(word in line for word in words) for line in plain]
    if not any(counts):
        return None
    best = counts.index(max(counts))
    if best >= len(written):
        return None
    line, hits = _window(written[best], words)
    return Snippet(parts=tuple(_parts(line, hits)))


def _window(line: str, words: Sequence[str]) -> tuple[str, list[bool]]:
    """A piece of the line with the first hit, and for each of its letters whether it is one."""
    rest = ""
    for piece in pieces(line, _PIECE):
        near = rest[-_PIECE:] + piece
        # letter by letter only where there is something to mark
        flat = folded(near)
        hits = _hits(near, words) if any(word in flat for word in words) else []
        if any(hits):
            start = max(0, hits.index(True) - _BEFORE)
            end = start + _LETTERS
            return near[start:end], hits[start:end]
        rest = near
    return line[:_LETTERS], [False] * len(line[:_LETTERS])


def _hits(text: str, words: Sequence[str]) -> list[bool]:
    """For each letter of the text whether it stands in one of the words."""
    origin: list[int] = []
    flat = ""
    for at, cluster in _clusters(text):
        said = _said(cluster)
        flat += said
        origin += [at] * len(said)
    hits = [False] * len(text)
    for word in words:
        begin = flat.find(word)
        while begin >= 0:
            first, last = origin[begin], origin[begin + len(word) - 1]
            hits[first : last + 1] = [True] * (last + 1 - first)
            begin = flat.find(word, begin + len(word))
    return hits


def _clusters(text: str) -> Iterable[tuple[int, str]]:
    """Each letter with the marks on it, and where it begins."""
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _is_mark(text[at]):
            yield begin, text[begin:at]
            begin = at


@lru_cache(maxsize=8192)
def _said(cluster: str) -> str:
    return folded(cluster)


@lru_cache(maxsize=8192)
def _is_mark(letter: str) -> bool:
    """Whether it stands on the letter before, or is left out."""
    return folded("x" + letter) == "x"


def _parts(text: str, hits: Sequence[bool]) -> Iterable[Part]:
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or hits[at] != hits[begin]:
            yield Part(text=text[begin:at], hit=hits[begin])
            begin = at
