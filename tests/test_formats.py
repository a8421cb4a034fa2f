"""The pages of the formats say what the code does: limits, sizes, codes, and examples byte by byte.

`python -m tests.test_formats` makes the examples anew from the code.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app import bagit, cards, names, slips, strictjson
from app.bagit import grammar
from app.bundles import lines, manifest, naming, packing, reading
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.report import AddressState, ItemState, OrderState, SignerState
from app.inbox import statement
from app.inbox.outcomes import Outcome
from app.inbox.statement import Verdict
from app.parts import Head, Split, code
from app.records.codec import BODY_CEILING
from app.records.kinds import Kind
from app.slips import Item, PartOf, Slip
from app.storage import chain, connection, evidence_files, origin
from app.tar import TarWriter
from app.tar import limits as tar
from crypto import kdf, padding, secret, slotfile, slots
from crypto.age import X25519Identity, header
from crypto.digest import recipient_commitment
from crypto.secret import Passphrase, Secret
from crypto.signing import Prehash, Purpose, SigningKey
from crypto.slots import Opener, VaultIndex

FORMATS = Path(__file__).parents[1] / "docs" / "formats"


# --- numbers --------------------------------------------------------------------------------------

KIB, MIB, GIB = 1024, 1024**2, 1024**3


def amount(size: int) -> str:
    """A number of bytes as the formats write it."""
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if size % unit == 0 and size > unit:
            return f"{size // unit:,} {name}"
    return f"{size:,} bytes"


LIMITS = {
    "the file": amount(reading.MAX_BUNDLE_BYTES),
    "age header": amount(header.HEADER_LIMIT),
    "a line of it": amount(header.LINE_LIMIT).replace("4 KiB", "4,096 bytes"),
    "stanzas; arguments of one": f"{header.STANZA_LIMIT}; {header.ARGUMENT_LIMIT}",
    "members of the archive": f"{tar.MAX_MEMBERS:,}",
    "a path; a part of it; its depth": f"{amount(tar.MAX_NAME_BYTES)}; "
    f"{names.LONGEST_NAME} bytes; {names.DEEPEST_PATH}",
    "a pax header": amount(tar.MAX_PAX_BYTES),
    "all tag files together": amount(bagit.MAX_TAG_BYTES),
    "bag-info.txt": amount(grammar.MAX_INFO_BYTES),
    "tag files; lines of a manifest": f"{bagit.MAX_LINES:,}; {bagit.MAX_LINES:,}",
    "hoopoe.json": amount(manifest.MAX_MANIFEST_BYTES),
    "commitments": f"{manifest.MAX_RECIPIENTS}",
    "sequence, revision": f"2^{manifest.MAX_SEQUENCE.bit_length() - 1}",
    "records.jsonl and custody.jsonl together": amount(reading.MAX_RECORDS_BYTES),
    "lines of each": f"{lines.MAX_LINES:,}",
    "receipt.json": amount(reading.MAX_RECEIPT_BYTES),
    "message of a receipt": f"{statement.MAX_MESSAGE_CHARACTERS:,} characters",
    "one body": amount(lines.MAX_BODY_BYTES),
    "JSON: depth; nodes": f"{strictjson.MAX_DEPTH}; {strictjson.MAX_NODES:,}",
    "JSON: one text": "1 MiB" if strictjson.MAX_TEXT == MIB else amount(strictjson.MAX_TEXT),
}


def test_the_limits_of_a_bundle_are_those_of_the_code() -> None:
    text = (FORMATS / "bundle.md").read_text("utf-8")
    table = text.partition("### 8.1 Limits")[2].partition("###")[0]
    rows = [each for each in table.splitlines() if each.startswith("| ")][1:]
    assert rows == [f"| {what} | {most} |" for what, most in LIMITS.items()]


def profile(number: int, cost: kdf.Argon2idCost, name: str) -> str:
    memory = "1 GiB" if cost.memory_kib == MIB else amount(cost.memory_kib * KIB)
    return f"| {number} {name} | {memory} | {cost.passes} | {cost.lanes} |"


SAID = [
    ("bundle.md", f"max({amount(padding.FLOOR)}, Padmé"),
    ("bundle.md", f"the first {naming.NAME_CHARACTERS} characters"),
    ("bundle.md", f"writes {packing.STANZAS} stanzas"),
    ("bundle.md", f"more than {tar.MAX_PAX_SIZE_DIGITS} digits"),
    ("card.md", f"at most {amount(cards.MAX_CARD_BYTES)}"),
    ("card.md", f"1 to {cards.MAX_NAME_CHARACTERS} characters"),
    ("card.md", f"{cards.VALID_DAYS} days"),
    ("vault.md", f"{slotfile.FILE_SIZE:,} bytes"),
    ("vault.md", f"offsets {slotfile.COPY_OFFSETS[0]} and {slotfile.COPY_OFFSETS[1]:,}"),
    ("vault.md", f"{slotfile.COPY_SIZE:,} bytes"),
    ("vault.md", f"salt    = {slots.SALT_SIZE} random bytes"),
    ("vault.md", f"slots   = {slots.SLOT_COUNT} slot"),
    ("vault.md", f"; {slots.SLOT_SIZE} bytes each"),
    ("vault.md", f"ciphertext({slots.PLAINTEXT_SIZE}+16)"),
    ("vault.md", f"Plaintext, {slots.PLAINTEXT_SIZE} bytes"),
    ("vault.md", profile(slots.profile_of(kdf.STANDARD), kdf.STANDARD, "standard")),
    ("vault.md", profile(slots.profile_of(kdf.STRONG), kdf.STRONG, "strong")),
    ("vault.md", profile(slots.profile_of(kdf.FLOOR), kdf.FLOOR, "floor")),
    ("vault.md", f"at most {secret.PASSPHRASE_LIMIT:,} bytes"),
    ("vault.md", f"page size {connection.PAGE_BYTES:,}"),
    ("vault.md", f"{evidence_files.KEY_BYTES}-byte key"),
    ("vault.md", f"{2 * evidence_files.NAME_BYTES} random hexadecimal digits"),
    ("record.md", f"at most {amount(BODY_CEILING)}"),
    ("record.md", f"depth at most {strictjson.MAX_DEPTH}"),
    ("record.md", f"at most {strictjson.MAX_NODES:,} nodes"),
]


@pytest.mark.parametrize(("page", "words"), SAID, ids=lambda each: each)
def test_the_numbers_of_a_format_are_those_of_the_code(page: str, words: str) -> None:
    assert words in (FORMATS / page).read_text("utf-8")


@pytest.mark.parametrize("name", [each[0] for each in connection._SETTINGS])
def test_every_setting_of_the_database_is_in_its_page(name: str) -> None:
    stated = (FORMATS / "vault.md").read_text("utf-8").replace("page size", "cipher_page_size")
    assert name in stated or name.replace("journal_mode", "WAL") in stated


@pytest.mark.parametrize(
    "code",
    [
        *(each.value for each in (*SignerState, *AddressState, *OrderState, *ItemState)),
        *(each.value for each in (*BundleKind, *Verdict, *Outcome)),
    ],
)
def test_every_code_of_a_bundle_is_in_its_page(code: str) -> None:
    assert f"`{code}`" in (FORMATS / "bundle.md").read_text("utf-8")


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_record_is_in_its_page(kind: Kind) -> None:
    assert f"`{kind.value}`" in (FORMATS / "record.md").read_text("utf-8")


# --- worked examples ------------------------------------------------------------------------------

DAY = date(2026, 11, 24)
BUNDLE_ID = bytes(range(16)).hex()


def signing_key() -> SigningKey:
    return SigningKey(key_id=bytes(range(1, 9)), seed=Secret(bytes(range(32))))


def recipient() -> str:
    return X25519Identity(Secret(bytes(range(32, 64)))).recipient.text()


def example_card() -> str:
    card = cards.make(
        "Example Desk",
        recipient(),
        signing_key(),
        valid_from=DAY,
        valid_until=date(2027, 11, 24),
    )
    return f"{card.marshal().decode()}\nsafety code: {card.safety_code()}\n{card.qr_text}"


def example_manifest() -> str:
    commitment = recipient_commitment(bytes.fromhex(BUNDLE_ID), cards.fingerprint_of(recipient()))
    made = Manifest(
        kind=BundleKind.REPORT,
        bundle=BUNDLE_ID,
        day=DAY,
        verify_key=signing_key().verify_key.line(),
        reply=recipient(),
        recipients=tuple(sorted((commitment.hex(), "ff" * 32))),
        series="00" * 16,
        sequence=1,
        previous=None,
    )
    assert manifest.read(made.marshal()) == made
    return _folded(made.marshal().decode())


def example_signature() -> str:
    message = b"".join(
        hashlib.sha256(name.encode()).hexdigest().encode() + b"  " + name.encode() + b"\n"
        for name in ("bag-info.txt", "bagit.txt", "hoopoe.json", "manifest-sha256.txt")
    )
    signed = signing_key().sign(Prehash.of(message), Purpose.BUNDLE, BUNDLE_ID)
    return message.decode() + "\n" + signed.decode().rstrip("\n")


def example_name() -> str:
    return f"SHA-256  {hashlib.sha256(b'abc').hexdigest()}\nname     " + naming.name_of(
        hashlib.sha256(b"abc").digest()
    )


def example_tar() -> str:
    to = io.BytesIO()
    TarWriter(to).add("bundle/bagit.txt", len(grammar.DECLARATION), [grammar.DECLARATION])
    return _hexdump(to.getvalue())


def example_chain() -> str:
    first = chain.link(
        chain.START,
        entry=1,
        record="00" * 16,
        number=1,
        at="2026-11-24T22:58:30Z",
        body_digest=chain.digest(b"{}"),
        local_digest=chain.digest(b"{}"),
        origin='{"act":"saved"}',
    )
    assert origin.decode('{"act":"saved"}').act is origin.Act.SAVED
    return first.hex()


def example_keys() -> str:
    key = Secret(VAULT_KEY)
    made = (("key ", "database key", 32), ("salt", "database salt", 16))
    return "\n".join(
        f"{name}  {kdf.derive(key, b'hoopoe vault v1 ' + label.encode(), size).expose().hex()}"
        for name, label, size in made
    )


def _folded(text: str, columns: int = 100) -> str:
    return "\n".join(text[at : at + columns] for at in range(0, len(text), columns))


def _hexdump(content: bytes) -> str:
    """Lines of 16 bytes; lines of zeros are left out, as their offsets show."""
    rows = []
    for at in range(0, len(content), 16):
        piece = content[at : at + 16]
        if any(piece):
            shown = "".join(chr(each) if 32 <= each < 127 else "." for each in piece)
            rows.append(f"{at:04x}  {piece.hex(' ')}  {shown}")
    return "\n".join(rows)


VAULT_KEY = bytes(range(0x80, 0xA0))


def test_the_slot_of_the_page_opens_with_its_passphrase() -> None:
    text = (FORMATS / "vault.md").read_text("utf-8")
    block = text.partition("<!-- example: slot -->")[2].partition("```\n")[2].partition("```")[0]
    slot = bytes.fromhex(block)
    assert len(slot) == slots.SLOT_SIZE
    others = (bytes(slots.SLOT_SIZE),) * (slots.SLOT_COUNT - 1)
    made = slots.Slots(salt=bytes(range(32)), cost=kdf.FLOOR, sealed=(slot, *others))
    opened = slots.unlock(made, Passphrase.of("example passphrase"))
    assert opened.vault_key.expose() == VAULT_KEY
    assert (opened.slot, opened.vault, opened.opener) == (0, VaultIndex.FIRST, Opener.PASSPHRASE)
    assert "passphrase `example passphrase`, salt `000102…1f`, cost 3, slot 0" in text
    assert f"vault key `{VAULT_KEY[:3].hex()}…{VAULT_KEY[-1:].hex()}`" in text


# --- parts ----------------------------------------------------------------------------------------


def example_head() -> str:
    split = Split(needed=2, total=3, size=3, whole=hashlib.sha256(b"abc").digest())
    head = Head(split=split, index=2).marshal()
    return "\n".join(head[at : at + 16].hex(" ") for at in range(0, len(head), 16))


def example_factors() -> str:
    return "\n".join(" ".join(f"{factor:3}" for factor in row) for row in code.rows(5, 8)[5:])


# --- what is made ---------------------------------------------------------------------------------


def example_slip() -> Slip:
    """Two files with the contents `abc` and `abcd`, the second one said to be a part."""
    digests = [hashlib.sha256(each).digest() for each in (b"abc", b"abcd")]
    first, second = (
        Item(name=naming.name_of(each), size=3 + at, sha256=each.hex(), part=part)
        for at, (each, part) in enumerate(
            zip(digests, (None, PartOf(number=2, total=8)), strict=True)
        )
    )
    return Slip(day=date(2026, 11, 25), items=(first, second))


def example_slip_text() -> str:
    return slips.marshal(example_slip()).decode("ascii").rstrip("\n")


def example_slip_codes() -> str:
    return "\n".join(slips.codes(example_slip()))


EXAMPLES = {
    "card.md": {"card": example_card},
    "bundle.md": {
        "name": example_name,
        "tar": example_tar,
        "manifest": example_manifest,
        "signature": example_signature,
    },
    "parts.md": {"head": example_head, "factors": example_factors},
    "slip.md": {"slip": example_slip_text, "codes": example_slip_codes},
    "vault.md": {"keys": example_keys, "chain": example_chain},
}


def pages() -> Iterator[tuple[Path, str]]:
    """Every page with examples, with each as the code makes it now."""
    for page, examples in EXAMPLES.items():
        text = (FORMATS / page).read_text("utf-8")
        for name, example in examples.items():
            mark = f"<!-- example: {name} -->\n```\n"
            before, found, rest = text.partition(mark)
            assert found, name
            text = f"{before}{mark}{example()}\n```\n{rest.partition('```' + chr(10))[2]}"
        yield FORMATS / page, text


@pytest.mark.parametrize("page", list(EXAMPLES))
def test_the_examples_of_a_format_are_what_the_code_makes(page: str) -> None:
    now = dict(pages())[FORMATS / page]
    assert (FORMATS / page).read_text("utf-8") == now, "run python -m tests.test_formats"


if __name__ == "__main__":
    for place, now in list(pages()):
        place.write_text(now, "utf-8")
