"""Nobody is asked twice without a reason, and what was told is read first (R-07)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import interviews, store
from app.errors import Invalid
from app.records import Incident, LText, Person, Source, Statement, TermRef
from app.records.choices import StatementMode
from app.records.codec import encode
from app.records.ids import IncidentId, PersonId, SourceId
from app.vault import Vault


def said(words: str) -> LText:
    return LText.of(words, "en")


@pytest.fixture
def first(vault: Vault) -> Statement:
    """An interview of a person who is a source."""
    incident = store.save(vault, Incident(title=said("x"), narrative=said("y"), language="en"))
    person = store.save(vault, Person(language="en")).record
    source = store.save(vault, source_of(person)).record
    told = Statement(
        language="en",
        source=SourceId(source.id),
        incident=IncidentId(incident.record.id),
        mode=StatementMode.IN_PERSON,
        text=said("They came at night."),
    )
    return store.save(vault, told).record


def source_of(person: Person) -> Source:
    return Source(
        language="en",
        person=PersonId(person.id),
        connection=TermRef(list="source_connection", key="victim"),
    )


def another(first: Statement, **more: object) -> Statement:
    made = Statement(
        language="en",
        source=first.source,
        incident=first.incident,
        mode=StatementMode.CALL,
        text=said("What happened then?"),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_r_07_a_second_interview_needs_a_reason(vault: Vault, first: Statement) -> None:
    with pytest.raises(Invalid) as refused:
        store.save(vault, another(first))
    assert refused.value.problems == ("again_reason: missing",)
    reasoned = another(first, again_reason=said("a new arrest since"))
    assert store.save(vault, reasoned).revision == 1
    assert b"a new arrest" not in encode(reasoned).body


def test_r_07_the_same_person_behind_another_source_is_not_asked_again_either(
    vault: Vault, first: Statement
) -> None:
    known = store.every(vault, Person)[0]
    other = store.save(vault, source_of(known)).record
    again = another(first, source=SourceId(other.id))
    with pytest.raises(Invalid):
        store.save(vault, again)
    assert interviews.earlier(vault, again) == [first]


def test_r_07_what_somebody_sends_unasked_needs_no_reason(vault: Vault, first: Statement) -> None:
    assert store.save(vault, another(first, mode=StatementMode.MESSAGE)).revision == 1


def test_r_07_what_was_kept_before_can_be_corrected(vault: Vault, first: Statement) -> None:
    corrected = replace(first, text=said("They came at midnight."))
    assert store.save(vault, corrected).revision == 2


def test_r_07_the_first_words_of_somebody_need_no_reason(vault: Vault, first: Statement) -> None:
    assert interviews.earlier(vault, first) == []
