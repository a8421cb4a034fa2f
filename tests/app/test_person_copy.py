"""A copy for the person: all that is theirs, in their language, and nothing about others (D-10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import audit, person_copy, store
from app.errors import NotFound
from app.records import (
    Act,
    ConsentRecord,
    Engagement,
    FuzzyDate,
    FuzzyRange,
    Incident,
    Involvement,
    LText,
    Person,
    PersonName,
    TermRef,
)
from app.records.ids import IncidentId, PersonId, RecordId, new_id
from app.records.person import SpecialData
from app.vault import Vault

DAY = FuzzyDate.on(date(2026, 3, 1))
OWN = ("xq-occupation", "xq-belief", "xq-authority")
OTHERS = (
    "xq-officer",
    "xq-narrative",
    "xq-title",
    "xq-note",
    "xq-other",
    "xq-words",
    "xq-account",
    "xq-day",
)


def said(words: str) -> LText:
    return LText.of(words, "en")


def kept(vault: Vault, *records: object) -> None:
    with vault.transaction() as tx:
        for each in records:
            store.receive(vault, tx, each, bundle="b", signer="", number=1)  # type: ignore[type-var]


@pytest.fixture
def person(vault: Vault) -> Person:
    return store.save(
        vault,
        Person(
            occupation=said("xq-occupation"),
            religion=SpecialData(words=said("xq-belief"), reason=said("the ground")),
            languages=("fr",),
            notes_internal=said("xq-note"),
        ),
    ).record


@pytest.fixture
def copy(vault: Vault, person: Person, tmp_path: Path) -> str:
    incident = Incident(title=said("xq-title"), narrative=said("xq-narrative"))
    at, me = IncidentId(incident.id), PersonId(person.id)
    officer = Person(names=(PersonName(full="xq-officer"),))
    kept(
        vault,
        incident,
        officer,
        ConsentRecord(
            about=me,
            authority=said("xq-authority"),
            given_at=FuzzyDate.on(vault.clock().date()),
        ),
        Act(
            incident=at,
            victim=me,
            act_type=TermRef(list="act_type", key="other", other_text="xq-other"),
            consequences_physical=said("xq-words"),
            period=FuzzyRange(start=replace(DAY, original_text="xq-day of the officer")),
        ),
        Involvement(
            incident=at,
            party=PersonId(officer.id),
            role=TermRef(list="person_role", key="alleged_perpetrator"),
        ),
        Engagement(parties=(me,), subject=said("xq-account")),
    )
    out = tmp_path / "copy.txt"
    person_copy.give(vault, RecordId(person.id), out, "en")
    return out.read_text("utf-8")


def test_d_10_the_copy_says_what_is_the_persons_own(copy: str) -> None:
    assert [word for word in OWN if word not in copy] == []
    assert "One act" in copy
    assert "The link to the UN" in copy
    assert "2026-03-01" in copy


def test_d_10_the_copy_says_nothing_about_others_and_no_note(copy: str) -> None:
    assert [word for word in OTHERS if word in copy] == []


def test_d_10_giving_it_is_in_the_trail_and_a_second_one_takes_its_place(
    vault: Vault, person: Person, tmp_path: Path
) -> None:
    out = tmp_path / "copy.txt"
    person_copy.give(vault, RecordId(person.id), out)
    given = person_copy.give(vault, RecordId(person.id), out)
    assert [each.deed for each in audit.of(vault, RecordId(person.id))] == ["given", "given"]
    assert given.records == 1
    assert "gave the person a copy" in out.read_text("utf-8") or given.language != "en"


def test_d_10_whoever_is_accused_in_a_report_reads_nothing_of_it(
    vault: Vault, person: Person, tmp_path: Path
) -> None:
    incident = Incident(title=said("xq-title"))
    kept(
        vault,
        incident,
        Involvement(
            incident=IncidentId(incident.id),
            party=PersonId(person.id),
            role=TermRef(list="person_role", key="alleged_perpetrator"),
        ),
    )
    out = tmp_path / "copy.txt"
    given = person_copy.give(vault, RecordId(person.id), out, "en")
    assert given.records == 1
    assert incident.short_ref not in out.read_text("utf-8")


def test_d_10_it_is_in_a_language_of_the_person_where_the_program_speaks_one(
    vault: Vault, person: Person, tmp_path: Path
) -> None:
    given = person_copy.give(vault, RecordId(person.id), tmp_path / "copy.txt")
    assert given.language in {"fr", "en"}
    english = person_copy.give(vault, RecordId(person.id), tmp_path / "copy.txt", "xx")
    assert english.language == "en"


def test_nobody_who_is_not_here_gets_a_copy(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        person_copy.give(vault, RecordId(new_id()), tmp_path / "copy.txt")
    assert not (tmp_path / "copy.txt").exists()
