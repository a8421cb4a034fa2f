"""Bundles sealed correctly around content made to do harm: any bag, any archive, for any desk."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app import bagit, contacts
from app.bagit import InfoLine, TagFile
from app.bundles.packing import FOLDER, MANIFEST_NAME
from app.bundles.reading import CUSTODY, RECORDS
from app.tar import TarWriter
from app.vault import Vault
from crypto import age
from tests.app.bundles import forging
from tests.app.trees import snapshot

HTML = '<img src="file:///etc/passwd"><script>alert(1)</script>\u202egpj.exe'
Members = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """Tag files and payload by path in the bag; tests change them as they like."""

    tags: Members
    files: Members

    @classmethod
    def sound(
        cls,
        *,
        hoopoe: Sequence[bytes] | None = None,
        records: bytes = b"",
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Bag:
        """A bag that is whole around this content. `hoopoe`: other manifests, or none at all."""
        payload = sorted([(RECORDS, records), (CUSTODY, b""), *files])
        if hoopoe is None:
            hoopoe = [forging.hoopoe(recipients=("a" * 64,)).marshal()]
        further = [TagFile(path=MANIFEST_NAME, content=each) for each in hoopoe]
        listed = [
            bagit.Payload(path=path, sha256=hashlib.sha256(content).digest(), size=len(content))
            for path, content in payload
        ]
        info = [InfoLine(label="Bagging-Date", value="2026-03-14")]
        tags = bagit.tag_files(listed, info, further)
        return cls(tags=[(each.path, each.content) for each in tags], files=payload)

    def archive(self) -> bytes:
        return archive(below(self.tags + self.files))


def below(members: Members) -> Members:
    """The members with their paths in the archive."""
    return [(FOLDER + path, content) for path, content in members]


def archive(members: Members) -> bytes:
    """A tar of these members."""
    out = io.BytesIO()
    tar = TarWriter(out)
    for path, content in members:
        tar.add(path, len(content), [content])
    tar.finish()
    return out.getvalue()


def sealed(desk: Vault, path: Path, content: bytes) -> Path:
    """Any content, sealed to the desk as age does it."""
    card = contacts.own_card(desk)
    assert card is not None
    with path.open("wb") as to, age.encrypt(to, [age.parse_recipient(card.recipient)]) as writer:
        writer.write(content)
    return path


def put(members: Members, path: str, content: bytes) -> None:
    """Other content for a member that is there."""
    at = [name for name, _ in members].index(path)
    members[at] = (path, content)


def drop(members: Members, path: str) -> None:
    """A member less."""
    members[:] = [(name, content) for name, content in members if name != path]


def state(vault: Vault) -> object:
    """What a bundle that is refused must not change."""
    counted = [
        vault.database.row(f"SELECT count(*) FROM {table}")
        for table in ("revision", "record", "received_bundle", "pending")
    ]
    return (counted, snapshot(vault.folder / "files"))
