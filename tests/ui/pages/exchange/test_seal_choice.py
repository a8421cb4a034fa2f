"""Which reports are sealed, in a vault that has more than a page can show."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import sealable, store
from app.records import Incident, LText
from app.sealable import MOST_READY, READY
from app.settings import Role
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from tests.ui.pages.exchange.pressing import ask, go, opened, settle, shown
from tools.scenes import Scene
from ui.pages.seal import SealPage

MORE = 7


def _report(title: str) -> Incident:
    return Incident(title=LText.of(title, "en"), narrative=LText.of("Told at the gate.", "en"))


@pytest.fixture
def full_vault(vault_folder: Path) -> Path:
    """More ready reports than are offered at once; the oldest is about a harbour."""
    with (
        Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault,
        vault.transaction() as tx,
    ):
        store.put(vault, tx, _report("The harbour"))
        for number in range(MOST_READY + MORE - 1):
            store.put(vault, tx, _report(f"Case {number}"))
    return vault_folder


def typed(started: Started, page: SealPage, words: str) -> None:
    page.incidents.words.setText(words)
    started.qtbot.waitUntil(lambda: not page.incidents._pause.isActive())
    settle(started)


def test_a_full_vault_offers_some_and_says_how_many_more_are_ready(full_vault: Path) -> None:
    with Vault.open(full_vault, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        offered = sealable.offered(vault)
        assert len(offered.rows) == MOST_READY
        assert offered.ready == MOST_READY + MORE
        assert offered.more
        oldest = sealable.found(vault, "harbour")[0]
        assert oldest.id not in {each.id for each in offered.rows}
        asked = sealable.offered(vault, frozenset({oldest.id}))
        assert asked.rows[0] == oldest


def test_a_report_that_is_not_offered_is_found_and_stays_chosen(
    start: Start, full_vault: Path
) -> None:
    started = start((SealPage,))
    started.unlock(full_vault)
    go(started, "seal")
    page = started.page
    assert isinstance(page, SealPage)
    assert len(page.incidents.chosen) == MOST_READY
    assert shown(started, f"{MORE} more reports are ready")
    typed(started, page, "harbour")
    (harbour,) = (each for each in page.incidents._lines if each.id not in page.incidents.chosen)
    harbour.tick.click()
    typed(started, page, "")
    assert len(page.incidents.chosen) == MOST_READY + 1
    assert harbour.id in page.incidents.chosen
    typed(started, page, "nowhere")
    assert shown(started, "Nothing found. Try fewer letters.")


def test_what_was_taken_off_stays_off_when_something_changes(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    go(started, "seal")
    page = started.page
    assert isinstance(page, SealPage)
    ticked = [each for each in page.incidents._lines if each.tick.isChecked()]
    assert len(ticked) > 1
    ticked[0].tick.click()
    settle(started)
    left = page.incidents.chosen
    assert ticked[0].id not in left
    started.wired.session.do(
        page, lambda vault, _: store.save(vault, _report("Another")), lambda _: None
    )
    settle(started)
    assert page.incidents.chosen == left
    rows = ask(started, lambda vault, _: sealable.offered(vault).rows)
    assert isinstance(rows, tuple)
    assert len([each for each in rows if each.state in READY]) == len(left) + 2
