"""What an archive may be, and the reasons for which one is refused."""

from __future__ import annotations

from enum import StrEnum

from app.names import LONGEST_PATH

BLOCK_BYTES = 512
MAX_MEMBERS = 10_000
MAX_NAME_BYTES = LONGEST_PATH
MAX_PAX_BYTES = 8 * 1024
MAX_PAX_SIZE_DIGITS = 13
"""Nine terabytes. Bounded before int(), which takes quadratic time on a long row of digits."""
LARGEST_OCTAL_SIZE = 8**11 - 1
"""8 GiB - 1: what the eleven octal digits of a ustar header hold."""


class TarRefusal(StrEnum):
    """The rule that an archive breaks."""

    TRUNCATED = "truncated"
    CHECKSUM = "checksum"
    NOT_USTAR = "not_ustar"
    NUMBER = "number"
    """A number is not in plain octal (base-256, signs, blanks, letters)."""
    TYPE = "type"
    """A link, device, pipe, sparse file, GNU or global header, or an unknown type."""
    HIDDEN_BYTES = "hidden_bytes"
    """Something other than zeros where the format has nothing to say."""
    NAME = "name"
    DUPLICATE = "duplicate"
    """Two members that are one file, or a file and a folder, on some system."""
    TOO_MANY = "too_many"
    PAX = "pax"
    SIZE = "size"
    """A folder with content, or a size that its pax header contradicts."""
    END = "end"
    """One block of zeros in the middle, or anything but zeros after the end marker."""
    SIZE_DIFFERS = "size_differs"
    """Only while writing: the content was not as long as announced."""
