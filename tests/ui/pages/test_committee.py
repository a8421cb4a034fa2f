"""The Committee on NGOs in the window: history, sessions, and observations read for a purpose."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import store
from app.independence import CAUTIONS
from app.records import (
    ApplicationReview,
    CommitteeApplication,
    CommitteeQuestion,
    IndependenceObservation,
    SessionItem,
)
from app.settings import Role, Settings
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui import walk
from tests.ui.pages.conftest import Start, Started
from tools import committee as scene
from ui.page import Visit
from ui.pages.committee import CommitteePage
from ui.pages.committee_application import CommitteeApplicationPage
from ui.pages.committee_sessions import CommitteeSessionsPage
from ui.pages.observation import ObservationPage
from ui.pages.observations import ObservationsPage
from ui.pages.record import OrganisationRecordPage, RecordPage
from ui.widgets.entry import Entry

PAGES = (
    CommitteePage,
    CommitteeApplicationPage,
    CommitteeSessionsPage,
    ObservationsPage,
    ObservationPage,
    RecordPage,
    OrganisationRecordPage,
)
PURPOSE = "Preparing the briefing of May"


@pytest.fixture
def full(vault_folder: Path) -> Path:
    """A vault with the application of SMP-07 and two observations."""
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        scene.record(vault)
    return vault_folder


@pytest.fixture
def started(start: Start, full: Path) -> Started:
    begun = start(PAGES)
    begun.unlock(full)
    begun.settle()
    return begun


def visit(started: Started, page: str, reference: str = "") -> None:
    started.wired.window.visit(Visit(page=page, reference=reference))
    started.settle()


def the_application(started: Started) -> str:
    return held(started, CommitteeApplication)[0].id


def held(started: Started, kind: type[store.R]) -> list[store.R]:
    found: list[list[store.R]] = []
    started.wired.session.ask(
        started.wired.window, lambda vault, _: store.every(vault, kind), found.append
    )
    started.settle()
    return found[0]


def entries(started: Started) -> list[str]:
    return [each.accessibleName() for each in started.page.findChildren(Entry) if each.isVisible()]


def application(started: Started) -> None:
    visit(started, "committee-application", the_application(started))


def test_the_list_tells_how_often_and_how_long_an_application_was_put_off(
    started: Started,
) -> None:
    visit(started, "committee")
    (line,) = entries(started)
    told = ("Orlavian Example Rights Network", "Put off 9 times", "Rejected by recorded vote")
    for words in told:
        assert words in line
    started.press("Orlavian Example Rights Network")
    started.settle()
    assert started.page.id == "committee-application"


def test_the_history_stands_session_by_session_with_who_asked_and_why_it_is_assessed_so(
    started: Started,
) -> None:
    application(started)
    lines = entries(started)
    sessions = [line for line in lines if "regular" in line.split(",")[0] and "FICTIONAL" in line]
    assert sessions[0].startswith("\u2068FICTIONAL – 2021 regular\u2069 · ")
    assert sum("Deferral" in line for line in lines) == 9
    assert any("Quessland" in line and "three largest donors" in line for line in lines)
    assert any("Not safe to answer" in line for line in lines)
    texts = started.texts
    for words in (
        "Put off 9 times",
        "11 sessions, 1 left it out",
        "7 questions, 1 had been asked before",
        "The members would be in danger.",
        "Both ask for the donors.",
    ):
        assert words in texts


def test_sessions_and_questions_are_added_to_the_history_by_their_forms(started: Started) -> None:
    application(started)
    started.press("Add a session")
    started.settle()
    assert started.page.id == "record"
    assert isinstance(started.page, RecordPage)
    form = started.page.form
    assert form is not None
    begun = form.value()
    assert isinstance(begun, ApplicationReview)
    assert begun.application == the_application(started)
    application(started)
    started.press("Add a question")
    started.settle()
    assert isinstance(started.page, RecordPage)
    form = started.page.form
    assert form is not None
    asked = form.value()
    assert isinstance(asked, CommitteeQuestion)
    assert asked.review in {each.id for each in held(started, ApplicationReview)}
    assert asked.source is not None


def test_an_old_session_asks_to_be_looked_up_and_one_press_says_that_it_was(
    started: Started,
) -> None:
    visit(started, "committee-sessions")
    assert len(entries(started)) == 11
    started.press("Looked up today: \u2068FICTIONAL – 2026 regular\u2069")
    started.settle()
    (looked,) = [
        each for each in held(started, SessionItem) if each.name.text.endswith("2026 regular")
    ]
    assert looked.last_checked == at_noon().date()
    assert any("looked up today" in line for line in entries(started))


# --- observations -----------------------------------------------------------------------------


def observations(started: Started) -> None:
    (of,) = [each.organisation for each in held(started, CommitteeApplication)]
    visit(started, "observations", of or "")


def test_g_04_and_g_12_the_cautions_stand_on_the_page_before_anything_is_read(
    started: Started,
) -> None:
    observations(started)
    assert all(each in started.texts for each in CAUTIONS)
    assert "declared a grant" not in started.texts


def test_g_08_nothing_is_read_without_a_purpose(started: Started) -> None:
    observations(started)
    started.press("Read")
    started.settle()
    assert "Say in a few words what you read it for." in started.texts
    assert "declared a grant" not in started.texts


def test_g_07_what_is_read_shows_the_reply_and_leaving_forgets_it(started: Started) -> None:
    observations(started)
    page = started.page
    assert isinstance(page, ObservationsPage)
    page.purpose.setText(PURPOSE)
    started.press("Read")
    started.settle()
    texts = started.texts
    assert "The grant was for one conference and is over." in texts
    assert "Many groups there take such grants." in texts
    assert "U+" not in texts
    assert "none yet" in texts
    # indicators of independence first (G-03)
    assert texts.index("elect the board") < texts.index("declared a grant")
    kept = held(started, IndependenceObservation)
    assert {reading.purpose for each in kept for reading in each.readings} == {PURPOSE}
    visit(started, "committee")
    observations(started)
    assert "declared a grant" not in started.texts


def test_g_03_indicators_of_independence_are_offered_first_and_a_press_begins_one(
    started: Started,
) -> None:
    observations(started)
    started.press("Accounts published")
    started.settle()
    page = started.page
    assert isinstance(page, ObservationPage)
    assert page.form is not None
    begun = page.form.value()
    assert isinstance(begun, IndependenceObservation)
    assert begun.observation is not None
    assert begun.observation.key == "accounts_published"
    assert all(each in started.texts for each in CAUTIONS)


def test_an_organisation_sees_the_same_pages(start: Start, full: Path) -> None:
    begun = start(PAGES, Settings(role=Role.ORGANISATION))
    begun.unlock(full)
    begun.settle()
    application(begun)
    assert "Put off 9 times" in begun.texts


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_cut_off_or_without_a_name_in_large_text(
    start: Start, full: Path, language: str
) -> None:
    begun = start(PAGES, Settings(role=Role.RECORDER, language=language, text_percent=160))
    begun.unlock(full)
    begun.settle()
    application(begun)
    window = begun.wired.window
    for page in ("committee-application", "committee", "committee-sessions", "observations"):
        if page == "observations":
            observations(begun)
        elif page != "committee-application":
            visit(begun, page)
        # these say with an ellipsis that they are cut
        cut = [each for each in walk.cut_off(window) if not each.startswith("OneLine")]
        assert [*walk.nameless(window), *walk.rich(window), *cut] == [], page
