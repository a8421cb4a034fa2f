"""What is said of one file of many, and of a sender: one wording for the pages of the inbox."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.bundles.report import AddressState, Order, OrderState, SignerState
from app.i18n import N_, _, ngettext
from app.inbox.looking import Inside, LookedAt, Standing
from app.inbox.missing import Missing
from app.inbox.outcomes import Outcome
from app.inbox.taking import Became, Finished
from app.messages import explain
from ui.widgets.plain import Tone, outside

STANDINGS = {
    Standing.READY: (Tone.OK, N_("Can be taken in")),
    Standing.DOUBTFUL: (Tone.WARN, N_("Needs your word")),
    Standing.ALONE: (Tone.WARN, N_("Open it by itself")),
    Standing.RECEIPT: (Tone.OK, N_("A receipt")),
    Standing.HERE: (Tone.NOTE, N_("Here already")),
    Standing.TWICE: (Tone.NOTE, N_("There twice")),
    Standing.NOT_MINE: (Tone.NOTE, N_("For somebody else")),
    Standing.NO_BUNDLE: (Tone.NOTE, N_("No bundle")),
    Standing.OTHER_KIND: (Tone.NOTE, N_("Of another kind")),
    Standing.HOSTILE: (Tone.BAD, N_("Does not hold")),
    Standing.NOT_READ: (Tone.BAD, N_("Cannot be read")),
}

BECAME = {
    Became.TAKEN: (Tone.OK, N_("Taken in")),
    Became.KEPT: (Tone.OK, N_("Receipt kept")),
    Became.SET_ASIDE: (Tone.BAD, N_("Set aside")),
    Became.LEFT: (Tone.NOTE, N_("Left as it is")),
    Became.FAILED: (Tone.BAD, N_("Not taken in")),
    Became.NOT_REACHED: (Tone.WARN, N_("Not reached")),
}

_SENDERS = {
    SignerState.KNOWN: N_("From {name}, whose key was checked"),
    SignerState.KNOWN_UNVERIFIED: N_("From {name}, not confirmed"),
    SignerState.UNKNOWN: N_("From an unknown key"),
    SignerState.UNSIGNED: N_("Not signed"),
}

_OUTCOMES = {
    Outcome.NEW: N_("{count} new"),
    Outcome.CHANGED: N_("{count} newer than yours"),
    Outcome.CONFLICT: N_("{count} unlike yours"),
    Outcome.SAME: N_("{count} as here"),
    Outcome.IN_PART: N_("{count} of which you have more"),
    Outcome.FULLER: N_("{count} that tell more than yours"),
}


def title(looked: LookedAt) -> str:
    """By what a person recognises it: its reports, else the name of the file."""
    inside = looked.inside
    if inside is None or not inside.reports:
        return outside(looked.name)
    named = " · ".join(outside(each) for each in inside.reports)
    more = inside.report_count - len(inside.reports)
    if not more:
        return named
    rest = ngettext("{count} more", "{count} more", more).format(count=more)
    return f"{named} · {rest}"


def detail(looked: LookedAt) -> str:
    """Sender, order and records of a bundle that opened; why one did not."""
    if looked.inside is None:
        return explain(looked.why).title if looked.why is not None else ""
    return " · ".join(_said(looked.inside))


def result(done: Finished) -> str:
    """What became of it, in a line."""
    if done.became is Became.TAKEN:
        parts = [sender(done.looked.inside)] if done.looked.inside is not None else []
        return " · ".join([*parts, records(done.records)])
    if done.why is not None:
        return explain(done.why).title
    return _(STANDINGS[done.looked.standing][1])


def sender(inside: Inside) -> str:
    """Verified, known, unknown or unsigned; and whether somebody passed it on."""
    words = _(_SENDERS[inside.signer.state]).format(name=outside(inside.signer.name))
    if inside.addressed is AddressState.PASSED_ON:
        passed = _("passed on by somebody")
        return f"{words}, {passed}"
    return words


def records(count: Counter[Outcome]) -> str:
    """How many records become what."""
    said = [
        _(words).format(count=count[outcome])
        for outcome, words in _OUTCOMES.items()
        if count[outcome]
    ]
    return ", ".join(said) or _("no record")


def order(found: Order) -> str:
    """Its place in the series, where that says something."""
    if found.state is OrderState.LATE:
        return _("comes late")
    if found.state is OrderState.FORKED:
        return _("another one has its number")
    text = ""
    if found.missing:
        text = ngettext(
            "{count} before it is missing", "{count} before it are missing", found.missing
        ).format(count=found.missing)
    if found.state is OrderState.NEW_SERIES:
        return ", ".join(part for part in (_("counted anew"), text) if part)
    return text


def missing(gap: Missing) -> str:
    """What has not come, of whom."""
    name = outside(gap.name) if gap.name else _("an unknown key")
    words = ngettext(
        "{count} bundle from {name} has not arrived: number {first}.",
        "{count} bundles from {name} have not arrived: numbers {first} to {last}.",
        gap.count,
    )
    return words.format(count=gap.count, name=name, first=gap.after + 1, last=gap.before - 1)


def _said(inside: Inside) -> Iterator[str]:
    yield sender(inside)
    if inside.signer.state is not SignerState.UNSIGNED and (placed := order(inside.order)):
        yield placed
    yield records(inside.records)
    if inside.withheld:
        yield ngettext(
            "{count} file stayed with the sender",
            "{count} files stayed with the sender",
            inside.withheld,
        ).format(count=inside.withheld)
    if inside.bad:
        yield ngettext("{count} part is damaged", "{count} parts are damaged", inside.bad).format(
            count=inside.bad
        )
