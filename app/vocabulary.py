"""Controlled vocabularies in the window's language: what can be chosen, and how a key reads.

Only the lists asked for are read (69 lists; one takes about a millisecond). A document in another
language uses `Texts.term` of app.i18n. Unknown keys, from a newer copy, show as they are.
"""

from __future__ import annotations

from app import i18n
from app.termlists import Term, TermCode, UnknownVocabulary, Vocabulary, get, names

__all__ = [
    "Term",
    "TermCode",
    "UnknownVocabulary",
    "Vocabulary",
    "definition",
    "get",
    "label",
    "names",
    "title",
]


def label(vocabulary: str, code: str) -> str:
    """How a term is called; the bare key where it is not known. Raises UnknownVocabulary."""
    return i18n.window().term(vocabulary, code)


def definition(vocabulary: str, code: str) -> str:
    """What a term means; empty where it is not known. Raises UnknownVocabulary."""
    return i18n.window().definition(vocabulary, code)


def title(vocabulary: str) -> str:
    """How the whole list is called. Raises UnknownVocabulary."""
    return i18n.window().title(vocabulary)
