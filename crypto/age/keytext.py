"""Reading recipients and identities as people write them down."""

from __future__ import annotations

from crypto.age import bech32, hybrid, x25519
from crypto.age.hybrid import HybridIdentity, HybridRecipient
from crypto.age.x25519 import X25519Identity, X25519Recipient
from crypto.errors import MalformedKey
from crypto.secret import Secret


def parse_recipient(text: str) -> X25519Recipient | HybridRecipient:
    """Return the recipient written as `age1…` or `age1pq1…`, in one case (a QR code has upper).

    Raises MalformedKey: part "kind" for something else, also for other age recipient types.
    """
    hrp, content = bech32.decode(text)
    if hrp == hybrid.RECIPIENT_HRP:
        return HybridRecipient.of(content)
    if hrp == x25519.RECIPIENT_HRP:
        return X25519Recipient.of(content)
    raise MalformedKey("kind")


def parse_identity(text: str) -> X25519Identity | HybridIdentity:
    """Return the identity written as `AGE-SECRET-KEY-1…` or `AGE-SECRET-KEY-PQ-1…`.

    Raises MalformedKey: part "kind" for something else.
    """
    hrp, content = bech32.decode(text)
    if hrp == hybrid.IDENTITY_HRP:
        return HybridIdentity(Secret.of(content))
    if hrp == x25519.IDENTITY_HRP:
        return X25519Identity(Secret.of(content))
    raise MalformedKey("kind")


def parse_identity_file(text: str) -> list[X25519Identity | HybridIdentity]:
    """Return the identities of a file as age-keygen writes it: one a line, `#` starts a comment.

    Raises MalformedKey, also (part "identity file") when there is none.
    """
    lines = (line.strip() for line in text.splitlines())
    identities = [parse_identity(line) for line in lines if line and not line.startswith("#")]
    if not identities:
        raise MalformedKey("identity file")
    return identities
