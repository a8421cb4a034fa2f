"""A whole age file: a header that wraps a file key, and the payload under that key.

Source: C2SP age.md, "Encrypted file format".
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass

from crypto.age.chunks import plaintext_length
from crypto.age.flow import ByteSink, ByteSource, Rejoined, SeekableSource, read_up_to, write_all
from crypto.age.header import HEADER_LIMIT, Header, marshal_for_mac, marshal_with_mac, parse
from crypto.age.party import Company, Identity, Recipient
from crypto.age.primitives import (
    FILE_KEY_SIZE,
    PAYLOAD_NONCE_SIZE,
    header_mac,
    header_mac_matches,
    payload_key,
)
from crypto.age.seekable import SeekableReader
from crypto.age.stream import StreamReader, StreamWriter
from crypto.errors import BadHeaderMac, MalformedHeader, MixedRecipients, NoIdentityMatches
from crypto.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What anybody can see of an age file without a key.

    `stanza_types` are in the order of the file. `header_length` is in bytes and is also where the
    payload starts.
    """

    stanza_types: tuple[str, ...]
    header_length: int


def encrypt(to: ByteSink, recipients: Sequence[Recipient]) -> StreamWriter:
    """Write a header for `recipients` to `to` and return the writer of the content.

    Use the writer in a `with`: leaving it without an exception writes the final chunk; left by an
    exception, the file is unfinished and nobody can open it as whole. `to` is not closed.
    Stanzas keep the order of `recipients`.

    Raises MixedRecipients for a post-quantum recipient beside a classic one (a later quantum
    computer would open the file through the weaker), or a passphrase beside anything; TooCostly
    for more recipients than a header may hold; ValueError for none.
    """
    if not recipients:
        raise ValueError("no recipient")
    companies = {recipient.company for recipient in recipients}
    if len(companies) > 1 or (Company.ALONE in companies and len(recipients) > 1):
        raise MixedRecipients
    with Secret.random(FILE_KEY_SIZE) as file_key:
        stanzas = [recipient.wrap(file_key) for recipient in recipients]
        authenticated = marshal_for_mac(stanzas)
        nonce = os.urandom(PAYLOAD_NONCE_SIZE)
        start = marshal_with_mac(authenticated, header_mac(file_key, authenticated)) + nonce
        key = payload_key(file_key, nonce)
    write_all(to, memoryview(start))
    return StreamWriter(to, key)


def decrypt(source: ByteSource, identities: Sequence[Identity]) -> StreamReader:
    """Return a reader of the content of the age file that `source` is at the start of.

    The header is parsed, unwrapped and authenticated before this returns; the reader raises
    DamagedPayload. `source` is not closed.

    Raises MalformedHeader, NoIdentityMatches, BadHeaderMac, and TooCostly for a passphrase file
    that asks for too much work.
    """
    start = read_up_to(source, HEADER_LIMIT + PAYLOAD_NONCE_SIZE)
    header = parse(start)
    key = _payload_key(start, header, identities)
    rest = start[header.length + PAYLOAD_NONCE_SIZE :]
    return StreamReader(Rejoined(rest, source), key)


def decrypt_seekable(source: SeekableSource, identities: Sequence[Identity]) -> SeekableReader:
    """Return a reader of any part of the age file in `source`, which is read from its start.

    Raises what `decrypt` raises, and DamagedPayload when the final chunk is not authentic.
    """
    source.seek(0, io.SEEK_SET)
    start = read_up_to(source, HEADER_LIMIT + PAYLOAD_NONCE_SIZE)
    header = parse(start)
    key = _payload_key(start, header, identities)
    return SeekableReader(source, key, header.length + PAYLOAD_NONCE_SIZE)


def inspect(source: ByteSource) -> Outside:
    """Return what the header of the file in `source` shows without a key.

    Reads at most 64 KiB. Raises MalformedHeader.
    """
    header = parse(read_up_to(source, HEADER_LIMIT))
    types = tuple(stanza.type for stanza in header.stanzas)
    return Outside(stanza_types=types, header_length=header.length)


def payload_arithmetic(payload_length: int) -> int | None:
    """Return the content's length for a payload of so many bytes, nonce included.

    None when no payload has this length: the file was cut, or something was added.
    """
    return plaintext_length(payload_length - PAYLOAD_NONCE_SIZE)


def _payload_key(start: bytes, header: Header, identities: Sequence[Identity]) -> Secret:
    nonce = start[header.length : header.length + PAYLOAD_NONCE_SIZE]
    if len(nonce) < PAYLOAD_NONCE_SIZE:
        raise MalformedHeader("payload nonce")
    with _file_key(header, identities) as file_key:
        if not header_mac_matches(file_key, header.authenticated, header.mac):
            raise BadHeaderMac
        return payload_key(file_key, nonce)


def _file_key(header: Header, identities: Sequence[Identity]) -> Secret:
    for identity in identities:
        if (file_key := identity.unwrap(header.stanzas)) is not None:
            return file_key
    raise NoIdentityMatches
