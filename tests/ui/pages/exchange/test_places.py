"""Where copies go and what became of them: what is chosen stays chosen, no failure looks well."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bundles.naming import NameCheck
from app.carrying import Carried, Delivery, Fate, Fault
from app.errors import AlreadyThere, AppError, MediumBusy, MediumGone, NoRoom, ReadBackDiffers
from app.settings import Role, Settings
from app.sticks import Stick
from tests.ui.pages.conftest import Start
from tests.ui.pages.exchange.pressing import settle
from ui.pages import PAGES
from ui.pages.courier_told import told
from ui.place import PlaceChoice
from ui.widgets.plain import Tone

RED = Path("/media/RED")
FILE = Path("/somewhere/k7q2m-9tabc-d4efg-hj6kl")
COPY = Carried(
    path=FILE,
    target=RED / FILE.name,
    size=1,
    sha256="00" * 32,
    fate=Fate.WRITTEN,
    named=NameCheck.MATCHES,
)
DAMAGED = Carried(
    path=FILE,
    target=RED / FILE.name,
    size=1,
    sha256="00" * 32,
    fate=Fate.WRITTEN,
    named=NameCheck.DIFFERS,
)


def delivery(
    *copies: Carried,
    refusal: AppError | None = None,
    faults: tuple[Fault, ...] = (),
    busy: bool = False,
) -> Delivery:
    return Delivery(place=RED, copies=copies, faults=faults, refusal=refusal, busy=busy)


@pytest.mark.parametrize(
    ("done", "tone"),
    [
        (delivery(COPY), Tone.OK),
        (delivery(COPY, busy=True), Tone.WARN),
        (delivery(DAMAGED), Tone.BAD),
        (delivery(refusal=ReadBackDiffers(at=RED)), Tone.BAD),
        (delivery(refusal=MediumGone(at=RED)), Tone.BAD),
        (delivery(refusal=MediumBusy(at=RED)), Tone.BAD),
        (delivery(COPY, refusal=NoRoom(at=RED)), Tone.BAD),
        (delivery(COPY, faults=(Fault(path=FILE, error=AlreadyThere(at=RED)),)), Tone.BAD),
    ],
)
def test_only_what_is_whole_and_at_rest_can_be_pulled_out(
    start: Start, done: Delivery, tone: Tone
) -> None:
    start(PAGES, Settings(role=Role.CARRIER, language="en"))
    (stated,) = told([done])
    assert stated.tone is tone
    assert ("You can pull it out" in stated.accessibleName()) is (tone is Tone.OK)
    assert "RED" in stated.accessibleName()


def test_a_folder_chosen_by_hand_stays_chosen_until_it_is_gone(
    start: Start, tmp_path: Path
) -> None:
    folder = tmp_path / "BLUE"
    folder.mkdir()
    started = start(PAGES, Settings(role=Role.CARRIER, language="en"), (folder,))
    place = PlaceChoice(started.page.desk, started.page)
    chosen: list[Stick] = []
    place.settle(chosen.append)
    settle(started)
    (folder / "file").write_bytes(b"1")
    place.look()
    settle(started)
    assert place.chosen is not None
    assert (place.chosen.path, place.chosen.others) == (folder, 1)
    (folder / "file").unlink()
    folder.rmdir()
    place.look()
    settle(started)
    assert place.chosen is None
