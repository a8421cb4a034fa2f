"""Every field says what the rest of the program needs to know about it."""

from __future__ import annotations

import dataclasses

import pytest

from app import termlists
from app.records import KINDS, Elsewhere, Kind, Record, specs
from app.records.backlinks import BACKLINKS, backlinks
from app.records.choices import Choice
from app.records.ids import (
    SHORT_REF_ALPHABET,
    is_record_id,
    new_id,
    short_ref,
)
from app.records.members import is_empty, members, value_class
from app.records.pseudonyms import pseudonym
from app.records.spec import Requirement, Sensitivity, Shape, Shaped
from app.records.walk import walk

COMPOSED = set(Shape) - {
    *(Shape.TEXT, Shape.TEXTS, Shape.FLAG, Shape.INTEGER, Shape.DAY, Shape.INSTANT),
    *(Shape.DIGEST, Shape.REF, Shape.REFS, Shape.CHOICE),
}


def reachable() -> list[type[Shaped]]:
    """The record classes and every value class inside them."""
    found: list[type[Shaped]] = list(KINDS)
    for kind in found:
        for _, spec in specs(kind):
            if spec.shape in COMPOSED and value_class(spec) not in found:
                found.append(value_class(spec))
    return found


every_class = pytest.mark.parametrize("kind", reachable())


def test_each_kind_has_its_own_code() -> None:
    assert [kind.kind for kind in KINDS] == list(Kind)


@every_class
def test_a_field_has_a_label_and_what_its_shape_needs(kind: type[Shaped]) -> None:
    for name, spec in specs(kind):
        assert spec.label, name
        assert bool(spec.vocabulary) == (spec.shape in (Shape.TERM, Shape.TERMS)), name
        assert (spec.choices is not None) == (spec.shape is Shape.CHOICE), name
        assert (spec.block is not None) == (spec.shape in (Shape.BLOCK, Shape.BLOCKS)), name
        points = spec.shape in (Shape.REF, Shape.REFS) and not spec.stamped
        assert bool(spec.targets) == points, name


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_of_a_record_takes_a_name_the_format_needs(kind: type[Record]) -> None:
    assert not {name for name, _ in specs(kind)} & {"type", "unknown", "unknown_local"}


@every_class
def test_every_vocabulary_exists_and_every_default_is_one_of_its_keys(kind: type[Shaped]) -> None:
    defaults = {each.name: each.default for each in dataclasses.fields(kind)}
    for name, spec in specs(kind):
        if spec.vocabulary:
            vocabulary = termlists.get(spec.vocabulary)
            default = defaults[name]
            assert not default or default.list == spec.vocabulary, name
            assert not default or vocabulary.can_choose(default.key), name


@every_class
def test_local_fields_stand_only_at_the_top_of_a_record(kind: type[Shaped]) -> None:
    local = [name for name, spec in specs(kind) if spec.local]
    assert not local or issubclass(kind, Record)


@every_class
def test_references_to_people_of_this_device_never_travel(kind: type[Shaped]) -> None:
    for name, spec in specs(kind):
        assert Elsewhere.LOCAL_USER not in spec.targets or spec.local, name


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_a_fresh_record_has_the_type_its_default_promises(
    kind: type[Record],
) -> None:
    first, second = kind(), kind()
    assert first.id != second.id
    assert is_record_id(first.id)
    assert first.created_at.tzinfo is not None
    assert [found.path for found in walk(first)] == [found.path for found in walk(second)]


@pytest.mark.parametrize("kind", reachable())
def test_specs_and_members_are_the_same_fields_each_time(kind: type[Shaped]) -> None:
    assert specs(kind) is specs(kind)
    assert members(kind) is members(kind)
    assert [member.name for member in members(kind)] == [name for name, _ in specs(kind)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.kind is not Kind.CUSTODY_EVENT])
def test_the_short_form_of_a_kind_is_short(kind: type[Record]) -> None:
    essential = [name for name, spec in specs(kind) if spec.essential]
    assert len(essential) <= 8


def test_the_domains_requirements_of_an_incident_are_kept() -> None:
    needed = {name for name, spec in specs(KINDS[0]) if Requirement.DRAFT in spec.requirement}
    assert needed == {
        "language",
        "confidentiality",
        "title",
        "narrative",
        "period",
        "country",
        "urgency",
        "verification_status",
    }


def test_special_data_and_contacts_are_marked() -> None:
    person = dict(specs(next(kind for kind in KINDS if kind.kind is Kind.PERSON)))
    for name in ("religion", "health", "sogi", "politics", "disability"):
        assert person[name].sensitivity is Sensitivity.SPECIAL
    assert person["contact"].sensitivity is Sensitivity.SEALED


def test_no_field_holds_what_the_domain_forbids() -> None:
    names = {name for kind in reachable() for name, _ in specs(kind)}
    assert not names & {"is_gongo", "gongo", "score", "passport_number", "id_number", "iban"}


@pytest.mark.parametrize("link", BACKLINKS)
def test_a_back_link_names_a_field_that_points_to_its_kind(link: object) -> None:
    assert link in BACKLINKS
    each = next(back for back in BACKLINKS if back is link)
    holder: type[Shaped] = next(kind for kind in KINDS if kind.kind is each.of)
    *blocks, last = each.field.split(".")
    for name in blocks:
        inner = dict(specs(holder))[name].block
        assert inner is not None
        holder = inner
    assert each.kind in dict(specs(holder))[last].targets
    assert each in backlinks(each.kind)


def test_every_choice_has_a_code_and_a_label() -> None:
    for choices in Choice.__subclasses__():
        for choice in choices:
            assert choice.value == str(choice)
            assert choice.label


def test_identifiers_are_random_and_of_one_form() -> None:
    made = {new_id() for _ in range(500)}
    assert len(made) == 500
    assert all(is_record_id(each) for each in made)
    assert not is_record_id("0" * 33)
    assert not is_record_id("0" * 31 + "\n")


def test_short_references_are_random_and_easy_to_say() -> None:
    made = [short_ref() for _ in range(500)]
    assert len(set(made)) > 495
    assert made != sorted(made)
    assert {character for each in made for character in each} <= set(SHORT_REF_ALPHABET)
    assert {len(each) for each in made} == {7}
    assert not set("ILOU") & set(SHORT_REF_ALPHABET)


def test_pseudonyms_are_two_plain_words() -> None:
    made = {pseudonym() for _ in range(200)}
    assert len(made) > 150
    assert all(len(each.split()) == 2 and each.isupper() for each in made)


def test_zero_is_not_empty_but_false_and_nothing_are() -> None:
    assert not is_empty(0)
    assert all(is_empty(value) for value in (None, False, "", ()))
