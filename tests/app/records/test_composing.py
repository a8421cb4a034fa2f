"""Text as it is typed, in its composed form and at a bounded cost."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import LText
from app.records.composing import LONGEST_RUN, composed
from app.records.spec import LONG_TEXT

SCRIPTS = ["Ångström", "été", "كِتَاب", "한국어", "བོད་ཡིག", "ﬁn", "বাংলা", "ශ්‍රී", "ប្រទេស", "女"]


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("glue", ["", " ", "\n"])
@pytest.mark.parametrize("word", SCRIPTS)
def test_a_long_text_of_any_script_is_what_unicode_says(word: str, glue: str) -> None:
    text = glue.join([unicodedata.normalize("NFD", word)] * 700)
    assert composed(text) == nfc(text)


@given(st.text(alphabet="a \u0301\u0316\u1161\u11a8\u1100\uac00\u09c7\u09be\u212b", max_size=3000))
def test_any_text_of_letters_and_marks_is_what_unicode_says(text: str) -> None:
    assert composed(text) == nfc(text)


def test_no_letter_but_a_mark_or_a_jamo_joins_with_the_one_before() -> None:
    """What the cuts rest on: every second half of a composition in this version of Unicode."""
    for number in range(sys.maxunicode + 1):
        parts = unicodedata.decomposition(chr(number)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            second = chr(int(parts[1], 16))
            assert unicodedata.category(second)[0] == "M", hex(number)


def test_a_run_that_no_script_writes_stays_and_the_rest_is_composed() -> None:
    run = "x" + "\u0315\u0316" * LONGEST_RUN
    text = composed("e\u0301 " + run + " e\u0301")
    assert text == "\xe9 " + run + " \xe9"
    assert composed(text) == text


def test_the_longest_text_of_marks_is_composed_while_nobody_waits() -> None:
    for run in (LONG_TEXT, LONGEST_RUN - 2):
        text = ("a" + "\u0315\u0316" * (run // 2)) * (LONG_TEXT // run)
        started = time.process_time()
        assert LText.of(text, "en").text
        assert time.process_time() - started < 1
