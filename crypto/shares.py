"""A secret in shares of which any `needed` give it back: SLIP-0039, one group, no passphrase.

Fewer shares tell nothing about the secret, not even to somebody with all the time in the world.
The arithmetic is that of the package shamir-mnemonic, the reference of the standard. It says of
itself that it is not hardened against somebody who measures this computer while it computes; here
that is one process without a network, for moments. Numbers in a share have a ceiling before the
work: SLIP-0039 lets a share ask for half an hour.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share as Parsed
from shamir_mnemonic.wordlist import WORD_INDEX_MAP

from crypto.errors import SharesDiffer, TooFewShares, UnusableShare
from crypto.secret import Passphrase, Secret

SHARE_WORDS: Final = 20
FEWEST_NEEDED: Final = 2
MOST_SHARES: Final = 16
_SECRET_BYTES: Final = 16
_EXPONENT: Final = 0
_HIGHEST_EXPONENT: Final = 4
_LONGEST_TEXT: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one share says of itself. `number` (from 1) among its set; `needed` open it."""

    words: str
    set_number: int
    number: int
    needed: int


def split(needed: int, count: int) -> tuple[tuple[str, ...], Passphrase]:
    """New shares, and what any `needed` of them give together: what opens a slot.

    Raises ValueError outside 2 <= needed <= count <= 16.
    """
    if not FEWEST_NEEDED <= needed <= count <= MOST_SHARES:
        raise ValueError((needed, count))
    secret = secrets.token_bytes(_SECRET_BYTES)
    (made,) = generate_mnemonics(1, [(needed, count)], secret, iteration_exponent=_EXPONENT)
    return tuple(made), _passphrase(secret)


def read(text: str) -> Share:
    """What one share says of itself. Raises UnusableShare."""
    words = text.casefold().split() if len(text) <= _LONGEST_TEXT else []
    for at, word in enumerate(words, 1):
        if word not in WORD_INDEX_MAP:
            raise UnusableShare("words", at)
    if len(words) != SHARE_WORDS:
        raise UnusableShare("words", 0)
    whole = " ".join(words)
    try:
        parsed = Parsed.from_mnemonic(whole)
    except MnemonicError:
        # Without `from None` the report would carry the first words of the share.
        raise UnusableShare("checksum", 0) from None
    if parsed.group_count != 1 or parsed.iteration_exponent > _HIGHEST_EXPONENT:
        raise UnusableShare("kind", 0)
    return Share(
        words=whole,
        set_number=parsed.identifier,
        number=parsed.index + 1,
        needed=parsed.member_threshold,
    )


def join(texts: Sequence[str]) -> Passphrase:
    """What these shares give together. More than needed may be given; one given twice counts once.

    Raises UnusableShare, TooFewShares, SharesDiffer.
    """
    return _passphrase(joined(texts))


def joined(texts: Sequence[str], passphrase: bytes = b"") -> bytes:
    """The secret itself. `passphrase` is that of SLIP-0039, which our own shares do not have.

    Raises as `join` does.
    """
    found = {share.words: share for share in map(read, texts)}
    shares = list(found.values())
    if len({(share.set_number, share.needed) for share in shares}) > 1:
        raise SharesDiffer
    needed = shares[0].needed if shares else FEWEST_NEEDED
    if len(shares) < needed:
        raise TooFewShares(needed, len(shares))
    if len({share.number for share in shares}) < len(shares):
        raise SharesDiffer
    try:
        secret: bytes = combine_mnemonics([share.words for share in shares[:needed]], passphrase)
    except MnemonicError:
        raise SharesDiffer from None
    return secret


def _passphrase(secret: bytes) -> Passphrase:
    return Passphrase(secret=Secret(secret.hex().encode("ascii")))
