"""Open a bundle against a vault: two passes, checks in the order of bundle.md 8, a typed answer.

Nothing is written. What is taken in afterwards is app/inbox's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from app import contacts, keyring
from app.bagit import FileState
from app.bundles import lines, reading
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.ordering import order_of
from app.bundles.reading import CUSTODY, EVIDENCE_FOLDER, RECEIPT, RECORDS, Inside
from app.bundles.report import (
    AddressState,
    EnclosedFile,
    Item,
    ItemState,
    OpenedBundle,
    SealedRecord,
    Signer,
    SignerState,
)
from app.contacts import Trust
from app.errors import BadBundle, BundleDamaged
from app.keyring import Keyring
from app.names import stored_name
from app.oserrors import while_reading
from app.tasks import Progress, ignore
from app.vault import Vault
from crypto.digest import recipient_commitment

_FILE: Final = "file"
"""The kind of an Item that is no record."""


def open_bundle(vault: Vault, path: Path, *, progress: Progress = ignore) -> OpenedBundle:
    """Looks into a bundle.

    Raises NotABundle, NotForMe, BundleDamaged, BadBundle, BadManifest, SignatureBroken; TooBig,
    NotThere, NotReadable, MediumFailed; Cancelled. A defect of one record or evidence file is an
    Item of the answer.
    """
    return open_with(vault, keyring.of(vault), path, progress=progress)


def open_with(
    vault: Vault, keys: Keyring, path: Path, *, progress: Progress = ignore
) -> OpenedBundle:
    """As `open_bundle`, with keys at hand: for many bundles, one after the other."""
    return judge(vault, keys, reading.look(path, keys.identities, progress), path)


def judge(vault: Vault, keys: Keyring, inside: Inside, path: Path) -> OpenedBundle:
    """What the content of a bundle comes to, for this vault. Lets go of the records held."""
    manifest = inside.manifest
    lists = tuple(_lists(inside))
    good: list[SealedRecord] = []
    items: list[Item] = []
    # One after the other: ten thousand decoded records are many times their bytes.
    for each in _records(inside):
        if isinstance(each, Item):
            items.append(each)
            continue
        good.append(each.sealed)
        items.append(
            Item(reference=each.record.short_ref, kind=each.sealed.kind, state=ItemState.GOOD)
        )
    with while_reading(path):
        size = path.stat().st_size
    return OpenedBundle(
        manifest=manifest,
        file_name=stored_name(path.name),
        file_size=size,
        tag_manifest_digest=inside.tag_manifest_digest,
        signer=_signer(vault, inside),
        addressed=_addressed(keys, manifest),
        order=order_of(vault.database, manifest),
        lists=lists,
        records=tuple(good),
        evidence=tuple(_enclosed(inside)),
        items=(*items, *_files(inside)),
        receipt=_receipt(inside),
    )


def judge_again(vault: Vault, inside: Inside, before: OpenedBundle) -> OpenedBundle:
    """What a bundle comes to that was opened before and read once more, for what is known by now.

    Its records are those of before: the digests of all files are in the tag manifest, which is the
    same. Raises BundleDamaged when the file is another one by now.
    """
    if (
        inside.tag_manifest_digest != before.tag_manifest_digest
        or inside.signed is (before.signer.state is SignerState.UNSIGNED)
        or tuple(_lists(inside)) != before.lists
    ):
        raise BundleDamaged("changed")
    return replace(
        before,
        signer=_signer(vault, inside),
        order=order_of(vault.database, inside.manifest),
        evidence=tuple(_enclosed(inside)),
        items=(*(each for each in before.items if each.kind != _FILE), *_files(inside)),
    )


def _receipt(inside: Inside) -> bytes | None:
    """The bytes of receipt.json, which the signature reaches only through the manifest."""
    if inside.manifest.kind is not BundleKind.RECEIPT:
        return None
    state = _state(inside, RECEIPT)
    if state is not FileState.GOOD:
        raise BadBundle("receipt", "missing" if state is None else state.value)
    return inside.held[RECEIPT].whole()


def _lists(inside: Inside) -> Iterator[str]:
    """The files of records that are what the manifest says."""
    return (name for name in (RECORDS, CUSTODY) if _state(inside, name) is FileState.GOOD)


def _state(inside: Inside, path: str) -> FileState | None:
    return next((each.state for each in inside.bag.files if each.path == path), None)


def _records(inside: Inside) -> Iterator[lines.Line | Item]:
    for name in (RECORDS, CUSTODY):
        state = _state(inside, name)
        if state is FileState.GOOD:
            yield from lines.read(inside.held[name], name)
        elif state is not None:
            yield Item(reference=name, kind="", state=ItemState(state.value), why="file")


def _enclosed(inside: Inside) -> Iterator[EnclosedFile]:
    for each in inside.bag.files:
        if each.path.startswith(EVIDENCE_FOLDER) and each.state is FileState.GOOD:
            digest = inside.digests[each.path]
            yield EnclosedFile(path=each.path, sha256=digest.sha256.hex(), size=digest.size)


def _files(inside: Inside) -> Iterator[Item]:
    for each in inside.bag.files:
        if each.path in {RECORDS, CUSTODY}:
            continue
        name = each.path.removeprefix("data/")
        yield Item(reference=name, kind=_FILE, state=ItemState(each.state.value))


def _signer(vault: Vault, inside: Inside) -> Signer:
    key = inside.manifest.verify_key
    if not inside.signed or key is None:
        return Signer(state=SignerState.UNSIGNED)
    known = contacts.sender(vault, key)
    if known is None:
        return Signer(state=SignerState.UNKNOWN, key=key)
    trusted = known.trust is Trust.VERIFIED
    return Signer(
        state=SignerState.KNOWN if trusted else SignerState.KNOWN_UNVERIFIED,
        key=key,
        contact=known.id,
        name=known.name,
    )


def _addressed(keys: Keyring, manifest: Manifest) -> AddressState:
    bundle = bytes.fromhex(manifest.bundle)
    mine = {recipient_commitment(bundle, each).hex() for each in keys.fingerprints}
    return AddressState.TO_ME if mine & set(manifest.recipients) else AddressState.PASSED_ON
