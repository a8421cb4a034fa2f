"""Read a bundle to its end: age, strict tar, bag, signature, hoopoe.json (bundle.md 8, pass 2).

The one reader for looking, taking in and unpacking; they differ in what is done with the content
of each evidence file. Nothing is judged before its bytes are authenticated, and nothing is
believed before the last byte was seen.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from app import bagit
from app.bagit import BagCheck, BagReport
from app.bundles import manifest as manifests
from app.bundles.manifest import Manifest
from app.bundles.packing import FOLDER, MANIFEST_NAME
from app.bundles.pieces import Pieces
from app.digesting import Digesting
from app.errors import (
    BadBag,
    BadBundle,
    BadManifest,
    BadTar,
    BundleDamaged,
    MalformedJson,
    NotABundle,
    NotForMe,
    SignatureBroken,
)
from app.oserrors import while_reading
from app.reading import FileDigest, open_for_reading
from app.streams import Reader
from app.tar import Member, MemberReader, TarReader
from app.tasks import Progress, Step
from crypto import age
from crypto.digest import sha256
from crypto.errors import (
    BadHeaderMac,
    BadSignature,
    CryptoError,
    DamagedPayload,
    MalformedHeader,
    NoIdentityMatches,
    TooCostly,
)
from crypto.signing import Prehash, Purpose, VerifyKey

MAX_BUNDLE_BYTES: Final = 8 * 1024**3
MAX_RECORDS_BYTES: Final = 64 * 1024**2
"""Of records and custody together: they are held in memory."""
MAX_RECEIPT_BYTES: Final = 8 * 1024**2
EVIDENCE_FOLDER: Final = "data/evidence/"
RECORDS: Final = "data/records.jsonl"
CUSTODY: Final = "data/custody.jsonl"
RECEIPT: Final = "data/receipt.json"
LEAFLET: Final = "data/read-me-first.html"

_TAGS: Final = "tags"
_LINES: Final = "lines"
_RECEIPT: Final = "receipt"
_HELD: Final = {RECORDS: _LINES, CUSTODY: _LINES, RECEIPT: _RECEIPT}
_CEILINGS: Final = {
    _TAGS: bagit.MAX_TAG_BYTES,
    _LINES: MAX_RECORDS_BYTES,
    _RECEIPT: MAX_RECEIPT_BYTES,
}
_BUFFER_BYTES: Final = 1024 * 1024

Take = Callable[[str, Reader, int], FileDigest]
"""What is done with a payload file that is not held: (path in the bag, content, size)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What a bundle holds, every outer layer checked, by path in the bag.

    `tags`: tag files. `held`: small payload files. `digests`: of every payload file.

    `signed`: the signature in it is by `manifest.verify_key` over exactly this bag.
    """

    manifest: Manifest
    signed: bool
    tag_manifest_digest: str
    bag: BagReport
    tags: dict[str, bytes]
    held: dict[str, Pieces]
    digests: dict[str, FileDigest]


SMALL_BUNDLE_BYTES: Final = 4 * 1024**2
"""Up to here what pass 1 authenticated is held in memory for pass 2, not read again."""


def look(path: Path, identities: Sequence[age.Identity], progress: Progress) -> Inside:
    """Both passes for who only looks. Raises as `authenticate` and `read`."""
    with while_reading(path):
        small = path.stat().st_size <= SMALL_BUNDLE_BYTES
    if not small:
        authenticate(path, identities, progress)
        return read(path, identities, digest, progress)
    with _opened(path, identities, progress) as stream:
        held = io.BytesIO(_whole(stream))
    with _typed():
        return _inside(held, digest)


def _whole(stream: age.StreamReader) -> bytes:
    """The stream to its authentic end. Raises BundleDamaged when the file grew meanwhile."""
    content = stream.read(SMALL_BUNDLE_BYTES)
    if stream.read(1):
        raise BundleDamaged("changed")
    return content


def authenticate(path: Path, identities: Sequence[age.Identity], progress: Progress) -> None:
    """Pass 1: the whole stream to its last chunk; nothing of it is kept.

    Raises NotABundle, NotForMe, BundleDamaged, TooBig, NotThere, NotReadable, MediumFailed,
    Cancelled.
    """
    with _opened(path, identities, progress) as stream:
        buffer = bytearray(_BUFFER_BYTES)
        while stream.readinto(buffer):
            pass


def read(path: Path, identities: Sequence[age.Identity], take: Take, progress: Progress) -> Inside:
    """Pass 2. Raises as `authenticate`, and BadBundle, BadManifest, SignatureBroken."""
    with _opened(path, identities, progress) as stream:
        return _inside(stream, take)


def digest(path: str, content: Reader, size: int) -> FileDigest:  # noqa: ARG001 - a Take
    """The Take of who only looks."""
    with Digesting() as state:
        while piece := content.read(_BUFFER_BYTES):
            state.update(piece)
    return FileDigest(sha256=state.digest(), size=state.size)


@contextmanager
def _opened(
    path: Path, identities: Sequence[age.Identity], progress: Progress
) -> Iterator[age.StreamReader]:
    with open_for_reading(path, limit=MAX_BUNDLE_BYTES) as source, _typed():
        yield age.decrypt(_Watched(source, progress), identities)


class _Watched:
    """The file as it is read, with how far it is."""

    def __init__(self, source: BinaryIO, progress: Progress) -> None:
        self._source = source
        self._progress = progress
        self._done = 0
        source.seek(0, 2)
        self._total = source.tell()
        source.seek(0)

    def read(self, size: int, /) -> bytes:
        piece = self._source.read(size)
        self._done += len(piece)
        self._progress(Step(doing="checking", done=self._done, total=self._total))
        return piece


@contextmanager
def _typed() -> Iterator[None]:
    """What the layers raise, as what it means for a bundle."""
    try:
        yield
    except NoIdentityMatches:
        raise NotForMe from None
    except (MalformedHeader, TooCostly) as error:
        raise NotABundle(str(error)) from None
    except (BadHeaderMac, DamagedPayload) as error:
        raise BundleDamaged(type(error).__name__) from None
    except BadTar as error:
        raise BadBundle("tar", str(error.reason)) from None
    except BadBag as error:
        raise BadBundle("bag", str(error.reason)) from None


def _inside(stream: Reader, take: Take) -> Inside:
    check = BagCheck()
    tags: dict[str, bytes] = {}
    held: dict[str, Pieces] = {}
    digests: dict[str, FileDigest] = {}
    # Ceilings of the sums, not of each file: ten thousand tag files of the largest size would fill
    # any memory.
    room = {each: _Room(limit) for each, limit in _CEILINGS.items()}
    for member in TarReader(stream):
        path = bagit.path_in_bag(member.name, FOLDER.removesuffix("/"))
        if not path.startswith(bagit.PAYLOAD_FOLDER):
            tags[path] = room[_TAGS].take(member).whole()
            check.add_tag(path, tags[path])
            continue
        if path in _HELD:
            held[path] = room[_HELD[path]].take(member)
            digests[path] = _digest_of(held[path])
        else:
            digests[path] = take(path, member.reader, member.size)
        check.add_payload(path, digests[path].sha256, digests[path].size)
    bag = check.finish()
    manifest = _manifest(tags)
    tag_manifest = tags[bagit.TAG_MANIFEST]
    return Inside(
        manifest=manifest,
        signed=_signed(manifest, tag_manifest, tags.get(bagit.SIGNATURE)),
        tag_manifest_digest=sha256(tag_manifest).hex(),
        bag=bag,
        tags=tags,
        held=held,
        digests=digests,
    )


class _Room:
    """What members of one sort may take in memory, all together."""

    def __init__(self, limit: int) -> None:
        self._left = limit

    def take(self, member: Member) -> Pieces:
        if member.size > self._left:
            raise BadBundle("size", member.name)
        self._left -= member.size
        return Pieces(list(_pieces(member.reader)))


def _pieces(reader: MemberReader) -> Iterator[bytes]:
    while piece := reader.read(_BUFFER_BYTES):
        yield piece


def _digest_of(held: Pieces) -> FileDigest:
    with Digesting() as state:
        for piece in held:
            state.update(piece)
    return FileDigest(sha256=state.digest(), size=state.size)


def _manifest(tags: dict[str, bytes]) -> Manifest:
    if MANIFEST_NAME not in tags:
        raise BadManifest("missing")
    try:
        return manifests.read(tags[MANIFEST_NAME])
    except MalformedJson:
        raise BadManifest("json") from None


def _signed(manifest: Manifest, tag_manifest: bytes, signature: bytes | None) -> bool:
    if manifest.verify_key is None or signature is None:
        if manifest.verify_key is not None or signature is not None:
            raise SignatureBroken
        return False
    try:
        key = VerifyKey.parse(manifest.verify_key)
        detail = key.verify(Prehash.of(tag_manifest), signature, Purpose.BUNDLE)
    except (BadSignature, CryptoError):
        raise SignatureBroken from None
    if detail != manifest.bundle:
        raise SignatureBroken
    return True
