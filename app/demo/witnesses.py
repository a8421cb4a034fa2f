"""What programs that are not ours say of our bundles: age, tar, bagit.py, minisign; and the rescue
tool, which is one file that needs nothing of the program.

Two steps, never a pipe: a pipe into tar accepts a bundle that was cut (bundle.md 9). Programs are
looked for in the usual places only, not along PATH, and inherit the refusal of the network.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

_PLACES: Final = ("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")
_SECONDS: Final = 600
_RESCUE_TOOL: Final = Path(__file__).resolve().parent.parent.parent / "tools" / "recover.py"


class Opinion(StrEnum):
    """What a witness said."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """`said`: its last line, or that it is not here."""

    witness: str
    opinion: Opinion
    said: str = ""


def age_decrypts(bundle: Path, identity: Path, to: Path) -> Testimony:
    """`age -d -i identity -o to bundle`: X25519 only, before age 1.3."""
    return _asked("age", ["-d", "-i", identity, "-o", to, bundle])


def rescue_tool_decrypts(bundle: Path, identity: Path, to: Path) -> Testimony:
    """`python3 recover.py -i identity -o to bundle`, without any of our modules."""
    if not _RESCUE_TOOL.is_file():
        return Testimony(witness="recover.py", opinion=Opinion.ABSENT)
    words: list[str | Path] = [
        sys.executable,
        "-I",
        str(_RESCUE_TOOL),
        "-i",
        identity,
        "-o",
        to,
        bundle,
    ]
    return _run("recover.py", words)


def tar_unpacks(archive: Path, to: Path) -> Testimony:
    """`tar xf archive`, in the folder `to`."""
    return _asked("tar", ["xf", archive, "-C", to])


def bagit_validates(bag: Path) -> Testimony:
    """`bagit.py --validate bag`."""
    if importlib.util.find_spec("bagit") is None:
        return Testimony(witness="bagit.py", opinion=Opinion.ABSENT)
    return _run("bagit.py", [sys.executable, "-m", "bagit", "--validate", bag])


def minisign_verifies(message: Path, key: str) -> Testimony:
    """`minisign -V -m message -P key`, with the signature beside it."""
    return _asked("minisign", ["-V", "-m", message, "-P", key])


def _asked(name: str, arguments: Sequence[str | Path]) -> Testimony:
    for place in _PLACES:
        program = Path(place) / name
        if program.is_file() and os.access(program, os.X_OK):
            return _run(name, [program, *arguments])
    return Testimony(witness=name, opinion=Opinion.ABSENT)


def _run(name: str, words: Sequence[str | Path]) -> Testimony:
    try:
        done = subprocess.run(
            [str(word) for word in words],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Testimony(witness=name, opinion=Opinion.DISAGREES, said="no answer")
    said = (done.stdout + done.stderr).decode("utf-8", "replace").strip().splitlines()
    return Testimony(
        witness=name,
        opinion=Opinion.DISAGREES if done.returncode else Opinion.AGREES,
        said=said[-1] if said else "",
    )
