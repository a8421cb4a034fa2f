"""The age that distributions ship opens what we seal, and we open what it seals."""

from __future__ import annotations

import io
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from crypto.age import (
    ArmorReader,
    ArmorWriter,
    PassphraseIdentity,
    PassphraseRecipient,
    Recipient,
    X25519Identity,
    decrypt,
    encrypt,
    parse_identity_file,
)
from crypto.secret import Passphrase
from tools import recover

pytestmark = pytest.mark.skipif(shutil.which("age") is None, reason="age is not installed")

WORDS = "correct horse battery staple"
SIZES = [0, 1, 65535, 65536, 65537, 300_000]


def content_of(size: int) -> bytes:
    return (b"the twelve incidents " * (size // 21 + 1))[:size]


def seal(at: Path, recipients: Sequence[Recipient], content: bytes) -> Path:
    with at.open("wb") as to, encrypt(to, recipients) as writer:
        writer.write(content)
    return at


def age(*words: str | Path, given: bytes = b"") -> bytes:
    line = ["age", *map(str, words)]
    done = subprocess.run(line, input=given, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """An identity file of age-keygen."""
    at = tmp_path / "key.txt"
    line = ["age-keygen", "-o", str(at)]
    subprocess.run(line, check=True, capture_output=True, timeout=60)
    return at


def identity_in(key: Path) -> X25519Identity:
    (identity,) = parse_identity_file(key.read_text(encoding="ascii"))
    assert isinstance(identity, X25519Identity)
    return identity


@pytest.mark.parametrize("size", SIZES)
def test_age_opens_what_we_seal(size: int, key: Path, tmp_path: Path) -> None:
    recipients = [X25519Identity.generate().recipient, identity_in(key).recipient]
    sealed = seal(tmp_path / "sealed", recipients, content_of(size))
    assert age("-d", "-i", key, sealed) == content_of(size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("armored", [[], ["-a"]], ids=["binary", "armored"])
def test_we_and_recover_open_what_age_seals(
    size: int, armored: list[str], key: Path, tmp_path: Path
) -> None:
    recipient = identity_in(key).recipient.text()
    sealed = age(*armored, "-r", recipient, given=content_of(size))
    source = io.BytesIO(sealed)
    opened = decrypt(ArmorReader(source) if armored else source, [identity_in(key)])
    assert opened.read() == content_of(size)
    (tmp_path / "sealed").write_bytes(sealed)
    out = tmp_path / "out"
    assert recover.main(["-i", str(key), "-o", str(out), str(tmp_path / "sealed")]) == 0
    assert out.read_bytes() == content_of(size)


def test_age_opens_an_identity_that_we_wrote(tmp_path: Path) -> None:
    mine = X25519Identity.generate()
    (tmp_path / "key").write_text(mine.text() + "\n", encoding="ascii")
    sealed = seal(tmp_path / "sealed", [mine.recipient], b"for us")
    assert age("-d", "-i", tmp_path / "key", sealed) == b"for us"


def test_age_opens_our_armor(key: Path, tmp_path: Path) -> None:
    at = tmp_path / "armored"
    with (
        at.open("wb") as to,
        ArmorWriter(to) as text,
        encrypt(text, [identity_in(key).recipient]) as writer,
    ):
        writer.write(content_of(200_000))
    assert age("-d", "-i", key, at) == content_of(200_000)


def test_age_refuses_what_we_left_unfinished(key: Path, tmp_path: Path) -> None:
    at = tmp_path / "sealed"

    def fail() -> None:
        with at.open("wb") as to, encrypt(to, [identity_in(key).recipient]) as writer:
            writer.write(content_of(700_000))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    line = ["age", "-d", "-i", str(key), str(at)]
    assert subprocess.run(line, capture_output=True, timeout=60, check=False).returncode != 0


TERMINAL = """
import os, sys
os.setsid()
os.close(os.open(sys.argv[1], os.O_RDWR))  # the first terminal a session leader opens is its own
os.execvp("age", ["age", *sys.argv[2:]])
"""


def age_that_asks(answers: Sequence[str], *words: str | Path) -> None:
    """Run age on a terminal of its own, and type `answers` when it asks."""
    mine, its = os.openpty()
    line = [sys.executable, "-c", TERMINAL, os.ttyname(its), *map(str, words)]
    with subprocess.Popen(line, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        for answer in answers:
            seen = b""
            while not seen.endswith(b": "):
                assert select.select([mine], [], [], 30)[0], seen
                seen += os.read(mine, 1024).rstrip(b"\r\n") or b""
            os.write(mine, answer.encode() + b"\n")
        problem = child.communicate(timeout=60)[1]
    os.close(its)
    os.close(mine)
    assert child.returncode == 0, problem.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal of its own")
def test_a_passphrase_works_both_ways(tmp_path: Path) -> None:
    words = Passphrase.of(WORDS)
    ours = seal(tmp_path / "ours", [PassphraseRecipient(words, work_factor=12)], b"our backup")
    age_that_asks([WORDS], "-d", "-o", tmp_path / "out", ours)
    assert (tmp_path / "out").read_bytes() == b"our backup"

    (tmp_path / "plain").write_bytes(b"their backup")
    theirs = tmp_path / "theirs"
    age_that_asks([WORDS, WORDS], "-p", "-o", theirs, tmp_path / "plain")
    with theirs.open("rb") as source:
        assert decrypt(source, [PassphraseIdentity(words)]).read() == b"their backup"
