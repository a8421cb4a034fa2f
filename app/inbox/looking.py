"""Look at many files before anything is taken in: what each is, and what taking it in would do.

Each is opened in the order of bundle.md 8, by itself: a hostile one disturbs no other. Of each
only a line is kept, so that a thousand take no more memory than one. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from app import keyring
from app.bundles import opening
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.ordering import order_of
from app.bundles.report import (
    AddressState,
    ItemState,
    OpenedBundle,
    Order,
    OrderState,
    Signer,
)
from app.errors import AppError, Cancelled, HostileInput, NotABundle, NotForMe, VaultError
from app.inbox import importing
from app.inbox.importing import Doubt
from app.inbox.outcomes import Outcome
from app.keyring import Keyring
from app.names import stored_name
from app.records import EvidenceItem, Incident, Kind
from app.records.codec import decode
from app.storage import evidence as evidence_files
from app.storage.bundles import ReceivedBundle
from app.tasks import Progress, Step, ignore
from app.vault import Vault
from crypto.errors import CryptoError

ACCEPTABLE: Final = (Doubt.UNKNOWN, Doubt.UNSIGNED, Doubt.PASSED_ON)
"""What may be accepted for many bundles at once. A fork is looked at by itself."""
_NAMED_REPORTS: Final = 3
_LETTERS: Final = 80


class Standing(StrEnum):
    """What one file of many is."""

    READY = "ready"
    DOUBTFUL = "doubtful"
    ALONE = "alone"
    RECEIPT = "receipt"
    HERE = "here"
    TWICE = "twice"
    NOT_MINE = "not_mine"
    NO_BUNDLE = "no_bundle"
    OTHER_KIND = "other_kind"
    HOSTILE = "hostile"
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What one line says of a bundle that opened. `records`: how many become what; `bad`: parts
    that are damaged, missing or unreadable; `withheld`: files that stayed with the sender;
    `reports`: the titles of the first three."""

    manifest: Manifest
    digest: str
    signer: Signer
    addressed: AddressState
    order: Order
    doubts: tuple[Doubt, ...]
    records: Counter[Outcome]
    files: int
    bad: int
    withheld: int
    report_count: int
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One file of many. `why`: what was wrong with one that did not open."""

    path: Path
    size: int
    standing: Standing
    inside: Inside | None = None
    why: AppError | CryptoError | None = None

    @property
    def name(self) -> str:
        return stored_name(self.path.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Every file that was looked at, senders together and in the order of their numbers."""

    files: tuple[LookedAt, ...]

    def of(self, *standings: Standing) -> tuple[LookedAt, ...]:
        """The files that are one of these."""
        return tuple(each for each in self.files if each.standing in standings)

    def doubts(self) -> Counter[Doubt]:
        """How many of the doubtful bundles have which doubt."""
        found: Counter[Doubt] = Counter()
        for each in self.of(Standing.DOUBTFUL):
            if each.inside is not None:
                found.update(each.inside.doubts)
        return found

    def takes_in(self, accepted: frozenset[Doubt]) -> tuple[LookedAt, ...]:
        """What would be taken in when these doubts are accepted."""
        return tuple(
            each
            for each in self.files
            if each.standing is Standing.READY
            or (
                each.standing is Standing.DOUBTFUL
                and each.inside is not None
                and accepted.issuperset(each.inside.doubts)
            )
        )


def look_at(vault: Vault, paths: Sequence[Path], *, progress: Progress = ignore) -> Batch:
    """Looks at every file. Raises Cancelled, and what is wrong with the vault itself."""
    keys = keyring.of(vault)
    found: list[LookedAt] = []
    for at, path in enumerate(paths):
        progress(Step(doing="checking", done=at, total=len(paths)))
        found.append(one(vault, keys, path))
    return Batch(files=_in_order(vault, found))


def one(vault: Vault, keys: Keyring, path: Path) -> LookedAt:
    """Looks at one file. Raises only what is wrong with the vault itself."""
    size = 0
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # what is wrong with it, opening says
    try:
        opened = opening.open_with(vault, keys, path)
    except (Cancelled, VaultError):
        raise
    except (AppError, CryptoError) as error:
        return LookedAt(path=path, size=size, standing=_of_failure(error), why=error)
    inside = _inside(vault, opened)
    return LookedAt(path=path, size=size, standing=standing_of(inside), inside=inside)


def standing_of(inside: Inside) -> Standing:
    """What a bundle that opened is."""
    if inside.manifest.kind is BundleKind.RECEIPT:
        return Standing.RECEIPT
    if Doubt.KIND in inside.doubts:
        return Standing.OTHER_KIND
    if Doubt.REPLAY in inside.doubts:
        return Standing.HERE
    if Doubt.FORKED in inside.doubts:
        return Standing.ALONE
    return Standing.DOUBTFUL if inside.doubts else Standing.READY


def _of_failure(error: AppError | CryptoError) -> Standing:
    match error:
        case NotForMe():
            return Standing.NOT_MINE
        case NotABundle():
            return Standing.NO_BUNDLE
        case HostileInput() | CryptoError():
            return Standing.HOSTILE
        case _:
            return Standing.NOT_READ


def _inside(vault: Vault, opened: OpenedBundle) -> Inside:
    plan = importing.plan_import(vault, opened)
    titles = []
    for each in opened.records:
        if each.kind == Kind.INCIDENT:
            record = decode(Incident, each.body)
            titles.append(_cut(record.title.text or record.short_ref))
    return Inside(
        manifest=opened.manifest,
        digest=opened.tag_manifest_digest,
        signer=opened.signer,
        addressed=opened.addressed,
        order=opened.order,
        doubts=plan.doubts,
        records=Counter(each.outcome for each in plan.records),
        files=len(opened.evidence),
        bad=sum(each.state is not ItemState.GOOD for each in opened.items),
        withheld=_withheld(vault, opened),
        report_count=len(titles),
        reports=tuple(titles[:_NAMED_REPORTS]),
    )


def _cut(title: str) -> str:
    return title if len(title) <= _LETTERS else title[: _LETTERS - 1] + "…"


def _withheld(vault: Vault, opened: OpenedBundle) -> int:
    """Evidence that is described and whose file neither came along nor is here."""
    came = {each.sha256 for each in opened.evidence}
    lost = any(each.kind == "file" and each.state is not ItemState.GOOD for each in opened.items)
    if lost:
        return 0  # a file that was damaged on the way was not held back
    return sum(
        decode(EvidenceItem, each.body).sha256 not in came
        and evidence_files.file_of(vault.database, each.id) is None
        for each in opened.records
        if each.kind == Kind.EVIDENCE_ITEM
    )


def _in_order(vault: Vault, found: list[LookedAt]) -> tuple[LookedAt, ...]:
    """Senders together, each by number; the order in a series as it will be by then."""
    placed: list[LookedAt] = []
    before: list[ReceivedBundle] = []
    for each in sorted(found, key=_place):
        inside = each.inside
        if inside is None or each.standing in {Standing.RECEIPT, Standing.OTHER_KIND}:
            placed.append(each)
            continue
        order = order_of(vault.database, inside.manifest, before)
        twice = order.state is OrderState.REPLAY and inside.order.state is not OrderState.REPLAY
        kept = [doubt for doubt in inside.doubts if doubt not in {Doubt.FORKED, Doubt.REPLAY}] + [
            Doubt(order.state.value) for _ in (0,) if order.state.value in {"forked", "replay"}
        ]
        judged = replace(inside, order=order, doubts=tuple(kept))
        standing = Standing.TWICE if twice else standing_of(judged)
        placed.append(replace(each, inside=judged, standing=standing))
        if standing in {Standing.READY, Standing.DOUBTFUL}:
            before.append(_as_received(judged))
    return tuple(placed)


def _place(each: LookedAt) -> tuple[str, str, int, str]:
    if each.inside is None:
        return ("~", "", 0, str(each.path))
    manifest = each.inside.manifest
    return (manifest.verify_key or "", manifest.series, manifest.sequence, str(each.path))


def _as_received(inside: Inside) -> ReceivedBundle:
    manifest = inside.manifest
    return ReceivedBundle(
        id=manifest.bundle,
        kind=manifest.kind.value,
        verify_key=manifest.verify_key or "",
        contact="",
        series=manifest.series,
        sequence=manifest.sequence,
        previous=manifest.previous or "",
        manifest=inside.digest,
        verdict="",
        reply="",
        file_name="",
        file_size=0,
        day=manifest.day.isoformat(),
        at="",
    )
