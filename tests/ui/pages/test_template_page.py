"""Templates in the window: kept from a report, used, renamed, removed with undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import store
from app.records import Incident, LText, TermRef
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui import walk
from tests.ui.pages.conftest import Start, Started
from ui.page import Visit
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage
from ui.pages.templates import TemplatesPage

REPORT = Incident(
    title=LText.of("First"),
    narrative=LText.of("Somebody came."),
    urgency=TermRef(list="urgency", key="immediate"),
)
PAGES = (HomePage, IncidentPage, TemplatesPage)


@pytest.fixture
def folder(vault_folder: Path) -> Path:
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        store.save(vault, REPORT)
    return vault_folder


def kept(start: Start, folder: Path, *answers: object) -> Started:
    """A template kept from the report, and the page of templates shown."""
    started = start(PAGES, answers=("Arrest", *answers))
    started.unlock(folder)
    started.wired.window.visit(Visit(page="incident", reference=REPORT.id))
    started.settle()
    started.press("Keep as a template")
    started.settle()
    assert "Template kept" in started.texts
    started.wired.window.visit(Visit(page="home"))
    started.settle()
    started.press("Templates")
    started.settle()
    assert isinstance(started.page, TemplatesPage)
    return started


def test_a_report_is_begun_from_a_template(start: Start, folder: Path) -> None:
    started = kept(start, folder)
    started.press("Arrest")
    started.settle()
    page = started.page
    assert isinstance(page, IncidentPage)
    begun = page.form.value()
    assert begun.id != REPORT.id
    assert begun.urgency == REPORT.urgency
    assert begun.narrative == LText()


def test_a_template_is_renamed_and_removed_with_undo(start: Start, folder: Path) -> None:
    started = kept(start, folder, "Summons")
    started.press("Rename")
    started.settle()
    assert "Summons" in started.texts
    started.press("Remove")
    started.settle()
    assert "No templates yet" in started.texts
    started.press("Undo")
    started.settle()
    assert "Summons" in started.texts


def test_the_page_can_be_spoken(start: Start, folder: Path) -> None:
    started = kept(start, folder)
    assert walk.nameless(started.wired.window) == []
    assert walk.rich(started.wired.window) == []
