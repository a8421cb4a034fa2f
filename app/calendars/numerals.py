"""Numbers that are not written in ten digits: Ethiopic ones, and Chinese ones inside a date."""

from __future__ import annotations

import re
from typing import Final

_ETHIOPIC: Final = re.compile("[\u1369-\u137c]+")
_ONE: Final = 0x1369
_HUNDRED, _MYRIAD = "\u137b", "\u137c"
_CHINESE: Final = re.compile("[〇零○一二三四五六七八九十廿卅]+")
_VALUES: Final = {sign: at for at, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_TENS: Final = {"十": 10, "廿": 20, "卅": 30}


def plain(text: str) -> str:
    """The text with its Ethiopic numbers in digits."""
    return _ETHIOPIC.sub(lambda hit: str(_ethiopic(hit[0])), text)


def plain_chinese(text: str) -> str:
    """The text with its Chinese numbers in digits: 二〇二五 is 2025, 廿三 is 23."""
    return _CHINESE.sub(lambda hit: _chinese(hit[0]), text)


def _ethiopic(run: str) -> int:
    total = hundreds = units = 0
    for sign in run:
        if sign == _MYRIAD:
            total += (hundreds + units or 1) * 10_000
            hundreds = units = 0
        elif sign == _HUNDRED:
            hundreds += (units or 1) * 100
            units = 0
        else:
            at = ord(sign) - _ONE
            units += at + 1 if at < 9 else (at - 8) * 10
    return total + hundreds + units


def _chinese(run: str) -> str:
    if not any(sign in _TENS for sign in run):
        return "".join(str(_VALUES[sign]) for sign in run)
    total = 0
    for sign in run:
        if sign == "十":
            total = (total or 1) * 10
        else:
            total += _TENS.get(sign, _VALUES.get(sign, 0))
    return str(total)
