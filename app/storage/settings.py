"""Settings that belong to the vault and not to the computer, and the list of used slots."""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.cells import text, whole
from app.storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedSlot:
    """A slot of the slot file that opens this vault. `kind`: see crypto.slots.Opener."""

    slot: int
    kind: int
    made_at: str


def setting(db: Reading, name: str) -> str | None:
    """The value kept under `name`, None when there is none."""
    found = db.row("SELECT value FROM setting WHERE name = ?", name)
    return text(found[0]) if found else None


def keep_setting(tx: Transaction, name: str, value: str) -> None:
    """Keep `value` under `name`, in the place of what was there."""
    tx.run(
        "INSERT INTO setting (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value,
    )


def forget_setting(tx: Transaction, name: str) -> None:
    """Forget what was kept under `name`; nothing happens when nothing was."""
    tx.run("DELETE FROM setting WHERE name = ?", name)


def used_slots(db: Reading) -> list[UsedSlot]:
    """The slots that open this vault, in order."""
    return [
        UsedSlot(slot=whole(row[0]), kind=whole(row[1]), made_at=text(row[2]))
        for row in db.rows("SELECT slot, kind, made_at FROM opener ORDER BY slot")
    ]


def keep_slot(tx: Transaction, used: UsedSlot) -> None:
    """Note that a slot opens this vault."""
    tx.run(
        "INSERT INTO opener (slot, kind, made_at) VALUES (?, ?, ?) ON CONFLICT (slot) "
        "DO UPDATE SET kind = excluded.kind, made_at = excluded.made_at",
        used.slot,
        used.kind,
        used.made_at,
    )


def forget_slot(tx: Transaction, slot: int) -> None:
    """Note that a slot opens this vault no longer."""
    tx.run("DELETE FROM opener WHERE slot = ?", slot)
