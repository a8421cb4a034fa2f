"""What a command altered, so that a page knows whether to look again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The record kinds (and other subjects: contact, bundle, receipt, setting) that changed."""

    kinds: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *kinds: str) -> Changes:
        return cls(kinds=frozenset(kinds))

    def __or__(self, other: Changes) -> Changes:
        return Changes(kinds=self.kinds | other.kinds)
