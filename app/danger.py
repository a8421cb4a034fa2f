"""Whether a text speaks of immediate danger, and what to think of then (R-10).

A short list of words in few languages: it misses much, and what it finds may be harmless. It shows
a checklist. Nothing here contacts anybody.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.i18n import N_

WORDS: Final = {
    "en": (
        "they are coming",
        "will kill",
        "going to kill",
        "being followed now",
        "outside my door",
    ),
    "fr": ("vont me tuer", "menace de mort", "devant ma porte", "en ce moment ils"),
    "es": ("me van a matar", "amenaza de muerte", "en mi puerta", "vienen por mí"),
    "ru": ("убьют", "угрожают убить", "у моей двери", "сейчас придут"),
    "ar": ("سيقتلون", "تهديد بالقتل", "أمام بابي", "قادمون الآن"),
    "fa": ("می‌کشند", "تهدید به مرگ", "پشت در"),
    "zh": ("要杀", "死亡威胁", "在门口", "马上来抓"),
}
"""Phrases that mean danger now, by language. Drafted, to be confirmed by speakers."""

CHECKLIST: Final = (
    N_("Is the person safe at this moment? Can they leave, or be with others?"),
    N_("Who near them can help at once: family, lawyer, colleagues, a safe house?"),
    N_("Do they want anybody to be told? Ask before you tell."),
    N_("Use only the safe channel, at the safe times."),
    N_("Set the urgency of the report to immediate."),
    N_("Look in Contacts for whom to reach. The program contacts nobody."),
)
"""English source texts, in this order."""


def is_immediate(*texts: str) -> bool:
    """Whether one of the texts holds a phrase of immediate danger, in any of the languages."""
    said = " ".join(_folded(each) for each in texts)
    return _ANY.search(said) is not None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each for each in plain if unicodedata.category(each) not in {"Mn", "Cf"})
    return " ".join(kept.split())


_ANY: Final = re.compile(
    "|".join(re.escape(_folded(each)) for phrases in WORDS.values() for each in phrases)
)
