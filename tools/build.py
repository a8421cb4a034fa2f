"""Freezes the program into dist/hoopoe, looks into what came out, and tries it.

`python -m tools.build`: exit status 0 only if no network code is inside, the folder is not larger
than it may be, and the program in it runs.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]

from app import __version__

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "dist" / "hoopoe"
PROGRAM: Final = FOLDER / ("hoopoe.exe" if sys.platform == "win32" else "hoopoe")
MAX_FOLDER_BYTES: Final = 170 * 1000**2
SMOKE_SECONDS: Final = 300
WINDOW_SECONDS: Final = 8
# Two builds of the same source on the same machine are the same, byte for byte.
FIXED: Final = {"SOURCE_DATE_EPOCH": "1767225600", "PYTHONHASHSEED": "1"}

NETWORK_FILES: Final = re.compile(
    r"Qt6?(Network|Qml|Quick|Web|VirtualKeyboard)|qvnc|qlinuxfb|qeglfs|/tls/|networkinformation"
    r"|qopenssl|libssl|libgnutls|libcurl|libcups|(^|/)_ssl\b|(^|/)_socket\b",
    re.IGNORECASE,
)
NETWORK_MODULES: Final = re.compile(
    r"(_?socket|_?ssl|http|ftplib|smtplib|poplib|imaplib|nntplib|telnetlib|xmlrpc|socketserver"
    r"|webbrowser|wsgiref|asyncio|multiprocessing|urllib\.(?!parse$)\w+"
    r"|PySide6\.Qt(Network|Qml|Quick|Web)\w*)(\..*)?"
)


def main() -> int:
    done = subprocess.run(
        [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "build.spec"],
        cwd=ROOT,
        env={**os.environ, **FIXED},
        check=False,
    )
    if done.returncode != 0:
        return done.returncode
    problems = [*network_code(), *size_problems(), *smoke_problems()]
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{FOLDER}: version {__version__}, {folder_bytes() / 1e6:.0f} MB")
    return 1 if problems else 0


def network_code() -> Iterator[str]:
    """What is inside and could reach a network: files of the folder, modules of the archive."""
    for path in sorted(FOLDER.rglob("*")):
        name = path.relative_to(FOLDER).as_posix()
        if NETWORK_FILES.search(name):
            yield f"network code in the folder: {name}"
    archive = CArchiveReader(str(PROGRAM))
    for entry in archive.toc:
        if entry.endswith(".pyz"):
            for module in sorted(archive.open_embedded_archive(entry).toc):
                if NETWORK_MODULES.fullmatch(module):
                    yield f"network code in the archive: {module}"


def size_problems() -> Iterator[str]:
    if folder_bytes() > MAX_FOLDER_BYTES:
        yield f"the folder is larger than {MAX_FOLDER_BYTES / 1e6:.0f} MB"


def folder_bytes() -> int:
    files = (path for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files)


def smoke_problems() -> Iterator[str]:
    """Runs the frozen program in a home of its own: version, demonstration, window."""
    home = Path(tempfile.mkdtemp(prefix="hoopoe-smoke-"))
    try:
        for arguments in (["--version"], ["demo", "--to", str(home / "demo")]):
            done = run_frozen(arguments, home)
            if done.returncode != 0:
                tail = "\n".join((done.stdout + done.stderr).splitlines()[-20:])
                yield f"hoopoe {' '.join(arguments)} ended with {done.returncode}:\n{tail}"
            elif arguments == ["--version"] and __version__ not in done.stdout:
                yield f"hoopoe --version said {done.stdout!r}"
        yield from window_problems(home)
    finally:
        shutil.rmtree(home)


def window_problems(home: Path) -> Iterator[str]:
    """The window must stand for some seconds without a screen, and end when it is asked to."""
    with subprocess.Popen(
        [str(PROGRAM)],
        cwd=home,
        env=clean_environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as window:
        try:
            status: int | None = window.wait(WINDOW_SECONDS)
        except subprocess.TimeoutExpired:
            status = None
        if status is None and sys.platform != "win32":
            os.killpg(window.pid, signal.SIGTERM)
        elif status is None:
            window.terminate()
        said, _ = window.communicate(timeout=SMOKE_SECONDS)
    if status is not None:
        yield f"the window ended by itself with {status}:\n{said[-2000:]}"
    elif "Traceback" in said:
        yield f"the window said:\n{said[-2000:]}"


def clean_environment(home: Path) -> dict[str, str]:
    """Nothing of the developer's environment: neither Python's path nor the system's libraries."""
    return {"HOME": str(home), "USERPROFILE": str(home), "QT_QPA_PLATFORM": "offscreen"}


def run_frozen(arguments: Sequence[str], home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROGRAM), *arguments],
        cwd=home,
        env=clean_environment(home),
        capture_output=True,
        text=True,
        timeout=SMOKE_SECONDS,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
