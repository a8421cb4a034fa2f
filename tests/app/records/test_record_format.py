"""The written format of records names what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.records import KINDS, Record, specs

ROOT = Path(__file__).parents[3]
FORMAT = (ROOT / "docs" / "formats" / "record.md").read_text("utf-8")
NAMED = set(re.findall(r"`(\w+)`", FORMAT))
REASON = re.compile(r'(?:refuse\(.*?|MalformedJson\(|, )"([a-z]\w+)"\)', re.DOTALL)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_every_local_field_is_named(kind: type[Record]) -> None:
    assert kind.kind.value in NAMED
    assert {name for name, spec in specs(kind) if spec.local} <= NAMED


@pytest.mark.parametrize("kind", KINDS)
def test_every_member_a_body_must_have_is_named(kind: type[Record]) -> None:
    assert {name for name, spec in specs(kind) if spec.stamped} <= NAMED


@pytest.mark.parametrize(
    "source", ["app/strictjson.py", "app/records/codec.py", "app/records/reading.py"]
)
def test_every_reason_for_a_refusal_is_named(source: str) -> None:
    reasons = set(REASON.findall((ROOT / source).read_text("utf-8")))
    assert len(reasons) > 3
    assert reasons <= NAMED
