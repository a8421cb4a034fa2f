"""Folders and files inside a vault: made private, synced, copied whole."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from pathlib import Path
from typing import BinaryIO

from app.errors import ReadBackDiffers
from app.oserrors import while_reading, while_writing

_BLOCK_BYTES = 1024**2


def make_folder(path: Path) -> None:
    """Make one folder that only the owner may enter. Raises AlreadyThere, NotThere, NotWritable."""
    with while_writing(path):
        path.mkdir(mode=0o700)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the medium. Raises MediumFailed, NotThere."""
    if sys.platform == "win32":
        return  # a folder cannot be synced there; renames are written through
    with while_writing(folder):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:
                raise
        finally:
            os.close(descriptor)


def new_file(path: Path) -> BinaryIO:
    """A new unbuffered file that only the owner may read. Raises AlreadyThere, NotWritable."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with while_writing(path):
        return os.fdopen(os.open(path, flags, 0o600), "w+b", buffering=0)


def write_synced(path: Path, content: bytes) -> None:
    """A new file with `content`, on the medium. Raises AlreadyThere, NoRoom, NotWritable."""
    with while_writing(path), new_file(path) as file:
        view = memoryview(content)
        while view:
            view = view[file.write(view) :]
        os.fsync(file.fileno())


def copy_synced(source: Path, to: Path) -> None:
    """Copy a file that is not in use, under a passing name until its content was read back.

    Raises NoRoom, NotWritable, NotReadable, MediumFailed, ReadBackDiffers.
    """
    passing = to.with_name(to.name + "-")
    with while_writing(passing):
        passing.unlink(missing_ok=True)
    digest = hashlib.sha256()
    with while_reading(source), source.open("rb") as content, new_file(passing) as copy:
        while block := content.read(_BLOCK_BYTES):
            digest.update(block)
            with while_writing(passing):
                view = memoryview(block)
                while view:
                    view = view[copy.write(view) :]
        with while_writing(passing):
            os.fsync(copy.fileno())
            copy.seek(0)
            again = hashlib.sha256()
            while block := copy.read(_BLOCK_BYTES):
                again.update(block)
    if again.digest() != digest.digest():
        raise ReadBackDiffers(at=to)
    with while_writing(to):
        passing.replace(to)
    sync_folder(to.parent)
