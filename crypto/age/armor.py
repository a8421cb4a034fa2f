"""ASCII armor: an age file as text lines, for cards and mail. Strict PEM.

Source: C2SP age.md, "ASCII armor"; RFC 7468 section 3, figure 3. One spelling only: the bytes of
an armored file are not authenticated as such, so whatever the reader tolerates, others can change.
"""

from __future__ import annotations

import binascii
from types import TracebackType
from typing import Final, Self, final

from crypto.age.flow import ByteSink, ByteSource, write_all
from crypto.errors import MalformedArmor

BEGIN: Final = b"-----BEGIN AGE ENCRYPTED FILE-----"
END: Final = b"-----END AGE ENCRYPTED FILE-----"
COLUMNS: Final = 64
BYTES_A_LINE: Final = 48
SPACE: Final = b" \t\r\n"

# White space before and after is allowed, but not megabytes of it.
SPACE_LIMIT: Final = 1024
_PIECE: Final = 64 * 1024
_LINE_LIMIT: Final = 128


@final
class ArmorWriter:
    """Writes what it is given as armor. As a context manager it ends the armor when all went well.

    Left by an exception it writes no last line, so that the text never opens as whole.
    """

    def __init__(self, to: ByteSink) -> None:
        self._to = to
        self._held = b""
        self._ended = False
        self._put(BEGIN + b"\n")

    def write(self, content: bytes | bytearray | memoryview, /) -> int:
        """Take all of `content` and return its length."""
        if self._ended:
            raise ValueError("ended")
        held = self._held + bytes(content)
        whole = len(held) - len(held) % BYTES_A_LINE
        self._put_lines(held[:whole])
        self._held = held[whole:]
        return len(content)

    def finish(self) -> None:
        """Write the last lines. Nothing can be written afterwards."""
        if self._ended:
            raise ValueError("ended")
        self._ended = True
        self._put_lines(self._held)
        self._put(END + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and not self._ended:
            self.finish()
        self._ended = True

    def _put_lines(self, content: bytes) -> None:
        lines = (
            binascii.b2a_base64(content[at : at + BYTES_A_LINE])
            for at in range(0, len(content), BYTES_A_LINE)
        )
        self._put(b"".join(lines))

    def _put(self, text: bytes) -> None:
        write_all(self._to, memoryview(text))


@final
class ArmorReader:
    """Gives the bytes inside an armor, and the end only when the armor ended as it must.

    Lines end in LF or in CRLF, all of them alike. `read` raises MalformedArmor, once and again.
    """

    def __init__(self, source: ByteSource) -> None:
        self._lines = _Lines(source)
        self._content = b""
        self._begun = False
        self._ended = False
        self._short_seen = False
        self._problem: str | None = None

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes, none only at the end.

        Raises MalformedArmor: part "begin line", "line", "body", "line ending" or "trailing bytes".
        """
        if self._problem is not None:
            raise MalformedArmor(self._problem)
        try:
            if not self._begun:
                self._begin()
            while not self._content and not self._ended:
                self._content = self._body()
        except MalformedArmor as problem:
            self._problem = problem.part
            raise
        piece, self._content = self._content[:size], self._content[size:]
        return piece

    def _begin(self) -> None:
        skipped = 0
        while not (line := self._lines.next()).strip(SPACE):
            skipped += len(line)
            if not line or skipped > SPACE_LIMIT:
                raise MalformedArmor("begin line")
        if line.rstrip(b"\r\n") != BEGIN:
            raise MalformedArmor("begin line")
        self._lines.learn_ending(line)
        self._lines.without_ending(line)
        self._begun = True

    def _body(self) -> bytes:
        """Return the content of the next lines, some tens of kilobytes."""
        pieces: list[bytes] = []
        while len(pieces) < _PIECE // BYTES_A_LINE and not self._ended:
            line = self._lines.next()
            if line.rstrip(b"\r\n") == END:
                self._end(line)
            else:
                pieces.append(self._decode(self._lines.without_ending(line)))
        return b"".join(pieces)

    def _decode(self, text: bytes) -> bytes:
        # Only the last line may be short, and none may be empty.
        if self._short_seen or not 0 < len(text) <= COLUMNS:
            raise MalformedArmor("line")
        self._short_seen = len(text) < COLUMNS
        try:
            content = binascii.a2b_base64(text, strict_mode=True)
        except binascii.Error:
            raise MalformedArmor("body") from None
        if binascii.b2a_base64(content, newline=False) != text:
            raise MalformedArmor("body")
        # A full line with padding in it is shorter inside, and so the last.
        self._short_seen |= len(content) < BYTES_A_LINE
        return content

    def _end(self, line: bytes) -> None:
        self._ended = True
        if line != END:
            self._lines.without_ending(line)
        if not self._lines.rest_is_space():
            raise MalformedArmor("trailing bytes")


class _Lines:
    """The lines of a source, with their endings; no line over _LINE_LIMIT."""

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._read = b""
        self._at = 0
        self._ending = b"\n"

    def next(self) -> bytes:
        """Return the next line; nothing, or a line without ending, at the end of the source."""
        while (end := self._read.find(b"\n", self._at, self._at + _LINE_LIMIT)) < 0:
            if len(self._read) - self._at >= _LINE_LIMIT:
                raise MalformedArmor("line")
            if not self._read_more():
                end = len(self._read) - 1
                break
        line = self._read[self._at : end + 1]
        self._at = end + 1
        return line

    def rest_is_space(self) -> bool:
        """Whether nothing but a little white space follows."""
        while len(self._read) - self._at <= SPACE_LIMIT and self._read_more():
            pass
        rest = self._read[self._at :]
        return len(rest) <= SPACE_LIMIT and not rest.strip(SPACE)

    def learn_ending(self, line: bytes) -> None:
        self._ending = b"\r\n" if line.endswith(b"\r\n") else b"\n"

    def without_ending(self, line: bytes) -> bytes:
        """Return the line's text. Raises MalformedArmor when it ends in another way."""
        text = line.removesuffix(self._ending)
        if text == line or text.endswith(b"\r"):
            raise MalformedArmor("line ending")
        return text

    def _read_more(self) -> bool:
        piece = self._source.read(_PIECE)
        self._read, self._at = self._read[self._at :] + piece, 0
        return bool(piece)
