"""Contacts, their safety codes and one's own card, as a person meets them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from app import cards, contacts
from app.contacts import Contact, Trust
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
from ui.pages.compare import ComparePage
from ui.pages.contact import ContactPage
from ui.pages.contacts import ContactsPage
from ui.widgets.entry import Entry

UNVERIFIED = "شبكة المدافعين"
CHANGED = "Lawyers for Lawyers"


def known(started: Started, name: str) -> Contact:
    found = ask(started, lambda vault, _: contacts.find(vault, name))
    assert isinstance(found, Contact)
    return found


def listed(started: Started) -> list[str]:
    return [each.accessibleName() for each in started.page.findChildren(Entry)]


def test_the_list_says_of_each_receiver_how_far_the_keys_are_checked(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    go(started, "contacts")
    told = listed(started)
    assert len(told) == 3
    assert any(
        scenes.DESK in each and "Compared in person on 14 March 2026" in each for each in told
    )
    assert any(CHANGED in each and "Keys changed" in each for each in told)
    assert any(UNVERIFIED in each and "Not compared" in each for each in told)


def test_an_empty_list_says_what_to_ask_for(start: Start, usual_vault: Path) -> None:
    started = start(PAGES)
    started.unlock(usual_vault)
    go(started, "contacts")
    assert shown(started, "Nobody yet")
    assert shown(started, "Ask them")


def test_a_dropped_card_becomes_a_contact_and_is_shown(
    start: Start, usual_vault: Path, scene: Scene
) -> None:
    started = start(PAGES)
    started.unlock(usual_vault)
    go(started, "contacts")
    started.page.take_files((scene.card,))
    settle(started)
    assert isinstance(started.page, ContactPage)
    assert scenes.DESK in started.page.heading.text()
    assert tones(started) == ["warn"]
    assert known(started, scenes.DESK).trust is Trust.UNVERIFIED


def test_a_card_can_be_pasted_as_text(start: Start, usual_vault: Path, scene: Scene) -> None:
    started = start(PAGES)
    started.unlock(usual_vault)
    go(started, "contacts")
    press(started, "Paste the text")
    page = started.page
    assert isinstance(page, ContactsPage)
    page.pasted.setPlainText("\n" + scene.card.read_text(encoding="utf-8") + "\n\n")
    press(started, "Add this card")
    assert known(started, scenes.DESK).can_receive


def test_a_forged_card_is_refused_in_words_and_adds_nobody(
    start: Start, usual_vault: Path, scene: Scene
) -> None:
    forged = scene.card.with_name("forged.card")
    forged.write_text(
        scene.card.read_text(encoding="utf-8").replace(scenes.DESK, "Other Desk"), encoding="utf-8"
    )
    started = start(PAGES)
    started.unlock(usual_vault)
    go(started, "contacts")
    started.page.take_files((forged,))
    settle(started)
    assert started.page.banner.notice is not None
    assert "not a card" in started.page.banner.notice.title
    assert ask(started, lambda vault, _: contacts.every(vault)) == []


def test_the_right_groups_typed_make_a_contact_verified(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    contact = known(started, UNVERIFIED)
    go(started, "contact", contact.id)
    press(started, "Compare now")
    page = started.page
    assert isinstance(page, ComparePage)
    assert not page.check.isEnabled()
    _type(page, contact)
    press(started, "On a call")
    press(started, "Check")
    assert "ok" in tones(started)
    found = known(started, UNVERIFIED)
    assert (found.trust, found.checked_how) == (Trust.VERIFIED, "call")


def test_wrong_groups_are_explained_in_red_and_change_nothing(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    contact = known(started, UNVERIFIED)
    go(started, "compare", contact.id)
    page = started.page
    assert isinstance(page, ComparePage)
    for field in page.fields:
        field.setText("00000")
    press(started, "Check")
    assert tones(started) == ["bad"]
    assert "forged" in stated(started)[0][1]
    assert known(started, UNVERIFIED).trust is Trust.UNVERIFIED


def test_the_groups_asked_for_are_not_shown_where_they_are_typed(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    contact = known(started, UNVERIFIED)
    go(started, "compare", contact.id)
    page = started.page
    assert isinstance(page, ComparePage)
    assert page._asked is not None
    asked = page._asked.challenge.groups
    assert contact.card is not None
    groups = contact.card.safety_code().groups
    for at, digits in enumerate(groups, start=1):
        assert shown(started, digits) is (at not in asked)


def test_a_code_that_has_to_be_heard_is_shown_nowhere_before_it_was_compared(
    start: Start, scene: Scene
) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    for name, is_shown in ((UNVERIFIED, False), (CHANGED, False), (scenes.DESK, True)):
        contact = known(started, name)
        go(started, "contact", contact.id)
        assert contact.card is not None
        for digits in contact.card.safety_code().groups:
            assert shown(started, digits) is is_shown


def test_changed_keys_are_red_and_a_person_decides(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER, "take")
    contact = known(started, CHANGED)
    go(started, "contact", contact.id)
    assert tones(started) == ["bad"]
    press(started, "Take the new keys")
    assert tones(started) == ["warn"]
    now = known(started, CHANGED)
    assert now.trust is Trust.UNVERIFIED
    assert contact.waiting is not None
    assert now.recipient == contact.waiting.recipient


def test_the_old_keys_can_be_kept(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    contact = known(started, CHANGED)
    go(started, "contact", contact.id)
    press(started, "Keep the old keys")
    now = known(started, CHANGED)
    assert (now.recipient, now.waiting) == (contact.recipient, None)


def test_a_contact_is_renamed_and_noted_for_oneself(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER, "The desk")
    contact = known(started, scenes.DESK)
    go(started, "contact", contact.id)
    page = started.page
    assert isinstance(page, ContactPage)
    page.note.setPlainText("Only on Tuesdays.")
    press(started, "Rename")
    assert "The desk" in page.heading.text()
    found = known(started, "The desk")
    assert found.note == "Only on Tuesdays."
    assert found.trust is Trust.VERIFIED


def test_a_removed_contact_can_be_brought_back(start: Start, scene: Scene) -> None:
    started = opened(start, scene.recorder, Role.RECORDER)
    contact = known(started, scenes.DESK)
    go(started, "contact", contact.id)
    press(started, "Remove from the list")
    assert isinstance(started.page, ContactsPage)
    assert not any(scenes.DESK in each for each in listed(started))
    press(started, "Undo")
    assert any(scenes.DESK in each for each in listed(started))


def test_a_name_from_a_card_is_shown_as_plain_text(
    start: Start, usual_vault: Path, tmp_path: Path
) -> None:
    card = tmp_path / "b.card"
    card.write_bytes(scenes.other_card("<b>✓ Checked</b>"))
    started = start(PAGES)
    started.unlock(usual_vault)
    go(started, "contacts")
    started.page.take_files((card,))
    settle(started)
    assert "<b>✓ Checked</b>" in started.page.heading.text()


def test_an_organisation_shows_and_saves_its_card(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    to = tmp_path / "out.card"
    started = opened(start, scene.organisation, Role.ORGANISATION, to)
    go(started, "contacts")
    press(started, "Show my card")
    card = ask(started, lambda vault, _: contacts.own_card(vault))
    assert isinstance(card, cards.Card)
    for digits in card.safety_code().groups:
        assert shown(started, digits)
    press(started, "Save my card")
    assert cards.read(to.read_bytes()) == card
    assert started.page.banner.notice is not None


def test_a_card_is_made_from_a_name(start: Start, usual_vault: Path) -> None:
    started = start(PAGES, Settings(role=Role.ORGANISATION, language="en"))
    started.unlock(usual_vault)
    go(started, "contacts")
    press(started, "Make my card")
    name = next(
        each for each in started.page.findChildren(QLineEdit) if each.isVisibleTo(started.page)
    )
    name.setText("New Desk")
    press(started, "Make my card")
    assert "New Desk" in started.page.heading.text()
    assert button(started, "Save my card").isEnabled()


def test_new_keys_are_vouched_for_by_the_old_ones(start: Start, scene: Scene) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION, True)
    before = ask(started, lambda vault, _: contacts.own_card(vault))
    go(started, "own-card")
    press(started, "Make new keys")
    after = ask(started, lambda vault, _: contacts.own_card(vault))
    assert isinstance(before, cards.Card)
    assert isinstance(after, cards.Card)
    assert after.rotation is not None
    assert after.rotation.key == before.verify_key


def _type(page: ComparePage, contact: Contact) -> None:
    assert contact.card is not None
    assert page._asked is not None
    groups = contact.card.safety_code().groups
    for at, field in zip(page._asked.challenge.groups, page.fields, strict=True):
        field.setText(groups[at - 1])
