"""`hoopoe vault repair` and `salvage`: what can be mended in place, and what only elsewhere."""

from __future__ import annotations

import argparse

from app import guard, mending, salvage
from app.cli import passphrase
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns
from app.cli.unlocking import add_vault_verb, unlocked
from app.errors import Exit
from app.i18n import _


def add_to(verbs: Nouns) -> None:
    add_vault_verb(
        verbs, "repair", _("build again what finds records, and say what that cannot mend"), _repair
    )
    rescue = add_vault_verb(
        verbs, "salvage", _("save what a damaged vault still gives into a new one"), _salvage
    )
    rescue.add_argument(
        "--to",
        type=guard.local_path,
        required=True,
        metavar="PLACE",
        help=_("the new vault, which the same passphrase opens"),
    )
    rescue.add_argument(
        "--in-clear",
        action="store_true",
        help=_("write readable files instead of a vault: anyone who has them can read them"),
    )


def _repair(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        done = mending.repair(vault, progress=terminal.progress)
    lines = [_("Built again from {count} records.").format(count=done.records)]
    if done.left:
        lines.append(
            _("{count} things are damaged that only a salvage can save around:").format(
                count=len(done.left)
            )
        )
        lines += [f"  {each.look.value} {each.reference} {each.detail}" for each in done.left]
    else:
        lines.append(_("Everything is whole."))
    return Answer(
        facts={
            "records": done.records,
            "mended": done.mended,
            "left": [
                {"look": each.look.value, "reference": each.reference, "detail": each.detail}
                for each in done.left
            ],
        },
        lines=tuple(lines),
        status=Exit.DAMAGED if done.left else Exit.DONE,
    )


def _salvage(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    phrase = passphrase.known(arguments)
    work = salvage.salvage_in_clear if arguments.in_clear else salvage.salvage
    try:
        report = work(arguments.vault, phrase, to=arguments.to, progress=terminal.progress)
    finally:
        phrase.close()
    return Answer(
        facts=report.facts(),
        lines=tuple(_lines(report)),
        remarks=_warnings(arguments.in_clear),
        status=Exit.DONE if report.complete else Exit.DAMAGED,
    )


def _warnings(in_clear: object) -> tuple[str, ...]:
    if not in_clear:
        return ()
    return (_("What was written is not encrypted. Delete it as soon as it is no longer needed."),)


def _lines(report: salvage.SalvageReport) -> list[str]:
    lines = [
        _("Saved: {records} records, {revisions} revisions, {evidence} pieces of evidence").format(
            records=report.records, revisions=report.revisions, evidence=report.evidence
        )
    ]
    lines += [_("Lost: the revision {which}").format(which=each) for each in report.lost_revisions]
    lines += [
        _("An older state stands here: {reference}").format(reference=each) for each in report.older
    ]
    lines += [
        _("Lost: the evidence {reference}").format(reference=each) for each in report.lost_evidence
    ]
    lines += [
        _("Lost: {count} stretches of “{table}”").format(count=count, table=table)
        for table, count in report.lost_rows
    ]
    if report.lost_entries:
        lines.append(
            _("Lost: {count} entries nothing is known of").format(count=report.lost_entries)
        )
    lines.append(
        _("Nothing is known to be lost.")
        if report.complete
        else _(
            "The damaged vault was not changed. Keep it: the maintainers may get more out of it."
        )
    )
    return lines
