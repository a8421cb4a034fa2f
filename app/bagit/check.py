"""Judge a bag as its files arrive: is it complete, is it valid, and if not, which file is not.

A defect of a tag file refuses the whole bag: nothing says what it should hold then. A defect of a
payload file is that file's own: it is reported, and the others stand.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from app.bagit.grammar import (
    BAG_INFO,
    BAGIT_TXT,
    DECLARATION,
    MANIFEST,
    MAX_LINES,
    MAX_TAG_BYTES,
    PAYLOAD_FOLDER,
    PAYLOAD_OXUM,
    SIGNATURE,
    TAG_MANIFEST,
    BagRefusal,
    InfoLine,
    parse_bag_info,
    parse_manifest,
)
from app.errors import BadBag
from app.names import same_name_key

_ANY_MANIFEST = re.compile(r"(tag)?manifest-.*\.txt")
_OXUM = re.compile(r"(0|[1-9][0-9]{0,15})\.(0|[1-9][0-9]{0,4})")
_KEPT = {BAGIT_TXT, BAG_INFO, MANIFEST, TAG_MANIFEST}


class FileState(StrEnum):
    """What became of one payload file."""

    GOOD = "good"
    DAMAGED = "damaged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class BagFile:
    """A payload file that the manifest lists. `size`: bytes found, 0 when missing."""

    path: str
    state: FileState
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BagReport:
    """A bag whose tag files all hold; each payload file in the order of the manifest."""

    files: tuple[BagFile, ...]
    info: tuple[InfoLine, ...]

    @property
    def whole(self) -> bool:
        """Complete and valid in the words of RFC 8493, 3."""
        return all(file.state is FileState.GOOD for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    sha256: bytes
    size: int


class BagCheck:
    """Given every file of a bag, tag files first; then `finish` says what the bag is worth.

    Raises from every method: BadBag.
    """

    def __init__(self) -> None:
        self._tags: dict[str, bytes] = {}
        self._kept: dict[str, bytes] = {}
        self._seen: dict[str, _Seen] = {}
        self._expected: dict[str, bytes] | None = None
        self._info: tuple[InfoLine, ...] = ()
        self._bytes: int | None = None

    def add_tag(self, path: str, content: bytes) -> None:
        """The next tag file, with all of its content."""
        if path.startswith(PAYLOAD_FOLDER):
            raise BadBag(reason=BagRefusal.WRONG_PLACE, name=path)
        if self._expected is not None:
            raise BadBag(reason=BagRefusal.ORDER, name=path)
        if path in self._tags:
            raise BadBag(reason=BagRefusal.DUPLICATE, name=path)
        if len(content) > MAX_TAG_BYTES:
            raise BadBag(reason=BagRefusal.TOO_BIG, name=path)
        if len(self._tags) == MAX_LINES:
            raise BadBag(reason=BagRefusal.TOO_MANY, name=path)
        key = same_name_key(path)  # FETCH.TXT is fetch.txt where a courier's disk folds case
        if key == "fetch.txt":
            raise BadBag(reason=BagRefusal.FETCH, name=path)
        if _ANY_MANIFEST.fullmatch(key) and path not in _KEPT:
            raise BadBag(reason=BagRefusal.OTHER_MANIFEST, name=path)
        self._tags[path] = hashlib.sha256(content).digest()
        if path in _KEPT:
            self._kept[path] = content

    def judge_tags(self) -> None:
        """Every tag file was given: judge them. The first payload file asks for it otherwise."""
        self._listed()

    def add_payload(self, path: str, sha256: bytes, size: int) -> FileState:
        """The next payload file, by the digest and size of what was read; GOOD or DAMAGED."""
        expected = self._listed().get(path)
        if expected is None:
            raise BadBag(reason=BagRefusal.UNLISTED, name=path)
        if path in self._seen:
            raise BadBag(reason=BagRefusal.DUPLICATE, name=path)
        self._seen[path] = _Seen(sha256=sha256, size=size)
        return FileState.GOOD if sha256 == expected else FileState.DAMAGED

    def finish(self) -> BagReport:
        """Every file was given: what is there, what is not."""
        files = tuple(self._file(path, sha256) for path, sha256 in self._listed().items())
        report = BagReport(files=files, info=self._info)
        found = sum(file.size for file in files)
        if report.whole and self._bytes is not None and found != self._bytes:
            raise BadBag(reason=BagRefusal.OXUM, name=BAG_INFO)
        return report

    def _file(self, path: str, sha256: bytes) -> BagFile:
        seen = self._seen.get(path)
        if seen is None:
            return BagFile(path=path, state=FileState.MISSING, size=0)
        state = FileState.GOOD if seen.sha256 == sha256 else FileState.DAMAGED
        return BagFile(path=path, state=state, size=seen.size)

    def _listed(self) -> dict[str, bytes]:
        if self._expected is None:
            self._expected = self._judged()
        return self._expected

    def _judged(self) -> dict[str, bytes]:
        for path in (BAGIT_TXT, MANIFEST, TAG_MANIFEST):
            if path not in self._tags:
                raise BadBag(reason=BagRefusal.MISSING, name=path)
        if self._kept[BAGIT_TXT] != DECLARATION:
            raise BadBag(reason=BagRefusal.DECLARATION, name=BAGIT_TXT)
        self._judge_tag_manifest()
        payload = {}
        for entry in parse_manifest(self._kept[MANIFEST], MANIFEST):
            if not entry.path.startswith(PAYLOAD_FOLDER):
                raise BadBag(reason=BagRefusal.WRONG_PLACE, name=entry.path)
            payload[entry.path] = entry.sha256
        if BAG_INFO in self._kept:
            self._info = parse_bag_info(self._kept[BAG_INFO])
            self._bytes = _announced(self._info, len(payload))
        return payload

    def _judge_tag_manifest(self) -> None:
        unlisted = set(self._tags) - {TAG_MANIFEST, SIGNATURE}
        for entry in parse_manifest(self._kept[TAG_MANIFEST], TAG_MANIFEST):
            if entry.path.startswith(PAYLOAD_FOLDER) or entry.path in {TAG_MANIFEST, SIGNATURE}:
                raise BadBag(reason=BagRefusal.WRONG_PLACE, name=entry.path)
            if entry.path not in self._tags:
                raise BadBag(reason=BagRefusal.MISSING, name=entry.path)
            if self._tags[entry.path] != entry.sha256:
                raise BadBag(reason=BagRefusal.DAMAGED, name=entry.path)
            unlisted.discard(entry.path)
        if unlisted:
            raise BadBag(reason=BagRefusal.UNLISTED, name=min(unlisted))


def path_in_bag(member: str, folder: str) -> str:
    """The path in the bag of an archive's member below `folder`. Raises: BadBag."""
    path = member.removeprefix(f"{folder}/")
    if path == member:
        raise BadBag(reason=BagRefusal.WRONG_PLACE, name=member)
    return path


def _announced(info: tuple[InfoLine, ...], files: int) -> int | None:
    """The payload's bytes as Payload-Oxum says; None without one. Its count must be `files`."""
    said = [line.value for line in info if line.label.lower() == PAYLOAD_OXUM.lower()]
    if not said:
        return None
    match = _OXUM.fullmatch(said[0])
    if match is None or len(said) > 1 or int(match[2]) != files:
        raise BadBag(reason=BagRefusal.OXUM, name=BAG_INFO)
    return int(match[1])
