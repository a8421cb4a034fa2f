"""The kinds of a desk and of the Committee on NGOs at the command line, and observations apart."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.app.cli.conftest import Hoopoe

PURPOSE = "Preparing the briefing of May"


@pytest.fixture
def desk(empty_vault: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(empty_vault, tmp_path / "desk"))


class Keeper:
    """Adds records to one vault."""

    def __init__(self, hoopoe: Hoopoe, vault: Path, key: tuple[str, str]) -> None:
        self._hoopoe, self._vault, self._key = hoopoe, vault, key

    def run(self, *words: object) -> Any:
        return self._hoopoe(*words, *self._key, "--json")

    def add(self, kind: str, *settings: str) -> str:
        sets = [part for each in ("language=en", *settings) for part in ("--set", each)]
        ran = self.run("record", "add", self._vault, kind, *sets)
        assert ran.status == 0, (kind, ran.out)
        reference: str = ran.facts["reference"]
        return reference


@pytest.fixture
def keeper(hoopoe: Hoopoe, desk: Path, key: tuple[str, str]) -> Keeper:
    return Keeper(hoopoe, desk, key)


@pytest.mark.heavy  # some thirty runs, each opening the vault
def test_every_kind_can_be_added_shown_listed_and_written_out(
    keeper: Keeper, desk: Path, tmp_path: Path
) -> None:
    add = keeper.add
    group = add("organisation", 'names:=[{"full":"Example Friends of Rivers"}]')
    state = add("place", "level=country", "iso_code=QS", 'names:=[{"text":"Quessland"}]')
    source = add(
        "evidence_item", "evidence_type=cngo_record", "title=Summary", "description=Public."
    )
    incident = add("incident", "title=Filmed", "narrative=Filmed at the door.")
    session = add("session_item", "body=cngo", "name=2025 regular", "last_checked=2026-01-15")
    application = add(
        "committee_application",
        f"organisation={group}",
        "application_type=new_application",
        "status_sought=special",
    )
    review = add(
        "application_review",
        f"application={application}",
        f"session={session}",
        "session_type=regular",
        "outcome=deferred_question",
        f"source={source}",
    )
    question = add(
        "committee_question",
        f"review={review}",
        f"asked_by={state}",
        "asked_on=2025-01-22",
        "original_text=Who are the donors?",
        f"source={source}",
    )
    case = add("case", "title=Rivers", f"subjects={group}", f"incidents={incident}")
    others = [
        add("follow_up_entry", f"case={case}", "noted_on=2026-02-01", "what_changed=Released."),
        add(
            "intervention",
            f"case={case}",
            "intervention_type=cngo_briefing",
            "addressee_body=cngo",
        ),
        add(
            "verification_review",
            f"of={incident}",
            "reviewer_name=Heron",
            "reviewed_on=2026-02-01",
            "decision=corroborated",
        ),
        add("recommendation", "short_title=Vote", "text=Vote on it.", "addressee=cngo_members"),
        add(
            "address_book_entry",
            "recipient=Office",
            "channel=post",
            "address=1 Example Street",
            "source=Its page",
            "last_checked=2026-01-15",
        ),
    ]
    every = {group, session, application, review, question, case, *others}
    listed = keeper.run("record", "list", desk).facts["records"]
    assert every <= {each["reference"] for each in listed}
    for each in (question, review, *others):
        assert keeper.run("record", "show", desk, each).status == 0
    out = tmp_path / "out.jsonl"
    assert keeper.run("record", "export", desk, "--out", out).status == 0
    written = {json.loads(line)["body"]["short_ref"] for line in out.read_text().splitlines()}
    assert every <= written


def test_g_08_an_observation_is_read_by_its_organisation_and_in_no_other_way(
    keeper: Keeper, desk: Path, tmp_path: Path
) -> None:
    group = keeper.add("organisation", 'names:=[{"full":"Example Friends of Rivers"}]')
    source = keeper.add(
        "evidence_item", "evidence_type=un_document", "title=Report", "description=Public."
    )
    made = keeper.add(
        "independence_observation",
        f"organisation={group}",
        "observation=main_funding_state",
        "statement=Four fifths of its funds came from a ministry.",
        f"source={source}",
        "date_of_fact=2025",
        "date_observed=2026-03-01",
        "expires_on=2027-03-01",
        "legal_context=The law allows grants.",
        "alternative_explanation=None found.",
    )
    out = tmp_path / "out.jsonl"
    assert keeper.run("record", "export", desk, "--out", out).status == 0
    assert made not in out.read_text()
    for words in (
        ("record", "list", desk),
        ("record", "list", desk, "--kind", "independence_observation"),
        ("record", "list", desk, "--search", "ministry"),
    ):
        listed = keeper.run(*words).facts["records"]
        assert made not in {each["reference"] for each in listed}
    refused: tuple[tuple[object, ...], ...] = (
        ("record", "show", desk, made),
        ("record", "edit", desk, made, "--set", "statement=x"),
        ("record", "export", desk, made, "--out", tmp_path / "one.jsonl"),
    )
    for verb in refused:
        assert keeper.run(*verb).status == 2
    assert not (tmp_path / "one.jsonl").exists()
    assert keeper.run("observation", "read", desk, group, "--purpose", "x").status == 2
    read = keeper.run("observation", "read", desk, group, "--purpose", PURPOSE).facts
    assert [each["reference"] for each in read["observations"]] == [made]
    assert read["observations"][0]["standing"] == "not_reviewed"
    assert len(read["cautions"]) == 4
    assert keeper.run("observation", "read", desk, source, "--purpose", PURPOSE).status == 2
