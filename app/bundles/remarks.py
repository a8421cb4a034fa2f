"""What a printed record says of its own doubt: contradictions, belief, machine text (S-04 on).

The remarks are sentences beside the record. They name another record by its reference only when it
is enclosed: one that stays here is not hinted at more than "another account".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from app import lagwords
from app.i18n import Texts
from app.records import Act, Engagement, EvidenceItem, Record, Statement, facts
from app.records.choices import Bearing
from app.records.ids import RecordId
from app.records.values import LText, Translation
from app.records.walk import walk

BELIEF: Final = "target_belief"


def remarks(record: Record, enclosed: Sequence[Record], texts: Texts) -> Iterator[str]:
    """The sentences that belong beside this record; `enclosed`: all that is printed with it."""
    known = {each.id: each.short_ref for each in enclosed}
    for other in _conflicting(record, enclosed):
        reference = known.get(other)
        if reference is None:
            yield texts.gettext("Another account, which is not enclosed, contradicts this.")
        else:
            yield texts.gettext("{reference} contradicts this.").format(reference=reference)
    if isinstance(record, Act):
        yield from _of_motive(record, texts)
        yield from _lags(record, enclosed, texts)
    if isinstance(record, Statement) and record.retracted_on is not None:
        yield texts.gettext("The source took this back. It is kept, struck through.")


def is_struck(record: Record) -> bool:
    """Whether the words are printed struck through: they were taken back (S-07)."""
    return isinstance(record, Statement) and record.retracted_on is not None


def translations(record: Record) -> Iterator[Translation]:
    """The translations of everything said in a record that may be printed, in their order."""
    for found in walk(record):
        if isinstance(found.value, LText) and not found.spec.local:
            yield from (each for each in found.value.translations if each.text)


def is_unchecked(layer: Translation) -> bool:
    """Whether a program made it and nobody checked it: then it is no quotation (S-06)."""
    return layer.machine and not layer.checked_by.strip()


def quotable(said: LText, lang: str) -> str:
    """The words in this language as somebody said or checked them; "" when only a program did."""
    if said.lang == lang:
        return said.text
    checked = (each for each in said.translations if each.lang == lang and not is_unchecked(each))
    return next((each.text for each in checked), "")


def _conflicting(record: Record, enclosed: Sequence[Record]) -> tuple[RecordId, ...]:
    """What contradicts a record: statements either way round, and evidence that does so."""
    found: list[RecordId] = []
    if isinstance(record, Statement):
        found += record.conflicts_with
    for other in enclosed:
        if isinstance(other, Statement) and record.id in other.conflicts_with:
            found.append(other.id)
        if isinstance(other, EvidenceItem) and any(
            link.supports == record.id and link.bearing is Bearing.CONTRADICTS
            for link in other.links
        ):
            found.append(other.id)
    return tuple(dict.fromkeys(found))


def _lags(act: Act, enclosed: Sequence[Record], texts: Texts) -> Iterator[str]:
    """How long after the cooperation that it is linked to; of those that are enclosed."""
    linked = [link.engagement for link in act.engagement_links]
    for each in enclosed:
        if isinstance(each, Engagement) and each.id in linked:
            words = lagwords.interval(facts.lag(each, act), texts)
            if words:
                label = texts.gettext("Time from the cooperation with the UN ({reference}):")
                yield f"{label.format(reference=each.short_ref)} {words}"


def _of_motive(act: Act, texts: Texts) -> Iterator[str]:
    if any(basis.key == BELIEF for link in act.engagement_links for basis in link.basis):
        yield texts.gettext(
            "That it was done because of the cooperation with the UN is what the person believes."
        )
    if act.stated_reason:
        yield texts.gettext("The reason given for it is what others said; it is not taken as true.")
