"""The scrypt recipient type: a file sealed to a passphrase. Backups only, never bundles.

Source: C2SP age.md, "The scrypt recipient type", and RFC 7914.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Final, final

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from crypto.age import rawbase64
from crypto.age.header import Stanza
from crypto.age.party import Company, argument_bytes, check_shape
from crypto.age.primitives import KEY_SIZE, unwrap_file_key, wrap_file_key
from crypto.errors import MalformedHeader, TooCostly
from crypto.secret import Passphrase, Secret

STANZA_TYPE: Final = "scrypt"
SALT_SIZE: Final = 16

# Base-two logarithms of N. With r = 8 the memory is N KiB: 18 takes 256 MiB and about a second,
# as stock age writes; 22 takes 4 GiB, and a file that asks for more is an attack, not a file.
WORK_FACTOR: Final = 18
WORK_FACTOR_LIMIT: Final = 22

_SALT_LABEL: Final = b"age-encryption.org/v1/scrypt"
# No leading zeros (age.md); not thousands of digits either.
_WORK_FACTOR: Final = re.compile(r"[1-9][0-9]{0,8}")


@final
class PassphraseRecipient:
    """Seals to a passphrase. `work_factor` is the base-two logarithm of scrypt's N."""

    __slots__ = ("_passphrase", "_work_factor")

    def __init__(self, passphrase: Passphrase, work_factor: int = WORK_FACTOR) -> None:
        """Raises TooCostly for a work factor that no reader accepts."""
        if not 1 <= work_factor <= WORK_FACTOR_LIMIT:
            raise TooCostly("scrypt work factor", work_factor, WORK_FACTOR_LIMIT)
        self._passphrase = passphrase
        self._work_factor = work_factor

    @property
    def company(self) -> Company:
        return Company.ALONE

    def wrap(self, file_key: Secret) -> Stanza:
        """Return a stanza with a fresh salt. Takes 2^work_factor KiB of memory, about a second."""
        salt = os.urandom(SALT_SIZE)
        wrap_key = _wrap_key(self._passphrase, salt, self._work_factor)
        return Stanza(
            arguments=(STANZA_TYPE, rawbase64.encode(salt), str(self._work_factor)),
            body=wrap_file_key(wrap_key, file_key),
        )


@final
class PassphraseIdentity:
    """Opens what was sealed to this passphrase."""

    __slots__ = ("_passphrase",)

    def __init__(self, passphrase: Passphrase) -> None:
        self._passphrase = passphrase

    def unwrap(self, stanzas: Sequence[Stanza]) -> Secret | None:
        """Return the file key, or None: the passphrase is another, or there is no scrypt stanza.

        Raises MalformedHeader (see Identity), also when the stanza is not alone, and TooCostly
        above work factor 22 or for more memory than there is.
        """
        mine = [stanza for stanza in stanzas if stanza.type == STANZA_TYPE]
        if not mine:
            return None
        if len(stanzas) > 1:
            raise MalformedHeader("scrypt stanza")
        stanza = mine[0]
        check_shape(stanza, arguments=3)
        salt = argument_bytes(stanza, 1, SALT_SIZE)
        wrap_key = _wrap_key(self._passphrase, salt, _work_factor(stanza.arguments[2]))
        return unwrap_file_key(wrap_key, stanza.body)


def _work_factor(text: str) -> int:
    if not _WORK_FACTOR.fullmatch(text):
        raise MalformedHeader("scrypt work factor")
    value = int(text)
    if value > WORK_FACTOR_LIMIT:
        raise TooCostly("scrypt work factor", value, WORK_FACTOR_LIMIT)
    return value


def _wrap_key(passphrase: Passphrase, salt: bytes, work_factor: int) -> bytes:
    scrypt = Scrypt(salt=_SALT_LABEL + salt, length=KEY_SIZE, n=1 << work_factor, r=8, p=1)
    try:
        return scrypt.derive(passphrase.secret.expose())
    except MemoryError:
        raise TooCostly("scrypt memory", work_factor, WORK_FACTOR_LIMIT) from None
