"""`hoopoe demo`: the whole journey on fictional incidents, compared at every step."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from app import files, guard
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, add_verb
from app.demo import exhibits, journey, rescue
from app.demo.places import Places
from app.demo.telling import Telling
from app.errors import AlreadyThere, Exit
from app.i18n import _
from app.oserrors import while_reading

_USUAL_PLACE: Final = Path("hoopoe-demo")
_COPIES: Final = 9
"""How often the large file lies on the medium at most: original, two vaults, bundle, two copies,
archive, unpacked, and room to breathe."""
_MEGABYTE: Final = 1000**2


def add_to(nouns: Nouns) -> None:
    # It asks other programs as witnesses, so it must be able to start them; none reaches a network.
    verb = add_verb(
        nouns,
        "demo",
        _("play the whole journey on invented incidents"),
        _demo,
        shut=guard.shut_supervisor,
    )
    verb.add_argument(
        "--to", type=guard.local_path, metavar="DIR", help=_("a new folder for its files")
    )
    verb.add_argument(
        "--video-mb",
        type=int,
        default=exhibits.VIDEO_BYTES // _MEGABYTE,
        metavar="N",
        help=_("size of the largest evidence file"),
    )
    verb.add_argument(
        "--strict", action="store_true", help=_("fail too when a witness is not on this computer")
    )


def _demo(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    places = Places(base=_new_folder(arguments.to))
    video_bytes = max(1, arguments.video_mb) * _MEGABYTE
    files.ensure_room(places.base, _COPIES * video_bytes)

    def say(words: str) -> None:
        terminal.say(words)
        terminal.interrupt.look()

    telling = Telling(say=say)
    ending = journey.play(places, video_bytes, telling)
    rescue.play(places, ending, telling)
    failed = telling.failed + (telling.absent if arguments.strict else [])
    return Answer(
        facts={
            "folder": str(places.base),
            "steps": [each.words for each in telling.told],
            "failed": list(telling.failed),
            "absent": list(telling.absent),
            "vaults": {made.who: made.passphrase for made in ending.vaults},
        },
        lines=(
            "",
            *_table(places),
            "",
            _("NOT everything held: {count}").format(count=len(failed))
            if failed
            else _("Everything held. All of it is invented; the folder can be thrown away."),
        ),
        status=Exit.NO if failed else Exit.DONE,
    )


def _table(places: Places) -> tuple[str, ...]:
    rows = (
        (places.defender, _("vault of who records")),
        (places.desk, _("vault of the organisation that receives")),
        (places.partner, _("vault of an organisation with older tools")),
        (places.cards, _("cards, as they change hands")),
        (places.originals, _("evidence files before they were taken in")),
        (places.sealed, _("bundles as they were sealed")),
        (places.stick, _("what the courier carries")),
        (places.damaged, _("a copy with one bit turned")),
        (places.back, _("the receipt on its way back")),
        (places.rescued, _("what other programs made of the bundles, with the keys they needed")),
    )
    return tuple(f"{path}\t{what}" for path, what in rows)


def _new_folder(wanted: Path | None) -> Path:
    """A folder that is empty: the one asked for, or the first free one in the present folder."""
    if wanted is None:
        number = 1
        wanted = _USUAL_PLACE
        while wanted.exists():
            number += 1
            wanted = _USUAL_PLACE.with_name(f"{_USUAL_PLACE.name}-{number}")
    files.make_private_folder(wanted)
    with while_reading(wanted):
        if next(wanted.iterdir(), None) is not None:
            raise AlreadyThere(at=wanted)
    return wanted
