"""What a person types where a passphrase is asked: a passphrase, or the recovery phrase."""

from __future__ import annotations

from crypto import recovery
from crypto.errors import UnusablePhrase
from crypto.secret import Passphrase


def passphrase(text: str) -> Passphrase:
    """What opens a slot. A whole recovery phrase counts in its one spelling, however it was typed.

    Raises UnusablePassphrase.
    """
    try:
        return Passphrase.of(recovery.canonical(text))
    except UnusablePhrase:
        return Passphrase.of(text)


def phrase(text: str) -> Passphrase:
    """What a recovery phrase opens, and nothing else. Raises UnusablePhrase."""
    return Passphrase.of(recovery.canonical(text))
