"""`hoopoe record find` and `hoopoe record tag`: reports by words and filters, and their tags."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app import contacts, incidents, searches, snippets, store, tagging, termlists, vocabulary
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns
from app.cli.unlocking import add_vault_verb, unlocked
from app.daybounds import first_day, last_day
from app.errors import Invalid
from app.i18n import _
from app.incidents import Came, Files, Filter, IncidentRow, Sort, State
from app.records import Incident
from app.records.ids import IncidentId
from app.searches import Search
from app.vault import Vault

_MOST: Final = 100


def add_to(verbs: Nouns) -> None:
    """Add the verbs to the noun `record`."""
    find = add_vault_verb(verbs, "find", _("reports by words, dates and what they hold"), _find)
    find.add_argument("words", nargs="*", metavar="WORD", help=_("every word has to be there"))
    for name, text in (
        ("--from", _("not before this year, month or day")),
        ("--until", _("not after this year, month or day")),
    ):
        find.add_argument(name, metavar="DATE", help=text)
    for name in _KEYS:
        find.add_argument(f"--{name.replace('_', '-')}", action="append", default=[], metavar="KEY")
    for name in ("person", "place"):
        find.add_argument(f"--{name}", action="append", default=[], metavar="REF")
    find.add_argument("--tag", action="append", default=[], metavar="TAG")
    find.add_argument("--in-language", action="append", default=[], metavar="TAG")
    find.add_argument("--sealed-to", action="append", default=[], metavar="CONTACT")
    find.add_argument(
        "--state", action="append", default=[], choices=[each.value for each in State]
    )
    find.add_argument("--came", action="append", default=[], choices=[each.value for each in Came])
    find.add_argument("--with-files", action="store_true", help=_("only with evidence"))
    find.add_argument("--consent-missing", metavar="KEY", default="")
    find.add_argument("--sort", choices=[each.value for each in Sort])
    find.add_argument("--most", type=int, default=_MOST, metavar="N", help=_("100 without it"))
    find.add_argument("--saved", metavar="NAME", help=_("ask a saved search again"))
    find.add_argument("--save-as", metavar="NAME", help=_("keep this search under a name"))
    tag = add_vault_verb(verbs, "tag", _("put a tag on reports, or take one off"), _tag)
    tag.add_argument("reference", nargs="+", metavar="REF")
    which = tag.add_mutually_exclusive_group(required=True)
    which.add_argument("--add", metavar="TAG")
    which.add_argument("--take-off", metavar="TAG")


_KEYS: Final = {
    "act": ("acts", "act_type"),
    "un_body": ("un_bodies", "un_body"),
    "status": ("statuses", "verification_status"),
    "urgency": ("urgencies", "urgency"),
}
"""Options that take keys of a list: the part of the filter, and the list."""


def _find(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        if arguments.saved is not None:
            search = searches.named(vault, arguments.saved)
        else:
            search = Search(name="", where=_filter(vault, arguments))
        if arguments.sort is not None:
            search = replace(search, sort=Sort(arguments.sort))
        if arguments.save_as is not None:
            searches.keep(vault, replace(search, id="", name=arguments.save_as))
        most = max(1, min(arguments.most, 10_000))
        page = incidents.page(vault, search.where, search.sort, limit=most)
        found = snippets.of(vault, [row.id for row in page.rows], search.where.words)
    more = _("There are more: --most N shows more of them.")
    return Answer(
        facts={
            "reports": [
                {
                    "id": row.id,
                    "reference": row.short_ref,
                    "title": row.title.text,
                    "state": row.state.value,
                    "tags": list(row.tags),
                    "found": str(found.get(row.id, "")),
                }
                for row in page.rows
            ],
            "more": page.more is not None,
        },
        lines=tuple(_line(row, str(found.get(row.id, ""))) for row in page.rows),
        remarks=(more,) if page.more is not None else (),
    )


def _line(row: IncidentRow, found: str) -> str:
    parts = (row.short_ref, row.state.value, row.title.text, " ".join(row.tags), found)
    return "\t".join(parts).rstrip("\t")


def _filter(vault: Vault, arguments: argparse.Namespace) -> Filter:
    chosen = {
        part: frozenset(_key(terms, key) for key in getattr(arguments, name))
        for name, (part, terms) in _KEYS.items()
    }
    return Filter(
        words=" ".join(arguments.words),
        since=_day("from", getattr(arguments, "from"), first_day),
        until=_day("until", arguments.until, last_day),
        acts=chosen["acts"],
        un_bodies=chosen["un_bodies"],
        statuses=chosen["statuses"],
        urgencies=chosen["urgencies"],
        people=_ids(vault, arguments.person),
        places=_ids(vault, arguments.place),
        tags=frozenset(arguments.tag),
        languages=frozenset(arguments.in_language),
        sealed_to=frozenset(str(contacts.find(vault, each).id) for each in arguments.sealed_to),
        states=frozenset(State(each) for each in arguments.state),
        came=frozenset(Came(each) for each in arguments.came),
        files=Files.SOME if arguments.with_files else Files.ANY,
        consent_missing=_key("consent_scope", arguments.consent_missing)
        if arguments.consent_missing
        else "",
    )


def _key(terms: str, key: str) -> str:
    if termlists.get(terms).find(key) is None:
        raise Invalid(problems=(f"{vocabulary.title(terms)}: {key}",))
    return key


def _day(name: str, text: str | None, read: Callable[[str], date | None]) -> date | None:
    if text is None:
        return None
    found = read(text)
    if found is None:
        raise Invalid(problems=(f"{name}: not_a_day",))
    return found


def _ids(vault: Vault, references: Iterable[str]) -> frozenset[str]:
    return frozenset(str(store.find(vault, each).id) for each in references)


def _tag(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        reports = _reports(vault, arguments.reference)
        if arguments.add is not None:
            done = tagging.add(vault, reports, arguments.add)
        else:
            done = tagging.take_off(vault, reports, arguments.take_off)
    return Answer(
        facts={"reports": list(done.reports)},
        lines=(_("Reports changed: {count}").format(count=len(done.reports)),),
    )


def _reports(vault: Vault, references: Sequence[str]) -> list[IncidentId]:
    """Raises NotFound, Ambiguous, and Invalid for a record that is no report."""
    found = [store.find(vault, each) for each in references]
    strange = [each.short_ref for each in found if not isinstance(each, Incident)]
    if strange:
        raise Invalid(problems=tuple(f"{each}: wrong_kind" for each in strange))
    return [IncidentId(each.id) for each in found]
