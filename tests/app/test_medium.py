"""What a medium refuses, asked before and met while writing."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import files, medium, oserrors
from app.errors import (
    AlreadyThere,
    AppError,
    MediumFailed,
    NoRoom,
    NotThere,
    NotWritable,
    TooBigForMedium,
)

ROOT = Path(__file__).parents[2]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def run(code: str, *arguments: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, timeout=60
    )


def test_a_file_past_the_largest_of_its_medium_is_named_as_such(tmp_path: Path) -> None:
    # RLIMIT_FSIZE answers as FAT32 does at 4 GiB: EFBIG in the middle of writing.
    code = """
import resource, sys
from pathlib import Path
from app import files
from app.errors import TooBigForMedium
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
try:
    with files.atomic(Path(sys.argv[1]) / "a") as out:
        for _ in range(50):
            out.write(b"x" * 100_000)
except TooBigForMedium as refused:
    sys.exit(refused.at != Path(sys.argv[1]))
sys.exit(3)
"""
    done = run(code, tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert names(tmp_path) == []


SMALL_MEDIUM = """
mount -t tmpfs -o size=1m tmpfs "$2" && exec "$1" -c '
import os, subprocess, sys
from pathlib import Path
from app import files
from app.errors import NoRoom, NotWritable
at = Path(sys.argv[1])
for ending in ("body", "flush"):
    try:
        with files.atomic(at / "a") as out:
            out.write(bytes(3_000_000 if ending == "body" else 1_040_000))
            out.write(bytes(30_000))
    except NoRoom as full:
        assert full.at == at and full.free < 1_048_576, full
    else:
        sys.exit(3)
    assert os.listdir(at) == []
subprocess.run(["mount", "-o", "remount,ro", at], check=True)
try:
    with files.atomic(at / "a") as out:
        out.write(b"x")
except NotWritable:
    sys.exit(0)
sys.exit(4)
' "$2"
"""


def test_a_full_or_read_only_medium_is_named_and_left_clean(tmp_path: Path) -> None:
    namespace = ["unshare", "--user", "--map-root-user", "--mount"]
    if subprocess.run([*namespace, "true"], capture_output=True).returncode:
        pytest.skip("no user namespaces here: a small medium cannot be mounted")
    done = subprocess.run(
        [*namespace, "sh", "-c", SMALL_MEDIUM, "sh", sys.executable, tmp_path],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("number", "leaf"),
    [
        (errno.ENOSPC, NoRoom),
        (errno.EDQUOT, NoRoom),
        (errno.EFBIG, TooBigForMedium),
        (errno.EROFS, NotWritable),
        (errno.EACCES, NotWritable),
        (errno.EMFILE, NotWritable),
        (errno.ENAMETOOLONG, NotWritable),
        (errno.EEXIST, AlreadyThere),
        (errno.ENOENT, NotThere),
        (errno.EIO, MediumFailed),
        (errno.ENODEV, MediumFailed),
        (errno.ESTALE, MediumFailed),
    ],
)
def test_a_refusal_to_write_becomes_one_leaf(
    tmp_path: Path, number: int, leaf: type[AppError]
) -> None:
    with pytest.raises(leaf) as caught, oserrors.while_writing(tmp_path):
        raise OSError(number, os.strerror(number))
    assert caught.value.at == tmp_path  # type: ignore[attr-defined]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotThere), files.atomic(tmp_path / "no" / "a"):
        pass
    with pytest.raises(NotThere):
        files.free_space(tmp_path / "no")


def test_room_is_asked_for_before_writing(tmp_path: Path) -> None:
    files.ensure_room(tmp_path, 1)
    with pytest.raises(NoRoom) as caught:
        files.ensure_room(tmp_path, 2**60)
    assert caught.value.needed == 2**60
    assert 0 < caught.value.free < 2**60


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
36 22 8:17 / /media/stick rw,nosuid shared:20 master:3 - vfat /dev/sdb1 rw,uid=1000
37 22 0:41 / /media/other\\040name rw - tmpfs tmpfs rw
"""


def test_fat32_is_recognised_by_the_device_of_the_folder() -> None:
    assert medium.kind_in_mounts(MOUNTS, "8:17") == "vfat"
    assert medium.kind_in_mounts(MOUNTS, "254:0") == "ext4"
    assert medium.kind_in_mounts(MOUNTS, "8:1") == ""


def test_a_file_too_big_for_fat32_is_refused_before_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = tmp_path.stat().st_dev
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 {os.major(device)}:{os.minor(device)} / / rw - vfat /dev/sdb1 rw\n")
    monkeypatch.setattr(medium, "_MOUNTS", mounts)
    files.ensure_room(tmp_path, 1000)
    with pytest.raises(TooBigForMedium) as caught:
        files.ensure_room(tmp_path, 4 * 1024**3)
    assert caught.value.limit == 4 * 1024**3 - 1
