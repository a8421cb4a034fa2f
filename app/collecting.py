"""From a report and all that belongs to it to the one line that finds it (vault.md 4.4).

A report is found by the words and facts of everything that `incidents.whole` would gather, and of
what ties it to another report. So it is never found by who a source is (S-01): references that stay
on this device are not followed, and a protected source has no words. What a desk notes about a
report, and observations about an organisation, are no part of it either (G-08).

Making the line again is apart from saving: a page that cannot be read must not cost what somebody
writes. What is still to be made again stands in `stale` and is made at the next change or opening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Final

from app import belonging, indexing, termlists
from app.errors import AppError, MalformedJson, MalformedRecord, VaultDamaged
from app.folding import folded
from app.records import (
    KINDS,
    Act,
    Engagement,
    EvidenceItem,
    Incident,
    Involvement,
    Kind,
    Place,
    Record,
    Relationship,
    derive,
)
from app.records.values import PlaceRef, TermRef
from app.standing import State, state_of
from app.storage import finding, indexes, origin, piecewise, records, settings
from app.storage.database import Database, Reading, Transaction
from app.storage.finding import Fact, Line, Routes
from app.storage.indexes import Derived
from app.storage.records import Head

SPELLING: Final = "2"
"""Counts changes of the folding and of what is derived: another one in a vault means making all of
it again at the next opening. 1 is what vaults of the first version have, without saying so."""

_SETTING: Final = "derived"
_LEAST_URGENT: Final = 99
_TITLE_LETTERS: Final = 200

ACT, COUNTRY, PERSON, UN_BODY = "act", "place", "person", "un_body"
HARMED, STATUS, URGENCY, ORIGIN = "harmed", "status", "urgency", "origin"
LANGUAGE, TAG, EVIDENCE, WRITTEN_PLACE = "language", "tag", "evidence", "written_place"
HERE, CAME = "here", "received"


_TIES: Final = (
    (Kind.INCIDENT, Kind.INCIDENT_LINK, ("incident", "to")),
    (Kind.PERSON, Kind.RELATIONSHIP, ("party", "to")),
    (Kind.ORGANISATION, Kind.RELATIONSHIP, ("party", "to")),
)
"""Records that tie two others together, and are found by either."""


@cache
def routes() -> Routes:
    """The references that gather, from app/belonging.py, and the links between two reports."""
    ties = [f"{owner} {kind} {field}" for owner, kind, fields in _TIES for field in fields]
    members = [
        f"{owner} {member.kind} {member.field}"
        for owner, found in belonging.MEMBERS.items()
        for member in found
    ]
    down = [f"{kind.kind} {field}" for kind in KINDS for field in belonging.followed(kind.kind)]
    return Routes(down=tuple(sorted(down)), up=tuple(sorted([*members, *ties])))


# --- keeping the lines ----------------------------------------------------------------------


def put(tx: Transaction, head: Head, fresh: Derived) -> None:
    """Put what was derived of a record in the place of what was derived before, and note whatever
    gathers it, or did, to be made again."""
    finding.mark_owners(tx, head.id, head.kind, routes())
    indexes.put(tx, head.position, head.id, fresh)
    finding.mark_owners(tx, head.id, head.kind, routes())
    finding.mark(tx, head.id)


def refresh(database: Database) -> None:
    """Make the lines again of whatever changed; what cannot be made stays noted."""
    marked: tuple[str, ...] = ()
    with suppress(AppError):
        marked = finding.marked(database)
    if not marked:
        return
    try:
        with database.transaction() as tx:
            _make_again(tx, marked)
    except AppError:
        for each in marked:
            with suppress(AppError), database.transaction() as tx:
                _make_again(tx, (each,))


def catch_up(database: Database) -> None:
    """After opening: make again what was left, or everything when it was derived in another way."""
    with suppress(AppError):
        if settings.setting(database, _SETTING) != SPELLING:
            _derive_all(database)
    refresh(database)


def _derive_all(database: Database) -> None:
    try:
        with database.transaction() as tx:
            indexing.reindex(tx)
            rebuild(tx)
    except VaultDamaged:
        # Somewhere a page is lost: each report by itself, and the lost ones stay noted.
        known = piecewise.heads(database, Kind.INCIDENT)
        with database.transaction() as tx:
            finding.forget_all(tx)
            for each in [*(head.id for head in known.found), *(row.id for row in known.lost)]:
                finding.mark(tx, each)
            settings.keep_setting(tx, _SETTING, SPELLING)


def rebuild(tx: Transaction) -> None:
    """Make every line again."""
    finding.forget_all(tx)
    for head in records.heads(tx, Kind.INCIDENT):
        finding.put(tx, line(tx, head))
    settings.keep_setting(tx, _SETTING, SPELLING)


def fits(database: Database, head: Head) -> bool:
    """Whether the line of this incident is what it would be if it were made now."""
    fresh = None if head.removed else line(database, head)
    return finding.stored(database, head.id) == fresh


def line(db: Reading, head: Head) -> Line:
    """The line of a report, also when its body makes no sense. Raises VaultDamaged."""
    entry = finding.entry_of(db, head.id, head.number) or -head.position
    incident = _record_of(head)
    if not isinstance(incident, Incident):
        return _unreadable(head, entry)
    parts = [incident, *_parts(db, incident)]
    written = [text for record in parts for text in _texts(record)]
    earliest, latest = derive.bounds(incident.period)
    return Line(
        entry=entry,
        position=head.position,
        id=head.id,
        state=state_of(db, head).value,
        title=folded(incident.title.text[:_TITLE_LETTERS]).strip(),
        earliest=earliest.isoformat() if earliest else None,
        latest=latest.isoformat() if latest else None,
        urgency=_rank(incident.urgency),
        facts=tuple(sorted(set(_facts(db, incident, parts, head)))),
        folded="\n".join(folded(text) for text in written),
        written="\n".join(written),
    )


def _unreadable(head: Head, entry: int) -> Line:
    return Line(
        entry=entry,
        position=head.position,
        id=head.id,
        state=State.DAMAGED.value,
        title="",
        earliest=None,
        latest=None,
        urgency=_LEAST_URGENT,
        facts=(),
        folded="",
        written="",
    )


def _make_again(tx: Transaction, marked: Sequence[str]) -> None:
    concerned = set(finding.gathering(tx, marked, routes()))
    for each in sorted(concerned):
        head = records.head(tx, each)
        made = None if head is None or head.removed else line(tx, head)
        if made is None:
            finding.forget(tx, each)
        else:
            finding.put(tx, made)
    for each in marked:
        finding.unmark(tx, each)


# --- what belongs to a report ---------------------------------------------------------------


def _parts(db: Reading, incident: Incident) -> list[Record]:
    """What it gathers, in the order in which it came here; what cannot be read is passed over."""
    gathered = finding.gathered(db, incident.id, routes()) - {incident.id}
    heads = [head for each in gathered if (head := records.head(db, each)) is not None]
    heads.sort(key=lambda head: head.position)
    found = [record for head in heads if (record := _record_of(head)) is not None]
    # one end alone would tell of somebody else
    known = {record.id for record in found}
    return [
        record
        for record in found
        if not isinstance(record, Relationship) or {record.party, record.to} <= known
    ]


def _record_of(head: Head) -> Record | None:
    try:
        return indexing.record_of(head)
    except (MalformedJson, MalformedRecord):
        return None  # a check names it


def _texts(record: Record) -> Iterator[str]:
    rows = derive.words(record)
    if rows or record.kind is Kind.INCIDENT:
        yield record.short_ref
    for row in rows:
        yield " ".join(row.text.split())


# --- facts ----------------------------------------------------------------------------------


def _facts(db: Reading, incident: Incident, parts: Iterable[Record], head: Head) -> Iterator[Fact]:
    came = origin.decode(head.origin).act is origin.Act.RECEIVED
    yield Fact(what=ORIGIN, value=CAME if came else HERE)
    yield Fact(what=STATUS, value=incident.verification_status.key)
    yield Fact(what=URGENCY, value=incident.urgency.key)
    yield Fact(what=LANGUAGE, value=incident.language)
    for tag in incident.tags:
        yield Fact(what=TAG, value=tag)
    yield from _places(incident.country)
    for record in parts:
        match record:
            case Act():
                yield from _terms(ACT, record.act_type)
                yield from _people(record.victim, PERSON, HARMED)
                yield from _places(record.place)
            case Involvement():
                yield from _people(record.party, PERSON)
            case Engagement():
                yield from _terms(UN_BODY, record.un_body)
                for party in record.parties:
                    yield from _people(party, PERSON)
            case Place():
                for above in _above(db, record):
                    yield Fact(what=COUNTRY, value=above)
            case EvidenceItem():
                yield Fact(what=EVIDENCE, value="")
            case _:
                pass


def _terms(what: str, term: TermRef | None) -> Iterator[Fact]:
    """A term and the groups that it stands in, so that a group finds all of its own."""
    if term is None:
        return
    code: str | None = term.key
    known = termlists.get(term.list)
    while code is not None:
        yield Fact(what=what, value=code)
        found = known.find(code)
        code = found.parent if found else None


def _people(party: str | None, *whats: str) -> Iterator[Fact]:
    if party is not None:
        for what in whats:
            yield Fact(what=what, value=party)


def _places(place: PlaceRef | None) -> Iterator[Fact]:
    if place is not None and place.as_written:
        yield Fact(what=WRITTEN_PLACE, value=place.as_written.text.strip())


def _above(db: Reading, place: Place) -> Iterator[str]:
    """A place and what it lies in; a circle ends where it begins."""
    seen: set[str] = set()
    at: Record | None = place
    while isinstance(at, Place) and at.id not in seen:
        seen.add(at.id)
        yield at.id
        head = records.head(db, at.parent) if at.parent else None
        at = _record_of(head) if head is not None and not head.removed else None


def _rank(urgency: TermRef) -> int:
    known = [str(term.code) for term in termlists.get("urgency").terms]
    return known.index(urgency.key) if urgency.key in known else _LEAST_URGENT
