"""A gigabyte of evidence through the program and through stock tools, side by side.

Every job brings its result to the medium before it ends (stock tools by `sync`). What the program
does beyond its stock counterpart is said in the label, and is in its time.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import contacts, store
from app.records import Incident
from app.records.values import LText
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tools.bench.processes import Cost, best, run, shell
from tools.bench.verbs import PASSPHRASE

PIECE: Final = 1024**2
BAGIT: Final = Path(sys.executable).with_name("bagit.py")
# Debian's sha256sum does not use the processor's own SHA-256; openssl does.
SHA256: Final = (
    'openssl dgst -sha256 "$1/b.age"' if shutil.which("openssl") else 'sha256sum "$1/b.age"'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The program beside stock tools. `aim`: the most that wall time may be of theirs, 0 none."""

    what: str
    ours: Cost
    stock: str
    theirs: Cost
    aim: float = 0

    @property
    def ratio(self) -> float:
        return self.ours.wall / self.theirs.wall


def compared(folder: Path, size: int, rounds: int) -> Iterator[Compared]:
    """Each comparison as it is done. `folder` must be empty and have room for seven sizes."""
    bench = _Bench(folder, size)
    ours, both, faster, cp = best(
        rounds, bench.take_in, bench.cp_beside_sha256sum, bench.cp_beside_sha256, bench.cp
    )
    what = "take in (hash, encrypt, sync, read back, look inside)"
    yield Compared(what=what, ours=ours, stock="cp; sync & sha256sum", theirs=both, aim=1.5)
    yield Compared(what=what, ours=ours, stock=f"cp; sync & {SHA256.split()[0]}", theirs=faster)
    yield Compared(what=what, ours=ours, stock="cp; sync", theirs=cp)
    ours, plain, whole = best(rounds, bench.seal, bench.tar_age, bench.age_tar_age_sha256)
    what = "seal (decrypt, encrypt, sync, read back)"
    yield Compared(what=what, ours=ours, stock="tar | age; sync", theirs=plain, aim=1.0)
    yield Compared(what=what, ours=ours, stock="age -d; tar | age; sync; sha256", theirs=whole)
    ours, unpacking, taking, theirs = best(
        rounds, bench.open, bench.extract, bench.import_, bench.age_tar_bagit
    )
    stock = "age -d; tar x; bagit.py; sync"
    yield Compared(what="open (verify all)", ours=ours, stock=stock, theirs=theirs, aim=1.2)
    yield Compared(what="unpack (verify, write, sync)", ours=unpacking, stock=stock, theirs=theirs)
    yield Compared(
        what="take in a bundle (open, verify, encrypt, read back, sync)",
        ours=taking,
        stock=stock,
        theirs=theirs,
    )
    ours, theirs = best(rounds, bench.check, bench.sha256)
    yield Compared(what="check without a key", ours=ours, stock="sha256", theirs=theirs)


class _Bench:
    """The two vaults, the file, the stock key; and each job with what must be gone before it."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self._film = folder / "film"
        with self._film.open("wb") as to:
            for _ in range(size // PIECE):
                to.write(secrets.token_bytes(PIECE))
        _make_vaults(folder)
        shutil.copytree(folder / "reporter", folder / "empty")
        shutil.copytree(folder / "desk", folder / "fresh")
        (folder / "out").mkdir()
        self._bag = folder / "bundle"
        (self._bag / "data").mkdir(parents=True)
        os.link(self._film, self._bag / "data" / "film")
        _make_bag(self._bag)
        key = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
        (folder / "key").write_text(key)
        found = re.search("age1[0-9a-z]+", key)
        self._recipient = found[0] if found else ""
        stored = ["age", "-r", self._recipient, "-o", str(folder / "stored"), str(self._film)]
        subprocess.run(stored, check=True)

    # --- the program ---

    def take_in(self) -> Cost:
        shutil.rmtree(self._folder / "reporter")
        shutil.copytree(self._folder / "empty", self._folder / "reporter")
        return self._verb("take_in")

    def seal(self) -> Cost:
        self._clear("out")
        (self._folder / "out").mkdir()
        return self._verb("seal")

    def open(self) -> Cost:
        return self._verb("open")

    def extract(self) -> Cost:
        self._clear("bag")
        return self._verb("extract")

    def import_(self) -> Cost:
        self._clear("bag", "desk")
        shutil.copytree(self._folder / "fresh", self._folder / "desk")
        return self._verb("import")

    def check(self) -> Cost:
        return self._verb("check")

    def _verb(self, name: str) -> Cost:
        os.sync()
        whole = run([sys.executable, "-m", "tools.bench.verbs", name, self._folder])
        wall, cpu = (self._folder / "cost").read_text().split()
        return Cost(wall=float(wall), cpu=float(cpu), peak=whole.peak)

    # --- stock tools ---

    def cp(self) -> Cost:
        return self._stock(["copy"], 'cp "$1/film" "$1/copy"; sync "$1/copy"')

    def cp_beside_sha256sum(self) -> Cost:
        """What a careful person does by hand: a copy on the medium, and a digest, side by side."""
        return self._beside('sha256sum "$1/film"')

    def cp_beside_sha256(self) -> Cost:
        """The same with the fastest digest that is here."""
        return self._beside(SHA256.replace("b.age", "film"))

    def _beside(self, digest: str) -> Cost:
        line = '(cp "$1/film" "$1/copy"; sync "$1/copy") & '
        return self._stock(["copy"], f"{line}{digest} > /dev/null; wait")

    def tar_age(self) -> Cost:
        line = 'tar cf - -C "$1" bundle | age -r "$2" > "$1/b.age"; sync "$1/b.age"'
        return self._stock(["b.age"], line)

    def age_tar_age_sha256(self) -> Cost:
        """The duties of sealing: evidence is encrypted at rest, and the result is read back."""
        line = 'age -d -i "$1/key" -o "$1/clear" "$1/stored"; mkdir -p "$1/y/data"; '
        line += 'mv "$1/clear" "$1/y/data/film"; cp "$3/"*.txt "$1/y"; '
        line += 'tar cf - -C "$1" y | age -r "$2" > "$1/b.age"; sync "$1/b.age"; '
        line += SHA256
        return self._stock(["b.age", "y"], line, self._bag)

    def age_tar_bagit(self) -> Cost:
        line = 'age -d -i "$1/key" -o "$1/b.tar" "$1/b.age"; mkdir "$1/x"; '
        line += 'tar xf "$1/b.tar" -C "$1/x"; "$3" --quiet --validate "$1/x/"*; '
        line += 'sync "$1/x/"*/data/film'
        return self._stock(["b.tar", "x", "bag", "copy"], line, BAGIT)

    def sha256(self) -> Cost:
        return self._stock([], SHA256)

    def _stock(self, makes: list[str], line: str, more: Path = BAGIT) -> Cost:
        self._clear(*makes)
        os.sync()
        return run(shell(line, self._folder, self._recipient, more))

    def _clear(self, *names: str) -> None:
        for name in names:
            path = self._folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _make_vaults(folder: Path) -> None:
    secret = Passphrase.of(PASSPHRASE)
    with (
        Vault.create(folder / "reporter", secret, cost=FLOOR) as reporter,
        Vault.create(folder / "desk", Passphrase.of(PASSPHRASE), cost=FLOOR) as desk,
    ):
        contacts.add_card(reporter, contacts.make_own_card(desk, "Desk").marshal())
        told = LText.of("A film.", "en")
        store.save(reporter, Incident(title=told, narrative=told, language="en"))


def _make_bag(folder: Path) -> None:
    """The bag that stock tools pack: bagit.py's own, made without moving the film."""
    (folder / "bagit.txt").write_text(
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8"
    )
    line = subprocess.run(
        ["sha256sum", "data/film"], cwd=folder, check=True, capture_output=True, text=True
    )
    (folder / "manifest-sha256.txt").write_text(line.stdout, encoding="utf-8")
