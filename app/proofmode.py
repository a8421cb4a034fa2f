"""Packages of ProofMode: a photo or film with a record of when and where it was taken, in a ZIP.

A package holds the file, and beside it, named after its SHA-256: a record (`.proof.csv`,
`.proof.json`), signatures of OpenPGP (`.asc`) and a stamp of OpenTimestamps (`.ots`)
(proofmode.org, "Verification"). The digest in the record is compared with the file. Signatures and
stamps are told, not checked: Hoopoe has no OpenPGP, and a stamp is checked against a network.
Nothing is written in clear; the members are read one after the other, with ceilings.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app import evidence, store
from app.errors import NotAProof
from app.metadata.packed import Archive
from app.metadata.window import Odd, Window
from app.records import EvidenceItem
from app.records.ids import RecordId
from app.tasks import Progress, Step, ignore
from app.vault import Vault

MAX_MEDIA: Final = 2 * 1024**3
"""Bytes that the files of one package may unpack to."""
_MAX_RECORD: Final = 1024**2
_BLOCK: Final = 1024**2
_RECORD: Final = re.compile(r"(?:.*/)?(?P<of>.+?)\.proof\.(?:json|csv)")
_BESIDE: Final = re.compile(
    r".*\.(?:asc|ots|csv|json|txt|pem|devicecheck|gst)|(?:.*/)?HowToVerify.*"
)
_DIGEST: Final = re.compile(rb"(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])")


class Match(StrEnum):
    """What the digest in a record comes to."""

    SAME = "same"
    """A file in the package has it."""
    NO_FILE = "no_file"
    """No file in the package has it: altered, or not in the package."""
    NO_DIGEST = "no_digest"
    """The record names none, or its own name says another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One record of a package. `media`: the member that has its digest, "" without one.

    `signature`, `stamp`: the member that would have to be checked elsewhere, "" without one.
    """

    record: str
    sha256: str
    match: Match
    media: str
    signature: str
    stamp: str


def verify(vault: Vault, item: RecordId, *, progress: Progress = ignore) -> tuple[Proof, ...]:
    """Compare each record of a package with the files beside it.

    Raises NotFound, EvidenceDamaged, Cancelled; NotAProof for anything but a readable package.
    """
    reference = store.get(vault, EvidenceItem, item).short_ref
    with evidence.source(vault, item) as content:
        try:
            archive = Archive(Window.on(content))
            records = {
                name: found["of"] for name in archive.names if (found := _RECORD.fullmatch(name))
            }
            if not records:
                raise NotAProof(reference=reference)
            digests = _digests(archive, progress)
            return tuple(_proof(archive, name, of, digests) for name, of in records.items())
        except Odd:
            raise NotAProof(reference=reference) from None


def _digests(archive: Archive, progress: Progress) -> dict[str, str]:
    """Each file of the package by its SHA-256. Raises Odd beyond MAX_MEDIA, Cancelled."""
    media = [
        each for each in archive.names if not each.endswith("/") and not _BESIDE.fullmatch(each)
    ]
    total = sum(archive.size(each) for each in media)
    found: dict[str, str] = {}
    done = 0
    for name in media:
        digest = hashlib.sha256()
        for block in archive.blocks(name, _BLOCK):
            done += len(block)
            if done > MAX_MEDIA:
                raise Odd
            digest.update(block)
            progress(Step(doing="checking", done=done, total=max(done, total)))
        found[digest.hexdigest()] = name
    return found


def _proof(archive: Archive, name: str, of: str, digests: dict[str, str]) -> Proof:
    if archive.size(name) > _MAX_RECORD:
        raise Odd
    said = {each.decode("ascii").lower() for each in _DIGEST.findall(archive.read(name))}
    own = of.lower()
    named = re.fullmatch(r"[0-9a-f]{64}", own) is not None
    # a record may hold other digests too; the one it is about is in its name
    about = own if named else next(iter(said), "") if len(said) == 1 else ""
    media = digests.get(about, "")
    if not about or about not in said:
        match = Match.NO_DIGEST
    else:
        match = Match.SAME if media else Match.NO_FILE
    folder = name[: name.rfind("/") + 1]
    return Proof(
        record=name,
        sha256=about,
        match=match,
        media=media,
        signature=_first(archive, f"{name}.asc", f"{folder}{of}.asc"),
        stamp=_first(archive, f"{folder}{of}.ots", f"{name}.ots"),
    )


def _first(archive: Archive, *names: str) -> str:
    return next((each for each in names if each in archive.names), "")
