"""What kind of evidence a file is: told by its ending where that is plain, asked where it is not.

Only the name is looked at, to choose a word. What the file really is, its first bytes say when it
is taken in; and it is never opened to be shown.
"""

from __future__ import annotations

from pathlib import Path

from app import vocabulary
from app.i18n import _, ngettext
from app.records import EvidenceItem, TermRef
from ui.ask import Ask, Choice, Option
from ui.icons import Icon

LIST = "evidence_type"

_BY_ENDING = {
    "photo": ("jpg", "jpeg", "heic", "heif", "tif", "tiff", "dng", "bmp"),
    "screenshot": ("png", "webp"),
    "video": ("mp4", "mov", "mkv", "avi", "3gp", "webm", "m4v", "gif"),
    "audio": ("mp3", "wav", "ogg", "oga", "opus", "m4a", "aac", "amr", "flac"),
    "email_file": ("eml", "msg", "mbox"),
    "web_capture": ("html", "htm", "mhtml", "warc"),
}
_OFFERED = (
    "official_letter",
    "court_document",
    "message_export",
    "testimony_written",
    "medical_record",
    "media_article",
    "organisation_document",
)
_PICTURES = {
    "photo": Icon.PHOTO,
    "screenshot": Icon.PHOTO,
    "video": Icon.PHOTO,
    "message_export": Icon.TEXT,
    "testimony_written": Icon.TEXT,
}


def by_name(path: Path) -> str:
    """The kind that the ending of the name says; empty where it says none."""
    ending = path.suffix.lower().removeprefix(".")
    return next((kind for kind, endings in _BY_ENDING.items() if ending in endings), "")


def ask_kind(ask: Ask, count: int) -> str:
    """The kind of files whose names do not say it; empty when the person left it."""
    options = tuple(Option(id=kind, verb=vocabulary.label(LIST, kind)) for kind in _OFFERED)
    title = ngettext("What is this file?", "What are these {count} files?", count)
    choice = Choice(
        title=title.format(count=count),
        text=_("It helps whoever receives it. You can say more about it afterwards."),
        options=options,
    )
    return ask.choose(choice) or ""


def picture(item: EvidenceItem) -> Icon:
    """The picture beside an item."""
    kind = item.evidence_type
    return _PICTURES.get(kind.key, Icon.REPORT) if kind is not None else Icon.REPORT


def words(kind: TermRef | None) -> str:
    """The kind in words."""
    return vocabulary.label(kind.list, kind.key) if kind is not None else ""
