"""The self-test passes here, quickly, and notices a wrong primitive."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from crypto import selftest
from crypto.errors import SelfTestFailed


def test_every_primitive_gives_its_published_answer() -> None:
    selftest.run()


def test_the_self_test_is_not_felt_at_start_up() -> None:
    began = time.process_time()
    selftest.run()
    assert time.process_time() - began < 0.05


@pytest.mark.parametrize("known_answer", selftest.KNOWN_ANSWERS, ids=lambda one: one.primitive)
def test_a_primitive_with_another_answer_is_named(known_answer: selftest.KnownAnswer) -> None:
    flipped = f"{int(known_answer.answer[0], 16) ^ 1:x}{known_answer.answer[1:]}"
    with pytest.raises(SelfTestFailed) as failure:
        selftest.check([replace(known_answer, answer=flipped)])
    assert failure.value.primitive == known_answer.primitive


def test_a_primitive_that_breaks_down_is_named() -> None:
    def broken() -> bytes:
        raise ZeroDivisionError

    answer = selftest.KnownAnswer(primitive="SHA-256", compute=broken, answer="")
    with pytest.raises(SelfTestFailed) as failure:
        selftest.check([answer])
    assert failure.value.primitive == "SHA-256"
