"""Where the program keeps its things."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

from app.paths import Places

ROOT = Path(__file__).parents[2]


def test_everything_is_below_the_folder_that_a_test_gives(tmp_path: Path) -> None:
    places = Places.under(tmp_path)
    places.make()
    for path in (places.settings, places.data, places.settings_file, places.vault):
        assert path.is_relative_to(tmp_path)
    for folder in (places.settings, places.data):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(tmp_path.iterdir()) == [places.data, places.settings]


def test_asking_for_the_places_of_the_account_makes_nothing(tmp_path: Path) -> None:
    code = "from app.paths import Places; p = Places.of_this_account(); print(p.settings, p.data)"
    done = subprocess.run(
        [sys.executable, "-B", "-c", code],
        cwd=ROOT,
        env={"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    settings, data = done.stdout.split()
    assert Path(settings).is_relative_to(tmp_path)
    assert Path(data).is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []
