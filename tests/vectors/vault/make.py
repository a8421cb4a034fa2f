"""Made the vaults beside this file, once for each format. They are never edited or made again.

    python -m tests.vectors.vault.make FOLDER

The content is fixed; keys, names and identifiers are random, so `facts.json` beside each vault says
what has to be found in it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from app import evidence, store
from app.records import Incident, LText
from app.storage import contacts, settings
from app.storage.contacts import ContactRow, Trust
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase

PASSPHRASE = "fixture of an older format"
TITLE = "FICTIONAL – A letter that was opened"
CONTENT = b"FICTIONAL. A scanned envelope, opened and closed again.\n" * 20


def make(folder: Path) -> None:
    """A vault with one of everything that has to survive, and what is in it."""
    instant = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    with (
        tempfile.TemporaryDirectory() as place,
        Vault.create(
            folder / "vault", Passphrase.of(PASSPHRASE), cost=FLOOR, clock=lambda: instant
        ) as vault,
    ):
        incident = store.save(
            vault,
            Incident(
                title=LText.of(TITLE, "en"),
                narrative=LText.of("The envelope had been cut and glued.", "en"),
                notes_internal=LText.of("stays here", "en"),
            ),
        ).record
        other = store.save(
            vault,
            Incident(title=LText.of("Removed", "en"), narrative=LText.of("Twice.", "en")),
        ).record
        store.remove(vault, other.id, why="entered twice")
        path = Path(place) / "envelope.txt"
        path.write_bytes(CONTENT)
        item = evidence.take_in(vault, path, about=incident.id, evidence_type="official_letter")
        with vault.transaction() as tx:
            settings.keep_setting(tx, "fixture", "1")
            contacts.keep(
                tx,
                ContactRow(
                    id="c1", name="A receiver", recipient="age1example", trust=Trust.VERIFIED
                ),
            )
        report = vault.check()
        facts = {
            "passphrase": PASSPHRASE,
            "vault": vault.id,
            "incident": incident.id,
            "title": TITLE,
            "removed": other.id,
            "evidence": item.id,
            "sha256": item.sha256,
            "size": item.size,
            "entries": report.entries,
            "last_hash": report.last_hash,
        }
    text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
    (folder / "facts.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
