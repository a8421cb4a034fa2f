"""Base64 as age's headers use it: standard alphabet, no padding, one encoding per byte string."""

from __future__ import annotations

import binascii

from crypto.errors import MalformedHeader


def encode(content: bytes) -> str:
    """Return the unpadded base64 (RFC 4648 section 4) of `content`."""
    return binascii.b2a_base64(content, newline=False).rstrip(b"=").decode("ascii")


def decode(text: str, part: str) -> bytes:
    """Return what `text` encodes.

    Raises MalformedHeader(part) for padding, foreign characters and bits left over in the last
    character: a second spelling of the same bytes would let two different headers mean one thing.
    """
    try:
        content = binascii.a2b_base64(text + "=" * (-len(text) % 4), strict_mode=True)
    except ValueError:
        raise MalformedHeader(part) from None
    if encode(content) != text:
        raise MalformedHeader(part)
    return content
