"""The list of all keys, for Ctrl+/."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from app.i18n import _
from ui.actions import Action
from ui.widgets.banner import Notice
from ui.widgets.plain import Tone


def keys_notice() -> Notice:
    """Every action with its keys, one a line."""
    native = QKeySequence.SequenceFormat.NativeText
    lines = [f"{each.shortcut().toString(native)} — {each.text()}" for each in Action]
    return Notice(tone=Tone.NOTE, title=_("Keys"), text="\n".join(lines))
