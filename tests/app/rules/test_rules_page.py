"""The page of rules names every rule, files that are there, and tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "rules.md").read_text("utf-8")
LETTERS = {"C": 16, "R": 11, "M": 12, "S": 7, "E": 7, "N": 5, "G": 12, "D": 15}
TESTS = "\n".join(each.read_text("utf-8") for each in sorted((ROOT / "tests").rglob("*.py")))


def named() -> set[str]:
    """Every rule in the first column; a span such as `N-01 to N-05` names all of it."""
    found: set[str] = set()
    for line in PAGE.splitlines():
        first = line.split("|")[1] if line.startswith("| ") else ""
        span = re.fullmatch(r" ([A-Z])-(\d\d) to \1-(\d\d) ", first)
        if span:
            letter, start, end = span.groups()
            found |= {f"{letter}-{n:02d}" for n in range(int(start), int(end) + 1)}
        for part in re.split(r",", first):
            inner = re.fullmatch(r"\s*([A-Z])-(\d\d)(?: to \1-(\d\d))?\s*", part)
            if inner:
                letter, start, end = inner.groups()
                last = int(end or start)
                found |= {f"{letter}-{n:02d}" for n in range(int(start), last + 1)}
    return found


def test_every_rule_stands_on_the_page() -> None:
    every = {f"{letter}-{n:02d}" for letter, last in LETTERS.items() for n in range(1, last + 1)}
    assert named() == every


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:app|ui)(?:/[\w./]+)?)`", PAGE))))
def test_every_file_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("rule", sorted(set(re.findall(r"`([a-z]_\d\d)`", PAGE))))
def test_every_test_that_is_named_exists(rule: str) -> None:
    assert re.search(rf"def test_\w*{rule}_", TESTS)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+\.py)`", PAGE))))
def test_every_file_of_tests_that_is_named_exists(name: str) -> None:
    assert list((ROOT / "tests").rglob(name))
