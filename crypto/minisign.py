"""Text of minisign keys and signatures, strictly: jedisct1.github.io/minisign. Knows no secret.

    key       = base64("Ed" ‖ key id(8) ‖ public key(32))               ; one line, 56 characters
    signature = "untrusted comment: " comment LF
                base64("ED" ‖ key id(8) ‖ Ed25519(64)) LF               ; 100 characters
                "trusted comment: " comment LF
                base64(Ed25519(64)) LF                                  ; 88 characters

"ED" means that BLAKE2b-512 of the message was signed, so a file is read once and never held. The
older "Ed", which signs the message itself, is refused. So is what has more than one spelling:
base64 with stray bits or missing padding, carriage returns, anything after the last line. A
signature then has one text, and two parties that compare bytes compare meaning.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from typing import Final

from crypto.errors import Malformed, Unsupported

KEY_ID_SIZE: Final = 8
PUBLIC_SIZE: Final = 32
SIGNATURE_SIZE: Final = 64
COMMENT_LIMIT: Final = 1024  # bytes; minisign stops at 1,024 for the untrusted comment
TRUSTED_COMMENT_LIMIT: Final = 8192
KEY_CONTENT_SIZE: Final = 2 + KEY_ID_SIZE + PUBLIC_SIZE
_KEY_ALGORITHM: Final = b"Ed"
_PREHASHED: Final = b"ED"
_UNTRUSTED: Final = b"untrusted comment: "
_TRUSTED: Final = b"trusted comment: "
_TEXT_LIMIT: Final = COMMENT_LIMIT + TRUSTED_COMMENT_LIMIT + 256


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureText:
    """What one signature file says; nothing in it is verified. Comments are ASCII, one line."""

    untrusted_comment: str
    key_id: bytes
    signature: bytes
    trusted_comment: str
    global_signature: bytes


def parse_signature(text: bytes) -> SignatureText:
    """Return the parts of a signature file.

    Raises Malformed with the element that is not of the grammar, and Unsupported for a signature
    that is not prehashed.
    """
    if len(text) > _TEXT_LIMIT:
        raise Malformed("signature size")
    lines = text.split(b"\n")
    if len(lines) != 5 or lines[4]:
        raise Malformed("signature lines")
    signed = _decoded("signature", lines[1], 2 + KEY_ID_SIZE + SIGNATURE_SIZE)
    if signed[:2] != _PREHASHED:
        raise Unsupported("signature algorithm", int.from_bytes(signed[:2], "big"))
    return SignatureText(
        untrusted_comment=_comment("untrusted comment", lines[0], _UNTRUSTED, COMMENT_LIMIT),
        key_id=signed[2 : 2 + KEY_ID_SIZE],
        signature=signed[2 + KEY_ID_SIZE :],
        trusted_comment=_comment("trusted comment", lines[2], _TRUSTED, TRUSTED_COMMENT_LIMIT),
        global_signature=_decoded("global signature", lines[3], SIGNATURE_SIZE),
    )


def marshal_signature(parts: SignatureText) -> bytes:
    """Return the text of a signature file; raise ValueError for parts `parse_signature` refuses."""
    text = b"".join(
        [
            _UNTRUSTED + parts.untrusted_comment.encode() + b"\n",
            _encoded(_PREHASHED + parts.key_id + parts.signature) + b"\n",
            _TRUSTED + parts.trusted_comment.encode() + b"\n",
            _encoded(parts.global_signature) + b"\n",
        ]
    )
    try:
        parse_signature(text)
    except Malformed as refusal:
        raise ValueError(refusal.part) from None
    return text


def parse_key(line: str) -> bytes:
    """Return the 42 bytes "Ed" ‖ key id ‖ public key of a key line without its line end.

    Raises Malformed for another length, characters or spelling.
    """
    try:
        text = line.encode("ascii")
    except UnicodeEncodeError:
        raise Malformed("verify key") from None
    return _decoded("verify key", text, KEY_CONTENT_SIZE)


def split_key(content: bytes) -> tuple[bytes, bytes]:
    """Return key id and public key of the 42 bytes of a key.

    Raises Malformed for another size, Unsupported for another algorithm.
    """
    if len(content) != KEY_CONTENT_SIZE:
        raise Malformed("verify key")
    if content[:2] != _KEY_ALGORITHM:
        raise Unsupported("verify key algorithm", int.from_bytes(content[:2], "big"))
    return content[2 : 2 + KEY_ID_SIZE], content[2 + KEY_ID_SIZE :]


def join_key(key_id: bytes, public: bytes) -> bytes:
    """Return the 42 bytes of a key: what `split_key` takes apart."""
    return _KEY_ALGORITHM + key_id + public


def marshal_key(content: bytes) -> str:
    """Return the key line, 56 characters without line end, of the 42 bytes of a key."""
    return _encoded(content).decode("ascii")


def is_comment(text: str) -> bool:
    """Say whether `text` may stand in a comment: printable ASCII and tabs.

    A line break would start another line of the grammar, and control characters rewrite the
    terminal that a courier reads the comment on.
    """
    return text.isascii() and text.replace("\t", " ").isprintable()


def _comment(part: str, line: bytes, prefix: bytes, limit: int) -> str:
    if not line.startswith(prefix) or len(line) > len(prefix) + limit:
        raise Malformed(part)
    try:
        text = line[len(prefix) :].decode("ascii")
    except UnicodeDecodeError:
        raise Malformed(part) from None
    if not is_comment(text):
        raise Malformed(part)
    return text


def _encoded(content: bytes) -> bytes:
    return binascii.b2a_base64(content, newline=False)


def _decoded(part: str, text: bytes, size: int) -> bytes:
    # The size first: nothing is decoded that could not be right.
    if len(text) != 4 * ((size + 2) // 3):
        raise Malformed(part)
    try:
        content = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error:
        raise Malformed(part) from None
    # Strict mode lets through bits that no byte uses: encoding again shows them.
    if len(content) != size or _encoded(content) != text:
        raise Malformed(part)
    return content
