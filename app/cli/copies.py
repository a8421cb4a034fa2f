"""`hoopoe vault backup|restore|drill|copy-key`: safe copies of a vault."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import Final

from app import costs, files, guard, sizes
from app.backup import drilling, making, recovery, restoring
from app.backup.comparing import Compared
from app.backup.notes import Lock
from app.cli import passphrase
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, add_verb
from app.cli.unlocking import add_vault_verb, unlocked
from app.errors import Exit
from app.i18n import N_, _
from app.reading import read_small
from app.vault import Vault
from crypto import age
from crypto.age import PassphraseIdentity

_KEY_BYTES: Final = 8 * 1024
_COMPARED: Final = {
    Compared.CHAIN: N_("the chain of revisions"),
    Compared.RECORD: N_("the newest state of a record"),
    Compared.EVIDENCE: N_("evidence"),
}


def add_verbs_to(verbs: Nouns) -> None:
    backup = add_vault_verb(verbs, "backup", _("make a safe copy of it in one file"), _backup)
    backup.add_argument("--to", type=guard.local_path, metavar="FOLDER", required=True)
    backup.add_argument(
        "--with-key",
        action="store_true",
        help=_("seal it to the copy key instead of the passphrase"),
    )
    restore = add_verb(verbs, "restore", _("make a new vault of a safe copy"), _restore)
    restore.add_argument("copy", type=guard.local_path, metavar="COPY")
    restore.add_argument("--to", type=guard.local_path, metavar="FOLDER", required=True)
    restore.add_argument(
        "--key-file",
        type=guard.local_path,
        metavar="FILE",
        help=_("the copy key; the passphrase is then a new one for the restored vault"),
    )
    restore.add_argument(
        "--cost",
        choices=tuple(costs.PROFILES),
        default="standard",
        help=_("how dear one guess is: floor (64 MiB) for slow machines, standard, strong (1 GiB)"),
    )
    passphrase.add_to(restore)
    passphrase.add_weak_to(restore)
    drill = add_vault_verb(
        verbs, "drill", _("restore a safe copy in passing and compare it with the vault"), _drill
    )
    drill.add_argument("copy", type=guard.local_path, metavar="COPY")
    drill.add_argument(
        "--opened-by",
        type=guard.local_path,
        metavar="FILE",
        help=_("file with the passphrase of the copy, when it is not that of the vault now"),
    )
    drill.add_argument(
        "--place", type=guard.local_path, metavar="FOLDER", help=_("where there is room for it")
    )
    key = add_vault_verb(verbs, "copy-key", _("write its copy key to a file"), _key)
    key.add_argument("--to", type=guard.local_path, metavar="FILE", required=True)


def _backup(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    with (
        closing(passphrase.known(arguments)) as phrase,
        Vault.open(arguments.vault, phrase) as vault,
    ):
        if arguments.with_key:
            made = making.for_recovery(vault, arguments.to, progress=terminal.progress)
        else:
            made = making.for_passphrase(vault, arguments.to, phrase, progress=terminal.progress)
    opens = {
        Lock.PASSPHRASE: _(
            "It opens with the passphrase you used now, also after you change that of the vault."
        ),
        Lock.RECOVERY: _("It opens with the copy key of this vault."),
    }
    return Answer(
        facts={
            "file": str(made.path),
            "size": made.size,
            "sha256": made.sha256,
            "lock": made.lock.value,
            "missing": list(made.missing),
        },
        lines=(
            _("Safe copy: {place} ({size})").format(place=made.path, size=sizes.words(made.size)),
            opens[made.lock],
            _("Try it now: hoopoe vault drill"),
        ),
        remarks=tuple(
            _("Evidence {reference} has no file here any more: it is not in the copy.").format(
                reference=each
            )
            for each in made.missing
        ),
    )


def _restore(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    identity: age.Identity
    lock = restoring.lock_of(arguments.copy)
    if arguments.key_file is not None:
        text = read_small(arguments.key_file, limit=_KEY_BYTES).decode("utf-8", "replace")
        identity = recovery.in_text(text)
        phrase = passphrase.new(arguments, terminal)
    else:
        phrase = passphrase.known(arguments)
        identity = PassphraseIdentity(phrase)
    with closing(phrase):
        done = restoring.restore(
            arguments.copy,
            identity,
            arguments.to,
            phrase,
            cost=costs.PROFILES[arguments.cost],
            progress=terminal.progress,
        )
    report = done.report
    return Answer(
        facts={
            "vault": str(done.folder),
            "lock": lock.value,
            "records": report.records,
            "evidence": report.evidence,
            "entries": report.entries,
            "last_hash": report.last_hash,
            "findings": [
                {"look": each.look.value, "reference": each.reference, "detail": each.detail}
                for each in report.findings
            ],
        },
        lines=(
            _("Restored: {place}").format(place=done.folder),
            _("{records} records, {evidence} pieces of evidence, {entries} entries").format(
                records=report.records, evidence=report.evidence, entries=report.entries
            ),
            _("Everything is whole.") if report.whole else _("NOT everything is whole."),
        ),
        status=Exit.DONE if report.whole else Exit.DAMAGED,
    )


def _drill(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    lock = restoring.lock_of(arguments.copy)
    with (
        closing(passphrase.known(arguments)) as phrase,
        Vault.open(arguments.vault, phrase) as vault,
    ):
        identity: age.Identity
        if lock is Lock.RECOVERY:
            identity = recovery.identity(vault)
        elif arguments.opened_by is not None:
            identity = PassphraseIdentity(passphrase.in_file(arguments.opened_by))
        else:
            identity = PassphraseIdentity(phrase)
        done = drilling.drill(
            vault,
            arguments.copy,
            identity,
            place=arguments.place,
            progress=terminal.progress,
        )
    return Answer(
        facts={
            "good": done.good,
            "at": done.at,
            "records": done.records,
            "evidence": done.evidence,
            "since": done.since,
            "findings": [
                {"look": each.look.value, "reference": each.reference, "detail": each.detail}
                for each in done.report.findings
            ],
            "differences": [
                {"what": each.what.value, "reference": each.reference} for each in done.differences
            ],
        },
        lines=(
            _("Restored and compared: {records} records, {evidence} pieces of evidence").format(
                records=done.records, evidence=done.evidence
            ),
            *(
                _("Not as in the vault: {what} {reference}").format(
                    what=_(_COMPARED[each.what]), reference=each.reference
                )
                for each in done.differences
            ),
            _("Entries that came after the copy: {count}").format(count=done.since),
            _("The copy restores, and all in it is as in the vault.")
            if done.good
            else _("The copy is NOT as it should be. Make a new one."),
        ),
        status=Exit.DONE if done.good else Exit.DAMAGED,
    )


def _key(arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    with unlocked(arguments) as vault:
        text = recovery.paper(recovery.identity(vault))
    with files.atomic(arguments.to) as file:
        file.write(text.encode("utf-8"))
    return Answer(
        facts={"file": str(arguments.to)},
        lines=(
            _("Copy key: {place}").format(place=arguments.to),
            _("Print it, keep the paper away from the copies, and delete the file."),
        ),
    )
