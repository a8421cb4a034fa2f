"""recover.py opens what Hoopoe and age seal, by itself, or leaves nothing behind."""

from __future__ import annotations

import getpass
import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from crypto.age import (
    ArmorWriter,
    HybridIdentity,
    PassphraseRecipient,
    Recipient,
    X25519Identity,
    encrypt,
)
from crypto.secret import Passphrase, Secret
from tests.children import ROOT
from tools import recover

FILES = ROOT / "tests" / "vectors" / "age" / "files"
NAMES = sorted(path.name for path in FILES.iterdir())
CLASSIC = X25519Identity(Secret.of(bytes(range(32))))
HYBRID = HybridIdentity(Secret.of(bytes(range(32))))
SEEN = hashlib.sha256(b"Seen at the gate, 14 March: two men in a white car.\n").hexdigest()
# What it lets pass although the program does not: a rescue is patient with white space around text,
# and does not judge stanzas that are for others. The content is authentic all the same.
PATIENT = {
    "armor_end_space",
    "armor_indented",
    "armor_line_flood",
    "armor_mixed_endings",
    "armor_space_flood",
    "x25519_later_short",
}
BIG = bytes(range(256)) * 700  # three chunks


def seal(at: Path, recipients: Sequence[Recipient], content: bytes) -> Path:
    with at.open("wb") as to, encrypt(to, recipients) as writer:
        writer.write(content)
    return at


def key_file(at: Path, *identities: X25519Identity | HybridIdentity) -> Path:
    lines = ["# created: today", *(identity.text() for identity in identities), ""]
    at.write_text("\n".join(lines), encoding="ascii")
    return at


def run(folder: Path, file: Path, key: Path | None) -> int:
    options = ["-i", str(key)] if key else []
    return recover.main([*options, "-o", str(folder / "out"), str(file)])


@pytest.mark.parametrize("name", NAMES)
def test_every_vector_ends_as_it_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, _, body = (FILES / name).read_bytes().partition(b"\n\n")
    pairs = [line.split(": ", 1) for line in head.decode().splitlines()]
    facts = dict(pairs)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: facts.get("passphrase", "none"))
    (tmp_path / "file").write_bytes(body)
    key = tmp_path / "key"
    key.write_text("\n".join(value for name, value in pairs if name == "identity"))
    status = run(tmp_path, tmp_path / "file", key if "identity" in facts else None)
    made = sorted(path.name for path in tmp_path.iterdir())
    if facts["expect"] == "success" or name in PATIENT:
        assert status == 0
        content = (tmp_path / "out").read_bytes()
        assert hashlib.sha256(content).hexdigest() == facts.get("payload", SEEN)
        assert "out.part" not in made
    else:
        assert status == (recover.WRONG_KEY if facts["expect"] == "no match" else recover.DAMAGED)
        assert not {"out", "out.part"} & set(made)


@pytest.mark.parametrize("identity", [CLASSIC, HYBRID], ids=["classic", "hybrid"])
@pytest.mark.parametrize("content", [b"", b"short", BIG[:65536], BIG], ids=len)
def test_it_opens_what_we_seal(
    identity: X25519Identity | HybridIdentity, content: bytes, tmp_path: Path
) -> None:
    file = seal(
        tmp_path / "file", [type(identity).generate().recipient, identity.recipient], content
    )
    assert run(tmp_path, file, key_file(tmp_path / "key", CLASSIC, HYBRID)) == 0
    assert (tmp_path / "out").read_bytes() == content
    if os.name == "posix":
        assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600


def test_a_passphrase_is_asked_for_and_normalised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_with = Passphrase.of("caf\u00e9 \u2460")
    file = seal(tmp_path / "file", [PassphraseRecipient(sealed_with, work_factor=3)], b"backup")
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: "cafe\u0301 \u2460")
    assert run(tmp_path, file, None) == 0
    assert (tmp_path / "out").read_bytes() == b"backup"


def test_armor_is_read(tmp_path: Path) -> None:
    binary = seal(tmp_path / "binary", [CLASSIC.recipient], BIG)
    with (tmp_path / "file").open("wb") as to, ArmorWriter(to) as writer:
        writer.write(binary.read_bytes())
    assert run(tmp_path, tmp_path / "file", key_file(tmp_path / "key", CLASSIC)) == 0
    assert (tmp_path / "out").read_bytes() == BIG


def test_a_cut_file_leaves_nothing_at_any_chunk(tmp_path: Path) -> None:
    whole = seal(tmp_path / "whole", [CLASSIC.recipient], BIG).read_bytes()
    key = key_file(tmp_path / "key", CLASSIC)
    for length in range(0, len(whole), 6007):
        (tmp_path / "file").write_bytes(whole[:length])
        assert run(tmp_path, tmp_path / "file", key) == recover.DAMAGED
        assert not (tmp_path / "out").exists()
        assert not (tmp_path / "out.part").exists()


def test_nothing_that_exists_is_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = seal(tmp_path / "file", [CLASSIC.recipient], b"x")
    key = key_file(tmp_path / "key", CLASSIC)
    for name in ("out.part", "out"):
        (tmp_path / name).write_bytes(b"mine")
        assert run(tmp_path, file, key) == recover.WRONG_USE
        assert (tmp_path / name).read_bytes() == b"mine"
        assert name in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "AGE-SECRET-KEY-1GFPYYSJZ",
        CLASSIC.recipient.text(),
        CLASSIC.text()[:-1] + ("Q" if CLASSIC.text()[-1] != "Q" else "P"),
        "a" + CLASSIC.text()[1:],
        "caf\xe9",
    ],
    ids=["empty", "comment", "cut", "recipient", "checksum", "case", "not-utf-8"],
)
def test_an_identity_file_without_a_good_key_is_wrong_use(text: str, tmp_path: Path) -> None:
    file = seal(tmp_path / "file", [CLASSIC.recipient], b"x")
    (tmp_path / "key").write_text(text, encoding="latin-1")
    assert run(tmp_path, file, tmp_path / "key") == recover.WRONG_USE


def test_what_is_missing_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = seal(tmp_path / "file", [CLASSIC.recipient], b"x")
    assert run(tmp_path, file, None) == recover.WRONG_USE
    assert "-i" in capsys.readouterr().err
    assert run(tmp_path, tmp_path / "nowhere", None) == recover.WRONG_USE
    assert "nowhere" in capsys.readouterr().err
    assert run(tmp_path / "no", file, None) == recover.WRONG_USE


def test_a_secret_is_never_repeated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = seal(tmp_path / "file", [CLASSIC.recipient], b"x")
    (tmp_path / "key").write_text(HYBRID.text()[:-1] + "q", encoding="ascii")
    run(tmp_path, file, tmp_path / "key")
    assert HYBRID.text()[20:40] not in capsys.readouterr().err


def test_one_file_alone_is_enough(tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    script = alone / "recover.py"
    script.write_bytes((ROOT / "tools" / "recover.py").read_bytes())
    seal(alone / "file", [HYBRID.recipient], BIG)
    key_file(alone / "key.txt", HYBRID)
    # -I leaves out the working folder and PYTHONPATH: nothing of the project can be imported.
    line = [sys.executable, "-I", "recover.py", "-i", "key.txt", "-o", "out.tar", "file"]
    done = subprocess.run(line, cwd=alone, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "")
    assert "out.tar is whole" in done.stderr
    assert (alone / "out.tar").read_bytes() == BIG
