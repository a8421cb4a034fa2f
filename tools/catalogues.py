"""Message catalogues on disk: extract the template, read and write .po, build .mo."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = LOCALE / "messages.pot"

_METHODS = [
    ("app/**.py", "python"),
    ("ui/**.py", "python"),
    ("resources/vocab/**.toml", "tools.extract_vocab:extract"),
]
# one date for ever: two extractions of the same texts are the same bytes
_DATE = datetime(2026, 1, 1, tzinfo=UTC)
_WIDTH = 100
# Babel counts 11 to 99 last for Arabic; every other tool, and CLDR, has "other" last
_PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5;"
}
_HEADER = """\
# The texts of Hoopoe. Made by `make strings` from the English ones in the code and vocabularies.
# Whether a native speaker has checked this language is said in language.toml beside it."""


def empty(tag: str | None = None) -> Catalog:
    """A catalogue without messages, for this language or (None) for the template."""
    catalogue = Catalog(
        locale=tag,
        project="Hoopoe",
        version="-",
        copyright_holder="-",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        charset="utf-8",
        creation_date=_DATE,
        revision_date=_DATE,
        fuzzy=False,
    )
    if tag in _PLURALS:
        catalogue.mime_headers = [("Plural-Forms", _PLURALS[tag])]
    return catalogue


def extract(root: Path = ROOT) -> Catalog:
    """All texts of the program under `root`, sorted; where each occurs, without line numbers."""
    catalogue = empty()
    for folder in ("app", "ui", "resources"):
        found = extract_from_dir(
            root / folder,
            method_map=[
                (pattern.removeprefix(f"{folder}/"), method)
                for pattern, method in _METHODS
                if pattern.startswith(f"{folder}/")
            ],
            keywords=DEFAULT_KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for name, _line, message, comments, context in found:
            catalogue.add(
                message,
                locations=[(f"{folder}/{Path(name).as_posix()}", 0)],
                auto_comments=comments,
                context=context,
            )
    return catalogue


def messages(catalogue: Catalog) -> list[Message]:
    """All messages but the header, which gettext keeps under the empty text."""
    return [message for message in catalogue if message.id]


def identities(catalogue: Catalog) -> set[tuple[str, ...]]:
    """What tells messages apart: context, text, and the plural text where there is one."""
    return {(message.context or "", *forms(message.id)) for message in messages(catalogue)}


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """One text or several plural forms, as a tuple; nothing at all as one empty text."""
    if text is None:
        return ("",)
    return (text,) if isinstance(text, str) else tuple(text)


def is_vocabulary(message: Message) -> bool:
    """Whether a message comes from a vocabulary rather than from the program."""
    return (message.context or "").startswith("vocab:")


def sources() -> list[Path]:
    """Every translation there is: resources/locale/<tag>/LC_MESSAGES/messages.po."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/messages.po"))


def tag_of(path: Path) -> str:
    """The language of a translation, from its folder."""
    return path.parent.parent.name


def read(path: Path, tag: str | None = None) -> Catalog:
    """A .po or .pot file. Raises babel's PoFileError where it is malformed."""
    with path.open("rb") as stream:
        return read_po(stream, locale=tag, abort_invalid=True)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a .po or .pot file, sorted, so that a change shows as a change of few lines."""
    catalogue.creation_date = _DATE
    catalogue.header_comment = _HEADER
    buffer = BytesIO()
    write_po(buffer, catalogue, width=_WIDTH, sort_output=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())


def build(catalogue: Catalog, path: Path) -> None:
    """Write a .mo file. Guessed (fuzzy) translations stay out: English is safer than a guess."""
    buffer = BytesIO()
    write_mo(buffer, catalogue, use_fuzzy=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue())
