"""What is said about saving what a damaged vault still gives: what was saved, what is lost."""

from __future__ import annotations

from app.i18n import _, ngettext
from app.salvage import SalvageReport
from ui.widgets.plain import outside

MOST = 50


def saved(report: SalvageReport) -> str:
    """How much was saved, in a line."""
    return " · ".join(
        (
            ngettext("{count} record", "{count} records", report.records).format(
                count=report.records
            ),
            ngettext("{count} revision", "{count} revisions", report.revisions).format(
                count=report.revisions
            ),
            ngettext("{count} file", "{count} files", report.evidence).format(
                count=report.evidence
            ),
        )
    )


def lost(report: SalvageReport) -> list[str]:
    """What was not saved, item by item; the first of many and how many more."""
    lines = [
        *(
            _("Lost: revision {which}").format(which=outside(each))
            for each in report.lost_revisions
        ),
        *(
            _("Saved in an older state: {reference}").format(reference=outside(each))
            for each in report.older
        ),
        *(
            _("Lost: the file of {reference}").format(reference=outside(each))
            for each in report.lost_evidence
        ),
        *(_other(count) for _table, count in report.lost_rows),
    ]
    if report.lost_entries:
        count = report.lost_entries
        lines.append(
            ngettext(
                "Lost: {count} entry of which nothing is known",
                "Lost: {count} entries of which nothing is known",
                count,
            ).format(count=count)
        )
    left = len(lines) - MOST
    if left > 0:
        more = ngettext("and {count} more", "and {count} more", left).format(count=left)
        return [*lines[:MOST], more]
    return lines


def _other(count: int) -> str:
    return ngettext(
        "Lost: {count} stretch of contacts, bundles, receipts or settings",
        "Lost: {count} stretches of contacts, bundles, receipts or settings",
        count,
    ).format(count=count)
