"""The only module that writes outside the vault; what reads files is at hand here too.

Writing: a draft under a neutral temporary name in the same folder, readable by the owner alone,
synced, then renamed. Until the rename there is nothing under the final name, whatever kills the
program; what is left then is a file `<16 hex digits>.part`, which `remove_leftovers` finds.
OSError becomes a leaf of app/errors.py here (app/oserrors.py has the table).
"""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import BinaryIO

from app.medium import ensure_room, free_space
from app.oserrors import while_reading, while_writing
from app.reading import (
    BLOCK_BYTES,
    MAX_FILE_BYTES,
    SMALL_BYTES,
    FileDigest,
    copy_with_digest,
    digest_of,
    open_for_reading,
    read_back,
    read_small,
    refuse_network_path,
)
from app.sink import Sink
from app.streams import Reader
from app.tasks import Progress, Step, ignore

if sys.platform != "win32":
    import fcntl

__all__ = [
    "BLOCK_BYTES",
    "MAX_FILE_BYTES",
    "Draft",
    "FileDigest",
    "atomic",
    "copy_file",
    "copy_with_digest",
    "digest_of",
    "draft",
    "ensure_room",
    "free_space",
    "leftovers",
    "make_private_folder",
    "open_for_reading",
    "read_back",
    "read_small",
    "refuse_network_path",
    "remove",
    "remove_leftovers",
    "replacing",
    "set_day",
    "undone_by_failure",
]

_LEFTOVER = re.compile(r"[0-9a-f]{16}\.part")
# what a FAT directory can hold
_FIRST_DAY = date(1980, 1, 1)
_LAST_DAY = date(2107, 12, 31)
_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK}


class Draft:
    """A file that has no name yet: written to `file`, finished, then published or discarded.

    Made by `draft`. Errors of writing: NoRoom, TooBigForMedium, NotWritable, MediumFailed.
    """

    def __init__(self, folder: Path) -> None:
        refuse_network_path(folder)
        self._folder = folder
        self.path = folder / f"{secrets.token_hex(8)}.part"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        with while_writing(folder):
            descriptor = os.open(self.path, flags, 0o600)
        self._sink = Sink(descriptor, folder)
        self._claim = _claim(descriptor)
        self._digest: FileDigest | None = None
        self._published = False
        self.file: BinaryIO = io.BufferedWriter(self._sink, SMALL_BYTES)

    def fill(self, content: Reader, *, total: int = 0, progress: Progress = ignore) -> FileDigest:
        """Write a stream to its end and finish. `total`: bytes, 0 unknown. Raises Cancelled, and
        what the stream raises.
        """
        done = 0
        progress(Step(doing="copying", done=0, total=total))
        while block := content.read(BLOCK_BYTES):
            self.file.write(block)
            done += len(block)
            progress(Step(doing="copying", done=done, total=total))
        return self.finish()

    def finish(self) -> FileDigest:
        """Bring everything to the medium; nothing can be written afterwards."""
        if self._digest is None:
            self.file.flush()
            with while_writing(self._folder):
                _sync(self._sink.fileno())
                self.file.close()
            self._digest = FileDigest(sha256=self._sink.sha256.digest(), size=self._sink.size)
        return self._digest

    def verify(self, *, progress: Progress = ignore) -> None:
        """Read the finished draft back from the medium, before it gets its name.

        Raises: ReadBackDiffers, and what reading raises.
        """
        read_back(self.path, self.finish().sha256, progress=progress)

    def set_day(self, day: date) -> None:
        """Give the finished draft the modification time `day` 00:00 UTC."""
        self.finish()
        set_day(self.path, day)

    def publish(self, name: str) -> Path:
        """Rename to `name` in the same folder, which must be free. After a failure nothing is
        under that name. Raises: AlreadyThere.
        """
        target = self._target(name)
        with while_writing(target), _folder_to_sync(self._folder) as sync:
            _rename_to_free_name(self.path, target)
            try:
                sync()
            except OSError:
                target.unlink()
                raise
        self._published = True
        return target

    def publish_over(self, name: str) -> Path:
        """Rename to `name` in the same folder, taking the place of what has that name. After a
        failure the old file or the new one has the name, whole.
        """
        target = self._target(name)
        with while_writing(target), _folder_to_sync(self._folder) as sync:
            self.path.replace(target)
            self._published = True
            sync()
        return target

    def discard(self) -> None:
        """Remove the draft; nothing happens when it was published."""
        self._sink.close()  # first: closing the buffer would write what it still holds
        if not self._published:
            with suppress(OSError):
                self.path.unlink()
        self._release()

    def _target(self, name: str) -> Path:
        if Path(name).name != name:
            raise ValueError(name)
        self.finish()
        return self._folder / name

    def _release(self) -> None:
        if self._claim is not None:
            os.close(self._claim)
            self._claim = None


@contextmanager
def draft(folder: Path) -> Iterator[Draft]:
    """A draft in `folder`, for a final name that is known only after writing. It is discarded at
    the end of the block unless it was published.

    Raises: NotThere, NotWritable, NoRoom, MediumFailed, NotOnThisComputer.
    """
    made = Draft(folder)
    try:
        yield made
    finally:
        made.discard()


@contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """A new file at `path`: complete at the end of the block, or not there at all.

    Raises: AlreadyThere, and what `draft` and writing raise.
    """
    with draft(path.parent) as made:
        yield made.file
        made.publish(path.name)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """As `atomic`, taking the place of an older file at `path`: the old one or the new one."""
    with draft(path.parent) as made:
        yield made.file
        made.publish_over(path.name)


@contextmanager
def undone_by_failure(path: Path) -> Iterator[None]:
    """When what has to remember a file published in the block fails, the file goes too."""
    before = path.exists()
    try:
        yield
    except BaseException:
        if not before and path.exists():
            remove(path)
        raise


def set_day(path: Path, day: date) -> None:
    """Set the modification and access time to `day` 00:00 UTC: the hour would tell a habit."""
    instant = int(datetime.combine(day, time(), UTC).timestamp()) * 10**9
    with while_writing(path):
        os.utime(path, ns=(instant, instant))


def remove(path: Path) -> None:
    """Remove one file. Raises: NotThere, NotWritable, MediumFailed."""
    with while_writing(path):
        path.unlink()


def make_private_folder(path: Path) -> None:
    """Make `path` with its parents, and see to it that the owner alone may enter (mode 0700).

    Raises: AlreadyThere (a file has that name), NotWritable, NoRoom, MediumFailed.
    """
    refuse_network_path(path)
    with while_writing(path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o700)


def leftovers(folder: Path) -> tuple[Path, ...]:
    """Drafts that a killed program left in `folder`, and those being written just now."""
    with while_reading(folder):
        found = [
            entry
            for entry in folder.iterdir()
            if _LEFTOVER.fullmatch(entry.name) and stat.S_ISREG(entry.lstat().st_mode)
        ]
    return tuple(sorted(found))


def remove_leftovers(folder: Path) -> int:
    """Remove the drafts in `folder` that no running program holds; how many there were.

    What cannot be removed is left: a sweep must not stand in the way of the work.
    """
    removed = 0
    for path in leftovers(folder):
        with suppress(OSError):
            if not _claimed_elsewhere(path):
                path.unlink()
                removed += 1
    return removed


def copy_file(source: Path, to: Path, *, progress: Progress = ignore) -> FileDigest:
    """Copy to a new file, read back before it gets its name: a bad copy never has it. Its
    modification time is the source's day: the hour of copying is nobody's business.

    Raises: as `open_for_reading`, `ensure_room`, `atomic`, `read_back`, and Cancelled.
    """
    with open_for_reading(source) as content:
        facts = os.fstat(content.fileno())
        ensure_room(to.parent, facts.st_size)
        with draft(to.parent) as made:
            copied = made.fill(content, total=facts.st_size, progress=progress)
            made.verify(progress=progress)
            made.set_day(_day(facts.st_mtime))
            made.publish(to.name)
    return copied


def _day(modified: float) -> date:
    """The day of a modification time; the first that every medium knows where it is none."""
    try:
        day = datetime.fromtimestamp(modified, UTC).date()
    except (OverflowError, ValueError, OSError):
        return _FIRST_DAY
    return day if _FIRST_DAY <= day <= _LAST_DAY else _FIRST_DAY


# --- what each system does in its own way ---------------------------------------------------


def _rename_to_free_name(source: Path, target: Path) -> None:
    if sys.platform == "win32":
        source.rename(target)  # refuses by itself when the name is taken
        return
    try:
        target.hardlink_to(source)  # the one portable step that fails when the name is taken
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        # FAT and many FUSE drivers know no second name: look, then rename. The moment between
        # matters only to a program that makes the same name at the same time.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from error
        source.rename(target)
    else:
        with suppress(OSError):  # the file has its name; the other one is a leftover at worst
            source.unlink()


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        with suppress(OSError):  # fsync alone stops at the drive's own memory there
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    os.fsync(descriptor)


@contextmanager
def _folder_to_sync(folder: Path) -> Iterator[Callable[[], None]]:
    """What brings the names in `folder` to the medium; what can fail before a rename does so."""
    if sys.platform == "win32":
        yield lambda: None  # a folder cannot be synced there; the rename is written through
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield lambda: _sync_names(descriptor)
    finally:
        os.close(descriptor)


def _sync_names(folder: int) -> None:
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:  # some FUSE drivers cannot
            raise


def _claim(descriptor: int) -> int | None:
    """Hold a lock that ends with the process, so that a sweep elsewhere leaves the draft alone."""
    if sys.platform == "win32":
        return None  # an open file cannot be removed there
    with suppress(OSError):  # not every file system knows locks
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return os.dup(descriptor)


def _claimed_elsewhere(path: Path) -> bool:
    if sys.platform == "win32":
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held, or a file system without locks, where nobody can tell
        return True
    finally:
        os.close(descriptor)
    return False
