"""Pictures and files that were copied elsewhere, pasted as evidence."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import store
from app.records import EvidenceItem
from tests.app.preview import hostile
from tests.ui.pages.conftest import Start, Started
from ui.page import Visit
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage
from ui.widgets.plain import TextArea

CONTENT = hostile.picture("JPEG")


def opened(start: Start, folder: Path) -> Started:
    started = start((HomePage, IncidentPage))
    started.unlock(folder)
    started.wired.window.visit(Visit(page="incident"))
    started.settle()
    return started


def items(started: Started) -> list[EvidenceItem]:
    found: list[list[EvidenceItem]] = []
    started.wired.session.ask(
        started.page, lambda vault, _: store.every(vault, EvidenceItem), found.append
    )
    started.settle()
    return found[0]


def copied(**formats: bytes) -> None:
    data = QMimeData()
    for name, content in formats.items():
        data.setData(name.replace("_", "/"), content)
    QApplication.clipboard().setMimeData(data)


def test_a_picture_that_was_copied_is_pasted_byte_for_byte(
    start: Start, vault_folder: Path
) -> None:
    started = opened(start, vault_folder)
    copied(image_png=hostile.picture("PNG"))
    started.press("Paste a picture or files")
    started.settle()
    (item,) = items(started)
    assert item.sha256 == hashlib.sha256(hostile.picture("PNG")).hexdigest()
    assert item.mime == "image/png"
    assert item.original_filename == ""


def test_files_that_were_copied_are_pasted(
    start: Start, vault_folder: Path, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(CONTENT)
    started = opened(start, vault_folder)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo)), QUrl("https://example.org/a.png")])
    QApplication.clipboard().setMimeData(data)
    started.page.setFocus()
    QTest.keyClick(started.page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    started.settle()
    (item,) = items(started)
    assert item.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_a_text_that_was_copied_is_no_evidence_and_goes_into_the_text(
    start: Start, vault_folder: Path
) -> None:
    started = opened(start, vault_folder)
    copied(text_plain=b"words")
    area = next(each for each in started.page.findChildren(TextArea) if each.isVisible())
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    started.settle()
    assert area.toPlainText() == "words"
    started.press("Paste a picture or files")
    started.settle()
    assert items(started) == []
    assert "Neither a picture nor files" in started.texts
