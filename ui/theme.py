"""Colours, sizes and icons of the windows. The only caller of setStyleSheet.

resources/style.qss names colours as `$text` and lengths as `12dp` (pixels at 100 % text size) or
`1.3fs` (times the base font size). Pairs that carry text are measured: tests/ui/test_theme.py asks
4.5 for text and 3 for the borders of fields and the focus frame (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.settings import TEXT_PERCENT_HIGHEST, TEXT_PERCENT_LOWEST
from app.settings import Theme as Look

BASE_POINTS = 10.5
STEP_PERCENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One set of named colours, as #RRGGBB. `on_x` is for text upon `x`.

    `line` only decorates; `border` outlines what can be edited.
    """

    bg: str
    surface: str
    sunken: str
    text: str
    muted: str
    line: str
    border: str
    primary: str
    primary_hover: str
    on_primary: str
    soft: str
    on_soft: str
    focus: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    bad: str
    bad_bg: str
    note: str
    note_bg: str
    danger: str
    on_danger: str

    def text_pairs(self) -> tuple[tuple[str, str], ...]:
        """(text, background) for every pair the style sheet makes."""
        upon = (self.bg, self.surface, self.sunken)
        return (
            *((self.text, each) for each in upon),
            *((self.muted, each) for each in upon),
            *((self.primary, each) for each in upon),
            (self.bad, self.surface),
            (self.bad, self.bg),
            (self.ok, self.surface),
            (self.warn, self.surface),
            (self.on_primary, self.primary),
            (self.on_primary, self.primary_hover),
            (self.on_soft, self.soft),
            (self.ok, self.ok_bg),
            (self.warn, self.warn_bg),
            (self.bad, self.bad_bg),
            (self.note, self.note_bg),
            (self.on_danger, self.danger),
        )

    def edge_pairs(self) -> tuple[tuple[str, str], ...]:
        """(outline, background) for what a person must find: fields and the focus."""
        upon = (self.bg, self.surface)
        return (
            *((self.border, each) for each in upon),
            *((self.focus, each) for each in upon),
        )


LIGHT = Colours(
    bg="#F5F7F6",
    surface="#FFFFFF",
    sunken="#EAEFED",
    text="#1B2629",
    muted="#4A595E",
    line="#D5DDDA",
    border="#7B8A88",
    primary="#1C6660",
    primary_hover="#14524D",
    on_primary="#FFFFFF",
    soft="#D6E8E5",
    on_soft="#12443F",
    focus="#0B5CAD",
    ok="#17552F",
    ok_bg="#E4F2E8",
    warn="#6B4400",
    warn_bg="#FFF3D6",
    bad="#8E1B1B",
    bad_bg="#FBE9E8",
    note="#1D4063",
    note_bg="#E5EEF6",
    danger="#9B1C1C",
    on_danger="#FFFFFF",
)

DARK = Colours(
    bg="#11181A",
    surface="#1A2326",
    sunken="#0D1315",
    text="#E8EEEE",
    muted="#A9B8BA",
    line="#2E3B3F",
    border="#71848A",
    primary="#63C7BE",
    primary_hover="#82D8D0",
    on_primary="#06211F",
    soft="#1F403D",
    on_soft="#C5ECE8",
    focus="#7DB7F5",
    ok="#93DBAB",
    ok_bg="#15301F",
    warn="#F2C870",
    warn_bg="#33280E",
    bad="#F5ACA9",
    bad_bg="#3B1A1A",
    note="#A9CDF2",
    note_bg="#172A3D",
    danger="#F0908C",
    on_danger="#2A0707",
)

CONTRAST = Colours(
    bg="#000000",
    surface="#000000",
    sunken="#000000",
    text="#FFFFFF",
    muted="#FFFFFF",
    line="#FFFFFF",
    border="#FFFFFF",
    primary="#FFE600",
    primary_hover="#FFF38A",
    on_primary="#000000",
    soft="#3A3500",
    on_soft="#FFE600",
    focus="#00E5FF",
    ok="#7CFF9B",
    ok_bg="#001A08",
    warn="#FFE600",
    warn_bg="#1A1700",
    bad="#FFA8A8",
    bad_bg="#240000",
    note="#8CE9FF",
    note_bg="#001820",
    danger="#FFA8A8",
    on_danger="#000000",
)


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two #RRGGBB colours: 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


class Theme(QObject):
    """The look of the whole application: what is chosen, applied at once."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.setStyle("Fusion")

    def show(self, look: Look, percent: int) -> None:
        """Apply a look and a text size; the size is brought within its bounds."""
        global _current, _scale
        size = max(TEXT_PERCENT_LOWEST, min(TEXT_PERCENT_HIGHEST, percent))
        _current = _resolve(look)
        _scale = size / 100
        font = QFont(self._app.font())
        font.setPointSizeF(BASE_POINTS * _scale)
        self._app.setFont(font)
        self._app.setPalette(_palette(_current))
        self._app.setStyleSheet(sheet(_current, size))
        self.changed.emit()


def colours() -> Colours:
    """The colours in use, for what is painted and not styled."""
    return _current


def percent() -> int:
    """The text size in use, in percent."""
    return round(_scale * 100)


def dp(length: int) -> int:
    """A length in pixels at 100 % text size, as pixels at the size in use."""
    return round(length * _scale)


def sheet(chosen: Colours, percent: int) -> str:
    """resources/style.qss with its colours and lengths filled in."""
    template = (files("resources") / "style.qss").read_text(encoding="utf-8")
    scale = percent / 100
    text = re.sub(r"(\d+(?:\.\d+)?)dp\b", lambda hit: f"{round(float(hit[1]) * scale)}px", template)
    text = re.sub(
        r"(\d+(?:\.\d+)?)fs\b",
        lambda hit: f"{float(hit[1]) * BASE_POINTS * scale:.1f}pt",
        text,
    )
    names = {name: getattr(chosen, name) for name in Colours.__dataclass_fields__}
    return Template(text).substitute(names)


def _resolve(look: Look) -> Colours:
    if look is Look.LIGHT:
        return LIGHT
    if look is Look.DARK:
        return DARK
    if look is Look.CONTRAST:
        return CONTRAST
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def _palette(chosen: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, chosen.bg),
        (role.WindowText, chosen.text),
        (role.Base, chosen.surface),
        (role.AlternateBase, chosen.sunken),
        (role.Text, chosen.text),
        (role.Button, chosen.surface),
        (role.ButtonText, chosen.text),
        (role.ToolTipBase, chosen.surface),
        (role.ToolTipText, chosen.text),
        (role.PlaceholderText, chosen.muted),
        (role.Highlight, chosen.primary),
        (role.HighlightedText, chosen.on_primary),
        (role.Accent, chosen.primary),
        (role.Link, chosen.primary),
        (role.BrightText, chosen.bad),
        (role.Light, chosen.surface),
        (role.Midlight, chosen.line),
        (role.Mid, chosen.line),
        (role.Dark, chosen.border),
        (role.Shadow, chosen.line),
    ):
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(chosen.muted))
    return palette


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_current = LIGHT
_scale = 1.0
