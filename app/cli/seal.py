"""`hoopoe seal`: incidents with all that belongs to them, one bundle for each receiver."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from app import contacts, guard, releasewords, sizes, store
from app.bundles import planning, sealing
from app.bundles.choosing import Reason, Withheld
from app.bundles.release import AgesTold, FormerNames, Release
from app.bundles.sealing import Caution, Order, Sealed, SealPlan, Signing
from app.cli import assessing
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns
from app.cli.unlocking import add_vault_verb, unlocked
from app.coarser_dates import DatesTold
from app.errors import Invalid
from app.i18n import N_, _
from app.names import visible_text
from app.records import Kind
from app.records.ids import IncidentId
from app.strictjson import Json
from app.vault import Vault

_REASONS: Final = {
    Reason.NOT_ASKED: N_("its person was not asked, and can be recognised"),
    Reason.NO: N_("its person said no"),
    Reason.EXPIRED: N_("the consent is over"),
    Reason.WITHDRAWN: N_("the consent was withdrawn"),
    Reason.PROTECTED_SOURCE: N_("a protected source never travels"),
    Reason.IN_PART: N_("its person agreed to a part of it only"),
    Reason.CONSENT_OF_WITHHELD: N_("it is the consent of somebody who stays here"),
    Reason.CONSENT_FOR_ANOTHER: N_("it is a consent for another receiver"),
    Reason.SHOWS_WITHHELD: N_("it shows somebody who stays here"),
    Reason.PART_OF_WITHHELD: N_("it hangs on somebody who stays here"),
    Reason.NAMED_ACCUSED: N_("two people have not decided that its person may be named"),
    Reason.CHILD: N_("it is of a child: a guardian has to agree, and the child to be heard"),
    Reason.NOT_FREE: N_("its person is in detention: a yes may not be free"),
    Reason.NOT_ENTITLED: N_("whoever agreed may not agree for this person"),
    Reason.BYSTANDERS: N_("its file: it shows people nobody asked"),
    Reason.TOO_EXACT: N_("it is a place told more exactly than was chosen"),
    Reason.NOT_RELEASED: N_(
        "its file: something is or may be hidden inside; clean it, or release it as it is"
    ),
    Reason.ORIGINAL: N_("its file: only the copy made to leave goes along"),
    Reason.SEALED: N_("it is sealed, or seals a field of its own that is not to be found"),
}


def add_to(nouns: Nouns) -> None:
    verb = add_vault_verb(nouns, "seal", _("seal incidents for receivers, a bundle each"), _seal)
    verb.add_argument(
        "--to", nargs="+", required=True, metavar="NAME", help=_("receivers, by name")
    )
    verb.add_argument(
        "--record", nargs="+", required=True, metavar="REF", help=_("incidents, by reference")
    )
    verb.add_argument("--out", type=guard.local_path, required=True, metavar="DIR")
    verb.add_argument(
        "--unsigned",
        action="store_true",
        help=_("do not sign: a signature proves who made it, also to who seizes it"),
    )
    verb.add_argument(
        "--unverified",
        action="store_true",
        help=_("also to receivers whose safety code was never compared"),
    )
    verb.add_argument(
        "--dates",
        type=DatesTold,
        choices=tuple(DatesTold),
        default=DatesTold.AS_RECORDED,
        help=_("tell dates as recorded, or only the month or year"),
    )
    verb.add_argument(
        "--ages",
        type=AgesTold,
        choices=tuple(AgesTold),
        default=AgesTold.AS_RECORDED,
        help=_("tell ages as recorded, or only the age group"),
    )
    verb.add_argument(
        "--former-names",
        action="store_true",
        help=_("send former names too: only when the person asked for it"),
    )
    assessing.add_to(verb)
    verb.add_argument(
        "--plan", action="store_true", help=_("only say what would go and what would stay")
    )


def _seal(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    out: Path = arguments.out
    with unlocked(arguments) as vault:
        incidents = tuple(_incident(vault, name) for name in arguments.record)
        if not arguments.plan:
            assessing.keep(arguments, vault, incidents)
        plans = [
            sealing.plan(
                vault,
                Order(
                    incidents=incidents,
                    receiver=contacts.find(vault, name).id,
                    signing=Signing.UNSIGNED if arguments.unsigned else Signing.SIGNED,
                    caution=Caution.EVEN_UNVERIFIED
                    if arguments.unverified
                    else Caution.VERIFIED_ONLY,
                    release=Release(
                        dates=arguments.dates,
                        ages=arguments.ages,
                        former_names=FormerNames.ASKED_FOR
                        if arguments.former_names
                        else FormerNames.STAY,
                    ),
                ),
            )
            for name in arguments.to
        ]
        if arguments.plan:
            return _planned(vault, plans)
        done = [
            (plan, sealing.seal(vault, plan, folder=out, progress=terminal.progress))
            for plan in plans
        ]
    return _done(done)


def _incident(vault: Vault, name: str) -> IncidentId:
    record = store.find(vault, name)
    if record.kind is not Kind.INCIDENT:
        raise Invalid(problems=(f"{record.short_ref}: not_an_incident",))
    return IncidentId(record.id)


def _planned(vault: Vault, plans: list[SealPlan]) -> Answer:
    return Answer(
        facts={"plans": [_plan_facts(plan) for plan in plans]},
        lines=tuple(
            line
            for plan in plans
            for line in (
                _("To {name}: {records} records, {files} files, about {size}").format(
                    name=plan.receiver.name,
                    records=len(plan.records),
                    files=len(plan.files),
                    size=sizes.words(plan.bytes),
                ),
                *_stays(plan),
                *_left_out(plan),
                *_not_wanted(plan),
                *assessing.lines(vault, plan.holds),
            )
        ),
    )


def _done(done: list[tuple[SealPlan, Sealed]]) -> Answer:
    lines = []
    for plan, sealed in done:
        lines.append(
            _("Sealed for {name}: {file}, {size}, read back and the same").format(
                name=plan.receiver.name, file=sealed.path, size=sizes.words(sealed.size)
            )
        )
        lines += _stays(plan)
        lines += _left_out(plan)
        lines += _not_wanted(plan)
    return Answer(
        facts={
            "bundles": [
                {
                    **_plan_facts(plan),
                    "bundle": sealed.bundle,
                    "file": str(sealed.path),
                    "size": sealed.size,
                    "sha256": sealed.sha256,
                    "sequence": sealed.sequence,
                }
                for plan, sealed in done
            ]
        },
        lines=tuple(lines),
    )


def _stays(plan: SealPlan) -> list[str]:
    return [
        _("  stays here: {reference} ({kind}), {reason}").format(
            reference=each.record.short_ref,
            kind=each.record.kind.value,
            reason=_(_REASONS[each.reason]),
        )
        for each in plan.withheld
    ]


def _left_out(plan: SealPlan) -> list[str]:
    return [
        _("  goes in part: {reference} ({kind}), {words}").format(
            reference=each.record.short_ref,
            kind=each.record.kind.value,
            words=releasewords.words(each),
        )
        for each in plan.left_out
    ] + [
        _("  look again: {reference}, {words}").format(
            reference=each.record.short_ref, words=releasewords.still_said(each)
        )
        for each in plan.still_said
    ]


def _not_wanted(plan: SealPlan) -> list[str]:
    return [
        _("  must not be done ({reference}): {text}").format(
            reference=each.short_ref, text=visible_text(each.not_wanted.text)
        )
        for each in planning.not_wanted(plan)
    ] + [
        _("  agreed on this condition: {text}").format(text=visible_text(each))
        for each in planning.conditions(plan)
    ]


def _plan_facts(plan: SealPlan) -> dict[str, Json]:
    return {
        "to": plan.receiver.name,
        "kind": plan.kind.value,
        "records": [record.id for record in plan.records],
        "files": len(plan.files),
        "withheld": [_withheld_facts(each) for each in plan.withheld],
        "left_out": [
            {"id": each.record.id, "part": each.part.value, "fields": list(each.fields)}
            for each in plan.left_out
        ],
        "still_said": [
            {"id": each.record.id, "field": each.field, "words": each.words}
            for each in plan.still_said
        ],
        "holds": [{"incident": each.incident, "why": each.why.value} for each in plan.holds],
    }


def _withheld_facts(each: Withheld) -> dict[str, Json]:
    return {
        "id": each.record.id,
        "reference": each.record.short_ref,
        "reason": each.reason.value,
    }
