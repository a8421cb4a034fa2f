"""Packages of ProofMode: the digest in the record against the file, and nothing claimed beyond."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from app import evidence, evidencewords, proofmode, store
from app.demo import exhibits
from app.errors import NotAProof
from app.proofmode import Match
from app.records import EvidenceItem, Incident, LText
from app.vault import Vault

PHOTO = exhibits.photo(1)
DIGEST = hashlib.sha256(PHOTO).hexdigest()


def package(photo: bytes = PHOTO, said: str = DIGEST, *, signed: bool = True) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("IMG_1.jpg", photo)
        archive.writestr(f"{DIGEST}.proof.json", f'{{"File Hash SHA256": "{said}", "Lat": 1.5}}')
        if signed:
            archive.writestr(f"{DIGEST}.proof.json.asc", "-----BEGIN PGP SIGNATURE-----")
            archive.writestr(f"{DIGEST}.ots", b"\0OpenTimestamps")
        archive.writestr("pubkey.asc", "-----BEGIN PGP PUBLIC KEY BLOCK-----")
    return content.getvalue()


def take_in(vault: Vault, tmp_path: Path, content: bytes) -> EvidenceItem:
    words = LText.of("Case", "en")
    about = store.save(vault, Incident(title=words, narrative=words, language="en")).record
    path = tmp_path / "proof.zip"
    path.write_bytes(content)
    return evidence.take_in(vault, path, about=about.id, evidence_type="photo")


def test_a_package_whose_file_is_the_one_in_the_record_is_the_same_and_no_signature_is_believed(
    vault: Vault, tmp_path: Path
) -> None:
    item = take_in(vault, tmp_path, package())
    (found,) = proofmode.verify(vault, item.id)
    assert (found.match, found.media, found.sha256) == (Match.SAME, "IMG_1.jpg", DIGEST)
    assert found.signature.endswith(".proof.json.asc")
    assert found.stamp.endswith(".ots")
    assert "signature not checked" in evidencewords.proof(found)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (package(PHOTO + b"x"), Match.NO_FILE),
        (package(said="ab" * 32), Match.NO_DIGEST),
        (package(said="nothing"), Match.NO_DIGEST),
    ],
)
def test_an_altered_file_or_record_is_told(
    vault: Vault, tmp_path: Path, content: bytes, match: Match
) -> None:
    item = take_in(vault, tmp_path, content)
    (found,) = proofmode.verify(vault, item.id)
    assert found.match is match


def test_a_package_without_a_signature_says_so(vault: Vault, tmp_path: Path) -> None:
    item = take_in(vault, tmp_path, package(signed=False))
    (found,) = proofmode.verify(vault, item.id)
    assert (found.signature, found.stamp) == ("", "")
    assert "no signature" in evidencewords.proof(found)


@pytest.mark.parametrize("content", [PHOTO, b"", package()[:-30], b"PK\x03\x04" + bytes(100)])
def test_anything_else_is_no_package(vault: Vault, tmp_path: Path, content: bytes) -> None:
    item = take_in(vault, tmp_path, content)
    with pytest.raises(NotAProof):
        proofmode.verify(vault, item.id)


def test_nothing_of_a_package_is_written_in_clear(vault: Vault, tmp_path: Path) -> None:
    item = take_in(vault, tmp_path, package())
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    proofmode.verify(vault, item.id)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == before
