"""Files made to hurt whoever opens them, and plain ones beside them."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def picture(form: str, size: tuple[int, int] = (320, 240)) -> bytes:
    """A real picture: red on the left, blue on the right."""
    made = Image.new("RGB", size, (200, 20, 20))
    made.paste((20, 20, 200), (size[0] // 2, 0, *size))
    content = io.BytesIO()
    made.save(content, form)
    return content.getvalue()


def turned_jpeg() -> bytes:
    """A picture that was taken with the camera on its side."""
    made = Image.new("RGB", (320, 200), (255, 255, 255))
    exif = Image.Exif()
    exif[0x0112] = 6
    content = io.BytesIO()
    made.save(content, "JPEG", exif=exif)
    return content.getvalue()


def pages(count: int) -> bytes:
    """A document of so many pages."""
    first, *rest = [Image.new("RGB", (300, 400), (40 * at, 90, 90)) for at in range(count)]
    content = io.BytesIO()
    first.save(content, "PDF", save_all=True, append_images=rest)
    return content.getvalue()


def declared_png(width: int, height: int) -> bytes:
    """Says that it is that large, and holds a few rows of nothing."""
    rows = zlib.compress(bytes(1_000_000))
    return PNG_HEAD + _chunk(b"IHDR", _ihdr(width, height)) + _chunk(b"IDAT", rows)


def png_with_endless_text() -> bytes:
    """A small picture with a comment of 400 MB that is packed into 400 kB."""
    packer = zlib.compressobj(9)
    piece = bytes(1_000_000)
    text = b"".join(packer.compress(piece) for _ in range(400)) + packer.flush()
    comment = _chunk(b"zTXt", b"Comment\0\0" + text)
    body = zlib.compress(b"\0\0\0\0" * 1)
    head = _chunk(b"IHDR", _ihdr(1, 1))
    return PNG_HEAD + head + comment + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def declared_gif() -> bytes:
    """A canvas of 65,535 squared, on which one pixel is painted."""
    head = b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + bytes(6)
    frame = b"," + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0) + b"\x02\x02\x4c\x01\x00"
    return head + frame * 3 + b";"


def pdf_of_one_endless_page() -> bytes:
    """A page of 10 kilometres by a hair."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 28346456 1]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )


def pdf_that_never_ends() -> bytes:
    """A page that draws a form ten times, which draws another ten times, twelve deep."""
    deep = 12
    parts = [
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R"
        b"/Resources<</XObject<</F 10 0 R>>>>>>endobj\n",
        b"4 0 obj<</Length 5>>stream\n/F Do\nendstream endobj\n",
    ]
    for at in range(10, 10 + deep):
        drawn = b"/F Do " * 10 if at < 9 + deep else b"0 0 50 50 re f "
        parts.append(
            b"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<<"
            b"/F %d 0 R>>>>/Length %d>>stream\n%s\nendstream endobj\n"
            % (at, at + 1, len(drawn), drawn)
        )
    return b"".join(parts) + b"trailer<</Root 1 0 R>>\n%%EOF"


def _ihdr(width: int, height: int) -> bytes:
    return struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)


def _chunk(kind: bytes, content: bytes) -> bytes:
    sum_ = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", sum_)
