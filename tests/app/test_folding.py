"""Folding for the search: the same words however written, and at a bounded cost."""

from __future__ import annotations

import time
import unicodedata

from app import indexing

MARKS = "\u0315\u0316" * 200_000


def test_a_megabyte_of_combining_marks_is_folded_in_seconds() -> None:
    started = time.monotonic()
    indexing.folded("a" + MARKS)
    assert time.monotonic() - started < 10


def test_a_long_text_folds_as_its_words_do() -> None:
    words = ["Ångström", "été", "café", "كِتَاب", "한국어", "བོད་ཡིག", "ﬁn"]
    text = " ".join(words * 700)
    assert indexing.folded(text).split() == [indexing.folded(word) for word in words * 700]


def test_a_text_without_spaces_keeps_every_letter() -> None:
    text = "\u5973" * 5000
    assert indexing.folded(text) == text


def test_lines_without_spaces_are_cut_at_their_ends() -> None:
    text = "\n".join(unicodedata.normalize("NFD", "한국어한국어") for _ in range(500))
    assert indexing.folded(text).split() == ["한국어한국어"] * 500
