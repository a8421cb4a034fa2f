"""Argon2id and HKDF give the published answers, inside a floor and a ceiling."""

from __future__ import annotations

import hmac
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.pwhash import argon2id

from crypto.errors import Malformed, NotEnoughMemory, TooCheap, TooCostly
from crypto.kdf import CEILING, FLOOR, STANDARD, STRONG, Argon2idCost, derive, measure, stretch
from crypto.secret import Passphrase, Secret

TINY = Argon2idCost(memory_kib=64, passes=3, lanes=1)


def test_stretching_agrees_with_another_library() -> None:
    ours = stretch(Passphrase.of("correct horse"), b"0123456789abcdef", TINY)
    witness = argon2id.kdf(
        32, b"correct horse", b"0123456789abcdef", opslimit=3, memlimit=64 * 1024
    )
    assert ours.expose() == witness


def test_passphrase_salt_and_each_number_of_the_cost_change_the_key() -> None:
    salt = bytes(16)
    keys = [
        stretch(Passphrase.of("a"), salt, TINY),
        stretch(Passphrase.of("b"), salt, TINY),
        stretch(Passphrase.of("a"), bytes(17), TINY),
        stretch(Passphrase.of("a"), salt, Argon2idCost(memory_kib=65, passes=3, lanes=1)),
        stretch(Passphrase.of("a"), salt, Argon2idCost(memory_kib=64, passes=4, lanes=1)),
        stretch(Passphrase.of("a"), salt, Argon2idCost(memory_kib=64, passes=3, lanes=2)),
    ]
    assert len({key.expose() for key in keys}) == len(keys)


@pytest.mark.parametrize(
    ("cost", "part"),
    [
        (Argon2idCost(memory_kib=CEILING.memory_kib + 1, passes=1, lanes=1), "argon2id memory"),
        (Argon2idCost(memory_kib=8, passes=11, lanes=1), "argon2id passes"),
        (Argon2idCost(memory_kib=200, passes=1, lanes=17), "argon2id lanes"),
    ],
)
def test_a_cost_above_the_ceiling_is_refused_before_any_work(cost: Argon2idCost, part: str) -> None:
    with pytest.raises(TooCostly) as refusal:
        stretch(Passphrase.of("a"), bytes(16), cost)
    assert refusal.value.part == part
    assert refusal.value.value == refusal.value.limit + 1


def test_a_cost_under_the_floor_is_refused_for_something_new() -> None:
    for cheap, part in [
        (Argon2idCost(memory_kib=FLOOR.memory_kib - 1, passes=3, lanes=4), "argon2id memory"),
        (Argon2idCost(memory_kib=FLOOR.memory_kib, passes=2, lanes=4), "argon2id passes"),
    ]:
        with pytest.raises(TooCheap) as refusal:
            cheap.refuse_below_floor()
        assert refusal.value.part == part
        assert refusal.value.value == refusal.value.limit - 1


def test_every_profile_lies_between_floor_and_ceiling() -> None:
    for profile in (FLOOR, STANDARD, STRONG, CEILING):
        profile.refuse_below_floor()
        profile.refuse_above_ceiling()


@pytest.mark.parametrize(("memory", "passes", "lanes"), [(7, 1, 1), (8, 0, 1), (8, 1, 0)])
def test_numbers_that_mean_nothing_to_argon2_are_refused(
    memory: int, passes: int, lanes: int
) -> None:
    with pytest.raises(Malformed):
        Argon2idCost(memory_kib=memory, passes=passes, lanes=lanes)


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(Malformed):
        stretch(Passphrase.of("a"), bytes(15), TINY)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="address space limit of Linux")
def test_a_system_without_the_memory_gives_a_typed_refusal() -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    in_use = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (in_use + (400 << 20), hard))
    try:
        with pytest.raises(NotEnoughMemory) as refusal:
            stretch(Passphrase.of("a"), bytes(16), STRONG)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    assert refusal.value.memory_kib == STRONG.memory_kib


@given(st.binary(min_size=1, max_size=64), st.binary(min_size=1, max_size=32))
def test_derived_keys_are_hkdf_as_rfc_5869_writes_it(content: bytes, label: bytes) -> None:
    extracted = hmac.digest(bytes(32), content, "sha256")
    first = hmac.digest(extracted, label + b"\1", "sha256")
    second = hmac.digest(extracted, first + label + b"\2", "sha256")
    with Secret.of(content) as secret:
        assert derive(secret, label).expose() == first
        assert derive(secret, label, 40).expose() == (first + second)[:40]


def test_a_derived_key_needs_a_label_and_a_possible_size() -> None:
    secret = Secret.random(32)
    with pytest.raises(ValueError, match="label"):
        derive(secret, b"")
    for size in (0, 255 * 32 + 1):
        with pytest.raises(ValueError, match=str(size)):
            derive(secret, b"label", size)


def test_measuring_takes_longer_for_a_dearer_cost() -> None:
    dear = Argon2idCost(memory_kib=16 * 1024, passes=4, lanes=1)
    cheap = Argon2idCost(memory_kib=8, passes=1, lanes=1)
    assert measure(dear) > measure(cheap) > 0
