"""Bytes into pixels or text. Runs in the decoder alone, under app.guard.decoder.confine.

Only the decoder of the format that was asked for is tried: a file that lies about its type is no
picture. The declared size is looked at before a pixel is made (bombs). What is no picture raises
whatever the library raises: the decoder ends, and nothing is shown.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from app.preview.wishes import (
    MAX_DECLARED_PIXELS,
    MAX_PAGES,
    MAX_TEXT_INPUT_BYTES,
    MAX_WHOLE_PIXELS,
    Format,
    Picture,
    Side,
    Wish,
)

_PLUGINS: Final = {
    Format.PNG: PngImagePlugin.PngImageFile.format,
    Format.JPEG: JpegImagePlugin.JpegImageFile.format,
    Format.WEBP: WebPImagePlugin.WebPImageFile.format,
    Format.GIF: GifImagePlugin.GifImageFile.format,
    Format.BMP: BmpImagePlugin.BmpImageFile.format,
    Format.TIFF: TiffImagePlugin.TiffImageFile.format,
}
_SWAPPED: Final = range(5, 9)
"""The orientations of EXIF that lie on their side."""
_ORIENTATION: Final = 0x0112
_SIXTEEN_BITS: Final = "I;16"

_OLD_ENCODINGS: Final = ("cp1252", "cp1256", "cp1251", "cp874")
"""Looked at where a text is neither UTF-8 nor UTF-16; that in which letters prevail."""
_MOST_CONTROLS: Final = 0.02
_ZEROS_OF_WIDE: Final = 0.1
"""Of a text in two bytes a letter: spaces and digits alone are so many zero bytes."""


class NothingToShow(Exception):
    """Too large, or not what it was said to be."""


def warm_up(form: Format) -> None:
    """Load what this format needs, while files can still be opened."""
    if form is Format.PDF:
        import pypdfium2  # noqa: F401 - eight megabytes that pictures do not need
    if form is Format.TEXT:
        for name in (*_OLD_ENCODINGS, "gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
            "".encode(name)
    Image.preinit()


def picture(content: bytes, wish: Wish) -> tuple[Picture, Iterator[bytes]]:
    """The picture's sizes (its `rgba` left empty), and its pixels in strips."""
    shown, whole, pages = _page(content, wish) if wish.format is Format.PDF else _one(content, wish)
    plain = shown if shown.mode == "RGBA" else shown.convert("RGBA")
    told = Picture(
        width=plain.width,
        height=plain.height,
        rgba=b"",
        whole_width=whole[0],
        whole_height=whole[1],
        pages=pages,
    )
    return told, _strips(plain)


def text(content: bytes) -> str:
    """The text, in the encoding that fits. Raises NothingToShow for what is none."""
    found = _decoded(content[:MAX_TEXT_INPUT_BYTES])
    controls = sum(
        char == "\ufffd" or (ord(char) < 32 and char not in "\t\n\r\f") for char in found
    )
    if not found or controls > len(found) * _MOST_CONTROLS:
        raise NothingToShow
    return found


def _one(content: bytes, wish: Wish) -> tuple[Image.Image, tuple[int, int], int]:
    opened = Image.open(io.BytesIO(content), formats=(_PLUGINS[wish.format] or "",))
    width, height = opened.size
    most = MAX_WHOLE_PIXELS if wish.side is Side.WHOLE else MAX_DECLARED_PIXELS
    if not 0 < width * height <= most:
        raise NothingToShow
    turned = opened.getexif().get(_ORIENTATION) in _SWAPPED
    shown: Image.Image = opened
    if opened.mode.startswith(_SIXTEEN_BITS):
        shown = opened.point([each // 256 for each in range(65_536)], "L")
    if wish.side is not Side.WHOLE:
        shown.thumbnail((wish.side, wish.side), Image.Resampling.BOX, reducing_gap=2.0)
    else:
        shown.load()
    if turned or opened.getexif().get(_ORIENTATION, 1) != 1:
        shown = ImageOps.exif_transpose(shown)
    return shown, ((height, width) if turned else (width, height)), 1


def _page(content: bytes, wish: Wish) -> tuple[Image.Image, tuple[int, int], int]:
    from pypdfium2 import PdfDocument

    if wish.side is Side.WHOLE:
        raise NothingToShow
    document = PdfDocument(content)
    pages = len(document)
    if not wish.page < pages <= MAX_PAGES:
        raise NothingToShow
    page = document[wish.page]
    width, height = page.get_size()
    longer = max(width, height)
    # points: a page of a kilometre is no page
    if not 1 <= longer <= 100_000 or min(width, height) * wish.side < longer:
        raise NothingToShow
    scale = (wish.side - 1) / longer
    drawn = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False).to_pil()
    return drawn, (max(1, round(width)), max(1, round(height))), pages


def _strips(plain: Image.Image) -> Iterator[bytes]:
    """In strips: a second copy of a large picture would not fit below the ceiling."""
    rows = max(1, 262_144 // (4 * plain.width))
    for top in range(0, plain.height, rows):
        bottom = min(plain.height, top + rows)
        yield plain.crop((0, top, plain.width, bottom)).tobytes()


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content[: len(content) & ~1].decode("utf-16", "replace")
    if b"\0" in content[:200]:
        ends = content[0 : len(content) & ~1]
        even, odd = ends[0::2].count(0), ends[1::2].count(0)
        if max(even, odd) < len(ends) * _ZEROS_OF_WIDE:
            raise NothingToShow
        return ends.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # a letter may be cut where the beginning ends
        if len(content) == MAX_TEXT_INPUT_BYTES and error.start >= len(content) - 3:
            return content[: error.start].decode("utf-8-sig")
    if _is_gb2312(content):
        return content.decode("gb18030", "replace")
    return max((content.decode(name, "replace") for name in _OLD_ENCODINGS), key=_likeness)


def _is_gb2312(content: bytes) -> bool:
    """Pairs of which nearly all stand for common Chinese signs; Thai bytes are pairs by chance."""
    at, pairs, common = 0, 0, 0
    while at < len(content) - 1:
        if content[at] < 0x80:
            at += 1
            continue
        pairs += 1
        common += 0xA1 <= content[at + 1] <= 0xFE and (
            0xB0 <= content[at] <= 0xD7 or 0xA1 <= content[at] <= 0xA3
        )
        at += 2
    return pairs > 0 and common >= 0.97 * pairs


_SCRIPTS: Final = ((0x0600, 0x06FF), (0x0400, 0x04FF), (0x0E00, 0x0E7F))
_LATIN: Final = len(_SCRIPTS)


def _likeness(found: str) -> float:
    """How much this looks like words: letters beside others of the same script, nothing odd."""
    score = 0.0
    before = -1
    for char in found[:20_000]:
        script = _script(char)
        if script >= 0:
            score += 1.0 if script == before else 0.2 if before < 0 else -1.0
        elif "\xc0" <= char <= "\xff":
            # a letter with an accent stands among plain ones
            score += 0.5 if before == _LATIN else -0.2
            script = before
        elif char == "\ufffd" or "\x80" <= char <= "\x9f":
            score -= 5.0
        before = script
    return score / max(1, len(found))


def _script(char: str) -> int:
    if "a" <= char.lower() <= "z":
        return _LATIN
    code = ord(char)
    return next((at for at, (low, high) in enumerate(_SCRIPTS) if low <= code <= high), -1)
