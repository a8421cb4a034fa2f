"""What the records of a hostile bundle may take in memory, from looking to taking in."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import contacts
from app.bundles import lines, reading
from app.bundles.pieces import Pieces
from app.bundles.report import SealedRecord
from app.errors import TooBig
from app.records import Incident
from app.strictjson import canonical
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.app.bundles import forging, hostile
from tests.app.bundles.hostile import Bag
from tests.children import said

MIB = 1 << 20
CEILING = 224 * MIB
"""Bytes; what a program that opens a vault takes (some 104 MiB, most for the passphrase) is in it.
The limit of the whole is 256 MiB."""

TAKING_IN = """
from pathlib import Path
from app.bundles import opening
from app.inbox import importing
from app.inbox.importing import Doubt
from app.vault import Vault
from crypto.secret import Passphrase

with Vault.open(Path({folder!r}), Passphrase.of("a phrase")) as vault:
    opened = opening.open_bundle(vault, Path({bundle!r}))
    plan = importing.plan_import(vault, opened)
    accepted = frozenset({{Doubt.UNSIGNED, Doubt.PASSED_ON}})
    done = importing.apply(vault, Path({bundle!r}), plan, accepted=accepted)
status = Path("/proc/self/status").read_text()
print(len(done.records), int(status.partition("VmHWM:")[2].split()[0]) * 1024)
"""


def large(letter: str) -> SealedRecord:
    """A record as large as one may be, that is taken in: what a later version would have put in."""
    incident = Incident()
    members = json.loads(forging.line(incident).body)
    members |= {f"later_{at}": letter + "x" * 900_000 for at in range(2)}
    body = canonical(members)
    return SealedRecord(
        kind="incident",
        id=incident.id,
        revision=1,
        at="2026-03-14T12:00:00Z",
        digest=hashlib.sha256(body).hexdigest(),
        body=body,
    )


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("letter", ["x", "\U0001f54a"], ids=["one byte a letter", "four bytes"])
def test_as_many_records_as_may_come_stay_well_below_the_ceiling(
    tmp_path: Path, letter: str
) -> None:
    with Vault.create(tmp_path / "vault", Passphrase.of("a phrase"), cost=FLOOR) as desk:
        contacts.make_own_card(desk, "Desk")
        records = lines.marshal(
            large(letter) for _ in range(reading.MAX_RECORDS_BYTES // (2 * MIB))
        )
        bag = Bag.sound(records=records)
        path = hostile.sealed(desk, tmp_path / "bundle", bag.archive())
    answer = said(TAKING_IN.format(folder=str(tmp_path / "vault"), bundle=str(path)))
    taken, peak = map(int, answer.split())
    assert taken == 32
    assert peak < CEILING, f"{peak / MIB:.0f} MiB"


def test_a_record_that_no_reader_would_take_is_not_sealed() -> None:
    whole = large("x")
    body = whole.body + b" " * (lines.MAX_BODY_BYTES - len(whole.body))
    record = SealedRecord(
        kind=whole.kind, id=whole.id, revision=1, at=whole.at, digest=whole.digest, body=body
    )
    assert lines.marshal([record])
    more = SealedRecord(
        kind=whole.kind, id=whole.id, revision=1, at=whole.at, digest=whole.digest, body=body + b" "
    )
    with pytest.raises(TooBig) as refused:
        lines.marshal([more])
    assert refused.value.limit == lines.MAX_BODY_BYTES


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_lines_are_the_same_however_the_file_is_cut_and_nothing_stays(size: int) -> None:
    content = b"one\n\ntwo and more\nthe end"

    def cut() -> Iterator[bytes]:
        for at in range(0, len(content), size):
            yield content[at : at + size]

    held = Pieces(list(cut()))
    assert (held.whole(), held.line_ends(), held.is_cut()) == (content, 3, True)
    assert list(held.lines()) == [b"one", b"", b"two and more"]
    assert list(held) == []
