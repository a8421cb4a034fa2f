"""Make the tag files of a bag from what is known of its payload."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from app.bagit.grammar import (
    BAG_INFO,
    BAGIT_TXT,
    DECLARATION,
    MANIFEST,
    PAYLOAD_OXUM,
    TAG_MANIFEST,
    InfoLine,
    Listed,
    Payload,
    TagFile,
    bag_info,
    manifest,
)


def ordered(payload: Iterable[Payload]) -> tuple[Payload, ...]:
    """The payload in the order in which it stands in the archive."""
    return tuple(sorted(payload, key=lambda file: file.path))


def payload_oxum(payload: Iterable[Payload]) -> str:
    """`<bytes>.<files>` (RFC 8493, 2.2.2): a quick look at whether all is there."""
    sizes = [file.size for file in payload]
    return f"{sum(sizes)}.{len(sizes)}"


def tag_files(
    payload: Sequence[Payload], info: Sequence[InfoLine], further: Sequence[TagFile]
) -> tuple[TagFile, ...]:
    """Every tag file but the signature, in the order in which they stand in the archive.

    `info`: lines of bag-info.txt before Payload-Oxum, which is added. `further`: tag files that
    are none of BagIt's own; the tag manifest, last, covers them.

    Raises: ValueError (an info line of another form).
    """
    oxum = InfoLine(label=PAYLOAD_OXUM, value=payload_oxum(payload))
    entries = [Listed(path=file.path, sha256=file.sha256) for file in payload]
    before = (
        TagFile(path=BAGIT_TXT, content=DECLARATION),
        TagFile(path=BAG_INFO, content=bag_info([*info, oxum])),
        TagFile(path=MANIFEST, content=manifest(entries)),
        *further,
    )
    digests = [
        Listed(path=file.path, sha256=hashlib.sha256(file.content).digest()) for file in before
    ]
    return (*before, TagFile(path=TAG_MANIFEST, content=manifest(digests)))
