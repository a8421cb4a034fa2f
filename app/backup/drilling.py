"""The drill: a safe copy is restored to a passing place and compared with the open vault.

The only proof that a copy restores is a restored copy. The passing vault is encrypted like any
other, under a key that nobody keeps, and removed afterwards.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from app import protected, upkeep
from app.backup import comparing, notes, restoring
from app.backup.comparing import Difference
from app.backup.notes import DrillNote
from app.bundles import naming
from app.errors import CopyDamaged, CopyOfAnother, CopyTooNew, NotACopy, NotWritable
from app.files import digest_of
from app.folders import passing, sweep
from app.tasks import Progress, ignore
from app.vault import Vault
from crypto import age
from crypto.kdf import FLOOR
from crypto.secret import Passphrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What a drill showed. `since`: entries that the vault has and the copy does not, because they
    came later; `report`: of the restored vault; `differences`: from the open one."""

    at: str
    name: str
    records: int
    evidence: int
    since: int
    report: upkeep.CheckReport
    differences: tuple[Difference, ...]

    @property
    def good(self) -> bool:
        return self.report.whole and not self.differences


def drill(
    vault: Vault,
    source: Path,
    identity: age.Identity,
    *,
    place: Path | None = None,
    progress: Progress = ignore,
) -> Drill:
    """Restore `source` in a passing folder in `place` (the vault's own folder when None), look at
    everything in it, compare it with `vault`, and remember the day (where the vault can be saved).

    Raises as `restoring.restore`, CopyOfAnother, and NotWritable without a `place` where the vault
    is write-protected. A copy that does not restore is remembered as
    a drill that failed, unless it was stopped or there was no room.
    """
    if place is None and protected.is_protected(vault):
        raise NotWritable(at=vault.folder)
    sweep(place or vault.folder)
    digest = digest_of(source, progress=progress)
    name = naming.name_of(digest.sha256)
    try:
        with (
            passing(place or vault.folder) as building,
            restoring.rebuilt(
                source,
                identity,
                building,
                Passphrase.of(secrets.token_hex(32)),
                FLOOR,
                vault.clock,
                progress,
            ) as again,
        ):
            if again.id != vault.id:
                raise CopyOfAnother
            report = again.check(progress)
            differences, since = comparing.compare(vault.database, again.database)
    except (CopyDamaged, NotACopy, CopyTooNew):
        _remember(vault, DrillNote(at=vault.now(), name=name, good=False))
        raise
    done = Drill(
        at=vault.now(),
        name=name,
        records=report.records,
        evidence=report.evidence,
        since=since,
        report=report,
        differences=differences,
    )
    _remember(vault, DrillNote(at=done.at, name=name, good=done.good))
    return done


def _remember(vault: Vault, note: DrillNote) -> None:
    if protected.is_protected(vault):
        return  # on its medium nothing can be remembered
    with vault.transaction() as tx:
        notes.keep_drill(tx, note)
