"""The questions about risk on the page that seals: asked anew for each receiver."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from app import contacts, incidents, risk, store
from app.bundles import planning
from app.incidents import State
from app.records import Incident, LText, RiskAssessment, RiskDecision
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
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
from tools.scenes import Scene
from ui.pages.seal import SealPage

OTHER = "شبكة المدافعين"
"""A receiver for whom nothing was assessed yet."""


def to_another(start: Start, scene: Scene, *answers: object) -> Started:
    started = opened(start, scene.recorder, Role.RECORDER, *answers)
    go(started, "seal")
    page = started.page
    assert isinstance(page, SealPage)
    contact = ask(started, lambda vault, _: contacts.find(vault, OTHER))
    assert isinstance(contact, contacts.Contact)
    page.receiver.list.choose(contact.id)
    page.receiver.list.activated.emit(0)
    settle(started)
    press(started, "Seal anyway")
    return started


def assessments(started: Started) -> list[RiskAssessment]:
    found = ask(started, lambda vault, _: store.every(vault, RiskAssessment))
    assert isinstance(found, list)
    contact = ask(started, lambda vault, _: contacts.find(vault, OTHER))
    assert isinstance(contact, contacts.Contact)
    return [each for each in found if risk.is_for(each, planning.towards(contact))]


def test_another_receiver_is_another_risk_and_nothing_is_chosen_beforehand(
    start: Start, scene: Scene
) -> None:
    started = to_another(start, scene)
    assert shown(started, "will somebody be harmed?")
    assert not button(started, "Seal now").isEnabled()
    assert not button(started, "Keep these answers").isEnabled()
    chips = started.page.findChildren(QPushButton)
    asked = {"Hardly", "It is possible", "Nobody of them", "Yes, they accept it"}
    assert not any(each.isChecked() for each in chips if each.text() in asked)


def test_three_answers_let_the_reports_go(start: Start, scene: Scene, tmp_path: Path) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    started = to_another(start, scene, stick)
    say_it_is_safe(started)
    assert shown(started, "The risk was thought about")
    press(started, "Seal now")
    assert len(list(stick.iterdir())) == 1


def test_nobody_and_somebody_exclude_each_other(start: Start, scene: Scene) -> None:
    started = to_another(start, scene)
    press(started, "Relatives")
    press(started, "Nobody of them")
    assert not button(started, "Relatives").isChecked()
    press(started, "Relatives")
    assert not button(started, "Nobody of them").isChecked()


def test_m_04_so_few_people_that_somebody_can_be_recognised_ask_to_say_less(
    start: Start, scene: Scene
) -> None:
    started = to_another(start, scene)
    assert shown(started, "Somebody travels without a name")
    for each in ("Hardly", "Nobody of them", "Yes, they accept it"):
        press(started, each)
    assert not button(started, "Keep these answers").isEnabled()
    press(started, "Three or four")
    press(started, "Keep these answers")
    assert shown(started, "can be recognised")
    assert not button(started, "Seal now").isEnabled()


def test_r_03_a_decision_not_to_hand_over_is_kept_with_its_reason(
    start: Start, scene: Scene
) -> None:
    started = to_another(start, scene)
    press(started, "It is likely")
    press(started, "Decide not to hand it over")
    press(started, "Keep this decision")
    assert assessments(started) == []
    page = started.page
    assert isinstance(page, SealPage)
    page.risk.reason.setText("Her brother is held")
    press(started, "Keep this decision")
    assert {each.decision for each in assessments(started)} == {RiskDecision.DO_NOT}
    assert shown(started, "It was decided not to hand it over")
    assert shown(started, "Her brother is held")
    assert not button(started, "Seal now").isEnabled()


def test_r_01_an_extreme_risk_asks_for_two_names_and_then_waits(start: Start, scene: Scene) -> None:
    started = to_another(start, scene)
    for each in (
        "At once",
        "Relatives",
        "Yes, they accept it",
        "Ten or more",
        "Keep these answers",
    ):
        press(started, each)
    assert shown(started, "two people have to approve")
    page = started.page
    assert isinstance(page, SealPage)
    for line, name in zip(page.risk.names, ("Anna", "anna"), strict=True):
        line.setText(name)
    press(started, "Both approve")
    assert all(each.approvals == () for each in assessments(started))
    page.risk.names[1].setText("Musa")
    press(started, "Both approve")
    assert all(len(each.approvals) == 2 for each in assessments(started))
    assert "warn" in tones(started)
    assert not button(started, "Seal now").isEnabled()


def test_r_04_what_must_not_be_done_is_read_on_purpose_before_anything_goes(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)

    def wish(vault: Vault, _: Progress) -> None:
        row = next(each for each in incidents.rows(vault) if each.state is State.SAVED)
        record = store.get(vault, Incident, row.id)
        words = LText.of("Do not contact my employer", "en")
        store.save(vault, replace(record, not_wanted=words))

    ask(started, wish)
    go(started, "seal")
    page = started.page
    assert isinstance(page, SealPage)
    assert any(
        tone == "bad" and "Do not contact my employer" in name for tone, name in stated(started)
    )
    assert not button(started, "Seal now").isEnabled()
    page.wishes.lines[0].tick.click()
    assert button(started, "Seal now").isEnabled()
    page.wishes.lines[0].tick.click()
    assert not button(started, "Seal now").isEnabled()


def test_m_03_what_looks_like_a_number_is_told_before_sealing_and_holds_nothing(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)

    def tell(vault: Vault, _: Progress) -> None:
        row = next(each for each in incidents.rows(vault) if each.state is State.SAVED)
        record = store.get(vault, Incident, row.id)
        store.save(vault, replace(record, summary=LText.of("He has ٠٧٩١٢٣٤٥٦٧ now", "en")))

    ask(started, tell)
    go(started, "seal")
    assert shown(started, "looks like a telephone number")
    assert shown(started, "٠٧٩١٢٣٤٥٦٧")
    assert button(started, "Seal now").isEnabled()
