"""No two people of a vault are given one pseudonym by the program."""

from __future__ import annotations

from itertools import product

import pytest

from app import store, takennames
from app.records import Incident, Person, pseudonyms
from app.records.pseudonyms import pseudonym_besides
from app.vault import Vault


@pytest.fixture
def two_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pseudonyms, "_FIRST", ("QUIET",))
    monkeypatch.setattr(pseudonyms, "_SECOND", ("HERON", "OTTER"))


@pytest.mark.usefixtures("two_left")
def test_m_01_a_pseudonym_that_is_taken_is_not_drawn() -> None:
    assert {pseudonym_besides(["quiet heron "]) for _ in range(20)} == {"QUIET OTTER"}


@pytest.mark.usefixtures("two_left")
def test_m_01_where_pairs_run_out_a_number_stands_behind() -> None:
    all_of_them = [f"{first} {second}" for first, second in product(["QUIET"], ["HERON", "OTTER"])]
    assert pseudonym_besides(all_of_them) in {"QUIET HERON 2", "QUIET OTTER 2"}


@pytest.mark.usefixtures("two_left")
def test_m_01_a_new_person_is_not_called_as_somebody_saved_or_typed_already(vault: Vault) -> None:
    store.save(vault, Person(pseudonym="QUIET HERON"))
    clashing = Person(pseudonym="QUIET HERON")
    made = takennames.with_a_free_one(vault, clashing)
    assert isinstance(made, Person)
    assert (made.id, made.pseudonym) == (clashing.id, "QUIET OTTER")
    store.keep_draft(vault, made)
    third = takennames.with_a_free_one(vault, Person(pseudonym="QUIET OTTER"))
    assert isinstance(third, Person)
    assert third.pseudonym.endswith(" 2")


def test_who_is_called_as_nobody_else_and_what_is_no_person_stay_as_they_are(vault: Vault) -> None:
    person, report = Person(), Incident()
    assert takennames.with_a_free_one(vault, person) is person
    assert takennames.with_a_free_one(vault, report) is report
