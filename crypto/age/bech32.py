"""Bech32 (BIP173) without its length limit: how recipients and identities are written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from crypto.errors import MalformedKey

ALPHABET: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKSUM_LENGTH: Final = 6
LENGTH_LIMIT: Final = 4096  # twice the longest key there is (age1pq: 1,959 characters)


def encode(hrp: str, content: bytes) -> str:
    """Return `content` under the lower case human-readable part `hrp`, in lower case."""
    values = _to_fives(content)
    check = _polymod([*_expanded(hrp), *values, *([0] * CHECKSUM_LENGTH)]) ^ 1
    sums = [check >> 5 * (CHECKSUM_LENGTH - 1 - i) & 31 for i in range(CHECKSUM_LENGTH)]
    return hrp + "1" + "".join(ALPHABET[value] for value in [*values, *sums])


def decode(text: str) -> tuple[str, bytes]:
    """Return the human-readable part, in lower case, and the bytes.

    Raises MalformedKey with part "length", "case", "characters", "separator", "checksum" or
    "padding". The checksum finds typing errors; it is no defence against an attacker.
    """
    if len(text) > LENGTH_LIMIT:
        raise MalformedKey("length")
    # str.lower folds a few foreign letters (the Kelvin sign) into ASCII: refuse those first.
    if not text.isascii() or not all("!" <= character <= "~" for character in text):
        raise MalformedKey("characters")
    lower = text.lower()
    if text not in (lower, text.upper()):
        raise MalformedKey("case")
    hrp, separator, tail = lower.rpartition("1")
    if not separator or not hrp or len(tail) < CHECKSUM_LENGTH:
        raise MalformedKey("separator")
    try:
        values = [VALUES[character] for character in tail]
    except KeyError:
        # Without `from None` the report would carry a character of a secret key.
        raise MalformedKey("characters") from None
    if _polymod([*_expanded(hrp), *values]) != 1:
        raise MalformedKey("checksum")
    return hrp, _from_fives(values[:-CHECKSUM_LENGTH])


def _expanded(hrp: str) -> list[int]:
    codes = hrp.encode("ascii")
    return [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(GENERATOR):
            if top >> bit & 1:
                checksum ^= term
    return checksum


def _to_fives(content: bytes) -> list[int]:
    spare = -len(content) * 8 % 5
    number = int.from_bytes(content, "big") << spare
    count = (len(content) * 8 + spare) // 5
    return [number >> 5 * (count - 1 - i) & 31 for i in range(count)]


def _from_fives(values: list[int]) -> bytes:
    size, spare = divmod(len(values) * 5, 8)
    number = 0
    for value in values:
        number = number << 5 | value
    # A whole unused character, or a set bit in the unused ones, would be a second spelling.
    if spare >= 5 or number & (1 << spare) - 1:
        raise MalformedKey("padding")
    return (number >> spare).to_bytes(size, "big")
