"""Nothing is stored that could not be read again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import incidents, store
from app.errors import Invalid
from app.records import Incident
from app.records.values import LText, Translation
from app.vault import Vault
from tests.sides import new_incident

TOO_LONG = "字" * 400_000
"""More than a megabyte of UTF-8."""


@pytest.mark.parametrize("text", [TOO_LONG, "a broken \ud83d emoji"])
def test_a_draft_that_could_not_be_read_again_is_refused_and_the_list_stands(
    vault: Vault, text: str
) -> None:
    mine = new_incident(vault, "Mine")
    with pytest.raises(Invalid):
        store.keep_draft(vault, Incident(narrative=LText(text=text)))
    assert [row.id for row in incidents.rows(vault)] == [mine.id]


def test_a_record_over_a_ceiling_of_the_format_is_not_saved(vault: Vault) -> None:
    mine = new_incident(vault, "Mine")
    layers = tuple(Translation(text="字" * 200_000, lang="zh") for _ in range(30))
    with pytest.raises(Invalid) as refused:
        store.save(vault, replace(mine, narrative=LText(text="x", translations=layers)))
    assert refused.value.problems == ("too_big",)
    assert store.get(vault, Incident, mine.id).narrative == mine.narrative
