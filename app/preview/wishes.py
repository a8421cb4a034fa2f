"""What can be asked of a decoder, and what it answers. Codes of the protocol: never reused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from app.filetype import UNKNOWN

MAX_INPUT_BYTES: Final = 64 * 1024 * 1024
MAX_TEXT_INPUT_BYTES: Final = 256 * 1024
"""Of a text only its beginning is looked at."""
MAX_TEXT_BYTES: Final = 4 * MAX_TEXT_INPUT_BYTES
MAX_DECLARED_PIXELS: Final = 100_000_000
MAX_WHOLE_PIXELS: Final = 50_000_000
"""Of a picture that is handed over whole, to cover parts of it."""
MAX_PAGES: Final = 10_000


class Format(IntEnum):
    """What the bytes are, told by our own look at the first of them (app/filetype.py)."""

    PROBE = 0
    """No file: the decoder measures whether it is confined."""
    PNG = 1
    JPEG = 2
    WEBP = 3
    GIF = 4
    BMP = 5
    TIFF = 6
    PDF = 7
    TEXT = 8


class Side(IntEnum):
    """How large the answer may be: the longer side in pixels, or the picture as it is."""

    WHOLE = 0
    THUMBNAIL = 192
    VIEW = 1600


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to look at: `page` counts from 0, of a document alone."""

    format: Format
    side: Side = Side.VIEW
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Pixels as they are seen: rows from the top, red, green, blue, opacity in each.

    `whole_width` and `whole_height`: of the picture itself, of which this may be a smaller form.
    """

    width: int
    height: int
    rgba: bytes
    whole_width: int
    whole_height: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """The beginning of a text, as it was written."""

    text: str


_FORMATS: Final = {
    "image/png": Format.PNG,
    "image/jpeg": Format.JPEG,
    "image/webp": Format.WEBP,
    "image/gif": Format.GIF,
    "image/bmp": Format.BMP,
    "image/tiff": Format.TIFF,
    "application/pdf": Format.PDF,
    "application/xml": Format.TEXT,
    "image/svg+xml": Format.TEXT,
    # perhaps a text in an older encoding: the decoder refuses what is none
    UNKNOWN: Format.TEXT,
}


def format_of(mime: str) -> Format | None:
    """How a file of this type is looked at; None where no decoder of ours reads it."""
    if mime.startswith("text/"):
        return Format.TEXT
    return _FORMATS.get(mime)


def is_picture(form: Format) -> bool:
    """Whether it is one picture, of which parts can be covered."""
    return Format.PNG <= form <= Format.TIFF
