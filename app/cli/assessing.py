"""The options by which `seal` keeps an assessment of risk before it seals (R-01, R-02)."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final

from app import contacts, risk, store
from app.bundles import planning
from app.errors import Invalid
from app.i18n import _
from app.records import Exposed, Incident, LText, RiskDecision, specs
from app.records.choices import YesNo
from app.records.ids import IncidentId
from app.risk import Assessing, Hold
from app.riskwords import WHY
from app.vault import Vault

_LEVELS: Final = ("low", "moderate", "high", "extreme")
_NOBODY: Final = "nobody"


def add_to(verb: argparse.ArgumentParser) -> None:
    """The options of an assessment."""
    rows = [name for name, _spec in specs(Exposed)]
    verb.add_argument("--risk", choices=_LEVELS, help=_("how great the risk of handing it over is"))
    verb.add_argument(
        "--exposed",
        nargs="+",
        default=(),
        choices=(_NOBODY, *rows),
        metavar="WHO",
        help=_("who could be harmed: {rows}").format(rows=", ".join((_NOBODY, *rows))),
    )
    verb.add_argument(
        "--agrees",
        choices=[each.value for each in YesNo],
        default=YesNo.NOT_ASKED.value,
        help=_("whether the person accepts the risk"),
    )
    verb.add_argument(
        "--could-match",
        type=int,
        metavar="COUNT",
        help=_("how many known people somebody who is not named could be"),
    )
    verb.add_argument(
        "--decide-not",
        default="",
        metavar="WHY",
        help=_("keep the decision not to hand it over, with the reason"),
    )
    verb.add_argument(
        "--approved-by",
        nargs="+",
        default=(),
        metavar="WHO",
        help=_("who approved an extreme risk: two names or codes"),
    )


def keep(arguments: argparse.Namespace, vault: Vault, incidents: Sequence[IncidentId]) -> None:
    """Keep what was said of the risk, for every receiver named. Raises Invalid, NotFound."""
    if arguments.risk is None and (arguments.exposed or arguments.decide_not):
        raise Invalid(problems=("risk: missing",))
    if arguments.risk is not None and not arguments.exposed:
        raise Invalid(problems=("exposed: missing",))
    for name in arguments.to:
        towards = planning.towards(contacts.find(vault, name))
        if arguments.risk is not None:
            risk.assess(vault, incidents, towards, _answers(arguments))
        for incident in incidents:
            assessment = risk.latest(vault, incident, towards)
            if assessment is not None:
                for approver in arguments.approved_by:
                    risk.approve(vault, assessment.id, approver)


def lines(vault: Vault, holds: Sequence[Hold]) -> list[str]:
    """What holds each report back, a line each."""
    return [
        _("  not yet: {reference}. {why}").format(
            reference=store.get(vault, Incident, each.incident).short_ref, why=_(WHY[each.why])
        )
        for each in holds
    ]


def _answers(arguments: argparse.Namespace) -> Assessing:
    not_to = str(arguments.decide_not).strip()
    return Assessing(
        level=arguments.risk,
        exposed=risk.exposed_among(frozenset(arguments.exposed) - {_NOBODY}),
        person_agrees=next(each for each in YesNo if each.value == arguments.agrees),
        decision=RiskDecision.DO_NOT if not_to else RiskDecision.GO,
        reason=LText.of(not_to, "und"),
        could_match=arguments.could_match,
    )
