"""The list of all keys, for Ctrl+/."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from app.i18n import _
from ui import panic
from ui.actions import Action
from ui.widgets.banner import Notice
from ui.widgets.plain import Tone


def keys_notice() -> Notice:
    """Every action with its keys, one a line."""
    native = QKeySequence.SequenceFormat.NativeText
    lines = [f"{each.shortcut().toString(native)} — {each.text()}" for each in Action]
    held = QKeySequence(panic.KEYS).toString(native)
    lines.append(_("{keys}, held for two seconds — Erase this vault").format(keys=held))
    return Notice(tone=Tone.NOTE, title=_("Keys"), text="\n".join(lines))
