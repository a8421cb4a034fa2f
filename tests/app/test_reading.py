"""Reading only what is a file, up to a ceiling; copies and digests."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
from pathlib import Path

import pytest

from app import files, oserrors
from app.errors import (
    AppError,
    Cancelled,
    MediumFailed,
    NotOnThisComputer,
    NotReadable,
    NotThere,
    NotWritable,
    ReadBackDiffers,
    TooBig,
)
from app.tasks import Step, Watched

ROOT = Path(__file__).parents[2]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("number", "leaf"),
    [
        (errno.ENOENT, NotThere),
        (errno.ENOTDIR, NotThere),
        (errno.EACCES, NotReadable),
        (errno.EISDIR, NotReadable),
        (errno.ELOOP, NotReadable),
        (errno.EMFILE, NotReadable),
        (errno.EIO, MediumFailed),
        (errno.ENXIO, MediumFailed),
    ],
)
def test_a_refusal_to_read_becomes_one_leaf(
    tmp_path: Path, number: int, leaf: type[AppError]
) -> None:
    with pytest.raises(leaf), oserrors.while_reading(tmp_path):
        raise OSError(number, os.strerror(number))


def test_what_is_not_a_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "to_pipe").symlink_to(tmp_path / "pipe")
    for path in (
        tmp_path,
        tmp_path / "pipe",
        tmp_path / "to_pipe",
        Path(os.devnull),
        Path("/dev/zero"),
    ):
        with pytest.raises(NotReadable):
            files.open_for_reading(path)


def test_a_link_to_a_file_that_the_person_chose_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    (tmp_path / "b").symlink_to("a")
    with files.open_for_reading(tmp_path / "b") as source:
        assert source.read() == b"content"


def test_a_file_above_the_ceiling_is_refused_before_reading(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(11))
    assert files.read_small(tmp_path / "a", limit=11) == bytes(11)
    with pytest.raises(TooBig) as caught:
        files.read_small(tmp_path / "a", limit=10)
    assert (caught.value.size, caught.value.limit) == (11, 10)


def test_a_file_that_grows_past_the_ceiling_while_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(10))
    with files.open_for_reading(tmp_path / "a", limit=10) as source:
        (tmp_path / "a").write_bytes(bytes(20))
        with pytest.raises(TooBig):
            source.read()


def test_a_file_without_a_true_size_is_held_to_the_ceiling_too() -> None:
    endless = Path("/proc/self/mountinfo")  # its size reads as 0
    if not endless.exists():
        pytest.skip("no proc here")
    with pytest.raises(TooBig):
        files.read_small(endless, limit=3)


@pytest.mark.parametrize(
    "text",
    [
        "//host/share/file",
        r"\\host\share\file",
        r"/\host\share",
        r"\\?\C:\file",
        "file:///etc/hostname",
        "https://example.org/a",
        "smb://host/share",
    ],
)
def test_a_path_to_another_computer_is_refused_by_its_text(text: str) -> None:
    with pytest.raises(NotOnThisComputer) as caught:
        files.refuse_network_path(text)
    assert caught.value.text == text
    with pytest.raises(NotOnThisComputer):
        files.open_for_reading(Path(text))


@pytest.mark.parametrize("text", ["/home/a/b", "C:/Users/a", r"C:\Users\a", "a:b", "b", "./x:y/z"])
def test_a_path_on_this_computer_is_not_taken_for_another(text: str) -> None:
    files.refuse_network_path(text)


def test_a_copy_is_the_same_bytes_and_says_their_digest(tmp_path: Path) -> None:
    content = os.urandom(2_500_000)
    (tmp_path / "a").write_bytes(content)
    steps: list[Step] = []
    copied = files.copy_file(tmp_path / "a", tmp_path / "b", progress=steps.append)
    assert (tmp_path / "b").read_bytes() == content
    assert copied == files.digest_of(tmp_path / "a") == files.digest_of(tmp_path / "b")
    assert copied.sha256 == hashlib.sha256(content).digest()
    assert {step.doing for step in steps} == {"copying", "reading"}
    assert steps[-1].done == steps[-1].total == len(content)


def test_a_stopped_copy_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(5 * files.BLOCK_BYTES))
    watched = Watched()

    def stop_in_the_middle(step: Step) -> None:
        if step.done == 2 * files.BLOCK_BYTES:
            watched.stop()
        watched(step)

    with pytest.raises(Cancelled):
        files.copy_file(tmp_path / "a", tmp_path / "b", progress=stop_in_the_middle)
    assert names(tmp_path) == ["a"]


def test_a_medium_that_gives_back_other_bytes_is_found_out(tmp_path: Path) -> None:
    with files.draft(tmp_path) as draft:
        draft.file.write(bytes(100_000))
        sha256 = draft.finish().sha256
        with draft.path.open("r+b") as rot:
            rot.seek(70_000)
            rot.write(b"\x01")
        with pytest.raises(ReadBackDiffers):
            draft.verify()
        with pytest.raises(ReadBackDiffers):
            files.read_back(draft.path, sha256)


def test_running_out_of_descriptors_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, hard))
    try:
        with pytest.raises(NotReadable):
            files.open_for_reading(tmp_path / "a")
        with pytest.raises(NotWritable), files.atomic(tmp_path / "b"):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert names(tmp_path) == ["a"]
