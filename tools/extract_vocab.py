"""Babel extractor for resources/vocab/*.toml: labels, definitions and titles, with their context.

Context `vocab:<list>` for labels, `vocab:<list>:definition` and `vocab:<list>:title` for the rest:
"Unknown" of a date and "Unknown" of a perpetrator may need two words in another language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO

Found = tuple[int, str, tuple[str, str], list[str]]
"""Line, function name, (context, message), comments: what Babel takes from an extractor."""


def extract(
    stream: IO[bytes],
    keywords: Mapping[str, object],
    comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[Found]:
    """Every text of one list, retired terms included: records still hold their keys."""
    del keywords, comment_tags, options
    table = tomllib.loads(stream.read().decode("utf-8"))
    context = f"vocab:{Path(stream.name).stem}"
    yield 0, "pgettext", (f"{context}:title", table["title"]), []
    for row in (*table["terms"].values(), *table.get("retired", {}).values()):
        yield 0, "pgettext", (context, row["label"]), []
        definition = row.get("definition", "")
        if definition:
            yield 0, "pgettext", (f"{context}:definition", definition), []
