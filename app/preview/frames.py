"""How a wish and its answer go through pipes: fixed heads, lengths before bytes, ceilings on all.

    wish     format u8, side u16, page u32, length u32, then the bytes
    answer   kind u8, confined u8, pages u32, width, height, whole width, whole height u32,
             then the bytes until the end
    parcel   between server and window: length u32, bytes; at last length 0 and a byte, 1 when the
             answer is whole and 0 when it is not

All numbers big-endian. Neither the server nor the window believes a number of the decoder.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from app.preview import wishes
from app.preview.wishes import Format, Picture, Plain, Side, Wish

_WISH: Final = struct.Struct(">BHII")
_ANSWER: Final = struct.Struct(">BBIIIII")
_LENGTH: Final = struct.Struct(">I")
CHUNK: Final = 256 * 1024


class Kind(IntEnum):
    """What an answer is."""

    PIXELS = 1
    TEXT = 2
    NOTHING = 3


class Broken(Exception):
    """The other side ended, or said what it may not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The answer to a probe: whether the decoder could do nothing else."""

    confined: bool


def most_bytes(wish: Wish) -> int:
    """The longest answer to this wish, head and all."""
    if wish.format is Format.TEXT:
        return _ANSWER.size + wishes.MAX_TEXT_BYTES
    most = wishes.MAX_WHOLE_PIXELS if wish.side is Side.WHOLE else int(wish.side) ** 2
    return _ANSWER.size + 4 * most


def packed_wish(wish: Wish, length: int) -> bytes:
    """The head of a wish."""
    return _WISH.pack(wish.format, wish.side, wish.page, length)


def read_wish(source: int) -> tuple[Wish, int] | None:
    """A wish and the length of its bytes; None at the end of the stream. Raises Broken."""
    first = os.read(source, 1)
    if not first:
        return None
    form, side, page, length = _WISH.unpack(first + read_exactly(source, _WISH.size - 1))
    if length > wishes.MAX_INPUT_BYTES or page >= wishes.MAX_PAGES:
        raise Broken
    try:
        return Wish(format=Format(form), side=Side(side), page=page), length
    except ValueError:
        raise Broken from None


def picture_head(picture: Picture) -> bytes:
    """The head before the pixels of a picture."""
    numbers = (picture.width, picture.height, picture.whole_width, picture.whole_height)
    return _ANSWER.pack(Kind.PIXELS, 0, picture.pages, *numbers)


def text_head() -> bytes:
    """The head before a text."""
    return _ANSWER.pack(Kind.TEXT, 0, 1, 0, 0, 0, 0)


def nothing(measured: Measured) -> bytes:
    """No answer but to a probe."""
    return _ANSWER.pack(Kind.NOTHING, int(measured.confined), 0, 0, 0, 0, 0)


def read_answer(answer: bytes, wish: Wish) -> Picture | Plain | Measured:
    """What a decoder said, checked against what it was asked. Raises Broken."""
    if len(answer) < _ANSWER.size:
        raise Broken
    kind, confined, pages, width, height, whole_width, whole_height = _ANSWER.unpack_from(answer)
    rest = memoryview(answer)[_ANSWER.size :]
    if kind == Kind.NOTHING and not rest:
        return Measured(confined=confined == 1)
    if kind == Kind.TEXT and wish.format is Format.TEXT:
        try:
            return Plain(text=str(rest, "utf-8"))
        except UnicodeDecodeError:
            raise Broken from None
    sides = (width, height, whole_width, whole_height)
    is_sound = (
        kind == Kind.PIXELS
        and wish.format not in {Format.TEXT, Format.PROBE}
        and min(sides) > 0
        and whole_width * whole_height <= wishes.MAX_DECLARED_PIXELS
        and (wish.side is Side.WHOLE or max(width, height) <= wish.side)
        and 0 < pages <= wishes.MAX_PAGES
        and len(rest) == 4 * width * height
    )
    if not is_sound:
        raise Broken
    return Picture(
        width=width,
        height=height,
        rgba=bytes(rest),
        whole_width=whole_width,
        whole_height=whole_height,
        pages=pages,
    )


def parcel(content: bytes) -> bytes:
    """A piece of an answer on its way to the window."""
    return _LENGTH.pack(len(content)) + content


def last_parcel(*, whole: bool) -> bytes:
    """The end of an answer."""
    return _LENGTH.pack(0) + bytes([int(whole)])


def read_parcels(source: int, most: int) -> tuple[bytes, bool]:
    """An answer, and whether it is whole. Raises Broken when the server ended, or sent too much."""
    made = bytearray()
    while length := _LENGTH.unpack(read_exactly(source, _LENGTH.size))[0]:
        if length > CHUNK or len(made) + length > most:
            raise Broken
        made += read_exactly(source, length)
    return bytes(made), read_exactly(source, 1) == b"\x01"


def read_exactly(source: int, count: int) -> bytes:
    """So many bytes. Raises Broken when the stream ends before."""
    made = bytearray()
    while len(made) < count:
        piece = os.read(source, min(count - len(made), CHUNK))
        if not piece:
            raise Broken
        made += piece
    return bytes(made)


def write_all(to: int, content: bytes | memoryview) -> None:
    """Every byte. Raises OSError when the other side is gone."""
    left = memoryview(content)
    while left:
        left = left[os.write(to, left) :]


def passed_on(source: int, count: int, take: Callable[[bytes], None]) -> None:
    """Hands `count` bytes on, piece by piece. Raises Broken when the stream ends before."""
    while count:
        piece = os.read(source, min(count, CHUNK))
        if not piece:
            raise Broken
        count -= len(piece)
        take(piece)
