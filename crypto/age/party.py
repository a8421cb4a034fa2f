"""What a file is sealed to, and what opens it: the two roles every recipient type fills."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from crypto.age import rawbase64
from crypto.age.header import Stanza
from crypto.age.primitives import WRAPPED_SIZE
from crypto.errors import MalformedHeader
from crypto.secret import Secret


class Company(Enum):
    """With whom a recipient may share a file: only with others of the same value."""

    POST_QUANTUM = "post-quantum"
    CLASSIC = "classic"
    ALONE = "alone"


class Recipient(Protocol):
    """Somebody a file can be sealed to."""

    @property
    def company(self) -> Company: ...

    def wrap(self, file_key: Secret) -> Stanza:
        """Return a fresh stanza with the 16-byte file key in it."""
        ...


class Identity(Protocol):
    """Something that opens stanzas."""

    def unwrap(self, stanzas: Sequence[Stanza]) -> Secret | None:
        """Return the file key, or None when no stanza is for this identity.

        Raises MalformedHeader when a stanza of its own type breaks that type's rules, whoever
        the stanza is for; TooCostly when one asks for more work than the ceiling.
        """
        ...


def argument_bytes(stanza: Stanza, at: int, size: int) -> bytes:
    """Return argument `at`, decoded. Raises MalformedHeader unless it is exactly `size` bytes."""
    part = f"{stanza.type} argument"
    content = rawbase64.decode(stanza.arguments[at], part)
    if len(content) != size:
        raise MalformedHeader(part)
    return content


def check_shape(stanza: Stanza, arguments: int) -> None:
    """Refuse another number of arguments, and a body that is not one wrapped file key.

    The body's length is checked before any decryption, against partitioning oracles (age.md).
    """
    if len(stanza.arguments) != arguments:
        raise MalformedHeader(f"{stanza.type} arguments")
    if len(stanza.body) != WRAPPED_SIZE:
        raise MalformedHeader(f"{stanza.type} body")
