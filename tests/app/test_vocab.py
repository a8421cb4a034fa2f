"""Vocabularies: nothing ever shipped vanishes, and every key is fit to be stored for ever."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app import vocabulary
from app.i18n import texts
from app.termlists import Vocabulary, parse

SHIPPED = [
    line
    for line in (Path(__file__).parent / "codes.txt").read_text(encoding="ascii").splitlines()
    if not line.startswith("#")
]
NAMES = vocabulary.names()
EVERY = pytest.mark.parametrize("name", NAMES)

SAMPLE = """
title = "Fruit"
source = "own"
[terms.citrus]
label = "Citrus"
group = true
[terms.lemon]
label = "Lemon"
definition = "Sour"
parent = "citrus"
[terms.unknown]
label = "Unknown"
[retired.orange]
label = "Orange"
parent = "citrus"
replaced_by = "lemon"
"""


def codes(found: Vocabulary) -> list[str]:
    return [term.code for term in (*found.terms, *found.retired)]


def test_there_are_69_lists_and_1223_keys() -> None:
    assert len(NAMES) == 69
    assert sum(len(codes(vocabulary.get(name))) for name in NAMES) == 1223


def test_no_key_ever_shipped_has_vanished() -> None:
    now = {f"{name}:{code}" for name in NAMES for code in codes(vocabulary.get(name))}
    assert sorted(set(SHIPPED) - now) == []


def test_every_key_is_on_the_list_of_what_was_shipped() -> None:
    now = {f"{name}:{code}" for name in NAMES for code in codes(vocabulary.get(name))}
    assert sorted(now - set(SHIPPED)) == []
    assert sorted(set(SHIPPED)) == SHIPPED


@EVERY
def test_keys_are_lower_snake_ascii_and_occur_once(name: str) -> None:
    found = codes(vocabulary.get(name))
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", name)
    assert [code for code in found if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", code)] == []
    assert len(found) == len(set(found))


@EVERY
def test_every_parent_is_a_group_of_its_list_and_no_group_is_empty(name: str) -> None:
    found = vocabulary.get(name)
    groups = {term.code for term in found.groups}
    assert {term.parent for term in found.terms if term.parent} <= groups
    assert all(found.children(group) for group in groups)
    assert all(term.parent is None for term in found.groups)


@EVERY
def test_no_label_or_title_is_empty_and_no_two_terms_read_the_same(name: str) -> None:
    found = vocabulary.get(name)
    labels = [term.label for term in (*found.terms, *found.retired)]
    assert all(label.strip() == label != "" for label in labels)
    assert len(labels) == len(set(labels))
    assert found.title
    assert found.source


@EVERY
def test_walking_from_the_top_reaches_every_term_once(name: str) -> None:
    found = vocabulary.get(name)
    reached = [term for top in found.children(None) for term in (top, *found.children(top.code))]
    assert sorted(term.code for term in reached) == sorted(term.code for term in found.terms)


def test_a_term_reads_as_its_label() -> None:
    assert vocabulary.label("act_type", "killing") == "Killing"
    assert vocabulary.definition("act_type", "killing") == "Intentional killing of the person"
    assert vocabulary.title("act_legality") == "Claimed legal form of the act"


def test_a_key_from_a_newer_copy_shows_as_it_is() -> None:
    assert vocabulary.label("act_type", "not_yet_invented") == "not_yet_invented"
    assert vocabulary.definition("act_type", "not_yet_invented") == ""
    assert not vocabulary.get("act_type").can_choose("not_yet_invented")


def test_a_list_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(vocabulary.UnknownVocabulary):
        vocabulary.get("no_such_list")
    with pytest.raises(vocabulary.UnknownVocabulary):
        vocabulary.label("../vocab/act_type", "killing")


def test_a_language_without_translation_shows_english() -> None:
    assert texts("qqq").term("act_type", "killing") == "Killing"


def test_a_retired_term_is_read_but_not_offered() -> None:
    found = parse("fruit", SAMPLE)
    assert [term.code for term in found.terms] == ["citrus", "lemon", "unknown"]
    assert [(term.label, term.retired, term.replaced_by) for term in found.retired] == [
        ("Orange", True, "lemon")
    ]
    orange = found.find("orange")
    assert orange is not None
    assert orange.retired
    assert not found.can_choose("orange")


def test_a_group_can_be_chosen_while_the_detail_is_not_known() -> None:
    found = parse("fruit", SAMPLE)
    assert found.can_choose("citrus")
    assert [term.code for term in found.children("citrus")] == ["lemon"]
    assert [term.code for term in found.children(None)] == ["citrus", "unknown"]
