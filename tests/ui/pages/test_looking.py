"""Files of a report are looked at, and parts of pictures covered, in the window."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app import custody, evidence, store
from app.demo import exhibits
from app.preview import Door
from app.records import EvidenceItem, Incident, LText
from app.records.ids import RecordId
from app.redaction import Box, Cover
from app.settings import Role, Settings
from app.vault import Vault
from crypto.secret import Passphrase
from tests.app.preview import hostile
from tests.app.preview.doors import served
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui.ask import Question
from ui.page import Visit
from ui.pages.cover import CoverPage, OrganisationCoverPage
from ui.pages.home import HomePage, IncidentsPage
from ui.pages.incident import IncidentPage, OrganisationIncidentPage
from ui.pages.protection import ProtectionPage
from ui.pages.thumbnails import ThumbnailButton
from ui.pages.view import OrganisationViewPage, ViewPage
from ui.widgets.plain import Tone
from ui.widgets.stated import Step

T = TypeVar("T")
PHOTO = hostile.picture("JPEG")

PAGES = (
    HomePage,
    IncidentsPage,
    IncidentPage,
    OrganisationIncidentPage,
    ViewPage,
    OrganisationViewPage,
    CoverPage,
    OrganisationCoverPage,
)


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with served() as (made, _):
        yield made


def holding(
    folder: Path, at: Path, content: bytes, warnings: tuple[str, ...] = ()
) -> tuple[Incident, EvidenceItem]:
    """A report in the vault with one file."""
    path = at / "file"
    path.write_bytes(content)
    report = Incident(title=LText.of("A report"), narrative=LText.of("It happened."))
    with Vault.open(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        store.keep_draft(vault, report)
        item = evidence.take_in(vault, path, about=report.id, evidence_type="photo")
        if warnings:
            store.save(vault, replace(item, content_warnings=warnings))
    return report, item


def looking_at(
    start: Start, folder: Path, door: Door | None, item: RecordId, role: Role = Role.RECORDER
) -> Started:
    started = start(PAGES, Settings(role=role), door=door)
    started.unlock(folder)
    started.wired.window.visit(Visit(page="view", reference=item))
    started.settle()
    return started


def ask(started: Started, query: Callable[[Vault], T]) -> T:
    found: list[T] = []
    started.wired.session.ask(started.wired.window, lambda vault, _: query(vault), found.append)
    started.settle()
    return found[0]


def view(started: Started) -> ViewPage:
    assert isinstance(started.page, ViewPage)
    return started.page


def content_of(started: Started, item: RecordId) -> bytes:
    return ask(started, lambda vault: evidence.reader(vault, item).read(-1))


def events(started: Started, item: RecordId) -> list[str]:
    logged = ask(started, lambda vault: evidence.custody(vault, item))
    return [each.action.key for each in logged if each.action is not None]


@pytest.mark.parametrize("role", [Role.RECORDER, Role.ORGANISATION])
def test_a_photo_is_seen_with_what_it_tells_and_that_is_logged_once(
    start: Start, vault_folder: Path, tmp_path: Path, door: Door, role: Role
) -> None:
    _, item = holding(vault_folder, tmp_path, exhibits.photo(1))
    started = looking_at(start, vault_folder, door, item.id, role)
    assert view(started).picture.image.width() > 100
    assert "where it was made" in started.texts
    assert events(started, item.id).count("viewed") == 1


def test_pages_of_a_document_are_turned(
    start: Start, vault_folder: Path, tmp_path: Path, door: Door
) -> None:
    _, item = holding(vault_folder, tmp_path, hostile.pages(3))
    started = looking_at(start, vault_folder, door, item.id)
    assert "Page 1 of 3" in started.texts
    first = view(started).picture.image.pixelColor(50, 50)
    started.press("Next page")
    started.settle()
    assert "Page 2 of 3" in started.texts
    assert view(started).picture.image.pixelColor(50, 50) != first


def test_a_text_shows_what_is_unseen_in_it(
    start: Start, vault_folder: Path, tmp_path: Path, door: Door
) -> None:
    _, item = holding(vault_folder, tmp_path, "a <b>bold</b> \u202ename\n".encode())
    started = looking_at(start, vault_folder, door, item.id)
    shown = view(started).text.toPlainText()
    assert "<b>bold</b>" in shown
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    "content",
    [hostile.declared_png(90_000, 90_000), bytes(50), PHOTO[:90]],
    ids=["a bomb", "no text", "half a photo"],
)
def test_what_cannot_be_shown_is_said_and_nothing_else_happens(
    start: Start, vault_folder: Path, tmp_path: Path, door: Door, content: bytes
) -> None:
    _, item = holding(vault_folder, tmp_path, content)
    started = looking_at(start, vault_folder, door, item.id)
    assert "This file cannot be shown" in started.texts
    assert "viewed" not in events(started, item.id)


def test_without_a_server_files_are_kept_and_not_shown(
    start: Start, vault_folder: Path, tmp_path: Path
) -> None:
    _, item = holding(vault_folder, tmp_path, exhibits.photo(1))
    started = looking_at(start, vault_folder, None, item.id)
    assert "This file cannot be shown" in started.texts
    assert content_of(started, item.id) == exhibits.photo(1)


def test_r_08_a_distressing_file_is_blurred_until_it_is_opened_on_purpose(
    start: Start, vault_folder: Path, tmp_path: Path, door: Door
) -> None:
    report, item = holding(vault_folder, tmp_path, hostile.picture("PNG"), ("injuries",))
    started = looking_at(start, vault_folder, door, item.id)
    assert view(started).picture.image.isNull()
    assert "injuries" in started.texts
    assert "viewed" not in events(started, item.id)
    started.press("Show it")
    started.settle()
    assert not view(started).picture.image.isNull()
    started.wired.window.visit(Visit(page="incident", reference=report.id))
    started.settle()
    (button,) = started.page.findChildren(ThumbnailButton)
    small = button.icon().pixmap(button.iconSize()).toImage()
    # red beside blue, without the edge between them
    middle = [small.pixelColor(x, 30) for x in range(8, 56)]
    steps = [abs(a.red() - b.red()) for a, b in pairwise(middle)]
    assert max(steps) < 40


def test_the_card_shows_small_pictures_that_open_the_large_one(
    start: Start, vault_folder: Path, tmp_path: Path, door: Door
) -> None:
    report, item = holding(vault_folder, tmp_path, hostile.picture("PNG"))
    started = start(PAGES, Settings(role=Role.RECORDER), door=door)
    started.unlock(vault_folder)
    started.wired.window.visit(Visit(page="incident", reference=report.id))
    started.settle()
    (button,) = started.page.findChildren(ThumbnailButton)
    small = button.icon().pixmap(button.iconSize()).toImage()
    assert small.pixelColor(10, 30).red() > 150 > small.pixelColor(54, 30).red()
    assert item.sha256[:8] in started.texts
    # a look at the small one is not yet a look at the file
    assert "viewed" not in events(started, item.id)
    started.press("Look at:")
    started.settle()
    assert started.page.id == "view"


def covering(started: Started) -> CoverPage:
    started.press("Cover parts")
    started.settle()
    assert isinstance(started.page, CoverPage)
    return started.page


def test_parts_drawn_with_the_mouse_are_black_in_the_copy_and_the_original_is_as_it_was(
    start: Start, vault_folder: Path, tmp_path: Path, door: Door
) -> None:
    _, item = holding(vault_folder, tmp_path, hostile.picture("PNG", (2000, 1000)))
    started = looking_at(start, vault_folder, door, item.id)
    page = covering(started)
    place, scale = page.area.place(), page.area.scale()
    assert scale < 1

    def at(x: int, y: int) -> QPoint:
        return QPoint(round(place.x() + x * scale), round(place.y() + y * scale))

    left = Qt.MouseButton.LeftButton
    QTest.mousePress(page.area, left, pos=at(200, 100))
    QTest.mouseMove(page.area, at(500, 300))
    QTest.mouseRelease(page.area, left, pos=at(600, 400))
    (box,) = page.area.covers.now.boxes
    assert abs(box.left - 200) < 8
    assert abs(box.width - 400) < 16
    started.press("Keep the covered copy")
    started.settle()
    assert started.page.id == "view"
    assert "parts filled: 1" in started.texts
    held = ask(started, lambda vault: store.get(vault, EvidenceItem, item.id))
    assert held.release_form not in {None, item.id}
    made = content_of(started, RecordId(str(held.release_form)))
    copy = Image.open(io.BytesIO(made))
    assert copy.size == (2000, 1000)
    assert copy.getpixel((400, 250)) == (0, 0, 0)
    assert copy.getpixel((900, 900)) == (200, 20, 20)
    assert content_of(started, item.id) == hostile.picture("PNG", (2000, 1000))
    assert custody.REDACTED.key in events(started, item.id)


def test_parts_are_added_moved_sized_and_taken_away_with_keys_and_every_step_is_undone(
    start: Start, vault_folder: Path, tmp_path: Path, door: Door
) -> None:
    _, item = holding(vault_folder, tmp_path, hostile.picture("PNG", (500, 400)))
    started = looking_at(start, vault_folder, door, item.id)
    page = covering(started)
    area, covers = page.area, page.area.covers
    none, shift, ctrl = (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ControlModifier,
    )
    QTest.keyClick(area, Qt.Key.Key_Insert)
    assert covers.chosen == Box(left=200, top=160, width=100, height=80)
    QTest.keyClick(area, Qt.Key.Key_Left, none)
    QTest.keyClick(area, Qt.Key.Key_Down, ctrl)
    QTest.keyClick(area, Qt.Key.Key_Right, shift)
    assert covers.chosen == Box(left=190, top=161, width=110, height=80)
    assert "190 from the left" in started.texts
    QTest.keyClick(area, Qt.Key.Key_Insert)
    QTest.keyClick(area, Qt.Key.Key_PageUp)
    assert covers.now.chosen == 0
    QTest.keyClick(area, Qt.Key.Key_Delete)
    assert len(covers.now.boxes) == 1
    started.press("Mosaic")
    assert covers.now.how is Cover.MOSAIC
    page.undo()
    assert covers.now.how is Cover.FILL
    assert page.fill.isChecked()
    page.undo()
    assert len(covers.now.boxes) == 2
    for _ in range(6):
        page.undo()
    assert covers.now.boxes == ()
    assert not page.keep.isEnabled()
    for _ in range(9):
        page.redo()
    assert covers.now.how is Cover.MOSAIC


def test_a_box_stays_in_the_picture_whatever_is_done(
    start: Start, vault_folder: Path, tmp_path: Path, door: Door
) -> None:
    _, item = holding(vault_folder, tmp_path, hostile.picture("PNG", (300, 200)))
    started = looking_at(start, vault_folder, door, item.id)
    area = covering(started).area
    QTest.keyClick(area, Qt.Key.Key_Insert)
    for _ in range(80):
        QTest.keyClick(area, Qt.Key.Key_Right)
        QTest.keyClick(area, Qt.Key.Key_Up)
    box = area.covers.chosen
    assert box is not None
    assert (box.left + box.width, box.top) == (300, 0)
    for _ in range(80):
        QTest.keyClick(area, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    box = area.covers.chosen
    assert box is not None
    assert box.width >= 4


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere decoders are not held by the kernel")
@pytest.mark.parametrize(("is_served", "tone"), [(True, Tone.OK), (False, Tone.WARN)])
def test_protection_says_whether_files_are_decoded_where_nothing_can_be_done(
    start: Start, door: Door, is_served: bool, tone: Tone
) -> None:
    started = start((ProtectionPage,), door=door if is_served else None)
    started.settle()
    shown = {each.accessibleName(): each.tone for each in started.page.findChildren(Step)}
    (found,) = [value for name, value in shown.items() if "Files are decoded" in name]
    assert found is tone


@pytest.mark.parametrize("role", [Role.RECORDER, Role.ORGANISATION])
def test_a_desk_is_warned_of_the_files_of_others_before_a_copy_goes_out(
    start: Start, vault_folder: Path, tmp_path: Path, role: Role
) -> None:
    report, _ = holding(vault_folder, tmp_path, exhibits.photo(1))
    started = start(PAGES, Settings(role=role), answers=[False])
    started.unlock(vault_folder)
    started.wired.window.visit(Visit(page="incident", reference=report.id))
    started.settle()
    assert "Tells where it was made" in started.texts
    started.press("Copy out")
    (asked,) = started.ask.asked
    assert isinstance(asked, Question)
    assert ("attack the program that opens it" in asked.text) is (role is Role.ORGANISATION)
