"""Sealing on one page, and the list of what was sealed."""

from __future__ import annotations

from pathlib import Path

from app import contacts, incidents, store
from app.bundles import sent
from app.bundles.manifest import BundleKind
from app.bundles.sent import Sent
from app.incidents import State
from app.records import Incident
from app.records.values import LText
from app.settings import Role, Settings
from tests.ui.pages.conftest import Start, Started
from tests.ui.pages.exchange.pressing import (
    ask,
    button,
    go,
    opened,
    press,
    say_it_is_safe,
    settle,
    shown,
    stated,
    tones,
)
from tools import scenes
from tools.scenes import Scene
from ui.pages import PAGES
from ui.pages.seal import SealPage
from ui.pages.seal_content import called, stays_because
from ui.pages.sealed_bundle import SealedBundlePage
from ui.widgets.choosing import Tick
from ui.widgets.entry import Entry


def sealing_page(started: Started, reference: str = "") -> SealPage:
    go(started, "seal", reference)
    page = started.page
    assert isinstance(page, SealPage)
    return page


def all_sent(started: Started) -> list[Sent]:
    found = ask(started, lambda vault, _: sent.every(vault))
    assert isinstance(found, list)
    return found


def choose(started: Started, page: SealPage, name: str) -> None:
    contact = ask(started, lambda vault, _: contacts.find(vault, name))
    assert isinstance(contact, contacts.Contact)
    page.receiver.list.choose(contact.id)
    page.receiver.list.activated.emit(0)
    settle(started)


def test_ready_reports_and_the_last_receiver_are_chosen_already(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    page = sealing_page(started)
    assert page.receiver.receiver is not None
    assert page.receiver.receiver.name == scenes.DESK
    rows = ask(started, lambda vault, _: incidents.rows(vault))
    assert isinstance(rows, list)
    ready = {each.id for each in rows if each.state in {State.SAVED, State.CHANGED}}
    assert ready
    assert set(page.incidents.chosen) == ready
    assert button(started, "Seal now").isEnabled()


def test_two_clicks_seal_what_is_ready_and_say_who_can_open_it(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    started = opened(start, scene.recorder, Role.RECORDER, stick)
    sealing_page(started)
    press(started, "Seal now")
    assert isinstance(started.page, SealedBundlePage)
    said = [name for tone, name in stated(started) if tone == "ok"]
    assert any(f"{scenes.DESK}" in each and "Only" in each for each in said)
    assert any("Read back" in each for each in said)
    newest = all_sent(started)[0]
    assert [each.name for each in stick.iterdir()] == [newest.name]
    assert shown(started, newest.name)


def test_one_report_alone_can_be_sealed(start: Start, scene: Scene, tmp_path: Path) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    started = opened(start, scene.recorder, Role.RECORDER, stick)
    rows = ask(started, lambda vault, _: incidents.rows(vault))
    assert isinstance(rows, list)
    wanted = next(each.id for each in rows if each.state is State.SAVED)
    page = sealing_page(started, wanted)
    assert page.incidents.chosen == (wanted,)
    press(started, "Seal now")
    assert [each.id for each in all_sent(started)[0].incidents] == [wanted]


def test_what_consent_holds_back_is_listed_with_its_reason(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    page = sealing_page(started)
    assert page.plan is not None
    assert page.plan.withheld
    press(started, "Which, and why")
    for each in page.plan.withheld:
        assert shown(started, stays_because(each))
        assert called(each.record) in stays_because(each)


def test_a_file_that_nobody_decided_about_is_told_and_its_copy_goes_along(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    rows = ask(started, lambda vault, _: incidents.rows(vault))
    assert isinstance(rows, list)
    wanted = next(each.id for each in rows if each.evidence)
    page = sealing_page(started, wanted)
    assert page.plan is not None
    assert page.plan.files == ()
    assert shown(started, "1 file does not go along yet")
    press(started, "Make copies without it")
    assert page.plan is not None
    assert [each.item.handling.key for each in page.plan.files] == ["redacted_copy"]
    assert not shown(started, "1 file does not go along yet")


def test_nothing_is_sealed_to_keys_that_changed(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    page = sealing_page(started)
    choose(started, page, "Lawyers for Lawyers")
    assert "bad" in tones(started)
    assert not button(started, "Seal now").isEnabled()


def test_a_receiver_not_compared_needs_a_decision(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    started = opened(start, scene.recorder, Role.RECORDER, stick)
    page = sealing_page(started)
    choose(started, page, "شبكة المدافعين")
    assert "warn" in tones(started)
    assert not button(started, "Seal now").isEnabled()
    assert button(started, "Compare now").isEnabled()
    press(started, "Seal anyway")
    say_it_is_safe(started)
    press(started, "Seal now")
    assert [each.receiver for each in all_sent(started)].count("شبكة المدافعين") == 1


def test_a_bundle_can_be_left_unsigned_and_says_what_that_means(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    started = opened(start, scene.recorder, Role.RECORDER, stick)
    sealing_page(started)
    assert shown(started, "prove that you made it")
    press(started, "Not signed")
    assert shown(started, "Nothing in the bundle proves")
    press(started, "Seal now")
    assert not all_sent(started)[0].signed


def test_with_no_report_ticked_there_is_nothing_to_seal(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    page = sealing_page(started)
    for tick in page.incidents.findChildren(Tick):
        tick.setChecked(False)
    settle(started)
    assert shown(started, "No report is chosen")
    assert not button(started, "Seal now").isEnabled()


def test_without_a_receiver_the_page_says_how_to_add_one(start: Start, usual_vault: Path) -> None:
    started = start(PAGES, Settings(role=Role.RECORDER, language="en"))
    started.unlock(usual_vault)

    visit = Incident(title=LText.of("A visit"), narrative=LText.of("They came at night."))
    ask(started, lambda vault, _: store.save(vault, visit))
    sealing_page(started)
    press(started, "Add a receiver")
    assert started.page.id == "contacts"


def test_an_empty_vault_says_to_record_first(start: Start, usual_vault: Path) -> None:
    started = start(PAGES, Settings(role=Role.RECORDER, language="en"))
    started.unlock(usual_vault)
    sealing_page(started)
    assert shown(started, "Nothing to seal yet")


def test_a_place_that_cannot_be_written_leaves_nothing_sealed(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER, Path("/proc"))
    before = len(all_sent(started))
    sealing_page(started)
    press(started, "Seal now")
    assert isinstance(started.page, SealPage)
    assert "bad" in tones(started)
    assert len(all_sent(started)) == before


def test_sealing_that_was_stopped_leaves_nothing_and_can_be_tried_again(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    started = opened(start, scene.recorder, Role.RECORDER, stick)
    before = len(all_sent(started))
    page = sealing_page(started)
    press(started, "Choose a folder")
    started.wired.session.started.connect(lambda task: task.stop())
    press(started, "Seal and save to")
    assert list(stick.iterdir()) == []
    assert page.seal.isEnabled()
    assert started.page is page
    started.wired.session.started.disconnect()
    assert len(all_sent(started)) == before


def test_another_copy_is_read_back(start: Start, scene: Scene, tmp_path: Path) -> None:
    first, second = tmp_path / "RED", tmp_path / "GREEN"
    first.mkdir()
    second.mkdir()
    started = opened(start, scene.recorder, Role.RECORDER, first, second)
    sealing_page(started)
    press(started, "Seal now")
    press(started, "Choose a folder")
    press(started, "Save another copy")
    assert started.page.banner.notice is not None
    assert "pull it out" in started.page.banner.notice.title
    assert [each.name for each in second.iterdir()] == [each.name for each in first.iterdir()]


# --- the list -------------------------------------------------------------------------------


def test_the_list_says_to_whom_what_and_whether_an_answer_came(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    go(started, "sealed")
    told = [each.accessibleName() for each in started.page.findChildren(Entry)]
    assert len(told) == 4
    assert all(scenes.DESK in each for each in told)
    assert "Accepted" in told[-1]
    assert "2 reports" in told[-1]
    assert sum("No receipt yet" in each for each in told) == 3


def test_a_report_that_changed_since_can_be_sealed_again_as_an_amendment(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    started = opened(start, scene.recorder, Role.RECORDER, stick)
    oldest = all_sent(started)[-1]
    assert [each.changed for each in oldest.incidents].count(True) == 1
    go(started, "sealed-bundle", oldest.id)
    assert shown(started, "Thank you.")
    press(started, "Seal what is new")
    press(started, "Seal now")
    newest = all_sent(started)[0]
    assert newest.kind == BundleKind.AMENDMENT.value
    assert not any(each.changed for each in all_sent(started)[-1].incidents)


def test_nothing_sealed_yet_leads_to_the_page_that_seals(start: Start, usual_vault: Path) -> None:
    started = start(PAGES, Settings(role=Role.RECORDER, language="en"))
    started.unlock(usual_vault)
    go(started, "sealed")
    press(started, "Seal and hand over")
    assert isinstance(started.page, SealPage)
