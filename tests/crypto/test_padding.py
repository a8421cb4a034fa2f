"""Padmé: lengths that say little, at a bounded price."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.padding import FLOOR, padded, padme

LENGTHS = st.integers(min_value=2, max_value=2**50)


@given(LENGTHS)
def test_padding_is_the_published_formula(length: int) -> None:
    exponent = length.bit_length() - 1
    low_bits = exponent - (math.floor(math.log2(exponent)) + 1)
    step = 2**low_bits
    assert padme(length) == -(-length // step) * step


@given(LENGTHS)
def test_padding_never_shortens_costs_under_twelve_per_cent_and_is_stable(length: int) -> None:
    long = padme(length)
    assert length <= long < length * 1.12
    assert padme(long) == long


@given(LENGTHS)
def test_longer_contents_never_look_shorter(length: int) -> None:
    assert padme(length) <= padme(length + 1)


def test_a_million_lengths_look_like_a_few_hundred() -> None:
    assert len({padme(length) for length in range(2**20, 2**21, 7)}) <= 33


def test_the_smallest_lengths_stay() -> None:
    assert [padme(length) for length in range(10)] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 10]


def test_everything_small_is_one_size() -> None:
    assert padded(0) == padded(1) == padded(FLOOR) == FLOOR == 262144
    assert padded(FLOOR + 1) == padme(FLOOR + 1) > FLOOR
    assert padded(5, floor=0) == 5


def test_negative_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        padme(-1)
