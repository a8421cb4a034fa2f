"""On the pages: a special fact, and an address in the history, behind what has to come before."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import store
from app.records import Contact, LText, Person
from app.records.person import SpecialData
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui.forms.cover import Cover
from ui.page import Visit
from ui.pages.errand import Errand
from ui.pages.history import HistoryPage
from ui.pages.home import HomePage
from ui.pages.record import RecordPage

PAGES = (HomePage, RecordPage, HistoryPage)
WHY = "the letter has to say on what ground"
SAFE = Contact(channel="Signal", value="+00 1234567", safe_times=LText.of("after nine", "en"))
PERSON = Person(
    religion=SpecialData(words=LText.of("a belief", "en"), reason=LText.of("ground", "en")),
    contact=(SAFE,),
)


@pytest.fixture
def started(start: Start, vault_folder: Path) -> Started:
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        store.save(vault, PERSON)
    begun = start(PAGES)
    begun.unlock(vault_folder)
    return begun


def visit(started: Started, page: str, reference: str) -> None:
    started.wired.window.visit(Visit(page=page, reference=reference))
    started.settle()


def plainly(started: Started) -> str:
    return started.texts.replace("\u2068", "").replace("\u2069", "")


def cover(started: Started, name: str) -> Cover:
    found = [each for each in started.page.findChildren(Cover) if name in each.button.text()]
    return found[0]


def test_m_02_the_reason_typed_on_the_page_stands_below_the_history(started: Started) -> None:
    visit(started, "record", str(Errand(record=PERSON.id)))
    page = started.page
    assert isinstance(page, RecordPage)
    assert page.form is not None
    page.form.unfold()
    religion = cover(started, "Religion")
    religion.press()
    religion.reason.setText(WHY)
    religion.press()
    started.settle()
    assert religion.isHidden()
    visit(started, "history", PERSON.id)
    assert WHY in plainly(started)
    assert "looked at · Religion" in plainly(started)


def test_m_02_an_older_state_shows_a_special_fact_only_for_a_reason(started: Started) -> None:
    visit(started, "history", PERSON.id)
    assert "a belief" not in plainly(started)
    religion = cover(started, "Religion")
    religion.press()
    assert "a belief" not in plainly(started)
    religion.reason.setText(WHY)
    religion.press()
    started.settle()
    assert "a belief" in plainly(started)


def test_r_06_the_history_warns_before_it_shows_an_address(started: Started) -> None:
    visit(started, "history", PERSON.id)
    contact = cover(started, "Safe contact")
    contact.press()
    assert "after nine" in plainly(started)
    assert "1234567" not in plainly(started)
    contact.press()
    assert "1234567" in plainly(started)
