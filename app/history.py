"""How a record came to be what it is: its revisions, and what each changed, field by field.

The difference is taken over the specs, so that a new field is in it by itself. Nothing here writes;
an older revision is made the newest again by `store.restore`, as a new revision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from app import audit, i18n, reaching, store, titles, wording
from app.audit import AuditEntry
from app.errors import NotFound
from app.i18n import N_, Texts
from app.records import FieldSpec, Record, Sensitivity, Shape, specs
from app.records.dates import FuzzyDate, FuzzyRange
from app.records.ids import RecordId
from app.records.spec import Shaped
from app.records.values import LText, PlaceRef, TermRef
from app.records.walk import GRAVER
from app.storage.origin import Act, Origin
from app.store import Kept
from app.vault import Vault

__all__ = ["Act", "Change", "History", "Step", "diff", "of"]

_WHOLE: Final = (TermRef, LText, FuzzyDate, FuzzyRange)
_NEWER: Final = N_("What a newer version added")
_NOT_HERE: Final = N_("A record that is not here")
_PASSED: Final = frozenset({"updated_at"})
"""The moment of a change is not a change."""

_COVERED: Final = frozenset({Sensitivity.SPECIAL, Sensitivity.SEALED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that changed. `field`: its name in the record. `label`: where it stands, in words.

    `before`, `after`: in words, "" for nothing. `sensitivity`: the gravest on the way to it.
    `warning`: what to read before an address is seen (R-06).
    """

    field: str
    label: str
    before: str
    after: str
    sensitivity: Sensitivity
    warning: str = ""

    @property
    def covered(self) -> bool:
        """Whether it is not for every eye."""
        return self.sensitivity in _COVERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One revision: its number, when it was stored here (clock.stamp), how it came to be."""

    revision: int
    at: str
    origin: Origin
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The revisions of a record, the newest first. `unsaved`: what its draft changes besides.

    `trail`: who looked at what is covered, the first entry first.
    """

    record: Record
    steps: tuple[Step, ...]
    unsaved: tuple[Change, ...]
    has_draft: bool
    trail: tuple[AuditEntry, ...] = ()


def of(vault: Vault, reference: RecordId) -> History:
    """The history of a record that is here. Raises NotFound. Erased revisions are left out."""
    newest = store.find(vault, reference)
    kind = type(newest)
    texts = i18n.window()

    def called(target: str) -> str:
        try:
            return titles.title(store.find(vault, target))
        except NotFound:
            return texts.gettext(_NOT_HERE)

    found = store.revisions(vault, kind, newest.id)
    steps = []
    before: Record | None = None
    for each in found:
        steps.append(_step(before, each, texts, called))
        before = each.record
    draft = store.take_draft(vault, kind, newest.id)
    unsaved = () if draft is None else tuple(diff(newest, draft, texts, called))
    return History(
        record=newest,
        steps=tuple(reversed(steps)),
        unsaved=unsaved,
        has_draft=draft is not None,
        trail=tuple(audit.of(vault, RecordId(newest.id))),
    )


def diff(
    before: Shaped, after: Shaped, texts: Texts, called: Callable[[str], str]
) -> Iterator[Change]:
    """What differs between two values of one class, field by field, blocks part by part.

    `called` gives the words for a reference.
    """
    for name, spec in specs(type(after)):
        if name in _PASSED:
            continue
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            scope = _Scope(
                field=name,
                label=texts.gettext(spec.label),
                sensitivity=spec.sensitivity,
                warning=reaching.warning(new) or reaching.warning(old),
                texts=texts,
                called=called,
            )
            yield from scope.of_value(spec, old, new)
    yield from _newer(before, after, texts)


def _newer(before: Shaped, after: Shaped, texts: Texts) -> Iterator[Change]:
    """Members that this version cannot read may have changed too, and that must be seen."""
    for attribute in ("unknown", "unknown_local"):
        old, new = getattr(before, attribute, ()), getattr(after, attribute, ())
        if old != new:
            yield Change(
                field=attribute,
                label=texts.gettext(_NEWER),
                before="; ".join(f"{each.name}: {each.json}" for each in old),
                after="; ".join(f"{each.name}: {each.json}" for each in new),
                sensitivity=Sensitivity.SEALED,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scope:
    """Where the difference is being looked for."""

    field: str
    label: str
    sensitivity: Sensitivity
    warning: str
    texts: Texts
    called: Callable[[str], str]

    def of_value(self, spec: FieldSpec, old: object, new: object) -> Iterator[Change]:
        if isinstance(old, tuple) and isinstance(new, tuple):
            if spec.shape in {Shape.BLOCKS, Shape.DATES}:
                yield from self._of_list(spec, old, new)
                return
        elif isinstance(new, Shaped) and isinstance(old, Shaped):
            yield from self._of_parts(spec, old, new)
            return
        yield self._change(self._said(spec, old), self._said(spec, new))

    def _of_list(
        self, spec: FieldSpec, old: tuple[object, ...], new: tuple[object, ...]
    ) -> Iterator[Change]:
        for at in range(max(len(old), len(new))):
            had = old[at] if at < len(old) else None
            has = new[at] if at < len(new) else None
            if had != has:
                yield from self._under(f"{self.label}, {at + 1}").of_value(spec, had, has)

    def _of_parts(self, spec: FieldSpec, old: Shaped, new: Shaped) -> Iterator[Change]:
        """By words where they differ, else part by part: a language is a change too."""
        said_before, said_after = self._said(spec, old), self._said(spec, new)
        whole = isinstance(new, _WHOLE)
        if whole and said_before != said_after:
            yield self._change(said_before, said_after)
            return
        for name, part in specs(type(new)):
            had, has = getattr(old, name), getattr(new, name)
            if had != has:
                inner = self._under(f"{self.label} · {self.texts.gettext(part.label)}")
                gravest = max(self.sensitivity, part.sensitivity, key=GRAVER.index)
                yield from replace(inner, sensitivity=gravest).of_value(part, had, has)
        for each in _newer(old, new, self.texts):
            yield self._under(f"{self.label} · {each.label}")._change(each.before, each.after)

    def _under(self, label: str) -> _Scope:
        return replace(self, label=label)

    def _change(self, before: str, after: str) -> Change:
        return Change(
            field=self.field,
            label=self.label,
            before=before,
            after=after,
            sensitivity=self.sensitivity,
            warning=self.warning,
        )

    def _said(self, spec: FieldSpec, value: object) -> str:
        if spec.targets and isinstance(value, str):
            return self.called(value)
        if spec.targets and isinstance(value, tuple):
            return "; ".join(self.called(str(each)) for each in value)
        if isinstance(value, bool):
            return self.texts.gettext(N_("Yes") if value else N_("No"))
        if isinstance(value, PlaceRef) and value.place is not None:
            return " · ".join(
                part for part in (value.as_written.text, self.called(value.place)) if part
            )
        said = wording.said(value, spec, self.texts)
        if not said and isinstance(value, str):
            return value
        return said or _otherwise(value, self.texts)


def _otherwise(value: object, texts: Texts) -> str:
    """An answer that documents pass over ("not asked") is a state all the same."""
    label = getattr(value, "label", None)
    return texts.gettext(label) if isinstance(label, str) else ""


def _step(
    before: Record | None, now: Kept[Record], texts: Texts, called: Callable[[str], str]
) -> Step:
    """The first revision is compared with an empty record of its kind, made at the same moment."""
    if before is None:
        record = now.record
        before = type(record)(
            id=record.id,
            short_ref=record.short_ref,
            created_at=record.created_at,
            updated_at=record.updated_at,
        )
    changes = tuple(diff(before, now.record, texts, called))
    return Step(revision=now.revision, at=now.at, origin=now.origin, changes=changes)
