"""Preferences of this computer: kept, forgiving to read, and silent about cases."""

from __future__ import annotations

import stat
from dataclasses import fields
from pathlib import Path

import pytest

from app import settings
from app.paths import Places
from app.settings import TITLE_LENGTH, EraseKeys, Role, Settings, Theme, Title

CHOSEN = Settings(
    language="ar",
    theme=Theme.DARK,
    text_percent=150,
    idle_minutes=10,
    role=Role.CARRIER,
    erase_keys=EraseKeys.TWICE,
    calendar="islamic_umalqura",
    title=Title.OWN,
    own_title="Recipes",
)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.under(tmp_path)


def test_what_was_never_kept_is_the_default(places: Places) -> None:
    assert settings.load(places) == Settings()
    assert not places.settings_file.exists()


@pytest.mark.parametrize(
    "chosen",
    [
        CHOSEN,
        Settings(),
        Settings(language="zh-Hans"),
        Settings(title=Title.LISTS),
        Settings(title=Title.OWN, own_title='\\ "خرید\u200cها" = # \U0001f34e'),
    ],
)
def test_what_was_kept_comes_back(places: Places, chosen: Settings) -> None:
    settings.store(places, CHOSEN)
    settings.store(places, chosen)
    assert settings.load(places) == chosen


def test_the_file_is_the_owners_alone_and_nothing_lies_beside_it(places: Places) -> None:
    settings.store(places, CHOSEN)
    assert stat.S_IMODE(places.settings_file.stat().st_mode) == 0o600
    assert list(places.settings.iterdir()) == [places.settings_file]


def test_no_setting_could_name_a_case_a_file_or_a_person_but_a_title_of_ones_own() -> None:
    assert [each.name for each in fields(Settings)] == [
        "language",
        "theme",
        "text_percent",
        "idle_minutes",
        "role",
        "erase_keys",
        "calendar",
        "title",
        "own_title",
    ]


def test_a_title_that_was_given_up_is_not_kept(places: Places) -> None:
    settings.store(places, CHOSEN)
    settings.store(places, Settings(title=Title.DOCUMENTS))
    assert b"Recipes" not in places.settings_file.read_bytes()


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("  Recipes \n for\tsoup ", "Recipes for soup"),
        ("a\u202eb\x00c\x1b[0m", "abc[0m"),
        ("\u200d \u200c", ""),
        ("x" * 100, "x" * TITLE_LENGTH),
        ("\ud800", ""),
    ],
)
def test_a_title_is_one_line_of_what_can_be_seen(typed: str, title: str) -> None:
    assert settings.title_of(typed) == title


def test_a_title_that_nobody_can_see_is_the_usual_one(places: Places) -> None:
    places.make()
    places.settings_file.write_text('title = "own"\nown_title = "\\u202e"\n', "ascii")
    assert settings.load(places) == Settings()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"language = ",
        b"language = 'ar'\nlanguage = 'en'",
        b"[",
        b"x" * 20_000,
        b'theme = "pink"\nrole = "spy"',
        b'text_percent = 500\nidle_minutes = 0\nlanguage = "a\\"b"',
        b'text_percent = true\nidle_minutes = "5"\nlanguage = 7',
        b"idle_minutes = 100000",
    ],
)
def test_a_damaged_file_counts_as_not_set(places: Places, content: bytes) -> None:
    places.settings.mkdir(parents=True)
    places.settings_file.write_bytes(content)
    assert settings.load(places) == Settings()


def test_one_bad_line_does_not_lose_the_others(places: Places) -> None:
    settings.store(places, CHOSEN)
    text = places.settings_file.read_text(encoding="utf-8")
    places.settings_file.write_text(text.replace("150", "9999"), encoding="utf-8")
    found = settings.load(places)
    assert (found.text_percent, found.language, found.role) == (100, "ar", Role.CARRIER)


def test_a_language_that_could_end_its_text_is_not_written(places: Places) -> None:
    settings.store(places, Settings(language='x"\nrole = "carrier'))
    assert settings.load(places) == Settings()
