"""What a screen reader and a keyboard meet in a window: every fault as a line."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)


def nameless(window: QWidget) -> list[str]:
    """Visible things that take the focus and have no name to be spoken."""
    found = []
    for widget in _visible(window):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.focusProxy() is not None:
            continue
        if _is_inside_a_part(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not name.strip():
            found.append(_where(widget))
    return found


def rich(window: QWidget) -> list[str]:
    """Labels that would take markup for markup."""
    return [
        _where(label)
        for label in window.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText
    ] + [_where(each) for each in window.findChildren(QTextEdit)]


def cut_off(window: QWidget) -> list[str]:
    """Buttons and one-line labels whose words do not fit into them."""
    found = []
    for widget in _visible(window):
        if isinstance(widget, QPushButton) and widget.text():
            if widget.width() < widget.minimumSizeHint().width():
                found.append(_where(widget))
        elif isinstance(widget, QLabel) and widget.text() and not widget.wordWrap():
            lines = widget.text().split("\n")
            needed = max(widget.fontMetrics().horizontalAdvance(line) for line in lines)
            if widget.contentsRect().width() + 1 < needed:
                found.append(_where(widget))
    return found


def _visible(window: QWidget) -> Iterator[QWidget]:
    return (each for each in window.findChildren(QWidget) if each.isVisible())


def _is_inside_a_part(widget: QWidget) -> bool:
    """Qt's own inner widgets: the line inside a list that drops down, a scroll area's viewport."""
    parent = widget.parentWidget()
    return parent is not None and (
        (
            (isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QPlainTextEdit))
            and widget is parent.viewport()
        )
        or type(parent).__name__ == "Dropdown"
    )


def _where(widget: QWidget) -> str:
    chain = []
    seen: QWidget | None = widget
    while seen is not None and len(chain) < 4:
        chain.append(type(seen).__name__)
        seen = seen.parentWidget()
    text = widget.property("text") or ""
    return f"{' < '.join(chain)} “{text}”"
