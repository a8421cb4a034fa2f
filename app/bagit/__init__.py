"""BagIt 1.0 (RFC 8493) as a bundle uses it (docs/formats/bundle.md 3): SHA-256, UTF-8, no fetch.

Order of the files, so that one pass over a stream can judge each as it arrives: `bagit.txt`,
`bag-info.txt`, `manifest-sha256.txt`, further tag files, `tagmanifest-sha256.txt`, its signature,
then `data/` sorted by code point. All digests are known before the first byte is written.
Names are relative to the bag's own folder.
"""

from __future__ import annotations

from app.bagit.build import ordered, payload_oxum, tag_files
from app.bagit.check import BagCheck, BagFile, BagReport, FileState, path_in_bag
from app.bagit.grammar import (
    BAG_INFO,
    BAGIT_TXT,
    MANIFEST,
    MAX_LINES,
    MAX_TAG_BYTES,
    PAYLOAD_FOLDER,
    SIGNATURE,
    TAG_MANIFEST,
    BagRefusal,
    InfoLine,
    Listed,
    Payload,
    TagFile,
)

__all__ = [
    "BAGIT_TXT",
    "BAG_INFO",
    "MANIFEST",
    "MAX_LINES",
    "MAX_TAG_BYTES",
    "PAYLOAD_FOLDER",
    "SIGNATURE",
    "TAG_MANIFEST",
    "BagCheck",
    "BagFile",
    "BagRefusal",
    "BagReport",
    "FileState",
    "InfoLine",
    "Listed",
    "Payload",
    "TagFile",
    "ordered",
    "path_in_bag",
    "payload_oxum",
    "tag_files",
]
