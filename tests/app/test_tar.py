"""Archives that every tool reads and that tell nothing of where they were made."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import tar
from app.errors import CannotPack, UnsafeName
from app.names import check_path, same_name_key
from app.tar import TarReader, TarRefusal, TarWriter, tar_length

LONG = "bundle/" + "/".join(["folder-of-fifty-characters-or-nearly-that-many"] * 2) + "/file.txt"
VERY_LONG = "bundle/" + "n" * 200 + "/" + "m" * 240
PERSIAN = "bundle/data/evidence/نامه.pdf"
MEMBERS = [
    ("bundle/bagit.txt", b"BagIt-Version: 1.0\n"),
    ("bundle/empty", b""),
    ("bundle/full", bytes(range(256)) * 2),
    ("bundle/full-and-one", bytes(range(256)) * 2 + b"x"),
    (LONG, b"long"),
    (VERY_LONG, b"very long"),
    (PERSIAN, b"persian"),
    ("bundle/data/" + "e" * 88, b"exactly a hundred bytes"),
]


def packed(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    writer = TarWriter(out)
    for name, content in members:
        writer.add(name, len(content), [content[:100], content[100:]])
    assert writer.finish() == len(out.getvalue())
    return out.getvalue()


def unpacked(archive: bytes) -> list[tuple[str, bytes]]:
    found = []
    for member in TarReader(io.BytesIO(archive)):
        content = b"".join(iter(lambda m=member: m.reader.read(1000), b""))  # type: ignore[misc]
        assert len(content) == member.size
        found.append((member.name, content))
    return found


class Trickle:
    """A source that gives a byte or a few at a time, as a pipe may."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def read(self, size: int, /) -> bytes:
        return self._content.read(min(size, 61))


def test_what_was_written_is_read_in_the_same_order() -> None:
    assert unpacked(packed(MEMBERS)) == MEMBERS


def test_a_source_that_answers_in_pieces_reads_the_same() -> None:
    names = [member.name for member in TarReader(Trickle(packed(MEMBERS) + bytes(5000)))]
    assert names == [name for name, _ in MEMBERS]


def test_the_length_is_known_before_anything_is_written() -> None:
    sizes = [(name, len(content)) for name, content in MEMBERS]
    assert tar_length(sizes) == len(packed(MEMBERS))
    assert tar_length([*sizes, ("bundle/data/none/", 0)]) == len(packed(MEMBERS)) + 512


def test_gnu_tar_unpacks_what_we_write(tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_bytes(packed(MEMBERS) + bytes(300_000))
    done = subprocess.run(
        ["tar", "xf", "b.tar"], cwd=tmp_path, capture_output=True, env=os.environ | {"LC_ALL": "C"}
    )
    assert (done.returncode, done.stderr) == (0, b"")
    for name, content in MEMBERS:
        assert (tmp_path / name).read_bytes() == content
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
        assert (tmp_path / name).stat().st_mtime == 0


def test_python_reads_what_we_write_and_finds_nobody_named() -> None:
    with tarfile.open(fileobj=io.BytesIO(packed(MEMBERS) + bytes(9000)), mode="r:") as witness:
        found = witness.getmembers()
        contents = [(member.name, witness.extractfile(member)) for member in found]
        assert [(name, out.read()) for name, out in contents if out is not None] == MEMBERS
    for member in found:
        assert (member.uid, member.gid, member.uname, member.gname) == (0, 0, "", "")
        assert (member.mtime, member.mode, member.type) == (0, 0o600, tarfile.REGTYPE)
        assert set(member.pax_headers) <= {"path"}


def test_a_pax_header_is_written_only_for_a_name_that_does_not_fit() -> None:
    for name, content in MEMBERS:
        length = len(packed([(name, content)]))
        plain = 512 + -(-len(content) // 512) * 512 + 1024
        assert (length > plain) == (name in {VERY_LONG, PERSIAN}), name


def test_the_same_members_give_the_same_bytes() -> None:
    assert packed(MEMBERS) == packed(MEMBERS)


def test_we_read_what_gnu_tar_and_python_write_in_these_formats(tmp_path: Path) -> None:
    for name, content in MEMBERS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    command = (
        "tar --format=ustar --owner=0 --group=0 --numeric-owner -cf b.tar bundle/data bundle/full"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True)
    found = dict(unpacked((tmp_path / "b.tar").read_bytes()))
    assert found == {n: c for n, c in MEMBERS if n.startswith("bundle/data") or n == "bundle/full"}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:", format=tarfile.PAX_FORMAT) as witness:
        witness.add(tmp_path / "bundle", "bundle", filter=_plain)
    assert dict(unpacked(out.getvalue())) == dict(MEMBERS)


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.mtime = 0  # Python would put fractions of a second into pax records
    return info


def test_a_file_of_eight_gibibytes_is_announced_as_other_tools_do() -> None:
    size = 8 * 1024**3
    theirs = tarfile.TarInfo("bundle/big")
    theirs.size = size
    heading = theirs.tobuf(tarfile.PAX_FORMAT)
    member = next(iter(TarReader(io.BytesIO(heading))))
    assert (member.name, member.size) == ("bundle/big", size)

    out = _Counting()
    writer = TarWriter(out)
    block = bytes(2**26)
    writer.add("bundle/big", size, (block for _ in range(size // len(block))))
    assert writer.finish() == out.length == tar_length([("bundle/big", size)])
    ours = tarfile.TarInfo.frombuf(out.start[1024:1536], "utf-8", "strict")
    assert (ours.name, ours.size) == ("bundle/big", 0)
    member = next(iter(TarReader(io.BytesIO(out.start))))
    assert (member.name, member.size) == ("bundle/big", size)
    with tarfile.open(fileobj=io.BytesIO(out.start), mode="r:") as witness:
        assert witness.next().size == size  # type: ignore[union-attr]


class _Counting:
    """A sink that keeps only the beginning."""

    def __init__(self) -> None:
        self.length = 0
        self.start = b""

    def write(self, data: bytes, /) -> int:
        if len(self.start) < 2048:
            self.start += data[:2048]
        self.length += len(data)
        return len(data)


def test_a_file_just_below_eight_gibibytes_needs_no_pax_header() -> None:
    assert tar_length([("a", 8**11 - 1)]) == 512 + 8**11 + 1024
    assert tar_length([("a", 8**11)]) == 1024 + 512 + 8**11 + 1024


def test_an_empty_folder_is_written_and_counted_but_not_handed_out(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = TarWriter(out)
    writer.add_folder("bundle")
    writer.add("bundle/a", 1, [b"a"])
    writer.add_folder("bundle/نو")
    writer.finish()
    reader = TarReader(io.BytesIO(out.getvalue()))
    assert [member.name for member in reader] == ["bundle/a"]
    assert reader.members == 3
    (tmp_path / "b.tar").write_bytes(out.getvalue())
    subprocess.run(["tar", "xf", "b.tar"], cwd=tmp_path, check=True)
    assert (tmp_path / "bundle/نو").stat().st_mode & 0o777 == 0o700


def test_content_that_nobody_reads_is_passed_over() -> None:
    archive = packed([("a", bytes(700_000)), ("b", b"b")])
    assert [member.name for member in TarReader(io.BytesIO(archive))] == ["a", "b"]


def test_a_member_cannot_be_read_once_the_archive_went_on() -> None:
    members = iter(TarReader(io.BytesIO(packed([("a", b"aa"), ("b", b"b")]))))
    first = next(members)
    next(members)
    with pytest.raises(ValueError, match="0"):
        first.reader.read(1)


def test_the_source_is_read_to_its_last_byte() -> None:
    source = io.BytesIO(packed(MEMBERS) + bytes(1_000_003))
    list(TarReader(source))
    assert source.read() == b""


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (["../a"], TarRefusal.NAME),
        (["/a"], TarRefusal.NAME),
        ([""], TarRefusal.NAME),
        (["a/"], TarRefusal.NAME),
        (["a//b"], TarRefusal.NAME),
        (["a\\b"], TarRefusal.NAME),
        (["a\nb"], TarRefusal.NAME),
        (["con.txt"], TarRefusal.NAME),
        (["a."], TarRefusal.NAME),
        (["e\u0301"], TarRefusal.NAME),
        (["\udc80"], TarRefusal.NAME),
        (["/".join("abcdefghi")], TarRefusal.NAME),
        (["n" * 256], TarRefusal.NAME),
        (["a", "a"], TarRefusal.DUPLICATE),
        (["é.txt", "É.TXT"], TarRefusal.DUPLICATE),
        (["straße", "STRASSE"], TarRefusal.DUPLICATE),
        (["a", "a/b"], TarRefusal.DUPLICATE),
        (["a/b", "a"], TarRefusal.DUPLICATE),
        (["data/a", "Data/b"], TarRefusal.DUPLICATE),
    ],
)
def test_a_name_that_would_not_be_read_is_not_written(names: list[str], reason: str) -> None:
    writer = TarWriter(io.BytesIO())
    for name in names[:-1]:
        writer.add(name, 0, [])
    with pytest.raises(CannotPack) as caught:
        writer.add(names[-1], 0, [])
    assert (caught.value.reason, caught.value.name) == (reason, names[-1])


@pytest.mark.parametrize("pieces", [[b"abc"], [b"abcd", b"e"], []])
def test_content_of_another_length_than_announced_is_refused(pieces: list[bytes]) -> None:
    with pytest.raises(CannotPack) as caught:
        TarWriter(io.BytesIO()).add("a", 4, pieces)
    assert caught.value.reason == TarRefusal.SIZE_DIFFERS


def test_one_member_more_than_a_reader_takes_is_not_written() -> None:
    writer = TarWriter(_Counting())
    for number in range(tar.MAX_MEMBERS):
        writer.add(f"d/{number}", 0, [])
    with pytest.raises(CannotPack) as caught:
        writer.add("one-more", 0, [])
    assert caught.value.reason == TarRefusal.TOO_MANY


def _paths() -> st.SearchStrategy[str]:
    parts = st.text(min_size=1, max_size=60).map(lambda text: unicodedata.normalize("NFC", text))
    return st.lists(parts, min_size=1, max_size=5).map("/".join).filter(_is_safe)


def _is_safe(path: str) -> bool:
    try:
        check_path(path)
    except UnsafeName:
        return False
    return True


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(_paths(), st.binary(max_size=1500)),
        max_size=4,
        unique_by=lambda member: same_name_key(member[0].partition("/")[0]),
    )
)
def test_any_safe_names_and_contents_come_back_from_us_and_from_python(
    members: list[tuple[str, bytes]],
) -> None:
    archive = packed(members)
    assert unpacked(archive) == members
    assert len(archive) == tar_length((name, len(content)) for name, content in members)
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:", encoding="utf-8") as witness:
        assert [(member.name, member.size) for member in witness] == [
            (name, len(content)) for name, content in members
        ]
