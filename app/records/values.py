"""Values of more than one part that stand in the fields of records.

Source: the value types of the domain's data model. All are compared by content and never change.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.i18n import N_, right_to_left
from app.records.choices import Direction
from app.records.composing import composed
from app.records.ids import PlaceId
from app.records.kinds import Kind
from app.records.spec import (
    LONG_TEXT,
    FieldSpec,
    Sensitivity,
    Shape,
    Shaped,
    specified,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRef(Shaped):
    """One key of a vocabulary. Keys survive any renaming of labels.

    `other_text` is the free text that has to stand beside a key such as `other`.
    """

    list: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("List"), searchable=False), "")
    key: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Key"), searchable=False), "")
    other_text: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("In other words")), "")

    @classmethod
    def parse(cls, code: str) -> TermRef:
        """From the full identifier `list:key`. Raises ValueError for another form."""
        vocabulary, colon, key = code.partition(":")
        if not (vocabulary and colon and key):
            raise ValueError(code)
        return cls(list=vocabulary, key=key)

    def __str__(self) -> str:
        return f"{self.list}:{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation(Shaped):
    """A translation: a layer over the original words, with who made and who checked it.

    `machine`: made by a program; never used as a quotation before somebody checked it (S-06).
    """

    text: str = specified(
        FieldSpec(shape=Shape.TEXT, label=N_("Translation"), ceiling=LONG_TEXT), ""
    )
    lang: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Language"), searchable=False), "")
    by: str = specified(
        FieldSpec(shape=Shape.TEXT, label=N_("Translated by"), searchable=False), ""
    )
    checked_by: str = specified(
        FieldSpec(shape=Shape.TEXT, label=N_("Checked by"), searchable=False), ""
    )
    machine: bool = specified(
        FieldSpec(shape=Shape.FLAG, label=N_("Made by a program")), default=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LText(Shaped):
    """Words in a language (BCP 47, with the script where it matters), and their translations.

    An empty text is false, so that `if record.title` reads as it should.
    """

    text: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Text"), ceiling=LONG_TEXT), "")
    lang: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Language"), searchable=False), "")
    dir: Direction = specified(
        FieldSpec(shape=Shape.CHOICE, label=N_("Direction"), choices=Direction), Direction.AUTO
    )
    translations: tuple[Translation, ...] = specified(
        FieldSpec(shape=Shape.BLOCKS, label=N_("Translations"), block=Translation), ()
    )

    @classmethod
    def of(cls, text: str, lang: str = "") -> LText:
        """A text as somebody typed it: NFC, with the direction of its language."""
        direction = Direction.AUTO
        if lang:
            direction = Direction.RTL if right_to_left(lang) else Direction.LTR
        return cls(text=composed(text), lang=lang, dir=direction)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


NOTHING_SAID = LText()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePart(Shaped):
    """One part of a name under a free key: given, family, patronymic, father, clan, honorific."""

    role: str = specified(
        FieldSpec(shape=Shape.TEXT, label=N_("Kind of part"), searchable=False), ""
    )
    text: str = specified(
        FieldSpec(shape=Shape.TEXT, label=N_("Part"), sensitivity=Sensitivity.IDENTIFYING), ""
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName(Shaped):
    """A name in one script. The order is the one of `full`; parts are optional (D-14).

    `scheme`: the transliteration used. `confidentiality`: may be stricter than the record (M-07).
    """

    full: str = specified(
        FieldSpec(shape=Shape.TEXT, label=N_("Full name"), sensitivity=Sensitivity.IDENTIFYING), ""
    )
    parts: tuple[NamePart, ...] = specified(
        FieldSpec(shape=Shape.BLOCKS, label=N_("Parts of the name"), block=NamePart), ()
    )
    lang: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Language"), searchable=False), "")
    scheme: str = specified(
        FieldSpec(shape=Shape.TEXT, label=N_("Transliteration"), searchable=False), ""
    )
    type: TermRef | None = specified(
        FieldSpec(shape=Shape.TERM, label=N_("Kind of name"), vocabulary="name_type"), None
    )
    primary: bool = specified(FieldSpec(shape=Shape.FLAG, label=N_("Use this one")), default=False)
    confidentiality: TermRef | None = specified(
        FieldSpec(
            shape=Shape.TERM, label=N_("Confidentiality of this name"), vocabulary="confidentiality"
        ),
        None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Shaped):
    """How many, when it may not be known exactly: "about twenty" is min 15, max 25."""

    min: int | None = specified(FieldSpec(shape=Shape.INTEGER, label=N_("At least")), None)
    max: int | None = specified(FieldSpec(shape=Shape.INTEGER, label=N_("At most")), None)
    exact: bool = specified(FieldSpec(shape=Shape.FLAG, label=N_("Counted exactly")), default=False)
    basis: LText = specified(
        FieldSpec(shape=Shape.LTEXT, label=N_("How it is known")), NOTHING_SAID
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyAmount(Shaped):
    """An amount: minor units would need a table of currencies, so it is written as a decimal text.

    `amount`: digits with at most one point, such as `1200.50`. `currency`: ISO 4217. `on`: the day
    for which it holds, written as known.
    """

    amount: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Amount")), "")
    currency: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Currency")), "")
    on: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Date")), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRef(Shaped):
    """A place, how precisely it may be released, and how the person wrote it.

    The exact place is kept; what leaves is a chosen, coarser level (M-05).
    """

    place: PlaceId | None = specified(
        FieldSpec(
            shape=Shape.REF,
            label=N_("Place"),
            targets=(Kind.PLACE,),
            sensitivity=Sensitivity.IDENTIFYING,
        ),
        None,
    )
    precision_to_release: TermRef = specified(
        FieldSpec(
            shape=Shape.TERM, label=N_("How precisely to tell it"), vocabulary="location_precision"
        ),
        TermRef(list="location_precision", key="country"),
    )
    as_written: LText = specified(
        FieldSpec(shape=Shape.LTEXT, label=N_("As written"), sensitivity=Sensitivity.IDENTIFYING),
        NOTHING_SAID,
    )

    @classmethod
    def withheld(cls) -> PlaceRef:
        """A place that is not told: not the same as one that is not known."""
        return cls(precision_to_release=TermRef(list="location_precision", key="withheld"))
