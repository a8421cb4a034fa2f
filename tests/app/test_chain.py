"""The hash chain over all revisions: what it shows, and that nothing breaks it by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import store
from app.errors import NotFound
from app.records import Incident, LText
from app.storage import indexes
from app.vault import Vault


def incident(
    title: str = "Stopped at the gate", account: str = "He was asked to leave."
) -> Incident:
    return Incident(title=LText.of(title, "en"), narrative=LText.of(account, "en"))


# --- the chain ------------------------------------------------------------------------------


def filled(vault: Vault) -> list[Incident]:
    records = [store.save(vault, incident(f"Case {number}")).record for number in range(4)]
    store.save(vault, replace(records[0], title=LText.of("Changed", "en")))
    store.remove(vault, records[1].id, why="x")
    return records


def test_a_sound_vault_is_whole_and_reindexing_changes_nothing(vault: Vault) -> None:
    filled(vault)
    before = vault.check()
    assert (before.whole, before.entries, before.records) == (True, 6, 4)
    assert vault.reindex() == 4
    assert vault.check() == before


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE revision SET body = replace(body, 'Case 2', 'Case 9')",
        'UPDATE revision SET local = \'{"tags":["x"]}\' WHERE entry = 3',
        "UPDATE revision SET at = '2020-01-01T00:00:00Z' WHERE entry = 2",
        'UPDATE revision SET origin = \'{"act":"restored"}\' WHERE entry = 2',
        "UPDATE revision SET hash = zeroblob(32) WHERE entry = 6",
        "UPDATE revision SET body_digest = zeroblob(32) WHERE entry = 1",
        "UPDATE revision SET number = 9 WHERE entry = 6",
        "DELETE FROM revision WHERE entry = 3",
        "DELETE FROM revision WHERE entry = 6",
        "UPDATE record SET body = replace(body, 'Case 3', 'Case 9')",
        "UPDATE record SET number = 7 WHERE kind = 'incident'",
        "DELETE FROM words",
        "DELETE FROM term_of",
        "UPDATE date_of SET earliest = '1999-01-01'",
        "INSERT INTO link VALUES ((SELECT id FROM record LIMIT 1), 'case', 'abc', 0)",
        "INSERT INTO words (rowid, text) VALUES (999, 'left behind')",
    ],
)
def test_a_row_altered_behind_the_programs_back_is_found(vault: Vault, tampering: str) -> None:
    filled(vault)
    with vault.transaction() as tx:
        tx.run(tampering)
    assert not vault.check().whole


def test_an_erased_body_leaves_the_chain_whole(vault: Vault) -> None:
    records = filled(vault)
    with vault.transaction() as tx:
        tx.run("UPDATE revision SET body = NULL, local = NULL WHERE entry = 1")
    assert vault.check().whole
    assert len(store.revisions(vault, Incident, records[0].id)) == 1
    with pytest.raises(NotFound):
        store.restore(vault, Incident, records[0].id, 1)


def test_a_lost_index_is_built_again_from_the_bodies(vault: Vault) -> None:
    filled(vault)
    before = vault.database.rows("SELECT rowid, text FROM words")
    with vault.transaction() as tx:
        indexes.forget_all(tx)
    assert not vault.check().whole
    vault.reindex()
    assert vault.database.rows("SELECT rowid, text FROM words") == before
    assert vault.check().whole


def test_the_whole_chain_ends_in_one_value_that_can_be_noted_on_paper(vault: Vault) -> None:
    filled(vault)
    first = vault.check().last_hash
    store.save(vault, incident("One more"))
    assert vault.check().last_hash != first
    assert len(first) == 64


# --- anything at all ------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from("srbxd"), st.text(max_size=12)), max_size=25
    )
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_done_in_whatever_order_the_vault_stays_whole(
    vault: Vault, steps: list[tuple[int, str, str]]
) -> None:
    records = [incident(f"Case {number}") for number in range(4)]
    for which, step, text in steps:
        record = records[which]
        try:
            match step:
                case "s":
                    said = LText.of("x" + text.replace("\x00", ""), "en")
                    records[which] = store.save(vault, replace(record, narrative=said)).record
                case "r":
                    store.remove(vault, record.id, why=text)
                case "b":
                    store.bring_back(vault, record.id)
                case "x":
                    store.restore(vault, Incident, record.id, 1)
                case _:
                    store.keep_draft(vault, record)
        except NotFound:
            pass
    assert vault.check().whole
    vault.reindex()
    assert vault.check().whole
