"""`hoopoe card`: one's own card, the cards of others, and the safety code compared by voice."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Final

from app import cards, contacts, files, guard, keyring
from app.cards import Card
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns, add_noun
from app.cli.stopping import at_once
from app.cli.unlocking import add_vault_verb, unlocked
from app.contacts import Added, Contact, Heard, Trust
from app.errors import Cancelled, Exit, NoOwnCard
from app.i18n import N_, _
from app.strictjson import Json

_HEARD: Final = re.compile(r"([1-6])=(\d{5})", re.ASCII)
_TRUSTS: Final = {
    Trust.UNVERIFIED: N_("not verified"),
    Trust.VERIFIED: N_("verified"),
    Trust.CHANGED: N_("CHANGED: other keys came under this name"),
}


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, "card", _("whom this vault knows, and its own card"))
    make = add_vault_verb(verbs, "make", _("make keys and a card, to receive bundles"), _make)
    make.add_argument("name", metavar="NAME", help=_("as senders shall read it"))
    make.add_argument(
        "--older",
        action="store_true",
        help=_("without the post-quantum half, for senders with age before 1.3"),
    )
    show = add_vault_verb(verbs, "show", _("a card with its safety code"), _show)
    show.add_argument("name", nargs="?", metavar="NAME", help=_("its own when none is named"))
    export = add_vault_verb(verbs, "export", _("write its own card to a file"), _export)
    export.add_argument("--out", type=guard.local_path, required=True, metavar="FILE")
    key = add_vault_verb(verbs, "key", _("write its secret keys out, for recovery"), _key)
    key.add_argument("--out", type=guard.local_path, required=True, metavar="FILE")
    add = add_vault_verb(verbs, "add", _("take somebody's card in"), _add)
    add.add_argument("file", type=guard.local_path, metavar="FILE")
    verify = add_vault_verb(verbs, "verify", _("compare the safety code with its owner"), _verify)
    verify.add_argument("name", metavar="NAME")
    verify.add_argument("--way", required=True, metavar="WORDS", help=_("how you heard it"))
    verify.add_argument(
        "--heard",
        action="append",
        default=[],
        metavar="GROUP=DIGITS",
        help=_("a group (1 to 6) as it was heard; without it two groups are asked"),
    )
    pin = add_vault_verb(verbs, "pin", _("give the key that signed a bundle a name"), _pin)
    pin.add_argument("key", metavar="KEY")
    pin.add_argument("name", metavar="NAME")
    pin.add_argument("--way", default="", metavar="WORDS", help=_("how the key was checked"))
    accept = add_vault_verb(verbs, "accept", _("take the new keys of a changed card"), _accept)
    accept.add_argument("name", metavar="NAME")
    refuse = add_vault_verb(verbs, "refuse", _("keep the old keys of a changed card"), _refuse)
    refuse.add_argument("name", metavar="NAME")
    add_vault_verb(verbs, "list", _("everybody this vault knows"), _list)


def _make(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    make = contacts.make_older_own_card if arguments.older else contacts.make_own_card
    with unlocked(arguments) as vault:
        card = make(vault, arguments.name)
    return _shown(card)


def _show(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        if arguments.name is None:
            card = contacts.own_card(vault)
            if card is None:
                raise NoOwnCard
            return _shown(card)
        contact = contacts.find(vault, arguments.name)
    return _known(contact) if contact.card is None else _shown(contact.card, contact)


def _export(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    out: Path = arguments.out
    with unlocked(arguments) as vault:
        card = contacts.own_card(vault)
    if card is None:
        raise NoOwnCard
    with files.atomic(out) as file:
        file.write(card.marshal())
    return Answer(
        facts={"file": str(out), "name": card.name},
        lines=(_("Written: {file}").format(file=out),),
    )


def _key(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    out: Path = arguments.out
    with unlocked(arguments) as vault, files.atomic(out) as file:
        file.write(keyring.identity_file(vault))
    return Answer(
        facts={"file": str(out)},
        lines=(
            _("Written: {file}").format(file=out),
            _("SECRET: whoever has this file can open every bundle sealed to this vault."),
            _("Keep it where the vault is not, or encrypt it: hoopoe age encrypt."),
        ),
    )


def _add(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    data = files.read_small(arguments.file, limit=cards.MAX_CARD_BYTES)
    with unlocked(arguments) as vault:
        contact, added = contacts.add_card(vault, data)
        expired = contact.card is not None and contacts.expired(contact.card, vault.clock().date())
    if added is Added.CHANGED:
        remarks = [_("Other keys came under a known name. Nothing is sealed until you decide:")]
        remarks.append("  hoopoe card accept | refuse")
        return Answer(
            facts={**_facts(contact), "added": added.value},
            lines=(f"{contact.name}: {_(_TRUSTS[contact.trust])}",),
            remarks=tuple(remarks),
            status=Exit.NO,
        )
    return Answer(
        facts={**_facts(contact), "added": added.value},
        lines=(f"{contact.name}: {_(_TRUSTS[contact.trust])}",),
        remarks=(_("The time of this card is over: ask for a new one."),) if expired else (),
    )


def _verify(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    typed: list[str] = arguments.heard
    given = [_heard(text) for text in typed]
    with unlocked(arguments) as vault:
        contact = contacts.find(vault, arguments.name)
        heard = given or [_ask(terminal, each) for each in contacts.challenge().groups]
        contact = contacts.verify(vault, contact.id, tuple(heard), arguments.way)
    return _known(contact)


def _heard(text: str) -> Heard:
    parts = _HEARD.fullmatch(text)
    if parts is None:
        raise Misuse("", _("--heard takes a group and its five digits, such as 2=01234"))
    return Heard(group=int(parts[1]), digits=parts[2])


def _ask(terminal: Terminal, group: int) -> Heard:
    terminal.remark(_("Group {number} of the safety code, as you heard it:").format(number=group))
    with at_once():
        line = sys.stdin.readline()
    if not line:
        raise Cancelled
    return Heard(group=group, digits=line.strip())


def _pin(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        return _known(
            contacts.remember_sender(vault, arguments.key, arguments.name, how=arguments.way)
        )


def _accept(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        return _known(contacts.accept_change(vault, contacts.find(vault, arguments.name).id))


def _refuse(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        return _known(contacts.refuse_change(vault, contacts.find(vault, arguments.name).id))


def _list(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        known = contacts.every(vault)
    return Answer(
        facts={"contacts": [_facts(each) for each in known]},
        lines=tuple(f"{each.name}\t{_(_TRUSTS[each.trust])}" for each in known),
    )


def _known(contact: Contact) -> Answer:
    checked = " ".join(part for part in (contact.checked_on, contact.checked_how) if part)
    return Answer(
        facts=_facts(contact),
        lines=(f"{contact.name}: {_(_TRUSTS[contact.trust])} {checked}".rstrip(),),
    )


def _shown(card: Card, contact: Contact | None = None) -> Answer:
    code = card.safety_code()
    facts: dict[str, Json] = {
        "name": card.name,
        "recipient": card.recipient,
        "verify_key": card.verify_key,
        "from": card.valid_from.isoformat(),
        "until": card.valid_until.isoformat(),
        "safety_code": list(code.groups),
    }
    lines = [
        card.name,
        _("Safety code: {code}").format(code=code),
        _("Valid from {start} until {end}").format(start=card.valid_from, end=card.valid_until),
    ]
    if contact is not None:
        facts["trust"] = contact.trust.value
        lines.append(_(_TRUSTS[contact.trust]))
    return Answer(facts=facts, lines=tuple(lines))


def _facts(contact: Contact) -> dict[str, Json]:
    return {
        "id": contact.id,
        "name": contact.name,
        "trust": contact.trust.value,
        "verify_key": contact.verify_key,
        "can_receive": contact.can_receive,
        "checked_on": contact.checked_on,
        "checked_how": contact.checked_how,
    }
