"""A canary in every field, name and passphrase: none is left after lock, kill or end.

Every page that is registered is gone to, in every role, over a vault that has something of each
kind; a passphrase and a recovery phrase are added, a safe copy is made in a folder of a telling
name. The window is the program's own on a real display, under its own supervisor.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import openers, store
from app.inbox.importing import Doubt
from app.records import KINDS, CustodyEvent, Incident
from app.vault import Vault
from crypto.secret import Passphrase
from tests import sides, traces
from tests.journeys import typed_window
from tests.journeys.everywhere import MOST
from tests.journeys.typed import Typed, places_of, program
from tools import scenes, shots
from ui.pages.errand import Errand

pytestmark = [
    pytest.mark.window,
    pytest.mark.heavy,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display"),
]

TYPING_SECONDS = 500.0
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stocked:
    """A closed vault with something of everything, and what each page can show of it."""

    folder: Path
    seed: str
    references: dict[str, list[str]]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Stocked:
    """Opened by the first canary of its seed."""
    folder = tmp_path_factory.mktemp("stocked")
    scene = scenes.build(folder)
    seed = secrets.token_hex(16)
    old = Passphrase.of(scenes.PASSPHRASE)
    with (
        Vault.open(scene.recorder, old) as vault,
        Vault.open(scene.organisation, Passphrase.of(scenes.PASSPHRASE)) as other,
    ):
        both = sides.meet(other, vault, folder / "stick")
        both.take_in(both.seal(both.record("What another sent")), Doubt.UNKNOWN)
        drafts = [kind() for kind in KINDS if kind not in {CustodyEvent, Incident}]
        for each in drafts:
            store.keep_draft(vault, each)
        references = {page: [each] for page, each in shots.references(vault).items()}
        references["record"] = [str(Errand(record=each.id)) for each in drafts]
        word = traces.canary(seed, typed_window.PASSPHRASE)
        openers.change(vault, Passphrase.of(scenes.PASSPHRASE), Passphrase.of(word))
    return Stocked(folder=scene.recorder, seed=seed, references=references)


@contextmanager
def everywhere(stocked: Stocked, folder: Path) -> Iterator[Typed]:
    """The program in whose every field something was typed."""
    home, control, stick = (folder / name for name in ("home", "control", "stick"))
    for each in (home, control, stick):
        each.mkdir()
    shutil.copytree(stocked.folder, places_of(home).vault)
    word = traces.canary(stocked.seed, typed_window.FILE)
    (stick / f"{word}.jpg").write_text(word * 1000, "ascii")
    (stick / word).mkdir()
    (control / "references").write_text(json.dumps(stocked.references), "ascii")
    (control / "everywhere").touch()
    display = {name: os.environ[name] for name in ("DISPLAY", "XAUTHORITY") if name in os.environ}
    with program(folder, stocked.seed, display, MOST) as made:
        count, _, unseen = made.hears("fields", TYPING_SECONDS).partition(" ")
        made.hears("typed")
        assert int(count) > 500
        assert unseen == "-"
        yield made


@pytest.mark.parametrize("end", ["lock", "kill", "quit"])
def test_what_was_typed_into_any_field_is_left_nowhere(
    stocked: Stocked, tmp_path: Path, end: str
) -> None:
    with everywhere(stocked, tmp_path) as made:
        phrase = (made.control / "phrase").read_text("utf-8")[:32]
        if AS_ROOT:  # the control: what is scanned for can be found
            supervisor, window = made.processes
            held = traces.in_memory(made.words, window)
            assert len(held) > 100
            assert traces.in_memory(made.words, supervisor) == set()
        assert made.on_disk() == []
        match end:
            case "lock":
                made.tell("lock")
                made.hears("locked")
            case "kill":
                os.kill(made.processes[1], signal.SIGKILL)
                made.hears("locked")
            case _:
                made.supervisor.send_signal(signal.SIGTERM)
                assert made.supervisor.wait(TYPING_SECONDS) == 0
        if AS_ROOT and end != "quit":
            assert set(made.in_memory().values()) == {0}
            assert [each for each in made.processes if traces.is_in_memory(phrase, each)] == []
        assert made.on_disk() == []
        assert traces.in_files([phrase], traces.below(made.home)) == []
        if end == "kill":
            # and what was typed last is in the vault
            with made.vault() as vault:
                kept = repr(list(store.every_draft(vault)))
            assert sum(word in kept for word in made.words) > 100
