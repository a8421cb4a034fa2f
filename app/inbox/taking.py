"""Take many bundles in, one transaction each: whatever ends it, every bundle is whole or not here.

Each is opened again at its turn, and must be the one that was looked at. What was chosen is noted
until the end, so that a batch that was killed is gone on with: what is here by then is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app import keyring
from app.bundles import opening
from app.changes import Changes
from app.errors import (
    AppError,
    BundleDamaged,
    Cancelled,
    MalformedJson,
    VaultError,
)
from app.inbox import importing, quarantine, receipts
from app.inbox.importing import Doubt, Imported
from app.inbox.looking import ACCEPTABLE, Batch, LookedAt, Standing
from app.inbox.outcomes import Outcome
from app.keyring import Keyring
from app.storage import settings
from app.strictjson import Json, canonical, parse
from app.tasks import Progress, Step, ignore
from app.vault import Vault
from crypto.errors import CryptoError

_SETTING: Final = "batch"
_CEILING: Final = 64 * 1024**2
_SETTLE_EVERY: Final = 50


class Became(StrEnum):
    """What became of one file of a batch."""

    TAKEN = "taken"
    KEPT = "kept"
    SET_ASIDE = "set_aside"
    LEFT = "left"
    FAILED = "failed"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """One file of a batch, and what became of it. `bundle`: its id when taken in; `why`: what stood
    against it; `whole`: whether everything it names is here now."""

    looked: LookedAt
    became: Became
    bundle: str = ""
    records: Counter[Outcome]
    whole: bool = True
    why: AppError | CryptoError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of every file of a batch: as many as were handed in."""

    files: tuple[Finished, ...]
    changes: Changes

    def of(self, *what: Became) -> tuple[Finished, ...]:
        return tuple(each for each in self.files if each.became in what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A batch that did not come to its end."""

    paths: tuple[Path, ...]
    accepted: frozenset[Doubt]


def take_in(
    vault: Vault, batch: Batch, *, accepted: frozenset[Doubt], progress: Progress = ignore
) -> Done:
    """Takes in what is ready, or doubtful in ways that were accepted; keeps receipts; sets aside
    what is hostile; leaves everything else as it is.

    Being stopped ends it before the next bundle, and is no failure. Raises what is wrong with the
    vault itself, NoRoom and NotWritable: those before it are taken in then.
    """
    agreed = accepted & frozenset(ACCEPTABLE)
    wanted = {each.path for each in batch.takes_in(agreed)}
    _note(vault, Unfinished(paths=tuple(each.path for each in batch.files), accepted=agreed))
    keys = keyring.of(vault)
    done: list[Finished] = []
    changes = Changes.of("bundle")
    try:
        for at, each in enumerate(batch.files):
            progress(Step(doing="taking_in", done=at, total=len(batch.files)))
            finished, altered = _one(vault, keys, each, wanted, agreed)
            done.append(finished)
            changes |= altered
            if at % _SETTLE_EVERY == _SETTLE_EVERY - 1:
                vault.settle()
    except Cancelled:
        rest = batch.files[len(done) :]
        done += [_finished(each, Became.NOT_REACHED) for each in rest]
    else:
        forget(vault)
    vault.settle()
    return Done(files=tuple(done), changes=changes)


def unfinished(vault: Vault) -> Unfinished | None:
    """The batch that was broken off, None when none was."""
    kept = settings.setting(vault.database, _SETTING)
    if kept is None:
        return None
    try:
        members = parse(kept.encode(), _CEILING)
    except MalformedJson:
        return None
    if not isinstance(members, dict):
        return None
    paths, accepted = members.get("paths"), members.get("accepted")
    if not isinstance(paths, list) or not isinstance(accepted, list):
        return None
    known = {each.value: each for each in ACCEPTABLE}
    return Unfinished(
        paths=tuple(Path(str(each)) for each in paths),
        accepted=frozenset(known[str(each)] for each in accepted if str(each) in known),
    )


def forget(vault: Vault) -> Changes:
    """Do not go on with a batch that was broken off."""
    with vault.one_of_many() as tx:
        settings.forget_setting(tx, _SETTING)
    return Changes.of("bundle")


def _note(vault: Vault, chosen: Unfinished) -> None:
    kept = canonical(
        {
            "accepted": list[Json](sorted(each.value for each in chosen.accepted)),
            "paths": list[Json](str(each) for each in chosen.paths),
        }
    )
    with vault.one_of_many() as tx:
        settings.keep_setting(tx, _SETTING, kept.decode())


def _one(
    vault: Vault,
    keys: Keyring,
    looked: LookedAt,
    wanted: set[Path],
    accepted: frozenset[Doubt],
) -> tuple[Finished, Changes]:
    """One file. What is wrong with it is its verdict; what is wrong with the vault is raised."""
    try:
        if looked.path in wanted and looked.inside is not None:
            return _taken(vault, keys, looked, accepted)
        if looked.standing is Standing.RECEIPT:
            opened = opening.open_with(vault, keys, looked.path)
            taken = receipts.take_in(vault, opened)
            return _finished(looked, Became.KEPT, bundle=taken.bundle), taken.changes
        if looked.standing is Standing.HOSTILE and looked.why is not None:
            quarantine.keep(vault, looked.path, looked.why)
            return _finished(looked, Became.SET_ASIDE, why=looked.why), quarantine.CHANGED
    except (Cancelled, VaultError):
        raise
    except (AppError, CryptoError) as error:
        if _is_ours(vault, error):
            raise
        return _finished(looked, Became.FAILED, why=error), Changes()
    return _finished(looked, Became.LEFT, why=looked.why), Changes()


def _taken(
    vault: Vault, keys: Keyring, looked: LookedAt, accepted: frozenset[Doubt]
) -> tuple[Finished, Changes]:
    opened = opening.open_with(vault, keys, looked.path)
    if looked.inside is None or opened.tag_manifest_digest != looked.inside.digest:
        raise BundleDamaged("changed")
    done: Imported = importing.apply_opened(vault, looked.path, opened, accepted=accepted)
    finished = _finished(
        looked,
        Became.TAKEN,
        bundle=done.bundle,
        records=Counter(each.outcome for each in done.records),
        whole=done.complete,
    )
    return finished, done.changes


def _finished(
    looked: LookedAt,
    became: Became,
    *,
    bundle: str = "",
    records: Counter[Outcome] | None = None,
    whole: bool = True,
    why: AppError | CryptoError | None = None,
) -> Finished:
    return Finished(
        looked=looked,
        became=became,
        bundle=bundle,
        records=records or Counter(),
        whole=whole,
        why=why,
    )


def _is_ours(vault: Vault, error: AppError | CryptoError) -> bool:
    """Whether the place that failed is the vault's: then the next bundle fails as well."""
    at = getattr(error, "at", None)
    return isinstance(at, Path) and (at == vault.folder or vault.folder in at.parents)


def taken(files: Sequence[Finished]) -> tuple[str, ...]:
    """The bundles that were taken in, for receipts."""
    return tuple(each.bundle for each in files if each.became is Became.TAKEN)
