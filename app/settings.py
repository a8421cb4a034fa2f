"""Preferences of this computer: how the program looks and when it locks. Nothing about cases.

One small TOML file that anybody who has the computer can read. So it holds no path, no name, no
list of what was opened; the one text in it is a title for the window, if somebody typed one.
Whatever in it is not as it should be counts as not set: a damaged file must not keep somebody from
their vault.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from app import files
from app.errors import NotThere, TooBig
from app.paths import Places

MAX_FILE_BYTES: Final = 16 * 1024
TEXT_PERCENT_LOWEST: Final = 80
TEXT_PERCENT_HIGHEST: Final = 200
IDLE_MINUTES_LOWEST: Final = 1
IDLE_MINUTES_HIGHEST: Final = 15
TITLE_LENGTH: Final = 40
"""Characters, at most, in a title for the window that somebody typed."""

_JOINERS: Final = str.maketrans("", "", "\u200c\u200d")
"""Unseen, and yet part of how words of several scripts are spelt."""


class Theme(StrEnum):
    """How windows are coloured."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Role(StrEnum):
    """Which pages come first. The last choice tells little: everybody may look at every role."""

    RECORDER = "recorder"
    CARRIER = "carrier"
    ORGANISATION = "organisation"


class EraseKeys(StrEnum):
    """What holding the keys that erase the open vault does (ui/panic.py)."""

    OFF = "off"
    HELD = "held"
    TWICE = "twice"


class Title(StrEnum):
    """What the window is called in lists of windows: one of these, or what was typed (OWN)."""

    NOTES = "notes"
    DOCUMENTS = "documents"
    LISTS = "lists"
    OWN = "own"


Choice = TypeVar("Choice", Theme, Role, EraseKeys, Title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The preferences. `language`: a tag such as `ar`, "" for the system's; `text_percent`: size of
    text; `idle_minutes`: until the vault locks; `role`: None until one was chosen; `erase_keys`:
    what the keys that erase the open vault do; `calendar`: the key of the one dates begin in;
    `title`: of the window; `own_title`: the text of it when it is OWN, else ""."""

    language: str = ""
    theme: Theme = Theme.SYSTEM
    text_percent: int = 100
    idle_minutes: int = 3
    role: Role | None = None
    erase_keys: EraseKeys = EraseKeys.HELD
    calendar: str = "gregorian"
    title: Title = Title.NOTES
    own_title: str = ""


def load(places: Places) -> Settings:
    """The preferences as they were kept, each at its default where it is missing or not sensible.

    Raises NotReadable, MediumFailed.
    """
    try:
        content = files.read_small(places.settings_file, limit=MAX_FILE_BYTES)
    except (NotThere, TooBig):
        return Settings()
    try:
        found = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings()
    usual = Settings()
    own = title_of(str(found.get("own_title", "")))
    title = _choice(Title, found.get("title"), usual.title)
    if title is Title.OWN and not own:
        title = usual.title
    return Settings(
        language=_tag(found.get("language"), usual.language),
        theme=_choice(Theme, found.get("theme"), usual.theme),
        text_percent=_within(
            found.get("text_percent"),
            TEXT_PERCENT_LOWEST,
            TEXT_PERCENT_HIGHEST,
            usual.text_percent,
        ),
        idle_minutes=_within(
            found.get("idle_minutes"),
            IDLE_MINUTES_LOWEST,
            IDLE_MINUTES_HIGHEST,
            usual.idle_minutes,
        ),
        role=_role(found.get("role")),
        erase_keys=_choice(EraseKeys, found.get("erase_keys"), usual.erase_keys),
        calendar=_tag(found.get("calendar"), "") or usual.calendar,
        title=title,
        own_title=own if title is Title.OWN else "",
    )


def store(places: Places, settings: Settings) -> None:
    """Keep the preferences: the old file or the new one, whatever stops the program.

    Raises NotWritable, NoRoom, MediumFailed.
    """
    lines = [
        f'language = "{_tag(settings.language, "")}"',
        f'theme = "{settings.theme.value}"',
        f"text_percent = {settings.text_percent:d}",
        f"idle_minutes = {settings.idle_minutes:d}",
        f'erase_keys = "{settings.erase_keys.value}"',
        f'calendar = "{_tag(settings.calendar, "")}"',
    ]
    if settings.role is not None:
        lines.append(f'role = "{settings.role.value}"')
    if settings.title is not Title.NOTES:
        lines.append(f'title = "{settings.title.value}"')
    if settings.title is Title.OWN:
        lines.append(f'own_title = "{_quoted(title_of(settings.own_title))}"')
    files.make_private_folder(places.settings)
    with files.replacing(places.settings_file) as file:
        file.write(("\n".join(lines) + "\n").encode("utf-8"))


def title_of(typed: str) -> str:
    """What was typed as a title for the window, as it is shown and kept: one line of at most
    TITLE_LENGTH characters without anything unseen but joiners; "" where nothing can be seen."""
    line = " ".join(typed.split())
    kept = "".join(each for each in line if each.translate(_JOINERS).isprintable())
    kept = kept[:TITLE_LENGTH].strip()
    return kept if kept.translate(_JOINERS).strip() else ""


def _quoted(title: str) -> str:
    """As it stands in a basic string of TOML; nothing but these two could end it."""
    return title.replace("\\", "\\\\").replace('"', '\\"')


def _tag(value: object, usual: str) -> str:
    """Letters, digits and hyphens: nothing that could end the text in the file."""
    if not isinstance(value, str) or len(value) > 35:
        return usual
    plain = value.replace("-", "").replace("_", "")
    return value if value == "" or (plain.isascii() and plain.isalnum()) else usual


def _choice(choices: type[Choice], value: object, usual: Choice) -> Choice:
    try:
        return choices(str(value))
    except ValueError:
        return usual


def _role(value: object) -> Role | None:
    try:
        return Role(str(value))
    except ValueError:
        return None


def _within(value: object, lowest: int, highest: int, usual: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        return usual
    return value
