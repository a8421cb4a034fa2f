"""A page that went bad costs what is on it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import incidents, store
from app.errors import VaultDamaged
from app.records import Incident, LText
from app.records.ids import RecordId
from app.storage import records
from app.storage.connection import PAGE_BYTES
from app.upkeep import Look
from app.vault import DATABASE, Vault
from crypto.secret import Passphrase
from tests.app.trees import flip

HOW_MANY = 30


def filled(folder: Path, passphrase: Passphrase) -> list[RecordId]:
    """Records of about half a page each, in a vault that is closed again."""
    with Vault.open(folder, passphrase) as vault:
        return [
            store.save(
                vault,
                Incident(title=LText.of(f"t{number}"), narrative=LText.of(f"word{number} " * 200)),
            ).record.id
            for number in range(HOW_MANY)
        ]


def unreadable(vault: Vault, wanted: list[RecordId]) -> list[RecordId]:
    """Those whose newest state cannot be read."""
    lost = []
    for each in wanted:
        try:
            records.head(vault.database, each)
        except VaultDamaged:
            lost.append(each)
    return lost


def with_a_damaged_record(folder: Path, passphrase: Passphrase, wanted: list[RecordId]) -> Vault:
    """The vault open, with one byte flipped on a page that holds a few records and no list."""
    pages = (folder / DATABASE).stat().st_size // PAGE_BYTES
    for page in range(pages // 4, pages):
        flip(folder / DATABASE, page * PAGE_BYTES + 1000)
        vault = None
        try:
            vault = Vault.open(folder, passphrase)
            if 0 < len(unreadable(vault, wanted)) < HOW_MANY:
                return vault
        except VaultDamaged:
            pass
        if vault:
            vault.close()
        flip(folder / DATABASE, page * PAGE_BYTES + 1000)
    pytest.fail("no page holds a few records")


def test_a_damaged_page_costs_its_records_and_nothing_else(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    wanted = filled(vault_folder, passphrase)
    with with_a_damaged_record(vault_folder, passphrase, wanted) as vault:
        lost = unreadable(vault, wanted)
        for each in set(wanted) - set(lost):
            assert store.get(vault, Incident, each).id == each
        new = store.save(vault, Incident(title=LText.of("after"), narrative=LText.of("after")))
        with pytest.raises(VaultDamaged):
            store.get(vault, Incident, lost[0])
        assert store.get(vault, Incident, new.record.id) == new.record
    with Vault.open(vault_folder, passphrase) as vault:
        assert store.get(vault, Incident, new.record.id) == new.record


def test_damage_met_while_writing_leaves_the_vault_usable(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    wanted = filled(vault_folder, passphrase)
    with with_a_damaged_record(vault_folder, passphrase, wanted) as vault:
        lost = unreadable(vault, wanted)
        with pytest.raises(VaultDamaged):
            store.remove(vault, lost[0], why="x")
        new = store.save(vault, Incident(title=LText.of("after"), narrative=LText.of("after")))
        assert store.get(vault, Incident, new.record.id) == new.record


def test_the_list_shows_what_can_be_read_and_names_what_cannot(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    wanted = filled(vault_folder, passphrase)
    with with_a_damaged_record(vault_folder, passphrase, wanted) as vault:
        lost = unreadable(vault, wanted)
        assert len(store.every(vault, Incident)) == HOW_MANY - len(lost)
        rows = incidents.rows(vault)
        damaged = [row for row in rows if row.state is incidents.State.DAMAGED]
        assert {row.id for row in rows} == set(wanted)
        assert {row.id for row in damaged} == set(lost)
        assert all(row.short_ref for row in damaged)


def test_a_check_looks_beside_the_damage_and_names_each_record_on_it(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    wanted = filled(vault_folder, passphrase)
    with with_a_damaged_record(vault_folder, passphrase, wanted) as vault:
        lost = unreadable(vault, wanted)
        report = vault.check()
        assert (report.entries, report.records) == (HOW_MANY, HOW_MANY - len(lost))
        newest = [each for each in report.findings if each.look is Look.NEWEST]
        assert len(newest) == len(lost)
        assert all(each.reference and each.detail == "unreadable" for each in newest)
        assert not [each for each in report.findings if each.look is Look.CHAIN]
