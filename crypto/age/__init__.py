"""age v1 (age-encryption.org/v1, C2SP age.md), written on cryptography's primitives.

`encrypt` and `decrypt` are all that most of the program needs; stock age opens what the first
makes, and the second opens what stock age makes. One file, one concept:

- `agefile`: header and payload together; `inspect` shows what a courier sees without a key.
- `header`: the grammar, with ceilings. One form a header, so none can be changed and still pass.
- `chunks`, `stream`, `seekable`: the payload. Chunks cannot be swapped, dropped or cut unseen, and
  nothing of a chunk is given out before it is authenticated. Evidence at rest uses the same.
- `primitives`: header MAC, payload key, file-key wrapping.
- `hybrid`, `x25519`, `scrypt`: the recipient types. Bodies are 32 bytes or refused (partitioning
  oracles); shares of low order are refused (a key exchange that anybody can finish).
- `party`: what recipients and identities have in common, and who may share a file.
- `keytext`, `bech32`, `rawbase64`, `armor`: how all of it is written down, in one spelling.
- `flow`: where bytes come from and go to.

What age does not give: it says nothing about who sealed a file (signatures do), and whoever gets
an identity later opens every file ever sealed to it.
"""

from __future__ import annotations

from crypto.age.agefile import (
    Outside,
    decrypt,
    decrypt_seekable,
    encrypt,
    inspect,
    payload_arithmetic,
)
from crypto.age.armor import ArmorReader, ArmorWriter
from crypto.age.hybrid import HybridIdentity, HybridRecipient
from crypto.age.keytext import parse_identity, parse_identity_file, parse_recipient
from crypto.age.party import Company, Identity, Recipient
from crypto.age.scrypt import PassphraseIdentity, PassphraseRecipient
from crypto.age.seekable import SeekableReader
from crypto.age.stream import StreamReader, StreamWriter
from crypto.age.x25519 import X25519Identity, X25519Recipient

__all__ = [
    "ArmorReader",
    "ArmorWriter",
    "Company",
    "HybridIdentity",
    "HybridRecipient",
    "Identity",
    "Outside",
    "PassphraseIdentity",
    "PassphraseRecipient",
    "Recipient",
    "SeekableReader",
    "StreamReader",
    "StreamWriter",
    "X25519Identity",
    "X25519Recipient",
    "decrypt",
    "decrypt_seekable",
    "encrypt",
    "inspect",
    "parse_identity",
    "parse_identity_file",
    "parse_recipient",
    "payload_arithmetic",
]
