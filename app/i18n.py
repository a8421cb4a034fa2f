"""Words in the person's language: one gettext catalogue for windows, documents and vocabularies.

`_` and its like answer in the window's language, set once by `use`. A document in another
language asks for its own `Texts`. The language is always named by a tag (`ar`, `zh_Hant`), never
taken from the environment, which is scrubbed at start. What is not translated shows in English.
"""

from __future__ import annotations

import gettext as _gettext
import struct
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from app import termlists

ENGLISH = "en"

_RIGHT_TO_LEFT_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language Hoopoe can show.

    `native_name` is in its own script. `checked`: a native speaker has read the translation.
    """

    tag: str
    native_name: str
    checked: bool
    right_to_left: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of one language; English where a word is not translated, never a blank.

    The methods bear the names that extraction looks for: `texts.gettext("...")` is found.
    """

    tag: str
    catalogue: _gettext.NullTranslations = field(repr=False, compare=False)

    @property
    def right_to_left(self) -> bool:
        """Whether this language is written from the right."""
        return right_to_left(self.tag)

    def gettext(self, message: str) -> str:
        """The translation of an English source text."""
        # gettext keeps its own header under the empty message
        return self.catalogue.gettext(message) if message else ""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The form for this count; the caller fills the placeholders."""
        return self.catalogue.ngettext(one, many, count)

    def pgettext(self, context: str, message: str) -> str:
        """The translation of a text that means different things in different places."""
        return self.catalogue.pgettext(context, message) if message else ""

    def term(self, vocabulary: str, code: str) -> str:
        """The label of a vocabulary term; the bare key where this version does not know it.

        Raises UnknownVocabulary.
        """
        found = termlists.get(vocabulary).find(code)
        return code if found is None else self.pgettext(f"vocab:{vocabulary}", found.label)

    def definition(self, vocabulary: str, code: str) -> str:
        """What a vocabulary term means; empty where this version does not know it.

        Raises UnknownVocabulary.
        """
        found = termlists.get(vocabulary).find(code)
        if found is None:
            return ""
        return self.pgettext(f"vocab:{vocabulary}:definition", found.definition)

    def title(self, vocabulary: str) -> str:
        """The name of a whole vocabulary. Raises UnknownVocabulary."""
        return self.pgettext(f"vocab:{vocabulary}:title", termlists.get(vocabulary).title)


def N_(message: str) -> str:  # noqa: N802 - the name that extraction tools know
    """Mark an English text for translation where it is defined; translate with `_` where shown."""
    return message


def _(message: str) -> str:
    """The message in the window's language."""
    return _window.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form for this count in the window's language; the caller fills the placeholders."""
    return _window.ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """The message, as meant in this context, in the window's language."""
    return _window.pgettext(context, message)


def term(vocabulary: str, code: str) -> str:
    """The label of a vocabulary term in the window's language (see `Texts.term`)."""
    return _window.term(vocabulary, code)


def use(tag: str) -> None:
    """Set the window's language. English where the tag is not a language we have."""
    use_texts(texts(tag))


def use_texts(chosen: Texts) -> None:
    """Set the window's words themselves; for a catalogue outside resources/locale."""
    global _window
    _window = chosen


def window() -> Texts:
    """The words of the window's language."""
    return _window


@cache
def texts(tag: str) -> Texts:
    """The words of this language, or English under the English tag where we have none."""
    for candidate in _broader(tag):
        catalogue = read_catalogue(files("resources") / "locale" / candidate)
        if catalogue is not None:
            return Texts(tag=candidate, catalogue=catalogue)
    return Texts(tag=ENGLISH, catalogue=_gettext.NullTranslations())


@cache
def languages() -> tuple[Language, ...]:
    """English, then every language with a built catalogue in resources/locale, by tag."""
    folder = files("resources") / "locale"
    found = [Language(tag=ENGLISH, native_name="English", checked=True, right_to_left=False)]
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else []
    for entry in entries:
        catalogue = read_catalogue(entry)
        if catalogue is not None and entry.name != ENGLISH:
            found.append(describe(entry))
    return tuple(found)


def best(wanted: Iterable[str]) -> str:
    """The tag of the first language asked for that we have; English if none."""
    known = {language.tag for language in languages()}
    for tag in wanted:
        for candidate in _broader(tag):
            if candidate in known:
                return candidate
    return ENGLISH


def right_to_left(tag: str) -> bool:
    """Whether a language is written from the right, by its script if the tag names one."""
    language, *rest = tag.replace("-", "_").lower().split("_")
    scripts = [part for part in rest if len(part) == 4]
    if scripts:
        return scripts[0] in _RIGHT_TO_LEFT_SCRIPTS
    return language in _RIGHT_TO_LEFT_LANGUAGES


def native_name(tag: str) -> str:
    """The language's name in its own script; the tag itself where we do not have it."""
    return next((each.native_name for each in languages() if each.tag == tag), tag)


def describe(folder: Traversable) -> Language:
    """What `<folder>/language.toml` says: native_name, and checked = true once it was read.

    Nothing said counts as not checked: a draft must never pass for a reviewed text.
    """
    about = folder / "language.toml"
    said = tomllib.loads(about.read_text(encoding="utf-8")) if about.is_file() else {}
    return Language(
        tag=folder.name,
        native_name=str(said.get("native_name", folder.name)),
        checked=said.get("checked") is True,
        right_to_left=right_to_left(folder.name),
    )


def read_catalogue(folder: Traversable) -> _gettext.NullTranslations | None:
    """The built catalogue in `<folder>/LC_MESSAGES/messages.mo`; None if missing or damaged."""
    built = folder / "LC_MESSAGES" / "messages.mo"
    if not built.is_file():
        return None
    try:
        with built.open("rb") as stream:
            return _gettext.GNUTranslations(stream)
    except (OSError, ValueError, struct.error):
        # a program that cannot show Arabic must still open the vault, in English
        return None


def _broader(tag: str) -> Iterable[str]:
    """`zh-Hant-TW` gives zh_Hant_TW, zh_Hant, zh: from exact to general."""
    parts = [part for part in tag.replace("-", "_").split("_") if part.isalnum()]
    for count in range(len(parts), 0, -1):
        yield "_".join(parts[:count])


_window = Texts(tag=ENGLISH, catalogue=_gettext.NullTranslations())
