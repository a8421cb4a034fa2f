"""`hoopoe age`: encrypt and decrypt any age file. The rescue tool: no vault, no record, one key.

What is decrypted gets its name only after the whole file was found authentic.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app import files, guard, sizes
from app.cli import passphrase
from app.cli.output import Answer, Terminal
from app.cli.parsing import Misuse, Nouns, Parser, add_noun, add_verb
from app.errors import NotReadable
from app.i18n import _
from app.streams import Reader
from app.tasks import Step
from crypto import age
from crypto.age.armor import BEGIN

_KEY_FILE_LIMIT: Final = 1024**2
_BLOCK_BYTES: Final = 1024**2


def add_to(nouns: Nouns) -> None:
    verbs = add_noun(nouns, "age", _("encrypt and decrypt age files, with nothing but a key"))
    encrypt = add_verb(verbs, "encrypt", _("encrypt a file"), _encrypt)
    _add_files(encrypt)
    encrypt.add_argument(
        *("--to", "-r"),
        action="append",
        default=[],
        metavar="RECIPIENT",
        help=_("age1… or age1pq1…; may be given again"),
    )
    encrypt.add_argument(
        "--to-passphrase", action="store_true", help=_("encrypt with a passphrase instead")
    )
    encrypt.add_argument("--armor", "-a", action="store_true", help=_("write text lines"))
    passphrase.add_to(encrypt)
    passphrase.add_weak_to(encrypt)
    decrypt = add_verb(verbs, "decrypt", _("decrypt a file"), _decrypt)
    _add_files(decrypt)
    decrypt.add_argument(
        *("--identity", "-i"),
        action="append",
        default=[],
        type=guard.local_path,
        metavar="KEYFILE",
        help=_("file with AGE-SECRET-KEY-… lines; without one the passphrase is asked"),
    )
    passphrase.add_to(decrypt)


def _add_files(parser: Parser) -> None:
    parser.add_argument("file", type=guard.local_path, metavar="FILE")
    parser.add_argument(
        *("--out", "-o"), type=guard.local_path, required=True, metavar="FILE", help=_("new file")
    )


def _encrypt(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    recipients = _recipients(arguments, terminal)
    out: Path = arguments.out
    with files.open_for_reading(arguments.file) as source, files.draft(out.parent) as made:
        if arguments.armor:
            with (
                age.ArmorWriter(made.file) as armor,
                age.encrypt(armor, recipients) as sealed,
            ):
                files.copy_with_digest(source, sealed, progress=terminal.progress)
        else:
            with age.encrypt(made.file, recipients) as sealed:
                files.copy_with_digest(source, sealed, progress=terminal.progress)
        written = made.finish()
        made.publish(out.name)
    return Answer(
        facts={"file": str(out), "size": written.size, "recipients": len(recipients)},
        lines=(_("Encrypted: {file}, {size}").format(file=out, size=sizes.words(written.size)),),
    )


def _recipients(arguments: argparse.Namespace, terminal: Terminal) -> list[age.Recipient]:
    texts: list[str] = arguments.to
    if bool(texts) == arguments.to_passphrase:
        raise Misuse("", _("give either --to or --to-passphrase"))
    if texts:
        return [age.parse_recipient(text) for text in texts]
    return [age.PassphraseRecipient(passphrase.new(arguments, terminal))]


def _decrypt(arguments: argparse.Namespace, terminal: Terminal) -> Answer:
    identities = _identities(arguments)
    source: Path = arguments.file
    out: Path = arguments.out
    total = files.digest_of(source).size
    # First to the end: nothing of a file that was cut or altered is written in clear.
    with _content(source, identities) as content:
        size = 0
        while block := content.read(_BLOCK_BYTES):
            size += len(block)
            terminal.progress(Step(doing="checking", done=size, total=total))
    files.ensure_room(out.parent, size)
    with _content(source, identities) as content, files.draft(out.parent) as made:
        files.copy_with_digest(content, made.file, total=size, progress=terminal.progress)
        made.publish(out.name)
    return Answer(
        facts={"file": str(out), "size": size},
        lines=(_("Decrypted: {file}, {size}").format(file=out, size=sizes.words(size)),),
    )


def _identities(arguments: argparse.Namespace) -> list[age.Identity]:
    places: list[Path] = arguments.identity
    if not places:
        return [age.PassphraseIdentity(passphrase.known(arguments))]
    found: list[age.Identity] = []
    for place in places:
        try:
            text = files.read_small(place, limit=_KEY_FILE_LIMIT).decode("utf-8")
        except UnicodeDecodeError:
            raise NotReadable(at=place) from None
        found += age.parse_identity_file(text)
    return found


@contextmanager
def _content(path: Path, identities: list[age.Identity]) -> Iterator[Reader]:
    """What is inside, armored or not."""
    with files.open_for_reading(path) as source:
        is_armored = source.read(len(BEGIN)) == BEGIN
        source.seek(0)
        inner: Reader = age.ArmorReader(source) if is_armored else source
        yield age.decrypt(inner, identities)
