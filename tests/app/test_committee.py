"""What follows from the reviews of an application: deferrals, sessions, days, who asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app import applications, committee, samples, store
from app.ageing import Age, age, must_look
from app.committee import History
from app.records import (
    ApplicationReview,
    CommitteeApplication,
    CommitteeQuestion,
    FuzzyDate,
    FuzzyRange,
    Place,
    Record,
    SessionItem,
)
from app.records.facts import Lag
from app.records.ids import (
    ApplicationReviewId,
    CommitteeApplicationId,
    CommitteeQuestionId,
    SessionItemId,
    new_id,
)
from app.vault import Vault
from tests.app.records.made import said, term

TODAY = date(2026, 11, 24)
CASES = samples.all_cases()
SEVENTH = CASES[6]


def of(kind: type[Record]) -> list[Record]:
    return [each for each in SEVENTH.records if isinstance(each, kind)]


def told(today: date = TODAY) -> History:
    (application,) = of(CommitteeApplication)
    return committee.history(
        application,  # type: ignore[arg-type]
        of(ApplicationReview),  # type: ignore[arg-type]
        of(CommitteeQuestion),  # type: ignore[arg-type]
        of(SessionItem),  # type: ignore[arg-type]
        today,
    )


def test_smp_07_nine_deferrals_then_a_vote() -> None:
    history = told()
    assert len(history.sittings) == history.sessions == 11
    assert (history.deferrals, history.questions, history.gaps, history.repeats) == (9, 7, 1, 1)
    outcomes = [each.review.outcome.key for each in history.sittings if each.review.outcome]
    assert outcomes == [
        *["deferred_question"] * 3,
        "deferred_reply_late",
        *["deferred_question"] * 2,
        "deferred_not_reached",
        "not_on_agenda",
        *["deferred_question"] * 2,
        "rejected_by_vote",
    ]
    assert [each.deferral for each in history.sittings] == [1, 2, 3, 4, 5, 6, 7, None, 8, 9, None]


def test_smp_07_five_questions_of_one_member_and_two_of_another() -> None:
    codes = {each.id: each.iso_code for each in _states()}
    asked = [(codes[each.state], each.questions) for each in told().questioners]
    assert asked == [("QS", 5), ("QP", 2)]


def test_smp_07_the_wait_ends_with_the_vote_and_has_no_upper_bound() -> None:
    # submitted before 1 June 2020, rejected between 1 January and 28 February 2026
    least = (date(2026, 1, 1) - date(2020, 6, 1)).days
    assert told().waiting == told(date(2030, 1, 1)).waiting == Lag(min=least, max=None)


def test_smp_07_the_repeated_question_stands_beside_the_first() -> None:
    ((first, again),) = committee.alike(of(CommitteeQuestion))  # type: ignore[arg-type]
    assert first.original_text.text == "Who are the three largest donors?"
    assert again.same_as == (first.id,)


def test_smp_07_comes_out_of_the_vault_as_it_went_in(vault: Vault) -> None:
    for case in samples.all_cases():
        for record in (*case.records, case.incident):
            store.save(vault, record)
    (row,) = applications.rows(vault)
    whole = applications.whole(vault, CommitteeApplicationId(row.application.id))
    assert whole.history == row.history
    assert row.organisation is not None
    assert (row.history.deferrals, row.history.questions) == (9, 7)
    assert {each.iso_code for each in whole.states} == {"QS", "QP"}
    latest, *_ = applications.sessions(vault)
    assert latest.name.text.endswith("2026 regular")


# --- other histories --------------------------------------------------------------------------

APPLICATION = CommitteeApplication(submitted_on=FuzzyDate.on(date(2024, 3, 1)))
AT = CommitteeApplicationId(APPLICATION.id)


def review(outcome: str, on: date | None = None, **more: object) -> ApplicationReview:
    made = ApplicationReview(
        application=AT,
        outcome=term(f"cngo_outcome:{outcome}"),
        met_on=None if on is None else FuzzyDate.on(on),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def history(
    *reviews: ApplicationReview, application: CommitteeApplication = APPLICATION
) -> History:
    return committee.history(application, reviews, (), (), TODAY)


def test_an_open_application_waits_until_today() -> None:
    waited = (TODAY - date(2024, 3, 1)).days
    assert history().waiting == Lag(min=waited, max=waited)


def test_without_a_submission_the_wait_begins_at_the_first_review() -> None:
    unknown = replace(APPLICATION, submitted_on=None)
    found = history(review("deferred_question", date(2025, 1, 20)), application=unknown)
    assert found.waiting.min == (TODAY - date(2025, 1, 20)).days
    assert history(application=unknown).waiting == Lag(min=None, max=None)


def test_an_outcome_without_its_date_ends_at_the_last_review() -> None:
    ended = replace(APPLICATION, final_outcome=term("cngo_outcome:recommended_special"))
    found = history(review("recommended_special", date(2025, 5, 20)), application=ended)
    assert found.waiting.max == (date(2025, 5, 20) - date(2024, 3, 1)).days


@pytest.mark.parametrize("outcome", ["report_deferred", "suspended_consideration", "reclassified"])
def test_only_an_application_put_off_counts_as_deferred(outcome: str) -> None:
    assert history(review(outcome)).deferrals == 0
    assert history(review("deferred_other")).deferrals == 1


def test_reviews_stand_by_their_day_then_by_their_session_and_undated_last() -> None:
    session = SessionItem(name=said("resumed"), period=FuzzyRange.on(date(2024, 5, 20)))
    undated = review("deferred_other")
    early = review("deferred_question", date(2024, 1, 20))
    middle = review("deferred_question", session=SessionItemId(session.id))
    found = committee.history(APPLICATION, (undated, middle, early), (), (session,), TODAY)
    assert [each.review for each in found.sittings] == [early, middle, undated]
    assert found.sittings[1].session == session


def test_reviews_and_questions_of_another_application_are_passed_over() -> None:
    mine = review("deferred_question")
    other = review("deferred_question", application=CommitteeApplicationId(new_id()))
    asked = [CommitteeQuestion(review=ApplicationReviewId(each.id)) for each in (mine, other)]
    found = committee.history(APPLICATION, (mine, other), asked, (), TODAY)
    assert (len(found.sittings), found.questions) == (1, 1)


def test_sameness_goes_on_over_several_questions() -> None:
    def asks(*same: CommitteeQuestion) -> CommitteeQuestion:
        return CommitteeQuestion(same_as=tuple(CommitteeQuestionId(each.id) for each in same))

    first = asks()
    second, alone, stray = asks(first), asks(), asks(CommitteeQuestion())
    third = asks(second)
    assert committee.alike([first, second, alone, third, stray]) == ((first, second, third),)
    assert committee.alike([]) == ()


def test_what_nobody_looked_up_is_old_and_a_wrong_clock_makes_nothing_younger() -> None:
    assert age(None, TODAY) == Age(days=None)
    assert age(None, TODAY).is_old
    assert not age(date(2026, 8, 26), TODAY).is_old
    assert age(date(2026, 8, 25), TODAY).is_old
    assert age(date(2027, 1, 1), TODAY) == Age(days=0)


def test_only_a_session_that_is_not_over_has_to_be_looked_up_again() -> None:
    old, new = date(2026, 1, 15), date(2026, 11, 20)
    over, to_come = date(2026, 2, 28), date(2027, 2, 1)
    assert not must_look(old, over, TODAY)
    assert must_look(old, to_come, TODAY)
    assert must_look(old, None, TODAY)
    assert not must_look(new, to_come, TODAY)


def _states() -> list[Place]:
    return [each for case in CASES for each in case.records if isinstance(each, Place)]
