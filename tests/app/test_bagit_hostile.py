"""Bags that are refused, each for its reason."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from app import bagit
from app.bagit import (
    BagCheck,
    BagRefusal,
    TagFile,
    path_in_bag,
    tag_files,
)
from app.errors import BadBag, BadTar
from tests.app.bags import (
    CONTENTS,
    SIGNATURE,
    TAGS,
    archive,
    changed,
    judged,
    line,
    payload_of,
    refusal,
    report,
)

# --- what refuses the bag -------------------------------------------------------------------


@pytest.mark.parametrize("path", [bagit.BAGIT_TXT, bagit.MANIFEST, bagit.TAG_MANIFEST])
def test_a_bag_without_one_of_its_own_files_is_refused(path: str) -> None:
    assert refusal([tag for tag in TAGS if tag.path != path]) == (BagRefusal.MISSING, path)


def test_a_listed_tag_file_that_is_missing_refuses_the_bag() -> None:
    tags = [tag for tag in TAGS if tag.path != "hoopoe.json"]
    assert refusal(tags) == (BagRefusal.MISSING, "hoopoe.json")


@pytest.mark.parametrize("tag", TAGS[:-1], ids=lambda tag: tag.path)
def test_an_altered_tag_file_refuses_the_bag(tag: TagFile) -> None:
    altered = [replace(tag, content=tag.content + b"\n") if t is tag else t for t in TAGS]
    reason = BagRefusal.DECLARATION if tag.path == bagit.BAGIT_TXT else BagRefusal.DAMAGED
    assert refusal(altered) == (reason, tag.path)


@pytest.mark.parametrize("path", ["note.txt", "hoopoe.json.bak", "tagmanifest-sha256.txt.sig"])
def test_a_tag_file_that_nothing_lists_refuses_the_bag(path: str) -> None:
    assert refusal([*TAGS, TagFile(path=path, content=b"")]) == (BagRefusal.UNLISTED, path)


def test_a_payload_file_that_nothing_lists_refuses_the_bag() -> None:
    assert refusal(TAGS, {**CONTENTS, "data/more": b""}) == (BagRefusal.UNLISTED, "data/more")
    other = {"data/Records.jsonl": CONTENTS["data/records.jsonl"]}
    assert refusal(TAGS, other) == (BagRefusal.UNLISTED, "data/Records.jsonl")


@pytest.mark.parametrize("path", ["fetch.txt", "FETCH.TXT", "Fetch.txt"])
def test_a_list_of_addresses_to_fetch_is_refused_even_when_listed(path: str) -> None:
    assert refusal(changed(path, b"")) == (BagRefusal.FETCH, path)


@pytest.mark.parametrize(
    "path", ["manifest-md5.txt", "tagmanifest-sha512.txt", "Manifest-sha256.txt"]
)
def test_a_manifest_of_another_algorithm_is_refused_even_when_listed(path: str) -> None:
    assert refusal(changed(path, b"")) == (BagRefusal.OTHER_MANIFEST, path)


def test_a_tag_file_after_the_payload_is_refused() -> None:
    check = BagCheck()
    for tag in TAGS:
        check.add_tag(tag.path, tag.content)
    check.judge_tags()
    with pytest.raises(BadBag) as caught:
        check.add_tag(SIGNATURE.path, SIGNATURE.content)
    assert caught.value.reason == BagRefusal.ORDER


def test_a_file_given_twice_is_refused() -> None:
    assert refusal([*TAGS, TAGS[3]]) == (BagRefusal.DUPLICATE, "hoopoe.json")
    check = BagCheck()
    for tag in TAGS:
        check.add_tag(tag.path, tag.content)
    check.add_payload("data/evidence/empty", bytes(32), 0)
    with pytest.raises(BadBag) as caught:
        check.add_payload("data/evidence/empty", bytes(32), 0)
    assert caught.value.reason == BagRefusal.DUPLICATE


def test_a_file_outside_the_folder_of_the_bag_is_refused() -> None:
    assert path_in_bag("bundle/data/a", "bundle") == "data/a"
    for member in ("data/a", "bundle", "bundles/a", "Bundle/a"):
        with pytest.raises(BadBag) as caught:
            path_in_bag(member, "bundle")
        assert (caught.value.reason, caught.value.name) == (BagRefusal.WRONG_PLACE, member)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8",
        b"BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n",
        b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n",
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n",
        b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        b"Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
    ],
)
def test_another_declaration_is_refused(content: bytes) -> None:
    tags = changed(bagit.BAGIT_TXT, content)
    assert refusal(tags) == (BagRefusal.DECLARATION, bagit.BAGIT_TXT)


MANIFEST = bagit.MANIFEST
A = line("data/a")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (A[:-1], (BagRefusal.LINE, MANIFEST)),
        (A.upper(), (BagRefusal.LINE, MANIFEST)),
        (A.replace(b"  ", b" "), (BagRefusal.LINE, MANIFEST)),
        (A.replace(b"  ", b" *"), (BagRefusal.LINE, MANIFEST)),
        (A.replace(b"  ", b"\t"), (BagRefusal.LINE, MANIFEST)),
        (A.replace(b"\n", b"\r\n"), (BagRefusal.LINE, MANIFEST)),
        (A[1:], (BagRefusal.LINE, MANIFEST)),
        (b"0" + A, (BagRefusal.LINE, MANIFEST)),
        (b"\n" + A, (BagRefusal.LINE, MANIFEST)),
        (b"# comment\n" + A, (BagRefusal.LINE, MANIFEST)),
        (b"\xef\xbb\xbf" + A, (BagRefusal.LINE, MANIFEST)),
        (A[:66] + b"\n", (BagRefusal.LINE, MANIFEST)),
        (line("data/%"), (BagRefusal.LINE, MANIFEST)),
        (line("data/%2e%2e/a"), (BagRefusal.LINE, MANIFEST)),
        (A.replace(b"/a", b"/\xff"), (BagRefusal.NOT_UTF8, MANIFEST)),
        (A + A, (BagRefusal.DUPLICATE, "data/a")),
        (A + line("data/A"), (BagRefusal.DUPLICATE, "data/A")),
        (A + line("data/a/b"), (BagRefusal.DUPLICATE, "data/a/b")),
        (line("data/a%0Ab"), (BagRefusal.NAME, "data/a\nb")),
        (line("data/../a"), (BagRefusal.NAME, "data/../a")),
        (line("./data/a"), (BagRefusal.NAME, "./data/a")),
        (line("/data/a"), (BagRefusal.NAME, "/data/a")),
        (line("data/nul"), (BagRefusal.NAME, "data/nul")),
        (line("data\\a"), (BagRefusal.NAME, "data\\a")),
        (line("hoopoe.json"), (BagRefusal.WRONG_PLACE, "hoopoe.json")),
        (line("Data/a"), (BagRefusal.WRONG_PLACE, "Data/a")),
        (A * (bagit.MAX_LINES + 1), (BagRefusal.TOO_MANY, MANIFEST)),
        (b"x" * (bagit.MAX_TAG_BYTES + 1), (BagRefusal.TOO_BIG, MANIFEST)),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_manifest_of_another_form_is_refused(
    content: bytes, expected: tuple[BagRefusal, str]
) -> None:
    assert refusal(changed(MANIFEST, content), {}) == expected


@pytest.mark.parametrize("path", ["data/records.jsonl", bagit.TAG_MANIFEST, bagit.SIGNATURE])
def test_a_tag_manifest_lists_neither_payload_nor_itself_nor_its_signature(path: str) -> None:
    own = next(tag.content for tag in TAGS if tag.path == bagit.TAG_MANIFEST)
    altered = TagFile(path=bagit.TAG_MANIFEST, content=own + line(path))
    assert refusal([*TAGS[:-1], altered, SIGNATURE]) == (BagRefusal.WRONG_PLACE, path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Payload-Oxum: 2584.5\n", BagRefusal.OXUM),
        (b"Payload-Oxum: 2585.4\n", BagRefusal.OXUM),
        (b"Payload-Oxum: 2584.4\nPayload-Oxum: 2584.4\n", BagRefusal.OXUM),
        (b"payload-oxum: 1.4\n", BagRefusal.OXUM),
        (b"Payload-Oxum: 02584.4\n", BagRefusal.OXUM),
        (b"Payload-Oxum: " + b"9" * 5000 + b".4\n", BagRefusal.OXUM),
        (b"Payload-Oxum: many\n", BagRefusal.OXUM),
        (b"Payload-Oxum:2584.4\n", BagRefusal.LINE),
        (b"Note: one\n continued\n", BagRefusal.LINE),
        (b"Note: one", BagRefusal.LINE),
        (b"Note: one\r\n", BagRefusal.LINE),
        (b"no label\n", BagRefusal.LINE),
        (b"Note: \xff\n", BagRefusal.NOT_UTF8),
        (b"A: a\n" * (bagit.MAX_LINES + 1), BagRefusal.TOO_MANY),
        (b"A: " + b"a" * 65_536 + b"\n", BagRefusal.TOO_BIG),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bag_info_of_another_form_is_refused(content: bytes, reason: BagRefusal) -> None:
    assert refusal(changed(bagit.BAG_INFO, content)) == (reason, bagit.BAG_INFO)


def test_bag_info_may_be_missing_and_may_say_nothing_of_the_payload() -> None:
    assert report(changed(bagit.BAG_INFO, b"Note: \n"), CONTENTS).whole


def test_more_tag_files_than_any_bag_has_are_refused() -> None:
    check = BagCheck()
    for number in range(bagit.MAX_LINES):
        check.add_tag(f"{number}", b"")
    with pytest.raises(BadBag) as caught:
        check.add_tag("one-more", b"")
    assert caught.value.reason == BagRefusal.TOO_MANY


def test_a_full_manifest_is_judged_in_a_moment() -> None:
    payload = [payload_of(f"data/evidence/{n:05d}", b"") for n in range(bagit.MAX_LINES)]
    found = report(tag_files(payload, [], []), {file.path: b"" for file in payload})
    assert found.whole


# --- damaged at random ----------------------------------------------------------------------


def test_a_mutated_tag_file_refuses_the_bag_and_nothing_else_is_raised() -> None:
    chance = random.Random(8_493)
    for _ in range(3_000):
        number = chance.randrange(len(TAGS))
        content = bytearray(TAGS[number].content)
        for _ in range(chance.choice([1, 1, 3])):
            at = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[at] ^= 1 << chance.randrange(8)
                case 1:
                    content[at:at] = chance.choice([b"\n", b"%", b"../", b"\xff", b"  ", b"0"])
                case 2:
                    content = content[: at + 1]
                case _:
                    content[at] = chance.choice(b"\0\n\r% /\\a0")
        if bytes(content) == TAGS[number].content:
            continue
        altered = [
            replace(tag, content=bytes(content)) if tag is TAGS[number] else tag for tag in TAGS
        ]
        with pytest.raises(BadBag):
            report(altered, CONTENTS)


def test_a_mutated_manifest_that_the_tag_manifest_covers_raises_nothing_untyped() -> None:
    chance = random.Random(1_000)
    for _ in range(2_000):
        path = chance.choice([MANIFEST, bagit.BAG_INFO, bagit.BAGIT_TXT])
        content = bytearray(next(tag.content for tag in TAGS if tag.path == path))
        content[chance.randrange(len(content))] = chance.choice(b"\0\n\r% /\\a0\xe2.:")
        try:
            report(changed(path, bytes(content)), CONTENTS)
        except BadBag:
            continue


def test_every_flipped_bit_of_an_archived_bag_is_refused_or_reported() -> None:
    whole = archive([*TAGS, SIGNATURE])
    expected = judged(whole)
    chance = random.Random(64)
    reported = refused = 0
    signature = whole.index(SIGNATURE.content)
    for _ in range(4_000):
        at = chance.randrange(len(whole))
        if signature <= at < signature + len(SIGNATURE.content):
            continue  # minisign answers for that one
        damaged = bytearray(whole)
        damaged[at] ^= 1 << chance.randrange(8)
        try:
            found = judged(bytes(damaged))
        except (BadTar, BadBag):
            refused += 1
            continue
        assert found != expected
        assert not found.whole
        reported += 1
    assert refused > 100
    assert reported > 100
