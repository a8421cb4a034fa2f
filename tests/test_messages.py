"""Every expected failure has words of its own."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from pathlib import Path

import pytest

import app
import crypto
from app.errors import AppError, Exit
from app.messages import explain
from crypto.errors import CryptoError

VALUES: dict[str, object] = {
    "int": 7,
    "float": 7.0,
    "str": "some\u202ething",
    "Path": Path("/media/stick/file.txt"),
    "tuple[str, ...]": ("unknown_signer", "unsigned", "new_reason"),
}


def leaves() -> list[type[Exception]]:
    for package in (app, crypto):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not found.name.endswith("__main__") and "migrations" not in found.name:
                importlib.import_module(found.name)
    found_leaves: list[type[Exception]] = []
    waiting: list[type[Exception]] = [AppError, CryptoError]
    while waiting:
        kind = waiting.pop()
        below = kind.__subclasses__()
        waiting.extend(below)
        if not below:
            found_leaves.append(kind)
    return sorted(set(found_leaves), key=lambda kind: kind.__name__)


def made(kind: type[Exception]) -> Exception:
    if not dataclasses.is_dataclass(kind):
        return kind()
    return kind(**{field.name: VALUES[str(field.type)] for field in dataclasses.fields(kind)})


@pytest.mark.parametrize("kind", leaves(), ids=lambda kind: kind.__name__)
def test_a_failure_has_a_title_and_a_sentence_of_its_own(kind: type[Exception]) -> None:
    told = explain(made(kind))
    assert told.title
    assert told.text.strip()
    assert told.title != "That did not work", "add a case to app/messages.py"


@pytest.mark.parametrize("kind", leaves(), ids=lambda kind: kind.__name__)
def test_no_fact_from_outside_reaches_the_words_unescaped(kind: type[Exception]) -> None:
    told = explain(made(kind))
    assert "\u202e" not in told.title + told.text + told.advice


@pytest.mark.parametrize("kind", leaves(), ids=lambda kind: kind.__name__)
def test_words_leave_no_placeholder_unfilled(kind: type[Exception]) -> None:
    told = explain(made(kind))
    assert "{" not in told.title + told.text + told.advice


def test_a_failure_without_words_still_gets_a_true_sentence() -> None:
    class Brandnew(AppError):
        exit_status = Exit.NO

    told = explain(Brandnew())
    assert told.title == "That did not work"
    assert "brandnew" in told.text
    del Brandnew
