"""The controlled vocabularies as data: resources/vocab/*.toml, in English, read when asked for.

Words in the window's language are in app.vocabulary. A file is

    title = "..."            source = "..."
    [terms.KEY]              label, definition, parent (the key of a group), group (true: a heading)
    [retired.KEY]            the same, and `replaced_by`: can be read and counted, not chosen

The order of the file is the order shown. Keys are stored in records, so none is ever renamed,
reused or removed (domain D-12; tests/app/codes.txt).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NewType

TermCode = NewType("TermCode", str)
"""The key of one term within its list: lower_snake ASCII."""


class UnknownVocabulary(LookupError):
    """No list has this name: a mistake in the program, never in a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term. `label` and `definition` are the English source texts."""

    code: TermCode
    label: str
    definition: str
    parent: TermCode | None
    group: bool
    retired: bool
    replaced_by: TermCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """One list. `terms` can be chosen (groups among them); `retired` can only be read."""

    name: str
    title: str
    source: str
    terms: tuple[Term, ...]
    retired: tuple[Term, ...]
    by_code: Mapping[str, Term] = field(repr=False, compare=False)

    def find(self, code: str) -> Term | None:
        """The term with this key, retired or not; None for a key this version does not know."""
        return self.by_code.get(code)

    def can_choose(self, code: str) -> bool:
        """Whether a record may newly take this key: known and not retired.

        A group can be chosen: the detail may not be known yet.
        """
        term = self.find(code)
        return term is not None and not term.retired

    @property
    def groups(self) -> tuple[Term, ...]:
        """The headings, in order; empty for a flat list."""
        return tuple(term for term in self.terms if term.group)

    def children(self, code: str | None) -> tuple[Term, ...]:
        """The terms directly under this one; under None, the top level."""
        return tuple(term for term in self.terms if term.parent == code)


@cache
def names() -> tuple[str, ...]:
    """The names of all lists, sorted."""
    folder = files("resources") / "vocab"
    return tuple(
        sorted(
            entry.name.removesuffix(".toml")
            for entry in folder.iterdir()
            if entry.name.endswith(".toml")
        )
    )


@cache
def get(name: str) -> Vocabulary:
    """The list of this name, read once. Raises UnknownVocabulary."""
    if name not in names():
        raise UnknownVocabulary(name)
    text = (files("resources") / "vocab" / f"{name}.toml").read_text(encoding="utf-8")
    return parse(name, text)


def parse(name: str, text: str) -> Vocabulary:
    """A list from the text of its file (shape: this module's docstring)."""
    table = tomllib.loads(text)
    terms = tuple(_term(code, row, retired=False) for code, row in table["terms"].items())
    retired = tuple(
        _term(code, row, retired=True) for code, row in table.get("retired", {}).items()
    )
    return Vocabulary(
        name=name,
        title=str(table["title"]),
        source=str(table["source"]),
        terms=terms,
        retired=retired,
        by_code=MappingProxyType({term.code: term for term in (*terms, *retired)}),
    )


def _term(code: str, row: dict[str, object], *, retired: bool) -> Term:
    return Term(
        code=TermCode(code),
        label=str(row["label"]),
        definition=str(row.get("definition", "")),
        parent=_code(row.get("parent")),
        group=row.get("group") is True,
        retired=retired,
        replaced_by=_code(row.get("replaced_by")),
    )


def _code(value: object) -> TermCode | None:
    return None if value is None else TermCode(str(value))
