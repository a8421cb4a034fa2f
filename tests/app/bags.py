"""A small bag, whole or altered, for the tests of bags."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from app import bagit
from app.bagit import (
    BagCheck,
    BagReport,
    InfoLine,
    Payload,
    TagFile,
    path_in_bag,
    tag_files,
)
from app.errors import BadBag
from app.tar import TarReader, TarWriter

CONTENTS = {
    "data/records.jsonl": b'{"kind":"incident"}\n',
    "data/evidence/0011-photo one.jpg": bytes(range(256)) * 10,
    "data/evidence/0022-نامه.pdf": b"%PDF",
    "data/evidence/empty": b"",
}
INFO = [InfoLine(label="Bagging-Date", value="2026-03-09")]
FURTHER = [TagFile(path="hoopoe.json", content=b"{}")]
SIGNATURE = TagFile(path=bagit.SIGNATURE, content=b"untrusted comment: x\n")


def payload_of(path: str, content: bytes) -> Payload:
    return Payload(path=path, sha256=hashlib.sha256(content).digest(), size=len(content))


PAYLOAD = [payload_of(path, content) for path, content in CONTENTS.items()]
TAGS = tag_files(PAYLOAD, INFO, FURTHER)


def report(tags: Sequence[TagFile], contents: dict[str, bytes]) -> BagReport:
    check = BagCheck()
    for tag in tags:
        check.add_tag(tag.path, tag.content)
    for path, content in contents.items():
        check.add_payload(path, hashlib.sha256(content).digest(), len(content))
    return check.finish()


def refusal(tags: Sequence[TagFile], contents: dict[str, bytes] = CONTENTS) -> tuple[str, str]:
    with pytest.raises(BadBag) as caught:
        report(tags, contents)
    return caught.value.reason, caught.value.name


def changed(path: str, content: bytes) -> list[TagFile]:
    """The tag files with other content in one, and a tag manifest that agrees with it."""
    files = [tag for tag in TAGS if tag.path not in {path, bagit.TAG_MANIFEST}]
    files.append(TagFile(path=path, content=content))
    lines = [f"{hashlib.sha256(tag.content).hexdigest()}  {tag.path}\n" for tag in files]
    return [*files, TagFile(path=bagit.TAG_MANIFEST, content="".join(lines).encode())]


def line(path: str, content: bytes = b"") -> bytes:
    return f"{hashlib.sha256(content).hexdigest()}  {path}\n".encode()


def unpacked(folder: Path, tags: Sequence[TagFile]) -> Path:
    for path, content in {**{tag.path: tag.content for tag in tags}, **CONTENTS}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def archive(tags: Sequence[TagFile]) -> bytes:
    out = io.BytesIO()
    writer = TarWriter(out)
    for tag in tags:
        writer.add(f"bundle/{tag.path}", len(tag.content), [tag.content])
    for file in bagit.ordered(PAYLOAD):
        writer.add(f"bundle/{file.path}", file.size, [CONTENTS[file.path]])
    writer.finish()
    return out.getvalue()


def judged(tar: bytes) -> BagReport:
    """A bag judged in one pass over its archive."""
    check = BagCheck()
    for member in TarReader(io.BytesIO(tar)):
        path = path_in_bag(member.name, "bundle")
        content = member.reader.read(member.size)
        if path.startswith(bagit.PAYLOAD_FOLDER):
            check.add_payload(path, hashlib.sha256(content).digest(), len(content))
        else:
            check.add_tag(path, content)
    return check.finish()
