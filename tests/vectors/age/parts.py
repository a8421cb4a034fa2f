"""The pieces the age vectors are made of, from the specification and the primitives alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

FILES = Path(__file__).parent / "files"
FILE_KEY = b"a file key of 16"
NONCE = b"sixteen of nonce"
CONTENT = b"Seen at the gate, 14 March: two men in a white car.\n"
ONE, OTHER = b"\x11" * 32, b"\x77" * 32
CHUNK = 65536


@dataclass(frozen=True, kw_only=True)
class Vector:
    name: str
    expect: str
    comment: str
    body: bytes
    keys: tuple[str, ...]
    content: bytes | None = None
    armored: bool = False

    def write(self) -> None:
        lines = [f"expect: {self.expect}"]
        if self.content is not None:
            lines.append(f"payload: {hashlib.sha256(self.content).hexdigest()}")
        lines += [*self.keys, *(["armored: yes"] if self.armored else [])]
        lines += [f"comment: {self.comment}", "", ""]
        (FILES / self.name).write_bytes("\n".join(lines).encode() + self.body)


def hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def b64(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def stanza(words: list[bytes], body: bytes) -> bytes:
    text = b64(body)
    lines = [text[i : i + 64] for i in range(0, len(text) + 1, 64)]
    return b"-> " + b" ".join(words) + b"\n" + b"\n".join(lines) + b"\n"


def wrap(key: bytes, file_key: bytes = FILE_KEY) -> bytes:
    return ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)


def x25519_parts(to: bytes = ONE, file_key: bytes = FILE_KEY) -> tuple[bytes, bytes]:
    point = X25519PrivateKey.from_private_bytes(to).public_key().public_bytes_raw()
    ephemeral = X25519PrivateKey.from_private_bytes(hashlib.sha256(b"share" + to).digest())
    share = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(point))
    return share, wrap(hkdf(shared, share + point, b"age-encryption.org/v1/X25519"), file_key)


def x25519(to: bytes = ONE) -> bytes:
    share, body = x25519_parts(to)
    return stanza([b"X25519", b64(share)], body)


def hybrid_parts(to: bytes = ONE, file_key: bytes = FILE_KEY) -> tuple[bytes, bytes]:
    seed = hashlib.shake_256(to).digest(96)
    public = hpke.MLKEM768X25519PublicKey(
        MLKEM768PrivateKey.from_seed_bytes(seed[:64]).public_key(),
        X25519PrivateKey.from_private_bytes(seed[64:]).public_key(),
    )
    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
    sealed = suite.encrypt(file_key, public, info=b"age-encryption.org/mlkem768x25519")
    return sealed[:1120], sealed[1120:]


def hybrid(to: bytes = ONE) -> bytes:
    enc, body = hybrid_parts(to)
    return stanza([b"mlkem768x25519", b64(enc)], body)


def scrypt_parts(work: int = 10, file_key: bytes = FILE_KEY) -> tuple[bytes, bytes]:
    salt = b"salt of a vector"
    label = b"age-encryption.org/v1/scrypt"
    key = Scrypt(salt=label + salt, length=32, n=1 << work, r=8, p=1).derive(b"pass phrase")
    return salt, wrap(key, file_key)


def scrypt(work: bytes = b"10") -> bytes:
    salt, body = scrypt_parts()
    return stanza([b"scrypt", b64(salt), work], body)


def closed(*stanzas: bytes) -> bytes:
    """A header with its MAC."""
    covered = b"age-encryption.org/v1\n" + b"".join(stanzas) + b"---"
    mac = hmac.digest(hkdf(FILE_KEY, b"", b"header"), covered, "sha256")
    return covered + b" " + b64(mac) + b"\n"


def chunk(content: bytes, number: int, flag: int) -> bytes:
    key = hkdf(FILE_KEY, NONCE, b"payload")
    nonce = number.to_bytes(11, "big") + bytes([flag])
    return ChaCha20Poly1305(key).encrypt(nonce, content, None)


PAYLOAD = NONCE + chunk(CONTENT, 0, 1)


def bech32(hrp: str, content: bytes) -> str:
    alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    bits = "".join(f"{byte:08b}" for byte in content)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[i : i + 5], 2) for i in range(0, len(bits), 5)]
    check = 1
    low = hrp.lower().encode()
    for value in [*(c >> 5 for c in low), 0, *(c & 31 for c in low), *values, *[0] * 6]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term if top >> i & 1 else 0
    values += [(check ^ 1) >> 5 * (5 - i) & 31 for i in range(6)]
    return hrp + "1" + "".join(alphabet[value] for value in values).upper()


X_KEY = ("identity: " + bech32("AGE-SECRET-KEY-", ONE),)
H_KEY = ("identity: " + bech32("AGE-SECRET-KEY-PQ-", ONE),)
S_KEY = ("passphrase: pass phrase",)


def pem(content: bytes) -> bytes:
    text = base64.b64encode(content)
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    begin, end = b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----"
    return b"\n".join([begin, *lines, end, b""])
