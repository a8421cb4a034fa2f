"""Bags that every BagIt tool accepts, and bags that are refused or reported file by file."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import bagit
from app.bagit import (
    BagCheck,
    FileState,
    InfoLine,
    tag_files,
)
from tests.app.bags import (
    CONTENTS,
    PAYLOAD,
    SIGNATURE,
    TAGS,
    archive,
    judged,
    payload_of,
    report,
    unpacked,
)

# --- what we make ---------------------------------------------------------------------------


def test_a_bag_is_complete_and_valid_in_one_pass_over_its_archive() -> None:
    found = judged(archive([*TAGS, SIGNATURE]))
    assert found.whole
    assert {file.path: file.size for file in found.files} == {
        path: len(content) for path, content in CONTENTS.items()
    }
    assert [line.label for line in found.info] == ["Bagging-Date", "Payload-Oxum"]


def test_the_files_stand_in_the_order_that_lets_a_stream_be_judged() -> None:
    assert [tag.path for tag in TAGS] == [
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "hoopoe.json",
        "tagmanifest-sha256.txt",
    ]
    assert [file.path for file in bagit.ordered(PAYLOAD)] == sorted(CONTENTS)


def test_the_tag_files_read_as_the_rfc_says() -> None:
    found = {tag.path: tag.content.decode() for tag in TAGS}
    assert found["bagit.txt"] == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert found["bag-info.txt"] == "Bagging-Date: 2026-03-09\nPayload-Oxum: 2584.4\n"
    assert found["manifest-sha256.txt"].splitlines() == [
        f"{hashlib.sha256(content).hexdigest()}  {path}"
        for path, content in sorted(CONTENTS.items())
    ]


def test_the_library_of_congress_finds_our_bag_valid(tmp_path: Path) -> None:
    folder = unpacked(tmp_path / "bundle", [*TAGS, SIGNATURE])
    done = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", folder], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (folder / "data/records.jsonl").write_bytes(b"altered")
    done = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", folder], capture_output=True, text=True
    )
    assert done.returncode == 1


def test_stock_tar_and_sha256sum_check_our_bag(tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_bytes(archive(TAGS) + bytes(100_000))
    subprocess.run(["tar", "xf", "b.tar"], cwd=tmp_path, check=True)
    for name in (bagit.MANIFEST, bagit.TAG_MANIFEST):
        done = subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", name],
            cwd=tmp_path / "bundle",
            capture_output=True,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_a_percent_sign_in_a_name_is_encoded_and_comes_back() -> None:
    file = payload_of("data/100%25.txt", b"x")
    tags = tag_files([file], [], [])
    assert b"data/100%2525.txt\n" in tags[2].content
    assert report(tags, {file.path: b"x"}).whole


def test_a_bag_without_payload_is_valid() -> None:
    assert report(tag_files([], [], []), {}).whole


@pytest.mark.parametrize("value", ["two\nlines", "one\rline"])
def test_an_info_line_that_would_be_two_is_not_written(value: str) -> None:
    with pytest.raises(ValueError, match="line"):
        tag_files([], [InfoLine(label="Note", value=value)], [])


# --- damage to one file is that file's own --------------------------------------------------


def test_each_damaged_or_missing_file_is_named_and_the_others_stand() -> None:
    contents = CONTENTS | {"data/records.jsonl": b"altered"}
    del contents["data/evidence/empty"]
    found = report(TAGS, contents)
    assert not found.whole
    assert {file.path: file.state for file in found.files} == {
        "data/records.jsonl": FileState.DAMAGED,
        "data/evidence/0011-photo one.jpg": FileState.GOOD,
        "data/evidence/0022-نامه.pdf": FileState.GOOD,
        "data/evidence/empty": FileState.MISSING,
    }


def test_a_payload_file_is_judged_the_moment_it_was_read() -> None:
    check = BagCheck()
    for tag in TAGS:
        check.add_tag(tag.path, tag.content)
    good = hashlib.sha256(b"").digest()
    assert check.add_payload("data/evidence/empty", good, 0) is FileState.GOOD
    assert check.add_payload("data/records.jsonl", good, 0) is FileState.DAMAGED
