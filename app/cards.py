"""Cards: how a receiver is known, and the safety code compared by voice (docs/formats/card.md)."""

from __future__ import annotations

import base64
import binascii
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.clock import day_in
from app.errors import BadCard
from crypto import age
from crypto.digest import SafetyCode, safety_code, sha256
from crypto.errors import CryptoError
from crypto.signing import Purpose, SigningKey, VerifyKey

FIRST_LINE: Final = "hoopoe card v1"
MAX_CARD_BYTES: Final = 16 * 1024
MAX_NAME_CHARACTERS: Final = 80
VALID_DAYS: Final = 365
"""A card is to be renewed within a year: old identities open old bundles for ever (P24)."""

_JOINERS: Final = "\u200c\u200d"
_SIGNED: Final = ("name", "recipient", "verify", "from", "until")
_ROTATION: Final = ("previous", "previous-key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """Who vouches for new keys: the key before, and its signature over the lines name to until."""

    key: str
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card whose own signature held. `recipient` and `verify_key` are canonical texts."""

    name: str
    recipient: str
    verify_key: str
    valid_from: date
    valid_until: date
    signature: bytes
    rotation: Rotation | None = None

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the recipient's text in lower case (docs/formats/bundle.md 4)."""
        return fingerprint_of(self.recipient)

    @property
    def qr_text(self) -> str:
        """The upper-case text of the card's QR code (alphanumeric mode)."""
        key = base64.b32encode(VerifyKey.parse(self.verify_key).content).decode("ascii")
        return f"HOOPOE1:{self.recipient.upper()}:{key.rstrip('=')}"

    def safety_code(self) -> SafetyCode:
        """Thirty digits over recipient and verify key. Takes a tenth of a second, on purpose."""
        return safety_code(
            self.recipient.lower().encode("ascii"), VerifyKey.parse(self.verify_key).content
        )

    def marshal(self) -> bytes:
        """The card as a text file."""
        lines = _lines(self)
        encoded = base64.b64encode(self.signature).decode("ascii")
        return (lines + f"signature: {encoded}\n").encode()


def fingerprint_of(recipient: str) -> bytes:
    """SHA-256 of an `age1…` text in lower case: 32 bytes."""
    return sha256(recipient.lower().encode("ascii"))


def make(
    name: str,
    recipient: str,
    key: SigningKey,
    *,
    valid_from: date,
    valid_until: date,
    before: SigningKey | None = None,
) -> Card:
    """A card signed by `key`; `before` signs it too when it follows an older one.

    Raises BadCard for a name that a card cannot hold.
    """
    card = Card(
        name=_name(name),
        recipient=_recipient(recipient),
        verify_key=key.verify_key.line(),
        valid_from=valid_from,
        valid_until=valid_until,
        signature=b"",
    )
    rotation = None
    if before is not None:
        vouched = before.sign_bytes(Purpose.CARD_ROTATION, _vouched(card))
        rotation = Rotation(key=before.verify_key.line(), signature=vouched)
    unsigned = _with(card, rotation=rotation, signature=b"")
    signature = key.sign_bytes(Purpose.CARD, _lines(unsigned).encode())
    return _with(card, rotation=rotation, signature=signature)


def read(data: bytes) -> Card:
    """Parses a card and checks its signatures.

    Raises BadCard with the line or rule that does not hold.
    """
    if len(data) > MAX_CARD_BYTES:
        raise BadCard("size")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise BadCard("text") from None
    # a mail program or editor may have put CRLF in place of LF: the signed lines are the same
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0] != FIRST_LINE:
        raise BadCard("first line")
    if lines[-1] or len(lines) not in {8, 10}:
        raise BadCard("lines")
    names = (*_SIGNED, *(_ROTATION if len(lines) == 10 else ()), "signature")
    values = {name: _value(line, name) for name, line in zip(names, lines[1:-1], strict=True)}
    card = _typed(values)
    _check_signatures(card)
    return card


def _typed(values: dict[str, str]) -> Card:
    rotation = None
    if "previous" in values:
        rotation = Rotation(
            key=_verify_key(values["previous-key"], "previous-key").line(),
            signature=_signature(values["previous"], "previous"),
        )
    card = Card(
        name=_name(values["name"]),
        recipient=_recipient(values["recipient"]),
        verify_key=_verify_key(values["verify"], "verify").line(),
        valid_from=_day(values["from"], "from"),
        valid_until=_day(values["until"], "until"),
        signature=_signature(values["signature"], "signature"),
        rotation=rotation,
    )
    if card.valid_until < card.valid_from:
        raise BadCard("until")
    return card


def _check_signatures(card: Card) -> None:
    try:
        key = VerifyKey.parse(card.verify_key)
        key.verify_bytes(Purpose.CARD, _lines(card).encode(), card.signature)
    except CryptoError:
        raise BadCard("signature") from None
    if card.rotation is not None:
        try:
            before = VerifyKey.parse(card.rotation.key)
            before.verify_bytes(Purpose.CARD_ROTATION, _vouched(card), card.rotation.signature)
        except CryptoError:
            raise BadCard("previous") from None


def _vouched(card: Card) -> bytes:
    return "".join(f"{line}\n" for line in _first_lines(card)).encode()


def _first_lines(card: Card) -> list[str]:
    return [
        f"name: {card.name}",
        f"recipient: {card.recipient}",
        f"verify: {card.verify_key}",
        f"from: {card.valid_from.isoformat()}",
        f"until: {card.valid_until.isoformat()}",
    ]


def _lines(card: Card) -> str:
    lines = [FIRST_LINE, *_first_lines(card)]
    if card.rotation is not None:
        vouched = base64.b64encode(card.rotation.signature).decode("ascii")
        lines += [f"previous: {vouched}", f"previous-key: {card.rotation.key}"]
    return "".join(f"{line}\n" for line in lines)


def _with(card: Card, *, rotation: Rotation | None, signature: bytes) -> Card:
    return Card(
        name=card.name,
        recipient=card.recipient,
        verify_key=card.verify_key,
        valid_from=card.valid_from,
        valid_until=card.valid_until,
        signature=signature,
        rotation=rotation,
    )


def _value(line: str, name: str) -> str:
    start = f"{name}: "
    if not line.startswith(start):
        raise BadCard(name)
    return line.removeprefix(start)


def _name(text: str) -> str:
    name = unicodedata.normalize("NFC", text)
    # Cc, Cf, Cs, Co, Zl, Zp: what could rewrite, reorder or hide text around it. The two joiners
    # are letters' business in Persian, Uyghur and Indic scripts, and stay.
    shown = all(unicodedata.category(each)[0] != "C" for each in name if each not in _JOINERS)
    separators = any(unicodedata.category(each) in {"Zl", "Zp"} for each in name)
    if not shown or separators or name != name.strip() or not 0 < len(name) <= MAX_NAME_CHARACTERS:
        raise BadCard("name")
    if name != text:
        raise BadCard("name")
    return name


def _recipient(text: str) -> str:
    try:
        age.parse_recipient(text)
    except CryptoError:
        raise BadCard("recipient") from None
    if text != text.lower():
        raise BadCard("recipient")
    return text


def _verify_key(text: str, line: str) -> VerifyKey:
    try:
        return VerifyKey.parse(text)
    except CryptoError:
        raise BadCard(line) from None


def _signature(text: str, line: str) -> bytes:
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise BadCard(line) from None
    if base64.b64encode(content).decode("ascii") != text:
        raise BadCard(line)
    return content


def _day(text: str, line: str) -> date:
    day = day_in(text)
    if day is None:
        raise BadCard(line)
    return day
