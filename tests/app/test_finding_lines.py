"""The lines that find reports follow every change, and tell of no source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app import evidence, incidents, searches, snippets, store, tagging
from app.errors import Invalid, NotFound
from app.incidents import Came, Files, Filter, Sort, State
from app.records import (
    Act,
    ConsentRecord,
    Engagement,
    FuzzyRange,
    Incident,
    LText,
    Person,
    Place,
    Record,
    Source,
    Statement,
)
from app.records.codec import encode
from app.records.consent_record import ConsentDecision
from app.records.ids import EngagementId, IncidentId, PersonId, PlaceId, SourceId
from app.records.place import PlaceName
from app.records.values import PersonName, PlaceRef, TermRef
from app.searches import Search
from app.storage import finding
from app.vault import Vault


def put(vault: Vault, *parts: Record) -> None:
    with vault.transaction() as tx:
        for each in parts:
            store.receive(vault, tx, each, bundle="ab" * 16, signer="", number=1)


def report(vault: Vault, title: str = "Case", **fields: object) -> Incident:
    made = Incident(title=LText.of(title, "en"), narrative=LText.of("Told.", "en"))
    return store.save(vault, replace(made, **fields)).record  # type: ignore[arg-type]


def found(vault: Vault, words: str = "", **parts: object) -> list[str]:
    where = Filter(words=words, **parts)  # type: ignore[arg-type]
    return [row.title.text for row in incidents.rows(vault, where)]


def term(vocabulary: str, key: str) -> TermRef:
    return TermRef(list=vocabulary, key=key)


# --- following changes ----------------------------------------------------------------------


def test_words_of_two_records_of_one_report_find_it_together(vault: Vault) -> None:
    first, second = report(vault, "One"), report(vault, "Two")
    person = Person(names=(PersonName(full="Zarathustra"),))
    put(
        vault,
        person,
        Act(incident=IncidentId(first.id), victim=PersonId(person.id)),
        Statement(incident=IncidentId(first.id), text=LText.of("a lorry", "en")),
        Statement(incident=IncidentId(second.id), text=LText.of("a lorry", "en")),
    )
    assert found(vault, "zarathustra lorry") == ["One"]
    assert found(vault, "lorry") == ["Two", "One"]


def test_a_change_of_what_reports_share_reaches_all_of_them(vault: Vault) -> None:
    person = Person(names=(PersonName(full="Before"),))
    put(vault, person)
    for name in ("One", "Two"):
        top = report(vault, name)
        put(vault, Act(incident=IncidentId(top.id), victim=PersonId(person.id)))
    assert found(vault, "before") == ["Two", "One"]
    store.save(vault, replace(person, names=(PersonName(full="After"),)))
    assert found(vault, "before") == []
    assert found(vault, "after") == ["Two", "One"]
    store.remove(vault, person.id, why="x")
    assert found(vault, "after") == []
    store.bring_back(vault, person.id)
    assert found(vault, "after") == ["Two", "One"]
    assert vault.check().whole


def test_an_act_that_moves_to_another_report_takes_its_words_along(vault: Vault) -> None:
    first, second = report(vault, "One"), report(vault, "Two")
    act = Act(incident=IncidentId(first.id), description=LText.of("corridor", "en"))
    put(vault, act)
    assert found(vault, "corridor") == ["One"]
    put(vault, replace(act, incident=IncidentId(second.id)))
    assert found(vault, "corridor") == ["Two"]
    assert vault.check().whole


def test_a_record_that_arrives_after_what_names_it_is_found(vault: Vault) -> None:
    top = report(vault)
    person = Person(names=(PersonName(full="Latecomer"),))
    put(vault, Act(incident=IncidentId(top.id), victim=PersonId(person.id)))
    put(vault, person)
    assert found(vault, "latecomer") == ["Case"]


def test_a_removed_report_is_found_by_nothing_until_it_is_back(vault: Vault) -> None:
    top = report(vault, "Gone", tags=("later",))
    store.remove(vault, top.id, why="x")
    assert found(vault, "gone") == found(vault, tags=frozenset({"later"})) == found(vault) == []
    store.bring_back(vault, top.id)
    assert found(vault, "gone") == found(vault, tags=frozenset({"later"})) == ["Gone"]


def test_lines_built_anew_are_the_ones_that_were_kept(vault: Vault) -> None:
    top = report(vault, "One", tags=("a",))
    put(vault, Act(incident=IncidentId(top.id), act_type=term("act_type", "threat")))
    before = finding.stored(vault.database, top.id)
    vault.reindex()
    assert finding.stored(vault.database, top.id) == before
    assert before is not None


def test_a_line_altered_behind_the_programs_back_is_found(vault: Vault) -> None:
    report(vault)
    with vault.transaction() as tx:
        tx.run("UPDATE found_text SET folded = 'another'")
    assert not vault.check().whole


def test_while_lines_are_due_the_list_is_read_from_the_records(vault: Vault) -> None:
    report(vault, "Kept")
    with vault.database.transaction() as tx:
        finding.forget_all(tx)
        finding.mark(tx, "0" * 32)
    assert found(vault) == ["Kept"]


# --- what is never found --------------------------------------------------------------------


def test_s_01_no_report_is_found_by_who_a_source_is(vault: Vault) -> None:
    behind = Person(names=(PersonName(full="Nightingale"),))
    source = Source(person=PersonId(behind.id), description=LText.of("the night guard", "en"))
    top = report(vault)
    put(vault, behind, source, Statement(incident=IncidentId(top.id), source=SourceId(source.id)))
    for words in ("nightingale", "night", "guard"):
        assert found(vault, words) == []
    assert found(vault, people=frozenset({behind.id})) == []


# --- filters --------------------------------------------------------------------------------


def test_a_group_of_acts_finds_what_stands_in_it(vault: Vault) -> None:
    for name, key in (("Killed", "killing"), ("Threatened", "threat")):
        top = report(vault, name)
        put(vault, Act(incident=IncidentId(top.id), act_type=term("act_type", key)))
    assert found(vault, acts=frozenset({"life"})) == ["Killed"]
    assert found(vault, acts=frozenset({"killing", "threat"})) == ["Threatened", "Killed"]
    assert found(vault, acts=frozenset({"disappearance"})) == []


def test_a_country_finds_what_happened_in_its_towns(vault: Vault) -> None:
    country = Place(level=term("place_level", "country"), names=(PlaceName(text="Zerenia"),))
    town = Place(parent=PlaceId(country.id), names=(PlaceName(text="Ora"),))
    put(vault, country, town)
    report(vault, "There", country=PlaceRef(place=PlaceId(town.id)))
    report(vault, "Elsewhere", country=PlaceRef(as_written=LText.of("Ora", "en")))
    assert found(vault, places=frozenset({country.id})) == ["There"]
    assert found(vault, written_places=frozenset({"Ora"})) == ["Elsewhere"]
    assert found(vault, "ora") == ["Elsewhere", "There"]


def test_people_bodies_and_status_are_filters(vault: Vault) -> None:
    person = Person()
    engagement = Engagement(
        parties=(PersonId(person.id),), un_body=term("un_body", "hrc_side_event")
    )
    put(vault, person, engagement)
    report(vault, "With", engagements=(EngagementId(engagement.id),))
    report(vault, "Urgent", urgency=term("urgency", "immediate"), language="fr")
    assert found(vault, people=frozenset({person.id})) == ["With"]
    assert found(vault, un_bodies=frozenset({"hrc_side_event"})) == ["With"]
    assert found(vault, urgencies=frozenset({"immediate"})) == ["Urgent"]
    assert found(vault, languages=frozenset({"fr"})) == ["Urgent"]
    assert found(vault, statuses=frozenset({"reported"})) == ["Urgent", "With"]


def test_origin_and_files_are_filters(vault: Vault, tmp_path: Path) -> None:
    mine = report(vault, "Mine")
    put(vault, Incident(title=LText.of("Theirs", "en"), narrative=LText.of("Told.", "en")))
    (tmp_path / "x").write_bytes(b"x")
    evidence.take_in(vault, tmp_path / "x", about=mine.id, evidence_type="photo")
    assert found(vault, came=frozenset({Came.RECEIVED})) == ["Theirs"]
    assert found(vault, came=frozenset({Came.HERE})) == ["Mine"]
    assert found(vault, files=Files.SOME) == ["Mine"]


def test_c_01_a_report_whose_person_was_not_asked_lacks_consent(vault: Vault) -> None:
    asked, silent = Person(), Person()
    put(vault, asked, silent)
    for name, person in (("Asked", asked), ("Silent", silent)):
        top = report(vault, name)
        put(vault, Act(incident=IncidentId(top.id), victim=PersonId(person.id)))
    decision = ConsentDecision(
        scope=term("consent_scope", "share_named_ngo"),
        decision=term("consent_decision", "yes"),
        valid_until=date(2026, 3, 14),
    )
    consent = ConsentRecord(about=PersonId(asked.id), decisions=(decision,))
    put(vault, consent)
    assert found(vault, consent_missing="share_named_ngo") == ["Silent"]
    assert found(vault, consent_missing="share_evidence_files") == ["Silent", "Asked"]
    over = replace(decision, valid_until=date(2026, 3, 13))
    put(vault, replace(consent, decisions=(over,)))
    assert found(vault, consent_missing="share_named_ngo") == ["Silent", "Asked"]


def test_values_are_offered_with_how_many_reports_have_them(vault: Vault) -> None:
    report(vault, "One", tags=("press", "later"))
    report(vault, "Two", tags=("press",))
    assert [(each.value, each.count) for each in tagging.every(vault)] == [
        ("press", 2),
        ("later", 1),
    ]


# --- pages and orders -----------------------------------------------------------------------


@pytest.mark.parametrize("sort", Sort)
def test_pages_put_together_are_the_whole_list_in_its_order(vault: Vault, sort: Sort) -> None:
    day = date(2026, 1, 1)
    for number in range(23):
        report(
            vault,
            f"Case {number % 5}",
            urgency=term("urgency", ("urgent", "standard", "immediate")[number % 3]),
            period=FuzzyRange.on(day.replace(day=1 + number % 7))
            if number % 4
            else FuzzyRange.unknown_time(),
        )
    for where in (Filter(), Filter(words="case"), Filter(words="c 3")):
        pages, after = [], None
        while True:
            part = incidents.page(vault, where, sort, after, 4)
            pages += part.rows
            after = part.more
            if after is None:
                break
        assert pages == incidents.rows(vault, where, sort)
        assert len({row.id for row in pages}) == len(pages)
        keys = [_key(row, sort) for row in pages]
        assert keys == sorted(keys, reverse=sort in {Sort.DATE, Sort.CHANGED, Sort.NEWEST})


def _key(row: incidents.IncidentRow, sort: Sort) -> object:
    ranks = ("immediate", "urgent", "priority", "standard")
    match sort:
        case Sort.URGENCY:
            return ranks.index(row.urgency.key)
        case Sort.TITLE:
            return row.title.text
        case Sort.DATE:
            return row.earliest.isoformat() if row.earliest else ""
        case _:
            return row.at


# --- tags and searches ----------------------------------------------------------------------


def test_tags_go_on_and_off_several_reports_and_change_nothing_that_travels(vault: Vault) -> None:
    one, two = report(vault, "One"), report(vault, "Two", tags=("press",))
    before = encode(one).body
    both = (IncidentId(one.id), IncidentId(two.id))
    done = tagging.add(vault, both, "  press ")
    assert done.reports == (one.id,)
    assert found(vault, tags=frozenset({"press"})) == ["One", "Two"]
    now = store.get(vault, Incident, one.id)
    assert (now.tags, encode(now).body) == (("press",), before)
    assert b"press" not in encode(now).body
    assert tagging.take_off(vault, done.reports, "press").reports == (one.id,)
    assert found(vault, tags=frozenset({"press"})) == ["Two"]
    for bad in ("", " ", "x" * 61):
        with pytest.raises(Invalid):
            tagging.add(vault, both, bad)
    assert vault.check().whole


def test_a_tag_put_on_while_somebody_types_stays_when_that_is_saved(vault: Vault) -> None:
    kept = report(vault, "Case", tags=("old",))
    store.keep_draft(vault, replace(kept, title=LText.of("Case at the gate", "en")))
    tagging.add(vault, (IncidentId(kept.id),), "press")
    tagging.take_off(vault, (IncidentId(kept.id),), "old")
    typed = store.take_draft(vault, Incident, kept.id)
    assert typed is not None
    saved = store.save(vault, typed).record
    assert (saved.title.text, saved.tags) == ("Case at the gate", ("press",))


def test_what_stays_on_this_device_is_saved_without_touching_what_was_sealed(vault: Vault) -> None:
    kept = report(vault, "Case")
    at = kept.updated_at + timedelta(days=1)
    vault.clock = lambda: at
    saved = store.save(vault, replace(kept, tags=("press",)))
    assert encode(saved.record).body == encode(kept).body
    assert saved.revision == 2
    again = store.save(vault, replace(saved.record, title=LText.of("Another", "en")))
    assert again.record.updated_at == at


def test_a_saved_search_asks_the_same_again_and_can_be_undone(vault: Vault) -> None:
    where = Filter(
        words="gate",
        since=date(2025, 1, 1),
        states=frozenset({State.SAVED}),
        acts=frozenset({"threat"}),
        came=frozenset({Came.HERE}),
        files=Files.SOME,
        consent_missing="share_named_ngo",
    )
    kept = searches.keep(vault, Search(name=" My  gate ", where=where, sort=Sort.DATE)).search
    assert searches.every(vault) == (kept,)
    assert (kept.name, kept.where, kept.sort) == ("My gate", where, Sort.DATE)
    renamed = searches.keep(vault, replace(kept, name="Other")).search
    assert searches.named(vault, "other") == renamed
    searches.forget(vault, renamed)
    assert searches.every(vault) == ()
    with pytest.raises(NotFound):
        searches.forget(vault, renamed)
    searches.keep(vault, renamed)
    assert searches.every(vault) == (renamed,)
    with pytest.raises(Invalid):
        searches.keep(vault, Search(name=" ", where=where))


# --- snippets -------------------------------------------------------------------------------


def test_a_snippet_shows_the_words_as_they_were_written(vault: Vault) -> None:
    story = "x " * 400 + "Then the Straße was closed and the café too. " + "y " * 400
    top = report(vault, narrative=LText.of(story, "de"))
    key = IncidentId(top.id)
    (snippet,) = snippets.of(vault, (key,), "strasse CAFE").values()
    assert [part.text for part in snippet.parts if part.hit] == ["Straße", "café"]
    assert len(str(snippet)) < 120
    assert snippets.of(vault, (key,), "") == {}
    assert snippets.of(vault, (key,), "nowhere") == {}
