"""The database under a vault: how it is written, what it refuses, and media that fail."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import sqlcipher3

from app.errors import (
    AppError,
    MediumFailed,
    NoRoom,
    NotWritable,
    UnsafeBuild,
    VaultDamaged,
    VaultInUse,
)
from app.storage import connection, settings
from app.storage.database import Database
from app.storage.sqlfailures import failure
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase, Secret
from tests.app.trees import snapshot

as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting needs root"
)


@pytest.fixture
def small_medium(tmp_path: Path) -> Iterator[Path]:
    """A medium of 2 MiB."""
    at = tmp_path / "medium"
    at.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", at], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no right to mount here")
    yield at
    subprocess.run(["umount", "-l", at], check=True)


# --- the connection -------------------------------------------------------------------------


def test_nothing_is_written_outside_a_transaction(vault: Vault) -> None:
    with pytest.raises(NotWritable):
        vault.database.rows("INSERT INTO setting (name, value) VALUES ('a', 'b')")
    assert settings.setting(vault.database, "a") is None


def test_a_transaction_left_by_an_exception_writes_nothing(vault: Vault) -> None:
    def half() -> None:
        with vault.transaction() as tx:
            settings.keep_setting(tx, "a", "b")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert settings.setting(vault.database, "a") is None
    with vault.transaction() as tx:
        settings.keep_setting(tx, "a", "c")
    assert settings.setting(vault.database, "a") == "c"


@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA temp_store = FILE",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA writable_schema = ON",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
        "PRAGMA cipher_log = 'stderr'",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA synchronous = OFF",
        "PRAGMA secure_delete = OFF",
        "ATTACH DATABASE ':memory:' AS other",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
    ],
)
def test_the_settings_cannot_be_undone(vault: Vault, sql: str) -> None:
    with pytest.raises(sqlcipher3.DatabaseError, match=r"not authorized|prohibited"):
        vault.database.rows(sql)


def test_text_never_reaches_the_disk_in_clear(vault_folder: Path, passphrase: Passphrase) -> None:
    marker = "a sentence nobody else writes 4711"
    with Vault.open(vault_folder, passphrase) as opened:
        with opened.transaction() as tx:
            for number in range(300):
                settings.keep_setting(tx, f"n{number}", marker * 50)
        opened.database.rows("SELECT value FROM setting ORDER BY value || name")
        for path in vault_folder.rglob("*"):
            if path.is_file():
                assert marker.encode() not in path.read_bytes()


# --- media ----------------------------------------------------------------------------------


@as_root
def test_a_full_medium_is_named_and_what_was_kept_stays(
    small_medium: Path, passphrase: Passphrase
) -> None:
    with Vault.create(small_medium / "v", passphrase, cost=FLOOR) as made:
        kept = 0

        def fill() -> None:
            nonlocal kept
            while True:
                with made.transaction() as tx:
                    settings.keep_setting(tx, f"n{kept}", os.urandom(20_000).hex())
                kept += 1

        with pytest.raises(NoRoom):
            fill()
        assert kept > 0
        assert settings.setting(made.database, f"n{kept}") is None
        assert settings.setting(made.database, f"n{kept - 1}") is not None
        with pytest.raises(NoRoom):
            made.close()
    (small_medium / "v" / "1.dat-wal").stat()
    subprocess.run(["mount", "-o", "remount,size=32m", small_medium], check=True)
    with Vault.open(small_medium / "v", passphrase) as again:
        assert settings.setting(again.database, f"n{kept - 1}") is not None
        assert again.check().whole


@as_root
def test_a_full_medium_takes_no_new_vault_and_is_left_as_it_was(
    small_medium: Path, passphrase: Passphrase
) -> None:
    (small_medium / "filler").write_bytes(bytes(2 * 1024**2 - 100_000))
    with pytest.raises(NoRoom):
        Vault.create(small_medium / "v", passphrase, cost=FLOOR)
    assert [path.name for path in small_medium.iterdir()] == ["filler"]


@as_root
def test_a_read_only_medium_is_named_and_nothing_is_changed(
    small_medium: Path, passphrase: Passphrase
) -> None:
    Vault.create(small_medium / "v", passphrase, cost=FLOOR).close()
    before = snapshot(small_medium)
    subprocess.run(["mount", "-o", "remount,ro", small_medium], check=True)
    with pytest.raises(NotWritable):
        Vault.open(small_medium / "v", passphrase)
    with pytest.raises(NotWritable):
        Vault.create(small_medium / "w", passphrase, cost=FLOOR)
    assert snapshot(small_medium) == before


# --- a library that does not encrypt --------------------------------------------------------


def test_a_library_that_does_not_encrypt_is_refused_before_a_byte_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The standard library's SQLite takes the key pragma in silence: the case to be feared.
    monkeypatch.setattr(sqlcipher3, "connect", sqlite3.connect)
    with pytest.raises(UnsafeBuild) as caught:
        Database.create(tmp_path / "1.dat", Secret(bytes(32)), Secret(bytes(16)))
    assert caught.value.detail == "cipher_status"
    assert (tmp_path / "1.dat").read_bytes() == b""


def test_a_setting_that_does_not_take_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_SETTINGS", (("cell_size_check", "OFF", "1"),))
    with pytest.raises(UnsafeBuild) as caught:
        Database.create(tmp_path / "1.dat", Secret(bytes(32)), Secret(bytes(16)))
    assert caught.value.detail == "cell_size_check"


def test_another_thread_cannot_use_the_database(vault: Vault) -> None:
    caught: list[Exception] = []

    def ask() -> None:
        try:
            vault.database.rows("SELECT 1")
        except sqlcipher3.ProgrammingError as error:
            caught.append(error)

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert len(caught) == 1


@pytest.mark.parametrize(
    ("code", "leaf"),
    [
        (5, VaultInUse),
        (6, VaultInUse),
        (13, NoRoom),
        (8, NotWritable),
        (14, NotWritable),
        (10, MediumFailed),
        (10 | (3 << 8), MediumFailed),  # an extended code: IOERR_WRITE
        (11, VaultDamaged),
        (26, VaultDamaged),
        (1, None),
        (19, None),
        (21, None),
    ],
)
def test_each_refusal_of_sqlite_has_its_leaf_and_a_bug_has_none(
    tmp_path: Path, code: int, leaf: type[AppError] | None
) -> None:
    error = sqlcipher3.OperationalError()
    error.sqlite_errorcode = code
    found = failure(error, tmp_path / "gone" / "1.dat")
    assert type(found) is (leaf or type(None))
