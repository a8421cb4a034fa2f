"""Reports: listed, found, written, kept while they are typed, removed and brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import store
from app.records import (
    Act,
    Engagement,
    Incident,
    Involvement,
    LText,
    Person,
    TermRef,
)
from app.samples import all_cases
from app.settings import Role, Settings
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import LONG_MS, Start, Started
from ui.forms.texts import WordsEditor
from ui.page import Page, Visit
from ui.pages.errand import Errand
from ui.pages.home import HomePage, IncidentsPage
from ui.pages.incident import IncidentPage, OrganisationIncidentPage
from ui.pages.parts import Part
from ui.pages.record import OrganisationRecordPage, RecordPage
from ui.widgets.entry import Entry

T = TypeVar("T")

WORDS = "Two officers came to the house. They said: come with us."


class Sealing(Page):
    id = "seal"

    @classmethod
    def title(cls) -> str:
        return "Sealing"

    def arrive(self, visit: Visit) -> None:
        self.reference = visit.reference


PAGES = (
    HomePage,
    IncidentsPage,
    IncidentPage,
    OrganisationIncidentPage,
    RecordPage,
    OrganisationRecordPage,
    Sealing,
)


@pytest.fixture
def started(start: Start, vault_folder: Path) -> Started:
    """A recorder's window over an empty vault."""
    begun = start(PAGES)
    begun.unlock(vault_folder)
    begun.settle()
    return begun


@pytest.fixture
def full_folder(vault_folder: Path) -> Path:
    """A vault with three of the fictional reports."""
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        for case in all_cases()[:3]:
            for record in (*case.records, case.incident):
                store.save(vault, record)
    return vault_folder


def ask(started: Started, query: Callable[[Vault], T]) -> T:
    found: list[T] = []
    started.wired.session.ask(started.wired.window, lambda vault, _: query(vault), found.append)
    started.settle()
    return found[0]


def incident_page(started: Started) -> IncidentPage:
    page = started.page
    assert isinstance(page, IncidentPage)
    return page


def narrative(page: IncidentPage) -> WordsEditor:
    quick = page.form.quick
    assert quick is not None
    editor = quick._first.rows["narrative"].editor
    assert isinstance(editor, WordsEditor)
    return editor


def new_report(started: Started) -> IncidentPage:
    started.press("On one page")
    started.settle()
    return incident_page(started)


def write(started: Started, words: str = WORDS) -> IncidentPage:
    page = new_report(started)
    started.qtbot.keyClicks(narrative(page).area, words)
    return page


def test_an_empty_home_teaches_the_first_step(started: Started) -> None:
    assert "No reports yet" in started.texts
    assert isinstance(started.page, HomePage)
    assert not started.page.ready.isVisible()


def test_a_report_needs_one_sentence_and_is_then_ready_to_seal(started: Started) -> None:
    write(started)
    started.press("Save and close")
    started.settle()
    page = started.page
    assert isinstance(page, HomePage)
    assert "1 report is ready to seal" in started.texts
    saved = ask(started, lambda vault: store.every(vault, Incident))
    assert [each.narrative.text for each in saved] == [WORDS]


def test_a_report_without_a_title_gets_one_without_names(started: Started) -> None:
    write(started, "Somebody was threatened.")
    started.press("Save and close")
    started.settle()
    saved = ask(started, lambda vault: store.every(vault, Incident))
    assert saved[0].title.text.startswith("Report of ")


def test_what_is_typed_is_kept_within_two_seconds_without_any_button(
    started: Started, qtbot: QtBot
) -> None:
    page = write(started)
    with qtbot.waitSignal(page.drafting.kept, timeout=4000):
        pass
    drafts = ask(started, store.every_draft)
    assert [each.narrative.text for each in drafts if isinstance(each, Incident)] == [WORDS]
    assert "Saved just now" in started.texts


def test_leaving_and_locking_lose_nothing(started: Started, vault_folder: Path) -> None:
    write(started)
    started.lock()
    started.unlock(vault_folder)
    assert isinstance(started.page, HomePage)
    started.settle()
    assert started.page.list.model.rowCount() == 1
    started.page.list.opened.emit(started.page.list.model.rows[0].id)
    started.settle()
    assert narrative(incident_page(started)).area.toPlainText() == WORDS


def test_a_new_report_in_which_nothing_was_typed_is_not_kept(started: Started) -> None:
    new_report(started)
    started.press("Back")
    started.settle()
    assert isinstance(started.page, HomePage)
    assert ask(started, store.every_draft) == []


def test_saving_says_what_is_missing_and_keeps_the_rest(started: Started) -> None:
    page = new_report(started)
    assert page.form.quick is not None
    started.qtbot.keyClicks(page.form.quick.where, "At home")
    started.press("Save and close")
    started.settle()
    assert isinstance(started.page, IncidentPage)
    assert page.banner.notice is not None
    assert "This is needed." in started.texts


def test_ctrl_n_begins_a_report_from_anywhere_and_back_leads_back(
    started: Started, qtbot: QtBot
) -> None:
    qtbot.keyClick(started.wired.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    started.settle()
    assert isinstance(started.page, IncidentPage)
    started.press("Back")
    assert isinstance(started.page, HomePage)


def test_all_details_and_back_to_few_lose_nothing(started: Started) -> None:
    page = write(started)
    started.press("All details")
    assert page.form.whole is not None
    assert page.form.value().narrative.text == WORDS
    started.press("Fewer details")
    assert narrative(page).area.toPlainText() == WORDS


def test_a_place_in_words_is_told_at_the_level_of_the_country(started: Started) -> None:
    page = write(started)
    assert page.form.quick is not None
    page.form.quick.where.setText("Hill Road")
    found = page.form.value().country
    assert found.as_written.text == "Hill Road"
    assert found.precision_to_release.key == "country"


def test_seal_this_report_saves_it_first(started: Started) -> None:
    write(started)
    started.press("Seal this report")
    started.settle()
    assert isinstance(started.page, Sealing)
    saved = ask(started, lambda vault: store.every(vault, Incident))
    assert started.page.reference == saved[0].id


def test_saving_what_was_not_changed_makes_no_revision(start: Start, full_folder: Path) -> None:
    started = start(PAGES)
    started.unlock(full_folder)
    first = ask(started, lambda vault: store.every_kept(vault, Incident))[0]
    started.wired.window.visit(Visit(page="incident", reference=first.record.id))
    started.settle()
    started.press("All details")
    started.press("Fewer details")
    started.press("Save and close")
    started.settle()
    again = ask(started, lambda vault: store.kept(vault, Incident, first.record.id))
    assert again == first


def test_every_sample_comes_back_from_both_forms_as_it_was(start: Start, full_folder: Path) -> None:
    started = start(PAGES)
    started.unlock(full_folder)
    for incident in ask(started, lambda vault: store.every(vault, Incident)):
        started.wired.window.visit(Visit(page="incident", reference=incident.id))
        started.settle()
        page = incident_page(started)
        page.form.show_short()
        assert page.form.value() == incident
        page.form.show_all()
        assert page.form.value() == incident
        page.form.show_short()


def test_the_list_is_searched_in_reports_and_in_what_belongs_to_them(
    start: Start, full_folder: Path, qtbot: QtBot
) -> None:
    started = start(PAGES)
    started.unlock(full_folder)
    started.settle()
    page = started.page
    assert isinstance(page, HomePage)
    everything = page.list.model.rows
    assert len(everything) == 3
    people = ask(started, lambda vault: store.every(vault, Person))
    qtbot.keyClick(started.wired.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    page.list.words.setText(people[0].pseudonym)
    qtbot.waitUntil(lambda: 0 < len(page.list.model.rows) < 3, timeout=LONG_MS)
    page.list.words.setText("no such words anywhere")
    qtbot.waitUntil(lambda: "Nothing found" in started.texts, timeout=LONG_MS)
    page.list.words.clear()
    qtbot.waitUntil(lambda: page.list.model.rows == everything, timeout=LONG_MS)


def test_drafts_can_be_filtered_out(start: Start, full_folder: Path) -> None:
    started = start(PAGES)
    started.unlock(full_folder)
    started.settle()
    write(started)
    started.press("Back")
    started.settle()
    page = started.page
    assert isinstance(page, HomePage)
    assert page.list.model.rowCount() == 4
    started.press("Being written")
    started.settle()
    assert page.list.model.rowCount() == 1
    started.press("Sealed")
    started.settle()
    assert "Nothing found" in started.texts
    started.press("All")
    started.settle()
    assert page.list.model.rowCount() == 4


def test_a_removed_report_can_be_brought_back(start: Start, full_folder: Path) -> None:
    started = start(PAGES)
    started.unlock(full_folder)
    first = ask(started, lambda vault: store.every(vault, Incident))[0]
    started.wired.window.visit(Visit(page="incident", reference=first.id))
    started.settle()
    started.press("Remove this report")
    started.settle()
    page = started.page
    assert isinstance(page, HomePage)
    started.settle()
    assert page.list.model.rowCount() == 2
    started.press("Undo")
    started.settle()
    assert page.list.model.rowCount() == 3


def test_throwing_a_draft_away_is_asked_first(start: Start, vault_folder: Path) -> None:
    started = start(PAGES, answers=[False, True])
    started.unlock(vault_folder)
    started.settle()
    page = write(started)
    page.flush()
    started.settle()
    started.press("Remove this report")
    assert isinstance(started.page, IncidentPage)
    started.press("Remove this report")
    started.settle()
    assert isinstance(started.page, HomePage)
    assert ask(started, store.every_draft) == []


# --- what belongs to a report ---------------------------------------------------------------


def record_page(started: Started) -> RecordPage:
    page = started.page
    assert isinstance(page, RecordPage)
    return page


def put(page: RecordPage, **values: object) -> None:
    """Fill in fields as the form would, through its own editors."""
    form = page.form
    assert form is not None
    for name, value in values.items():
        editor = form._short.rows[name].editor
        editor._paint(value)
        editor.edited.emit()


def test_a_person_is_added_with_a_part_in_the_report(started: Started) -> None:
    report = write(started)
    report._add(Part.PERSON)
    started.settle()
    started.press("Save")  # the person needs nothing more
    started.settle()
    role = record_page(started)
    put(role, role=TermRef(list="person_role", key="person_targeted"))
    started.press("Save")
    started.settle()
    assert isinstance(started.page, IncidentPage)
    parts = ask(started, lambda vault: store.every(vault, Involvement))
    people = ask(started, lambda vault: store.every(vault, Person))
    assert [each.party for each in parts] == [people[0].id]
    assert parts[0].incident == started.page.form.value().id
    assert any(people[0].pseudonym in each.accessibleName() for each in entries(started))


def entries(started: Started) -> list[Entry]:
    return [each for each in started.page.findChildren(Entry) if each.isVisible()]


def test_cooperation_with_the_un_is_pointed_to_once_it_is_saved(started: Started) -> None:
    report = write(started)
    reference = report.form.value().id
    people = Person()
    started.wired.session.do(
        started.wired.window, lambda vault, _: store.save(vault, people), lambda _: None
    )
    started.settle()
    report._add(Part.COOPERATION)
    started.settle()
    page = record_page(started)
    put(
        page,
        parties=(people.id,),
        engagement_type=TermRef(list="engagement_type", key="testimony"),
    )
    started.press("Save")
    started.settle()
    made = ask(started, lambda vault: store.every(vault, Engagement))
    report = incident_page(started)
    assert report.form.value().id == reference
    assert report.form.value().engagements == (made[0].id,)
    assert report.form.value().narrative.text == WORDS


def test_a_part_in_which_nothing_was_filled_in_is_not_kept(started: Started) -> None:
    report = write(started)
    report._add(Part.ACT)
    started.settle()
    assert isinstance(started.page, RecordPage)
    started.press("Back")
    started.settle()
    assert isinstance(started.page, IncidentPage)
    kinds = [type(each) for each in ask(started, store.every_draft)]
    assert kinds == [Incident]


def test_a_part_half_filled_in_waits_at_its_report(started: Started) -> None:
    report = write(started)
    report._add(Part.ACT)
    started.settle()
    put(record_page(started), description=LText.of("They took the telephone."))
    started.press("Save")
    assert record_page(started).banner.notice is not None  # the kind of act is missing
    started.press("Back")
    started.settle()
    assert "Being written" in " ".join(each.accessibleName() for each in entries(started))
    drafts = ask(started, store.every_draft)
    acts = [each for each in drafts if isinstance(each, Act)]
    assert [each.description.text for each in acts] == ["They took the telephone."]


def test_a_part_removed_can_be_brought_back(start: Start, full_folder: Path) -> None:
    started = start(PAGES)
    started.unlock(full_folder)
    first = ask(started, lambda vault: store.every(vault, Incident))[0]
    started.wired.window.visit(Visit(page="incident", reference=first.id))
    started.settle()
    before = len(entries(started))
    page = incident_page(started)
    act = next(each for each in page._shown.parts if isinstance(each, Act))  # type: ignore[union-attr]
    page.related.removed.emit(act)
    started.settle()
    assert len(entries(started)) < before
    started.press("Undo")
    started.settle()
    assert len(entries(started)) == before


def test_an_organisation_sees_every_field_at_once(start: Start, full_folder: Path) -> None:
    started = start(PAGES, Settings(role=Role.ORGANISATION))
    started.unlock(full_folder)
    started.settle()
    page = started.page
    assert isinstance(page, IncidentsPage)
    page.list.opened.emit(page.list.model.rows[0].id)
    started.settle()
    assert incident_page(started).form.whole is not None
    assert started.page.under == "incidents"


def test_an_errand_is_its_own_text() -> None:
    one = Errand(record=Incident().id, waiting=Act().id)
    assert Errand.parse(str(one)) == one
    assert Errand.parse(one.record) == Errand(record=one.record)
    with pytest.raises(ValueError, match="x"):
        Errand.parse("x")
