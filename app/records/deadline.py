"""A deadline of a session or case, with where it is written and how old that knowledge is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.i18n import N_
from app.records.fields import day, ltext, text
from app.records.spec import Shaped
from app.records.values import LText


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Shaped):
    """What is due on which day. `checked_on`: when somebody last looked it up."""

    what: LText = ltext(N_("What is due"))
    on: date | None = day(N_("Due on"))
    source: str = text(N_("Where it is written"))
    checked_on: date | None = day(N_("Last checked"))
