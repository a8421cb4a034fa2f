"""Where Tab goes next: in the order of the layouts, which is the order in which a page is read.

Qt's own order is that in which widgets came into the window. Most of a page is made when the vault
has answered, after the foot and the strip: Tab would leave a field for "Cancel" at the other end,
and whoever cannot see the window would read the page in shreds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLayout, QScrollArea, QWidget
from shiboken6 import isValid


class Tabbing:
    """The way of Tab through one window. `middle`: where it begins while nothing has the focus."""

    def __init__(self, window: QWidget, middle: QWidget) -> None:
        self._window = window
        self._middle = middle
        self._left: QWidget | None = None

    def move(self, reason: Qt.FocusReason) -> bool:
        """Give the focus to the next stop, or with BacktabFocusReason to the one before; round at
        the ends. False where there is none.

        Qt asks for the next one also when what has the focus is greyed or goes. Then nothing gets
        it: who presses a key twice must not press what happens to come next. Tab goes on from there
        all the same.
        """
        now = QApplication.focusWidget()
        if now is not None and not (now.isEnabled() and now.isVisible()):
            self._left = now
            now.clearFocus()
            return True
        if now is not None:
            self._left = None
        start = now or self._remembered() or self._middle
        ordered = list(_in_order(self._window))
        if reason is Qt.FocusReason.BacktabFocusReason:
            ordered.reverse()
        here = ordered.index(start) + 1 if start in ordered else 0
        round_it = (each for each in (*ordered[here:], *ordered[:here]) if _is_stop(each))
        following = next(round_it, None)
        if following is None or following is now:
            return False
        following.setFocus(reason)
        return True

    def _remembered(self) -> QWidget | None:
        left = self._left
        return left if left is not None and isValid(left) and left.isVisible() else None


def to_part(parts: Sequence[QWidget], step: int) -> None:
    """Give the focus to the first stop of the part that is `step` parts on, round at the ends;
    parts without any stop are passed over."""
    now = QApplication.focusWidget()
    usable = [(part, found) for part in parts if (found := stops(part))]
    if not usable:
        return
    here = next(
        (at for at, (part, _) in enumerate(usable) if now is not None and part.isAncestorOf(now)),
        -1 if step > 0 else 0,
    )
    _part, found = usable[(here + step) % len(usable)]
    found[0].setFocus(Qt.FocusReason.TabFocusReason)


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab stops, as it is read."""
    return [each for each in _in_order(window) if _is_stop(each)]


def _is_stop(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.isWindow()
    )


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """A widget and what is in it, as far as it can be seen."""
    if not widget.isVisible():
        return
    yield widget
    if _is_stop(widget) and not isinstance(widget, QScrollArea):
        # what a field or a list is made of inside is its own affair
        return
    for part in _parts(widget):
        yield from _in_order(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """The widgets directly inside, those of the layout first and in its order."""
    if isinstance(widget, QAbstractScrollArea):
        if isinstance(widget, QScrollArea) and (inner := widget.widget()) is not None:
            yield inner
        return
    laid_out = list(_in_layout(widget.layout()))
    yield from laid_out
    others = (each for each in widget.children() if isinstance(each, QWidget))
    yield from (each for each in others if each not in laid_out and not each.isWindow())


def _in_layout(layout: QLayout | None) -> Iterator[QWidget]:
    if layout is None:
        return
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        inside = item.widget()
        if inside is not None:
            yield inside
        else:
            yield from _in_layout(item.layout())
