"""Offered passphrases are drawn evenly; a chosen one is guessed low and never flattered."""

from __future__ import annotations

import hashlib
import math
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.passphrases import (
    Reason,
    Verdict,
    offer,
    offered_bits,
    strength,
    word_list,
)


def test_the_word_list_is_the_published_one() -> None:
    text = "".join(f"{_dice(number)}\t{word}\n" for number, word in enumerate(word_list())).encode()
    assert (
        hashlib.sha256(text).hexdigest()
        == "addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e"
    )


def _dice(number: int) -> str:
    return "".join(str(number // 6**place % 6 + 1) for place in range(4, -1, -1))


def test_the_word_list_has_7776_different_words() -> None:
    assert len(word_list()) == len(set(word_list())) == 7776


def test_six_words_are_offered_and_worth_77_bits() -> None:
    offered = offer()
    assert len(offered.split(" ")) == 6
    assert set(offered.split(" ")) <= set(word_list())
    assert math.isclose(offered_bits(), 77.51, abs_tol=0.01)


def test_two_offers_differ() -> None:
    assert len({offer() for _ in range(50)}) == 50


def test_every_word_can_be_drawn() -> None:
    drawn = {word for _ in range(6000) for word in offer(10).split()}
    # 60,000 draws: each word is missed with chance e^-7.7, so about 3 of 7,776
    assert len(drawn) > 7700


def test_fewer_than_five_words_are_never_offered() -> None:
    with pytest.raises(ValueError, match="4"):
        offer(4)


def test_an_offered_passphrase_is_strong() -> None:
    found = strength("abacus drizzly mooing sixfold unruly zodiac")
    assert found.verdict is Verdict.STRONG
    assert found.accepted
    assert math.isclose(found.bits, offered_bits())
    assert found.reasons == (Reason.LISTED_WORDS,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Tr0ub4dor&3",
        "fifteen chars..",
        "one two six ten",
        "a b c d e",
        "aaaaaaaaaaaaaaaaaaaaaaaa",
        "passwordpassword",
        "abcdefghijklmnopqrstuvwxyz",
        "0987654321098765",
        "4915118345670901",
        "abacus abacus abacus",
        "horse HORSE Horse horse Horse",
        "short                    one",
    ],
)
def test_what_is_easy_to_guess_is_weak(text: str) -> None:
    assert strength(text).verdict is Verdict.WEAK


@pytest.mark.parametrize(
    "text",
    [
        "sixteen chars ok",
        "we met by the old mill",
        "ئۇزۇن بىر مەخپىي سۆز",
        "kX9#vQ2!mZ7&pL4$",
    ],
)
def test_sixteen_characters_or_five_words_are_accepted(text: str) -> None:
    found = strength(text)
    assert found.verdict is Verdict.FAIR
    assert found.accepted


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("short", Reason.TOO_SHORT),
        ("horsehorsehorse", Reason.REPEATS),
        ("abacus abacus drizzly mooing unruly zodiac", Reason.REPEATS),
        ("what a looooong road it was", Reason.REPEATS),
        ("our cat 123456 sleeps", Reason.SEQUENCE),
        ("8675309186753091", Reason.ONLY_DIGITS),
    ],
)
def test_the_reason_is_named(text: str, reason: Reason) -> None:
    assert reason in strength(text).reasons


def test_full_width_letters_count_as_the_letters_they_are() -> None:
    assert strength("ａｂａｃｕｓ drizzly mooing sixfold unruly zodiac") == strength(
        "abacus drizzly mooing sixfold unruly zodiac"
    )


@given(st.text(max_size=80))
def test_saying_it_twice_adds_nothing(text: str) -> None:
    once, twice = strength(text), strength(text + text)
    assert twice.bits <= once.bits
    assert not (once.verdict is Verdict.WEAK and twice.verdict is not Verdict.WEAK)


def test_no_offered_word_could_harm_whoever_is_found_with_it_on_paper() -> None:
    left_out = (files("resources") / "wordlists" / "not_offered.txt").read_text("ascii").split()
    assert set(left_out) <= set(word_list())
    assert not set(left_out) & {word for _ in range(300) for word in offer(20).split()}
