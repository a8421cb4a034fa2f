"""A courier's verbs: look at a bundle, check it, copy it. No vault, no key, no name of anybody.

Source: docs/formats/bundle.md 1. What can be told without a key: whether the file is what its own
name says, whether it has the shape of a bundle, how long it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from app import files
from app.bundles import naming
from app.bundles.naming import NameCheck
from app.bundles.reading import MAX_BUNDLE_BYTES
from app.errors import NotABundle
from app.reading import open_for_reading
from app.tasks import Progress, ignore
from crypto import age
from crypto.errors import CryptoError

_BUNDLE_STANZAS: Final = frozenset({"X25519", "mlkem768x25519"})


class Condition(StrEnum):
    """What a check without a key says of a bundle."""

    UNDAMAGED = "undamaged"
    RENAMED = "renamed"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    """What anybody can see: name, size in bytes, number of stanzas, and whether lengths add up.

    `whole`: the payload has a length that an age file can have; a cut or an addition shows here
    unless it happens to hit such a length.
    """

    name: str
    size: int
    stanzas: int
    post_quantum: bool
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to a check. `sha256` in hex, to compare with a list that travels separately."""

    path: Path
    outer: Outer
    condition: Condition
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyReport:
    """A copy that was read back and is the same."""

    path: Path
    size: int
    sha256: str


def inspect(path: Path) -> Outer:
    """Looks at a bundle's outside without reading it through.

    Raises NotABundle, TooBig, NotThere, NotReadable, MediumFailed, NotOnThisComputer.
    """
    with open_for_reading(path, limit=MAX_BUNDLE_BYTES) as source:
        try:
            seen = age.inspect(source)
        except CryptoError:
            raise NotABundle("header") from None
        source.seek(0, 2)
        size = source.tell()
    if not set(seen.stanza_types) <= _BUNDLE_STANZAS:
        raise NotABundle("stanzas")
    return Outer(
        name=path.name,
        size=size,
        stanzas=len(seen.stanza_types),
        post_quantum="mlkem768x25519" in seen.stanza_types,
        whole=age.payload_arithmetic(size - seen.header_length) is not None,
    )


def verify(path: Path, *, progress: Progress = ignore) -> Verdict:
    """Reads a bundle through and compares it with its own name.

    A file whose name is not of our form cannot vouch for itself: RENAMED, unless its lengths show
    that it was cut. Raises as `inspect`, and Cancelled.
    """
    outer = inspect(path)
    digest = files.digest_of(path, progress=progress)
    named = naming.check(path.name, digest.sha256)
    condition = Condition.DAMAGED
    if named is NameCheck.MATCHES:
        condition = Condition.UNDAMAGED
    elif named is NameCheck.RENAMED and outer.whole:
        condition = Condition.RENAMED
    return Verdict(path=path, outer=outer, condition=condition, sha256=digest.sha256.hex())


def verify_all(paths: Sequence[Path], *, progress: Progress = ignore) -> list[Verdict]:
    """`verify` for several files, in their order. Raises as it does, at the first that does."""
    return [verify(path, progress=progress) for path in paths]


def copy(path: Path, *, to: Path, progress: Progress = ignore) -> CopyReport:
    """Copies a bundle into the folder `to` under its own name, and reads the copy back.

    The copy has its name only after it was read back from the medium. Raises as `inspect`;
    AlreadyThere, NoRoom, TooBigForMedium, NotWritable, MediumFailed, ReadBackDiffers, Cancelled.
    """
    inspect(path)
    target = to / path.name
    copied = files.copy_file(path, target, progress=progress)
    return CopyReport(path=target, size=copied.size, sha256=copied.sha256.hex())
