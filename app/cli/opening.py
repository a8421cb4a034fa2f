"""`hoopoe open`: look into a bundle, take it in, or unpack it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from app import contacts, guard
from app.bundles import extracting, opening
from app.bundles.extracting import Extracted
from app.bundles.report import AddressState, Item, ItemState, OpenedBundle, OrderState, SignerState
from app.cli import many
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns
from app.cli.unlocking import add_vault_verb, unlocked
from app.errors import Exit, Refused
from app.i18n import N_, _, ngettext
from app.inbox import gathering, importing, receipts, statement
from app.inbox.importing import Doubt, Imported, ImportPlan
from app.inbox.outcomes import QUESTIONS
from app.messages import explain
from app.strictjson import Json
from app.vault import Vault

_ACCEPTABLE: Final = {
    "unknown": Doubt.UNKNOWN,
    "unsigned": Doubt.UNSIGNED,
    "passed-on": Doubt.PASSED_ON,
    "forked": Doubt.FORKED,
}
_ONLY_FOR_TAKING_IN: Final = frozenset({Doubt.REPLAY, Doubt.FORKED, Doubt.KIND})
_SIGNERS: Final = {
    SignerState.KNOWN: N_("Signed by {name}, whose code was compared"),
    SignerState.KNOWN_UNVERIFIED: N_("Signed by {name}; the code was never compared"),
    SignerState.UNKNOWN: N_("Signed by somebody who is not known here: {key}"),
    SignerState.UNSIGNED: N_("Not signed: nobody can say who sealed it"),
}
_ADDRESSES: Final = {
    AddressState.TO_ME: N_("Sealed for this vault"),
    AddressState.PASSED_ON: N_("Sealed for somebody else first, and passed on"),
}
_ORDERS: Final = {
    OrderState.FIRST: N_("The first from this sender"),
    OrderState.NEXT: N_("In order"),
    OrderState.GAP: N_("Something is missing before it"),
    OrderState.LATE: N_("Late: newer ones came before it"),
    OrderState.REPLAY: N_("This very bundle was taken in before"),
    OrderState.NEW_SERIES: N_("The sender began to count anew, as after restoring a copy"),
    OrderState.FORKED: N_("Another bundle with this number was taken in before"),
}
_STATES: Final = {
    ItemState.GOOD: N_("good"),
    ItemState.DAMAGED: N_("damaged"),
    ItemState.MISSING: N_("missing"),
    ItemState.UNREADABLE: N_("unreadable"),
}


def add_to(nouns: Nouns) -> None:
    verb = add_vault_verb(nouns, "open", _("look into a bundle, take it in or unpack it"), _open)
    verb.add_argument(
        "files",
        nargs="+",
        type=guard.local_path,
        metavar="FILE",
        help=_("one bundle; or several, a folder or a medium, to look through"),
    )
    what = verb.add_mutually_exclusive_group()
    what.add_argument(
        "--import", action="store_true", dest="take_in", help=_("take it into the vault")
    )
    what.add_argument(
        "--extract",
        type=guard.local_path,
        metavar="DIR",
        help=_("unpack it into a new folder, unencrypted"),
    )
    verb.add_argument(
        "--accept",
        type=_doubts,
        default=frozenset(),
        metavar="LIST",
        help=_("accept in so many words, with commas: unknown, unsigned, passed-on, forked"),
    )
    verb.add_argument(
        "--sender", metavar="NAME", help=_("with --import: give an unknown signer this name")
    )


def _doubts(text: str) -> frozenset[Doubt]:
    names = [name.strip() for name in text.split(",")]
    if not set(names) <= set(_ACCEPTABLE):
        raise argparse.ArgumentTypeError(
            _("choose from {names}").format(names=", ".join(_ACCEPTABLE))
        )
    return frozenset(_ACCEPTABLE[name] for name in names)


def _open(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    if arguments.sender is not None and not arguments.take_in:
        raise Misuse("", _("--sender goes with --import"))
    path: Path = arguments.files[0]
    accepted: frozenset[Doubt] = arguments.accept
    if len(arguments.files) > 1 or gathering.is_folder(path):
        return _open_many(arguments, terminal)
    with unlocked(arguments) as vault:
        found = opening.open_bundle(vault, path, progress=terminal.progress)
        if found.receipt is not None:
            return _receipt(vault, found, arguments)
        plan = importing.plan_import(vault, found)
        left = [doubt for doubt in plan.doubts if doubt not in accepted]
        if arguments.extract is not None:
            # What was taken in before may be unpacked again, whatever kind it is.
            left = [doubt for doubt in left if doubt not in _ONLY_FOR_TAKING_IN]
        imported = unpacked = None
        if arguments.take_in:
            try:
                imported = importing.apply(
                    vault, path, plan, accepted=accepted, progress=terminal.progress
                )
            except Refused as refusal:
                left = [Doubt(reason) for reason in refusal.reasons]
            else:
                _remember(vault, found, arguments.sender)
        elif arguments.extract is not None and not left:
            unpacked = extracting.extract(
                vault, path, to=arguments.extract, progress=terminal.progress
            )
    return _answer(plan, left, imported, unpacked)


def _open_many(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    if arguments.extract is not None or arguments.sender is not None:
        raise Misuse("", _("--extract and --sender go with one file"))
    with unlocked(arguments) as vault:
        if not arguments.take_in:
            return many.look(vault, arguments.files, terminal)
        return many.take(vault, arguments.files, arguments.accept, terminal)


def _receipt(vault: Vault, found: OpenedBundle, arguments: argparse.Namespace) -> Answer:
    """A receipt is not taken in as records are, but shown on the records it answers for."""
    said = statement.read(found.receipt or b"")
    taken = receipts.take_in(vault, found) if arguments.take_in else None
    trusted = found.signer.state in {SignerState.KNOWN, SignerState.KNOWN_UNVERIFIED}
    return Answer(
        facts={
            **_outer_facts(found),
            "receipt_for": said.bundle,
            "verdict": said.verdict.value,
            "message": said.message,
            "records": [
                {"id": each.record, "revision": each.revision, "verdict": each.verdict.value}
                for each in said.records
            ],
            "imported": taken is not None,
        },
        lines=(
            _("Not damaged: authentic to its last byte."),
            _(_SIGNERS[found.signer.state]).format(name=found.signer.name, key=found.signer.key),
            _("Receipt of {day} for bundle {bundle}: {verdict}").format(
                day=said.day, bundle=said.bundle, verdict=said.verdict.value
            ),
            *((said.message,) if said.message else ()),
        ),
        remarks=_warnings(found),
        status=Exit.DONE if trusted else Exit.NO,
    )


def _remember(vault: Vault, found: OpenedBundle, name: str | None) -> None:
    if name is not None and found.signer.state is SignerState.UNKNOWN and found.signer.key:
        contacts.remember_sender(vault, found.signer.key, name)


def _answer(
    plan: ImportPlan, left: list[Doubt], imported: Imported | None, unpacked: Extracted | None
) -> Answer:
    found = plan.opened
    bad = [item for item in found.items if item.state is not ItemState.GOOD]
    facts: dict[str, Json] = {
        **_outer_facts(found),
        "items": [_item_facts(item) for item in found.items],
        "doubts": [doubt.value for doubt in left],
        "imported": None if imported is None else _imported_facts(imported),
        "folder": None if unpacked is None else str(unpacked.folder),
    }
    return Answer(
        facts=facts,
        lines=(*_lines(found, bad), *_imported_lines(imported), *_unpacked_lines(unpacked)),
        remarks=(*_warnings(found), *_refusals(left)),
        status=_status(left, bad),
    )


def _status(left: list[Doubt], bad: list[Item]) -> Exit:
    if left:
        return Exit.NO
    return Exit.DAMAGED if bad else Exit.DONE


def _lines(found: OpenedBundle, bad: list[Item]) -> tuple[str, ...]:
    signer = _(_SIGNERS[found.signer.state])
    return (
        _("Not damaged: authentic to its last byte."),
        signer.format(name=found.signer.name, key=found.signer.key),
        _(_ADDRESSES[found.addressed]),
        _(_ORDERS[found.order.state]),
        _("{kind} {bundle} of {day}: {records} records, {files} files").format(
            kind=found.manifest.kind.value,
            bundle=found.manifest.bundle,
            day=found.manifest.day.isoformat(),
            records=len(found.records),
            files=len(found.evidence),
        ),
        *(
            _("{item}: {state} {why}").format(
                item=item.reference, state=_(_STATES[item.state]), why=item.why
            )
            for item in bad
        ),
    )


def _imported_lines(imported: Imported | None) -> tuple[str, ...]:
    if imported is None:
        return ()
    conflicts = _conflicts(imported)
    told = [
        _("Taken in: {records} records, {files} files").format(
            records=len(imported.records) - len(conflicts), files=imported.evidence
        )
    ]
    if conflicts:
        told.append(
            _("Left as they are here, because they came from elsewhere: {count}").format(
                count=len(conflicts)
            )
        )
    return tuple(told)


def _unpacked_lines(unpacked: Extracted | None) -> tuple[str, ...]:
    if unpacked is None:
        return ()
    return (_("Unpacked, NOT encrypted: {folder}").format(folder=unpacked.folder),)


def _conflicts(imported: Imported) -> list[str]:
    return [each.sealed.id for each in imported.records if each.outcome in QUESTIONS]


def _warnings(found: OpenedBundle) -> tuple[str, ...]:
    told = []
    if found.signer.state is SignerState.KNOWN_UNVERIFIED:
        told.append(_("Compare the safety code with {name}.").format(name=found.signer.name))
    if found.order.missing:
        told.append(
            ngettext(
                "{count} earlier bundle of this sender was not seen here. Ask for it.",
                "{count} earlier bundles of this sender were not seen here. Ask for them.",
                found.order.missing,
            ).format(count=found.order.missing)
        )
    return tuple(told)


def _refusals(left: list[Doubt]) -> tuple[str, ...]:
    """Why not, in the words that the windows use too."""
    if not left:
        return ()
    told = explain(Refused(tuple(doubt.value for doubt in left)))
    names = [name for name, doubt in _ACCEPTABLE.items() if doubt in left]
    if not names:
        return (told.text,)
    return (
        told.text,
        _("To accept it all the same: --accept {names}").format(names=",".join(names)),
    )


def _outer_facts(found: OpenedBundle) -> dict[str, Json]:
    return {
        "bundle": found.manifest.bundle,
        "kind": found.manifest.kind.value,
        "day": found.manifest.day.isoformat(),
        "signer": {
            "state": found.signer.state.value,
            "key": found.signer.key,
            "name": found.signer.name,
        },
        "addressed": found.addressed.value,
        "order": {"state": found.order.state.value, "missing": found.order.missing},
    }


def _item_facts(item: Item) -> dict[str, Json]:
    return {
        "reference": item.reference,
        "kind": item.kind,
        "state": item.state.value,
        "why": item.why,
    }


def _imported_facts(imported: Imported) -> dict[str, Json]:
    return {
        "records": [
            {"id": each.sealed.id, "kind": each.sealed.kind, "outcome": each.outcome.value}
            for each in imported.records
        ],
        "files": imported.evidence,
        "complete": imported.complete,
    }
