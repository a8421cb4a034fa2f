"""Writing files that are whole or not there."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import signal
import stat
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from app import files
from app.errors import (
    AlreadyThere,
    Cancelled,
    NotThere,
)

ROOT = Path(__file__).parents[2]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def stop_half_way(out: BinaryIO) -> None:
    out.write(b"half")
    raise Cancelled


def test_a_file_is_complete_under_its_name_and_the_owner_alone_may_read_it(tmp_path: Path) -> None:
    with files.atomic(tmp_path / "a") as out:
        out.write(b"whole")
        assert not (tmp_path / "a").exists()
    assert (tmp_path / "a").read_bytes() == b"whole"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600
    assert names(tmp_path) == ["a"]


def test_an_exception_while_writing_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled), files.atomic(tmp_path / "a") as out:
        stop_half_way(out)
    assert names(tmp_path) == []


def test_a_name_that_is_taken_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(AlreadyThere) as caught, files.atomic(tmp_path / "a") as out:
        out.write(b"new")
    assert caught.value.at == tmp_path / "a"
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_a_dangling_link_is_a_name_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "nowhere")
    with pytest.raises(AlreadyThere), files.atomic(tmp_path / "a") as out:
        out.write(b"new")
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_file_system_without_hard_links_gets_the_file_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(*names: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refused)
    with files.atomic(tmp_path / "a") as out:
        out.write(b"first")
    with pytest.raises(AlreadyThere), files.atomic(tmp_path / "a") as out:
        out.write(b"second")
    assert (tmp_path / "a").read_bytes() == b"first"
    assert names(tmp_path) == ["a"]


def test_replacing_gives_the_new_file_or_keeps_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "settings"
    target.write_bytes(b"old")
    with pytest.raises(Cancelled), files.replacing(target) as out:
        stop_half_way(out)
    assert target.read_bytes() == b"old"
    with files.replacing(target) as out:
        out.write(b"new")
    assert target.read_bytes() == b"new"
    assert names(tmp_path) == ["settings"]


def test_a_draft_takes_the_name_that_its_content_gives(tmp_path: Path) -> None:
    content = os.urandom(3 * files.BLOCK_BYTES + 7)
    with files.draft(tmp_path) as draft:
        for at in range(0, len(content), 65_552):
            draft.file.write(content[at : at + 65_552])
        made = draft.finish()
        draft.verify()
        draft.set_day(date(2026, 3, 9))
        path = draft.publish(made.sha256.hex())
    assert made == files.FileDigest(sha256=hashlib.sha256(content).digest(), size=len(content))
    assert path == tmp_path / hashlib.sha256(content).hexdigest()
    assert path.read_bytes() == content
    assert path.stat().st_mtime == datetime(2026, 3, 9, tzinfo=UTC).timestamp()


def test_a_finished_draft_takes_no_more_bytes(tmp_path: Path) -> None:
    with files.draft(tmp_path) as draft:
        draft.file.write(b"all")
        draft.finish()
        with pytest.raises(ValueError, match="closed"):
            draft.file.write(b"more")


def test_a_draft_does_not_go_to_another_folder(tmp_path: Path) -> None:
    with files.draft(tmp_path) as draft, pytest.raises(ValueError, match=r"\.\."):
        draft.publish("../elsewhere")


def test_a_draft_that_nobody_publishes_is_gone(tmp_path: Path) -> None:
    with files.draft(tmp_path) as draft:
        draft.file.write(b"never mind")
    assert names(tmp_path) == []


def test_a_draft_cannot_be_rewritten_behind_its_digest(tmp_path: Path) -> None:
    with files.draft(tmp_path) as draft:
        draft.file.write(b"first")
        with pytest.raises(io.UnsupportedOperation):
            draft.file.seek(0)


KILLED = """
import sys
from pathlib import Path
from app import files
with files.draft(Path(sys.argv[1])) as draft:
    draft.file.write(b"x" * 3_000_000)
    if sys.argv[2:]:
        draft.finish()
    print("written", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("state", [[], ["finished"]])
def test_a_killed_program_leaves_a_recognisable_draft_and_nothing_else(
    tmp_path: Path, state: list[str]
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, tmp_path, *state],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"written\n"
        assert files.remove_leftovers(tmp_path) == 0  # another program is still writing it
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert [path.name for path in files.leftovers(tmp_path)] == names(tmp_path)
    assert stat.S_IMODE(files.leftovers(tmp_path)[0].stat().st_mode) == 0o600
    assert files.remove_leftovers(tmp_path) == 1
    assert names(tmp_path) == []


def test_a_sweep_touches_only_drafts(tmp_path: Path) -> None:
    mine = ["notes.part", "0123456789abcdef", "0123456789ABCDEF.part", "0123456789abcdef.part.x"]
    for name in mine:
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / "0123456789abcdef.part").symlink_to(tmp_path / "notes.part")
    (tmp_path / "fedcba9876543210.part").mkdir()
    assert files.remove_leftovers(tmp_path) == 0
    assert len(names(tmp_path)) == len(mine) + 2


def test_a_private_folder_lets_nobody_else_in(tmp_path: Path) -> None:
    files.make_private_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
    (tmp_path / "open").mkdir(mode=0o755)
    files.make_private_folder(tmp_path / "open")
    assert stat.S_IMODE((tmp_path / "open").stat().st_mode) == 0o700
    (tmp_path / "file").touch()
    with pytest.raises(AlreadyThere):
        files.make_private_folder(tmp_path / "file")


def test_removing_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    files.remove(tmp_path / "a")
    with pytest.raises(NotThere):
        files.remove(tmp_path / "a")
