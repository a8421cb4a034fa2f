"""Repair in place: only what is derived is built again, so nothing that was written can be lost."""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Changes
from app.errors import MalformedJson, MalformedRecord, VaultDamaged
from app.records import Kind
from app.tasks import Progress, ignore
from app.upkeep import Finding, Look
from app.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairReport:
    """`mended`: how many findings are gone; `left`: what needs a salvage (app/salvage.py) or a safe
    copy."""

    records: int
    mended: int
    left: tuple[Finding, ...]

    @property
    def changes(self) -> Changes:
        """Whatever is listed or searched may be found again now."""
        return Changes.of(*Kind) if self.records else Changes()


def can_mend(findings: tuple[Finding, ...]) -> bool:
    """Whether `repair` has anything to do about these."""
    return any(each.look is Look.DERIVED for each in findings)


def needs_salvage(findings: tuple[Finding, ...]) -> bool:
    """Whether there is damage among these that `repair` leaves as it is."""
    return any(each.look is not Look.DERIVED for each in findings)


def repair(vault: Vault, *, progress: Progress = ignore) -> RepairReport:
    """Build again what finds records where that can be done, and look at the whole once more.

    Raises Cancelled, NoRoom, NotWritable, MediumFailed.
    """
    before = vault.check(progress)
    if not can_mend(before.findings):
        return RepairReport(records=before.records, mended=0, left=before.findings)
    try:
        count = vault.reindex()
    except (VaultDamaged, MalformedJson, MalformedRecord):
        # The page itself is damaged, or a record: the transaction was taken back.
        return RepairReport(records=0, mended=0, left=before.findings)
    after = vault.check(progress)
    return RepairReport(
        records=count,
        mended=max(0, len(before.findings) - len(after.findings)),
        left=after.findings,
    )
