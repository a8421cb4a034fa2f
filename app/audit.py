"""The audit trail: who did what with a record, when and why; names of fields, never values (D-09).

Entries are only appended, chained by hashes, encrypted with the vault, and gone with it. They are
in no bundle (M-11) and can be shown to the person whom they are about. A cut at the end shows only
against a copy or a number noted on paper, as with the records themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.changes import Changes
from app.errors import Invalid
from app.i18n import N_
from app.records.ids import RecordId
from app.storage import audit as stored
from app.storage.database import Transaction
from app.vault import Vault

SUBJECT: Final = "audit"
"""The name of the trail among the Changes of a command."""

LEAST_REASON: Final = 10
"""Letters of a reason: a word or two that somebody else understands later."""


class Deed(StrEnum):
    """What was done. Stable: codes are kept in vaults, never renamed and never used again."""

    SHOWN = "shown"  # special facts were uncovered
    ASKED = "asked"  # somebody was asked again
    NAMED = "named"  # a real name was written down
    PRINTED = "printed"  # copied or printed in the clear
    GIVEN = "given"  # a person got a copy of what is held about them
    EXCEPTED = "excepted"  # an exception from a rule was decided
    ASSIGNED = "assigned"
    DECIDED = "decided"
    APPROVED = "approved"
    HANDED_OVER = "handed_over"


WORDS: Final = {
    Deed.SHOWN: N_("looked at"),
    Deed.ASKED: N_("asked again"),
    Deed.NAMED: N_("wrote a real name down"),
    Deed.PRINTED: N_("copied in the clear"),
    Deed.GIVEN: N_("gave the person a copy"),
    Deed.EXCEPTED: N_("decided an exception"),
    Deed.ASSIGNED: N_("gave it to somebody"),
    Deed.DECIDED: N_("decided"),
    Deed.APPROVED: N_("approved"),
    Deed.HANDED_OVER: N_("handed over"),
}
"""English source texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One entry. `deed`: a Deed, or the code of a newer version; `at`: see clock.stamp.

    `who`: "" where the vault has one user. `reason`: None when it was erased with the record.
    """

    number: int
    at: str
    who: str
    deed: str
    record: RecordId
    fields: tuple[str, ...]
    reason: str | None


def is_reason(text: str) -> bool:
    """Whether this says enough to be understood later."""
    return len(" ".join(text.split())) >= LEAST_REASON


def look(vault: Vault, record: RecordId, fields: Sequence[str], reason: str) -> Changes:
    """Keep that these special fields are looked at, and why (M-02); to be called before they are.

    Raises Invalid (no reason), NoRoom, NotWritable, MediumFailed.
    """
    with vault.transaction() as tx:
        return note(vault, tx, Deed.SHOWN, record, fields, reason)


def note(
    vault: Vault,
    tx: Transaction,
    deed: Deed,
    record: RecordId,
    fields: Sequence[str],
    reason: str,
    who: str = "",
) -> Changes:
    """Keep one entry inside the caller's transaction, so that no deed is without it.

    `fields`: names as in the spec, never what stands in them. Raises Invalid when the reason says
    too little.
    """
    said = " ".join(reason.split())
    if not is_reason(said):
        raise Invalid(problems=("reason: missing",))
    stored.append(
        tx,
        stored.NewAuditRow(
            at=vault.now(),
            who=who,
            what=deed.value,
            record=record,
            fields=tuple(fields),
            reason=said,
        ),
    )
    return Changes.of(SUBJECT)


def of(vault: Vault, record: RecordId) -> list[AuditEntry]:
    """What was done with one record, the first entry first."""
    return [_entry(each) for each in stored.rows(vault.database, record)]


def every(vault: Vault) -> list[AuditEntry]:
    """The whole trail, the first entry first."""
    return [_entry(each) for each in stored.every(vault.database)]


def words(entry: AuditEntry) -> str:
    """The English source text of what was done; the code itself where this version knows none."""
    try:
        return WORDS[Deed(entry.deed)]
    except ValueError:
        return entry.deed


def _entry(row: stored.AuditRow) -> AuditEntry:
    return AuditEntry(
        number=row.entry,
        at=row.at,
        who=row.who,
        deed=row.what,
        record=RecordId(row.record),
        fields=row.fields,
        reason=row.reason,
    )
