"""The tags of the report that is open: kept at once, whatever is being typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app import store
from app.records import Incident, LText
from app.records.ids import RecordId
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui.page import Visit
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage

SAID = "They said: come with us."


@pytest.fixture
def report(vault_folder: Path) -> Incident:
    """A saved report in an otherwise empty vault."""
    made = Incident(title=LText.of("Case", "en"), narrative=LText.of("Told.", "en"))
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        return store.save(vault, replace(made, tags=("old",))).record


@pytest.fixture
def started(start: Start, vault_folder: Path, report: Incident) -> Started:
    """A recorder's window with that report open."""
    begun = start((HomePage, IncidentPage))
    begun.unlock(vault_folder)
    begun.wired.window.visit(Visit(page="incident", reference=report.id))
    begun.settle()
    return begun


def page_of(started: Started) -> IncidentPage:
    assert isinstance(started.page, IncidentPage)
    return started.page


def kept(started: Started, report: RecordId) -> Incident:
    found: list[Incident] = []
    started.wired.session.ask(
        started.wired.window, lambda vault, _: store.get(vault, Incident, report), found.append
    )
    started.settle()
    return found[0]


def add(started: Started, tag: str) -> None:
    started.ask._answers.append(tag)
    started.press("Add a tag")
    started.settle()


def test_a_tag_is_put_on_and_another_taken_off(started: Started, report: Incident) -> None:
    add(started, " press  freedom ")
    started.press("old")
    started.settle()
    assert kept(started, report.id).tags == ("press freedom",)
    started.press("Undo")
    started.settle()
    assert kept(started, report.id).tags == ("press freedom", "old")


def test_a_tag_put_on_while_typing_is_saved_with_what_was_typed(
    started: Started, report: Incident
) -> None:
    page = page_of(started)
    assert page.form.quick is not None
    page.form.quick.called.setText(SAID)
    add(started, "press")
    assert page.form.quick.called.text() == SAID
    started.press("Save and close")
    started.settle()
    saved = kept(started, report.id)
    assert (saved.title.text, saved.tags) == (SAID, ("old", "press"))


def test_a_report_that_was_never_saved_has_no_tags_yet(start: Start, vault_folder: Path) -> None:
    begun = start((HomePage, IncidentPage))
    begun.unlock(vault_folder)
    begun.wired.window.visit(Visit(page="incident"))
    begun.settle()
    assert not page_of(begun).tags.isVisible()


def test_a_tag_of_too_many_letters_is_refused_and_nothing_changes(
    started: Started, report: Incident
) -> None:
    add(started, "x" * 61)
    assert kept(started, report.id).tags == ("old",)
