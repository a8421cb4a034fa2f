"""What is done while the kill comes, and what must be there afterwards: records, drafts, evidence.

The two workloads whose name begins with "broken" are controls: writers with a known fault, which
the harness has to catch.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app import evidence, store
from app.errors import NotFound
from app.records import EvidenceItem, Incident, LText
from app.records.ids import RecordId
from app.storage import evidence as evidence_rows
from app.vault import Vault
from crypto.age.stream import StreamWriter
from crypto.padding import padme
from crypto.secret import Secret

Acknowledge = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """`work` goes on until it is killed, and acknowledges words that `missing` understands;
    `missing` says which of them no longer hold in the vault opened again. `longest`: seconds after
    which the kill has come at the latest."""

    name: str
    work: Callable[[Vault, Path, random.Random, Acknowledge], None]
    missing: Callable[[Vault, list[str]], list[str]]
    longest: float = 0.3


def incident(text: str) -> Incident:
    return Incident(title=LText.of(text, "en"), narrative=LText.of(text * 40, "en"))


def _save_records(vault: Vault, _source: Path, chance: random.Random, say: Acknowledge) -> None:
    mine: list[Incident] = []
    while True:
        text = f"n{chance.randrange(10**9)}"
        if mine and chance.random() < 0.5:
            place = chance.randrange(len(mine))
            record = replace(mine[place], title=LText.of(text, "en"))
            mine[place] = store.save(vault, record).record
        else:
            record = store.save(vault, incident(text)).record
            mine.append(record)
        say(f"{record.id} {text}")


def _missing_records(vault: Vault, said: list[str]) -> list[str]:
    newest: dict[str, str] = {}
    for words in said:
        record, text = words.split()
        newest[record] = text
    return [
        record
        for record, text in newest.items()
        # The kill may fall between a later commit and its word: a newer title is no loss.
        if not any(each.record.title.text == text for each in _revisions(vault, RecordId(record)))
    ]


def _revisions(vault: Vault, record: RecordId) -> list[store.Kept[Incident]]:
    try:
        return store.revisions(vault, Incident, record)
    except NotFound:
        return []


def _keep_drafts(vault: Vault, _source: Path, chance: random.Random, say: Acknowledge) -> None:
    typing = Incident()
    for count in itertools.count(chance.randrange(1000)):
        typing = replace(typing, narrative=LText.of(f"{count}", "en"))
        store.keep_draft(vault, typing)
        say(f"{typing.id} {count}")


def _missing_drafts(vault: Vault, said: list[str]) -> list[str]:
    missing = []
    for words in said:
        record, count = words.split()
        kept = store.take_draft(vault, Incident, RecordId(record))
        if kept is None or int(kept.narrative.text) < int(count):
            missing.append(words)
    return missing


def _take_in_evidence(vault: Vault, source: Path, chance: random.Random, say: Acknowledge) -> None:
    about = store.save(vault, incident("case")).record
    while True:
        content = chance.randbytes(chance.randrange(3_000_000))
        source.write_bytes(content)
        item = evidence.take_in(vault, source, about=about.id, evidence_type="photo")
        say(f"{item.id} {hashlib.sha256(content).hexdigest()}")
        if chance.random() < 0.3:
            evidence.destroy(vault, item.id, why="no longer needed")
            say(f"{item.id} gone")


def _missing_evidence(vault: Vault, said: list[str]) -> list[str]:
    last: dict[str, str] = {}
    for words in said:
        record, state = words.split()
        last[record] = state
    return [record for record, state in last.items() if not holds(vault, record, state)]


def holds(vault: Vault, record: str, state: str) -> bool:
    file = evidence_rows.file_of(vault.database, record)
    if state == "gone":
        return file is None
    if file is None:
        # Destroyed, but killed before it could say so: the log tells it from a loss.
        return any(
            event.action == evidence.DESTROYED
            for event in evidence.custody(vault, RecordId(record))
        )
    with evidence.reader(vault, RecordId(record)) as reader:
        return hashlib.sha256(reader.read()).hexdigest() == state == file.sha256


# --- controls: writers with a known fault ---------------------------------------------------


def _say_before_saving(
    vault: Vault, _source: Path, chance: random.Random, say: Acknowledge
) -> None:
    while True:
        text = f"n{chance.randrange(10**9)}"
        record = incident(text)
        say(f"{record.id} {text}")
        store.save(vault, record)


def _write_under_the_final_name(
    vault: Vault, _source: Path, chance: random.Random, say: Acknowledge
) -> None:
    while True:
        content = chance.randbytes(3_000_000)
        digest = hashlib.sha256(content).hexdigest()
        name, key = vault.files.new_name(), Secret.random(32)
        with vault.files.path(name).open("wb") as file, StreamWriter(file, key) as stream:
            for at in range(0, len(content), 100_000):
                stream.write(content[at : at + 100_000])
            stream.write(bytes(padme(len(content)) - len(content)))
        held = evidence.StoredContent(
            stored_name=name, key=key, sha256=digest, size=len(content), head=b""
        )
        item = EvidenceItem(title=LText.of("x", "en"), sha256=digest, size=len(content))
        with vault.transaction() as tx:
            store.receive(vault, tx, item, bundle="ab" * 16, signer="", number=1)
            evidence.attach(tx, item.id, held)
        say(f"{item.id} {digest}")


def _nothing_missing(_vault: Vault, _said: list[str]) -> list[str]:
    return []


VAULT_WORKLOADS: Final = (
    Workload(name="records", work=_save_records, missing=_missing_records),
    Workload(name="drafts", work=_keep_drafts, missing=_missing_drafts),
    Workload(name="evidence", work=_take_in_evidence, missing=_missing_evidence),
)
VAULT_CONTROLS: Final = (
    Workload(name="broken-early-word", work=_say_before_saving, missing=_missing_records),
    Workload(name="broken-final-name", work=_write_under_the_final_name, missing=_nothing_missing),
)
