"""Every page of a recorder can be heard and read: names, plain text, nothing cut, both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import evidence, store
from app.records import Incident, LText
from app.samples import all_cases
from app.settings import Role, Settings
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui import walk
from tests.ui.pages.conftest import Start, Started
from ui.page import Visit
from ui.pages import PAGES
from ui.pages.incident import IncidentPage
from ui.pages.parts import Part

LOCKED = ("welcome", "create", "unlock", "settings", "protection", "about")


@pytest.fixture
def folder(vault_folder: Path, tmp_path: Path) -> Path:
    """A vault with a fictional report and a file."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + bytes(1000))
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        case = all_cases()[0]
        for record in (*case.records, case.incident):
            store.save(vault, record)
        evidence.take_in(vault, photo, about=case.incident.id, evidence_type="photo")
        store.keep_draft(vault, Incident(narrative=LText.of("begun")))
    return vault_folder


def faults(started: Started) -> list[str]:
    window = started.wired.window
    # these say with an ellipsis that they are cut
    cut = [each for each in walk.cut_off(window) if not each.startswith("OneLine")]
    return [*walk.nameless(window), *walk.rich(window), *cut]


@pytest.mark.parametrize("percent", [100, 160])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_before_a_vault_is_open(
    start: Start, usual_vault: Path, language: str, percent: int
) -> None:
    settings = Settings(role=Role.RECORDER, language=language, text_percent=percent)
    started = start(PAGES, settings)
    for page in LOCKED:
        started.wired.window.visit(Visit(page=page))
        started.settle()
        assert started.page.id == page
        assert faults(started) == [], page


@pytest.mark.parametrize("percent", [100, 160])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_of_a_vault(start: Start, folder: Path, language: str, percent: int) -> None:
    settings = Settings(role=Role.RECORDER, language=language, text_percent=percent)
    started = start(PAGES, settings)
    started.unlock(folder)
    started.settle()
    assert started.page.id == "home"
    assert faults(started) == []
    started.wired.window.visit(Visit(page="incident"))
    started.settle()
    assert faults(started) == []
    found: list[Incident] = []
    started.wired.session.ask(
        started.wired.window, lambda vault, _: store.every(vault, Incident), found.extend
    )
    started.settle()
    started.wired.window.visit(Visit(page="incident", reference=found[0].id))
    started.settle()
    assert faults(started) == []
    page = started.page
    assert isinstance(page, IncidentPage)
    page.form.show_all()
    assert faults(started) == []
    for part in Part:
        page._add(part)
        started.settle()
        assert started.page.id == "record"
        assert faults(started) == [], part
        started.wired.window.visit(Visit(page="incident", reference=found[0].id))
        started.settle()
    started.wired.window.visit(Visit(page="settings"))
    started.settle()
    assert faults(started) == []
