"""Receipts for many bundles at once, for those that came whole; the others are answered by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.changes import Changes
from app.errors import Cancelled, NotFound
from app.inbox import receipts
from app.inbox.statement import Verdict
from app.storage import bundles as stored
from app.storage import receipts as rows
from app.storage.receipts import Way
from app.tasks import Progress, Step, ignore
from app.vault import Vault

RECEIPT_BYTES: Final = 300_000
"""A receipt is padded to 256 KiB; a bit more than that is asked of the place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """Of some bundles: those that came whole and can be answered, those that somebody has to answer
    by hand, how many carry no way to answer, how many have a receipt already."""

    whole: tuple[str, ...]
    by_hand: tuple[str, ...]
    no_reply: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllMade:
    """The receipts that were sealed. `left`: how many were not reached."""

    paths: tuple[Path, ...]
    left: int
    changes: Changes


def answerable(vault: Vault, bundles: Sequence[str]) -> Answerable:
    """How these bundles can be answered. Raises NotFound."""
    whole: list[str] = []
    by_hand: list[str] = []
    no_reply = answered = 0
    for each in bundles:
        received = stored.received(vault.database, each)
        if received is None:
            raise NotFound(each)
        items = stored.items_of(vault.database, each)
        if rows.receipts_for(vault.database, each, Way.MADE):
            answered += 1
        elif not received.reply:
            no_reply += 1
        elif received.verdict == "accepted" and all(one.verdict == "accepted" for one in items):
            whole.append(each)
        else:
            by_hand.append(each)
    return Answerable(
        whole=tuple(whole), by_hand=tuple(by_hand), no_reply=no_reply, answered=answered
    )


def make_all(
    vault: Vault, bundles: Sequence[str], *, folder: Path, progress: Progress = ignore
) -> AllMade:
    """Seals a receipt that says *accepted* for each of these that came whole, into `folder`.

    Being stopped ends it before the next one. Raises as `receipts.make`: those before are made.
    """
    wanted = answerable(vault, bundles).whole
    paths: list[Path] = []
    try:
        for at, each in enumerate(wanted):
            progress(Step(doing="sealing", done=at, total=len(wanted)))
            made = receipts.make(vault, each, folder=folder, verdict=Verdict.ACCEPTED)
            paths.append(made.path)
    except Cancelled:
        pass  # every receipt so far is whole
    return AllMade(paths=tuple(paths), left=len(wanted) - len(paths), changes=Changes.of("receipt"))
