"""Tar, the strict subset that a bundle is made of (docs/formats/bundle.md 2).

Written: ustar headers, a pax header only where a name or a size does not fit; uid and gid 0, no
user names, mtime 0, modes 0600 and 0700: an archive tells nothing of the machine it was made on.
Read: nothing but that, from a stream, without ever writing a file; everything else is refused.
"""

from __future__ import annotations

from app.tar.limits import (
    BLOCK_BYTES,
    LARGEST_OCTAL_SIZE,
    MAX_MEMBERS,
    MAX_NAME_BYTES,
    MAX_PAX_BYTES,
    TarRefusal,
)
from app.tar.read import Member, MemberReader, TarReader
from app.tar.write import TarWriter, tar_length

__all__ = [
    "BLOCK_BYTES",
    "LARGEST_OCTAL_SIZE",
    "MAX_MEMBERS",
    "MAX_NAME_BYTES",
    "MAX_PAX_BYTES",
    "Member",
    "MemberReader",
    "TarReader",
    "TarRefusal",
    "TarWriter",
    "tar_length",
]
