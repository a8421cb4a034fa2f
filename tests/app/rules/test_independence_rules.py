"""Rules G-01 to G-12: observations on organisations, and never a blacklist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import belonging, incidents, independence, store, termlists, titles
from app.errors import Invalid
from app.independence import CAUTIONS, Standing
from app.records import (
    KINDS,
    EvidenceItem,
    Incident,
    IndependenceObservation,
    Kind,
    Organisation,
    PersonName,
    checks,
    derive,
    specs,
)
from app.records.choices import ReplySought, YesNoUnclear
from app.records.dates import FuzzyDate
from app.records.desk_conditions import longest
from app.records.ids import EvidenceItemId, IncidentId, OrganisationId
from app.vault import Vault
from tests.app.records.made import codes, said, term

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 3, 14)
PURPOSE = "Preparing the briefing of May"
SOURCE = EvidenceItem(
    evidence_type=term("evidence_type:un_document"),
    title=said("Report of the session"),
    description=said("Public document."),
)
GROUP = Organisation(names=(PersonName(full="Example Friends of Rivers"),))
OF = OrganisationId(GROUP.id)
FACT = IndependenceObservation(
    organisation=OF,
    observation=term("independence_observation:main_funding_state"),
    statement=said("Four fifths of its funds of 2024 came from a ministry."),
    source=EvidenceItemId(SOURCE.id),
    date_of_fact=FuzzyDate.on(date(2025, 1, 1)),
    date_observed=FuzzyDate.on(date(2026, 3, 1)),
    legal_context=said("The law allows public grants to every group."),
    alternative_explanation=said("The ministry funds all groups that clean rivers."),
    expires_on=date(2027, 3, 1),
    reviewer_names=("Heron", "Owl"),
    reply_sought=ReplySought.ASKED,
)
FOR = replace(
    FACT,
    id=IndependenceObservation().id,
    observation=term("independence_observation:board_elected"),
    statement=said("Its members elect the board each year."),
)


def kept(vault: Vault, *observations: IndependenceObservation) -> None:
    for record in (GROUP, SOURCE, *observations):
        store.save(vault, record)


def seen(vault: Vault) -> list[IndependenceObservation]:
    return [each.observation for each in independence.read(vault, OF, PURPOSE).observations]


def facts(vault: Vault) -> list[str]:
    return [each.statement.text for each in seen(vault)]


def sources() -> Iterator[tuple[Path, str]]:
    for folder in ("app", "ui", "resources"):
        for path in (ROOT / folder).rglob("*.py"):
            yield path, path.read_text("utf-8")


# --- G-01 -------------------------------------------------------------------------------------

LABELS = re.compile(r"gongo|blacklist|is_proxy|state_proxy|independence_(score|rank|level|grade)")


def test_g_01_no_symbol_of_the_program_labels_scores_or_ranks_an_organisation() -> None:
    for path, text in sources():
        for node in ast.walk(ast.parse(text)):
            name = getattr(node, "name", None) or getattr(node, "id", None)
            name = name or getattr(node, "attr", None) or getattr(node, "arg", None)
            if isinstance(name, str):
                assert not LABELS.search(name.lower()), (path, name)


def test_g_01_no_field_of_an_organisation_or_observation_is_a_figure_a_flag_or_a_colour() -> None:
    for kind in (Organisation, IndependenceObservation):
        names = {name for name, _ in specs(kind)}
        assert not [name for name in names if re.search(r"score|rank|colou?r|rating|label", name)]
    own = {name for name, _ in specs(IndependenceObservation)} - {
        name for name, _ in specs(Incident)
    }
    shapes = {name: spec.shape.value for name, spec in specs(IndependenceObservation)}
    assert not [name for name in own if shapes[name] in {"integer", "count", "flag"}]


def test_g_01_no_word_of_a_vocabulary_labels_an_organisation() -> None:
    for name in ("organisation_type", "independence_observation", "consultative_status"):
        vocabulary = termlists.get(name)
        for each in (*vocabulary.terms, *vocabulary.retired):
            assert not LABELS.search(f"{each.code} {each.label}".lower())


# --- G-02 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field",
    [
        "organisation",
        "observation",
        "source",
        "date_of_fact",
        "date_observed",
        "expires_on",
    ],
)
def test_g_02_one_source_and_one_date_are_needed(field: str) -> None:
    assert checks.draft(FACT) == []
    without = replace(FACT, **{field: None})  # type: ignore[arg-type]
    assert f"{field}: missing" in codes(checks.draft(without))


@pytest.mark.parametrize("field", ["statement", "alternative_explanation", "legal_context"])
def test_g_02_one_fact_one_other_explanation_and_one_note_on_the_law_are_needed(
    field: str,
) -> None:
    without = replace(FACT, **{field: said("  ")})  # type: ignore[arg-type]
    assert f"{field}: missing" in codes(checks.draft(without))


def test_g_02_a_fact_is_a_sentence_not_an_essay() -> None:
    assert "statement: too_many_words" in codes(
        checks.draft(replace(FACT, statement=said("word " * 61)))
    )


def test_g_02_the_source_is_a_public_record(vault: Vault) -> None:
    hearsay = EvidenceItem(
        evidence_type=term("evidence_type:interview_notes"),
        title=said("Talk"),
        description=said("Somebody said so."),
    )
    store.save(vault, hearsay)
    kept(vault)
    with pytest.raises(Invalid) as refused:
        store.save(vault, replace(FACT, source=EvidenceItemId(hearsay.id)))
    assert refused.value.problems == ("source: not_public",)


# --- G-03 -------------------------------------------------------------------------------------


def test_g_03_indicators_of_independence_are_shown_and_offered_first(vault: Vault) -> None:
    kept(vault, FACT, FOR)
    assert facts(vault) == [FOR.statement.text, FACT.statement.text]
    offered = independence.in_order(["main_funding_state", "board_elected", "funding_members"])
    assert offered == ("board_elected", "funding_members", "main_funding_state")


# --- G-04 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "imposed",
    [
        {"imposed_by_law": YesNoUnclear.YES},
        {"observation": term("independence_observation:required_by_law_pattern")},
    ],
)
def test_g_04_what_the_law_imposes_on_everybody_does_not_stand_alone(
    vault: Vault, imposed: dict[str, object]
) -> None:
    of_law = replace(FACT, **imposed)  # type: ignore[arg-type]
    kept(vault, of_law)
    assert seen(vault) == []
    store.save(vault, FOR)
    assert len(seen(vault)) == 2


def test_g_04_and_g_12_the_cautions_stand_with_every_reading(vault: Vault) -> None:
    kept(vault)
    assert independence.read(vault, OF, PURPOSE).cautions == CAUTIONS
    words = " ".join(CAUTIONS)
    assert "does not show control" in words
    assert "work under pressure" in words
    assert "never shown alone" in words


# --- G-05 -------------------------------------------------------------------------------------


def test_g_05_nationality_origin_language_faith_and_opinion_are_no_indicators(
    vault: Vault,
) -> None:
    offered = termlists.get("independence_observation")
    forbidden = re.compile(r"national(?!_law)|ethnic|language|religio|identity|agrees|origin")
    assert not [each.code for each in offered.terms if forbidden.search(each.code)]
    kept(vault)
    typed = replace(FACT, observation=term("independence_observation:nationality_of_members"))
    with pytest.raises(Invalid) as refused:
        store.save(vault, typed)
    assert refused.value.problems == ("observation: not_here",)
    assert any("Nationality" in each for each in CAUTIONS)


# --- G-06 -------------------------------------------------------------------------------------


def test_g_06_an_observation_is_shown_for_24_months_at_most() -> None:
    made = FACT.created_at.date()
    assert checks.draft(replace(FACT, expires_on=longest(made))) == []
    late = replace(FACT, expires_on=longest(made).replace(year=made.year + 3))
    assert codes(checks.draft(late)) == {"expires_on: too_late"}
    assert longest(date(2024, 2, 29)) == date(2026, 3, 1)


def test_g_06_what_has_expired_or_was_rejected_is_invisible() -> None:
    last_day = replace(FACT, expires_on=TODAY)
    expired = replace(FACT, expires_on=date(2026, 3, 13))
    assert independence.visible([last_day], TODAY) == (last_day,)
    for handling in ("observation_rejected", "observation_outdated"):
        gone = replace(FACT, handling=(term(f"independence_observation:{handling}"),))
        assert independence.visible([expired, gone], TODAY) == ()


# --- G-07 -------------------------------------------------------------------------------------


def test_g_07_the_reply_is_kept_and_read_with_the_fact(vault: Vault) -> None:
    kept(vault, replace(FACT, reply=said("The grant was public and is over.")))
    (shown,) = seen(vault)
    assert shown.reply.text == "The grant was public and is over."


def test_g_07_without_an_attempt_to_get_a_reply_it_is_not_for_use_outside() -> None:
    silent = replace(FACT, reply_sought=ReplySought.NOT_YET)
    unsafe = replace(silent, reply_sought=ReplySought.UNSAFE)
    assert independence.standing(FACT) is Standing.READY
    assert independence.standing(silent) is Standing.NOT_ASKED
    assert independence.standing(replace(silent, reply=said("No."))) is Standing.READY
    assert independence.standing(unsafe) is Standing.NOT_ASKED
    assert "reply_not_sought_reason: missing" in codes(checks.draft(unsafe))
    told = replace(unsafe, reply_not_sought_reason=said("Its office is watched."))
    assert independence.standing(told) is Standing.READY


def test_g_07_and_four_eyes_two_people_look_at_it_first() -> None:
    for names in ((), ("Heron",), ("Heron", "heron ")):
        alone = replace(FACT, reviewer_names=names)
        assert independence.standing(alone) is Standing.NOT_REVIEWED
        assert "reviewer_names: two_needed" in codes(checks.verify(alone))


# --- G-08 -------------------------------------------------------------------------------------


def test_g_08_no_search_filter_or_sort_finds_an_observation(vault: Vault) -> None:
    kept(vault, FACT)
    assert not [*derive.words(FACT), *derive.terms(FACT), *derive.dates(FACT)]
    for words in ("ministry", "rivers", FACT.short_ref, "main_funding_state"):
        assert FACT.id not in {each.id for each in store.search(vault, words)}
    assert titles.title(FACT) == f"{titles.kind(FACT.kind)} {FACT.short_ref}"


def test_g_08_no_report_carries_one(vault: Vault) -> None:
    incident = Incident(title=said("Filmed"), narrative=said("Filmed at the door."))
    store.save(vault, incident)
    conduct = replace(
        FACT,
        observation=term("independence_observation:photographs_others"),
        incident=IncidentId(incident.id),
    )
    kept(vault, conduct)
    assert Kind.INDEPENDENCE_OBSERVATION in belonging.DESK
    assert [each.id for each in incidents.whole(vault, IncidentId(incident.id))] == [incident.id]


@pytest.mark.parametrize("purpose", ["", "   ", "because", "a b c d"])
def test_g_08_reading_needs_a_stated_purpose(vault: Vault, purpose: str) -> None:
    kept(vault, FACT)
    with pytest.raises(Invalid):
        independence.read(vault, OF, purpose)


def test_g_08_every_reading_is_kept_with_its_purpose_in_the_hash_chain(vault: Vault) -> None:
    kept(vault, FACT)
    for purpose in (PURPOSE, "Answering the organisation"):
        independence.read(vault, OF, purpose)
    held = store.get(vault, IndependenceObservation, FACT.id)
    assert [each.purpose for each in held.readings] == [PURPOSE, "Answering the organisation"]
    assert all(each.at is not None for each in held.readings)
    assert len(store.revisions(vault, IndependenceObservation, FACT.id)) == 3
    assert vault.check().whole


def test_g_08_a_source_that_is_gone_does_not_stop_the_reading(vault: Vault) -> None:
    kept(vault, FACT)
    store.remove(vault, SOURCE.id, why="")
    (shown,) = independence.read(vault, OF, PURPOSE).observations
    assert shown.source is None


def test_g_08_only_one_module_reads_them() -> None:
    allowed = {
        "app/independence.py",
        "app/crosschecks.py",
        "app/cli/observation.py",
        "ui/pages/observation.py",
        "ui/pages/observations.py",
    }
    for path, text in sources():
        name = path.relative_to(ROOT).as_posix()
        if "IndependenceObservation" in text and not name.startswith("app/records/"):
            assert name in allowed, name


# --- G-09 -------------------------------------------------------------------------------------


@pytest.mark.parametrize("conduct", ["disrupts_others", "photographs_others"])
def test_g_09_conduct_against_others_is_tied_to_a_recorded_act(conduct: str) -> None:
    accused = replace(FACT, observation=term(f"independence_observation:{conduct}"))
    assert "incident: missing" in codes(checks.draft(accused))
    assert any("in an act" in each for each in CAUTIONS)


# --- G-10, G-11 -------------------------------------------------------------------------------


def test_g_10_nothing_counts_observations() -> None:
    tree = ast.parse((ROOT / "app" / "independence.py").read_text("utf-8"))
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"sum", "Counter"}
    for kind in KINDS:
        pointing = [
            name
            for name, spec in specs(kind)
            if Kind.INDEPENDENCE_OBSERVATION in spec.targets and spec.editable
        ]
        assert pointing == []


def test_g_11_no_document_prints_an_observation() -> None:
    for folder in ("bundles", "inbox"):
        for path in (ROOT / "app" / folder).rglob("*.py"):
            assert "independence" not in {
                alias.name
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Import | ast.ImportFrom)
                for alias in node.names
            }, path
