"""What became of copies, in words: one framed finding for each place."""

from __future__ import annotations

from collections.abc import Sequence

from app.bundles.naming import NameCheck
from app.carrying import Carried, Delivery, Fate, Fault
from app.i18n import _, ngettext
from app.messages import explain
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import Stated


def told(deliveries: Sequence[Delivery]) -> list[Stated]:
    """A finding for each place, in their order."""
    return [_told(each) for each in deliveries]


def _told(done: Delivery) -> Stated:
    place = outside(done.place.name or str(done.place))
    there = _there(done.copies)
    if done.refusal is not None:
        why = explain(done.refusal)
        text = _joined(why.text, why.advice, there, _("Place: “{stick}”.").format(stick=place))
        return Stated(Tone.BAD, why.title, text)
    at = _("{text} Place: “{stick}”.").format(text=there, stick=place)
    if done.faults:
        failed = [_failed(each) for each in done.faults]
        return Stated(Tone.BAD, _title(done.faults), _joined(*failed, at if there else ""))
    if any(each.named is NameCheck.DIFFERS for each in done.copies):
        return Stated(Tone.BAD, _("Copied, but damaged before"), at)
    if all(each.fate is Fate.ITSELF for each in done.copies):
        return Stated(
            Tone.WARN,
            _("There is no second one"),
            _("They lie in “{stick}” themselves. Choose another place.").format(stick=place),
        )
    if done.busy:
        return Stated(
            Tone.WARN,
            _("Do not pull it out yet."),
            _joined(at, _("Another program is writing to it. Close what is open there.")),
        )
    return Stated(Tone.OK, _("You can pull it out now."), at)


def _there(copies: Sequence[Carried]) -> str:
    count = sum(each.fate is not Fate.ITSELF for each in copies)
    if not count:
        return ""
    return ngettext(
        "{count} bundle is there, read back and the same.",
        "{count} bundles are there, read back and the same.",
        count,
    ).format(count=count)


def _title(faults: Sequence[Fault]) -> str:
    titles = {explain(each.error).title for each in faults}
    return titles.pop() if len(titles) == 1 else _("Some could not be copied")


def _failed(fault: Fault) -> str:
    return _("{name}: {problem}").format(
        name=outside(fault.path.name), problem=explain(fault.error).text
    )


def _joined(*sentences: str) -> str:
    return " ".join(each for each in sentences if each)
