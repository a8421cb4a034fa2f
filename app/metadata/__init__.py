"""What is hidden inside a file, and the same file without it.

    scan(stream, mime)        what it tells besides what it shows        → Scan
    cleaned(stream, mime)     the pieces of a copy without that          → Piece…, or CannotClean

Both are functions of a readable stream and the type that app.filetype told from its first bytes:
no vault, no disk, no pixel decoded. The content is hostile; every read is bounded
(app/metadata/window.py). A copy counts as clean only when `scan` finds nothing in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from app.metadata import boxes, gif, id3, jpeg, office, pdf, png, riff, tiff
from app.metadata.finding import MAX_FINDINGS, Extent, Finding, Hidden, Scan
from app.metadata.pieces import Joined, Kept, Piece, length
from app.metadata.window import Odd, Source, Window

__all__ = [
    "CannotClean",
    "Extent",
    "Finding",
    "Hidden",
    "Joined",
    "Scan",
    "Source",
    "can_clean",
    "cleaned",
    "length",
    "scan",
]

Look = Callable[[Window], Iterator[Finding]]
Clean = Callable[[Window], list[Piece]]


class CannotClean(Exception):
    """No copy without what is hidden can be made of this file here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    look: Look
    clean: Clean | None = None


def _nothing(_content: Window) -> Iterator[Finding]:
    """Of a type that has no place for anything but its content."""
    return iter(())


def _as_it_is(content: Window) -> list[Piece]:
    return [Kept(start=0, size=content.size)]


_OFFICE: Final = _Format(look=office.look, clean=office.clean)
_RIFF: Final = _Format(look=riff.look, clean=riff.clean)
_FILM: Final = _Format(look=boxes.look, clean=boxes.clean)
_STILL: Final = _Format(look=boxes.look_still)
_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_FORMATS: Final = {
    "image/jpeg": _Format(look=jpeg.look, clean=jpeg.clean),
    "image/png": _Format(look=png.look, clean=png.clean),
    "image/gif": _Format(look=gif.look, clean=gif.clean),
    "image/webp": _RIFF,
    "image/tiff": _Format(look=tiff.look_pages),
    "image/bmp": _Format(look=_nothing, clean=_as_it_is),
    "image/heic": _STILL,
    "image/heif": _STILL,
    "image/avif": _STILL,
    "audio/wav": _RIFF,
    "audio/mpeg": _Format(look=id3.look, clean=id3.clean),
    "audio/flac": _Format(look=id3.look_flac, clean=id3.clean_flac),
    "audio/ogg": _Format(look=id3.look_ogg),
    "audio/amr": _Format(look=_nothing, clean=_as_it_is),
    "audio/mp4": _FILM,
    "video/mp4": _FILM,
    "video/quicktime": _FILM,
    "video/3gpp": _FILM,
    "application/pdf": _Format(look=pdf.look),
    f"{_OOXML}wordprocessingml.document": _OFFICE,
    f"{_OOXML}spreadsheetml.sheet": _OFFICE,
    f"{_OOXML}presentationml.presentation": _OFFICE,
    "application/vnd.oasis.opendocument.text": _OFFICE,
    "text/plain": _Format(look=_nothing, clean=_as_it_is),
}


def scan(stream: Source, mime: str) -> Scan:
    """What a file of this type tells besides what it shows.

    Never fails for what the content is: a file that breaks its format is told with Extent.PART.
    Raises what the stream raises.
    """
    known = _FORMATS.get(mime)
    if known is None:
        return Scan(extent=Extent.NOT_READ)
    findings: dict[Finding, None] = {}
    try:
        for found in known.look(Window.on(stream)):
            findings[found] = None
            if len(findings) == MAX_FINDINGS:
                return Scan(extent=Extent.PART, findings=tuple(findings))
    except (Odd, ValueError, LookupError, ArithmeticError):
        return Scan(extent=Extent.PART, findings=tuple(findings))
    return Scan(extent=Extent.WHOLE, findings=tuple(findings))


def can_clean(mime: str) -> bool:
    """Whether files of this type can be cleaned at all; one of them may still refuse."""
    known = _FORMATS.get(mime)
    return known is not None and known.clean is not None


def cleaned(stream: Source, mime: str) -> list[Piece]:
    """What to join for a copy that shows the same and tells nothing more. Raises CannotClean."""
    known = _FORMATS.get(mime)
    if known is None or known.clean is None:
        raise CannotClean
    try:
        return known.clean(Window.on(stream))
    except (Odd, ValueError, LookupError, ArithmeticError):
        raise CannotClean from None
