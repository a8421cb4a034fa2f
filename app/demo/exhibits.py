"""Evidence files made on the spot: a photo with a place in it, sound, a letter, a long video.

Real files, because what goes wrong goes wrong with real ones: a photo that tells where it was
taken, and a file larger than any buffer. Content and size depend on the number alone.
"""

from __future__ import annotations

import hashlib
import io
import math
import struct
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from app import files

VIDEO_BYTES: Final = 200 * 1000**2
_BLOCK_BYTES: Final = 1024**2
_SAMPLE_RATE: Final = 16_000
_SECONDS: Final = 3

_PHOTOS: Final = frozenset({"photo", "screenshot", "web_capture", "platform_notice"})
_SOUNDS: Final = frozenset({"audio", "testimony_audio", "message_export"})
_VIDEOS: Final = frozenset({"video", "testimony_video"})

# Tags of EXIF 2.32: the directory of positions, and what a telephone writes into a photo.
_MAKE, _MODEL, _TAKEN, _POSITION = 0x010F, 0x0110, 0x0132, 0x8825
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4


def write(folder: Path, evidence_type: str, number: int, video_bytes: int) -> Path:
    """A new file in `folder` that suits this kind of evidence; its path.

    The first video has `video_bytes`, any other 1 MB. Raises NoRoom, NotWritable, MediumFailed.
    """
    if evidence_type in _PHOTOS:
        return _written(folder / f"IMG_{number:04d}.jpg", [photo(number)])
    if evidence_type in _SOUNDS:
        return _written(folder / f"voice-{number}.wav", [sound(number)])
    if evidence_type in _VIDEOS:
        size = video_bytes if number == 1 else min(video_bytes, 1000**2)
        return _written(folder / f"clip-{number}.mp4", noise(number, size))
    return _written(folder / f"letter-{number}.pdf", [letter(number)])


def photo(number: int) -> bytes:
    """A JPEG that says where it was taken (an invented place on the open sea)."""
    picture = Image.new("RGB", (1600, 1200), (40 + 9 * number % 200, 90, 120))
    draw = ImageDraw.Draw(picture)
    for line in range(0, 1600, 40):
        draw.line((line, 0, 1600 - line, 1200), fill=(200, 180, line % 255), width=6)
    draw.text((60, 60), f"FICTIONAL {number}", fill=(255, 255, 255))
    exif = Image.Exif()
    exif[_MAKE] = "Example"
    exif[_MODEL] = "Telephone 1"
    exif[_TAKEN] = "2025:09:18 15:40:00"
    exif.get_ifd(_POSITION).update(
        {
            _LATITUDE_REF: "S",
            _LATITUDE: (48.0, 52.0, 31.8),
            _LONGITUDE_REF: "W",
            _LONGITUDE: (123.0, 23.0, 33.1),
        }
    )
    content = io.BytesIO()
    picture.save(content, "JPEG", exif=exif, quality=85)
    return content.getvalue()


def sound(number: int) -> bytes:
    """A WAV of three seconds of one tone."""
    pitch = 220 + 20 * number
    samples = (
        int(12_000 * math.sin(2 * math.pi * pitch * at / _SAMPLE_RATE))
        for at in range(_SAMPLE_RATE * _SECONDS)
    )
    content = io.BytesIO()
    with wave.open(content, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_SAMPLE_RATE)
        out.writeframes(b"".join(struct.pack("<h", each) for each in samples))
    return content.getvalue()


def letter(number: int) -> bytes:
    """A PDF of one page, by hand: five objects and the table that says where they begin."""
    text = f"BT /F1 18 Tf 72 720 Td (FICTIONAL letter {number}) Tj ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    content = b"%PDF-1.4\n"
    starts = []
    for place, each in enumerate(objects, 1):
        starts.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (place, each)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(objects) + 1
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(content))
    )


def noise(number: int, size: int) -> Iterator[bytes]:
    """`size` bytes that look like chance and are the same each time; a video compresses no more."""
    done = 0
    while done < size:
        seed = b"hoopoe demonstration %d %d" % (number, done)
        block = hashlib.shake_128(seed).digest(min(_BLOCK_BYTES, size - done))
        yield block
        done += len(block)


def _written(path: Path, content: Iterator[bytes] | list[bytes]) -> Path:
    with files.atomic(path) as file:
        for block in content:
            file.write(block)
    return path
