"""Programs that are not ours open what we seal, and we open what they seal."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app import contacts, evidence, store
from app.bundles import lines, opening
from app.bundles.report import SignerState
from app.inbox import importing
from app.inbox.importing import Doubt
from app.records import EvidenceItem, Incident
from app.records.values import LText
from app.storage import contacts as stored
from app.vault import Vault
from crypto import age
from crypto.secret import Passphrase
from tests.app.bundles import forging, stock
from tests.children import ROOT
from tests.sides import Sides, compare
from tools import recover

RECOVER = ROOT / "tools" / "recover.py"
WORDS = (
    "Визит",
    "زيارة",
    "林示例",
    "Visite à 5 h",
    "%0A percent",
    "quote \"'",
    "नमस्ते",
    "line\nbreak",
)

needs_stock = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in ("age", "tar", "minisign")),
    reason="age, tar and minisign are not all here",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Classic:
    """Two sides whose receiver has a classic key, which age of any version opens."""

    sides: Sides
    identity: str

    def opened(self, sealed: Path, folder: Path) -> Path:
        return stock.unpacked(sealed, self.identity, folder)


@pytest.fixture
def classic(new_vault: Callable[[str], Vault], tmp_path: Path) -> Classic:
    reporter, desk = new_vault("reporter"), new_vault("desk")
    contacts.make_older_own_card(desk, "Older tools")
    card = contacts.own_card(desk)
    assert card is not None
    known, _ = contacts.add_card(reporter, card.marshal())
    folder = tmp_path / "out"
    folder.mkdir()
    sides = Sides(reporter=reporter, desk=desk, receiver=known, folder=folder)
    sides = replace(sides, receiver=compare(reporter, known))
    return Classic(sides=sides, identity=identity_of(desk))


def identity_of(vault: Vault) -> str:
    (mine,) = (each for each in stored.own_identities(vault.database) if not each.retired)
    return mine.identity.expose().decode("ascii")


# --- they open ours -------------------------------------------------------------------------


@needs_stock
def test_age_tar_bagit_and_minisign_open_a_bundle_in_two_steps(
    classic: Classic, tmp_path: Path
) -> None:
    incident = classic.sides.record("زيارة")
    digest = classic.sides.attach(incident, bytes(range(256)) * 3000)
    sealed = classic.sides.seal(incident)
    manifest = classic.sides.open(sealed).manifest
    bag = classic.opened(sealed.path, tmp_path / "x")
    stock.validated(bag)
    said = stock.signature_holds(bag, manifest.verify_key or "")
    assert f"Trusted comment: hoopoe bundle v1 {sealed.bundle}" in said
    (photo,) = (bag / "data" / "evidence").iterdir()
    assert hashlib.sha256(photo.read_bytes()).hexdigest() == digest
    told = [json.loads(line) for line in (bag / "data" / "records.jsonl").read_text().splitlines()]
    assert {each["kind"] for each in told} == {"incident", "evidence_item"}
    assert "زيارة" in (bag / "data" / "read-me-first.html").read_text(encoding="utf-8")


@needs_stock
def test_age_refuses_a_bundle_that_was_cut_and_bagit_one_that_was_altered(
    classic: Classic, tmp_path: Path
) -> None:
    incident = classic.sides.record()
    classic.sides.attach(incident, b"photo")
    sealed = classic.sides.seal(incident)
    bag = classic.opened(sealed.path, tmp_path / "x")
    (photo,) = (bag / "data" / "evidence").iterdir()
    photo.write_bytes(b"phot0")
    with pytest.raises(AssertionError):
        stock.validated(bag)
    cut = tmp_path / "cut"
    cut.write_bytes(sealed.path.read_bytes()[:-1])
    with pytest.raises(AssertionError):
        classic.opened(cut, tmp_path / "y")


@needs_stock
def test_age_opens_twenty_random_bundles(classic: Classic, tmp_path: Path) -> None:
    they_open(20, classic, tmp_path)


@needs_stock
@pytest.mark.heavy
def test_age_opens_two_hundred_random_bundles(classic: Classic, tmp_path: Path) -> None:
    they_open(200, classic, tmp_path)


def they_open(count: int, classic: Classic, folder: Path) -> None:
    chance = random.Random(count)
    bags = []
    for number in range(count):
        incident = classic.sides.record(chance.choice(WORDS))
        contents = [chance.randbytes(size(chance)) for _ in range(chance.randrange(4))]
        digests = {classic.sides.attach(incident, each) for each in contents}
        sealed = classic.sides.seal(incident)
        bag = classic.opened(sealed.path, folder / f"x{number}")
        found = bag / "data" / "evidence"
        files = list(found.iterdir()) if digests else []
        assert {hashlib.sha256(each.read_bytes()).hexdigest() for each in files} == digests
        bags.append(bag)
    stock.validated(*bags)


def size(chance: random.Random) -> int:
    """Of a file: small, at an edge of a block or chunk, or several chunks."""
    edges = (0, 1, 511, 512, 513, 65_535, 65_536, 65_537)
    return chance.choice((*edges, chance.randrange(400_000)))


# --- the rescue tool ------------------------------------------------------------------------


def recovered(sealed: Path, identity: str, folder: Path) -> Path:
    """The bag by recover.py and tar, without any of our modules."""
    folder.mkdir()
    key = folder / "key.txt"
    key.write_text(identity + "\n", encoding="ascii")
    stock.ran(sys.executable, "-I", RECOVER, "-i", key, "-o", folder / "b.tar", sealed)
    return stock.untarred(folder / "b.tar", folder)


def test_the_rescue_tool_opens_a_post_quantum_bundle(sides: Sides, tmp_path: Path) -> None:
    incident = sides.record("林示例")
    sides.attach(incident, b"photo" * 50_000)
    bag = recovered(sides.seal(incident).path, identity_of(sides.desk), tmp_path / "x")
    stock.validated(bag)


def test_the_rescue_tool_opens_a_classic_bundle(classic: Classic, tmp_path: Path) -> None:
    sealed = classic.sides.seal(classic.sides.record())
    stock.validated(recovered(sealed.path, classic.identity, tmp_path / "x"))


def test_the_rescue_tool_opens_the_bag_under_a_passphrase(
    classic: Classic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = classic.sides.seal(classic.sides.record())
    with sealed.path.open("rb") as source:
        content = age.decrypt(source, [age.parse_identity(classic.identity)]).read()
    recipient = age.PassphraseRecipient(Passphrase.of("six fine words"), work_factor=10)
    with (tmp_path / "p").open("wb") as to, age.encrypt(to, [recipient]) as writer:
        writer.write(content)
    monkeypatch.setattr("getpass.getpass", lambda *_: "six fine words")
    assert recover.main(["-o", str(tmp_path / "b.tar"), str(tmp_path / "p")]) == 0
    stock.validated(stock.untarred(tmp_path / "b.tar", _made(tmp_path / "x")))


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm brings the second implementation")
def test_typage_opens_a_post_quantum_bundle(
    sides: Sides, tmp_path: Path, typage: Callable[..., bytes]
) -> None:
    incident = sides.record()
    sides.attach(incident, b"photo" * 100_000)
    sealed = sides.seal(incident)
    archive = tmp_path / "b.tar"
    archive.write_bytes(typage("decrypt", identity_of(sides.desk), given=sealed.path.read_bytes()))
    stock.validated(stock.untarred(archive, _made(tmp_path / "x")))


# --- we open theirs -------------------------------------------------------------------------


@needs_stock
def test_we_take_in_a_bundle_that_stock_tools_made_and_signed(
    classic: Classic, tmp_path: Path
) -> None:
    secret, public = stock.signing_key(tmp_path)
    desk = classic.sides.desk
    contacts.remember_sender(desk, public, "Somebody with stock tools", how="in person")
    sealed = theirs(classic, _made(tmp_path / "b"), {"photo": b"photo"}, secret, public)
    opened = opening.open_bundle(desk, sealed)
    assert (opened.signer.state, opened.complete) == (SignerState.KNOWN, True)
    done = importing.apply(
        desk,
        sealed,
        importing.plan_import(desk, opened),
        accepted=frozenset({Doubt.PASSED_ON}),
    )
    assert (done.complete, done.evidence) == (True, 1)
    (item,) = store.every(desk, EvidenceItem)
    with evidence.reader(desk, item.id) as reader:
        assert reader.read() == b"photo"


@needs_stock
def test_we_open_twenty_random_bundles_that_stock_tools_made(
    classic: Classic, tmp_path: Path
) -> None:
    we_open(20, classic, tmp_path)


@needs_stock
@pytest.mark.heavy
def test_we_open_two_hundred_random_bundles_that_stock_tools_made(
    classic: Classic, tmp_path: Path
) -> None:
    we_open(200, classic, tmp_path)


def we_open(count: int, classic: Classic, folder: Path) -> None:
    chance = random.Random(-count)
    secret, public = stock.signing_key(folder)
    for number in range(count):
        contents = {
            f"{chance.choice(WORDS)} {each}".replace("\n", " ").replace('"', ""): chance.randbytes(
                size(chance)
            )
            for each in range(chance.randrange(4))
        }
        sealed = theirs(classic, _made(folder / f"b{number}"), contents, secret, public)
        opened = opening.open_bundle(classic.sides.desk, sealed)
        assert opened.complete, opened.items
        assert len(opened.evidence) == len(contents)
        digests = {hashlib.sha256(each).hexdigest() for each in contents.values()}
        assert {each.sha256 for each in opened.evidence} == digests


def theirs(
    classic: Classic, folder: Path, contents: dict[str, bytes], secret: Path, public: str
) -> Path:
    """A bundle by the page of its format alone: a text editor, sha256sum, minisign, tar, age."""
    bag = folder / "bundle"
    (bag / "data" / "evidence").mkdir(parents=True)
    incident = Incident(title=LText.of("A visit", "en"), narrative=LText.of("Two.", "en"))
    records = [forging.line(incident)]
    for name, content in contents.items():
        (bag / "data" / "evidence" / name).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        item = EvidenceItem(title=LText.of(name), sha256=digest, size=len(content))
        records.append(forging.line(item))
    (bag / "data" / "records.jsonl").write_bytes(lines.marshal(records))
    (bag / "data" / "custody.jsonl").write_bytes(b"")
    manifest = forging.hoopoe(verify_key=public, recipients=("a" * 64,))
    (bag / "hoopoe.json").write_bytes(manifest.marshal())
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (bag / "bag-info.txt").write_text(f"External-Identifier: {manifest.bundle}\n")
    stock.write_manifests(bag)
    stock.sign(bag, secret, f"hoopoe bundle v1 {manifest.bundle}")
    return stock.packed(bag, [classic.sides.receiver.recipient], folder / "sealed")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
