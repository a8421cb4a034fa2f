"""Reports that were never saved are found by what is typed so far."""

from __future__ import annotations

from dataclasses import replace

from app import incidents, store
from app.filters import Filter
from app.incidents import State
from app.records import Incident, LText
from app.vault import Vault


def drafted(vault: Vault, title: str, told: str = "") -> Incident:
    made = Incident(title=LText.of(title, "en"), narrative=LText.of(told, "en"))
    store.keep_draft(vault, made)
    return made


def found(vault: Vault, words: str, **parts: object) -> list[str]:
    where = Filter(words=words, **parts)  # type: ignore[arg-type]
    return [row.title.text for row in incidents.rows(vault, where)]


def test_a_draft_that_was_never_saved_is_found_by_its_words(vault: Vault) -> None:
    drafted(vault, "At the gate", "They asked about Génève.")
    drafted(vault, "Another")
    assert found(vault, "gate geneve") == ["At the gate"]
    assert found(vault, "gate nowhere") == []
    assert found(vault, "gate", states=frozenset({State.DRAFT})) == ["At the gate"]
    assert found(vault, "gate", states=frozenset({State.SEALED})) == []


def test_a_draft_has_nothing_that_a_filter_could_ask_for(vault: Vault) -> None:
    drafted(vault, "At the gate")
    assert found(vault, "gate", tags=frozenset({"press"})) == []


def test_a_report_that_is_typed_on_is_found_once(vault: Vault) -> None:
    made = drafted(vault, "At the gate", "Told.")
    saved = store.save(vault, made).record
    store.keep_draft(vault, replace(saved, narrative=LText.of("Told at the gate.", "en")))
    assert found(vault, "gate") == ["At the gate"]
