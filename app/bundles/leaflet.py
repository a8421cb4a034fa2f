"""data/read-me-first.html: the account in plain words, for a reader without Hoopoe.

No script, no style from elsewhere, no external reference; every text from a record is escaped. The
page forbids itself to load anything, should a reader's program think otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from app.bundles.remarks import is_struck, is_unchecked, remarks, translations
from app.i18n import N_, Texts
from app.names import visible_text
from app.records import Record
from app.records.kinds import Kind
from app.records.values import Translation
from app.wording import fields

HEADINGS: Final = {
    "incident": N_("What happened"),
    "act": N_("One act"),
    "person": N_("A person or group"),
    "organisation": N_("An organisation"),
    "involvement": N_("Somebody's part in it"),
    "engagement": N_("The link to the UN"),
    "place": N_("A place"),
    "source": N_("A source"),
    "statement": N_("A statement"),
    "evidence_item": N_("A piece of evidence"),
    "custody_event": N_("In whose hands the evidence was"),
    "consent_record": N_("What the person agreed to"),
    "relationship": N_("How people are related"),
    "incident_link": N_("How incidents are linked"),
    "risk_assessment": N_("What it could do to people"),
    "session_item": N_("A session of a UN body"),
    "committee_application": N_("An application to the Committee on NGOs"),
    "application_review": N_("What one session did with the application"),
    "committee_question": N_("A question of the Committee"),
    "independence_observation": N_("A sourced observation"),
    "verification_review": N_("A review"),
    "intervention": N_("What was done about it"),
    "case": N_("A case"),
    "follow_up_entry": N_("What changed since"),
    "recommendation": N_("A recommendation"),
    "address_book_entry": N_("An address"),
}


def heading_of(kind: Kind, texts: Texts) -> str:
    """What stands above a record of this kind, in the language of these texts."""
    return texts.gettext(HEADINGS[kind.value])


_STYLE: Final = (
    "body{font-family:sans-serif;line-height:1.5;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "section{border-top:1px solid #999;padding:.5rem 0}h2{font-size:1.1rem}"
    "p.doubt{border-inline-start:4px solid #999;padding-inline-start:.6rem}"
    "dt{color:#555}dd{margin:0 0 .6rem;white-space:pre-wrap}code{background:#eee}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A record of the bundle, and the payload file that belongs to it ("" when none)."""

    record: Record
    file: str = ""


def leaflet(enclosed: Iterable[Enclosed], texts: Texts) -> bytes:
    """The page as UTF-8, in the language of `texts`."""
    title = texts.gettext("Read me first")
    parts = [
        _head(title, texts),
        f"<p>{escape(_introduction(texts))}</p>\n",
        f"<p>{escape(_how_to_check(texts))}</p>\n",
        "<pre>bagit.py --validate bundle\n"
        "minisign -V -m bundle/tagmanifest-sha256.txt -P KEY</pre>\n",
    ]
    held = tuple(enclosed)
    records = tuple(each.record for each in held)
    parts += [_section(each, records, texts) for each in held]
    parts.append("</body>\n</html>\n")
    return "".join(parts).encode()


def page(heading: str, paragraphs: Iterable[str], texts: Texts) -> bytes:
    """A page of a heading and plain paragraphs, for a bundle that holds no records."""
    told = [f'<p dir="auto">{escape(visible_text(each))}</p>\n' for each in paragraphs]
    return "".join([_head(heading, texts), *told, "</body>\n</html>\n"]).encode()


def _head(title: str, texts: Texts) -> str:
    direction = "rtl" if texts.right_to_left else "ltr"
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(texts.tag)}" dir="{direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n"
    )


def _introduction(texts: Texts) -> str:
    return texts.gettext(
        "This folder holds records that somebody sealed for you. Everything in it is an"
        " allegation until it is reviewed. Below, each record stands in plain words; the same"
        " records for programs are in records.jsonl, and the files are in the folder evidence."
    )


def _how_to_check(texts: Texts) -> str:
    return texts.gettext(
        "To check that nothing was changed, unpack the folder and use these two programs. KEY is"
        " the sender's key, which you must know from the sender and not from here."
    )


def _section(each: Enclosed, records: Sequence[Record], texts: Texts) -> str:
    above = heading_of(each.record.kind, texts)
    rows = [f"<h2>{escape(above)} · {escape(each.record.short_ref)}</h2>\n"]
    for remark in remarks(each.record, records, texts):
        rows.append(f'<p class="doubt" dir="auto">{escape(visible_text(remark))}</p>\n')
    rows.append("<dl>\n")
    struck = is_struck(each.record)
    for said in fields(each.record, texts):
        lang = f' lang="{escape(said.lang)}"' if said.lang else ""
        words = escape(visible_text(said.words))
        words = f"<s>{words}</s>" if struck else words
        rows.append(f'<dt>{escape(said.label)}</dt><dd dir="auto"{lang}>{words}</dd>\n')
    rows += [_translation(layer, texts) for layer in translations(each.record)]
    if each.file:
        rows.append(f"<dt>{escape(texts.gettext('File'))}</dt><dd>{escape(each.file)}</dd>\n")
    return "<section>\n" + "".join(rows) + "</dl>\n</section>\n"


def _translation(layer: Translation, texts: Texts) -> str:
    """A layer over the original words, and whether a program alone stands behind it (S-06)."""
    label = texts.gettext("Translation")
    if is_unchecked(layer):
        label = texts.gettext("Translation by a program, checked by nobody: not a quotation")
    words = escape(visible_text(layer.text))
    lang = f' lang="{escape(layer.lang)}"' if layer.lang else ""
    return f'<dt>{escape(label)}</dt><dd dir="auto"{lang}>{words}</dd>\n'
