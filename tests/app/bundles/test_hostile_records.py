"""One bad record or evidence file is reported, whatever is wrong with it, and blocks no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from app import contacts, evidence, store
from app.bundles import lines, opening
from app.bundles.pieces import Pieces
from app.bundles.reading import EVIDENCE_FOLDER, LEAFLET, RECORDS
from app.bundles.report import Item, ItemState, OpenedBundle, SealedRecord
from app.inbox import importing
from app.inbox.importing import Doubt, Imported
from app.records import EvidenceItem, Incident
from app.records.values import LText
from app.strictjson import canonical
from app.vault import Vault
from tests.app.bundles import forging, hostile
from tests.app.bundles.hostile import Bag


@pytest.fixture
def desk(vault: Vault) -> Vault:
    """A desk that takes in."""
    contacts.make_own_card(vault, "Desk")
    return vault


# --- records --------------------------------------------------------------------------------


def incident(title: str = "A visit") -> Incident:
    return Incident(title=LText.of(title, "en"), narrative=LText.of("Two men came.", "en"))


def edited(**members: object) -> bytes:
    """The line of a good record with some members replaced, its digest as the body has it."""
    line = json.loads(lines.marshal([forging.line(incident())]))
    return canonical(line | members) + b"\n"


def with_body(body: bytes, digest: str | None = None) -> bytes:
    """A line whose body is these very bytes."""
    known = digest or hashlib.sha256(body).hexdigest()
    whole = SealedRecord(
        kind="incident",
        id="a" * 32,
        revision=1,
        at="2026-03-14T12:00:00Z",
        digest=known,
        body=body,
    )
    return lines.marshal([whole])


BODY = forging.line(incident()).body
BAD_LINES: dict[str, bytes] = {
    "empty": b"\n",
    "no json": b"hello\n",
    "not an object": b"[1,2]\n",
    "not utf-8": b"\xff\xff\n",
    "nul": b"\0\n",
    "a key twice": b'{"at":"x","at":"y"}\n',
    "a key twice in the body": with_body(b'{"id":"x","id":"y"}'),
    "ten thousand levels": with_body(b"[" * 10_000 + b"]" * 10_000),
    "ten thousand objects": with_body(b'{"a":' * 10_000 + b"1" + b"}" * 10_000),
    "NaN": with_body(b'{"a":NaN}'),
    "infinity": with_body(b'{"a":-Infinity}'),
    "a fraction": with_body(b'{"a":0.1}'),
    "a huge number": with_body(b'{"a":' + b"9" * 100_000 + b"}"),
    "a huge exponent": with_body(b'{"a":1e999999999}'),
    "a lone surrogate": with_body(b'{"a":"\\ud800"}'),
    "too many nodes": with_body(b"[" + b"1," * 200_001 + b"1]"),
    "an oversized line": b'{"at":"' + b"x" * (17 << 20) + b'"}\n',
    "an oversized text": with_body(b'{"title":"' + b"x" * ((1 << 20) + 1) + b'"}'),
    "unknown kind": edited(kind="spaceship"),
    "kind of another record": edited(kind="person"),
    "kind that is a list": edited(kind=["incident"]),
    "id with a path": edited(id="../../../../etc/passwd"),
    "id of another": edited(id="b" * 32),
    "id that is a number": edited(id=7),
    "revision nought": edited(revision=0),
    "revision too large": edited(revision=2**60),
    "revision that is true": edited(revision=True),
    "an instant that is none": edited(at="2026-03-14"),
    "html for an instant": edited(at=hostile.HTML),
    "another digest": edited(digest="0" * 64),
    "a digest in capitals": edited(digest=hashlib.sha256(BODY).hexdigest().upper()),
    "a body that is a text": edited(body="incident"),
    "a body with a local member": edited(
        body=json.loads(BODY) | {"notes_internal": {"text": "x", "language": "en"}},
        digest=hashlib.sha256(
            canonical(json.loads(BODY) | {"notes_internal": {"text": "x", "language": "en"}})
        ).hexdigest(),
    ),
    "one member more": edited(more=1),
    "one member less": b'{"at":"2026-03-14T12:00:00Z"}\n',
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_one_bad_record_is_reported_and_blocks_no_other(
    desk: Vault, tmp_path: Path, case: str
) -> None:
    first, last = incident("The first"), incident("The last")
    photo = EvidenceItem(title=LText.of("Photo", "en"), sha256=sha("photo"), size=5)
    content = (
        lines.marshal([forging.line(first)])
        + BAD_LINES[case]
        + lines.marshal([forging.line(photo), forging.line(last)])
    )
    opened, done = taken_in(
        desk, tmp_path, records=content, files=[(f"{EVIDENCE_FOLDER}x-y.jpg", b"photo")]
    )
    (bad,) = (each for each in opened.items if each.state is not ItemState.GOOD)
    assert bad.reference == f"{RECORDS}:2"
    assert bad.state in {ItemState.UNREADABLE, ItemState.DAMAGED}
    assert bad.why
    assert not done.complete
    assert {each.id for each in store.every(desk, Incident)} == {first.id, last.id}
    with evidence.reader(desk, photo.id) as reader:
        assert reader.read() == b"photo"
    assert desk.check().whole


def test_a_line_that_is_cut_is_reported_and_blocks_no_other(desk: Vault, tmp_path: Path) -> None:
    first = incident()
    content = lines.marshal([forging.line(first)]) + b'{"at":"2026'
    opened, _ = taken_in(desk, tmp_path, records=content)
    assert [each.state for each in opened.items].count(ItemState.DAMAGED) == 1
    assert [each.id for each in store.every(desk, Incident)] == [first.id]


def test_what_text_says_as_markup_is_kept_as_text(desk: Vault, tmp_path: Path) -> None:
    told = incident(hostile.HTML)
    taken_in(desk, tmp_path, records=lines.marshal([forging.line(told)]))
    (kept,) = store.every(desk, Incident)
    assert kept.title.text == hostile.HTML


# --- evidence -------------------------------------------------------------------------------


def sha(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def photo(content: str) -> EvidenceItem:
    return EvidenceItem(title=LText.of(content, "en"), sha256=sha(content), size=len(content))


def test_a_damaged_and_a_missing_file_are_reported_and_block_no_other(
    desk: Vault, tmp_path: Path
) -> None:
    items = [photo("whole"), photo("damaged"), photo("missing")]
    names = {each.id: f"{EVIDENCE_FOLDER}{each.sha256[:16]}-ref.jpg" for each in items}
    listed = [(names[each.id], each.title.text.encode()) for each in items]
    content = lines.marshal([forging.line(each) for each in items])
    bag = Bag.sound(records=content, files=listed)
    hostile.put(bag.files, names[items[1].id], b"damagod")
    hostile.drop(bag.files, names[items[2].id])
    path = hostile.sealed(desk, tmp_path / "b", bag.archive())
    opened, done = opened_and_taken(desk, path)
    states = {each.reference: each.state for each in opened.items if each.kind == "file"}
    assert [states[names[each.id].removeprefix("data/")] for each in items] == [
        ItemState.GOOD,
        ItemState.DAMAGED,
        ItemState.MISSING,
    ]
    assert (done.complete, done.evidence) == (False, 1)
    assert len(store.every(desk, EvidenceItem)) == 3
    assert [evidence.has_file(desk, each.id) for each in items] == [True, False, False]
    assert len(list((desk.folder / "files").iterdir())) == 1


@pytest.mark.parametrize(
    "name",
    [
        "x.exe",
        "x.html",
        "x .jpg.scr",
        "-rf",
        "$(reboot).jpg",
        "%2e%2e%2fx",
        "نص.jpg",
        "a/b/c.jpg",
        "n" * 200 + ".jpg",
    ],
)
def test_the_name_of_a_file_in_the_bag_names_nothing_here(
    desk: Vault, tmp_path: Path, name: str
) -> None:
    item = photo("photo")
    content = lines.marshal([forging.line(item)])
    taken_in(desk, tmp_path, records=content, files=[(EVIDENCE_FOLDER + name, b"photo")])
    (stored,) = (desk.folder / "files").iterdir()
    assert len(stored.name) == 32
    assert evidence.has_file(desk, item.id)


def test_files_that_no_record_names_are_not_kept(desk: Vault, tmp_path: Path) -> None:
    files = [(f"{EVIDENCE_FOLDER}{number}.bin", bytes(1000)) for number in range(20)]
    files += [("data/other.bin", b"x"), (LEAFLET, b"<script>")]
    _, done = taken_in(desk, tmp_path, records=b"", files=files)
    assert done.evidence == 0
    assert list((desk.folder / "files").iterdir()) == []


def test_a_record_that_names_another_file_gets_none(desk: Vault, tmp_path: Path) -> None:
    item = photo("what it should be")
    _, done = taken_in(
        desk,
        tmp_path,
        records=lines.marshal([forging.line(item)]),
        files=[(f"{EVIDENCE_FOLDER}{item.sha256[:16]}-ref.jpg", b"what it is")],
    )
    assert done.evidence == 0
    assert not evidence.has_file(desk, item.id)


def test_ten_thousand_bad_records_are_reported_one_by_one(desk: Vault, tmp_path: Path) -> None:
    content = b"{}\n" * 10_000
    bag = Bag.sound(records=content)
    opened = opening.open_bundle(desk, hostile.sealed(desk, tmp_path / "b", bag.archive()))
    assert len([each for each in opened.items if each.state is ItemState.UNREADABLE]) == 10_000
    found = list(lines.read(Pieces.of(content + b"{}\n"), RECORDS))
    assert [each.why for each in found if isinstance(each, Item)] == ["too_many_lines"]


# --- taking in ------------------------------------------------------------------------------


def taken_in(
    desk: Vault,
    folder: Path,
    *,
    records: bytes,
    files: Sequence[tuple[str, bytes]] = (),
) -> tuple[OpenedBundle, Imported]:
    """What looking says, and what taking in does, once the missing signature is accepted."""
    bag = Bag.sound(records=records, files=files)
    return opened_and_taken(desk, hostile.sealed(desk, folder / "b", bag.archive()))


def opened_and_taken(desk: Vault, path: Path) -> tuple[OpenedBundle, Imported]:
    opened = opening.open_bundle(desk, path)
    plan = importing.plan_import(desk, opened)
    accepted = frozenset({Doubt.UNSIGNED, Doubt.PASSED_ON})
    return opened, importing.apply(desk, path, plan, accepted=accepted)
