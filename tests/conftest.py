"""What tests share: a fixed clock, an empty vault made once and copied, Qt without a screen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.clock import Clock
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PASSPHRASE = "six words that nobody else would pick"
NOON = datetime(2026, 3, 14, 12, 0, 0, tzinfo=UTC)


def at_noon() -> datetime:
    """The instant at which everything happens unless a test says otherwise."""
    return NOON


@pytest.fixture
def clock() -> Clock:
    return at_noon


@pytest.fixture
def passphrase() -> Passphrase:
    return Passphrase.of(PASSPHRASE)


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault with nothing in it, at the lowest cost; copy it, never open it."""
    folder = tmp_path_factory.mktemp("made") / "vault"
    Vault.create(folder, Passphrase.of(PASSPHRASE), cost=FLOOR, clock=at_noon).close()
    return folder


@pytest.fixture
def vault_folder(empty_vault: Path, tmp_path: Path) -> Path:
    """A closed vault of this test's own."""
    return Path(shutil.copytree(empty_vault, tmp_path / "vault"))


@pytest.fixture
def vault(vault_folder: Path, passphrase: Passphrase) -> Iterator[Vault]:
    """An open vault of this test's own."""
    with Vault.open(vault_folder, passphrase, clock=at_noon) as opened:
        yield opened


@pytest.fixture
def new_vault(tmp_path: Path) -> Iterator[Callable[[str], Vault]]:
    """Makes open vaults by name, for tests of two sides; they are closed at the end."""
    opened: list[Vault] = []

    def make(name: str) -> Vault:
        secret = Passphrase.of(PASSPHRASE)
        opened.append(Vault.create(tmp_path / name, secret, cost=FLOOR, clock=at_noon))
        return opened[-1]

    yield make
    for each in opened:
        each.close()
