"""Evidence files stored while a bundle is read, until a transaction makes records refer to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app import evidence, files
from app.bundles import reading
from app.bundles.report import OpenedBundle
from app.evidence import StoredContent
from app.reading import FileDigest
from app.records import EvidenceItem
from app.storage.database import Transaction
from app.streams import Reader
from app.tasks import Progress
from app.vault import Vault


class Stock:
    """Keeps the files that some record waits for, and no other: a bundle may carry gigabytes that
    nothing names, or that are here already.
    """

    def __init__(
        self,
        vault: Vault,
        opened: OpenedBundle,
        waiting: Iterable[EvidenceItem],
        progress: Progress,
    ) -> None:
        """Raises NoRoom when what will be kept does not fit."""
        self._vault = vault
        self._progress = progress
        self._all: list[StoredContent] = []
        self._free: dict[str, list[StoredContent]] = {}
        self._wanted: set[str] = set()
        self.attached = 0
        missing = Counter(each.sha256 for each in waiting)
        room = 0
        for each in opened.evidence:
            if missing[each.sha256] > 0:
                missing[each.sha256] -= 1
                self._wanted.add(each.path)
                room += each.size
        files.ensure_room(vault.files.folder, room)

    @property
    def wants_files(self) -> bool:
        """Whether any file of the bundle will be kept."""
        return bool(self._wanted)

    def take(self, path: str, content: Reader, size: int) -> FileDigest:
        """What the reader of bundles does with each payload file."""
        if path not in self._wanted:
            return reading.digest(path, content, size)
        held = evidence.receive(self._vault, content, size=size, progress=self._progress)
        self._all.append(held)
        self._free.setdefault(held.sha256, []).append(held)
        return FileDigest(sha256=bytes.fromhex(held.sha256), size=held.size)

    def attach(self, tx: Transaction, item: EvidenceItem) -> bool:
        """Makes a record refer to a file with its digest; whether there was one."""
        held = self._free.get(item.sha256)
        if not held:
            return False
        evidence.attach(tx, item.id, held.pop())
        self.attached += 1
        return True

    def discard(self) -> None:
        """Removes what no record refers to: all of it when the transaction failed."""
        for held in self._all:
            evidence.discard(self._vault, held)
