"""What the program does when a text speaks of danger: it asks, and contacts nobody (R-10)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import danger, incidents, store
from app.incidents import State
from app.records import Incident, LText
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from tests.ui.pages.conftest import Start
from tests.ui.pages.exchange.pressing import ask, go, opened, press, shown
from tools.scenes import Scene


@pytest.mark.parametrize(
    "text",
    [
        "I think THEY ARE  COMING for me",
        "Ils vont me tuer",
        "Me van a matar",
        "Сказали, что убьют",
        "إنهم سَيقتلون أخي",
        "تهدید به مرگ",
        "他们说要杀我",
    ],
)
def test_r_10_phrases_of_danger_are_seen_in_any_form(text: str) -> None:
    assert danger.is_immediate(text)


@pytest.mark.parametrize("text", ["", "They came at three and left.", "The meeting was filmed."])
def test_r_10_an_ordinary_account_calls_nothing(text: str) -> None:
    assert not danger.is_immediate(text)


def test_r_10_the_checklist_stands_above_the_report_and_leads_to_the_contacts(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)

    def tell(vault: Vault, _: Progress) -> str:
        row = next(each for each in incidents.rows(vault) if each.state is State.SAVED)
        record = store.get(vault, Incident, row.id)
        store.save(vault, replace(record, narrative=LText.of("They are coming for us.", "en")))
        return str(row.id)

    go(started, "incident", str(ask(started, tell)))
    assert shown(started, "Is somebody in danger now?")
    assert shown(started, "Ask before you tell")
    press(started, "Contacts")
    assert started.page.id == "contacts"
