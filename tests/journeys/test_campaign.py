"""Three defenders, two desks, and couriers that lose, double, cut, confuse: all of it is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app import incidents
from app.bundles.report import OrderState
from app.courier import Condition
from app.inbox import receipts
from app.incidents import State
from app.storage import records as heads
from app.vault import Vault
from tests.journeys.campaign import (
    ARRIVES,
    Campaign,
    Fate,
    Sent,
    Told,
    held_by_desk,
    held_by_sender,
)

SIZES = [pytest.param(24, id="small"), pytest.param(200, id="whole", marks=pytest.mark.heavy)]


@pytest.fixture(params=SIZES)
def campaign(
    request: pytest.FixtureRequest, tmp_path: Path, new_vault: Callable[[str], Vault]
) -> Campaign:
    """Everything was sealed, carried and given to the desks."""
    made = Campaign.of(tmp_path, new_vault, defenders=3, desks=2, seed=20261125)
    for arrival in made.send(request.param):
        made.receive(arrival)
    assert {each.fate for each in made.sent} == set(Fate)
    return made


def test_a_campaign_with_couriers_that_cannot_be_trusted(campaign: Campaign) -> None:
    nothing_altered_is_taken_in(campaign)
    only_whom_it_was_sealed_for_takes_it_in(campaign)
    a_second_copy_is_a_replay(campaign)
    a_renamed_bundle_is_said_to_be_renamed(campaign)
    every_loss_is_told_when_the_next_one_comes(campaign)
    what_was_taken_in_is_what_was_sealed(campaign)
    every_receipt_is_on_its_record_and_on_no_other(campaign, campaign.answer())


def nothing_altered_is_taken_in(campaign: Campaign) -> None:
    for told in campaign.told:
        if told.arrival.altered:
            assert told.refused, told
            assert told.condition in {None, Condition.DAMAGED}, told


def only_whom_it_was_sealed_for_takes_it_in(campaign: Campaign) -> None:
    for told in campaign.told:
        if told.arrival.desk != told.arrival.sent.desk:
            assert told.refused == "not_for_me", told
    taken = [each.arrival.sent.bundle for each in campaign.told if not each.refused]
    assert sorted(taken) == sorted(each.bundle for each in campaign.sent if each.fate in ARRIVES)


def a_second_copy_is_a_replay(campaign: Campaign) -> None:
    again = [each for each in campaign.told if each.order is OrderState.REPLAY]
    assert {each.refused for each in again} == {"replay"}
    assert {each.arrival.sent.bundle for each in again} == {
        each.bundle for each in campaign.sent if each.fate is Fate.DOUBLED
    }


def a_renamed_bundle_is_said_to_be_renamed(campaign: Campaign) -> None:
    for told in campaign.told:
        renamed = told.arrival.sent.fate is Fate.RENAMED
        assert (told.condition is Condition.RENAMED) is renamed, told


def every_loss_is_told_when_the_next_one_comes(campaign: Campaign) -> None:
    for who, desk in campaign.sides:
        told = [each for each in campaign.told if of_channel(each, who, desk) and not each.refused]
        came = [each.arrival.sent.number for each in told]
        announced: set[int] = set()
        seen: set[int] = set()
        for number, each in zip(came, told, strict=True):
            last = max(seen, default=0)
            announced |= set(range(number - each.missing, number))
            if number > last + 1:
                assert (each.order, each.missing) == (OrderState.GAP, number - last - 1), each
            else:
                assert each.missing == 0, each
                assert (each.order is OrderState.LATE) is (number < last), each
            seen.add(number)
        lost = set(range(1, max(came, default=0))) - set(came)
        assert lost == announced - set(came)


def of_channel(told: Told, who: str, desk: str) -> bool:
    return (told.arrival.sent.defender, told.arrival.desk, told.arrival.sent.desk) == (
        who,
        desk,
        desk,
    )


def what_was_taken_in_is_what_was_sealed(campaign: Campaign) -> None:
    for told in campaign.told:
        sent = told.arrival.sent
        if told.refused:
            continue
        assert held_by_desk(campaign, sent) == held_by_sender(campaign, sent)
        assert body(campaign.desks[sent.desk], sent) == body(reporter(campaign, sent), sent)


def body(vault: Vault, sent: Sent) -> str:
    head = heads.head(vault.database, sent.incident)
    assert head is not None
    return head.body


def reporter(campaign: Campaign, sent: Sent) -> Vault:
    return campaign.sides[sent.defender, sent.desk].reporter


def every_receipt_is_on_its_record_and_on_no_other(
    campaign: Campaign, came_back: dict[str, bool]
) -> None:
    assert True in came_back.values()
    assert False in came_back.values()
    answered = {
        bundle
        for vault in {id(each.reporter): each.reporter for each in campaign.sides.values()}.values()
        for bundle in (each.bundle for each in receipts.received(vault))
    }
    assert answered == {bundle for bundle, came in came_back.items() if came}
    for sent in campaign.sent:
        states = {row.id: row.state for row in incidents.rows(reporter(campaign, sent))}
        expected = State.ANSWERED if sent.bundle in answered else State.SEALED
        assert states[sent.incident] is expected, sent
