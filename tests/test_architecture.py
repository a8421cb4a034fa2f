"""The shape of the program: layers, sizes, names, the Qt it may use, and no network anywhere."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import pytest

from tests.children import ROOT, run_child, said
from tools import check_rules

LAYERS = ("crypto", "app", "ui", "resources")
OURS = (*LAYERS, "tools", "tests")
LONGEST_FILE_LINES = 400
LONGEST_TEST_LINES = 600  # sentences about one thing may be many
# QtDBus is for the signals of a locking screen alone.
QT_ALLOWED = {
    *("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtSvgWidgets", "QtPrintSupport", "QtDBus"),
}
# Names that say nothing gather everything.
FORBIDDEN_NAMES = {
    *("utils", "util", "helpers", "helper", "common", "misc", "base"),
    *("manager", "controller", "handler", "service"),
}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


# --- layers ---------------------------------------------------------------------------------

IMPORT_ALL = """
import importlib, pkgutil, sys
import app, crypto
for package in (crypto, app):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(found.name)
print(*sorted(name for name in sys.modules if name.split(".")[0] in {"PySide6", "shiboken6"}))
"""


def test_app_and_crypto_can_all_be_imported_and_bring_no_qt() -> None:
    assert said(IMPORT_ALL) == ""


def test_the_question_above_would_see_qt() -> None:
    assert "PySide6.QtCore" in said("import PySide6.QtCore\n" + IMPORT_ALL)


def contracts() -> dict[str, dict[str, object]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {one["name"]: one for one in settings["tool"]["importlinter"]["contracts"]}


# One import for each contract that breaks it and no other.
PLANTS = {
    "ui -> app -> crypto, never back": ("crypto", "import app.errors"),
    "app and crypto know no Qt": ("app", "import PySide6.QtCore"),
    "primitives only in crypto": ("ui", "import nacl.bindings"),
    "sqlcipher3 only in app.storage": ("app", "import sqlcipher3"),
    "widgets do not read the database": ("ui", "import app.storage.database"),
    "inside app, top to bottom": ("app/storage", "import app.inbox.importing"),
    "no network": ("ui", "def later():\n    import urllib.request\n"),
}
LINT = "import sys; from importlinter.cli import lint_imports_command as lint; lint(sys.argv[1:])"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The layers without their data, to plant in."""
    copy = tmp_path_factory.mktemp("tree")
    for path in sources(*LAYERS):
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    return copy


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_every_import_contract_holds(copied: Path) -> None:
    done = lint_imports(copied)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(" KEPT") == len(contracts())


def test_every_contract_is_planted_against() -> None:
    assert set(PLANTS) == set(contracts())


@pytest.mark.parametrize("contract", PLANTS)
def test_a_planted_import_breaks_its_contract(contract: str, copied: Path) -> None:
    layer, line = PLANTS[contract]
    planted = copied / layer / "planted.py"
    planted.write_text(line + "\n", "utf-8")
    try:
        done = lint_imports(copied)
    finally:
        planted.unlink()
    assert done.returncode == 1, done.stdout
    broken = [line for line in done.stdout.splitlines() if line.endswith(" BROKEN")]
    assert broken == [f"{contract} BROKEN"]


# --- files ----------------------------------------------------------------------------------


def longer_than(wall: int, paths: Iterable[Path]) -> dict[str, int]:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    return {
        path.relative_to(ROOT).as_posix(): lines for path, lines in lengths.items() if lines > wall
    }


def test_no_file_is_longer_than_the_wall() -> None:
    assert longer_than(LONGEST_FILE_LINES, [*sources(*LAYERS, "tools"), ROOT / "dev.py"]) == {}
    assert longer_than(LONGEST_TEST_LINES, sources("tests")) == {}


def test_no_file_has_a_name_that_says_nothing() -> None:
    vague = [
        path.relative_to(ROOT).as_posix()
        for path in sources(*OURS)
        if {path.stem, path.parent.name} & FORBIDDEN_NAMES
    ]
    assert vague == []


def test_every_file_says_first_what_is_in_it() -> None:
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in sources(*OURS)
        if ast.get_docstring(ast.parse(path.read_text("utf-8"))) is None
    ]
    assert silent == []


def test_every_house_rule_holds() -> None:
    assert [str(breach) for breach in check_rules.check(ROOT)] == []


# --- Qt -------------------------------------------------------------------------------------


def qt_modules(path: Path) -> set[str]:
    """The PySide6 modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "PySide6":
            names = [f"PySide6.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        found |= {name.split(".")[1] for name in names if name.startswith("PySide6.")}
    return found


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [("ui", QT_ALLOWED), ("tools", QT_ALLOWED), ("tests", QT_ALLOWED | {"QtTest"})],
)
def test_only_the_small_part_of_qt_is_imported(folder: str, allowed: set[str]) -> None:
    others = {
        path.relative_to(ROOT).as_posix(): more
        for path in sources(folder)
        if (more := qt_modules(path) - allowed)
    }
    assert others == {}


@pytest.mark.parametrize(
    "line",
    [
        "import PySide6.QtNetwork",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
        "def later():\n    from PySide6.QtNetwork import QTcpSocket",
    ],
)
def test_another_part_of_qt_would_be_seen(line: str, tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text(line, "utf-8")
    assert qt_modules(path) == {"QtNetwork"}


def test_qt_is_the_version_that_does_not_eat_none() -> None:
    for package in ("PySide6_Essentials", "shiboken6"):
        assert metadata.version(package).startswith("6.11.")


VOID_CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["x"])
one = QLabel()
for number in range(200_000):
    one.setEnabled(True)
print("alive")
"""


def test_two_hundred_thousand_void_calls_to_qt_survive() -> None:
    done = run_child(VOID_CALLS, environ={"QT_QPA_PLATFORM": "offscreen"})
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
