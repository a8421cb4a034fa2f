"""What was sealed to whom, revision by revision, and what was received with which result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.storage.cells import Row, text, whole
from app.storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedBundle:
    """A bundle made here. `id`, `series`: 32 hex; `manifest`, `previous`: SHA-256 of tag manifests
    as 64 hex, `previous` "" for the first; `verify_key` "" when unsigned; sizes in bytes."""

    id: str
    kind: str
    contact: str
    series: str
    sequence: int
    previous: str
    manifest: str
    verify_key: str
    file_name: str
    file_size: int
    day: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRevision:
    """One record in a bundle made here. `digest`: SHA-256 of its body as 64 hex."""

    bundle: str
    record: str
    number: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedBundle:
    """A bundle opened and taken in here. `contact` "" when the signer is unknown; `reply`: the
    recipient that receipts can be sealed to, or ""; `addressed`: to_me, passed_on, "" not noted."""

    id: str
    kind: str
    verify_key: str
    contact: str
    series: str
    sequence: int
    previous: str
    manifest: str
    verdict: str
    reply: str
    file_name: str
    file_size: int
    day: str
    at: str
    addressed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedItem:
    """One record, or evidence file, of a bundle received. `number`: the sender's revision;
    `stored`: ours, 0 when it was not stored; `detail`: a code."""

    bundle: str
    position: int
    record: str
    kind: str
    number: int
    digest: str
    verdict: str
    detail: str = ""
    stored: int = 0


_SEALED: Final = (
    "SELECT id, kind, contact, series, sequence, previous, manifest, verify_key, file_name, "
    "file_size, day, at FROM sealed_bundle "
)
_SEALED_REVISION: Final = "SELECT bundle, record, number, digest FROM sealed_revision "
_RECEIVED: Final = (
    "SELECT id, kind, verify_key, contact, series, sequence, previous, manifest, verdict, reply, "
    "file_name, file_size, day, at, addressed FROM received_bundle "
)
_ITEM: Final = (
    "SELECT bundle, position, record, kind, number, digest, verdict, detail, stored "
    "FROM received_item "
)


# --- sealed ---------------------------------------------------------------------------------


def add_sealed(tx: Transaction, bundle: SealedBundle, held: tuple[SealedRevision, ...]) -> None:
    """Note a bundle made here and every revision in it."""
    tx.run(
        "INSERT INTO sealed_bundle (id, kind, contact, series, sequence, previous, manifest, "
        "verify_key, file_name, file_size, day, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        bundle.id,
        bundle.kind,
        bundle.contact,
        bundle.series,
        bundle.sequence,
        bundle.previous,
        bundle.manifest,
        bundle.verify_key,
        bundle.file_name,
        bundle.file_size,
        bundle.day,
        bundle.at,
    )
    for each in held:
        tx.run(
            "INSERT INTO sealed_revision (bundle, record, number, digest) VALUES (?, ?, ?, ?)",
            bundle.id,
            each.record,
            each.number,
            each.digest,
        )


def sealed(db: Reading, bundle: str) -> SealedBundle | None:
    """One bundle made here."""
    found = db.row(_SEALED + "WHERE id = ?", bundle)
    return _sealed(found) if found else None


def all_sealed(db: Reading) -> list[SealedBundle]:
    """Every bundle made here, the latest first."""
    return [_sealed(row) for row in db.rows(_SEALED + "ORDER BY at DESC, sequence DESC, id")]


def sealed_to(db: Reading, contact: str) -> list[SealedBundle]:
    """The bundles made for a contact, the latest first."""
    return [
        _sealed(row)
        for row in db.rows(
            _SEALED + "WHERE contact = ? ORDER BY at DESC, sequence DESC, id", contact
        )
    ]


def held_in(db: Reading, bundle: str) -> list[SealedRevision]:
    """The revisions in a bundle made here."""
    return [
        _sealed_revision(row)
        for row in db.rows(_SEALED_REVISION + "WHERE bundle = ? ORDER BY record", bundle)
    ]


def sealings_of(db: Reading, record: str) -> list[SealedRevision]:
    """Every bundle made here that holds the record, and at which revision."""
    return [
        _sealed_revision(row)
        for row in db.rows(
            _SEALED_REVISION + "WHERE record = ? ORDER BY number DESC, bundle", record
        )
    ]


# --- received -------------------------------------------------------------------------------


def add_received(tx: Transaction, bundle: ReceivedBundle, items: tuple[ReceivedItem, ...]) -> None:
    """Note a bundle taken in here and what became of each item."""
    tx.run(
        "INSERT INTO received_bundle (id, kind, verify_key, contact, series, sequence, previous, "
        "manifest, verdict, reply, file_name, file_size, day, at, addressed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        bundle.id,
        bundle.kind,
        bundle.verify_key,
        bundle.contact,
        bundle.series,
        bundle.sequence,
        bundle.previous,
        bundle.manifest,
        bundle.verdict,
        bundle.reply,
        bundle.file_name,
        bundle.file_size,
        bundle.day,
        bundle.at,
        bundle.addressed,
    )
    for item in items:
        tx.run(
            "INSERT INTO received_item (bundle, position, record, kind, number, digest, verdict, "
            "detail, stored) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            bundle.id,
            item.position,
            item.record,
            item.kind,
            item.number,
            item.digest,
            item.verdict,
            item.detail,
            item.stored,
        )


def forget_received(tx: Transaction, bundle: str) -> None:
    """Forget that a bundle was taken in: it is no replay any more."""
    tx.run("DELETE FROM received_item WHERE bundle = ?", bundle)
    tx.run("DELETE FROM received_bundle WHERE id = ?", bundle)


def referring(db: Reading, target: str) -> list[str]:
    """The records, not removed, that refer to `target` in any way, protected ones too."""
    rows = db.rows(
        "SELECT DISTINCT l.record FROM link l JOIN record r ON r.id = l.record "
        "WHERE l.target = ? AND r.removed = 0 AND l.record <> l.target ORDER BY l.record",
        target,
    )
    return [text(row[0]) for row in rows]


def received(db: Reading, bundle: str) -> ReceivedBundle | None:
    """One bundle taken in here: the same id again is a replay."""
    found = db.row(_RECEIVED + "WHERE id = ?", bundle)
    return _received(found) if found else None


def all_received(db: Reading) -> list[ReceivedBundle]:
    """Every bundle taken in here, the latest first."""
    return [_received(row) for row in db.rows(_RECEIVED + "ORDER BY at DESC, sequence DESC, id")]


def received_from(db: Reading, verify_key: str) -> list[ReceivedBundle]:
    """The bundles signed with this key, by series and sequence: gaps show here."""
    return [
        _received(row)
        for row in db.rows(_RECEIVED + "WHERE verify_key = ? ORDER BY series, sequence", verify_key)
    ]


def received_in_series(db: Reading, series: str) -> list[ReceivedBundle]:
    """The bundles of one series, by sequence."""
    return [
        _received(row) for row in db.rows(_RECEIVED + "WHERE series = ? ORDER BY sequence", series)
    ]


def signed_series(db: Reading) -> list[list[ReceivedBundle]]:
    """Every signed series received, each with its bundles by sequence."""
    found: dict[tuple[str, str], list[ReceivedBundle]] = {}
    for row in db.rows(_RECEIVED + "WHERE verify_key <> '' ORDER BY verify_key, series, sequence"):
        bundle = _received(row)
        found.setdefault((bundle.verify_key, bundle.series), []).append(bundle)
    return list(found.values())


def items_of(db: Reading, bundle: str) -> list[ReceivedItem]:
    """What became of each item of a bundle received, in its order there."""
    return [_item(row) for row in db.rows(_ITEM + "WHERE bundle = ? ORDER BY position", bundle)]


def arrivals_of(db: Reading, record: str) -> list[ReceivedItem]:
    """Every time the record arrived in a bundle."""
    return [
        _item(row)
        for row in db.rows(_ITEM + "WHERE record = ? ORDER BY number DESC, bundle", record)
    ]


def _sealed(row: Row) -> SealedBundle:
    return SealedBundle(
        id=text(row[0]),
        kind=text(row[1]),
        contact=text(row[2]),
        series=text(row[3]),
        sequence=whole(row[4]),
        previous=text(row[5]),
        manifest=text(row[6]),
        verify_key=text(row[7]),
        file_name=text(row[8]),
        file_size=whole(row[9]),
        day=text(row[10]),
        at=text(row[11]),
    )


def _sealed_revision(row: Row) -> SealedRevision:
    return SealedRevision(
        bundle=text(row[0]), record=text(row[1]), number=whole(row[2]), digest=text(row[3])
    )


def _received(row: Row) -> ReceivedBundle:
    return ReceivedBundle(
        id=text(row[0]),
        kind=text(row[1]),
        verify_key=text(row[2]),
        contact=text(row[3]),
        series=text(row[4]),
        sequence=whole(row[5]),
        previous=text(row[6]),
        manifest=text(row[7]),
        verdict=text(row[8]),
        reply=text(row[9]),
        file_name=text(row[10]),
        file_size=whole(row[11]),
        day=text(row[12]),
        at=text(row[13]),
        addressed=text(row[14]),
    )


def _item(row: Row) -> ReceivedItem:
    return ReceivedItem(
        bundle=text(row[0]),
        position=whole(row[1]),
        record=text(row[2]),
        kind=text(row[3]),
        number=whole(row[4]),
        digest=text(row[5]),
        verdict=text(row[6]),
        detail=text(row[7]),
        stored=whole(row[8]),
    )
