"""A digest taken in another thread is the digest, and the thread never outlives its use."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest

from app import files
from app.digesting import Digesting
from app.errors import Cancelled
from app.tasks import Step

MEBIBYTE = 1024**2


@pytest.mark.parametrize(
    "sizes",
    [
        (),
        (0,),
        (1,),
        (MEBIBYTE, MEBIBYTE),
        (2 * MEBIBYTE, 1),
        (1, 2 * MEBIBYTE, 1, 0, 5),
        (3 * MEBIBYTE,),
        (300_000,) * 40,
    ],
)
def test_it_is_the_digest_of_all_pieces_in_their_order(sizes: tuple[int, ...]) -> None:
    pieces = [os.urandom(size) for size in sizes]
    with Digesting() as digesting:
        for piece in pieces:
            digesting.update(piece)
    assert digesting.digest() == hashlib.sha256(b"".join(pieces)).digest()
    assert digesting.size == sum(sizes)


def test_no_thread_is_left_after_an_error_in_the_block() -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_while_digesting()
    assert "digesting" not in _threads()


def test_a_small_file_is_digested_without_a_thread() -> None:
    with Digesting() as digesting:
        digesting.update(bytes(MEBIBYTE))
        assert "digesting" not in _threads()


def test_a_copy_that_is_cancelled_leaves_no_thread(tmp_path: Path) -> None:
    (tmp_path / "film").write_bytes(bytes(12 * MEBIBYTE))

    def stop_late(step: Step) -> None:
        if step.done > 8 * MEBIBYTE:
            raise Cancelled

    with pytest.raises(Cancelled):
        files.copy_file(tmp_path / "film", tmp_path / "copy", progress=stop_late)
    assert "digesting" not in _threads()
    assert [path.name for path in tmp_path.iterdir()] == ["film"]


def _fail_while_digesting() -> None:
    with Digesting() as digesting:
        for _ in range(20):
            digesting.update(bytes(MEBIBYTE))
        assert "digesting" in _threads()
        raise ZeroDivisionError


def _threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}
