"""House rules that no other tool knows, each with its reason: `python -m tools.check_rules`.

A rule looks at facts of the syntax tree (a name used, a call, an import ...), not at lines of text,
so that comments and texts may speak of what is forbidden. A rule worth saying twice is added here.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tools.rules import RULES, Kind, Rule

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDERS: Final = ("app", "crypto", "ui", "resources", "tools", "tests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that a file does, in this line."""

    kind: Kind
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A rule broken; `path` is relative to the project."""

    path: str
    line: int
    rule: Rule

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule.name}: {self.rule.why}"


def main() -> int:
    breaches = check(ROOT)
    for breach in breaches:
        print(breach)
    return 1 if breaches else 0


def check(root: Path) -> tuple[Breach, ...]:
    """Every breach under the project folder `root`, by path and line."""
    files = sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py"))
    return tuple(
        breach
        for path in files
        for breach in check_text(path.relative_to(root).as_posix(), path.read_text("utf-8"))
    )


def check_text(path: str, text: str) -> tuple[Breach, ...]:
    """The breaches of one file. Raises SyntaxError if it is not Python."""
    rules = [rule for rule in RULES if rule.applies(path)]
    found = {
        (fact.line, rule.name): Breach(path=path, line=fact.line, rule=rule)
        for fact in facts(ast.parse(text, path))
        for rule in rules
        if rule.forbids(fact.kind, fact.text)
    }
    return tuple(found[key] for key in sorted(found))


def facts(tree: ast.Module) -> Iterator[Fact]:
    """What the rules can see of a file."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        for kind, text in _facts_of(node):
            yield Fact(kind=kind, text=text, line=line)


def _facts_of(node: ast.AST) -> Iterator[tuple[Kind, str]]:
    match node:
        case ast.Import():
            for alias in node.names:
                yield Kind.IMPORT, alias.name
        case ast.ImportFrom():
            for alias in node.names:
                yield Kind.IMPORT, f"{node.module}.{alias.name}"
                yield Kind.NAME, alias.name
        case ast.Name():
            yield Kind.NAME, node.id
        case ast.Attribute():
            yield Kind.NAME, node.attr
        case ast.Assert():
            yield Kind.STATEMENT, "assert"
        case ast.ExceptHandler():
            # Cleaning up and passing the error on is not catching it.
            if not isinstance(node.body[-1], ast.Raise):
                yield Kind.CAUGHT, "everything" if node.type is None else ast.unparse(node.type)
        case ast.Call():
            yield from _facts_of_call(node)
        case _:
            return


def _facts_of_call(node: ast.Call) -> Iterator[tuple[Kind, str]]:
    name = _dotted(node.func)
    yield Kind.CALL, name
    yield Kind.CALL_SOURCE, ast.unparse(node)
    # The mode is the first argument of a path's open and the second of the others.
    if name.split(".")[-1] == "open":
        at = 1 if name in {"open", "io.open", "os.fdopen"} else 0
        modes = [*node.args[at : at + 1], *(k.value for k in node.keywords if k.arg == "mode")]
        for mode in modes:
            if isinstance(mode, ast.Constant) and isinstance(mode.value, str):
                yield Kind.OPEN_MODE, mode.value


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute():
            return f"{_dotted(node.value)}.{node.attr}"
        case _:
            return "?"


if __name__ == "__main__":
    sys.exit(main())
