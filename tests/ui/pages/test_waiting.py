"""What waits on the first page: counts and neutral reminders, and nothing where nothing waits."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from app import reminders, store, waiting
from app.records import ConsentRecord, Incident, LText, Record
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage
from ui.pages.record import RecordPage
from ui.pages.waiting_card import MOST
from ui.widgets.entry import Entry, OneLine

PAGES = (HomePage, IncidentPage, RecordPage)
NAME = "Ayşe Example"


def received(vault: Vault, record: Record) -> None:
    with vault.transaction() as tx:
        store.receive(vault, tx, record, bundle="b", signer="", number=1)


def opened(start: Start, folder: Path, *records: Record, draft: Incident | None = None) -> Started:
    with Vault.open(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        for record in records:
            received(vault, record)
        if draft is not None:
            store.keep_draft(vault, draft)
    started = start(PAGES)
    started.unlock(folder)
    started.settle()
    return started


def home(started: Started) -> HomePage:
    shown = started.page
    assert isinstance(shown, HomePage)
    return shown


def lines(started: Started) -> list[Entry]:
    return [each for each in home(started).waiting.findChildren(Entry) if each.isVisible()]


def late() -> ConsentRecord:
    return ConsentRecord(authority=LText.of(NAME), review_on=date.today() - timedelta(days=2))


def test_nothing_is_shown_where_nothing_waits(start: Start, vault_folder: Path) -> None:
    started = opened(start, vault_folder)
    assert not home(started).waiting.isVisible()


def test_a_draft_is_counted_and_the_list_shows_it_alone(start: Start, vault_folder: Path) -> None:
    saved, draft = Incident(title=LText.of("Saved")), Incident(narrative=LText.of("Begun"))
    started = opened(start, vault_folder, saved, draft=draft)
    (line,) = lines(started)
    assert line.accessibleName() == "1 report is being written"
    line.click()
    started.settle()
    assert [each.id for each in home(started).list.model.rows] == [draft.id]


def test_a_reminder_names_nobody_and_leads_to_its_work(start: Start, vault_folder: Path) -> None:
    consent = late()
    started = opened(start, vault_folder, consent)
    (line,) = lines(started)
    said = " ".join(each.text() for each in line.findChildren(OneLine))
    assert said.startswith("Task ")
    assert "Ask again whether it is still agreed to." in said
    assert "Late" in line.accessibleName()
    assert NAME not in line.accessibleName() + said
    line.click()
    started.settle()
    shown = started.page
    assert isinstance(shown, RecordPage)
    assert shown._shown is not None
    assert shown._shown.record.id == consent.id


def test_many_reminders_do_not_crowd_the_page(start: Start, vault_folder: Path) -> None:
    started = opened(start, vault_folder, *(late() for _ in range(MOST + 2)))
    assert len(lines(started)) == MOST
    assert "2 more tasks" in started.texts


def test_safe_copies_are_reminded_of_in_one_place_only(vault: Vault) -> None:
    for _ in range(12):
        store.save(vault, Incident(title=LText.of("x"), narrative=LText.of("y")))
    found = waiting.look(vault, date.today() + timedelta(days=400))
    tasks = {each.task for each in found.reminders}
    assert not tasks & {reminders.Task.COPY, reminders.Task.DRILL}


def test_what_is_being_written_is_counted_at_once(vault: Vault) -> None:
    assert waiting.look(vault, date.today()).is_nothing
    store.keep_draft(vault, Incident())
    assert waiting.look(vault, date.today()).being_written == 1
