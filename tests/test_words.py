"""Sizes, problems: small words that stand in many places."""

from __future__ import annotations

import pytest

from app import problemwords, sizes
from app.records.problems import Code, Problem


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (1001, "2 kB"),
        (48_000_000, "48 MB"),
        (1_500_000_000, "1.5 GB"),
        (4_294_967_295, "4.3 GB"),
    ],
)
def test_a_size_is_said_as_on_the_label_of_a_stick_and_never_too_small(
    size: int, said: str
) -> None:
    assert sizes.words(size) == said


@pytest.mark.parametrize("code", list(Code))
def test_every_problem_has_a_sentence_of_its_own(code: Code) -> None:
    said = problemwords.sentence(Problem(field="x", code=code, limit=150))
    assert said.endswith(".")
    assert said != "This needs another look."
    assert "{" not in said
