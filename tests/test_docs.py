"""The documents say what the program does: names, numbers, words and examples are compared.

`python -m tests.test_docs` makes the tables of docs/guide.md anew from the program.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import io
import json
import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import dev
from app import cli, passphrases, sizes
from app.bundles.choosing import Reason
from app.bundles.report import AddressState, ItemState, OrderState, SignerState
from app.cli import opening, seal
from app.cli.statuses import code_of, status_of
from app.courier import Condition
from app.demo import exhibits
from app.errors import AppError, Exit
from app.inbox.outcomes import Outcome
from app.inbox.statement import Verdict
from app.messages import explain
from app.names import FIRST_STRONG_ISOLATE, POP_ISOLATE
from crypto.age import HybridIdentity
from crypto.errors import CryptoError
from tests.conftest import PASSPHRASE
from tests.test_messages import leaves
from ui.actions import Action
from ui.pages import PAGES

ROOT = Path(__file__).parents[1]
GUIDE = ROOT / "docs" / "guide.md"
FORMATS = ROOT / "docs" / "formats"
PAGES_OF_TEXT = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
EACH = pytest.mark.parametrize(
    "page", PAGES_OF_TEXT, ids=lambda page: page.relative_to(ROOT).as_posix()
)


# --- tables that are made from the program --------------------------------------------------------

SAMPLES: dict[str, object] = {
    "int": 7,
    "float": 7.0,
    "str": "…",
    "Path": Path("/…/…"),
    "tuple[str, ...]": ("unknown",),
}


def sample(kind: type[Exception]) -> AppError | CryptoError:
    """The failure with facts that stand for any."""
    facts: dict[str, object] = {}
    known: object = kind  # some leaves carry no fact and are no dataclass
    if dataclasses.is_dataclass(known):
        facts = {each.name: SAMPLES[str(each.type)] for each in dataclasses.fields(known)}
    made = kind(**facts)
    assert isinstance(made, AppError | CryptoError)
    return made


def table_of_errors() -> str:
    rows = []
    for kind in leaves():
        if kind.__module__.split(".")[0] not in {"app", "crypto"}:
            continue
        error = sample(kind)
        told = explain(error)
        said = (f"**{told.title}.** {told.text}", told.advice)
        meant, advised = (_plain(each) for each in said)
        rows.append(f"| `{code_of(error)}` | {int(status_of(error))} | {meant} | {advised} |")
    return _table(("Code", "Status", "What it means", "What to do"), sorted(set(rows)))


def table_of_keys() -> str:
    rows = []
    for each in Action:
        keys = dict.fromkeys(one.replace("Return", "Enter") for one in each.value.keys)
        rows.append(f"| {' or '.join(keys)} | {each.value.text} |")
    return _table(("Keys", "What they do"), rows)


def table_of_reasons() -> str:
    rows = [f"| `{each.value}` | {seal._REASONS[each]} |" for each in Reason]
    return _table(("`reason`", "It stays here because"), rows)


def _table(head: tuple[str, ...], rows: Iterable[str]) -> str:
    return "\n".join([f"| {' | '.join(head)} |", "|" + "---|" * len(head), *rows])


def _plain(text: str) -> str:
    for each in (FIRST_STRONG_ISOLATE, POP_ISOLATE):
        text = text.replace(each, "")
    return text.replace(sizes.words(7), "…").replace("|", "/").replace("\n", " ")


# --- the guide names everything -------------------------------------------------------------------


def verbs(parser: argparse.ArgumentParser | None = None, before: str = "") -> Iterator[str]:
    """Every verb of the command line with its noun."""
    parser = cli.parser() if parser is None else parser
    below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not below:
        yield before
    for each in below:
        for name, inner in each.choices.items():
            yield from verbs(inner, f"{before} {name}".strip())


@pytest.mark.parametrize("verb", list(verbs()))
def test_every_verb_has_an_example_in_the_guide(verb: str) -> None:
    examples = [" ".join(line.words) for line in commands(GUIDE.read_text("utf-8"))]
    assert any(each.startswith(f"{verb} ") or each == verb for each in examples)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_every_page_is_in_the_guide(page: type[Any]) -> None:
    assert f"| *{page.title()}* |" in GUIDE.read_text("utf-8")


@pytest.mark.parametrize("kind", leaves(), ids=lambda kind: kind.__name__)
def test_every_error_is_in_the_guide(kind: type[Exception]) -> None:
    assert f"| `{code_of(sample(kind))}` |" in GUIDE.read_text("utf-8")


ANSWERS = [
    *(each.value for each in (*SignerState, *AddressState, *OrderState, *ItemState)),
    *(each.value for each in (*Outcome, *Verdict)),
    *(f"--accept {each}" for each in opening._ACCEPTABLE),
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_is_explained(answer: str) -> None:
    assert f"`{answer}`" in GUIDE.read_text("utf-8")


@pytest.mark.parametrize("condition", list(Condition))
def test_every_finding_of_a_courier_is_explained(condition: Condition) -> None:
    assert f"**{condition.value.capitalize()}**" in GUIDE.read_text("utf-8")


@pytest.mark.parametrize("status", list(Exit))
def test_every_exit_status_is_explained(status: Exit) -> None:
    assert re.search(rf"^\| {int(status)} \| \w", GUIDE.read_text("utf-8"), re.MULTILINE)


# --- the examples run -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One example: the words behind `hoopoe`, and the status that it should end with."""

    words: tuple[str, ...]
    status: int


def commands(text: str) -> list[Command]:
    """The examples in the shell blocks of a page."""
    found = []
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            said, _, remark = line.partition(" # answers ")
            words = shlex.split(said)
            assert words[0] == "hoopoe", line
            found.append(Command(words=tuple(words[1:]), status=int(remark or 0)))
    return found


class Shell:
    """Runs examples one after the other and fills in what earlier ones printed."""

    def __init__(self, key: Path) -> None:
        self._key = key
        self.known: dict[str, str] = {}

    def run(self, command: Command) -> None:
        words = [self._filled(word) for word in command.words]
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            status = cli.run([*words, "--json", *self._secret(words)])
        facts = json.loads(printed.getvalue())
        assert status == command.status, (command, facts)
        self._learn(words, facts)

    def _filled(self, word: str) -> str:
        names = sorted(self.known, key=len, reverse=True)
        pattern = "|".join(re.escape(name) for name in names)
        if not names:
            return word
        return re.sub(rf"\b({pattern})\b", lambda found: self.known[found[0]], word)

    def _secret(self, words: list[str]) -> list[str]:
        without = (["vault", "erase"], ["vault", "costs"])
        if words[0] in {"age", "bundle", "selftest"} or words[:2] in without:
            return []
        if words[:3] in (["vault", "shares", "drill"], ["vault", "shares", "join"]):
            return []
        made = (["vault", "create"], ["vault", "restore"])
        cheap = ["--cost", "floor"] if words[:2] in made else []
        return [*cheap, "--passphrase-file", str(self._key)]

    def _learn(self, words: list[str], facts: Any) -> None:
        match words[:2]:
            case ["card", "show"]:
                groups = facts["safety_code"]
                self.known |= {f"GROUP{at}": digits for at, digits in enumerate(groups, start=1)}
            case ["vault", "slots"] if "slot" in facts:
                self.known["SLOT"] = str(facts["slot"])
            case ["vault", "shares"] if "shares" in facts:
                Path("shares").write_text("\n".join(facts["shares"]), "utf-8")
            case ["vault", "backup"]:
                self.known["COPY"] = facts["file"]
            case ["record", "add"]:
                name = {"incident": "REPORT"}.get(facts["kind"], facts["kind"].upper())
                self.known[name] = facts["reference"]
            case ["evidence", "add"]:
                self.known["EVIDENCE"] = facts["evidence"][0]["reference"]
            case ["seal", _] if "bundles" in facts:
                self.known["BUNDLE"] = Path(facts["bundles"][0]["file"]).name
                self.known["BUNDLE-ID"] = facts["bundles"][0]["bundle"]
            case ["open", "desk"] if "signer" in facts:
                self.known["KEY"] = facts["signer"]["key"]
            case ["receipt", "make"]:
                self.known["RECEIPT"] = Path(facts["file"]).name
            case _:
                pass


def part(text: str, name: str) -> str:
    return text.partition(f"<!-- {name} -->")[2].partition(f"<!-- {name} end -->")[0]


def test_the_journey_of_the_guide_can_be_typed_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("sealed", "stick", "stick2", "back", "copies", "parts", "joined"):
        (tmp_path / folder).mkdir()
    (tmp_path / "photo.jpg").write_bytes(exhibits.photo(1))
    (tmp_path / "letter.txt").write_text("A letter.", "utf-8")
    (tmp_path / "phrase").write_text(PASSPHRASE, "utf-8")
    for name in ("second", "third"):
        (tmp_path / name).write_text(f"the {name} way into a vault of this guide", "utf-8")
    identity = HybridIdentity.generate()
    (tmp_path / "key.txt").write_text(identity.text(), "utf-8")
    shell = Shell(tmp_path / "phrase")
    shell.known["RECIPIENT"] = identity.recipient.text()
    text = GUIDE.read_text("utf-8")
    for name in ("journey", "others"):
        told = commands(part(text, name))
        assert len(told) > 10
        for command in told:
            shell.run(command)
    assert (tmp_path / "again.txt").read_text("utf-8") == "A letter."
    assert (tmp_path / "unpacked" / "data" / "read-me-first.html").is_file()


def test_the_examples_that_are_not_run_are_of_the_grammar() -> None:
    for command in commands(GUIDE.read_text("utf-8")):
        words = ["1" if word == "SLOT" else word for word in command.words]
        cli.parser().parse_args(words if words[0] != "open" else ["selftest"])


# --- paths, links, commands -----------------------------------------------------------------------

PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml|lock|spec|sql))`")
PLACES = ("app/", "crypto/", "ui/", "resources/", "tools/", "tests/", "docs/", ".ci/")
NOT_OURS = {"settings.toml", "recover.py", "bagit.py"}
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@EACH
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    named = {each for each in PATH.findall(text) if not re.search(r"[<>*…]", each)}
    ours = {each for each in named if each.startswith(PLACES) or ("/" not in each)} - NOT_OURS
    tests = {each.name for each in (ROOT / "tests").rglob("test_*.py")}
    missing = sorted(
        each
        for each in ours - tests
        if not ((ROOT / each).exists() or (page.parent / each).exists())
    )
    assert missing == []


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual hosts make them."""
    found = set()
    for heading in re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", heading.lower())
        found.add(plain.replace(" ", "-"))
    return found


@EACH
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        path, _, anchor = target.partition("#")
        there = page if not path else (page.parent / path)
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target


@EACH
def test_every_command_of_a_page_is_one_that_there_is(page: Path) -> None:
    text = page.read_text("utf-8")
    assert set(re.findall(r"python3 dev\.py (\w+)", text)) <= set(dev.COMMANDS)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^    )make ([a-z]+)", text, re.MULTILINE)) <= targets
    assert targets <= set(dev.COMMANDS)


def test_every_target_of_make_is_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"^([a-z]+): ##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert [each for each in targets if f"`make {each}`" not in text] == []


def test_every_promise_names_tests_that_exist() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    promises = text.partition("## What is promised")[2].partition("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10
    for row in rows:
        proofs = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row)
        assert proofs, row
        for path, name in proofs:
            assert not name or f"def {name}(" in (ROOT / path).read_text("utf-8"), (path, name)


def test_the_readme_names_every_folder_of_the_demonstration() -> None:
    from app.demo.places import Places

    text = (ROOT / "README.md").read_text("utf-8")
    base = Path("base")
    places = Places(base=base)
    named = [each for each in dir(Places) if isinstance(getattr(Places, each), property)]
    for name in named:
        assert f"`{getattr(places, name).name}`" in text


def test_every_decision_is_numbered_once_and_has_its_parts() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [page.name[:4] for page in pages]
    assert numbers == [f"{at:04d}" for at in range(1, len(pages) + 1)]
    for page in pages:
        text = page.read_text("utf-8")
        assert text.startswith(f"# {page.name[:4]} ")
        for heading in ("**Context.**", "**Decision.**", "**Consequences.**", "**Rejected.**"):
            assert heading in text, (page.name, heading)


def test_the_bits_of_the_passphrase_offered_are_those_of_the_guide() -> None:
    assert f"about {int(passphrases.offered_bits())} bits" in GUIDE.read_text("utf-8")


# --- what is made ---------------------------------------------------------------------------------

TABLES = {"errors": table_of_errors, "keys": table_of_keys, "reasons": table_of_reasons}


def guide() -> str:
    """The guide with every made table as the program gives it now."""
    text = GUIDE.read_text("utf-8")
    for name, make in TABLES.items():
        mark = f"<!-- made by python -m tests.test_docs: {name} -->\n"
        before, found, rest = text.partition(mark)
        assert found, name
        text = f"{before}{mark}{make()}\n<!-- end -->{rest.partition('<!-- end -->')[2]}"
    return text


def test_the_tables_of_the_guide_are_those_of_the_program() -> None:
    assert GUIDE.read_text("utf-8") == guide(), "run python -m tests.test_docs"


if __name__ == "__main__":
    GUIDE.write_text(guide(), "utf-8")
