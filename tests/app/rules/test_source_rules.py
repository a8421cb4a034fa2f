"""Rules S-01 to S-07: sources, verification, and what is said of doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import i18n, retention, store, titles
from app.bundles import leaflet, remarks
from app.bundles.leaflet import Enclosed
from app.errors import Invalid
from app.messages import explain
from app.records import (
    Act,
    ElementReview,
    EngagementLink,
    EvidenceItem,
    EvidenceLink,
    Incident,
    LText,
    Record,
    Source,
    Statement,
    Translation,
    VerificationReview,
    checks,
    derive,
    specs,
)
from app.records.choices import Bearing, Element, Finding
from app.records.dates import FuzzyDate
from app.records.ids import EvidenceItemId, IncidentId, RecordId, StatementId, new_id
from app.records.spec import Shape
from app.vault import Vault
from tests.app.records.made import codes, said, term

INCIDENT = Incident(title=said("A visit"), narrative=said("Two people came."))
GROUNDS = term("verification_status:reasonable_grounds")
REVIEW = VerificationReview(
    of=INCIDENT.id,
    reviewer_name="Heron",
    second_reviewer_name="Owl",
    reviewed_on=FuzzyDate(original_text="today"),
    elements=tuple(ElementReview(element=each, finding=Finding.SUPPORTED) for each in Element),
    independent_sources=2,
    decision=GROUNDS,
)


def test_s_01_a_protected_source_is_found_by_nobody_not_even_as_a_count(vault: Vault) -> None:
    source = Source(description=said("Zarathustra"), connection=term("source_connection:family"))
    store.save(vault, source)
    assert derive.words(source) == ()
    assert store.search(vault, "Zarathustra") == []
    assert store.search(vault, source.short_ref) == []


def test_s_02_reliability_and_credibility_are_two_terms_with_reasons_and_no_average() -> None:
    source, statement = dict(specs(Source)), dict(specs(Statement))
    assert source["reliability"].vocabulary == "source_reliability"
    assert statement["credibility"].vocabulary == "information_credibility"
    assert {"reliability: missing", "reliability_reason: missing"} <= codes(checks.verify(Source()))
    assert {"credibility: missing", "credibility_reason: missing"} <= codes(
        checks.verify(Statement())
    )
    numbers = {Shape.INTEGER, Shape.COUNT}
    for kind in (source, statement):
        figures = {name for name, spec in kind.items() if spec.shape in numbers}
        assert figures == {"schema_version"}


def reviewed(vault: Vault, review: VerificationReview) -> None:
    store.save(vault, review)
    store.save(vault, replace(INCIDENT, verification_status=GROUNDS))


def test_s_03_reasonable_grounds_are_reviewed_not_typed_in(vault: Vault) -> None:
    store.save(vault, INCIDENT)
    with pytest.raises(Invalid) as refused:
        store.save(vault, replace(INCIDENT, verification_status=GROUNDS))
    assert refused.value.problems == ("verification_status: not_reviewed",)
    reviewed(vault, REVIEW)
    kept = store.get(vault, Incident, INCIDENT.id)
    assert kept.verification_status == GROUNDS


def test_s_03_one_strong_document_may_stand_for_a_second_source(vault: Vault) -> None:
    document = EvidenceItemId(new_id())
    reviewed(vault, replace(REVIEW, independent_sources=1, strong_document=document))


@pytest.mark.parametrize(
    "without",
    [
        {"independent_sources": 1},
        {"elements": REVIEW.elements[:-1]},
        {"elements": (*REVIEW.elements[:-1], ElementReview(element=Element.CONSENT))},
        {"decision": term("verification_status:corroborated")},
        {"of": new_id()},
    ],
)
def test_s_03_a_review_that_lacks_something_does_not_carry_the_status(
    vault: Vault, without: dict[str, object]
) -> None:
    with pytest.raises(Invalid):
        reviewed(vault, replace(REVIEW, **without))  # type: ignore[arg-type]


@pytest.mark.parametrize("second", ["", "Heron", " HERON "])
def test_s_03_two_different_people_review(vault: Vault, second: str) -> None:
    with pytest.raises(Invalid) as refused:
        store.save(vault, replace(REVIEW, second_reviewer_name=second))
    assert refused.value.problems == ("second_reviewer_name: two_needed",)


def test_s_03_who_wrote_it_down_does_not_review_it(vault: Vault) -> None:
    recorder = RecordId(new_id())
    store.save(vault, replace(REVIEW, reviewer=recorder))
    mine = replace(INCIDENT, created_by=recorder, verification_status=GROUNDS)
    with pytest.raises(Invalid):
        store.save(vault, mine)
    store.save(vault, replace(mine, created_by=new_id()))


def test_s_03_what_was_received_with_the_status_can_be_worked_on(vault: Vault) -> None:
    came = replace(INCIDENT, verification_status=GROUNDS)
    with vault.transaction() as tx:
        store.receive(vault, tx, came, bundle="ab" * 16, signer="", number=1)
    store.save(vault, replace(came, summary=said("Two people came to the house.")))


# --- what is printed --------------------------------------------------------------------------

ENGLISH = i18n.texts("en")


def printed(*records: Record) -> str:
    return leaflet.leaflet([Enclosed(record=each) for each in records], ENGLISH).decode()


def told(words: str, **more: object) -> Statement:
    return replace(
        Statement(incident=IncidentId(INCIDENT.id), text=said(words)),
        **more,  # type: ignore[arg-type]
    )


def test_s_04_the_printed_text_names_what_contradicts_it() -> None:
    first = told("It was dark.")
    second = told("It was noon.", conflicts_with=(StatementId(first.id),))
    page = printed(INCIDENT, first, second)
    assert f"{first.short_ref} contradicts this." in page
    assert f"{second.short_ref} contradicts this." in page
    alone = printed(second)
    assert first.short_ref not in alone
    assert "Another account, which is not enclosed, contradicts this." in alone


def test_s_04_evidence_that_contradicts_is_named_and_evidence_that_supports_is_not() -> None:
    against, beside = (
        EvidenceItem(links=(EvidenceLink(supports=INCIDENT.id, bearing=bearing),))
        for bearing in (Bearing.CONTRADICTS, Bearing.SUPPORTS)
    )
    page = printed(INCIDENT, against, beside)
    assert f"{against.short_ref} contradicts this." in page
    assert f"{beside.short_ref} contradicts this." not in page


def test_s_05_the_belief_of_the_target_is_printed_as_belief() -> None:
    believed = Act(
        engagement_links=(EngagementLink(basis=(term("link_basis:target_belief"),)),),
    )
    shown = Act(engagement_links=(EngagementLink(basis=(term("link_basis:earlier_warning"),)),))
    assert "is what the person believes" in printed(believed)
    assert "is what the person believes" not in printed(shown)


def test_s_05_a_stated_reason_is_never_printed_as_true() -> None:
    blamed = Act(stated_reason=(term("stated_reason:national_security"),))
    assert "it is not taken as true" in printed(blamed)


def test_s_06_machine_text_is_marked_and_is_no_quotation_until_somebody_checked_it() -> None:
    machine = Translation(text="It was dark.", lang="en", machine=True)
    checked = replace(machine, checked_by="Owl")
    for layer, quoted in ((machine, ""), (checked, "It was dark.")):
        words = LText(text="Es war dunkel.", lang="de", translations=(layer,))
        page = printed(told("", text=words))
        assert ("by a program, checked by nobody: not a quotation" in page) == (not quoted)
        assert remarks.quotable(words, "en") == quoted
        assert remarks.quotable(words, "de") == "Es war dunkel."


def test_s_07_what_was_taken_back_is_struck_and_not_erased() -> None:
    statement = told("Two men.", retracted_on=FuzzyDate(original_text="May"))
    page = printed(statement)
    assert "<s>\u2068Two men.\u2069</s>" in page
    assert "The source took this back" in page
    assert "<s>" not in printed(told("Two men."))
    assert titles.title(statement).startswith("Taken back")


def test_s_07_erasing_wins_over_striking(vault: Vault) -> None:
    statement = told("Two men.", retracted_on=FuzzyDate(original_text="May"))
    with vault.transaction() as tx:
        store.receive(vault, tx, statement, bundle="ab" * 16, signer="", number=1)
    store.remove(vault, statement.id, why="asked by the source")
    retention.erase(vault, statement.id)
    assert store.revisions(vault, Statement, statement.id) == []


def test_s_03_who_types_the_status_in_is_told_what_it_needs(vault: Vault) -> None:
    with pytest.raises(Invalid) as refused:
        store.save(vault, replace(INCIDENT, verification_status=GROUNDS))
    assert "two people who did not write it down" in explain(refused.value).text
    with pytest.raises(Invalid) as missing:
        store.save(vault, Incident())
    assert "each says what it needs" in explain(missing.value).text
