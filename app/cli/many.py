"""`hoopoe open` with several files, a folder or a whole medium: look at all, take in what holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.cli.output import Answer, Terminal
from app.errors import Exit
from app.i18n import N_, _, ngettext
from app.inbox import gathering, looking, taking
from app.inbox.importing import Doubt
from app.inbox.looking import LookedAt, Standing
from app.inbox.taking import Became, Finished
from app.messages import explain
from app.strictjson import Json
from app.vault import Vault

_STANDINGS: Final = {
    Standing.READY: N_("can be taken in"),
    Standing.DOUBTFUL: N_("needs --accept"),
    Standing.ALONE: N_("open it by itself: another bundle has its number"),
    Standing.RECEIPT: N_("a receipt"),
    Standing.HERE: N_("here already"),
    Standing.TWICE: N_("there twice"),
    Standing.NOT_MINE: N_("sealed for somebody else"),
    Standing.NO_BUNDLE: N_("no bundle"),
    Standing.OTHER_KIND: N_("of another kind"),
    Standing.HOSTILE: N_("does not hold"),
    Standing.NOT_READ: N_("cannot be read"),
}
_BECAME: Final = {
    Became.TAKEN: N_("taken in"),
    Became.KEPT: N_("receipt kept"),
    Became.SET_ASIDE: N_("set aside"),
    Became.LEFT: N_("left as it is"),
    Became.FAILED: N_("not taken in"),
    Became.NOT_REACHED: N_("not reached"),
}


def look(vault: Vault, places: Sequence[Path], terminal: Terminal) -> Answer:
    """What taking many in would do; nothing is written."""
    found = gathering.files_in(places, progress=terminal.progress)
    batch = looking.look_at(vault, found.files, progress=terminal.progress)
    return _looked(batch.files, found.left_out)


def take(
    vault: Vault, places: Sequence[Path], accepted: frozenset[Doubt], terminal: Terminal
) -> Answer:
    """Takes in what holds, one bundle after the other."""
    found = gathering.files_in(places, progress=terminal.progress)
    batch = looking.look_at(vault, found.files, progress=terminal.progress)
    done = taking.take_in(vault, batch, accepted=accepted, progress=terminal.progress)
    return _taken(done.files, found.left_out)


def _looked(files: tuple[LookedAt, ...], left_out: int) -> Answer:
    count = Counter(each.standing for each in files)
    return Answer(
        facts={
            "files": [_looked_facts(each) for each in files],
            "count": {each.value: count[each] for each in Standing},
            "left_out": left_out,
        },
        lines=(
            *(f"{each.name}\t{_(_STANDINGS[each.standing])}" for each in files),
            *(f"{count[each]}\t{_(_STANDINGS[each])}" for each in Standing if count[each]),
        ),
        remarks=_left_out(left_out),
        status=Exit.DAMAGED if count[Standing.HOSTILE] else Exit.DONE,
    )


def _taken(files: tuple[Finished, ...], left_out: int) -> Answer:
    count = Counter(each.became for each in files)
    bad = count[Became.SET_ASIDE] + count[Became.FAILED]
    status = Exit.DAMAGED if bad else Exit.DONE
    if count[Became.NOT_REACHED] or any(
        each.looked.standing is Standing.DOUBTFUL and each.became is Became.LEFT for each in files
    ):
        status = Exit.DAMAGED if bad else Exit.NO
    return Answer(
        facts={
            "files": [_taken_facts(each) for each in files],
            "count": {each.value: count[each] for each in Became},
            "left_out": left_out,
        },
        lines=(
            *(_taken_line(each) for each in files),
            *(f"{count[each]}\t{_(_BECAME[each])}" for each in Became if count[each]),
        ),
        remarks=_left_out(left_out),
        status=status,
    )


def _taken_line(each: Finished) -> str:
    why = _(_STANDINGS[each.looked.standing]) if each.became is Became.LEFT else each.bundle
    if each.why is not None:
        why = explain(each.why).title
    return f"{each.looked.name}\t{_(_BECAME[each.became])}\t{why}"


def _left_out(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    words = ngettext("{count} more file was left out.", "{count} more files were left out.", count)
    return (words.format(count=count),)


def _looked_facts(each: LookedAt) -> Json:
    inside = each.inside
    if inside is None:
        why = None if each.why is None else explain(each.why).title
        return {"name": each.name, "standing": each.standing.value, "why": why}
    return {
        "name": each.name,
        "standing": each.standing.value,
        "bundle": inside.manifest.bundle,
        "signer": {"state": inside.signer.state.value, "name": inside.signer.name},
        "addressed": inside.addressed.value,
        "order": {"state": inside.order.state.value, "missing": inside.order.missing},
        "doubts": [doubt.value for doubt in inside.doubts],
        "records": {outcome.value: count for outcome, count in inside.records.items()},
        "withheld": inside.withheld,
        "bad": inside.bad,
    }


def _taken_facts(each: Finished) -> Json:
    return {
        "name": each.looked.name,
        "standing": each.looked.standing.value,
        "became": each.became.value,
        "bundle": each.bundle or None,
        "records": {outcome.value: count for outcome, count in each.records.items()},
        "whole": each.whole,
        "why": None if each.why is None else explain(each.why).title,
    }
