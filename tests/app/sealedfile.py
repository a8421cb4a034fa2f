"""A file that has the shape of a bundle, made without any vault, for tests of carrying."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

from app.bundles import naming
from crypto import age


def sealed_file(folder: Path, size: int = 300_000) -> Path:
    """A file of random content sealed for a key that nobody has, under the name it should have."""
    made = io.BytesIO()
    identity = age.X25519Identity.generate()
    with age.encrypt(made, [identity.recipient]) as sealed:
        sealed.write(os.urandom(size))
    content = made.getvalue()
    path = folder / naming.name_of(hashlib.sha256(content).digest())
    path.write_bytes(content)
    return path
