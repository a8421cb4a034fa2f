"""Before somebody is asked again, what they told stands on the page (R-07)."""

from __future__ import annotations

from pathlib import Path

from app import store
from app.records import Incident, LText, Source, Statement, TermRef
from app.records.choices import StatementMode
from app.records.ids import IncidentId, SourceId
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon
from tests.ui.pages.conftest import Start
from ui.page import Visit
from ui.pages.errand import Errand
from ui.pages.home import HomePage
from ui.pages.record import RecordPage


def test_r_07_what_was_told_stands_folded_above_a_new_statement(
    start: Start, vault_folder: Path
) -> None:
    incident = Incident(title=LText.of("x"), narrative=LText.of("y"), language="en")
    source = Source(
        description=LText.of("a neighbour"),
        connection=TermRef(list="source_connection", key="eyewitness"),
        language="en",
    )
    first = Statement(
        source=SourceId(source.id),
        incident=IncidentId(incident.id),
        mode=StatementMode.IN_PERSON,
        text=LText.of("They came at night."),
        wellbeing_note=LText.of("wept"),
        language="en",
    )
    second = Statement(source=SourceId(source.id), incident=IncidentId(incident.id))
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        for each in (incident, source, first):
            store.save(vault, each)
        store.keep_draft(vault, second)
    started = start((HomePage, RecordPage))
    started.unlock(vault_folder)
    started.wired.window.visit(Visit(page="record", reference=str(Errand(record=second.id))))
    started.settle()
    started.settle()
    assert "Told already" in started.texts
    assert "They came at night." not in started.texts
    started.press("1 statement")
    assert "They came at night." in started.texts
    assert "There is a note on how the person was." in started.texts
    assert "wept" not in started.texts
    started.wired.window.visit(Visit(page="record", reference=str(Errand(record=incident.id))))
    started.settle()
    assert "Told already" not in started.texts
