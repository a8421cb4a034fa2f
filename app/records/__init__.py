"""The kinds of record, in order: what is told, about whom, with what proof and what consent.

Each kind is one frozen dataclass whose field specs drive form, table, storage, search, export and
bundle. A draft is made by calling it: `Incident(title=LText.of("…", "en"))`.
"""

from __future__ import annotations

from typing import Final

from app.records.incident import Incident
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.spec import FieldSpec, Requirement, Section, Sensitivity, Shape, Shaped, specs

KINDS: Final[tuple[type[Record], ...]] = (Incident,)

__all__ = [
    "KINDS",
    "Elsewhere",
    "FieldSpec",
    "Incident",
    "Kind",
    "Record",
    "Requirement",
    "Section",
    "Sensitivity",
    "Shape",
    "Shaped",
    "class_of",
    "specs",
]

_CLASSES: Final[dict[Kind, type[Record]]] = {each.kind: each for each in KINDS}


def class_of(kind: Kind) -> type[Record]:
    """The class of a kind, from its code."""
    return _CLASSES[kind]
