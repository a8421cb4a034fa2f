"""`hoopoe observation read`: what is written down about one organisation, for a stated purpose.

There is no verb that lists, searches or exports observations (G-08); they are made by `record add`.
"""

from __future__ import annotations

import argparse
from typing import Final, NoReturn

from app import independence, store, wording
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns, add_noun
from app.cli.unlocking import add_vault_verb, unlocked
from app.i18n import N_, _, window
from app.independence import Shown, Standing
from app.records import Kind, Organisation, Record
from app.records.codec import encode
from app.records.ids import OrganisationId
from app.strictjson import Json, parse

_BODY_LIMIT: Final = 16 * 1024**2
_STANDING: Final = {
    Standing.READY: N_("Looked at by two people, and the organisation was asked."),
    Standing.NOT_REVIEWED: N_("Not for use outside yet: two people have to look at it first."),
    Standing.NOT_ASKED: N_("Not for use outside yet: the organisation was not asked."),
}


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, "observation", _("read what is written down about an organisation"))
    read = add_vault_verb(
        verbs, "read", _("the observations on one organisation; the purpose is kept"), _read
    )
    read.add_argument("organisation", metavar="REF")
    read.add_argument("--purpose", required=True, metavar="WORDS")


def refuse(record: Record) -> None:
    """Observations are shown, changed and written out by no other verb. Raises Misuse."""
    if record.kind is Kind.INDEPENDENCE_OBSERVATION:
        _refuse()


def _refuse() -> NoReturn:
    raise Misuse(
        "", _("An observation is read by its organisation: hoopoe observation read --purpose …")
    )


def _read(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        of = store.find(vault, arguments.organisation)
        if not isinstance(of, Organisation):
            raise Misuse("", _("This is no organisation."))
        reading = independence.read(vault, OrganisationId(of.id), arguments.purpose)
    cautions = tuple(_(each) for each in reading.cautions)
    return Answer(
        facts={
            "organisation": of.id,
            "cautions": list(cautions),
            "observations": [_facts(each) for each in reading.observations],
        },
        lines=(*cautions, *(line for each in reading.observations for line in _lines(each))),
    )


def _facts(shown: Shown) -> Json:
    return {
        "reference": shown.observation.short_ref,
        "standing": shown.standing.value,
        "source": None if shown.source is None else shown.source.short_ref,
        "body": parse(encode(shown.observation).body, _BODY_LIMIT),
    }


def _lines(shown: Shown) -> tuple[str, ...]:
    said = wording.fields(shown.observation, window())
    return (
        "",
        shown.observation.short_ref,
        *(f"{each.label}: {each.words}" for each in said),
        _(_STANDING[shown.standing]),
    )
