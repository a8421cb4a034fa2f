"""typage, another implementation, opens what we seal, and we what it seals: hybrid above all."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from crypto.age import (
    ArmorReader,
    ArmorWriter,
    HybridIdentity,
    Identity,
    PassphraseIdentity,
    PassphraseRecipient,
    Recipient,
    X25519Identity,
    decrypt,
    encrypt,
    parse_identity,
    parse_recipient,
)
from crypto.secret import Passphrase
from tests.children import ROOT

WITNESS = ROOT / "tests" / "witness"
CONTENT = bytes(range(256)) * 1200  # five chunks
Witness = Callable[..., bytes]

pytestmark = pytest.mark.skipif(
    shutil.which("npm") is None, reason="npm, which brings the second implementation, is not here"
)


@pytest.fixture(scope="session")
def typage() -> Witness:
    """Runs the witness, which is installed once for each state of its lock file."""
    lock = (WITNESS / "package-lock.json").read_bytes()
    home = ROOT / ".tools" / "npm" / hashlib.sha256(lock).hexdigest()[:12]
    if not home.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent) as folder:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(WITNESS / name, folder)
            npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(npm, cwd=folder, capture_output=True, timeout=300, check=False)
            assert done.returncode == 0, done.stderr.decode()
            try:
                # Tests run in several processes: the first to finish wins with a whole folder.
                Path(folder).rename(home)
            except OSError:
                assert home.exists()
            else:
                os.mkdir(folder)  # noqa: PTH102 - for the temporary folder to remove
    script = shutil.copy(WITNESS / "typage.mjs", home)

    def run(*words: str, given: bytes = b"") -> bytes:
        line = ["node", str(script), *words]
        done = subprocess.run(line, input=given, capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return run


def seal(content: bytes, *recipients: Recipient) -> bytes:
    to = io.BytesIO()
    with encrypt(to, recipients) as writer:
        writer.write(content)
    return to.getvalue()


def unseal(sealed: bytes, identity: Identity) -> bytes:
    return decrypt(io.BytesIO(sealed), [identity]).read()


@pytest.mark.parametrize("kind", [HybridIdentity, X25519Identity])
def test_it_opens_what_we_seal(
    kind: type[HybridIdentity] | type[X25519Identity], typage: Witness
) -> None:
    others = [kind.generate().recipient for _ in range(3)]
    mine = kind.generate()
    for content in (b"", CONTENT[:65536], CONTENT):
        sealed = seal(content, *others, mine.recipient)
        assert typage("decrypt", mine.text(), given=sealed) == content


@pytest.mark.parametrize("kind", [HybridIdentity, X25519Identity])
def test_we_open_what_it_seals(
    kind: type[HybridIdentity] | type[X25519Identity], typage: Witness
) -> None:
    mine, other = kind.generate(), kind.generate()
    for content in (b"", CONTENT[:65536], CONTENT):
        sealed = typage("encrypt", other.recipient.text(), mine.recipient.text(), given=content)
        assert unseal(sealed, mine) == content


def test_it_derives_the_same_recipient_from_an_identity(typage: Witness) -> None:
    identity, recipient = typage("keygen").decode().split()
    assert parse_identity(identity).recipient == parse_recipient(recipient)
    assert parse_identity(identity).text() == identity
    mine = HybridIdentity.generate()
    assert typage("recipient", mine.text()).decode().strip() == mine.recipient.text()


def test_a_passphrase_works_both_ways(typage: Witness) -> None:
    words = Passphrase.of("two words")
    sealed = seal(CONTENT, PassphraseRecipient(words, work_factor=8))
    assert typage("decrypt-passphrase", "two words", given=sealed) == CONTENT
    sealed = typage("encrypt-passphrase", "two words", given=CONTENT)
    assert unseal(sealed, PassphraseIdentity(words)) == CONTENT


def test_armor_works_both_ways(typage: Witness) -> None:
    text = io.BytesIO()
    with ArmorWriter(text) as writer:
        writer.write(CONTENT)
    assert typage("dearmor", given=text.getvalue()) == CONTENT
    reader = ArmorReader(io.BytesIO(typage("armor", given=CONTENT)))
    assert b"".join(iter(lambda: reader.read(999), b"")) == CONTENT
