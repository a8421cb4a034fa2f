"""How exactly a report is told to one receiver, chosen on the page that seals."""

from __future__ import annotations

from app import contacts
from app.bundles.release import AgesTold, Release
from app.coarser_dates import DatesTold
from app.contacts import Contact
from app.settings import Role
from tests.ui.pages.conftest import Start, Started
from tests.ui.pages.exchange.pressing import ask, go, opened, press, shown
from tools.scenes import Scene
from ui.pages.seal import SealPage


def sealing_page(started: Started) -> SealPage:
    go(started, "seal")
    page = started.page
    assert isinstance(page, SealPage)
    return page


def choose(started: Started, page: SealPage, name: str) -> None:
    contact = ask(started, lambda vault, _: contacts.find(vault, name))
    assert isinstance(contact, Contact)
    page.receiver.list.choose(contact.id)
    page.receiver.list.activated.emit(page.receiver.list.currentIndex())


def test_how_exactly_dates_are_told_is_chosen_here_and_the_plan_says_what_is_left_out(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    page = sealing_page(started)
    press(started, "Only the year")
    assert page.plan is not None
    assert page.plan.order.release.dates is DatesTold.YEAR
    press(started, "What is left out")
    assert shown(started, "dates told more coarsely")


def test_m_07_that_a_former_name_may_go_is_asked_anew_for_another_receiver(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    page = sealing_page(started)
    page.release.former.click()
    press(started, "Only the age group")
    choose(started, page, "Lawyers for Lawyers")
    assert page.release.release == Release(ages=AgesTold.GROUP)
