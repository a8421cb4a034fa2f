"""The parts of a picture that are to be covered, as they are drawn: boxes, one of them chosen.

Everything in pixels of the picture itself, so that no zoom and no screen changes what is covered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from app.redaction import Box, Cover

LEAST: Final = 4
"""No box is smaller than this, in pixels: it could not be seen or taken hold of."""

_NONE: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One state: the boxes, which of them is chosen (-1: none), and how they are covered."""

    boxes: tuple[Box, ...] = ()
    chosen: int = _NONE
    how: Cover = Cover.FILL


class Covers:
    """The boxes over a picture of this size; every change is a step that can be undone."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.now = Drawn()
        self._before: list[Drawn] = []
        self._after: list[Drawn] = []

    @property
    def chosen(self) -> Box | None:
        """The box that is chosen."""
        return self.now.boxes[self.now.chosen] if self.now.chosen >= 0 else None

    def add(self, box: Box) -> None:
        """A new box, chosen."""
        boxes = (*self.now.boxes, self._kept_in(box))
        self._step(replace(self.now, boxes=boxes, chosen=len(boxes) - 1))

    def put(self, box: Box) -> None:
        """The chosen box lies here now."""
        if self.chosen is None or self._kept_in(box) == self.chosen:
            return
        boxes = list(self.now.boxes)
        boxes[self.now.chosen] = self._kept_in(box)
        self._step(replace(self.now, boxes=tuple(boxes)))

    def move(self, right: int, down: int) -> None:
        """Move the chosen box by so many pixels."""
        if (box := self.chosen) is not None:
            self.put(replace(box, left=box.left + right, top=box.top + down))

    def grow(self, wider: int, higher: int) -> None:
        """Make the chosen box so many pixels wider and higher."""
        if (box := self.chosen) is not None:
            self.put(replace(box, width=box.width + wider, height=box.height + higher))

    def remove(self) -> None:
        """Take the chosen box away."""
        if self.chosen is None:
            return
        boxes = (*self.now.boxes[: self.now.chosen], *self.now.boxes[self.now.chosen + 1 :])
        self._step(replace(self.now, boxes=boxes, chosen=len(boxes) - 1))

    def choose(self, at: int) -> None:
        """Choose a box by its number from 0; -1 chooses none. No step: nothing is changed."""
        self.now = replace(self.now, chosen=at if at < len(self.now.boxes) else _NONE)

    def choose_next(self, by: int) -> None:
        """Choose the box after (1) or before (-1)."""
        if self.now.boxes:
            self.choose((self.now.chosen + by) % len(self.now.boxes))

    def cover(self, how: Cover) -> None:
        """Cover all of them so."""
        if how is not self.now.how:
            self._step(replace(self.now, how=how))

    def undo(self) -> None:
        """The state before."""
        if self._before:
            self._after.append(self.now)
            self.now = self._before.pop()

    def redo(self) -> None:
        """The state that was undone."""
        if self._after:
            self._before.append(self.now)
            self.now = self._after.pop()

    def at(self, x: int, y: int) -> int:
        """The uppermost box at this pixel; -1 where there is none."""
        for number in reversed(range(len(self.now.boxes))):
            box = self.now.boxes[number]
            if box.left <= x < box.left + box.width and box.top <= y < box.top + box.height:
                return number
        return _NONE

    def _step(self, state: Drawn) -> None:
        self._before.append(self.now)
        self._after.clear()
        self.now = state

    def _kept_in(self, box: Box) -> Box:
        """The box inside the picture, and no smaller than LEAST."""
        width = min(max(box.width, min(LEAST, self.width)), self.width)
        height = min(max(box.height, min(LEAST, self.height)), self.height)
        left = min(max(0, box.left), self.width - width)
        top = min(max(0, box.top), self.height - height)
        return Box(left=left, top=top, width=width, height=height)
