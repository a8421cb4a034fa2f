"""Parts of a picture made unreadable for good, as a new picture that tells nothing else.

Works on pixels that somebody else decoded, where hostile bytes are safe. What lay under a filled
box is nowhere in the result. A mosaic of few cells keeps colours alone: four along the longer side,
because finer ones have been turned back into text and faces (Hill et al., "On the Effectiveness of
Mosaicing and Blurring as Tools for Document Redaction", 2016). For text, fill.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PIL import Image

MAX_PIXELS: Final = 100_000_000
_CELLS: Final = 4
_LEVELS: Final = 32
"""Colours of a cell are rounded to multiples of this."""
_FILL: Final = (0, 0, 0)


class Cover(StrEnum):
    """How a part is made unreadable."""

    FILL = "fill"
    MOSAIC = "mosaic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of a picture, in its pixels, from the left and from the top."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A picture as it is seen: rows from the top, four bytes (red, green, blue, opacity) each."""

    width: int
    height: int
    rgba: bytes

    def __post_init__(self) -> None:
        """ValueError for a size of nothing, above MAX_PIXELS, or other than that of the bytes."""
        if min(self.width, self.height) < 1 or self.width * self.height > MAX_PIXELS:
            raise ValueError((self.width, self.height))
        if len(self.rgba) != 4 * self.width * self.height:
            raise ValueError(len(self.rgba))


def covered(pixels: Pixels, boxes: Sequence[Box], how: Cover) -> tuple[bytes, int]:
    """The picture as PNG with these parts made unreadable, and how many parts lay in it.

    What is transparent is shown as white: a hidden colour under it would be kept otherwise.
    """
    whole = Image.frombytes("RGBA", (pixels.width, pixels.height), pixels.rgba)
    made = Image.new("RGB", whole.size, (255, 255, 255))
    made.paste(whole, mask=whole.getchannel("A"))
    count = 0
    for box in boxes:
        place = _inside(box, pixels)
        if place is None:
            continue
        count += 1
        if how is Cover.FILL:
            made.paste(_FILL, place)
        else:
            made.paste(_mosaic(made.crop(place)), place)
    content = io.BytesIO()
    made.save(content, "PNG")
    return content.getvalue(), count


def _inside(box: Box, pixels: Pixels) -> tuple[int, int, int, int] | None:
    left, top = max(0, box.left), max(0, box.top)
    right = min(pixels.width, box.left + box.width)
    bottom = min(pixels.height, box.top + box.height)
    return (left, top, right, bottom) if left < right and top < bottom else None


def _mosaic(part: Image.Image) -> Image.Image:
    longer = max(part.size)
    cells = tuple(max(1, round(_CELLS * side / longer)) for side in part.size)
    few = part.resize((cells[0], cells[1]), Image.Resampling.BOX)
    rounded = few.point([each // _LEVELS * _LEVELS for each in range(256)] * 3)
    return rounded.resize(part.size, Image.Resampling.NEAREST)
