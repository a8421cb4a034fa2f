"""The reader of strace's log, on which the proof rests that nothing else was written."""

from __future__ import annotations

from pathlib import Path

from tests.written import is_readable, opened, written

LOG = (
    '7 openat(AT_FDCWD</home/x>, "/a/read", O_RDONLY|O_CLOEXEC) = 3</a/read>\n'
    '7 openat(AT_FDCWD</home/x>, "made", O_WRONLY|O_CREAT|O_EXCL, 0600) = 3</home/x/made>\n'
    '8 openat(5</home/y>, "beside", O_RDWR <unfinished ...>\n'
    '8 open("/b/old", O_WRONLY|O_TRUNC) = -1 EACCES (Permission denied)\n'
    '8 mkdir("/c", 0700) = 0\n'
    '9 renameat2(AT_FDCWD</home/x>, "/d/part", AT_FDCWD</home/x>, "/d/whole", RENAME_NOREPLACE)\n'
    '9 rename("/e/part", "/e/whole") = 0\n'
    '9 symlink("/f/target", "/f/link") = 0\n'
    "9 connect(3<socket:[1]>, {sa_family=AF_UNIX}, 21) = 0\n"
)


def test_every_way_to_bring_a_file_about_is_seen() -> None:
    assert written(LOG) == {
        Path(path)
        for path in (
            *("/home/x/made", "/home/y/beside", "/b/old", "/c", "/d/whole", "/e/whole", "/f/link"),
        )
    }


def test_reading_is_told_from_writing() -> None:
    assert Path("/a/read") in opened(LOG) - written(LOG)


def test_a_log_without_names_is_no_proof() -> None:
    assert is_readable(LOG)
    assert not is_readable("7 openat(AT_FDCWD, 0x7f12, O_RDONLY) = 3\n")
