#!/usr/bin/env python3
"""Opens a sealed bundle or backup without Hoopoe: one file, Python 3.9 or later and `cryptography`.

    python3 recover.py -i key.txt -o out.tar FILE      with an identity file
    python3 recover.py -o out.tar FILE                 with a passphrase, which is asked for

Then, as a second step and not through a pipe: `tar xf out.tar`.

FILE is an age file (age-encryption.org/v1): X25519 (`AGE-SECRET-KEY-1…`), post-quantum hybrid
(`AGE-SECRET-KEY-PQ-1…`, needs cryptography 50 or later) or passphrase, binary or armored. The
output gets its name only after the last piece was authenticated: a file with that name is whole
and unaltered. Exit status: 0 done, 2 wrong use, 3 damaged file, 4 not for this key, 5 no room.

Only the standard library and `cryptography` are used, and nothing else of the project, so that
this one file can be kept beside the bundles.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import contextlib
import getpass
import hashlib
import hmac
import io
import os
import re
import sys
import unicodedata
from pathlib import Path
from typing import BinaryIO, NamedTuple

try:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
except ImportError:
    sys.exit("recover: the Python package `cryptography` is missing: pip install cryptography")

VERSION = b"age-encryption.org/v1\n"
HEADER_LIMIT, LINE_LIMIT, STANZA_LIMIT, ARGUMENT_LIMIT = 65536, 4096, 64, 32
WORK_FACTOR_LIMIT = 22  # 4 GiB of memory
CHUNK, TAG = 65536, 16
BEGIN, END = b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----"
HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
WRONG_USE, DAMAGED, WRONG_KEY, NO_ROOM = 2, 3, 4, 5


class Refused(Exception):
    """Ends the program with a sentence and an exit status."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Stanza(NamedTuple):
    """One wrapping of the file key."""

    words: list[str]
    body: bytes


class Identity(NamedTuple):
    """A secret key: `kind` is the stanza type that it opens."""

    kind: str
    secret: bytes


def damaged(what: str) -> Refused:
    return Refused(DAMAGED, f"The file is damaged or was altered: {what}.")


# --- encodings --------------------------------------------------------------------------------


def unpadded(text: bytes, what: str) -> bytes:
    """Decode base64 without padding; a second spelling of the same bytes is refused."""
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise damaged(what) from None
    if base64.b64encode(content).rstrip(b"=") != text:
        raise damaged(what)
    return content


def bech32_polymod(values: list[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            checksum ^= term if top >> bit & 1 else 0
    return checksum


def read_identity(line: str) -> Identity:
    """Return the identity in one line of an identity file."""
    wrong = Refused(WRONG_USE, "The identity file has a line that is no age identity.")
    prefix, _, tail = line.lower().rpartition("1")
    kinds = {"age-secret-key-": "X25519", "age-secret-key-pq-": "mlkem768x25519"}
    values = ["qpzry9x8gf2tvdw0s3jn54khce6mua7l".find(character) for character in tail]
    if line not in (line.lower(), line.upper()) or prefix not in kinds or -1 in values:
        raise wrong
    codes = prefix.encode()
    expanded = [*(code >> 5 for code in codes), 0, *(code & 31 for code in codes)]
    # 32 bytes are 52 characters, with 4 bits left over that are zero, and 6 of checksum.
    if len(values) != 58 or values[51] & 15 or bech32_polymod([*expanded, *values]) != 1:
        raise wrong
    number = 0
    for value in values[:52]:
        number = number << 5 | value
    return Identity(kinds[prefix], (number >> 4).to_bytes(32, "big"))


def read_identities(path: Path) -> list[Identity]:
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except UnicodeDecodeError:
        raise Refused(WRONG_USE, "The identity file is not text.") from None
    found = [read_identity(line) for line in lines if line and not line.startswith("#")]
    if not found:
        raise Refused(WRONG_USE, "The identity file has no identity in it.")
    return found


def without_armor(source: BinaryIO) -> BinaryIO:
    """Return the binary file inside, when `source` is text. Armored files are small: in memory."""
    armored = source.read(4096).lstrip().startswith(b"-----BEGIN")
    source.seek(0)
    if not armored:
        return source
    begin, *lines = source.read().strip().replace(b"\r\n", b"\n").split(b"\n")
    end = lines.pop() if lines else b""
    fitting = all(len(line) == 64 for line in lines[:-1]) and all(0 < len(x) <= 64 for x in lines)
    try:
        content = base64.b64decode(b"".join(lines), validate=True)
    except binascii.Error:
        raise damaged("the armor") from None
    if (begin, end) != (BEGIN, END) or not fitting or base64.b64encode(content) != b"".join(lines):
        raise damaged("the armor")
    return io.BytesIO(content)


# --- header -----------------------------------------------------------------------------------


class Header:
    """The parsed header: `stanzas`, `mac`, and `covered`, the bytes the MAC is over."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._read = b""
        self.stanzas: list[Stanza] = []
        if self._line() + b"\n" != VERSION:
            raise Refused(DAMAGED, "This is no sealed file that can be read here (age, version 1).")
        while (line := self._line()).startswith(b"-> "):
            words = line[3:].split(b" ")
            if len(self.stanzas) == STANZA_LIMIT or len(words) > ARGUMENT_LIMIT:
                raise damaged("the header is too long")
            if not all(re.fullmatch(rb"[!-~]+", word) for word in words):
                raise damaged("a stanza")
            self.stanzas.append(Stanza([word.decode("ascii") for word in words], self._body()))
        if not self.stanzas or not line.startswith(b"--- "):
            raise damaged("the header")
        self.covered = self._read[: -len(line) - 1] + b"---"
        self.mac = unpadded(line[4:], "the header's seal")
        if len(self.stanzas) > 1 and any(one.words[0] == "scrypt" for one in self.stanzas):
            raise damaged("a passphrase beside other keys")

    def _line(self) -> bytes:
        line = self._source.readline(LINE_LIMIT)
        self._read += line
        if not line.endswith(b"\n") or len(self._read) > HEADER_LIMIT:
            raise damaged("the header is cut or too long")
        return line[:-1]

    def _body(self) -> bytes:
        text = b""
        while len(line := self._line()) == 64:
            text += line
        if len(line) > 64:
            raise damaged("a stanza")
        return unpadded(text + line, "a stanza")


def hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def opened(key: bytes, body: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(bytes(12), body, None)
    except InvalidTag:
        return None


def shape(stanza: Stanza, words: int, size: int) -> bytes:
    """Return the first argument decoded, after the checks that come before any decryption."""
    what = f"a stanza of the type {stanza.words[0]}"
    if len(stanza.words) != words or len(stanza.body) != 32:
        raise damaged(what)
    content = unpadded(stanza.words[1].encode(), what)
    if len(content) != size:
        raise damaged(what)
    return content


def exchange(private: X25519PrivateKey, share: bytes) -> bytes:
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        raise damaged("a key share that anybody could have made") from None


def open_x25519(stanza: Stanza, secret: bytes) -> bytes | None:
    share = shape(stanza, 2, 32)
    private = X25519PrivateKey.from_private_bytes(secret)
    point = private.public_key().public_bytes_raw()
    shared = exchange(private, share)
    return opened(hkdf(shared, share + point, b"age-encryption.org/v1/X25519"), stanza.body)


def open_hybrid(stanza: Stanza, secret: bytes) -> bytes | None:
    enc = shape(stanza, 2, 1120)
    try:
        from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
        from cryptography.hazmat.primitives.hpke import (
            AEAD,
            KDF,
            KEM,
            MLKEM768X25519PrivateKey,
            Suite,
        )
    except ImportError:
        sentence = "This file needs cryptography 50 or later: pip install --upgrade cryptography"
        raise Refused(WRONG_USE, sentence) from None
    seed = hashlib.shake_256(secret).digest(96)
    x25519 = X25519PrivateKey.from_private_bytes(seed[64:])
    exchange(x25519, enc[1088:])
    private = MLKEM768X25519PrivateKey(MLKEM768PrivateKey.from_seed_bytes(seed[:64]), x25519)
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    try:
        return suite.decrypt(enc + stanza.body, private, info=HYBRID_INFO)
    except InvalidTag:
        return None


def open_scrypt(stanza: Stanza, passphrase: str) -> bytes | None:
    salt = shape(stanza, 3, 16)
    if not re.fullmatch(r"[1-9][0-9]{0,8}", stanza.words[2]):
        raise damaged("a work factor")
    factor = int(stanza.words[2])
    if factor > WORK_FACTOR_LIMIT:
        raise damaged("a work factor that no honest file has")
    # Hoopoe normalises a passphrase before it seals; other programs take it as it was typed.
    for text in dict.fromkeys((unicodedata.normalize("NFKC", passphrase), passphrase)):
        label = b"age-encryption.org/v1/scrypt"
        scrypt = Scrypt(salt=label + salt, length=32, n=1 << factor, r=8, p=1)
        key = opened(scrypt.derive(text.encode("utf-8", "surrogatepass")), stanza.body)
        if key is not None:
            return key
    return None


def file_key(header: Header, identities: list[Identity]) -> bytes:
    first = header.stanzas[0]
    if first.words[0] == "scrypt":
        key = open_scrypt(first, getpass.getpass("Passphrase: "))
        if key is None:
            raise Refused(WRONG_KEY, "The passphrase is another one.")
        return key
    if not identities:
        raise Refused(WRONG_USE, "This file needs an identity file: -i key.txt")
    openers = {"X25519": open_x25519, "mlkem768x25519": open_hybrid}
    for identity in identities:
        for stanza in header.stanzas:
            if stanza.words[0] == identity.kind:
                key = openers[identity.kind](stanza, identity.secret)
                if key is not None:
                    return key
    raise Refused(WRONG_KEY, "This file is not sealed to the keys in the identity file.")


# --- payload ----------------------------------------------------------------------------------


def recover(source: BinaryIO, to: BinaryIO, identities: list[Identity]) -> None:
    """Write the content of `source` to `to`. What was written is good only when this returns."""
    source = without_armor(source)
    header = Header(source)
    key = file_key(header, identities)
    mac = hmac.new(hkdf(key, b"", b"header"), header.covered, "sha256").digest()
    if not hmac.compare_digest(mac, header.mac):
        raise damaged("the header is not the one it was sealed with")
    nonce = source.read(16)
    if len(nonce) < 16:
        raise damaged("it is cut")
    cipher = ChaCha20Poly1305(hkdf(key, nonce, b"payload"))
    number, final = 0, False
    chunk = source.read(CHUNK + TAG)
    while not final:
        # The last chunk has another nonce than all before it: a cut file has none.
        behind = source.read(CHUNK + TAG)
        final = not behind
        if len(chunk) < TAG or (final and number and len(chunk) == TAG):
            raise damaged("it is cut")
        try:
            to.write(cipher.decrypt(number.to_bytes(11, "big") + bytes([final]), chunk, None))
        except InvalidTag:
            raise damaged(f"it is cut or altered at byte {number * CHUNK} of the content") from None
        chunk, number = behind, number + 1


def recover_file(name: Path, out: Path, key: Path | None) -> None:
    """Recover the file `name` into `out`, which must not exist."""
    identities = read_identities(key) if key else []
    if out.exists():
        raise Refused(WRONG_USE, f"{out} exists already.")
    part = out.with_name(out.name + ".part")
    with name.open("rb") as source:
        # 0600, and never through a link that somebody put there.
        handle = os.open(
            part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
        try:
            with os.fdopen(handle, "wb") as to:
                recover(source, to, identities)
                to.flush()
                os.fsync(to.fileno())
            part.rename(out)
        finally:
            with contextlib.suppress(FileNotFoundError):
                part.unlink()


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="recover", description=__doc__.split("\n", 1)[0])
    parser.add_argument("-i", dest="key", type=Path, metavar="KEY", help="the identity file")
    parser.add_argument("-o", dest="out", type=Path, required=True, metavar="OUT", help="new file")
    parser.add_argument("file", type=Path, metavar="FILE", help="the sealed file")
    chosen = parser.parse_args(arguments)
    try:
        recover_file(chosen.file, chosen.out, chosen.key)
    except Refused as refusal:
        sys.stderr.write(f"recover: {refusal}\n")
        return refusal.status
    except FileNotFoundError as problem:
        sys.stderr.write(f"recover: {problem.filename} is not there.\n")
        return WRONG_USE
    except FileExistsError as problem:
        sys.stderr.write(f"recover: {problem.filename} is in the way: remove it first.\n")
        return WRONG_USE
    except OSError as problem:
        sys.stderr.write(f"recover: {problem.strerror}: {problem.filename or chosen.out}\n")
        return NO_ROOM
    except MemoryError:
        sys.stderr.write("recover: This computer has too little memory for this file.\n")
        return NO_ROOM
    sys.stderr.write(f"recover: {chosen.out} is whole. Next: tar xf {chosen.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
