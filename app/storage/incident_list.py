"""Counts for the rows of the list of incidents, each asked once for all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from app.storage.cells import text, whole
from app.storage.database import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """How often a record was sealed: to how many receivers, and the newest revision that says what
    the newest sealed one said."""

    record: str
    receivers: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The latest verdict of a receipt on a record that was sealed here."""

    record: str
    verdict: str
    number: int


def sealings(db: Reading, incidents: Iterable[str]) -> dict[str, Sealing]:
    """By record, for those of `incidents` that were sealed at least once."""
    rows = db.rows(
        "SELECT q.record, q.receivers, coalesce((SELECT max(same.number) FROM revision sealed "
        "JOIN revision same ON same.record = sealed.record "
        "AND same.body_digest = sealed.body_digest "
        "WHERE sealed.record = q.record AND sealed.number = q.number), q.number) FROM ("
        "SELECT s.record, count(DISTINCT b.contact) AS receivers, max(s.number) AS number "
        "FROM sealed_revision s JOIN sealed_bundle b ON b.id = s.bundle "
        "WHERE s.record IN (SELECT value FROM json_each(?)) AND b.kind <> 'receipt' "
        "GROUP BY s.record) q",
        _list(incidents),
    )
    return {
        text(row[0]): Sealing(record=text(row[0]), receivers=whole(row[1]), number=whole(row[2]))
        for row in rows
    }


def answers(db: Reading, incidents: Iterable[str]) -> dict[str, Answer]:
    """By record, the latest verdict received; a receipt without items speaks for its bundle."""
    rows = db.rows(
        "SELECT s.record, coalesce(i.verdict, t.verdict), s.number, t.at FROM sealed_revision s "
        "JOIN receipt t ON t.bundle = s.bundle AND t.way = 'received' "
        "LEFT JOIN receipt_item i ON i.receipt = t.id AND i.record = s.record "
        "WHERE s.record IN (SELECT value FROM json_each(?)) ORDER BY t.day, t.at, t.id",
        _list(incidents),
    )
    return {
        text(row[0]): Answer(record=text(row[0]), verdict=text(row[1]), number=whole(row[2]))
        for row in rows
    }


def evidence_counts(db: Reading, incidents: Iterable[str]) -> dict[str, int]:
    """By incident, how many evidence items bear on it or on one of its acts."""
    rows = db.rows(
        "WITH asked (id) AS (SELECT value FROM json_each(?)) "
        "SELECT incident, count(DISTINCT item) FROM ("
        "SELECT l.target AS incident, l.record AS item FROM asked "
        "CROSS JOIN link l ON l.target = asked.id AND l.field = 'links.supports' "
        "UNION SELECT up.target, l.record FROM asked "
        "CROSS JOIN link up ON up.target = asked.id AND up.field = 'incident' "
        "CROSS JOIN record act ON act.id = up.record AND act.kind = 'act' "
        "CROSS JOIN link l ON l.target = act.id AND l.field = 'links.supports'"
        ") GROUP BY incident",
        _list(incidents),
    )
    return {text(row[0]): whole(row[1]) for row in rows}


def drafted(db: Reading, kind: str) -> frozenset[str]:
    """Records of a kind that somebody was typing into and did not save."""
    return frozenset(
        text(row[0]) for row in db.rows("SELECT record FROM draft WHERE kind = ?", kind)
    )


def _list(values: Iterable[str]) -> str:
    return json.dumps(sorted(values))
