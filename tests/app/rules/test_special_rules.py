"""Special facts: not shown, not printed and not written out before a reason is kept (M-02)."""

from __future__ import annotations

from dataclasses import astuple, replace

import pytest

from app import audit, special
from app.records import KINDS, Act, Liberty, LText, Person, Record, Sensitivity
from app.records.choices import YesNo
from app.records.codec import decode, encode
from app.records.person import SpecialData
from app.records.walk import walk
from tests.app.records.test_every_field import filled

TOLD = SpecialData(words=LText.of("a belief", "en"), reason=LText.of("the ground", "en"))


def test_m_02_a_record_without_its_special_facts_says_everything_else() -> None:
    person = Person(religion=TOLD, occupation=LText.of("teacher", "en"))
    act = Act(liberty=Liberty(health=LText.of("ill", "en"), warrant_shown=YesNo.YES))
    assert special.held(person) == ("religion",)
    assert special.held(act) == ("liberty.health",)
    assert special.without(person) == replace(person, religion=None)
    left = special.without(act)
    assert left.liberty is not None
    assert (left.liberty.warrant_shown, special.held(left)) == (YesNo.YES, ())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)
def test_m_02_every_special_field_of_every_kind_is_left_out(kind: type[Record]) -> None:
    record, _tokens = filled(kind)
    left = special.without(record)
    assert not [
        each.path
        for each in walk(left)
        if each.sensitivity is Sensitivity.SPECIAL and isinstance(each.value, LText | str)
        if str(getattr(each.value, "text", each.value)).strip()
    ]
    assert special.held(left) == ()
    assert decode(kind, *astuple(encode(left))) == left
    assert (special.held(record) == ()) == (left == record)


def test_m_02_a_reason_has_to_say_something() -> None:
    assert not audit.is_reason("because")
    assert audit.is_reason("the letter asks for it")
