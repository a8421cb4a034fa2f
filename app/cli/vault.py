"""`hoopoe vault`: make, check, test the passphrase of, and look into a vault."""

from __future__ import annotations

import argparse
from typing import Final

from app import contacts, costs, guard
from app.cli import copies, erasing, mending, pairing, passphrase, shares, ways
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, add_noun, add_verb
from app.cli.unlocking import add_vault_verb, unlocked
from app.errors import Exit
from app.i18n import N_, _
from app.upkeep import Finding, Look
from app.vault import Vault

_LOOKS: Final = {
    Look.PAGES: N_("the pages of the database"),
    Look.CHAIN: N_("the chain of revisions"),
    Look.NEWEST: N_("the newest state of a record"),
    Look.DERIVED: N_("what finds a record"),
    Look.EVIDENCE: N_("evidence"),
    Look.AUDIT: N_("the audit trail"),
}


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, "vault", _("make, check and open vaults"))
    create = add_verb(verbs, "create", _("make a new vault"), _create)
    create.add_argument("vault", type=guard.local_path, metavar="VAULT")
    create.add_argument(
        "--cost",
        choices=tuple(costs.PROFILES),
        default="standard",
        help=_("how dear one guess is: floor (64 MiB) for slow machines, standard, strong (1 GiB)"),
    )
    create.add_argument(
        "--card", metavar="NAME", help=_("also make a card under this name, to receive bundles")
    )
    passphrase.add_to(create)
    passphrase.add_weak_to(create)
    pairing.add_to(create)
    add_vault_verb(verbs, "check", _("read and check everything in it"), _check)
    add_vault_verb(
        verbs, "unlock-test", _("try the passphrase; nothing is opened or written"), _unlock_test
    )
    ways.add_to(verbs)
    shares.add_to(verbs)
    add_vault_verb(verbs, "reindex", _("build again what finds records"), _reindex)
    copies.add_verbs_to(verbs)
    mending.add_to(verbs)
    erasing.add_to(verbs)


def _create(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    phrase = passphrase.new(arguments, terminal)
    try:
        vault = pairing.made(arguments, phrase, costs.PROFILES[arguments.cost], terminal)
    finally:
        phrase.close()
    with vault:
        card = contacts.make_own_card(vault, arguments.card) if arguments.card else None
    lines = [_("Made: {place}").format(place=arguments.vault)]
    if card is not None:
        lines.append(_("Its card: {name}").format(name=card.name))
    return Answer(
        facts={"vault": str(arguments.vault), "card": card.name if card else None},
        lines=tuple(lines),
    )


def _unlock_test(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    phrase = passphrase.known(arguments)
    try:
        Vault.unlock_test(arguments.vault, phrase)
    finally:
        phrase.close()
    return Answer(
        facts={"vault": str(arguments.vault)}, lines=(_("The passphrase opens this vault."),)
    )


def _check(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        report = vault.check(progress=terminal.progress)
    return Answer(
        facts={
            "entries": report.entries,
            "records": report.records,
            "evidence": report.evidence,
            "last_hash": report.last_hash,
            "findings": [
                {"look": each.look.value, "reference": each.reference, "detail": each.detail}
                for each in report.findings
            ],
        },
        lines=(
            *(_finding(each) for each in report.findings),
            _("{records} records, {evidence} pieces of evidence, {entries} entries").format(
                records=report.records, evidence=report.evidence, entries=report.entries
            ),
            _("To note on paper: entry {number}, {hash}").format(
                number=report.entries, hash=report.last_hash[:16]
            ),
            _("Everything is whole.") if report.whole else _("NOT everything is whole."),
        ),
        status=Exit.DONE if report.whole else Exit.DAMAGED,
    )


def _finding(finding: Finding) -> str:
    return _("Not as it should be: {what} {reference} ({detail})").format(
        what=_(_LOOKS[finding.look]), reference=finding.reference, detail=finding.detail
    )


def _reindex(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        count = vault.reindex()
    return Answer(
        facts={"records": count},
        lines=(_("Built again from {count} records.").format(count=count),),
    )
