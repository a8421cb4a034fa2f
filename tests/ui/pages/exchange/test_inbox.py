"""Opening bundles, taking them in, answering them; and receipts that come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import contacts, store
from app.bundles import sent
from app.inbox import arrived, receipts
from app.inbox.arrived import Arrival
from app.records import Incident
from app.settings import Role, Settings
from tests.ui.pages.conftest import Start, Started
from tests.ui.pages.exchange.pressing import (
    ask,
    button,
    go,
    opened,
    press,
    settle,
    shown,
    stated,
    tones,
)
from tools import scenes
from tools.scenes import Scene
from ui.pages import PAGES
from ui.pages.arrival import ArrivalPage
from ui.pages.open_bundle import OpenBundlePage
from ui.pages.sealed_bundle import SealedBundlePage
from ui.widgets.choosing import Tick
from ui.widgets.entry import Entry


def taken_in(started: Started) -> list[Arrival]:
    found = ask(started, lambda vault, _: arrived.every(vault))
    assert isinstance(found, list)
    return found


def names(started: Started, tone: str) -> list[str]:
    return [name for found, name in stated(started) if found == tone]


def test_the_window_of_an_organisation_starts_at_the_inbox(start: Start, scene: Scene) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    assert started.page.id == "inbox"
    told = [each.accessibleName() for each in started.page.findChildren(Entry)]
    assert len(told) == 2
    assert all(scenes.SENDER in each and "Receipt made" in each for each in told)


def test_an_empty_inbox_offers_the_card(start: Start, usual_vault: Path) -> None:
    started = start(PAGES, Settings(role=Role.ORGANISATION, language="en"))
    started.unlock(usual_vault)
    settle(started)
    assert shown(started, "No bundles yet")
    press(started, "Show my card")
    assert started.page.id == "own-card"


def test_a_good_bundle_of_a_checked_sender_is_green_and_taken_in(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    started.page.take_files((scene.fresh,))
    settle(started)
    assert isinstance(started.page, OpenBundlePage)
    assert tones(started) == ["ok"] * 6
    assert names(started, "ok")[0].startswith("Good seal, checked key")
    before = ask(started, lambda vault, _: len(store.every(vault, Incident)))
    press(started, "Take in")
    assert isinstance(started.page, ArrivalPage)
    assert ask(started, lambda vault, _: len(store.every(vault, Incident))) == int(str(before)) + 1
    assert len(taken_in(started)) == 3


def test_an_unknown_key_is_named_before_it_is_taken_in_and_known_afterwards(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    sender = ask(started, lambda vault, _: contacts.find(vault, scenes.SENDER))
    assert isinstance(sender, contacts.Contact)
    go(started, "contact", sender.id)
    press(started, "Remove from the list")
    go(started, "open-bundle", "", scene.fresh)
    assert names(started, "note")[0].startswith("Good seal, unknown key")
    page = started.page
    assert isinstance(page, OpenBundlePage)
    assert not page.take.isEnabled()
    assert page.doubts is not None
    page.doubts._name.setText("L.")
    tick(started, "I take it in although I do not know")
    press(started, "Take in")
    known = taken_in(started)[0].sender
    assert known is not None
    assert known.name == "L."
    assert shown(started, "L.")


def test_an_unsigned_bundle_is_taken_in_only_after_saying_so(start: Start, scene: Scene) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    go(started, "open-bundle", "", scene.unsigned)
    assert names(started, "note")[0].startswith("Not signed")
    assert not button(started, "Take in").isEnabled()
    tick(started, "not signed")
    press(started, "Take in")
    assert not taken_in(started)[0].signed


def test_the_same_bundle_again_is_said_plainly_and_cannot_be_taken_in(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    for _ in range(2):
        go(started, "open-bundle", "", scene.fresh)
        if button(started, "Take in").isEnabled():
            press(started, "Take in")
    assert names(started, "bad")[0].startswith("You have had this very bundle before")
    assert not button(started, "Take in").isEnabled()
    assert len(taken_in(started)) == 3


def test_a_damaged_bundle_is_red_and_nothing_of_it_is_taken_in(start: Start, scene: Scene) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    go(started, "open-bundle", "", scene.damaged)
    assert tones(started) == ["bad", "bad"]
    assert len(taken_in(started)) == 2


def test_a_bundle_for_somebody_else_is_grey_and_unharmed(start: Start, scene: Scene) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    go(started, "open-bundle", "", scene.receipt)
    assert set(tones(started)) == {"note"}
    assert shown(started, "Sealed for somebody else")


def test_what_is_no_bundle_is_said_to_be_none(start: Start, scene: Scene) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    go(started, "open-bundle", "", scene.junk)
    assert shown(started, "This is not a sealed bundle")


@pytest.mark.parametrize(("answer", "stays"), [("leave", True), ("delete", False)])
def test_rejecting_keeps_nothing_and_leaves_the_file_unless_told(
    start: Start, scene: Scene, answer: str, stays: bool
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION, answer)
    go(started, "open-bundle", "", scene.fresh)
    press(started, "Reject")
    assert shown(started, "Rejected")
    assert scene.fresh.exists() is stays
    assert len(taken_in(started)) == 2


def test_every_item_of_a_bundle_can_be_looked_at(start: Start, scene: Scene) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    go(started, "open-bundle", "", scene.fresh)
    assert not shown(started, "One act")
    press(started, "Show every item")
    assert shown(started, "One act")


def test_a_receipt_travels_back_and_shows_on_the_bundle(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "BACK"
    stick.mkdir()
    started = opened(start, scene.organisation, Role.ORGANISATION, stick)
    go(started, "open-bundle", "", scene.fresh)
    press(started, "Take in")
    page = started.page
    assert isinstance(page, ArrivalPage)
    page.message.setPlainText("Who else saw it?")
    press(started, "I have a question")
    press(started, "Make the receipt")
    assert shown(started, "The receipt is sealed")
    (made,) = stick.iterdir()
    go(started, "receipts")
    assert len(started.page.findChildren(Entry)) == 3
    started.lock()

    started = opened(start, scene.recorder, Role.RECORDER)
    go(started, "receipts")
    started.page.take_files((made,))
    settle(started)
    assert shown(started, "Who else saw it?")
    assert names(started, "ok")[0].startswith("Good seal, checked key")
    press(started, "Keep this receipt")
    assert isinstance(started.page, SealedBundlePage)
    assert shown(started, "Who else saw it?")
    found = ask(started, lambda vault, _: sent.every(vault))
    assert isinstance(found, list)
    assert [each.verdict for each in found if each.name == scene.fresh.name] == ["question"]


def test_a_receipt_is_kept_only_once(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    for _ in range(2):
        go(started, "open-receipt", "", scene.receipt)
        press(started, "Keep this receipt")
    assert started.page.banner.notice is not None
    kept = ask(started, lambda vault, _: receipts.received(vault))
    assert isinstance(kept, list)
    assert len(kept) == 2


def test_the_list_of_receipts_says_who_gave_them(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    go(started, "receipts")
    told = [each.accessibleName() for each in started.page.findChildren(Entry)]
    assert len(told) == 1
    assert scenes.DESK in told[0]
    assert "Accepted" in told[0]


def test_hostile_words_in_a_message_are_shown_as_they_were_written(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "BACK"
    stick.mkdir()
    hostile = '<img src="//198.51.100.1/x.png"> \u202eabc'
    started = opened(start, scene.organisation, Role.ORGANISATION, stick)
    go(started, "arrival", taken_in(started)[0].id)
    press(started, "Make another")
    page = started.page
    assert isinstance(page, ArrivalPage)
    page.message.setPlainText(hostile)
    press(started, "Make the receipt")
    (made,) = stick.iterdir()
    started.lock()

    started = opened(start, scene.recorder, Role.RECORDER)
    go(started, "open-receipt", "", made)
    assert shown(started, '<img src="//198.51.100.1/x.png"> [U+202E]abc')


def tick(started: Started, text: str) -> None:
    found = [each for each in started.page.findChildren(Tick) if text in each.text()]
    assert found, text
    found[0].setChecked(True)
    settle(started)
