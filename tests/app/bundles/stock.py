"""The tools that open a bundle without us, and make one: age, tar, bagit.py, minisign."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def ran(*line: str | Path, at: Path | None = None) -> str:
    """What a command printed; it ended well."""
    done = subprocess.run(
        [str(word) for word in line],
        cwd=at,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore"},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def unpacked(sealed: Path, identity: str, folder: Path) -> Path:
    """The bag, in two steps: decrypted to its end, and only then unpacked."""
    folder.mkdir()
    key = folder / "key.txt"
    key.write_text(identity + "\n", encoding="ascii")
    ran("age", "-d", "-i", key, "-o", folder / "b.tar", sealed)
    return untarred(folder / "b.tar", folder)


def untarred(archive: Path, folder: Path) -> Path:
    ran("tar", "xf", archive, "-C", folder)
    assert sorted(each.name for each in folder.iterdir() if each.is_dir()) == ["bundle"]
    return folder / "bundle"


def validated(*bags: Path) -> None:
    """bagit.py finds every file and no other, each with its digest."""
    ran(sys.executable, "-m", "bagit", "--validate", *bags)


def signature_holds(bag: Path, key: str) -> str:
    """What minisign says of the signature: the trusted comment is in it."""
    return ran("minisign", "-V", "-m", bag / "tagmanifest-sha256.txt", "-P", key)


def packed(bag: Path, recipients: Sequence[str], to: Path) -> Path:
    """A bag as stock tools seal it: tag files first, payload sorted, as bundle.md asks."""
    listed = to.with_suffix(".list")
    tags = ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "hoopoe.json"]
    tags += ["tagmanifest-sha256.txt", "tagmanifest-sha256.txt.minisig"]
    names = [name for name in tags if (bag / name).exists()]
    names += sorted(str(path.relative_to(bag)) for path in bag.rglob("data/**/*") if path.is_file())
    listed.write_text("".join(f"{bag.name}/{name}\n" for name in names), encoding="utf-8")
    archive = to.with_suffix(".tar")
    form = ["--format=pax", "--pax-option=delete=atime,delete=ctime,delete=mtime"]
    owner = ["--owner=0", "--group=0", "--numeric-owner", "--mtime=@0"]
    ran("tar", "cf", archive, *form, *owner, "-C", bag.parent, "-T", listed)
    words = [word for recipient in recipients for word in ("-r", recipient)]
    ran("age", *words, "-o", to, archive)
    return to


def write_manifests(bag: Path) -> None:
    """The two manifests of a bag, as `sha256sum` writes them."""
    payload = sorted(path for path in bag.rglob("*") if path.is_file() and "data" in path.parts)
    write_listed(bag / "manifest-sha256.txt", payload)
    tags = ["bag-info.txt", "bagit.txt", "hoopoe.json", "manifest-sha256.txt"]
    write_listed(bag / "tagmanifest-sha256.txt", [bag / name for name in tags])


def write_listed(to: Path, files: Sequence[Path]) -> None:
    """Lines of digest and path; a percent sign is spelled out, as RFC 8493 asks."""
    lines = []
    for path in files:
        name = str(path.relative_to(to.parent)).replace("%", "%25")
        lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n")
    to.write_text("".join(lines), encoding="utf-8")


def signing_key(folder: Path) -> tuple[Path, str]:
    """A key that minisign made, without a passphrase, and its public line."""
    secret, public = folder / "minisign.key", folder / "minisign.pub"
    ran("minisign", "-G", "-W", "-s", secret, "-p", public)
    return secret, public.read_text(encoding="ascii").splitlines()[1]


def sign(bag: Path, secret: Path, comment: str) -> None:
    message = bag / "tagmanifest-sha256.txt"
    ran("minisign", "-S", "-s", secret, "-m", message, "-t", comment, "-c", "signature")
