"""A place, from world region to room, with the names that different people give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import PlaceNameType
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    block,
    blocks,
    choice,
    integer,
    ltext,
    ref,
    term,
    text,
)
from app.records.ids import PlaceId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName(Shaped):
    """One name in one script."""

    lang: str = text(N_("Language"), searchable=False)
    type: PlaceNameType | None = choice(N_("Whose name it is"), PlaceNameType)
    text: str = text(N_("Name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates(Shaped):
    """Latitude and longitude in millionths of a degree (WGS 84), radius in metres.

    Whole numbers, so that a place reads back exactly as it was written.
    """

    latitude_e6: int | None = integer(
        N_("Latitude (millionths of a degree)"), sensitivity=Sensitivity.SEALED
    )
    longitude_e6: int | None = integer(
        N_("Longitude (millionths of a degree)"), sensitivity=Sensitivity.SEALED
    )
    radius_metres: int | None = integer(N_("Uncertain by (metres)"), sensitivity=Sensitivity.SEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A place in the hierarchy. No side is taken on its names."""

    kind: ClassVar[Kind] = Kind.PLACE

    level: TermRef | None = term(
        N_("Level"),
        "place_level",
        section=Section.WHERE,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    parent: PlaceId | None = ref(
        N_("Part of"),
        Kind.PLACE,
        section=Section.WHERE,
        requirement=Requirement.CONDITIONAL,
    )
    names: tuple[PlaceName, ...] = blocks(
        N_("Names"),
        PlaceName,
        section=Section.WHERE,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    iso_code: str = text(
        N_("Country code"),
        section=Section.WHERE,
        requirement=Requirement.CONDITIONAL,
        help=N_("ISO 3166-1, two letters; QM to QY for invented States."),
    )
    coordinates: Coordinates | None = block(
        N_("Coordinates"),
        Coordinates,
        section=Section.WHERE,
        sensitivity=Sensitivity.SEALED,
    )
    un_site: TermRef | None = term(N_("UN site"), "location_type", section=Section.WHERE)
    disputed_note: LText = ltext(N_("Note on a dispute"), section=Section.WHERE)
