"""records.jsonl and custody.jsonl: one record revision a line (docs/formats/bundle.md 6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from app.bundles.reading import CUSTODY
from app.bundles.report import Item, ItemState, SealedRecord
from app.errors import AppError, MalformedJson
from app.records import Kind, Record, class_of
from app.records.codec import BODY_CEILING, decode
from app.strictjson import Json, canonical, parse
from crypto.digest import sha256

MAX_LINES: Final = 10_000
MAX_REVISION: Final = 2**53

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
    """The file's bytes. Each body is put in as the bytes it is, so nothing can be rewritten."""
    return b"".join(_line(each) for each in revisions)


def read(data: bytes, name: str) -> Iterator[Line | Item]:
    """Each line's record, or an Item that says what is wrong with that line. Never raises.

    Custody events stand in the file of their own and nowhere else.
    """
    # Counted before anything is split: 64 MiB of line ends would be as many objects.
    if data.count(b"\n") > MAX_LINES:
        yield Item(reference=name, kind="", state=ItemState.UNREADABLE, why="too_many_lines")
        return
    if data and not data.endswith(b"\n"):
        yield Item(reference=name, kind="", state=ItemState.DAMAGED, why="last_line")
    seen: set[str] = set()
    for number, line in enumerate(_whole_lines(data), start=1):
        reference = f"{name}:{number}"
        try:
            found = _parsed(line)
            if (found.record.kind is Kind.CUSTODY_EVENT) is not (name == CUSTODY):
                raise _Bad(ItemState.UNREADABLE, "wrong_file")
            if found.sealed.id in seen:
                raise _Bad(ItemState.UNREADABLE, "duplicate")
            seen.add(found.sealed.id)
            yield found
        except _Bad as bad:
            yield Item(reference=reference, kind="", state=bad.state, why=bad.why)


def _whole_lines(data: bytes) -> Iterator[bytes]:
    at = 0
    while (end := data.find(b"\n", at)) >= 0:
        yield data[at:end]
        at = end + 1


def _line(each: SealedRecord) -> bytes:
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
        members = parse(line, BODY_CEILING + 4096)
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
