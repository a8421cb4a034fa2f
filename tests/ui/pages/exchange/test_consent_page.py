"""The page of what one person agreed to: a row for each question, and one way to stop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton

from app import store, withdrawing
from app.bundles import sent
from app.records import ConsentRecord
from app.settings import Role
from app.tasks import Progress
from app.termlists import get
from app.vault import Vault
from tests.ui.pages.conftest import Start, Started
from tests.ui.pages.exchange.pressing import ask, button, go, opened, press, shown
from tools.scenes import Scene
from ui.page import Page
from ui.pages.consent import ConsentPage
from ui.pages.record import RecordPage


def somebody_sealed(started: Started) -> str:
    """A person who agreed, and of whom something was sealed."""

    def find(vault: Vault, _: Progress) -> str:
        held = {
            record.about
            for record in store.every(vault, ConsentRecord)
            if record.about is not None and record.withdrawn_at is None
        }
        return next(each for each in sorted(held) if withdrawing.gone(vault, each).bundles)

    return str(ask(started, find))


def page_of(started: Started, person: str) -> Page:
    go(started, "consent", person)
    assert isinstance(started.page, ConsentPage)
    return started.page


def test_c_01_every_question_has_a_row_and_nothing_agrees_to_all(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    page = page_of(started, somebody_sealed(started))
    for term in get("consent_scope").terms:
        assert shown(started, term.label)
    assert shown(started, "Not asked: no")
    assert not any("all" in each.text().lower().split() for each in _agreeing(page))


def _agreeing(page: Page) -> list[QPushButton]:
    return [
        each for each in page.findChildren(QPushButton) if "withdraw" not in each.text().lower()
    ]


def test_c_04_a_row_says_on_which_other_it_rests(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    page_of(started, somebody_sealed(started))
    assert shown(started, "Only together with: Give to a named UN body in confidence")


def test_c_16_what_to_say_before_asking_names_the_state_and_promises_nothing(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    page_of(started, somebody_sealed(started))
    assert shown(started, "The State concerned may learn of it")
    assert shown(started, "Nothing is promised")


def test_c_06_withdrawing_lists_what_left_and_names_whom_to_ask(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER, True)
    person = somebody_sealed(started)
    page_of(started, person)
    bundles = ask(started, lambda vault, _: sent.every(vault))
    assert isinstance(bundles, list)
    assert any(shown(started, each.name) for each in bundles)
    press(started, "Withdraw all consent")
    assert started.page.banner.notice is not None
    assert "Human Rights Desk" in started.page.banner.notice.text
    assert shown(started, "Withdrawn")
    assert not any(each.isVisibleTo(started.page) for each in _stops(started))
    assert shown(started, "Please delete these records")
    press(started, "Copy the text")
    assert "Human Rights Desk" in QApplication.clipboard().text()


def _stops(started: Started) -> list[QPushButton]:
    return [each for each in started.page.findChildren(QPushButton) if "Withdraw" in each.text()]


def test_noting_an_answer_begins_a_record_about_this_person(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    person = somebody_sealed(started)
    page_of(started, person)
    assert button(started, "Note what they answer").isEnabled()
    press(started, "Note what they answer")
    assert isinstance(started.page, RecordPage)
    drafts = ask(started, lambda vault, _: store.every_draft(vault))
    assert isinstance(drafts, list)
    assert person in {each.about for each in drafts if isinstance(each, ConsentRecord)}


def test_d_10_a_copy_for_the_person_is_written_after_a_warning(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    to = tmp_path / "copy.txt"
    started = opened(start, scene.recorder, Role.RECORDER, True, to)
    page_of(started, somebody_sealed(started))
    press(started, "Give them a copy")
    assert "What is kept about you" in to.read_text("utf-8")
    assert started.page.banner.notice is not None
    assert "not encrypted" in started.page.banner.notice.text
