"""`hoopoe vault slots list|add|change|remove`, `vault phrase`, `vault rekey`, `vault costs`."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import Final

from app import costs, keepers, openers, rekeying
from app.cli import newpass, passphrase
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, add_noun, add_verb
from app.cli.unlocking import add_vault_verb, unlocked
from app.i18n import N_, _
from app.storage.settings import UsedSlot
from app.strictjson import Json
from app.vault import Vault
from crypto import recovery
from crypto.recovery import WordList
from crypto.secret import Passphrase
from crypto.slots import SLOT_COUNT, Opener

_KINDS: Final = {
    Opener.PASSPHRASE: N_("passphrase"),
    Opener.RECOVERY_PHRASE: N_("recovery phrase"),
    Opener.SHARES: N_("shares"),
}


def add_to(verbs: Nouns) -> None:
    slots = add_noun(verbs, "slots", _("which ways open it; add, change and remove them"))
    add_vault_verb(slots, "list", _("which ways open it, of what kind and since when"), _list)
    newpass.add_to(
        add_vault_verb(slots, "add", _("let one more passphrase open it"), _add),
    )
    newpass.add_to(
        add_vault_verb(
            slots, "change", _("a new passphrase in the place of the one given"), _change
        ),
    )
    remove = add_vault_verb(
        slots, "remove", _("shut a way; the passphrase given has to be another one"), _remove
    )
    remove.add_argument("--slot", type=int, choices=range(SLOT_COUNT), required=True)
    words = add_vault_verb(
        verbs, "phrase", _("let twelve new words open it, for when all else is forgotten"), _phrase
    )
    words.add_argument(
        "--words", choices=tuple(WordList), default=WordList.ENGLISH, help=_("in which language")
    )
    rekey = add_vault_verb(
        verbs, "rekey", _("a new key after a leak: only the new passphrase opens it then"), _rekey
    )
    rekey.add_argument(
        "--cost", choices=tuple(costs.PROFILES), help=_("how dear a guess is from now on")
    )
    newpass.add_to(rekey)
    dear = add_verb(verbs, "costs", _("what each profile costs here, and which to take"), _costs)
    dear.add_argument(
        "--weakest",
        type=int,
        metavar="GB",
        default=4,
        help=_("memory of the weakest machine that will open the vault, in gigabytes"),
    )


def kind_words(each: UsedSlot) -> str:
    """The kind of a way in, for people."""
    return _(_KINDS[Opener(each.kind)])


def facts_of(used: list[UsedSlot]) -> list[Json]:
    """Ways in as JSON has them."""
    return [
        {"slot": each.slot, "kind": Opener(each.kind).name.lower(), "made": each.made_at}
        for each in used
    ]


def _list(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        used = openers.every(vault)
        sets = {each.slot: each for each in keepers.known(vault)}
        drilled = keepers.drilled(vault)
    lines = []
    for each in used:
        lines.append(
            _("Slot {number}: {kind}, made {at}").format(
                number=each.slot, kind=kind_words(each), at=each.made_at
            )
        )
        if each.slot in sets and sets[each.slot].count:
            shares = sets[each.slot]
            lines.append(
                _("  any {needed} of {count}").format(needed=shares.needed, count=shares.count)
            )
    if sets:
        tried = _("Shares were last tried: {at}").format(at=drilled or _("never"))
        lines.append(tried)
    return Answer(
        facts={"slots": SLOT_COUNT, "used": facts_of(used), "shares_drilled": drilled or None},
        lines=tuple(lines),
    )


def _add(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    with (
        closing(passphrase.known(arguments)) as current,
        _open(arguments, current) as vault,
        closing(newpass.asked(arguments, terminal)) as new,
    ):
        slot = openers.add(vault, current, new)
    return Answer(
        facts={"slot": slot}, lines=(_("It opens the vault too: slot {slot}.").format(slot=slot),)
    )


def _change(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    with (
        closing(passphrase.known(arguments)) as current,
        _open(arguments, current) as vault,
        closing(newpass.asked(arguments, terminal)) as new,
    ):
        openers.change(vault, current, new)
    return Answer(
        facts={},
        lines=(_("Changed. The old passphrase opens this vault no longer."),),
        remarks=(
            _(
                "Whoever has an older copy of the vault and the old passphrase still opens that"
                " copy and later ones. If that may be so: hoopoe vault rekey"
            ),
        ),
    )


def _remove(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with closing(passphrase.known(arguments)) as current, _open(arguments, current) as vault:
        openers.remove(vault, arguments.slot, other=current)
    return Answer(
        facts={"slot": arguments.slot},
        lines=(_("Slot {slot} opens nothing any more.").format(slot=arguments.slot),),
    )


def _phrase(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    words = recovery.new_phrase(WordList(arguments.words))
    with (
        closing(passphrase.known(arguments)) as current,
        _open(arguments, current) as vault,
        closing(Passphrase.of(words)) as secret,
    ):
        slot = openers.add(vault, current, secret, opener=Opener.RECOVERY_PHRASE)
    return Answer(
        facts={"phrase": words, "slot": slot},
        lines=(words,),
        remarks=(
            _("Write these words on paper, in this order. They are shown only now."),
            _("Whoever finds the paper and has the vault reads everything in it."),
        ),
    )


def _rekey(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    cost = costs.PROFILES[arguments.cost] if arguments.cost else None
    with (
        closing(passphrase.known(arguments)) as current,
        _open(arguments, current) as vault,
        closing(newpass.asked(arguments, terminal)) as new,
    ):
        done = rekeying.rekey(vault, current, new, cost=cost, progress=terminal.progress)
    return Answer(
        facts={"ended": facts_of(list(done.ended))},
        lines=(
            _("The vault has a new key. Only the new passphrase opens it."),
            *(
                _("Opens it no longer: {kind}, made {at}").format(
                    kind=kind_words(each), at=each.made_at
                )
                for each in done.ended
            ),
        ),
        remarks=(_("Whoever had the vault open before has read what was in it then."),),
    )


def _costs(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    found = costs.measured()
    best = costs.dearest(found, arguments.weakest * 1024**3)
    return Answer(
        facts={
            "profiles": [
                {
                    "name": each.name,
                    "memory": each.cost.memory_kib * 1024,
                    "milliseconds": round(each.seconds * 1000),
                }
                for each in found
            ],
            "best": best.name,
        },
        lines=(
            *(f"{each.name}: {each.words}" for each in found),
            _("For a weakest machine of {memory} GB: {name}").format(
                memory=arguments.weakest, name=best.name
            ),
        ),
    )


def _open(arguments: argparse.Namespace, current: Passphrase) -> Vault:
    return Vault.open(arguments.vault, current)
