"""What somebody has told already, so that nobody asks twice about what hurts (R-07).

An interview is a conversation. A second one with the same source, or with the same person behind
another source, is kept only with a reason; before it, what was told stands on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app import indexing
from app.records import Source, Statement
from app.records.choices import StatementMode
from app.records.ids import RecordId
from app.records.kinds import Kind
from app.storage import records
from app.storage.database import Reading
from app.vault import Vault

_ASKED: Final = frozenset({StatementMode.IN_PERSON, StatementMode.CALL})
"""Ways of giving a statement in which somebody asks questions."""


def earlier(vault: Vault, statement: Statement) -> list[Statement]:
    """What the same source or person told before, the first one first."""
    return list(_earlier(vault.database, statement))


def needs_reason(db: Reading, statement: Statement) -> bool:
    """Whether it is a new interview of somebody who told something before, without a reason."""
    if statement.mode not in _ASKED or statement.again_reason:
        return False
    is_new = records.head(db, statement.id) is None
    return is_new and next(_earlier(db, statement), None) is not None


def _earlier(db: Reading, statement: Statement) -> Iterator[Statement]:
    for source in _sources(db, statement):
        for head in records.heads_linking_by(db, source, Kind.STATEMENT.value, "source"):
            told = indexing.record_of(head)
            if isinstance(told, Statement) and told.id != statement.id:
                yield told


def _sources(db: Reading, statement: Statement) -> Iterator[RecordId]:
    """The source, and every other source that is the same person."""
    if statement.source is None:
        return
    yield RecordId(statement.source)
    head = records.head(db, statement.source)
    source = indexing.record_of(head) if head is not None and head.body else None
    if isinstance(source, Source) and source.person is not None:
        for other in records.heads_linking_by(db, source.person, Kind.SOURCE.value, "person"):
            if other.id != source.id:
                yield RecordId(other.id)
