"""Colours that can be read, sizes that grow, a style sheet without gaps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from app.settings import Theme as Look
from ui import theme
from ui.theme import CONTRAST, DARK, LIGHT, Colours, Theme, contrast, sheet

PALETTES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


@pytest.mark.parametrize("name", PALETTES)
def test_text_stands_out_from_what_is_behind_it(name: str) -> None:
    for text, behind in PALETTES[name].text_pairs():
        assert contrast(text, behind) >= 4.5, (text, behind)


@pytest.mark.parametrize("name", PALETTES)
def test_fields_and_focus_can_be_found(name: str) -> None:
    for edge, behind in PALETTES[name].edge_pairs():
        assert contrast(edge, behind) >= 3.0, (edge, behind)


def test_the_high_contrast_look_reaches_seven_everywhere() -> None:
    assert min(contrast(*pair) for pair in CONTRAST.text_pairs()) >= 7.0


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("percent", [80, 100, 200])
@pytest.mark.parametrize("name", PALETTES)
def test_the_style_sheet_has_no_gap(name: str, percent: int) -> None:
    text = sheet(PALETTES[name], percent)
    assert "$" not in text
    assert not re.search(r"\d(dp|fs)\b", text)


def test_every_colour_is_used() -> None:
    template = Path("resources/style.qss").read_text(encoding="utf-8")
    for name in Colours.__dataclass_fields__:
        assert f"${name}" in template or name in {"line"}, name


def test_larger_text_makes_larger_buttons(qapp: QApplication) -> None:
    heights = []
    for percent in (100, 200):
        Theme(qapp).show(Look.LIGHT, percent)
        button = QPushButton("x")
        button.ensurePolished()
        heights.append(button.sizeHint().height())
    Theme(qapp).show(Look.LIGHT, 100)
    assert heights[1] >= 1.8 * heights[0]


def test_a_size_out_of_bounds_is_brought_within(qapp: QApplication) -> None:
    chosen = Theme(qapp)
    chosen.show(Look.LIGHT, 999)
    assert theme.percent() == 200
    chosen.show(Look.LIGHT, 1)
    assert theme.percent() == 80
    chosen.show(Look.LIGHT, 100)
