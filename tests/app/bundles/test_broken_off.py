"""A program that is killed at the worst moment of sealing: the bundle has its name, and no entry.

The kill comes from inside, at a call of the system that Python tells of before it does it.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.bundles import naming, opening, sent
from app.bundles.report import OpenedBundle, OrderState
from app.inbox import importing, receipts
from app.inbox.importing import Doubt
from app.inbox.statement import Verdict
from app.storage import channels
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.sides import Sides, meet

ROOT = Path(__file__).resolve().parents[3]
PASSPHRASE = "a phrase for a vault that is killed"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal, links a file")

SEALING = """
import os, signal, sys
from pathlib import Path
from app.bundles import sealing
from app.bundles.sealing import Order
from app.records.ids import IncidentId
from app.vault import Vault
from crypto.secret import Passphrase

folder, stick, incident, receiver, moment, phrase = sys.argv[1:]

def end_at(event, facts):
    if event == moment and str(facts[0]).startswith(stick):
        os.kill(os.getpid(), signal.SIGKILL)

vault = Vault.open(Path(folder), Passphrase.of(phrase))
order = Order(incidents=(IncidentId(incident),), receiver=receiver)
plan = sealing.plan(vault, order)
sys.addaudithook(end_at)
sealing.seal(vault, plan, folder=Path(stick))
"""

BEFORE_THE_NAME = "os.link"
AFTER_THE_NAME = "os.remove"
"""The draft is linked to its final name, then its own name is removed, then the vault remembers."""


@dataclass(slots=True)
class Ended:
    """A reporter whose program ends while it seals, and a desk."""

    sides: Sides

    def seal_and_end(self, moment: str, title: str = "A visit") -> list[Path]:
        """The bundles that only this sealing left, whole ones by their names."""
        sides = self.sides
        incident, folder = sides.record(title), sides.reporter.folder
        before = set(sides.folder.iterdir())
        sides.reporter.close()
        arguments = [str(folder), str(sides.folder), incident, sides.receiver.id, moment]
        command = [sys.executable, "-c", SEALING, *arguments, PASSPHRASE]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
        again = Vault.open(folder, Passphrase.of(PASSPHRASE))
        self.sides = Sides(
            reporter=again, desk=sides.desk, receiver=sides.receiver, folder=sides.folder
        )
        new = set(sides.folder.iterdir()) - before
        return [each for each in new if naming.looks_like_a_name(each.name)]

    def come(self, path: Path) -> OpenedBundle:
        """What the desk sees, which takes it in by hand."""
        opened = opening.open_bundle(self.sides.desk, path)
        plan = importing.plan_import(self.sides.desk, opened)
        doubts = frozenset({Doubt.UNKNOWN})
        importing.apply(self.sides.desk, path, plan, accepted=doubts)
        return opened


@pytest.fixture
def ended(tmp_path: Path) -> Ended:
    reporter, desk = (
        Vault.create(tmp_path / name, Passphrase.of(PASSPHRASE), cost=FLOOR)
        for name in ("reporter", "desk")
    )
    return Ended(meet(reporter, desk, tmp_path / "stick"))


def test_the_answer_to_a_first_bundle_that_nobody_remembers_can_be_opened(ended: Ended) -> None:
    (path,) = ended.seal_and_end(AFTER_THE_NAME)
    assert sent.every(ended.sides.reporter) == []
    opened = ended.come(path)
    bundle = opened.manifest.bundle
    written = receipts.make(
        ended.sides.desk, bundle, folder=ended.sides.folder, verdict=Verdict.ACCEPTED
    )
    answer = opening.open_bundle(ended.sides.reporter, written.path)
    assert answer.receipt is not None
    assert answer.signer.contact == ended.sides.receiver.id
    assert Verdict.ACCEPTED.value.encode() in answer.receipt


def test_a_bundle_after_one_that_nobody_remembers_has_a_number_of_its_own(ended: Ended) -> None:
    (lost,) = ended.seal_and_end(AFTER_THE_NAME)
    later = ended.sides.seal(ended.sides.record("Later"))
    assert later.sequence == 2
    assert ended.come(lost).order.state is OrderState.FIRST
    assert ended.come(later.path).order.state is OrderState.NEXT
    third = ended.sides.seal(ended.sides.record("Last"))
    assert ended.come(third.path).order.state is OrderState.NEXT


@pytest.mark.parametrize("moment", [BEFORE_THE_NAME, AFTER_THE_NAME])
def test_a_number_that_was_taken_and_not_carried_looks_like_no_loss(
    ended: Ended, moment: str
) -> None:
    left = ended.seal_and_end(moment)
    assert len(left) == (moment == AFTER_THE_NAME)
    first = ended.sides.seal(ended.sides.record("First"))
    assert ended.come(first.path).order.state is OrderState.FIRST
    ended.seal_and_end(moment)
    next_one = ended.sides.seal(ended.sides.record("Next"))
    assert next_one.sequence == 4
    assert ended.come(next_one.path).order.state is OrderState.NEXT


def test_a_bundle_that_was_sealed_and_did_not_come_is_still_a_gap(ended: Ended) -> None:
    assert ended.come(ended.sides.seal(ended.sides.record("One")).path).order.state is not None
    ended.seal_and_end(BEFORE_THE_NAME)
    ended.sides.seal(ended.sides.record("Dropped"))
    last = ended.sides.seal(ended.sides.record("Last"))
    order = ended.come(last.path).order
    assert (order.state, order.missing) == (OrderState.GAP, 2)


def test_a_sealing_that_is_broken_off_before_the_name_keeps_the_keys_it_will_use(
    ended: Ended,
) -> None:
    assert ended.seal_and_end(BEFORE_THE_NAME) == []
    (kept,) = channels.channels(ended.sides.reporter.database)
    assert kept.contact == ended.sides.receiver.id
    assert (kept.sequence, kept.previous) == (1, "")
