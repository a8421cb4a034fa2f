"""What is kept about one person, for that person to read: in their language, about nobody else.

Rule D-10. Their own records are given in full. Of what they share with others (reports, acts,
cooperation with the UN) only answers from lists, and dates, are given: an account in free words may
name somebody. Of a report in which they are accused nothing is given. Internal notes, sources and
assessments are left out (M-11).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app import audit, files, i18n, naming, store, withdrawing, wording
from app.audit import Deed
from app.bundles.leaflet import heading_of
from app.changes import Changes
from app.errors import NotFound
from app.i18n import N_, Texts
from app.names import visible_text
from app.records import (
    Act,
    ConsentRecord,
    Engagement,
    EvidenceItem,
    FuzzyDate,
    FuzzyRange,
    Incident,
    Involvement,
    Person,
    Record,
    Sensitivity,
    Shape,
    TermRef,
    specs,
)
from app.records.ids import RecordId
from app.vault import Vault

_ANSWERS: Final = frozenset(
    {Shape.TERM, Shape.TERMS, Shape.CHOICE, Shape.FLAG, Shape.DAY, Shape.DATE, Shape.RANGE}
)
_REASON: Final = "a copy of what is kept, for the person"
_TITLE: Final = N_("What is kept about you")
_LEFT_OUT: Final = N_(
    "Accounts in free words are left out here, because they can name other people. You may ask"
    " whoever keeps the report to read them to you, to correct them, or to erase them."
)
_GONE: Final = N_("What has left, and cannot be called back")
_LOOKED: Final = N_("Who looked at what is covered")
_FILES: Final = N_("Files that show you: {count}")
_NOTHING: Final = N_("Nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A copy that was written. `records`: how many are in it; `language`: the one it is in."""

    file: Path
    records: int
    language: str
    changes: Changes


def give(vault: Vault, person: RecordId, out: Path, language: str = "") -> Given:
    """Write the copy to `out`, unencrypted, in the place of an older one; it is kept in the trail.

    `language`: a tag; "" is the first language of the person that the program speaks. Raises
    NotFound (no such person), NoRoom, NotWritable, MediumFailed.
    """
    who = store.get(vault, Person, person)
    texts = i18n.texts(i18n.best((language,) if language else who.languages))
    own, shared = _own(vault, who), _shared(vault, who)
    lines = [*_lines(vault, who, own, shared, texts)]
    content = visible_text("\n".join(lines)) + "\n"
    with vault.transaction() as tx:
        changes = audit.note(vault, tx, Deed.GIVEN, person, (), _REASON)
        with files.replacing(out) as file:
            file.write(content.encode("utf-8"))
    return Given(file=out, records=len(own) + len(shared), language=texts.tag, changes=changes)


# --- inside ---------------------------------------------------------------------------------


def _own(vault: Vault, who: Person) -> list[Record]:
    return [who, *store.linked_by(vault, ConsentRecord, "about", RecordId(who.id))]


def _shared(vault: Vault, who: Person) -> list[Record]:
    """What they share with others, but for reports in which they are said to have done it."""
    at = RecordId(who.id)
    parts = store.linked_by(vault, Involvement, "party", at)
    accused = {part.incident for part in parts if naming.accuses(part)}
    acts = store.linked_by(vault, Act, "victim", at)
    held: list[Act | Involvement] = [
        *(each for each in acts if each.incident not in accused),
        *(each for each in parts if each.incident not in accused),
    ]
    reports = []
    for reference in dict.fromkeys(each.incident for each in held if each.incident is not None):
        try:
            reports.append(store.get(vault, Incident, RecordId(reference)))
        except NotFound:
            continue
    return [*reports, *held, *store.linked_by(vault, Engagement, "parties", at)]


def _lines(
    vault: Vault, who: Person, own: Iterable[Record], shared: Iterable[Record], texts: Texts
) -> Iterator[str]:
    yield texts.gettext(_TITLE)
    yield vault.clock().date().isoformat()
    for record in own:
        yield from _section(record, texts)
        for said in wording.fields(record, texts):
            yield f"{said.label}: {said.words}"
    for record in shared:
        yield from _section(record, texts)
        yield from _answers(record, texts)
    yield from ("", texts.gettext(_LEFT_OUT), "")
    shown = sum(who.id in each.people_listed for each in store.every(vault, EvidenceItem))
    yield texts.gettext(_FILES).format(count=shown)
    yield from ("", texts.gettext(_GONE))
    yield withdrawing.gone(vault, RecordId(who.id)).lines or texts.gettext(_NOTHING)
    yield from ("", texts.gettext(_LOOKED))
    trail = audit.of(vault, RecordId(who.id))
    labels = {name: texts.gettext(spec.label) for name, spec in specs(Person)}
    for entry in trail:
        fields = ", ".join(labels.get(name, name) for name in entry.fields)
        deed = audit.words(entry)
        parts = (entry.at, entry.who, texts.gettext(deed), fields, entry.reason or "")
        yield " · ".join(part for part in parts if part)
    if not trail:
        yield texts.gettext(_NOTHING)


def _section(record: Record, texts: Texts) -> Iterator[str]:
    yield from ("", f"{heading_of(record.kind, texts)} ({record.short_ref})")


def _answers(record: Record, texts: Texts) -> Iterator[str]:
    for name, spec in specs(type(record)):
        open_to_all = spec.sensitivity in {Sensitivity.ORDINARY, Sensitivity.IDENTIFYING}
        if spec.shape in _ANSWERS and spec.editable and not spec.local and open_to_all:
            words = wording.said(_without_words(getattr(record, name)), spec, texts)
            if words:
                yield f"{texts.gettext(spec.label)}: {words}"


def _without_words(value: object) -> object:
    """An answer without the free words beside it."""
    if isinstance(value, TermRef):
        return replace(value, other_text="")
    if isinstance(value, FuzzyDate):
        return _without_text(value)
    if isinstance(value, FuzzyRange):
        return replace(value, start=_without_text(value.start), end=_without_text(value.end))
    if isinstance(value, tuple):
        return tuple(_without_words(each) for each in value)
    return value


def _without_text(day: FuzzyDate | None) -> FuzzyDate | None:
    """A date by its reading alone; None where there is none."""
    if day is None or (not day.edtf and day.earliest is None):
        return None
    return replace(day, original_text="")
