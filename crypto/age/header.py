"""The header of an age file: its grammar, parsed and marshalled. Knows no key.

Source: C2SP age.md, "Header" and "ABNF definition of file header". Base64 has one spelling and
lines have one ending, so a header has exactly one form: marshalling what was parsed gives the same
bytes. The ceilings are ours: a hostile header must not cost memory or time before it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from crypto.age import rawbase64
from crypto.errors import MalformedHeader, TooCostly

VERSION_LINE: Final = b"age-encryption.org/v1\n"
STANZA_MARK: Final = b"-> "
MAC_MARK: Final = b"---"
COLUMNS: Final = 64
MAC_SIZE: Final = 32

HEADER_LIMIT: Final = 64 * 1024
LINE_LIMIT: Final = 4096
STANZA_LIMIT: Final = 64
ARGUMENT_LIMIT: Final = 32

_ARGUMENT: Final = re.compile(rb"[\x21-\x7e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stanza:
    """One wrapping of the file key. `arguments` are 1 to 32 words of visible ASCII."""

    arguments: tuple[str, ...]
    body: bytes

    @property
    def type(self) -> str:
        """The first argument: which kind of recipient wrote this."""
        return self.arguments[0]

    def marshal(self) -> bytes:
        """Return the argument line and the wrapped body; the last body line may be empty."""
        text = rawbase64.encode(self.body)
        lines = [text[at : at + COLUMNS] for at in range(0, len(text) + 1, COLUMNS)]
        first = STANZA_MARK.decode("ascii") + " ".join(self.arguments)
        return "\n".join([first, *lines, ""]).encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A parsed header. `authenticated` is what the MAC covers, up to and including `---`."""

    stanzas: tuple[Stanza, ...]
    mac: bytes
    authenticated: bytes

    def marshal(self) -> bytes:
        """Return the bytes this header was parsed from."""
        return marshal_with_mac(self.authenticated, self.mac)

    @property
    def length(self) -> int:
        """Bytes from the start of the file to the start of the payload."""
        return len(self.marshal())


def marshal_for_mac(stanzas: Sequence[Stanza]) -> bytes:
    """Return what the MAC of a new header covers.

    Raises TooCostly for more stanzas or bytes than `parse` reads: nobody could open that file.
    """
    if len(stanzas) > STANZA_LIMIT:
        raise TooCostly("stanzas", len(stanzas), STANZA_LIMIT)
    authenticated = b"".join([VERSION_LINE, *(stanza.marshal() for stanza in stanzas), MAC_MARK])
    length = len(marshal_with_mac(authenticated, bytes(MAC_SIZE)))
    if length > HEADER_LIMIT:
        raise TooCostly("header", length, HEADER_LIMIT)
    return authenticated


def marshal_with_mac(authenticated: bytes, mac: bytes) -> bytes:
    """Return a whole header."""
    return b"%b %b\n" % (authenticated, rawbase64.encode(mac).encode("ascii"))


def parse(start: bytes) -> Header:
    """Return the header at the start of a file; what follows it is not looked at.

    `start` is the first HEADER_LIMIT bytes of the file, or the whole of a shorter one.
    Raises MalformedHeader naming the first element that does not follow the grammar, is over its
    ceiling (64 KiB in all, 64 stanzas, 4,096 bytes a line, 32 arguments), or is cut.
    """
    if not start.startswith(VERSION_LINE):
        raise MalformedHeader("version line")
    lines = _Lines(start[:HEADER_LIMIT], len(VERSION_LINE))
    stanzas: list[Stanza] = []
    while (line := lines.next()).startswith(STANZA_MARK):
        if len(stanzas) == STANZA_LIMIT:
            raise MalformedHeader("stanza count")
        stanzas.append(Stanza(arguments=_arguments(line), body=_body(lines)))
    if not stanzas:
        raise MalformedHeader("stanza")
    if not line.startswith(MAC_MARK + b" "):
        raise MalformedHeader("mac line")
    mac = rawbase64.decode(_text(line[len(MAC_MARK) + 1 :], "mac"), "mac")
    if len(mac) != MAC_SIZE:
        raise MalformedHeader("mac")
    covered = lines.at - len(line) - 1 + len(MAC_MARK)
    header = Header(stanzas=tuple(stanzas), mac=mac, authenticated=start[:covered])
    _refuse_company_of_scrypt(header.stanzas)
    return header


class _Lines:
    """The lines of a header from a position on."""

    def __init__(self, content: bytes, at: int) -> None:
        self._content = content
        self.at = at

    def next(self) -> bytes:
        end = self._content.find(b"\n", self.at, self.at + LINE_LIMIT)
        if end < 0:
            raise MalformedHeader("line")
        line = self._content[self.at : end]
        self.at = end + 1
        return line


def _arguments(line: bytes) -> tuple[str, ...]:
    words = line[len(STANZA_MARK) :].split(b" ")
    if len(words) > ARGUMENT_LIMIT:
        raise MalformedHeader("argument count")
    if not all(_ARGUMENT.fullmatch(word) for word in words):
        raise MalformedHeader("argument")
    return tuple(word.decode("ascii") for word in words)


def _body(lines: _Lines) -> bytes:
    """Read body lines up to the first one shorter than 64 columns, which ends the stanza."""
    text = ""
    while True:
        line = lines.next()
        if len(line) > COLUMNS:
            raise MalformedHeader("body line")
        text += _text(line, "body line")
        if len(line) < COLUMNS:
            return rawbase64.decode(text, "body")


def _text(content: bytes, part: str) -> str:
    try:
        return content.decode("ascii")
    except UnicodeDecodeError:
        raise MalformedHeader(part) from None


def _refuse_company_of_scrypt(stanzas: tuple[Stanza, ...]) -> None:
    # Whoever types a passphrase believes that only those who know it made the file. One more
    # stanza would let a stranger make a file that the passphrase "opens" (age.md, scrypt stanza).
    if len(stanzas) > 1 and any(stanza.type == "scrypt" for stanza in stanzas):
        raise MalformedHeader("scrypt stanza")
