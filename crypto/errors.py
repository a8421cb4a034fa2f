"""Every failure of the crypto layer: one root, typed leaves, each with facts and no sentence.

A leaf says which rule was broken, never what a key or a plaintext looked like. The wording for
people is in app/messages.py. Leaves are not frozen: the interpreter sets `__traceback__` on them.
"""

from __future__ import annotations

from dataclasses import dataclass


class CryptoError(Exception):
    """The root of what this layer refuses."""


# --- keys, sealed values, slots ---------------------------------------------------------------


class WrongKey(CryptoError):
    """The key or passphrase does not open this, or the sealed bytes were altered.

    The two cannot be told apart without the right key, so they are one error.
    """


@dataclass(eq=False)
class LastSlot(CryptoError):
    """Removing this slot (0..15) would leave no way to open the vault."""

    slot: int


@dataclass(eq=False)
class PassphraseTaken(CryptoError):
    """Slot `slot` opens with this passphrase already; two such slots could not be told apart."""

    slot: int


@dataclass(eq=False)
class NoFreeSlot(CryptoError):
    """Every slot (of `slots`) is in the list of used ones: there is no room for one more."""

    slots: int


@dataclass(eq=False)
class UnusablePassphrase(CryptoError):
    """`rule` is one of "empty", "too long" or "not text" (a lone surrogate)."""

    rule: str


@dataclass(eq=False)
class UnusablePhrase(CryptoError):
    """`rule`: "words" (not twelve), "unknown" (`word`, from 1, is in no list), "checksum"."""

    rule: str
    word: int


@dataclass(eq=False)
class UnusableShare(CryptoError):
    """`rule`: "words" (`word`, from 1, is not of the list, or 0: their number), "checksum" (one is
    another than it was), "kind" (well-formed, but not of the kind that this program makes)."""

    rule: str
    word: int


class SharesDiffer(CryptoError):
    """These shares are not of one set, or one of them is twice there or was forged."""


@dataclass(eq=False)
class TooFewShares(CryptoError):
    """`needed` shares open it, `given` were given."""

    needed: int
    given: int


# --- grammar and digests ----------------------------------------------------------------------


@dataclass(eq=False)
class Malformed(CryptoError):
    """`part` names the element of the format's grammar that the bytes do not follow."""

    part: str


@dataclass(eq=False)
class Unsupported(CryptoError):
    """A well-formed `part` carries a version or an algorithm this program does not know."""

    part: str
    value: int


@dataclass(eq=False)
class Damaged(CryptoError):
    """`part` does not match the digest that travels with it."""

    part: str


@dataclass(eq=False)
class TooCostly(CryptoError):
    """Numbers from outside ask for more work or memory than the ceiling in `part` allows."""

    part: str
    value: int
    limit: int


@dataclass(eq=False)
class TooCheap(CryptoError):
    """A cost for something new lies under the floor: an attacker's search would be too cheap."""

    part: str
    value: int
    limit: int


@dataclass(eq=False)
class NotEnoughMemory(CryptoError):
    """The system refused the `memory_kib` KiB that the cost needs: nothing was tried."""

    memory_kib: int


# --- signatures -------------------------------------------------------------------------------


@dataclass(eq=False)
class BadSignature(CryptoError):
    """The signature does not hold. `rule` is one of "key id", "message", "comment", "purpose"."""

    rule: str


# --- age --------------------------------------------------------------------------------------


@dataclass(eq=False)
class MalformedHeader(CryptoError):
    """An age header, or a stanza in it, is not of the grammar; `part` names the element."""

    part: str


class BadHeaderMac(CryptoError):
    """A file key was found, but the header is not the one that was made with it."""


class NoIdentityMatches(CryptoError):
    """None of the identities opens any stanza: the file is for somebody else."""


class MixedRecipients(CryptoError):
    """One file for recipients that must not share one: it would be as weak as the weakest."""


@dataclass(eq=False)
class DamagedPayload(CryptoError):
    """The payload is not authentic from chunk `chunk` (0-based) on, or it was cut."""

    chunk: int


@dataclass(eq=False)
class MalformedArmor(CryptoError):
    """The ASCII armor is not canonical; `part` names the element."""

    part: str


@dataclass(eq=False)
class MalformedKey(CryptoError):
    """A recipient or identity text is not of the grammar. `part` never repeats the text."""

    part: str


# --- start-up ---------------------------------------------------------------------------------


@dataclass(eq=False)
class SelfTestFailed(CryptoError):
    """A primitive gave another answer than the published one: nothing may be opened or sealed."""

    primitive: str
