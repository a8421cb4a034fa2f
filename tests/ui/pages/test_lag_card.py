"""How long after the cooperation an act came stands on its page, and follows what is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from app import store
from app.records import Act, Engagement, FuzzyRange, Incident, LText, TermRef
from app.records.act_blocks import EngagementLink
from app.records.ids import EngagementId, IncidentId
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start
from ui.page import Visit
from ui.pages.errand import Errand
from ui.pages.home import HomePage
from ui.pages.record import RecordPage


def test_the_time_between_stands_above_the_act_and_follows_its_date(
    start: Start, vault_folder: Path
) -> None:
    incident = Incident(title=LText.of("x"), narrative=LText.of("y"), language="en")
    engagement = Engagement(
        un_body=TermRef(list="un_body", key="human_rights_council"),
        period=FuzzyRange.on(date(2026, 3, 1)),
    )
    act = Act(
        incident=IncidentId(incident.id),
        period=FuzzyRange.on(date(2026, 3, 15)),
        engagement_links=(EngagementLink(engagement=EngagementId(engagement.id)),),
    )
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        store.save(vault, incident)
        for each in (engagement, act):
            store.keep_draft(vault, each)
    started = start((HomePage, RecordPage))
    started.unlock(vault_folder)
    started.wired.window.visit(Visit(page="record", reference=str(Errand(record=act.id))))
    started.settle()
    started.settle()
    assert "14 days after it." in started.texts
    page = started.page
    assert isinstance(page, RecordPage)
    page.lag.look_at(replace(act, period=FuzzyRange.on(date(2026, 3, 1))))
    started.settle()
    assert "On the same day." in started.texts
    assert "14 days after it." not in started.texts
    page.lag.look_at(replace(act, period=FuzzyRange.unknown_time()))
    started.settle()
    assert "Not known: one of the two has no date." in started.texts
    page.lag.look_at(replace(act, engagement_links=()))
    started.settle()
    assert not page.lag.isVisible()
