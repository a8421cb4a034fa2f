"""Write one bundle to a stream: bag, signature, tar, age, padding (docs/formats/bundle.md 1 to 5).

All digests are known before the first byte is written: records are in memory, and evidence was
digested when it was taken in. So nothing is read twice, and the tag files can stand first.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app import bagit
from app.bagit import InfoLine, TagFile
from app.bundles.manifest import Manifest
from app.cards import fingerprint_of
from app.tar import TarWriter, tar_length
from app.tasks import Progress, Step
from crypto import age
from crypto.age.flow import ByteSink
from crypto.digest import recipient_commitment, sha256
from crypto.padding import padded
from crypto.signing import Prehash, Purpose, SigningKey

FOLDER: Final = "bundle/"
MANIFEST_NAME: Final = "hoopoe.json"
STANZAS: Final = 2
"""Stanzas of a bundle to one receiver; formats allow 4, 8 and 16 for receivers of several keys."""

_ZEROS: Final = bytes(1024 * 1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One payload file: its path in the bag (`data/…`), size in bytes, SHA-256, content."""

    path: str
    size: int
    sha256: bytes
    content: Callable[[], Iterable[bytes]]

    @classmethod
    def of(cls, path: str, content: bytes) -> Payload:
        """A payload file held in memory."""
        return cls(path=path, size=len(content), sha256=sha256(content), content=lambda: (content,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A bundle laid out: members in order (paths in the archive), and what their sizes come to.

    `tag_manifest_digest`: SHA-256 of the tag manifest in hex, by which the next bundle and the
    receipt refer to this one.
    """

    members: tuple[Payload, ...]
    plaintext_bytes: int
    tag_manifest_digest: str


def lay_out(
    manifest: Manifest, payload: Sequence[Payload], recipient: str, key: SigningKey | None
) -> Laid:
    """Completes the manifest, makes tag files and signature. `key` None leaves it unsigned."""
    complete = replace(
        manifest,
        recipients=_commitments(manifest.bundle, recipient),
        verify_key=None if key is None else key.verify_key.line(),
    )
    files = [bagit.Payload(path=each.path, sha256=each.sha256, size=each.size) for each in payload]
    tags = bagit.tag_files(
        files,
        [
            InfoLine(label="Bagging-Date", value=manifest.day.isoformat()),
            InfoLine(label="External-Identifier", value=manifest.bundle),
        ],
        [TagFile(path=MANIFEST_NAME, content=complete.marshal())],
    )
    tag_manifest = tags[-1].content
    members = [Payload.of(each.path, each.content) for each in tags]
    if key is not None:
        signature = key.sign(Prehash.of(tag_manifest), Purpose.BUNDLE, manifest.bundle)
        members.append(Payload.of(bagit.SIGNATURE, signature))
    members += sorted(payload, key=lambda each: each.path)
    placed = tuple(replace(each, path=FOLDER + each.path) for each in members)
    return Laid(
        members=placed,
        plaintext_bytes=padded(tar_length((each.path, each.size) for each in placed)),
        tag_manifest_digest=sha256(tag_manifest).hex(),
    )


def write(laid: Laid, to: ByteSink, recipient: age.Recipient, progress: Progress) -> None:
    """Writes the whole age file. Raises CannotPack, what `to` and the contents raise, Cancelled."""
    with age.encrypt(to, _with_throwaways(recipient)) as sealed:
        counted = _Counted(sealed, laid.plaintext_bytes, progress)
        tar = TarWriter(counted)
        for member in laid.members:
            tar.add(member.path, member.size, member.content())
        left = laid.plaintext_bytes - tar.finish()
        while left:
            counted.write(_ZEROS[: min(left, len(_ZEROS))])
            left -= min(left, len(_ZEROS))


class _Counted:
    """Passes bytes on and says how far it is."""

    def __init__(self, to: age.StreamWriter, total: int, progress: Progress) -> None:
        self._to = to
        self._total = total
        self._progress = progress
        self._done = 0

    def write(self, data: bytes, /) -> int:
        self._to.write(data)
        self._done += len(data)
        self._progress(Step(doing="sealing", done=self._done, total=self._total))
        return len(data)


def _commitments(bundle: str, recipient: str) -> tuple[str, ...]:
    mine = recipient_commitment(bytes.fromhex(bundle), fingerprint_of(recipient)).hex()
    dummies = (secrets.token_hex(32) for _ in range(STANZAS - 1))
    return tuple(sorted((mine, *dummies)))


def _with_throwaways(recipient: age.Recipient) -> list[age.Recipient]:
    """The receiver among recipients of its own class whose identities are forgotten at once."""
    filled = [recipient, *(_throwaway(recipient.company) for _ in range(STANZAS - 1))]
    secrets.SystemRandom().shuffle(filled)
    return filled


def _throwaway(company: age.Company) -> age.Recipient:
    if company is age.Company.POST_QUANTUM:
        return age.HybridIdentity.generate().recipient
    return age.X25519Identity.generate().recipient
