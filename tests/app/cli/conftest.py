"""A command line in this process, and a small world that it made: a desk, a defender, bundles."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import cli
from tests.conftest import PASSPHRASE

LOW_RISK = ("--risk", "low", "--exposed", "nobody", "--agrees", "yes")
"""The shortest assessment that lets a report go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one run came to."""

    status: int
    out: str
    err: str

    @property
    def facts(self) -> Any:
        """The one JSON object on standard output, which says the exit status too."""
        found = json.loads(self.out)
        assert found["status"] == self.status
        return found


Hoopoe = Callable[..., Ran]


@pytest.fixture
def hoopoe(capsys: pytest.CaptureFixture[str]) -> Hoopoe:
    """Runs the command line here, without shutting the process of the tests off."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        status = cli.run([str(each) for each in arguments])
        printed = capsys.readouterr()
        return Ran(status=status, out=printed.out, err=printed.err)

    return run


@pytest.fixture(scope="session")
def phrase_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("phrase") / "phrase"
    path.write_text(PASSPHRASE + "\n", "utf-8")
    return path


@pytest.fixture(scope="session")
def key(phrase_file: Path) -> tuple[str, str]:
    """The words that give the passphrase of every vault here."""
    return ("--passphrase-file", str(phrase_file))


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Vaults and bundles on the medium. `first` and `third` are of one series; so is `second`."""

    desk: Path
    defender: Path
    stranger: Path
    incident: str
    evidence: str
    first: Path
    second: Path
    third: Path
    unsigned: Path
    safety_code: tuple[str, ...]

    def copy(self, vault: Path, to: Path) -> Path:
        """A vault of one test's own."""
        return Path(shutil.copytree(vault, to / vault.name))


def said(*arguments: object) -> Any:
    """The JSON of a run that has to work, outside of any test's capture."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = cli.run([*(str(each) for each in arguments), "--json"])
    assert status == 0, arguments
    return json.loads(printed.getvalue())


@pytest.fixture(scope="session")
def world(
    empty_vault: Path, tmp_path_factory: pytest.TempPathFactory, key: tuple[str, str]
) -> World:
    """Made once by the command line itself; tests that write copy what they need."""
    base = tmp_path_factory.mktemp("world")
    desk, defender, stranger = (
        Path(shutil.copytree(empty_vault, base / name)) for name in ("desk", "defender", "stranger")
    )
    said("card", "make", desk, "Test Desk", *key)
    said("card", "make", stranger, "Stranger", *key)
    said("card", "export", desk, "--out", base / "desk.card", *key)
    said("card", "add", defender, base / "desk.card", *key)
    code = tuple(said("card", "show", defender, "Test Desk", *key)["safety_code"])
    heard = ("--heard", f"2={code[1]}", "--heard", f"6={code[5]}")
    said("card", "verify", defender, "Test Desk", "--way", "by phone", *heard, *key)
    words = ("--set", "title=A visit at night", "--set", "narrative=They came at three.")
    incident = said(*("record", "add", defender, "incident", "--set", "language=en"), *words, *key)[
        "reference"
    ]
    photo = base / "photo.bin"
    photo.write_bytes(bytes(range(256)) * 500)
    evidence = said(
        *("evidence", "add", defender, photo, "--to", incident, "--type", "photo"), *key
    )["evidence"][0]["reference"]
    said("evidence", "release", defender, evidence, "--seen", "not_read", *key)

    def sealed(folder: str, *more: str) -> Path:
        (base / folder).mkdir()
        order = ("--to", "Test Desk", "--record", incident, "--out", base / folder)
        bundles = said("seal", defender, *order, *LOW_RISK, *more, *key)["bundles"]
        return Path(bundles[0]["file"])

    return World(
        desk=desk,
        defender=defender,
        stranger=stranger,
        incident=incident,
        evidence=evidence,
        first=sealed("1"),
        second=sealed("2"),
        third=sealed("3"),
        unsigned=sealed("4", "--unsigned"),
        safety_code=code,
    )
