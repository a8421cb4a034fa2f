"""What time it is: a seam, so that tests are not at the mercy of the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present instant in UTC, to the second (finer time tells more than anybody needs)."""
    return datetime.now(UTC).replace(microsecond=0)


def stamp(instant: datetime) -> str:
    """An instant as it stands in records and logs: 2026-11-24T22:58:30Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_in(text: str) -> date | None:
    """The day that a format writes as 2026-11-24; None for any other text, 2026-W48-2 too."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.isoformat() == text else None
