"""Repair in place: only what is derived is built again, so nothing that was written can be lost."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import MalformedJson, MalformedRecord, VaultDamaged
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


def repair(vault: Vault, *, progress: Progress = ignore) -> RepairReport:
    """Build again what finds records where that can be done, and look at the whole once more.

    Raises Cancelled, NoRoom, NotWritable, MediumFailed.
    """
    before = vault.check(progress)
    if all(each.look is not Look.DERIVED for each in before.findings):
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
