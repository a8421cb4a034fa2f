"""Where a bundle stands in its series (docs/formats/bundle.md 8.2), and which of it are missing.

A series is only counted together with the key that signed it: nobody else can spoil one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.bundles.manifest import Manifest
from app.bundles.report import Order, OrderState
from app.storage import bundles as stored
from app.storage.bundles import ReceivedBundle
from app.storage.database import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Numbers of one series that were not seen. `after`: the last number before, 0 for none;
    `before`: the first one behind; `missing`: how many lie between, at most."""

    verify_key: str
    series: str
    after: int
    before: int

    @property
    def missing(self) -> int:
        return self.before - self.after - 1


def order_of(db: Reading, manifest: Manifest, also: Sequence[ReceivedBundle] = ()) -> Order:
    """The place of a bundle among those received. `also`: some that will have been by then."""
    if stored.received(db, manifest.bundle) is not None:
        return Order(state=OrderState.REPLAY)
    if any(each.id == manifest.bundle for each in also):
        return Order(state=OrderState.REPLAY)
    signer = manifest.verify_key or ""
    before = [
        each
        for each in (*stored.received_in_series(db, manifest.series), *also)
        if each.series == manifest.series and each.verify_key == signer
    ]
    if before:
        return _in_series(manifest, before)
    earlier = bool(signer) and (
        bool(stored.received_from(db, signer)) or any(each.verify_key == signer for each in also)
    )
    # A sender may have taken a number and not used it: what counts is which bundle was before.
    missing = 0 if manifest.previous is None else manifest.sequence - 1
    if earlier:
        return Order(state=OrderState.NEW_SERIES, missing=missing)
    return Order(state=OrderState.GAP if missing else OrderState.FIRST, missing=missing)


def gaps(db: Reading) -> tuple[Gap, ...]:
    """What has not arrived of every signed series, as it is now: a late bundle closes its gap."""
    found: list[Gap] = []
    for series in stored.signed_series(db):
        manifests = {each.manifest for each in series}
        first = series[0]
        if first.previous and first.previous not in manifests and first.sequence > 1:
            found.append(_gap(first, after=0))
        for low, high in pairwise(series):
            if (
                high.previous
                and high.previous not in manifests
                and high.sequence > low.sequence + 1
            ):
                found.append(_gap(high, after=low.sequence))
    return tuple(found)


def _gap(behind: ReceivedBundle, *, after: int) -> Gap:
    return Gap(
        verify_key=behind.verify_key,
        series=behind.series,
        after=after,
        before=behind.sequence,
    )


def _in_series(manifest: Manifest, before: list[ReceivedBundle]) -> Order:
    by_number = {each.sequence: each for each in before}
    if manifest.sequence in by_number:
        return Order(state=OrderState.FORKED)
    last = max(by_number)
    if manifest.sequence < last:
        return Order(state=OrderState.LATE)
    # The sender's last bundle may be an earlier one than ours: a bundle whose sealing was broken
    # off is not remembered there, and may have come here all the same.
    if manifest.previous is None or manifest.previous in {each.manifest for each in before}:
        return Order(state=OrderState.NEXT)
    if manifest.sequence > last + 1:
        return Order(state=OrderState.GAP, missing=manifest.sequence - last - 1)
    return Order(state=OrderState.FORKED)
