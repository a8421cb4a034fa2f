"""Archives made to do harm: each is refused for its reason, quickly, and nothing is written."""

from __future__ import annotations

import io
import random
import struct
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import BadTar
from app.tar import MAX_MEMBERS, TarReader, TarRefusal, TarWriter

END = bytes(1024)
GIB = 1024**3


def block(
    name: bytes = b"a",
    *,
    size: bytes = b"00000000000\0",
    kind: bytes = b"0",
    put: tuple[tuple[int, bytes], ...] = (),
    checksum: Callable[[int], bytes] = lambda total: b"%06o\0 " % total,
) -> bytes:
    """A header as GNU tar writes it, with `put` bytes laid over it at their offsets."""
    made = bytearray(512)
    made[: len(name)] = name
    made[100:124] = b"0000600\0" + b"0000000\0" * 2
    made[124 : 124 + len(size)] = size
    made[136:148] = b"00000000000\0"
    made[156:157] = kind
    made[257:265] = b"ustar\x0000"
    for at, data in put:
        made[at : at + len(data)] = data
    made[148:156] = b" " * 8
    made[148:156] = checksum(sum(made))
    return bytes(made)


def octal(size: int) -> bytes:
    return b"%011o\0" % size


def filled(content: bytes) -> bytes:
    return content + bytes(-len(content) % 512)


def record(key: bytes, value: bytes) -> bytes:
    length = len(key) + len(value) + 3
    while length != len(key) + len(value) + 3 + len(str(length)):
        length = len(key) + len(value) + 3 + len(str(length))
    return b"%d %s=%s\n" % (length, key, value)


def pax(content: bytes, after: bytes | None = None) -> bytes:
    head = block(b"pax", size=octal(len(content)), kind=b"x")
    return head + filled(content) + (block() if after is None else after) + END


def base256(value: int, width: int) -> bytes:
    return value.to_bytes(width, "big")


def many(count: int) -> bytes:
    return b"".join(block(b"%d" % number) for number in range(count))


def gnu(kind: bytes, content: bytes) -> bytes:
    head = block(b"././@LongLink", size=octal(len(content)), kind=kind)
    return head + filled(content) + block() + END


R = TarRefusal
HOSTILE: dict[str, tuple[TarRefusal, bytes]] = {
    # names
    "parent": (R.NAME, block(b"../../x") + END),
    "parent inside": (R.NAME, block(b"a/../../x") + END),
    "dot": (R.NAME, block(b"./x") + END),
    "absolute": (R.NAME, block(b"/tmp/x") + END),
    "windows drive": (R.NAME, block(b"C:\\x") + END),
    "windows share": (R.NAME, block(b"\\\\host\\x") + END),
    "backslash": (R.NAME, block(b"..\\x") + END),
    "stream of ntfs": (R.NAME, block(b"a:b") + END),
    "device name": (R.NAME, block(b"data/NUL.txt") + END),
    "trailing dot": (R.NAME, block(b"a.") + END),
    "trailing blank": (R.NAME, block(b"a ") + END),
    "control character": (R.NAME, block(b"a\x1b[2J") + END),
    "newline": (R.NAME, block(b"a\nb") + END),
    "not utf-8": (R.NAME, block(b"\xff\xfe") + END),
    "overlong utf-8": (R.NAME, block(b"\xc0\xae\xc0\xae/x") + END),
    "not composed": (R.NAME, block("e\u0301".encode()) + END),
    "empty": (R.NAME, block(b"") + END),
    "empty part": (R.NAME, block(b"a//b") + END),
    "file with a slash": (R.NAME, block(b"a/") + END),
    "folder that is the root": (R.NAME, block(b"/", kind=b"5") + END),
    "too deep": (R.NAME, block(b"/".join([b"d"] * 9)) + END),
    "part too long": (R.NAME, pax(record(b"path", b"n" * 256))),
    "prefix with parent": (R.NAME, block(b"x", put=((345, b"../.."),)) + END),
    "nul in a pax path": (R.NAME, pax(record(b"path", b"a\0b"))),
    "parent in a pax path": (R.NAME, pax(record(b"path", b"../x"))),
    # duplicates
    "twice": (R.DUPLICATE, block() + block() + END),
    "twice but for case": (R.DUPLICATE, block(b"A") + block(b"a") + END),
    "twice after folding": (
        R.DUPLICATE,
        block("ﬁ".encode()) + block(b"fi") + END,
    ),
    "twice, once by pax": (R.DUPLICATE, block(b"b") + pax(record(b"path", b"b"))),
    "a file, then a folder": (R.DUPLICATE, block(b"a") + block(b"a/b") + END),
    "a folder, then a file": (R.DUPLICATE, block(b"a/b") + block(b"a") + END),
    "a folder twice": (R.DUPLICATE, block(b"a/", kind=b"5") * 2 + END),
    "a folder in two spellings": (R.DUPLICATE, block(b"data/a") + block(b"Data/b") + END),
    # types
    "hard link": (R.TYPE, block(b"l", kind=b"1", put=((157, b"/etc/passwd"),)) + END),
    "symbolic link": (R.TYPE, block(b"s", kind=b"2", put=((157, b"/etc/passwd"),)) + END),
    "character device": (R.TYPE, block(kind=b"3") + END),
    "block device": (R.TYPE, block(kind=b"4") + END),
    "pipe": (R.TYPE, block(kind=b"6") + END),
    "contiguous": (R.TYPE, block(kind=b"7") + END),
    "old regular": (R.TYPE, block(kind=b"\0") + END),
    "gnu long name": (R.TYPE, gnu(b"L", b"../../x\0")),
    "gnu long link": (R.TYPE, gnu(b"K", b"/etc/passwd\0")),
    "gnu sparse": (R.TYPE, block(kind=b"S", size=octal(8 * GIB - 1)) + END),
    "gnu volume": (R.TYPE, block(kind=b"V") + END),
    "gnu multi-volume": (R.TYPE, block(kind=b"M") + END),
    "gnu dump folder": (R.TYPE, block(kind=b"D") + END),
    "solaris extended": (R.TYPE, block(kind=b"X") + END),
    "global pax": (R.TYPE, block(kind=b"g", size=octal(9)) + filled(b"9 path=b\n") + block() + END),
    "link name on a file": (R.HIDDEN_BYTES, block(put=((157, b"/etc/passwd"),)) + END),
    # numbers
    "negative base-256 size": (
        R.NUMBER,
        block(size=b"\xff" * 4 + struct.pack(">q", -1024)) + END,
    ),
    "base-256 size": (R.NUMBER, block(size=b"\x80" + base256(5, 11)) + END),
    "base-256 owner": (R.NUMBER, block(put=((108, b"\x80" + base256(0, 7)),)) + END),
    "size with a sign": (R.NUMBER, block(size=b"-0000000001\0") + END),
    "size with plus": (R.NUMBER, block(size=b"+0000000001\0") + END),
    "size in hex": (R.NUMBER, block(size=b"0x000000001\0") + END),
    "size with 8": (R.NUMBER, block(size=b"00000000008\0") + END),
    "size with an underscore": (R.NUMBER, block(size=b"0000000_001\0") + END),
    "size of twelve digits": (R.NUMBER, block(size=b"777777777777") + END),
    "size empty": (R.NUMBER, block(size=b"\0" * 12) + END),
    "size after blanks": (R.NUMBER, block(size=b"          0\0") + END),
    "size with a second number": (R.NUMBER, block(size=b"000\x00000001\0") + END),
    "mode not octal": (R.NUMBER, block(put=((100, b"rwxr-xr-x"[:8]),)) + END),
    "time not octal": (R.NUMBER, block(put=((136, b"99999999999\0"),)) + END),
    # checksums and magic
    "checksum off by one": (R.CHECKSUM, block(checksum=lambda n: b"%06o\0 " % (n + 1)) + END),
    "checksum signed": (
        R.CHECKSUM,
        block("é".encode(), checksum=lambda n: b"%06o\0 " % (n - 512)) + END,
    ),
    "checksum not a number": (R.NUMBER, block(checksum=lambda _: b"xxxxxx\0 ") + END),
    "gnu magic": (R.NOT_USTAR, block(put=((257, b"ustar  \0"),)) + END),
    "no magic": (R.NOT_USTAR, block(put=((257, bytes(8)),)) + END),
    "version 1": (R.NOT_USTAR, block(put=((263, b"01"),)) + END),
    # what nobody would look at
    "bytes after the name": (R.HIDDEN_BYTES, block(b"a\0hidden") + END),
    "bytes after the owner": (R.HIDDEN_BYTES, block(put=((265, b"\0hidden"),)) + END),
    "bytes at the end of a header": (R.HIDDEN_BYTES, block(put=((505, b"hidden"),)) + END),
    "bytes after the content": (
        R.HIDDEN_BYTES,
        block(size=octal(3)) + b"abc" + bytes(508) + b"x" + END,
    ),
    "bytes after a pax header": (
        R.HIDDEN_BYTES,
        block(kind=b"x", size=octal(9)) + b"9 path=b\n" + b"x" * 503 + block() + END,
    ),
    # pax
    "pax of 8 KiB of digits": (R.PAX, pax(b"9" * 8192)),
    "pax length of zeros": (R.PAX, pax(b"0000000009 path=b\n")),
    "pax length zero": (R.PAX, pax(b"0 path=b\n")),
    "pax length too short": (R.PAX, pax(b"3 path=b\n")),
    "pax length too long": (R.PAX, pax(b"99 path=b\n")),
    "pax length negative": (R.PAX, pax(b"-9 path=b\n")),
    "pax length in other digits": (R.PAX, pax("٩ path=b\n".encode())),
    "pax without newline": (R.PAX, pax(b"9 path=bb")),
    "pax without equals": (R.PAX, pax(b"9 path b\n")),
    "pax empty": (R.PAX, pax(b"")),
    "pax path empty": (R.PAX, pax(record(b"path", b""))),
    "pax path twice": (R.PAX, pax(record(b"path", b"b") * 2)),
    "pax path of 8 KiB": (R.PAX, pax(record(b"path", b"d/" * 4000))),
    "pax link path": (R.PAX, pax(record(b"linkpath", b"/etc/passwd"))),
    "pax comment": (R.PAX, pax(record(b"comment", b"hello"))),
    "pax owner": (R.PAX, pax(record(b"uname", b"root"))),
    "pax time": (R.PAX, pax(record(b"mtime", b"1.5"))),
    "pax charset": (R.PAX, pax(record(b"hdrcharset", b"BINARY"))),
    "pax sparse": (R.PAX, pax(record(b"GNU.sparse.major", b"1"))),
    "pax key in capitals": (R.PAX, pax(record(b"PATH", b"b"))),
    "pax small size": (R.PAX, pax(record(b"size", b"1"))),
    "pax size negative": (R.PAX, pax(record(b"size", b"-1"))),
    "pax size of a thousand digits": (R.PAX, pax(record(b"size", b"9" * 1000))),
    "pax size and another size": (
        R.SIZE,
        pax(record(b"size", b"%d" % (9 * GIB)), block(size=octal(3)) + filled(b"abc")),
    ),
    "pax of a pax": (
        R.PAX,
        pax(record(b"path", b"b"), block(kind=b"x", size=octal(9)) + filled(b"9 path=c\n")),
    ),
    "pax of nothing": (R.NUMBER, pax(record(b"path", b"b"), b"")),
    "pax header at the end of the file": (R.TRUNCATED, pax(record(b"path", b"b"))[:1024]),
    # folders, ends
    "folder with content": (R.SIZE, block(b"a/", kind=b"5", size=octal(3)) + filled(b"abc") + END),
    "nothing": (R.TRUNCATED, b""),
    "half a header": (R.TRUNCATED, block()[:300]),
    "no end marker": (R.TRUNCATED, block()),
    "half an end marker": (R.TRUNCATED, block() + bytes(512)),
    "content cut off": (R.TRUNCATED, block(size=octal(1000)) + bytes(999)),
    "filling cut off": (R.TRUNCATED, block(size=octal(3)) + b"abc" + bytes(10)),
    "size beyond the end": (R.TRUNCATED, block(size=octal(8 * GIB - 1)) + END),
    "pax size beyond the end": (R.TRUNCATED, pax(record(b"size", b"9999999999999"))),
    "one block of zeros": (R.END, block() + bytes(512) + block(b"b") + END),
    "second archive": (R.END, block() + END + block(b"b") + END),
    "last byte": (R.END, block() + END + bytes(2_000_000) + b"x"),
    "gzip": (R.NUMBER, b"\x1f\x8b\x08" + bytes(range(256)) * 4),
    "text": (R.NUMBER, b"hello " * 200),
}

BIG: dict[str, tuple[TarRefusal, Callable[[], bytes]]] = {
    "pax of 64 MiB of digits": (
        R.PAX,
        lambda: block(kind=b"x", size=octal(64 << 20)) + b"9" * (64 << 20) + block() + END,
    ),
    "two hundred thousand members": (R.TOO_MANY, lambda: many(200_000) + END),
    "one member too many": (R.TOO_MANY, lambda: many(MAX_MEMBERS + 1) + END),
    "folders only": (
        R.TOO_MANY,
        lambda: b"".join(block(b"%d/" % n, kind=b"5") for n in range(MAX_MEMBERS + 1)) + END,
    ),
}


def refusal(archive: bytes) -> BadTar:
    with pytest.raises(BadTar) as caught:
        read_all(archive)
    return caught.value


def read_all(archive: bytes) -> None:
    for member in TarReader(io.BytesIO(archive)):
        while member.reader.read(65_536):
            pass


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_is_refused_for_its_reason_in_less_than_a_second(case: str) -> None:
    reason, archive = HOSTILE[case]
    refused_in_time(archive, reason)


@pytest.mark.parametrize("case", BIG)
def test_a_hostile_archive_does_not_win_by_its_size(case: str) -> None:
    reason, make = BIG[case]
    refused_in_time(make(), reason)


def refused_in_time(archive: bytes, reason: TarRefusal) -> None:
    before = time.process_time()
    refused = refusal(archive)
    assert refused.reason == reason
    assert time.process_time() - before < 1


def test_the_sound_forms_of_those_archives_are_read() -> None:
    """What the cases above are made from is refused for its defect and not for something else."""
    sound = [
        block() + END,
        block() + block(b"b") + END + bytes(2_000_000),
        block(size=octal(3)) + filled(b"abc") + END,
        block(b"a/", kind=b"5") + block(b"a/b") + END,
        block(b"a/b") + block(b"a/", kind=b"5") + END,
        pax(record(b"path", b"b" * 255)),
        pax(record(b"path", "é/نامه".encode())),
        pax(record(b"path", b"b/"), block(kind=b"5")),
        block(b"x", put=((345, b"prefix"),)) + END,
        block(put=((265, b"somebody"), (297, b"somebody"))) + END,
        block(checksum=lambda total: b"%07o\0" % total) + END,
        many(MAX_MEMBERS) + END,
    ]
    for archive in sound:
        list(TarReader(io.BytesIO(archive)))


def test_the_refusal_says_which_member_it_met() -> None:
    assert refusal(many(7) + block(kind=b"2") + END).member == 7


def test_no_hostile_archive_makes_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _, archive in HOSTILE.values():
        refusal(archive)
    assert list(tmp_path.iterdir()) == []


def test_the_time_grows_as_the_archive_does() -> None:
    def seconds(count: int) -> float:
        archive = b"".join(
            pax(record(b"path", b"d/%d/" % n + b"x" * 250))[:-1024] for n in range(count)
        )
        before = time.process_time()
        list(TarReader(io.BytesIO(archive + END)))
        return time.process_time() - before

    seconds(300)
    small, large = min(seconds(400) for _ in range(3)), min(seconds(3_200) for _ in range(2))
    assert large < 8 * small * 2.5


def sample() -> bytes:
    out = io.BytesIO()
    writer = TarWriter(out)
    writer.add_folder("bundle")
    writer.add("bundle/a", 5, [b"hello"])
    writer.add("bundle/نامه", 3, [b"abc"])
    writer.add("bundle/data/" + "x" * 200, 600, [bytes(600)])
    writer.finish()
    return out.getvalue()


def test_a_mutated_archive_reads_or_is_refused_and_python_sees_the_same_files() -> None:
    """Thousands of damaged archives: nothing but BadTar, and no second reading of one archive."""
    chance = random.Random(20_260_101)
    whole = sample()
    read = refused = 0
    for _ in range(6_000):
        archive = mutated(whole, chance)
        try:
            ours = [(member.name, member.size) for member in TarReader(io.BytesIO(archive))]
        except BadTar:
            refused += 1
            continue
        read += 1
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:", encoding="utf-8") as witness:
            theirs = [(member.name, member.size) for member in witness if member.isfile()]
        assert ours == theirs
    assert refused > 3_000
    assert read > 100


def mutated(whole: bytes, chance: random.Random) -> bytes:
    made = bytearray(whole)
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        at = chance.randrange(len(made))
        match chance.randrange(7):
            case 0:
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                made[at] = chance.choice(b"\0 /.0789=\n\xff\x80xgL")
            case 2:
                del made[at : at + chance.choice([1, 2, 511, 512, 1024])]
            case 3:
                made[at:at] = bytes(chance.choice([1, 512]))
            case 4:
                start = chance.randrange(len(made) // 512) * 512
                made[start:start] = made[start : start + 512]
            case 5:
                resealed(made, chance)
            case _:
                del made[at:]
        if len(made) < 1024:
            return bytes(made)
    return bytes(made)


def resealed(made: bytearray, chance: random.Random) -> None:
    """Change a byte of a header and mend its checksum, so that later checks are reached."""
    starts = [at - 257 for at in range(257, len(made), 512) if made[at : at + 5] == b"ustar"]
    starts = [start for start in starts if start + 512 <= len(made)]
    if not starts:
        return
    start = chance.choice(starts)
    made[start + chance.randrange(512)] = chance.choice(b"\0 /.01237895x\xffa")
    made[start + 148 : start + 156] = b" " * 8
    made[start + 148 : start + 156] = b"%06o\0 " % sum(made[start : start + 512])
