"""The history of a record: every revision, field by field, and an older one made new again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import history, i18n, store
from app.history import Act
from app.records import (
    KINDS,
    Engagement,
    Incident,
    LText,
    Person,
    PersonName,
    Record,
    TermRef,
    Translation,
)
from app.records.ids import EngagementId
from app.records.spec import UnknownMember
from app.vault import Vault
from tests.app.records.shapes import records


def called(target: str) -> str:
    return target


def changes(before: Record, after: Record) -> list[history.Change]:
    return list(history.diff(before, after, i18n.texts("en"), called))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)
def test_no_two_records_that_differ_look_the_same_in_the_history(kind: type[Record]) -> None:
    @settings(
        max_examples=4,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.tuples(records(kind), records(kind)))
    def differ(pair: tuple[Record, Record]) -> None:
        before, after = pair
        told = {each.field for each in changes(before, after)}
        wanted = {
            name
            for name in type(before).__dataclass_fields__
            if getattr(before, name) != getattr(after, name) and name != "updated_at"
        }
        assert told == wanted
        assert changes(before, before) == []

    differ()


def test_a_change_says_where_it_is_and_what_stood_there_before() -> None:
    before = Incident(title=LText(text="House search"))
    after = replace(before, title=LText(text="Search of the house"))
    (found,) = changes(before, after)
    assert (found.label, found.before, found.after) == (
        "Title",
        "House search",
        "Search of the house",
    )


def test_a_language_or_translation_is_a_change_although_the_words_stay() -> None:
    before = Incident(title=LText(text="ئۆي", lang="ug"))
    layer = Translation(text="House", lang="en")
    after = replace(before, title=LText(text="ئۆي", lang="fa", translations=(layer,)))
    found = {each.label: (each.before, each.after) for each in changes(before, after)}
    assert found["Title · Language"] == ("ug", "fa")
    assert "House" in found["Title · Translations, 1"][1]


def test_one_name_of_several_is_told_by_its_place_and_part() -> None:
    before = Person(names=(PersonName(full="Lin"), PersonName(full="Lim", lang="zh")))
    after = replace(before, names=(before.names[0], replace(before.names[1], full="林")))
    (found,) = changes(before, after)
    assert found.before == "Lim"
    assert found.after == "林"
    assert "2" in found.label


def test_what_a_newer_version_added_is_told_but_covered() -> None:
    before = Incident()
    after = replace(before, unknown=(UnknownMember(name="mood", json='"grim"'),))
    (found,) = changes(before, after)
    assert found.covered
    assert found.after == 'mood: "grim"'


def test_the_history_lists_the_newest_first_and_what_is_not_saved_yet(vault: Vault) -> None:
    first = store.save(vault, Incident(title=LText(text="One"), narrative=LText(text="A"))).record
    second = store.save(vault, replace(first, title=LText(text="Two"))).record
    store.keep_draft(vault, replace(second, title=LText(text="Three")))
    found = history.of(vault, first.id)
    assert [step.revision for step in found.steps] == [2, 1]
    assert [each.after for each in found.steps[0].changes] == ["Two"]
    assert {each.after for each in found.steps[1].changes} >= {"One", "A"}
    assert [(each.before, each.after) for each in found.unsaved] == [("Two", "Three")]
    assert found.has_draft


def test_an_older_state_comes_back_as_a_new_revision_and_none_is_lost(vault: Vault) -> None:
    first = store.save(vault, Incident(title=LText(text="One"), narrative=LText(text="A"))).record
    store.save(vault, replace(first, title=LText(text="Two")))
    store.restore(vault, Incident, first.id, 1)
    found = history.of(vault, first.id)
    assert [step.revision for step in found.steps] == [3, 2, 1]
    assert found.steps[0].origin.act is Act.RESTORED
    assert found.steps[0].origin.number == 1
    assert store.get(vault, Incident, first.id).title.text == "One"


def test_a_reference_is_told_by_the_title_of_what_it_points_to(vault: Vault) -> None:
    engagement = Engagement(engagement_type=TermRef(list="engagement_type", key="other"))
    store.keep_draft(vault, engagement)
    report = store.save(vault, Incident(title=LText(text="One"), narrative=LText(text="A"))).record
    store.save(vault, replace(report, engagements=(EngagementId(engagement.id),)))
    (found,) = history.of(vault, report.id).steps[0].changes
    assert found.after == "A record that is not here"
