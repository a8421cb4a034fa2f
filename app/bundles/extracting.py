"""Unpack a bundle in clear into a folder, on purpose: for other tools, for the rescue of data.

The folder appears under its name when everything in it was authenticated, checked and synced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app import files, keyring
from app.bundles import opening, reading
from app.bundles.report import OpenedBundle
from app.folders import appearing
from app.reading import FileDigest
from app.streams import Reader
from app.tasks import Progress, ignore
from app.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The bag's folder, how many files it holds, and what the checks said of the bundle."""

    folder: Path
    files: int
    opened: OpenedBundle


def extract(vault: Vault, path: Path, *, to: Path, progress: Progress = ignore) -> Extracted:
    """Unpacks the bundle at `path` into the new folder `to`, as the bag it holds.

    Raises everything of `opening.open_bundle`; AlreadyThere, NoRoom, NotWritable, MediumFailed,
    ReadBackDiffers, Cancelled. Then `to` is not there.
    """
    keys = keyring.of(vault)
    with appearing(to) as building:
        reading.authenticate(path, keys.identities, progress)
        files.ensure_room(building, path.stat().st_size)
        inside = reading.read(path, keys.identities, _Unpack(building).take, progress)
        for name, content in inside.tags.items():
            _write(building / name, [content])
        for name, held in inside.held.items():
            _write(building / name, held)
        opened = opening.judge(vault, keys, inside, path)
    return Extracted(folder=to, files=len(inside.tags) + len(inside.digests), opened=opened)


class _Unpack:
    """Writes each evidence file below a folder; names were checked by the tar reader."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, path: str, content: Reader, size: int) -> FileDigest:
        target = self._folder / path
        files.make_private_folder(target.parent)
        with files.draft(target.parent) as made:
            digest = made.fill(content, total=size)
            made.publish(target.name)
        return digest


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    files.make_private_folder(target.parent)
    with files.atomic(target) as made:
        for piece in pieces:
            made.write(piece)
