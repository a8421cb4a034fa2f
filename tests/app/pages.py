"""Reads every page of a closed vault's database by the published format, not by our code.

SQLCipher 4 with a raw key: AES-256-CBC over 4,096-byte pages, the last 80 bytes of each its IV and
HMAC; what SQLite would never show (moved and freed bytes) is in the answer too.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.vault import DATABASE, SLOT_FILE, keys_of
from crypto import slotfile, slots
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE

_PAGE = 4096
_RESERVED = 80
_IV = 16
_SALT = 16


def decrypted(folder: Path) -> bytes:
    """The plain bytes of all pages, one after the other."""
    found = slotfile.parse((folder / SLOT_FILE).read_bytes())
    with slots.unlock(found.slots, Passphrase.of(PASSPHRASE)).vault_key as vault_key:
        key, salt = keys_of(vault_key)
        with key, salt:
            aes = algorithms.AES(key.expose())
            content = (folder / DATABASE).read_bytes()
            return b"".join(
                _page(content[at : at + _PAGE], aes, _SALT if at == 0 else 0)
                for at in range(0, len(content), _PAGE)
            )


def _page(page: bytes, aes: algorithms.AES, start: int) -> bytes:
    end = _PAGE - _RESERVED
    cipher = Cipher(aes, modes.CBC(page[end : end + _IV]))
    return cipher.decryptor().update(page[start:end])
