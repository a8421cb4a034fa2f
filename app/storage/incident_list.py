"""Counts for the list of incidents, each asked once for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.cells import text, whole
from app.storage.database import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """How often a record was sealed: to how many receivers, and its newest revision among them."""

    record: str
    receivers: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The latest verdict of a receipt on a record that was sealed here."""

    record: str
    verdict: str
    number: int


def sealings(db: Reading, kind: str) -> dict[str, Sealing]:
    """By record, for the records of a kind that were sealed at least once."""
    rows = db.rows(
        "SELECT s.record, count(DISTINCT b.contact), max(s.number) "
        "FROM sealed_revision s JOIN sealed_bundle b ON b.id = s.bundle "
        "JOIN record r ON r.id = s.record WHERE r.kind = ? AND b.kind <> 'receipt' "
        "GROUP BY s.record",
        kind,
    )
    return {
        text(row[0]): Sealing(record=text(row[0]), receivers=whole(row[1]), number=whole(row[2]))
        for row in rows
    }


def answers(db: Reading, kind: str) -> dict[str, Answer]:
    """By record, the latest verdict received; a receipt without items speaks for its bundle."""
    rows = db.rows(
        "SELECT s.record, coalesce(i.verdict, t.verdict), s.number, t.at FROM receipt t "
        "JOIN sealed_revision s ON s.bundle = t.bundle "
        "JOIN record r ON r.id = s.record AND r.kind = ? "
        "LEFT JOIN receipt_item i ON i.receipt = t.id AND i.record = s.record "
        "WHERE t.way = 'received' ORDER BY t.day, t.at, t.id",
        kind,
    )
    return {
        text(row[0]): Answer(record=text(row[0]), verdict=text(row[1]), number=whole(row[2]))
        for row in rows
    }


def evidence_counts(db: Reading) -> dict[str, int]:
    """By incident, how many evidence items bear on it or on one of its acts."""
    rows = db.rows(
        "SELECT incident, count(DISTINCT item) FROM ("
        "SELECT l.target AS incident, l.record AS item FROM link l "
        "JOIN record r ON r.id = l.target AND r.kind = 'incident' "
        "WHERE l.field = 'links.supports' "
        "UNION SELECT up.target, l.record FROM link l "
        "JOIN record act ON act.id = l.target AND act.kind = 'act' "
        "JOIN link up ON up.record = act.id AND up.field = 'incident' "
        "WHERE l.field = 'links.supports') GROUP BY incident"
    )
    return {text(row[0]): whole(row[1]) for row in rows}


def drafted(db: Reading, kind: str) -> frozenset[str]:
    """Records of a kind that somebody was typing into and did not save."""
    return frozenset(
        text(row[0]) for row in db.rows("SELECT record FROM draft WHERE kind = ?", kind)
    )
