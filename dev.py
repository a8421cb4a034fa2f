#!/usr/bin/env python3
"""The two commands: `python3 dev.py run` and `python3 dev.py test`; the Makefile calls the rest.

Standard library only. Makes .venv, installs exactly the wheels whose hashes are in the lock files,
brings the system libraries that are missing (or prints the line that does), and goes on.
The network is used here, to install, and nowhere in the program itself.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # an older Python must come as far as the sentence that refuses it
    Line = Sequence[str | Path]

ROOT: Final = Path(__file__).resolve().parent
VENV: Final = ROOT / ".venv"
WINDOWS: Final = os.name == "nt"
LINUX: Final = sys.platform.startswith("linux")
BIN: Final = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON: Final = BIN / ("python.exe" if WINDOWS else "python")
RUN_LOCK: Final = ROOT / "requirements.lock"
DEV_LOCK: Final = ROOT / "requirements-dev.lock"  # contains all of RUN_LOCK
NOTHING_COLLECTED: Final = 5  # pytest's status for "no test matched"

QT_LIBRARIES: Final = [
    *("libglib2.0-0", "libdbus-1-3", "libegl1", "libgl1", "libfontconfig1", "libxkbcommon0"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1"),
    *("libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1", "libxcb-shm0"),
    *("libxcb-sync1", "libxcb-xfixes0", "libwayland-client0", "libwayland-cursor0"),
    *("libwayland-egl1",),
]
# What loads nothing but the dynamic linker can tell: every Qt module in use, and the X11 plugin.
QT_PROBE: Final = """
import ctypes, pathlib
import PySide6
from PySide6 import QtCore, QtDBus, QtGui, QtPrintSupport, QtSvg, QtSvgWidgets, QtWidgets
ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"))
"""
# Program that the tests call -> Debian package that has it.
TEST_TOOLS: Final = {
    "age": "age",
    "minisign": "minisign",
    "xvfb-run": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "strace": "strace",
    "convert": "imagemagick",
    "node": "nodejs",
    "npm": "npm",
}


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - the reader may start this with an older one
        return fail(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    command = COMMANDS.get(name)
    if command is None:
        return fail(usage())
    return command(rest)


def usage() -> str:
    lines = [
        f"  python3 dev.py {name:<8} {(do.__doc__ or '').strip()}" for name, do in COMMANDS.items()
    ]
    return "\n".join(["Usage:", *lines])


def show_usage(_arguments: list[str]) -> int:
    """this list"""
    print(usage())
    return 0


# --- commands -------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """[ARGS] install what is needed and open the program"""
    prepare(RUN_LOCK)
    if not arguments and LINUX and not has_display():
        say("There is no display here, so no window can open. The demonstration runs instead:")
        say("  python3 dev.py run demo")
        arguments = ["demo"]
    return python("-m", "ui", *arguments)


def demo(arguments: list[str]) -> int:
    """[ARGS] the whole journey on fictional incidents, without a window"""
    return run(["demo", *arguments])


def test(arguments: list[str]) -> int:
    """[PYTEST ARGS] every test: first without a screen, then the windows"""
    prepare(DEV_LOCK)
    missing = bring_test_tools()
    marked, others = split_marker(arguments)
    quick = pytest(f"({marked}) and not window", others, parallel(others), "offscreen")
    windows = window_tests(f"({marked}) and window", others)
    if missing:
        say(f"Not everything could be tested: {' '.join(missing)} missing. To install:")
        say("  " + apt_line(missing))
    return verdict([quick, windows, 1 if missing else 0])


def check(arguments: list[str]) -> int:
    """format, lint, types, layers, house rules, strings, and the tests that take seconds"""
    prepare(DEV_LOCK)
    results = [
        module("ruff", "format", "--check", "."),
        module("ruff", "check", "."),
        module("mypy"),
        lint_imports(),
        module("tools.check_rules"),
        module("tools.strings", "check"),
    ]
    quick = "not window and not heavy"
    results.append(pytest(quick, arguments, parallel(arguments), "offscreen"))
    return verdict(results)


def layers(_arguments: list[str]) -> int:
    """the import contracts of pyproject.toml"""
    prepare(DEV_LOCK)
    return lint_imports()


def strings(arguments: list[str]) -> int:
    """bring the catalogues up to date with the source"""
    prepare(DEV_LOCK)
    return module("tools.strings", *(arguments or ["update"]))


def tool(name: str, about: str, **environment: str) -> Callable[[list[str]], int]:
    """A command that only calls a module of tools/; `about` is its line of the help."""

    def command(arguments: list[str]) -> int:
        prepare(DEV_LOCK)
        return module(f"tools.{name}", *arguments, **environment)

    command.__doc__ = about
    return command


def build(arguments: list[str]) -> int:
    """the program as one folder under dist/, then try it"""
    prepare(DEV_LOCK)
    if LINUX and shutil.which("objdump") is None:
        bring(["binutils", f"libpython3.{sys.version_info.minor}"], "A tool that the build calls")
    return module("tools.build", *arguments)


def lock(_arguments: list[str]) -> int:
    """make the lock files from pyproject.toml (needs uv)"""
    uv = shutil.which("uv") or shutil.which("uv", path=str(BIN))
    if uv is None:
        return fail("uv is needed to make the locks:  pip install uv")
    compiled: list[str | Path] = [
        *(uv, "pip", "compile", "-q", "--universal", "--generate-hashes", "--python-version"),
        *("3.11", "--no-config", "--default-index", "https://pypi.org/simple"),
        *("--only-binary", ":all:", "--no-emit-index-url", "--no-annotate", "--no-header"),
        "pyproject.toml",
    ]
    first = call([*compiled, "-o", RUN_LOCK.name])
    second = call([*compiled, "-c", RUN_LOCK.name, "--extra", "dev", "-o", DEV_LOCK.name])
    return verdict([first, second])


COMMANDS: Final[dict[str, Callable[[list[str]], int]]] = {
    "run": run,
    "test": test,
    "check": check,
    "demo": demo,
    "bench": tool("bench", "[ARGS] measure speed and sizes", platform="offscreen"),
    "fuzz": tool("fuzz", "[TARGET] [--runs N] altered input for every reader of what comes in"),
    "torture": tool("torture", "[WHAT] [--share 0.1] kills, power cuts, flips, full media; long"),
    "shots": tool(
        "shots", "[ARGS] pictures of every page, for people to look at", platform="offscreen"
    ),
    "build": build,
    "strings": strings,
    "layers": layers,
    "lock": lock,
    "help": show_usage,
}


# --- the environment ------------------------------------------------------------------------


def prepare(lock_file: Path) -> None:
    """Brings .venv, the system libraries and the compiled texts up to date; quick when they are."""
    wanted = hashlib.sha256(lock_file.read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f".{lock_file.stem}"
    if not (works(PYTHON) and stamp.exists() and stamp.read_text() == wanted):
        install(lock_file)
        require_qt_libraries()
        stamp.write_text(wanted)
    compile_strings()


def install(lock_file: Path) -> None:
    if not works(PYTHON):
        make_venv()
    say(f"Installing {lock_file.name} into .venv (each file is checked against its hash) ...")
    pip: Line = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if call([*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock_file]) != 0:
        sys.exit("The packages could not be installed; nothing was started.")


def make_venv() -> None:
    try:
        venv.create(VENV, with_pip=True, clear=True)
    except (subprocess.CalledProcessError, SystemExit):
        # Debian keeps ensurepip in a package of its own.
        bring(["python3-venv"], "Python's venv module")
        venv.create(VENV, with_pip=True, clear=True)


def works(python_path: Path) -> bool:
    """Whether this interpreter runs and is new enough (a moved or old .venv does not)."""
    probe: Line = [python_path, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
    return python_path.exists() and call_quietly(probe) == 0


def require_qt_libraries() -> None:
    if LINUX and call_quietly([PYTHON, "-c", QT_PROBE]) != 0:
        bring(QT_LIBRARIES, "A system library that the windows need")
        if call([PYTHON, "-c", QT_PROBE]) != 0:
            sys.exit("Qt still finds a system library missing (named above).")


def bring(packages: Sequence[str], what: str) -> None:
    """Installs Debian packages when that is allowed; else stops with the line that does it."""
    if not may_install():
        sys.exit(f"{what} is missing. On Debian or Ubuntu:\n  {apt_line(packages)}")
    say(f"{what} is missing; installing: {' '.join(packages)}")
    apt_get(packages)


def bring_test_tools() -> list[str]:
    """The packages of tools that the tests want and that stay missing here."""
    if not LINUX:
        return []
    missing = absent_tools()
    if missing and may_install():
        say(f"Installing what the tests call: {' '.join(missing)}")
        apt_get(missing)
        missing = absent_tools()
    return missing


def absent_tools() -> list[str]:
    return [package for tool, package in TEST_TOOLS.items() if shutil.which(tool) is None]


def may_install() -> bool:
    return LINUX and shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_get(packages: Sequence[str]) -> None:
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    install_line = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if call_quietly(install_line, environment) != 0:
        call([*apt, "update"], environment)
        call(install_line, environment)


def apt_line(packages: Sequence[str]) -> str:
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def compile_strings() -> None:
    if (ROOT / "tools" / "strings.py").exists() and module("tools.strings", "compile") != 0:
        sys.exit("The translations could not be compiled.")


# --- calling --------------------------------------------------------------------------------


def window_tests(marked: str, others: list[str]) -> int:
    """The tests that need a screen, one after the other, under Xvfb where there is one."""
    if not LINUX:
        return pytest(marked, others, [], None)
    if shutil.which("xvfb-run") is not None:
        screen = ["xvfb-run", "-a", "-s", "-screen 0 1400x1000x24 -nolisten tcp"]
        return pytest(marked, others, [], "xcb", before=screen)
    if os.environ.get("DISPLAY"):
        return pytest(marked, others, [], "xcb")
    return NOTHING_COLLECTED


def lint_imports() -> int:
    command = (
        "import sys; from importlinter.cli import lint_imports_command as lint; lint(sys.argv[1:])"
    )
    return call([PYTHON, "-c", command], child_environment(None), at=ROOT)


def pytest(
    marked: str,
    others: Sequence[str],
    options: Sequence[str],
    platform: str | None,
    *,
    before: Sequence[str] = (),
) -> int:
    line: Line = [*before, PYTHON, "-m", "pytest", "-q", "-m", marked, *options, *others]
    return call(line, child_environment(platform), at=ROOT)


def split_marker(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Takes the person's own `-m EXPRESSION` out of the arguments; by default any test."""
    others = list(arguments)
    if "-m" in others[:-1]:
        at = others.index("-m")
        expression = others[at + 1]
        del others[at : at + 2]
        return expression, others
    return "window or not window", others


def parallel(arguments: Sequence[str]) -> list[str]:
    """Two workers, unless the person said how many or wants the debugger."""
    own = any(one.startswith(("-n", "--pdb", "--numprocesses")) for one in arguments)
    return [] if own else ["-n", "2"]


def python(*arguments: str, platform: str | None = None) -> int:
    # -P: a folder named `app` where the person happens to stand must not be taken for ours.
    return call([PYTHON, "-P", *arguments], child_environment(platform))


def module(name: str, *arguments: str, platform: str | None = None) -> int:
    line: Line = [PYTHON, "-m", name, *arguments]
    return call(line, child_environment(platform), at=ROOT)


def child_environment(platform: str | None) -> dict[str, str]:
    environment = dict(
        os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1", PYTHONDONTWRITEBYTECODE="1"
    )
    environment.pop("PYTHONHOME", None)
    if platform is not None:
        environment["QT_QPA_PLATFORM"] = platform
    return environment


def call(line: Line, environment: dict[str, str] | None = None, *, at: Path | None = None) -> int:
    try:
        return subprocess.call([str(word) for word in line], env=environment, cwd=at)
    except KeyboardInterrupt:
        return 130


def call_quietly(line: Line, environment: dict[str, str] | None = None) -> int:
    words = [str(word) for word in line]
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    return done.returncode


def verdict(results: Sequence[int]) -> int:
    """0 only if every part ended well and at least one test ran; else the first bad status."""
    bad = [one for one in results if one not in (0, NOTHING_COLLECTED)]
    if bad:
        return bad[0]
    return 0 if 0 in results else NOTHING_COLLECTED


def has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def say(text: str) -> None:
    print(text, flush=True)


def fail(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
