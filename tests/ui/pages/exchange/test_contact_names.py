"""A long list of contacts is searched by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import contacts
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start, Started
from tests.ui.pages.exchange.pressing import go, shown
from tools import scenes
from ui.pages.contacts import ContactsPage
from ui.widgets.entry import Entry

NAMES = ("Réseau Sud", "شبكة المدافعين", "人权之家", *(f"Desk {number}" for number in range(7)))


@pytest.fixture
def started(start: Start, vault_folder: Path) -> Started:
    """A window over a vault that knows ten receivers."""
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        for name in NAMES:
            contacts.add_card(vault, scenes.other_card(name, at_noon))
    begun = start((ContactsPage,))
    begun.unlock(vault_folder)
    go(begun, "contacts")
    return begun


def listed(started: Started) -> set[str]:
    entries = [each for each in started.page.findChildren(Entry) if each.isVisible()]
    return {name for name in NAMES if any(name in each.accessibleName() for each in entries)}


def test_contacts_are_found_by_a_part_of_the_name_in_any_script(started: Started) -> None:
    page = started.page
    assert isinstance(page, ContactsPage)
    assert listed(started) == set(NAMES)
    for words, wanted in (
        ("reseau", {"Réseau Sud"}),
        ("المدافع", {"شبكة المدافعين"}),
        ("权", {"人权之家"}),
        ("desk 3", {"Desk 3"}),
    ):
        page.words.setText(words)
        started.settle()
        assert listed(started) == wanted, words
    page.words.setText("nowhere")
    started.settle()
    assert shown(started, "Nothing found. Try fewer letters.")
    page.words.clear()
    started.settle()
    assert listed(started) == set(NAMES)
