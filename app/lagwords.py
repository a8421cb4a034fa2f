"""The time between cooperation with the UN and an act, in words (P-13): always both ends of it."""

from __future__ import annotations

from app.i18n import Texts
from app.records.facts import Lag


def interval(lag: Lag, texts: Texts) -> str:
    """`Between 14 and 23 days after it.`; "" where neither end is known. An interval that reaches
    over zero says that the order is not clear."""
    least, most = lag.min, lag.max
    if least is None or most is None:
        return _open(least, most, texts)
    if least < 0 < most:
        return texts.gettext(
            "Between {before} days before it and {after} days after it: which came first is not"
            " clear."
        ).format(before=-least, after=most)
    if least == most == 0:
        return texts.gettext("On the same day.")
    if most <= 0:
        return _sided(-most, -least, texts.gettext("before it"), texts)
    return _sided(least, most, texts.gettext("after it"), texts)


def _sided(least: int, most: int, side: str, texts: Texts) -> str:
    if least == most:
        count = texts.ngettext("{count} day", "{count} days", least).format(count=least)
        return texts.gettext("{days} {side}.").format(days=count, side=side)
    return texts.gettext("Between {least} and {most} days {side}.").format(
        least=least, most=most, side=side
    )


def _open(least: int | None, most: int | None, texts: Texts) -> str:
    """One end is known; the other is not."""
    if least is not None and least >= 0:
        return texts.gettext("At least {count} days after it.").format(count=least)
    if most is not None and most <= 0:
        return texts.gettext("At least {count} days before it.").format(count=-most)
    if most is not None:
        return texts.gettext("At most {count} days after it; it may have come before.").format(
            count=most
        )
    if least is not None:
        return texts.gettext("At most {count} days before it; it may have come after.").format(
            count=-least
        )
    return ""
