"""records.jsonl and custody.jsonl: one record revision a line (docs/formats/bundle.md 6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import belonging
from app.bundles.pieces import Pieces
from app.bundles.reading import CUSTODY, RECORDS
from app.bundles.report import Item, ItemState, SealedRecord
from app.errors import AppError, MalformedJson, TooBig
from app.records import Kind, Record, class_of
from app.records.codec import decode
from app.strictjson import Json, canonical, parse
from crypto.digest import sha256

MAX_LINES: Final = 10_000
MAX_REVISION: Final = 2**53
MAX_BODY_BYTES: Final = 2 << 20
"""Of one body that travels. Letters beyond the first 65,536 of Unicode take four bytes each while a
line is read, and it is read as text, as values and as a record: what comes from outside may take
that much and not the sixteen megabytes of a record at home."""

_MEMBERS: Final = frozenset({"kind", "id", "revision", "at", "digest", "body"})
_ID: Final = re.compile(r"[0-9a-f]{32}")
_AT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: the revision that was sealed, and the record it decodes to."""

    sealed: SealedRecord
    record: Record


class _Bad(Exception):
    """Why a line is of no use: a state and a code."""

    def __init__(self, state: ItemState, why: str) -> None:
        super().__init__(why)
        self.state = state
        self.why = why


def marshal(revisions: Iterable[SealedRecord]) -> bytes:
    """The file's bytes. Each body is put in as the bytes it is, so nothing can be rewritten.

    Raises TooBig for a body over 2 MiB, which no reader would take.
    """
    return b"".join(_line(each) for each in revisions)


def read(held: Pieces, name: str) -> Iterator[Line | Item]:
    """Each line's record, or an Item that says what is wrong with that line. Never raises; lets go
    of what it has read.

    Custody events stand in the file of their own and nowhere else.
    """
    # Counted before anything is split: 64 MiB of line ends would be as many objects.
    if held.line_ends() > MAX_LINES:
        yield Item(reference=name, kind="", state=ItemState.UNREADABLE, why="too_many_lines")
        return
    if held.is_cut():
        yield Item(reference=name, kind="", state=ItemState.DAMAGED, why="last_line")
    seen: set[str] = set()
    for number, line in enumerate(held.lines(), start=1):
        reference = f"{name}:{number}"
        try:
            found = _parsed(line)
            if (found.record.kind is Kind.CUSTODY_EVENT) is not (name == CUSTODY):
                raise _Bad(ItemState.UNREADABLE, "wrong_file")
            if found.record.kind in belonging.NEVER_IN_A_REPORT:
                raise _Bad(ItemState.UNREADABLE, "not_in_a_report")
            if found.sealed.id in seen:
                raise _Bad(ItemState.UNREADABLE, "duplicate")
            seen.add(found.sealed.id)
            yield found
        except _Bad as bad:
            yield Item(reference=reference, kind="", state=bad.state, why=bad.why)


def _line(each: SealedRecord) -> bytes:
    if len(each.body) > MAX_BODY_BYTES:
        raise TooBig(at=Path(RECORDS), size=len(each.body), limit=MAX_BODY_BYTES)
    # canonical order of members: at, body, digest, id, kind, revision
    return b'{"at":%b,"body":%b,"digest":%b,"id":%b,"kind":%b,"revision":%d}\n' % (
        canonical(each.at),
        each.body,
        canonical(each.digest),
        canonical(each.id),
        canonical(each.kind),
        each.revision,
    )


def _parsed(line: bytes) -> Line:
    try:
        members = parse(line, MAX_BODY_BYTES + 4096)
    except MalformedJson as error:
        raise _Bad(ItemState.UNREADABLE, error.reason) from None
    if not isinstance(members, dict) or set(members) != _MEMBERS:
        raise _Bad(ItemState.UNREADABLE, "members")
    body = canonical(members["body"])
    sealed = SealedRecord(
        kind=_matching(members["kind"], None, "kind"),
        id=_matching(members["id"], _ID, "id"),
        revision=_revision(members["revision"]),
        at=_matching(members["at"], _AT, "at"),
        digest=_matching(members["digest"], None, "digest"),
        body=body,
    )
    if sha256(body).hex() != sealed.digest:
        raise _Bad(ItemState.DAMAGED, "digest")
    try:
        kind = Kind(sealed.kind)
    except ValueError:
        raise _Bad(ItemState.UNREADABLE, "unknown_kind") from None
    try:
        record = decode(class_of(kind), body)
    except AppError as error:
        raise _Bad(ItemState.UNREADABLE, error.code) from None
    if record.id != sealed.id:
        raise _Bad(ItemState.UNREADABLE, "id")
    return Line(sealed=sealed, record=record)


def _matching(value: Json, shape: re.Pattern[str] | None, member: str) -> str:
    if not isinstance(value, str) or (shape is not None and shape.fullmatch(value) is None):
        raise _Bad(ItemState.UNREADABLE, member)
    return value


def _revision(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_REVISION:
        raise _Bad(ItemState.UNREADABLE, "revision")
    return value
