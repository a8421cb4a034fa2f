"""Full, read-only and interrupted: sealing, copying, answering and taking in leave nothing half."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app import courier
from app.bundles import extracting, opening, sealing, sent
from app.bundles.sealing import Order, Sealed
from app.errors import AppError, Cancelled, NoRoom, NotWritable
from app.inbox import arrived, importing, receipts
from app.inbox.importing import Doubt
from app.inbox.statement import Verdict
from app.tasks import Step
from app.vault import Vault
from tests.app.bundles.hostile import state
from tests.sides import Sides, meet

MEBIBYTE = 1024**2

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting a medium needs root"
)


@dataclass(slots=True, kw_only=True)
class Medium:
    """A medium of four mebibytes that a test fills or protects."""

    at: Path
    junk: int = field(default=0)

    def fill(self, left: int) -> None:
        """Something else takes all room but this."""
        taken = self.at / f"junk{self.junk}"
        self.junk += 1
        with taken.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(self.at).free - left)

    def protect(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", self.at], check=True)

    def names(self) -> list[str]:
        return sorted(each.name for each in self.at.iterdir() if not each.name.startswith("junk"))


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[Medium]:
    at = tmp_path / "stick"
    at.mkdir()
    line = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(at)]
    if subprocess.run(line, capture_output=True, check=False).returncode != 0:
        pytest.skip("no right to mount here")
    yield Medium(at=at)
    subprocess.run(["umount", "-l", at], check=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """What is done to a folder, and the vault that must not change when it fails."""

    vault: Vault
    do: Callable[[Path], object]


@pytest.fixture(params=["seal", "copy", "receipt", "unpack"])
def verb(request: pytest.FixtureRequest, sides: Sides) -> Verb:
    incident = sides.record()
    sides.attach(incident, os.urandom(MEBIBYTE))
    sealed = sides.seal(incident)
    if request.param == "receipt":
        sides.take_in(sealed, Doubt.UNKNOWN)
    return {
        "seal": Verb(vault=sides.reporter, do=lambda folder: seal(sides, folder)),
        "copy": Verb(vault=sides.reporter, do=lambda folder: courier.copy(sealed.path, to=folder)),
        "receipt": Verb(vault=sides.desk, do=lambda folder: answer(sides, sealed, folder)),
        "unpack": Verb(
            vault=sides.desk,
            do=lambda folder: extracting.extract(sides.desk, sealed.path, to=folder / "bag"),
        ),
    }[request.param]


def seal(sides: Sides, folder: Path) -> Sealed:
    chosen = tuple(each.id for each in sent.every(sides.reporter)[0].incidents)
    order = Order(incidents=chosen, receiver=sides.receiver.id)
    return sealing.seal(sides.reporter, sealing.plan(sides.reporter, order), folder=folder)


def answer(sides: Sides, sealed: Sealed, folder: Path) -> object:
    return receipts.make(sides.desk, sealed.bundle, folder=folder, verdict=Verdict.ACCEPTED)


def remembered(vault: Vault) -> object:
    """All that sealing, answering and taking in would add."""
    return (
        state(vault),
        [each.id for each in sent.every(vault)],
        [each.id for each in arrived.every(vault)],
        [each.id for each in receipts.made(vault)],
        vault.database.rows("SELECT sequence FROM channel"),
    )


def refused(verb: Verb, medium: Medium, kind: type[AppError]) -> None:
    """The verb fails in this way, and neither medium nor vault tells of it."""
    before = remembered(verb.vault)
    with pytest.raises(kind):
        verb.do(medium.at)
    assert medium.names() == []
    assert remembered(verb.vault) == before


def test_a_medium_without_room_is_named_and_left_clean(verb: Verb, medium: Medium) -> None:
    medium.fill(left=100_000)
    refused(verb, medium, NoRoom)


def test_a_medium_without_any_room_is_named_and_left_clean(verb: Verb, medium: Medium) -> None:
    medium.fill(left=0)
    refused(verb, medium, NoRoom)


def test_a_read_only_medium_is_named_and_left_clean(verb: Verb, medium: Medium) -> None:
    medium.protect()
    refused(verb, medium, NotWritable)


def test_the_same_verb_works_once_there_is_room(verb: Verb, medium: Medium) -> None:
    medium.fill(left=0)
    refused(verb, medium, NoRoom)
    (medium.at / "junk0").unlink()
    verb.do(medium.at)
    assert len(medium.names()) == 1


def test_room_that_goes_while_sealing_is_named_and_no_number_is_used_up(
    sides: Sides, medium: Medium
) -> None:
    incident = sides.record()
    sides.attach(incident, os.urandom(2 * MEBIBYTE))
    order = Order(incidents=(incident,), receiver=sides.receiver.id)
    plan = sealing.plan(sides.reporter, order)

    def somebody_else_writes(step: Step) -> None:
        if step.doing == "sealing" and step.done > MEBIBYTE and not medium.junk:
            medium.fill(left=0)

    before = remembered(sides.reporter)
    with pytest.raises(NoRoom):
        sealing.seal(sides.reporter, plan, folder=medium.at, progress=somebody_else_writes)
    assert medium.names() == []
    assert remembered(sides.reporter) == before
    assert sides.seal(incident).sequence == 1


@pytest.mark.parametrize("doing", ["sealing", "reading"])
def test_sealing_can_be_cancelled_until_it_is_done(sides: Sides, doing: str) -> None:
    incident = sides.record()
    plan = sealing.plan(sides.reporter, Order(incidents=(incident,), receiver=sides.receiver.id))

    def stop(step: Step) -> None:
        if step.doing == doing and step.done:
            raise Cancelled

    before = remembered(sides.reporter)
    with pytest.raises(Cancelled):
        sealing.seal(sides.reporter, plan, folder=sides.folder, progress=stop)
    assert list(sides.folder.iterdir()) == []
    assert remembered(sides.reporter) == before


# --- taking in ------------------------------------------------------------------------------


@pytest.fixture
def small_desk(
    new_vault: Callable[[str], Vault], medium: Medium, tmp_path: Path
) -> Iterator[Sides]:
    """A reporter, and an organisation whose vault lies on the small medium."""
    made = new_vault("stick/desk")
    yield meet(new_vault("reporter"), made, tmp_path / "out")
    made.close()


def test_a_vault_without_room_for_the_evidence_takes_nothing_in(
    small_desk: Sides, medium: Medium
) -> None:
    incident = small_desk.record()
    small_desk.attach(incident, os.urandom(2 * MEBIBYTE))
    sealed = small_desk.seal(incident)
    medium.fill(left=MEBIBYTE)
    before = remembered(small_desk.desk)
    with pytest.raises(NoRoom):
        small_desk.take_in(sealed, Doubt.UNKNOWN)
    assert remembered(small_desk.desk) == before
    (medium.at / "junk0").unlink()
    assert small_desk.desk.check().whole


@pytest.mark.parametrize("doing", ["checking", "taking_in"])
def test_taking_in_can_be_cancelled_until_it_is_done(sides: Sides, doing: str) -> None:
    incident = sides.record()
    for number in range(3):
        sides.attach(incident, os.urandom(MEBIBYTE), f"photo {number}.jpg")
    sealed = sides.seal(incident)
    plan = importing.plan_import(sides.desk, opening.open_bundle(sides.desk, sealed.path))
    steps = 0

    def stop_late(step: Step) -> None:
        nonlocal steps
        steps += step.doing == doing
        if steps > 8:
            raise Cancelled

    before = remembered(sides.desk)
    accepted = frozenset({Doubt.UNKNOWN})
    with pytest.raises(Cancelled):
        importing.apply(sides.desk, sealed.path, plan, accepted=accepted, progress=stop_late)
    assert remembered(sides.desk) == before
    assert importing.apply(sides.desk, sealed.path, plan, accepted=accepted).complete
