"""What a bundle may cost to look at, and what its signature does not reach."""

from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path

import pytest

from app import contacts, keyring
from app.bundles import lines, manifest, opening, packing, reading
from app.bundles.manifest import BundleKind
from app.bundles.packing import Payload
from app.bundles.pieces import Pieces
from app.bundles.reading import CUSTODY, LEAFLET, RECEIPT, RECORDS
from app.bundles.report import Item, ItemState
from app.errors import BadBundle, BadCard, BadManifest, BadReceipt, NotThere
from app.inbox import receipts, statement
from app.inbox.importing import Doubt
from app.inbox.statement import Verdict
from app.records import CustodyEvent, Incident
from app.strictjson import canonical
from app.tar import TarWriter
from crypto import age
from crypto.signing import SigningKey
from tests.app.bundles import forging
from tests.sides import Sides


def test_tag_files_share_one_ceiling(sides: Sides, tmp_path: Path) -> None:
    card = contacts.own_card(sides.desk)
    assert card is not None
    path = tmp_path / "tags"
    five = 5 * 1024**2
    with (
        path.open("wb") as to,
        age.encrypt(to, [age.parse_recipient(card.recipient)]) as sealed,
    ):
        tar = TarWriter(sealed)
        for number in range(4):
            tar.add(f"bundle/note-{number}.txt", five, [bytes(five)])
        tar.finish()
    with pytest.raises(BadBundle) as refused:
        opening.open_bundle(sides.desk, path)
    assert (refused.value.layer, refused.value.detail) == ("size", "bundle/note-3.txt")


def test_records_and_custody_share_one_ceiling(sides: Sides, tmp_path: Path) -> None:
    half = b"x" * (reading.MAX_RECORDS_BYTES // 2 + 1)
    files = [Payload.of(RECORDS, half), Payload.of(CUSTODY, half)]
    with pytest.raises(BadBundle) as refused:
        opening.open_bundle(sides.desk, forging.write(sides.desk, tmp_path / "b", files))
    assert refused.value.layer == "size"


def test_sixty_four_megabytes_of_line_ends_cost_no_memory() -> None:
    data = b"\n" * reading.MAX_RECORDS_BYTES
    tracemalloc.start()
    found = list(lines.read(Pieces.of(data), RECORDS))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [each.why for each in found if isinstance(each, Item)] == ["too_many_lines"]
    assert peak < 1024**2


def test_a_custody_event_among_the_records_is_not_read(sides: Sides, tmp_path: Path) -> None:
    event = forging.line(CustodyEvent())
    incident = forging.line(Incident())
    files = [
        Payload.of(RECORDS, lines.marshal([event])),
        Payload.of(CUSTODY, lines.marshal([incident])),
    ]
    opened = opening.open_bundle(sides.desk, forging.write(sides.desk, tmp_path / "b", files))
    assert opened.records == ()
    assert [each.why for each in opened.items if not each.kind] == ["wrong_file", "wrong_file"]


def test_a_receipt_whose_content_is_not_the_signed_one_is_refused(
    sides: Sides, tmp_path: Path
) -> None:
    sealed = sides.seal(sides.record())
    sides.take_in(sealed, Doubt.UNKNOWN)
    made = receipts.make(
        sides.desk, sealed.bundle, folder=sides.folder, verdict=Verdict.QUESTION, message="Why?"
    )
    genuine = opening.open_bundle(sides.reporter, made.path).receipt
    assert genuine is not None
    forged = genuine.replace(b'"question"', b'"accepted"')
    laid = _laid_receipt(sides, genuine)
    path = tmp_path / "forged"
    forging.write_laid(forging.swapped(laid, RECEIPT, forged), _reply(sides), path)
    with pytest.raises(BadBundle) as refused:
        opening.open_bundle(sides.reporter, path)
    assert (refused.value.layer, refused.value.detail) == ("receipt", "damaged")


def test_a_bundle_of_kind_receipt_without_one_is_refused(sides: Sides, tmp_path: Path) -> None:
    path = forging.write(
        sides.desk, tmp_path / "b", [Payload.of(LEAFLET, b"")], manifest=_of(BundleKind.RECEIPT)
    )
    with pytest.raises(BadBundle) as refused:
        opening.open_bundle(sides.desk, path)
    assert (refused.value.layer, refused.value.detail) == ("receipt", "missing")


def test_a_receipt_inside_a_report_is_no_receipt(sides: Sides, tmp_path: Path) -> None:
    files = [*forging.payload(), Payload.of(RECEIPT, b"{}")]
    path = forging.write(sides.desk, tmp_path / "b", files)
    assert opening.open_bundle(sides.desk, path).receipt is None


def test_a_file_name_that_is_no_text_can_be_kept(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    odd = Path(os.fsdecode(os.fsencode(sides.folder) + b"/stick\xff"))
    sealed.path.rename(odd)
    opened = opening.open_bundle(sides.desk, odd)
    assert opened.file_name == "stick\\udcff"


def test_a_stick_pulled_out_after_reading_is_said(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    keys = keyring.of(sides.desk)
    inside = reading.read(sealed.path, keys.identities, reading.digest, lambda _: None)
    sealed.path.unlink()
    with pytest.raises(NotThere):
        opening.judge(sides.desk, keys, inside, sealed.path)


@pytest.mark.parametrize("day", ["2026-W11-6", "2026-3-014", "20260314", "２026-03-14"])
def test_a_day_has_one_spelling(day: str) -> None:
    members = json.loads(forging.hoopoe(recipients=("a" * 64,)).marshal())
    with pytest.raises(BadManifest):
        manifest.read(canonical(members | {"day": day}))
    said = {"bundle": "a" * 32, "manifest": "b" * 64, "verdict": "accepted"}
    said |= {"day": day, "message": ""}
    with pytest.raises(BadReceipt):
        statement.read(json.dumps({**said, "records": []}).encode())


def test_a_card_with_a_week_for_a_day_is_refused(sides: Sides) -> None:
    from app import cards

    card = contacts.own_card(sides.desk)
    assert card is not None
    text = card.marshal().decode()
    week = card.valid_from.strftime("%G-W%V-%u")
    with pytest.raises(BadCard) as refused:
        cards.read(text.replace(f"from: {card.valid_from}", f"from: {week}").encode())
    assert refused.value.detail == "from"


def test_true_is_no_version(sides: Sides) -> None:
    members = json.loads(forging.hoopoe(recipients=("a" * 64,)).marshal())
    assert manifest.read(canonical(members)).sequence == 1
    with pytest.raises(BadManifest):
        manifest.read(canonical(members | {"version": True}))


def test_a_line_that_is_cut_is_told_and_the_others_stand() -> None:
    data = lines.marshal([forging.line(Incident())])
    found = list(lines.read(Pieces.of(data + b'{"at"'), RECORDS))
    assert [each.state for each in found if isinstance(each, Item)] == [ItemState.DAMAGED]
    assert len(found) == 2


def _of(kind: BundleKind) -> manifest.Manifest:
    return forging.hoopoe(kind)


def _reply(sides: Sides) -> str:
    row = sides.reporter.database.row("SELECT reply_recipient FROM channel")
    assert row is not None
    return str(row[0])


def _laid_receipt(sides: Sides, content: bytes) -> packing.Laid:
    """The receipt once more, signed with the desk's own key."""
    from crypto.secret import Secret

    row = sides.desk.database.row("SELECT signing_key FROM own_identity")
    assert row is not None
    assert isinstance(row[0], bytes)
    key = SigningKey.from_secret(Secret(row[0]))
    return packing.lay_out(
        _of(BundleKind.RECEIPT), [Payload.of(RECEIPT, content)], _reply(sides), key
    )


def test_records_that_are_not_the_signed_ones_are_damaged_and_not_read(
    sides: Sides, tmp_path: Path
) -> None:
    card = contacts.own_card(sides.desk)
    assert card is not None
    files = forging.payload(forging.line(Incident()))
    laid = packing.lay_out(forging.hoopoe(), files, card.recipient, SigningKey.generate())
    other = lines.marshal([forging.line(Incident())])
    path = tmp_path / "swapped"
    forging.write_laid(forging.swapped(laid, RECORDS, other), card.recipient, path)
    opened = opening.open_bundle(sides.desk, path)
    assert opened.records == ()
    assert [(each.reference, each.state) for each in opened.items] == [(RECORDS, ItemState.DAMAGED)]
