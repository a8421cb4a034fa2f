"""What may leave of an evidence item: copies without what is hidden, decided and noted."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from app import evidence, released, store
from app.demo import exhibits
from app.errors import (
    CannotBeCleaned,
    ChangedWhileRead,
    EvidenceDamaged,
    InsideNotSeen,
    NoFileHere,
    NothingCovered,
)
from app.metadata import Extent, Hidden, Scan
from app.records import EvidenceItem, Incident, LText
from app.redaction import Box, Cover, Pixels, covered
from app.references import NotKept, refer_only
from app.released import Standing
from app.tasks import Step
from app.vault import Vault
from tests.app.trees import flip


@pytest.fixture
def incident(vault: Vault) -> Incident:
    words = LText.of("Case", "en")
    return store.save(vault, Incident(title=words, narrative=words, language="en")).record


def take_in(vault: Vault, incident: Incident, tmp_path: Path, content: bytes) -> EvidenceItem:
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(content)
    return evidence.take_in(vault, path, about=incident.id, evidence_type="photo")


def content_of(vault: Vault, item: EvidenceItem) -> bytes:
    with evidence.reader(vault, item.id) as reader:
        return reader.read()


def actions(vault: Vault, item: EvidenceItem) -> list[str]:
    return [str(each.action).partition(":")[2] for each in evidence.custody(vault, item.id)]


def reread(vault: Vault, item: EvidenceItem) -> EvidenceItem:
    return store.get(vault, EvidenceItem, item.id)


# --- what is inside -------------------------------------------------------------------------


def test_e_04_what_is_hidden_is_kept_with_the_original_and_on_this_device(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, tmp_path, exhibits.photo(1))
    found = released.inside(reread(vault, item))
    assert found is not None
    assert found.kinds == (Hidden.PLACE, Hidden.TIME, Hidden.DEVICE)
    for body, local in vault.database.rows("SELECT body, local FROM record"):
        assert "Telephone 1" not in str(body)
        assert ("-48.875500" in str(local)) == ("image/jpeg" in str(body))


def test_looking_again_finds_the_same_and_adds_no_revision(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, tmp_path, exhibits.photo(1))
    before = store.kept(vault, EvidenceItem, item.id).revision
    assert released.look(vault, item.id) == released.inside(item)
    assert store.kept(vault, EvidenceItem, item.id).revision == before


# --- a clean copy ---------------------------------------------------------------------------


def test_e_02_a_clean_copy_is_a_new_item_and_the_original_is_unchanged(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    content = exhibits.photo(1)
    item = take_in(vault, incident, tmp_path, content)
    copy = released.make_clean(vault, item.id, by="K2")
    assert content_of(vault, item) == content
    assert b"Telephone" not in content_of(vault, copy)
    assert released.inside(copy) == Scan(extent=Extent.WHOLE)
    assert item.short_ref in copy.method.text
    assert "where it was made, when it was made, the device" in copy.method.text
    assert [link.supports for link in copy.links] == [incident.id]
    assert copy.handling.key == "redacted_copy"
    assert copy.original_filename == ""
    original = reread(vault, item)
    assert (original.release_form, original.sha256) == (copy.id, item.sha256)
    assert released.standing(original) is Standing.COPY_LEAVES
    assert released.standing(copy) is Standing.NOTHING_INSIDE
    evidence.verify(vault, copy.id)


def test_e_03_both_logs_tell_of_the_copy_and_hold(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, tmp_path, exhibits.photo(1))
    evidence.viewed(vault, item.id, by="K2")
    evidence.verify(vault, item.id)
    copy = released.make_clean(vault, item.id, by="K2")
    assert actions(vault, item) == ["imported", "viewed", "hash_checked", "metadata_removed"]
    assert actions(vault, copy) == ["metadata_removed"]
    (event,) = evidence.custody(vault, copy.id)
    assert (event.hash_before, event.hash_after, event.by) == (item.sha256, copy.sha256, "K2")
    assert all(evidence.custody_is_whole(vault, each.id) for each in (item, copy))
    for each in (item, copy):
        notes = " ".join(told.note.text for told in evidence.custody(vault, each.id))
        assert "-48.8" not in notes
        assert "Telephone" not in notes


@pytest.mark.parametrize("content", [os.urandom(2000), exhibits.photo(1)[:5000]])
def test_what_cannot_be_cleaned_is_refused_and_leaves_nothing(
    vault: Vault, incident: Incident, tmp_path: Path, content: bytes
) -> None:
    item = take_in(vault, incident, tmp_path, content)
    with pytest.raises(CannotBeCleaned):
        released.make_clean(vault, item.id)
    assert len(list(vault.files.folder.iterdir())) == 1
    assert store.every(vault, EvidenceItem) == [item]
    assert released.standing(item) is Standing.UNDECIDED


def test_of_several_one_that_cannot_be_cleaned_does_not_keep_the_others_back(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    bad = take_in(vault, incident, tmp_path, os.urandom(200))
    good = take_in(vault, incident, tmp_path, exhibits.photo(1))
    done = released.make_clean_each(vault, [bad.id, good.id])
    assert [each.id for each, _ in done.refused] == [bad.id]
    assert [each.id for each in done.made] == [reread(vault, good).release_form]


def test_a_damaged_original_gives_no_copy(vault: Vault, incident: Incident, tmp_path: Path) -> None:
    item = take_in(vault, incident, tmp_path, exhibits.photo(1))
    (stored,) = vault.files.folder.iterdir()
    flip(stored, 200_000)
    with pytest.raises(EvidenceDamaged):
        released.make_clean(vault, item.id)
    assert store.every(vault, EvidenceItem) == [item]


# --- as it is -------------------------------------------------------------------------------


def test_m_08_a_file_as_it_is_is_released_only_by_who_saw_what_is_inside(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, tmp_path, exhibits.photo(1))
    with pytest.raises(InsideNotSeen):
        released.as_it_is(vault, item.id, seen=Scan(extent=Extent.WHOLE))
    assert released.standing(reread(vault, item)) is Standing.UNDECIDED
    seen = released.look(vault, item.id)
    kept = released.as_it_is(vault, item.id, seen=seen, by="K2")
    assert released.standing(kept) is Standing.AS_IT_IS
    last = evidence.custody(vault, item.id)[-1]
    assert (last.by, "where it was made" in last.note.text) == ("K2", True)
    assert released.standing(released.keep_here(vault, item.id)) is Standing.UNDECIDED
    assert actions(vault, item) == ["imported", "unsealed", "sealed"]


def test_a_plain_text_needs_no_decision_and_an_unknown_type_does(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    plain = take_in(vault, incident, tmp_path, b"What they said, word for word.")
    unknown = take_in(vault, incident, tmp_path, bytes(range(256)))
    assert released.standing(plain) is Standing.NOTHING_INSIDE
    assert released.standing(unknown) is Standing.UNDECIDED


def test_an_item_from_before_anybody_looked_is_undecided(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, tmp_path, b"plain words")
    old = store.save(vault, replace(item, embedded_metadata=LText())).record
    assert released.standing(old) is Standing.UNDECIDED
    released.look(vault, item.id)
    assert released.standing(reread(vault, item)) is Standing.NOTHING_INSIDE


@pytest.mark.parametrize("why", NotKept)
def test_e_06_e_07_what_must_not_be_kept_is_a_reference_that_says_why(
    vault: Vault, incident: Incident, why: NotKept
) -> None:
    item = refer_only(vault, about=incident.id, evidence_type="photo", why=why, by="K2")
    assert list(vault.files.folder.iterdir()) == []
    assert item.handling.key == "reference_only"
    assert item.method.text.startswith("Reference only")
    assert actions(vault, item) == ["collected"]
    assert store.linked(vault, incident.id) == [item]
    assert released.standing(item) is Standing.NO_FILE
    with pytest.raises(NoFileHere):
        released.make_clean(vault, item.id)


# --- covered parts --------------------------------------------------------------------------


def noise(width: int, height: int) -> Pixels:
    colours = b"".join(os.urandom(3) + b"\xff" for _ in range(width * height))
    return Pixels(width=width, height=height, rgba=colours)


@pytest.mark.parametrize("how", Cover)
def test_what_lay_under_a_box_is_nowhere_in_the_picture(how: Cover) -> None:
    first, second = noise(60, 40), noise(60, 40)
    box = Box(left=10, top=5, width=30, height=20)
    made = []
    for pixels in (first, second):
        content, count = covered(pixels, [box], how)
        assert count == 1
        made.append(Image.open(io.BytesIO(content)))
    inside, outside = (10, 5, 40, 25), (45, 0, 60, 40)
    original = Image.frombytes("RGBA", (60, 40), first.rgba).convert("RGB")
    assert made[0].crop(outside).tobytes() == original.crop(outside).tobytes()
    seen = made[0].crop(inside).getcolors()
    assert seen is not None
    assert len(seen) <= (1 if how is Cover.FILL else 12)
    if how is Cover.FILL:
        assert made[0].crop(inside).tobytes() == made[1].crop(inside).tobytes()


def test_a_colour_hidden_under_transparency_does_not_stay() -> None:
    secret = Pixels(width=2, height=1, rgba=b"\x11\x22\x33\x00" * 2)
    content, _ = covered(secret, [Box(left=1, top=0, width=1, height=1)], Cover.FILL)
    assert Image.open(io.BytesIO(content)).getpixel((0, 0)) == (255, 255, 255)


def test_a_redacted_copy_is_a_new_item_that_says_what_was_done(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, tmp_path, exhibits.photo(1))
    box = Box(left=-5, top=0, width=20, height=20)
    copy = released.redact(vault, item.id, noise(60, 40), [box])
    assert copy.mime == "image/png"
    assert "parts filled: 1" in copy.method.text
    assert actions(vault, copy) == ["redacted"]
    assert released.standing(reread(vault, item)) is Standing.COPY_LEAVES
    assert content_of(vault, copy).startswith(b"\x89PNG")


def test_boxes_beside_the_picture_cover_nothing_and_are_refused(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, tmp_path, exhibits.photo(1))
    for boxes in (
        [],
        [Box(left=60, top=0, width=5, height=5)],
        [Box(left=0, top=0, width=0, height=9)],
    ):
        with pytest.raises(NothingCovered):
            released.redact(vault, item.id, noise(60, 40), boxes)
    assert store.every(vault, EvidenceItem) == [item]


@pytest.mark.parametrize("width", [0, -1, 2, 200_000])
def test_pixels_of_another_size_are_refused(width: int) -> None:
    with pytest.raises(ValueError, match=r"."):
        Pixels(width=width, height=1000, rgba=bytes(4))


# --- files that change ----------------------------------------------------------------------


def test_a_file_that_is_still_being_written_is_not_taken_in(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    path = tmp_path / "recording.wav"
    path.write_bytes(bytes(3_000_000))

    def grow(step: Step) -> None:
        if step.doing == "taking_in":
            with path.open("ab") as file:
                file.write(b"more")

    with pytest.raises(ChangedWhileRead):
        evidence.take_in(vault, path, about=incident.id, evidence_type="audio", progress=grow)
    assert store.every(vault, EvidenceItem) == []
    assert list(vault.files.folder.iterdir()) == []


def test_a_file_that_shrinks_is_not_taken_in(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(bytes(3_000_000))
    steps = iter([True])

    def shrink(_step: Step) -> None:
        if next(steps, False):
            os.truncate(path, 1_000_000)

    with pytest.raises(ChangedWhileRead):
        evidence.take_in(vault, path, about=incident.id, evidence_type="video", progress=shrink)
    assert store.every(vault, EvidenceItem) == []
