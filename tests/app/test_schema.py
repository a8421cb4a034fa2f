"""The tables are those of the migrations, and vaults of every format so far still open."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
import sqlcipher3

from app import evidence, samples, store
from app.errors import VaultDamaged
from app.records import Incident, LText
from app.storage import contacts, settings, versions
from app.storage.cells import Row
from app.storage.contacts import Trust
from app.storage.database import KEPT_SUFFIX, Database
from app.vault import Vault
from crypto.secret import Passphrase, Secret

FORMATS = sorted(
    path.parent for path in Path(__file__).parents[1].glob("vectors/vault/*/facts.json")
)
SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
KEY, SALT = bytes(range(32)), bytes(range(16))


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database made when the program knew one migration; now it knows two."""
    first = versions.migrations()
    path = tmp_path / "1.dat"
    made = Database.create(path, Secret(KEY), Secret(SALT))
    with made.transaction() as tx:
        settings.keep_setting(tx, "from", "before")
    made.close()
    second = versions.Migration(
        number=len(first) + 1,
        statements=(
            "CREATE TABLE later (a TEXT NOT NULL) STRICT",
            "INSERT INTO later SELECT value FROM setting",
        ),
    )
    monkeypatch.setattr(versions, "migrations", lambda: (*first, second))
    return path


def opened(path: Path) -> Database:
    return Database.open(path, Secret(KEY), Secret(SALT))


# --- the schema -----------------------------------------------------------------------------


def test_the_tables_in_use_are_those_of_the_migrations(vault: Vault) -> None:
    with closing(sqlcipher3.connect(":memory:", isolation_level=None)) as rebuilt:
        versions.migrate(rebuilt, 0)
        assert vault.database.rows(SCHEMA) == rebuilt.execute(SCHEMA).fetchall()
        assert rebuilt.execute("PRAGMA user_version").fetchone() == (versions.known_version(),)


def test_every_table_is_strict(vault: Vault) -> None:
    tables = vault.database.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' "
        "AND name NOT LIKE 'words%' AND name NOT LIKE 'gram%'"
    )
    assert len(tables) > 15
    assert [name for name, sql in tables if "STRICT" not in str(sql)] == []


def test_migrations_are_numbered_without_a_gap_and_end_their_statements() -> None:
    names = sorted(
        entry.name
        for entry in (files("app.storage") / "migrations").iterdir()
        if entry.name.endswith(".sql")
    )
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_a_semicolon_inside_a_text_or_trigger_ends_no_statement() -> None:
    text = (
        "-- a comment; with one\n"
        "INSERT INTO a VALUES (';');\n\n"
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b;\n  DELETE FROM c;\nEND;\n"
    )
    first, second = versions.statements(text)
    assert first == "INSERT INTO a VALUES (';');"
    assert second.endswith("END;")
    with pytest.raises(ValueError, match="unended"):
        list(versions.statements("SELECT unended"))


# --- migrating ------------------------------------------------------------------------------


def test_an_older_database_is_migrated_with_a_copy_kept_until_the_next_opening(
    older: Path,
) -> None:
    before = older.read_bytes()
    kept = older.with_name(older.name + KEPT_SUFFIX)
    with closing(opened(older)) as now:
        assert now.rows("SELECT a FROM later") == [("before",)]
        assert kept.read_bytes() == before
    assert kept.exists()
    opened(older).close()
    assert not kept.exists()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = versions.migrations()[:-1]
    broken = versions.Migration(
        number=len(first) + 1,
        statements=("CREATE TABLE later (a TEXT)", "INSERT INTO no VALUES (1)"),
    )
    monkeypatch.setattr(versions, "migrations", lambda: (*first, broken))
    with pytest.raises(sqlcipher3.OperationalError):
        opened(older)
    monkeypatch.setattr(versions, "migrations", lambda: first)
    with closing(opened(older)) as now:
        assert now.rows("SELECT name FROM sqlite_master WHERE name = 'later'") == []
        assert settings.setting(now, "from") == "before"


def test_a_database_without_a_version_is_damage_and_is_not_filled(tmp_path: Path) -> None:
    path = tmp_path / "1.dat"
    made = Database.create(path, Secret(KEY), Secret(SALT))
    with made.transaction() as tx:
        tx.run("PRAGMA user_version = 0")
    made.close()
    with pytest.raises(VaultDamaged):
        opened(path)


@pytest.mark.parametrize("point", ["copy", "migrate", "commit"])
def test_a_kill_while_migrating_leaves_the_old_tables_or_the_new_ones(
    older: Path, point: str
) -> None:
    child = f"""
import os, sys
from pathlib import Path
from app.storage import database, versions
from crypto.secret import Secret
first = versions.migrations()
second = versions.Migration(number=len(first) + 1, statements=(
    "CREATE TABLE later (a TEXT NOT NULL) STRICT", "INSERT INTO later SELECT value FROM setting"))
versions.migrations = lambda: (*first, second)
def killed(*_): os.kill(os.getpid(), 9)
if {point!r} == "copy":
    database.copy_synced = killed
elif {point!r} == "migrate":
    def half(connection, found):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE later (a)")
        killed()
    database.migrate = half
else:
    true = database.migrate
    database.migrate = lambda connection, found: (true(connection, found), killed())
database.Database.open(Path(sys.argv[1]), Secret(bytes(range(32))), Secret(bytes(range(16))))
"""
    done = subprocess.run([sys.executable, "-c", child, older], check=False)
    assert done.returncode == -9
    with closing(opened(older)) as now:
        assert now.rows("SELECT a FROM later") == [("before",)]
        assert now.damages() == ()


# --- older vaults ---------------------------------------------------------------------------


def test_there_is_a_vault_of_every_format_so_far() -> None:
    assert len(FORMATS) == versions.known_version()


@pytest.mark.parametrize("kept", FORMATS, ids=lambda path: path.name)
def test_a_vault_of_every_format_opens_whole(kept: Path, tmp_path: Path) -> None:
    facts = json.loads((kept / "facts.json").read_text(encoding="utf-8"))
    folder = Path(shutil.copytree(kept / "vault", tmp_path / "v"))
    with Vault.open(folder, Passphrase.of(facts["passphrase"])) as vault:
        assert vault.id == facts["vault"]
        incident = store.get(vault, Incident, facts["incident"])
        assert incident.title == LText.of(facts["title"], "en")
        assert incident.notes_internal.text == "stays here"
        assert [each.record.id for each in store.removed(vault)] == [facts["removed"]]
        with evidence.reader(vault, facts["evidence"]) as reader:
            assert len(reader.read()) == facts["size"]
        assert store.search(vault, "envelope")
        assert settings.setting(vault.database, "fixture") == "1"
        assert [each.trust for each in contacts.contacts(vault.database)] == [Trust.VERIFIED]
        report = vault.check()
        assert [finding for finding in report.findings if finding.look != "derived"] == []
        assert (report.entries, report.last_hash) == (facts["entries"], facts["last_hash"])
        evidence.verify(vault, facts["evidence"])


def test_reindexing_a_vault_of_this_version_changes_nothing(vault: Vault) -> None:
    for case in samples.all_cases()[:3]:
        for record in (*case.records, case.incident):
            store.save(vault, record)
    before = _derived(vault)
    vault.reindex()
    assert _derived(vault) == before
    assert vault.check().whole


def _derived(vault: Vault) -> list[list[Row]]:
    return [
        sorted(vault.database.rows(f"SELECT {columns} FROM {name}"), key=repr)
        for name, columns in (
            ("term_of", "*"),
            ("date_of", "*"),
            ("link", "*"),
            ("words", "rowid, text"),
        )
    ]
