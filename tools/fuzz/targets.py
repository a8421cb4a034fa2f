"""What is fuzzed: each reader of something from outside, with good input to begin with."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app import cards, strictjson
from app.bagit import BagCheck, grammar
from app.bundles import lines, manifest
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.pieces import Pieces
from app.bundles.reading import RECORDS
from app.bundles.report import SealedRecord
from app.calendars import reading as calendars
from app.inbox import statement
from app.inbox.statement import RecordVerdict, Statement, Verdict
from app.records import Record, class_of, edtf
from app.records.codec import decode, encode
from app.records.kinds import Kind
from app.samples import all_cases
from app.tar import TarReader, TarWriter
from crypto import age, kdf, minisign, slotfile, slots
from crypto.age import armor, bech32, header, stream
from crypto.digest import sha256
from crypto.secret import Passphrase, Secret
from crypto.signing import Prehash, Purpose, SigningKey
from tools.fuzz import carried

_DAY: Final = date(2026, 3, 14)
_KEY: Final = Secret(bytes(range(32)))
_JSON_CEILING: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One reader.

    `read` raises a typed refusal, or gives what it read as it would be written, to compare with
    the input; None where there is more than one way to write the same. `also`: refusals of its own.
    `share`: how many of the runs it gets.
    """

    name: str
    seeds: Callable[[], Sequence[bytes]]
    read: Callable[[bytes], bytes | None]
    share: int = 1
    also: tuple[type[Exception], ...] = ()


def _same(found: object, again: object) -> None:
    """What was accepted has to mean the same when it is written and read again."""
    if found != again:
        raise TypeError("something else when it is read again")


# --- age --------------------------------------------------------------------------------------


def _sealed() -> list[bytes]:
    made = []
    for identity in (age.X25519Identity.generate(), age.HybridIdentity.generate()):
        to = io.BytesIO()
        with age.encrypt(to, [identity.recipient]) as plain:
            plain.write(b"content")
        made.append(to.getvalue())
    return made


def _headers() -> list[bytes]:
    return [each[: header.parse(each).length] for each in _sealed()]


def _read_header(content: bytes) -> bytes:
    found = header.parse(content)
    return found.marshal() + content[found.length :]


def _streams() -> list[bytes]:
    made = []
    for size in (0, 1, 1000, 65_536, 70_000):
        to = io.BytesIO()
        writer = stream.StreamWriter(to, _KEY)
        writer.write(bytes(size))
        writer.finish()
        made.append(to.getvalue())
    return made


def _read_stream(content: bytes) -> bytes:
    plain = stream.StreamReader(io.BytesIO(content), _KEY).readall()
    to = io.BytesIO()
    writer = stream.StreamWriter(to, _KEY)
    writer.write(plain)
    writer.finish()
    return to.getvalue()


def _armored() -> list[bytes]:
    made = []
    for content in (b"", b"x" * 48, *_sealed()):
        to = io.BytesIO()
        writer = armor.ArmorWriter(to)
        writer.write(content)
        writer.finish()
        made.append(to.getvalue())
    return made


def _read_armor(content: bytes) -> None:
    reader = armor.ArmorReader(io.BytesIO(content))
    while reader.read(1000):
        pass


def _bech32s() -> list[bytes]:
    return [
        bech32.encode("age", bytes(range(32))).encode(),
        bech32.encode("age-secret-key-", bytes(32)).upper().encode(),
        age.HybridIdentity.generate().recipient.text().encode(),
    ]


def _read_bech32(content: bytes) -> None:
    bech32.decode(content.decode("utf-8", "replace"))


# --- the archive and the bag ------------------------------------------------------------------


def _archives() -> list[bytes]:
    made = []
    for names in (("bundle/a",), ("bundle/a", "bundle/data/ß" + "x" * 120, "bundle/z")):
        to = io.BytesIO()
        writer = TarWriter(to)
        writer.add_folder("bundle")
        for name in names:
            writer.add(name, 700, [b"y" * 700])
        writer.finish()
        made.append(to.getvalue() + bytes(1024))
    return made


def _read_tar(content: bytes) -> None:
    for member in TarReader(io.BytesIO(content)):
        while member.reader.read(4096):
            pass


def _manifests() -> list[bytes]:
    entries = [
        grammar.Listed(path=path, sha256=sha256(path.encode()))
        for path in ("data/a", "data/b c", "data/read-me-first.html")
    ]
    return [grammar.manifest(entries)]


def _read_manifest(content: bytes) -> None:
    found = grammar.parse_manifest(content, "manifest-sha256.txt")
    again = grammar.parse_manifest(grammar.manifest(found), "manifest-sha256.txt")
    _same(set(found), set(again))


def _infos() -> list[bytes]:
    return [
        grammar.bag_info(
            [
                grammar.InfoLine(label="Bagging-Date", value="2026-03-14"),
                grammar.InfoLine(label="Payload-Oxum", value="10.3"),
            ]
        )
    ]


def _read_info(content: bytes) -> None:
    grammar.parse_bag_info(content)


def _bags() -> list[bytes]:
    plain = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    return [b"bagit.txt\n" + plain, b"hoopoe.json\n{}"]


def _read_bag(content: bytes) -> None:
    """One tag file under any name among good ones, listed as it should be."""
    name, _, altered = content.partition(b"\n")
    tags = {"bagit.txt": _bags()[0].partition(b"\n")[2], "bag-info.txt": _infos()[0]}
    tags |= {"manifest-sha256.txt": _manifests()[0], name.decode("utf-8", "replace"): altered}
    check = BagCheck()
    for path, tag in tags.items():
        check.add_tag(path, tag)
    listed = [grammar.Listed(path=path, sha256=sha256(tag)) for path, tag in tags.items()]
    check.add_tag("tagmanifest-sha256.txt", grammar.manifest(listed))
    check.judge_tags()


# --- what is in the bag -----------------------------------------------------------------------


def _hoopoes() -> list[bytes]:
    made = Manifest(
        kind=BundleKind.REPORT,
        bundle="0f" * 16,
        day=_DAY,
        verify_key=SigningKey.generate().verify_key.line(),
        reply=None,
        recipients=("00" * 32, "ff" * 32),
        series="00" * 16,
        sequence=7,
        previous="ab" * 32,
    )
    return [made.marshal()]


def _read_hoopoe(content: bytes) -> None:
    found = manifest.read(content)
    _same(found, manifest.read(found.marshal()))


def _records() -> list[Record]:
    cases = all_cases()
    return [record for case in (cases[0], cases[6], cases[9]) for record in case.records]


def _line(record: Record) -> SealedRecord:
    body = encode(record).body
    return SealedRecord(
        kind=record.kind.value,
        id=record.id,
        revision=1,
        at="2026-03-14T12:00:00Z",
        digest=sha256(body).hex(),
        body=body,
    )


def _record_lines() -> list[bytes]:
    return [lines.marshal([_line(record)]) for record in _records()]


def _read_lines(content: bytes) -> None:
    for _ in lines.read(Pieces.of(content), RECORDS):
        pass


def _bodies() -> list[bytes]:
    return [record.kind.value.encode() + b"\n" + encode(record).body for record in _records()]


def _read_body(content: bytes) -> None:
    """Without the digest that keeps altered bodies away from the decoder in a bundle."""
    kind, _, body = content.partition(b"\n")
    try:
        known = Kind(kind.decode("ascii", "replace"))
    except ValueError:
        return
    record = decode(class_of(known), body)
    _same(record, decode(class_of(known), encode(record).body))


def _statements() -> list[bytes]:
    verdict = RecordVerdict(
        record="0f" * 16, revision=3, digest="ab" * 32, verdict=Verdict.ACCEPTED
    )
    made = Statement(
        bundle="0f" * 16,
        manifest="ab" * 32,
        verdict=Verdict.QUESTION,
        day=_DAY,
        records=(verdict,),
        message="Which day was it?",
    )
    return [made.marshal()]


def _read_statement(content: bytes) -> None:
    found = statement.read(content)
    _same(found, statement.read(found.marshal()))


def _jsons() -> list[bytes]:
    return [
        b'{"a":[1,2,{"b":null}],"c":"\xd9\x86\xd8\xb5","d":true}',
        b"[[[[[[[[]]]]]]]]",
        *(encode(record).body for record in _records()[:3]),
    ]


def _read_json(content: bytes) -> None:
    found = strictjson.parse(content, _JSON_CEILING)
    _same(found, strictjson.parse(strictjson.canonical(found), 2 * _JSON_CEILING))


# --- keys and cards ---------------------------------------------------------------------------


def _cards() -> list[bytes]:
    key, before = SigningKey.generate(), SigningKey.generate()
    recipient = age.HybridIdentity.generate().recipient.text()
    until = date(2027, 3, 14)
    first = cards.make("Example Desk", recipient, key, valid_from=_DAY, valid_until=until)
    rotated = cards.make("منظمة", recipient, key, valid_from=_DAY, valid_until=until, before=before)
    return [first.marshal(), rotated.marshal()]


def _read_card(content: bytes) -> None:
    cards.read(content)


def _signatures() -> list[bytes]:
    return [SigningKey.generate().sign(Prehash.of(b"message"), Purpose.BUNDLE, "0f" * 16)]


def _read_signature(content: bytes) -> bytes:
    return minisign.marshal_signature(minisign.parse_signature(content))


def _key_lines() -> list[bytes]:
    return [SigningKey.generate().verify_key.line().encode()]


def _read_key(content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    return minisign.marshal_key(minisign.parse_key(text)).encode()


def _slot_files() -> list[bytes]:
    made, _ = slots.create(Passphrase.of("a passphrase"), kdf.FLOOR)
    return [slotfile.marshal(made)]


def _read_slots(content: bytes) -> None:
    slotfile.parse(content)


# --- dates ------------------------------------------------------------------------------------


def _edtfs() -> list[bytes]:
    return [
        b"2024-03-05",
        b"2024-03-XX",
        b"2024~/2025-01-01%",
        b"[2024-01-01..2024-02-03]",
        b"../2020",
    ]


def _read_edtf(content: bytes) -> None:
    edtf.bounds(edtf.parse(content.decode("utf-8", "replace")))


def _dates() -> list[bytes]:
    return [
        text.encode()
        for text in ("5 March 2024", "۱۲ مهر ۱۴۰۳", "about 1403", "20 พ.ค. 2568", "before 3/4/2024")
    ]


def _read_date(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    for calendar in ("gregorian", "persian", "chinese", "ethiopic"):
        calendars.read(text, calendar)


_ALL: Final = (
    Target(name="header", seeds=_headers, read=_read_header, share=8),
    Target(name="stream", seeds=_streams, read=_read_stream, share=2),
    Target(name="armor", seeds=_armored, read=_read_armor, share=6),
    Target(name="bech32", seeds=_bech32s, read=_read_bech32, share=4),
    Target(name="tar", seeds=_archives, read=_read_tar, share=8),
    Target(name="manifest", seeds=_manifests, read=_read_manifest, share=6),
    Target(name="bag-info", seeds=_infos, read=_read_info, share=6),
    Target(name="bag", seeds=_bags, read=_read_bag, share=4),
    Target(name="hoopoe-json", seeds=_hoopoes, read=_read_hoopoe, share=8),
    Target(name="lines", seeds=_record_lines, read=_read_lines, share=4),
    Target(name="body", seeds=_bodies, read=_read_body, share=6),
    Target(name="receipt", seeds=_statements, read=_read_statement, share=8),
    Target(name="json", seeds=_jsons, read=_read_json, share=6),
    Target(name="card", seeds=_cards, read=_read_card, share=6),
    Target(name="signature", seeds=_signatures, read=_read_signature, share=6),
    Target(name="key", seeds=_key_lines, read=_read_key, share=6),
    Target(name="slots", seeds=_slot_files, read=_read_slots, share=1),
    Target(name="part", seeds=carried.heads, read=carried.read_head, share=8),
    Target(name="slip", seeds=carried.slip_texts, read=carried.read_slip, share=4),
    Target(name="edtf", seeds=_edtfs, read=_read_edtf, share=6, also=(edtf.NotEdtf,)),
    Target(name="date", seeds=_dates, read=_read_date, share=1),
)

TARGETS: Final = {each.name: each for each in _ALL}
