"""Photos and files of a report: taken in, checked, copied out, removed; nothing lost on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QPushButton

from app import evidence, store
from app.demo import exhibits
from app.records import EvidenceItem
from app.vault import Vault
from tests.ui.pages.conftest import Start, Started
from ui.ask import Choice
from ui.page import Visit
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage
from ui.pages.record import RecordPage

T = TypeVar("T")

PAGES = (HomePage, IncidentPage, RecordPage)
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    made = tmp_path / "Name of a person.jpg"
    made.write_bytes(PHOTO)
    return made


def opened(start: Start, folder: Path, answers: tuple[object, ...] = ()) -> Started:
    started = start(PAGES, answers=answers)
    started.unlock(folder)
    started.settle()
    started.press("On one page")
    started.settle()
    return started


def page_of(started: Started) -> IncidentPage:
    page = started.page
    assert isinstance(page, IncidentPage)
    return page


def ask(started: Started, query: Callable[[Vault], T]) -> T:
    found: list[T] = []
    started.wired.session.ask(started.wired.window, lambda vault, _: query(vault), found.append)
    started.settle()
    return found[0]


def items(started: Started) -> list[EvidenceItem]:
    return ask(started, lambda vault: store.every(vault, EvidenceItem))


def test_a_photo_dropped_on_the_window_is_in_the_vault_whole(
    start: Start, vault_folder: Path, photo: Path
) -> None:
    started = opened(start, vault_folder)
    started.page.take_files((photo,))
    started.settle()
    (item,) = items(started)
    assert item.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert "Photograph" in started.texts
    content = ask(started, lambda vault: evidence.reader(vault, item.id).read(-1))
    assert content == PHOTO


def test_the_name_of_a_file_is_shown_nowhere(start: Start, vault_folder: Path, photo: Path) -> None:
    started = opened(start, vault_folder)
    started.page.take_files((photo,))
    started.settle()
    spoken = [each.accessibleName() for each in started.page.findChildren(QPushButton)]
    assert "Name of a person" not in started.texts + " ".join(spoken)


def test_a_file_is_kept_with_a_report_of_which_nothing_is_written_yet(
    start: Start, vault_folder: Path, photo: Path
) -> None:
    started = opened(start, vault_folder)
    page = page_of(started)
    started.page.take_files((photo,))
    started.settle()
    started.press("Back")
    started.settle()
    home = started.page
    assert isinstance(home, HomePage)
    assert [each.id for each in home.list.model.rows] == [page.form.value().id]
    home.list.opened.emit(home.list.model.rows[0].id)
    started.settle()
    assert "Photograph" in started.texts


def test_what_a_file_is_is_asked_where_its_name_does_not_say(
    start: Start, vault_folder: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "scan.pdf"
    letter.write_bytes(b"%PDF-1.7\n")
    started = opened(start, vault_folder, ("official_letter", None))
    started.page.take_files((letter,))
    started.settle()
    (item,) = items(started)
    assert item.evidence_type is not None
    assert item.evidence_type.key == "official_letter"
    started.page.take_files((letter,))
    started.settle()
    assert len(items(started)) == 1


def test_one_file_that_cannot_be_read_does_not_keep_the_others_out(
    start: Start, vault_folder: Path, photo: Path, tmp_path: Path
) -> None:
    started = opened(start, vault_folder)
    started.page.take_files((tmp_path / "gone.jpg", photo))
    started.settle()
    assert len(items(started)) == 1
    notice = started.page.banner.notice
    assert notice is not None
    assert "gone.jpg" in notice.text


def test_checking_reads_every_byte_and_says_so(
    start: Start, vault_folder: Path, photo: Path
) -> None:
    started = opened(start, vault_folder)
    started.page.take_files((photo,))
    started.settle()
    started.press("Check")
    started.settle()
    assert "Whole" in started.texts


def test_a_file_damaged_in_the_vault_is_found(
    start: Start, vault_folder: Path, photo: Path
) -> None:
    started = opened(start, vault_folder)
    started.page.take_files((photo,))
    started.settle()
    (stored,) = [each for each in (vault_folder / "files").iterdir() if each.is_file()]
    content = bytearray(stored.read_bytes())
    content[100] ^= 1
    stored.write_bytes(content)
    started.press("Check")
    started.settle()
    notice = started.page.banner.notice
    assert notice is not None
    assert notice.title == "This file is damaged in the vault"


def test_a_copy_goes_out_only_after_a_warning(
    start: Start, vault_folder: Path, photo: Path, tmp_path: Path
) -> None:
    out = tmp_path / "copy.jpg"
    started = opened(start, vault_folder, (False, True, out))
    started.page.take_files((photo,))
    started.settle()
    started.press("Copy out")
    started.settle()
    assert not out.exists()
    started.press("Copy out")
    started.settle()
    assert out.read_bytes() == PHOTO
    notice = started.page.banner.notice
    assert notice is not None
    assert "not encrypted" in notice.text


def test_a_file_removed_can_be_brought_back(start: Start, vault_folder: Path, photo: Path) -> None:
    started = opened(start, vault_folder)
    started.page.take_files((photo,))
    started.settle()
    started.press("Remove: ")
    started.settle()
    assert items(started) == []
    started.press("Undo")
    started.settle()
    assert len(items(started)) == 1
    assert "Photograph" in started.texts


def test_more_can_be_said_about_a_file(start: Start, vault_folder: Path, photo: Path) -> None:
    started = opened(start, vault_folder)
    started.page.take_files((photo,))
    started.settle()
    started.press("Say more about it")
    started.settle()
    assert isinstance(started.page, RecordPage)
    started.press("Back")
    started.settle()
    assert isinstance(started.page, IncidentPage)
    assert "Photograph" in started.texts


def test_files_for_a_draft_thrown_away_are_gone_for_good(
    start: Start, vault_folder: Path, photo: Path
) -> None:
    started = opened(start, vault_folder, (True,))
    started.page.take_files((photo,))
    started.settle()
    started.press("Remove this report")
    started.settle()
    assert items(started) == []
    assert list((vault_folder / "files").iterdir()) == []
    started.wired.window.visit(Visit(page="home"))


# --- what is hidden inside --------------------------------------------------------------------


@pytest.fixture
def telling_photo(tmp_path: Path) -> Path:
    made = tmp_path / "IMG_1.jpg"
    made.write_bytes(exhibits.photo(1))
    return made


def with_photo(start: Start, folder: Path, photo: Path, *answers: object) -> Started:
    started = opened(start, folder, answers)
    started.page.take_files((photo,))
    started.settle()
    assert "Stays here" in started.texts
    started.press("Inside…")
    started.settle()
    return started


def test_a_clean_copy_is_made_after_what_is_inside_was_shown(
    start: Start, vault_folder: Path, telling_photo: Path
) -> None:
    started = with_photo(start, vault_folder, telling_photo, "clean")
    (shown,) = started.ask.asked
    assert isinstance(shown, Choice)
    assert "where it was made" in shown.text
    assert "-48.875500, -123.392528" in shown.text
    assert "Its custody log is whole." in shown.text
    original, copy = items(started)
    assert original.release_form == copy.id
    assert "Its copy leaves" in started.texts


def test_a_file_leaves_as_it_is_only_after_it_was_confirmed(
    start: Start, vault_folder: Path, telling_photo: Path
) -> None:
    started = with_photo(start, vault_folder, telling_photo, "as_it_is", False, "as_it_is", True)
    assert items(started)[0].release_form is None
    started.press("Inside…")
    started.settle()
    (item,) = items(started)
    assert item.release_form == item.id
    assert "Leaves as it is" in started.texts


def test_a_file_is_destroyed_only_after_it_was_confirmed(
    start: Start, vault_folder: Path, telling_photo: Path
) -> None:
    started = with_photo(start, vault_folder, telling_photo, "destroy", False, "destroy", True)
    assert len(items(started)) == 1
    started.press("Inside…")
    started.settle()
    assert items(started) == []
    assert ask(started, lambda vault: list(vault.files.folder.iterdir())) == []
