"""`hoopoe vault`: make, check, test the passphrase of, and look into a vault."""

from __future__ import annotations

import argparse
from typing import Final

from app import contacts, guard
from app.cli import passphrase
from app.cli.opening import add_vault_verb, opened
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, add_noun, add_verb
from app.i18n import _
from app.storage import settings
from app.vault import Vault
from crypto import selftest
from crypto.kdf import FLOOR, STANDARD, STRONG, Argon2idCost
from crypto.slots import SLOT_COUNT, Opener

_COSTS: Final[dict[str, Argon2idCost]] = {"floor": FLOOR, "standard": STANDARD, "strong": STRONG}


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, "vault", _("make, check and open vaults"))
    create = add_verb(verbs, "create", _("make a new vault"), _create)
    create.add_argument("vault", type=guard.local_path, metavar="VAULT")
    create.add_argument(
        "--cost",
        choices=tuple(_COSTS),
        default="standard",
        help=_("how dear one guess is: floor (64 MiB) for slow machines, standard, strong (1 GiB)"),
    )
    create.add_argument(
        "--card", metavar="NAME", help=_("also make a card under this name, to receive bundles")
    )
    passphrase.add_to(create)
    passphrase.add_weak_to(create)
    add_vault_verb(
        verbs, "unlock-test", _("try the passphrase; nothing is opened or written"), _unlock_test
    )
    add_vault_verb(verbs, "slots", _("which slots open it"), _slots)


def _create(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    selftest.run()
    phrase = passphrase.new(arguments, terminal)
    try:
        vault = Vault.create(arguments.vault, phrase, cost=_COSTS[arguments.cost])
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


def _slots(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with opened(arguments) as vault:
        used = settings.used_slots(vault.database)
    return Answer(
        facts={
            "slots": SLOT_COUNT,
            "used": [
                {"slot": each.slot, "kind": Opener(each.kind).name.lower(), "made": each.made_at}
                for each in used
            ],
        },
        lines=tuple(
            _("Slot {number}: {kind}, made {at}").format(
                number=each.slot, kind=Opener(each.kind).name.lower(), at=each.made_at
            )
            for each in used
        ),
    )
