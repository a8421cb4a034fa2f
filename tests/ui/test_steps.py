"""Undo and redo over a record: sensible steps, both ways, nothing lost on the way."""

from __future__ import annotations

from dataclasses import replace

from app.records import Incident, LText
from app.records.choices import YesNo
from ui.forms.steps import MOST_STEPS, PAUSE_S, Steps


class Hands:
    """Somebody who types: the time goes on only when they wait."""

    def __init__(self) -> None:
        self.at = 0.0
        self.record = Incident()
        self.steps: Steps[Incident] = Steps(lambda: self.at)
        self.steps.begin(self.record)

    def type(self, text: str) -> None:
        for letter in text:
            said = self.record.narrative.text + letter
            self.record = replace(self.record, narrative=LText(text=said))
            self.steps.note(self.record)
            self.at += 0.1

    def answer(self) -> None:
        self.record = replace(self.record, new_legislation=YesNo.YES)
        self.steps.note(self.record)

    def wait(self) -> None:
        self.at += PAUSE_S

    def undo(self) -> str | None:
        undone = self.steps.undo()
        self.record = undone or self.record
        return None if undone is None else undone.narrative.text


def test_typing_without_a_pause_is_one_step() -> None:
    hands = Hands()
    hands.type("They came")
    assert hands.undo() == ""
    assert hands.undo() is None


def test_a_pause_and_another_field_begin_a_new_step() -> None:
    hands = Hands()
    hands.type("They came")
    hands.wait()
    hands.type(" at night")
    hands.answer()
    assert hands.undo() == "They came at night"
    assert hands.undo() == "They came"
    assert hands.undo() == ""


def test_redo_goes_back_up_until_something_new_is_typed() -> None:
    hands = Hands()
    hands.type("One")
    hands.wait()
    hands.type(" two")
    hands.undo()
    again = hands.steps.redo()
    assert again is not None
    assert again.narrative.text == "One two"
    hands.undo()
    hands.type("!")
    assert hands.steps.redo() is None
    assert hands.undo() == "One"


def test_showing_another_record_forgets_the_steps_of_the_one_before() -> None:
    hands = Hands()
    hands.type("One")
    hands.steps.begin(Incident())
    assert hands.undo() is None


def test_the_steps_kept_are_bounded() -> None:
    hands = Hands()
    for _ in range(MOST_STEPS + 50):
        hands.type("x")
        hands.wait()
    undone = 0
    while hands.undo() is not None:
        undone += 1
    assert undone == MOST_STEPS
