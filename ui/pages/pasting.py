"""What was copied elsewhere and is pasted as evidence: files, or a picture, as bytes.

A picture is not decoded here: where the desktop hands over a file of it, its bytes are taken as
they are. Windows and macOS hand over pixels, which are written down as PNG.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from ui.widgets.filedrop import local_files

_AS_FILES: Final = ("image/png", "image/jpeg", "image/webp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """Files on this computer, or else the bytes of a picture; both empty when there is neither."""

    files: tuple[Path, ...] = ()
    picture: bytes = b""


def pasted(data: QMimeData) -> Pasted:
    """What of the clipboard can be taken in. Addresses and network paths never are."""
    files = local_files(data)
    if files:
        return Pasted(files=files)
    for form in _AS_FILES:
        if data.hasFormat(form):
            return Pasted(picture=bytes(data.data(form).data()))
    if sys.platform != "linux" and data.hasImage():
        return Pasted(picture=_png(data.imageData()))
    return Pasted()


def _png(seen: object) -> bytes:
    if not isinstance(seen, QImage):
        return b""
    made = QByteArray()
    buffer = QBuffer(made)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # a format that Qt itself writes: no plugin
    seen.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(made.data())
