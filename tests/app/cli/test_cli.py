"""The command line itself: its grammar, its one JSON object, its output, its passphrases."""

from __future__ import annotations

import argparse
import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import __version__, cli, guard
from app.cli.output import harmless
from app.cli.receipt import expanded
from app.errors import Exit
from tests.app.cli.conftest import Hoopoe, World
from tests.children import ROOT
from tests.conftest import PASSPHRASE

Key = tuple[str, str]

COMMAND = (sys.executable, "-m", "app")
ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "error"}


def child(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, shut off as it is for people."""
    words = [*COMMAND, *(str(each) for each in arguments)]
    given: dict[str, object] = {
        "capture_output": True,
        "stdin": subprocess.DEVNULL,
        "start_new_session": True,  # without a terminal to ask at
        "env": ENVIRONMENT,
    }
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        words, text=True, timeout=120, check=False, **{**given, **options}
    )


def leaves(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    """Every verb of the grammar, as the words that lead to it."""
    inner = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    for each in inner:
        for name, below in each.choices.items():
            yield from leaves(below, (*words, name))
    if not inner:
        yield words


def verb_parser(words: tuple[str, ...]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = cli.parser()
    for word in words:
        action = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
        parser = action.choices[word]
    return parser


VERBS = sorted(leaves(cli.parser()))


# --- grammar --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nonsense",),
        ("vault",),
        ("vault", "nonsense"),
        ("vault", "check"),
        ("vault", "check", "a", "b"),
        ("open", "vault", "file", "--accept", "everything"),
        ("bundle", "verify"),
        ("selftest", "--frobnicate"),
    ],
)
def test_wrong_words_are_status_two(words: tuple[str, ...], hoopoe: Hoopoe) -> None:
    ran = hoopoe(*words)
    assert (ran.status, ran.out) == (Exit.WRONG_USE, "")
    assert ran.err.startswith("usage: hoopoe")
    assert hoopoe(*words, "--json").facts["error"] == "wrong_use"


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_every_verb_explains_itself_and_takes_json(words: tuple[str, ...], hoopoe: Hoopoe) -> None:
    ran = hoopoe(*words, "--help")
    assert ran.status == Exit.DONE
    assert "--json" in ran.out


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_no_verb_takes_a_passphrase_as_an_argument(words: tuple[str, ...]) -> None:
    """Every program on the computer can read an argument, and the shell's history keeps it."""
    options = {name: each for each in verb_parser(words)._actions for name in each.option_strings}
    secret = {name for name in options if re.search("pass|secret|phrase", name)}
    assert secret <= {"--passphrase-file", "--passphrase-fd", "--to-passphrase"}
    if "--to-passphrase" in secret:
        assert options["--to-passphrase"].nargs == 0


def test_an_option_cannot_be_abbreviated(hoopoe: Hoopoe, world: World) -> None:
    for option in ("--passphrase", "--pass", "--passphrase-fil"):
        ran = hoopoe("vault", "unlock-test", world.desk, f"{option}={PASSPHRASE}")
        assert ran.status == Exit.WRONG_USE


def test_a_passphrase_in_the_environment_opens_nothing(world: World) -> None:
    done = child(
        "vault",
        "unlock-test",
        world.desk,
        env={**ENVIRONMENT, "HOOPOE_PASSPHRASE": PASSPHRASE, "PASSPHRASE": PASSPHRASE},
    )
    assert done.returncode == Exit.WRONG_USE
    assert "there is no terminal to ask at" in done.stderr


def test_the_version_is_said(hoopoe: Hoopoe) -> None:
    assert hoopoe("--version").out == f"hoopoe {__version__}\n"
    assert hoopoe("--version", "--json").facts["version"] == __version__


def test_json_may_stand_before_the_verb(hoopoe: Hoopoe) -> None:
    assert "primitives" in hoopoe("--json", "selftest").facts


def test_an_unknown_language_is_english(hoopoe: Hoopoe) -> None:
    assert "All answers are right." in hoopoe("--language", "xx", "selftest").out


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["receipt", "v", "id"], ["receipt", "make", "v", "id"]),
        (["--json", "receipt", "v", "id"], ["--json", "receipt", "make", "v", "id"]),
        (["--language", "ar", "receipt", "v"], ["--language", "ar", "receipt", "make", "v"]),
        (["receipt", "list", "v"], ["receipt", "list", "v"]),
        (["receipt", "make", "v"], ["receipt", "make", "v"]),
        (["receipt", "--help"], ["receipt", "--help"]),
        (["receipt"], ["receipt"]),
        (["open", "receipt", "v"], ["open", "receipt", "v"]),
        ([], []),
    ],
)
def test_receipt_without_a_verb_means_make(words: list[str], meant: list[str]) -> None:
    assert expanded(words) == meant


# --- passphrases ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [PASSPHRASE, f"{PASSPHRASE}\n", f"{PASSPHRASE}\r\n", f"\ufeff{PASSPHRASE}\n"],
)
def test_a_file_may_end_its_line_as_editors_do(
    content: str, hoopoe: Hoopoe, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "phrase"
    path.write_bytes(content.encode())
    ran = hoopoe("vault", "unlock-test", world.desk, "--passphrase-file", path)
    assert ran.status == Exit.DONE


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"one\ntwo\n", b"\xff\xfe" + PASSPHRASE.encode("utf-16-le")]
)
def test_a_file_that_is_not_one_line_of_text_is_wrong_use(
    content: bytes, hoopoe: Hoopoe, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "phrase"
    path.write_bytes(content)
    ran = hoopoe("vault", "unlock-test", world.desk, "--passphrase-file", path, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.WRONG_USE, "unusable_passphrase")


def test_a_passphrase_comes_through_a_descriptor(hoopoe: Hoopoe, world: World) -> None:
    reading, writing = os.pipe()
    os.write(writing, PASSPHRASE.encode() + b"\n")
    os.close(writing)
    try:
        ran = hoopoe("vault", "unlock-test", world.desk, "--passphrase-fd", reading)
    finally:
        os.close(reading)
    assert ran.status == Exit.DONE


def test_a_closed_descriptor_is_told(hoopoe: Hoopoe, world: World) -> None:
    ran = hoopoe("vault", "unlock-test", world.desk, "--passphrase-fd", 987, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.DAMAGED, "not_readable")


def test_a_weak_new_passphrase_needs_a_decision(hoopoe: Hoopoe, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text("hoopoe", "utf-8")
    words = ("vault", "create", tmp_path / "v", "--cost", "floor", "--passphrase-file", phrase)
    ran = hoopoe(*words, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.WRONG_USE, "weak_passphrase")
    assert not (tmp_path / "v").exists()
    assert hoopoe(*words, "--weak").status == Exit.DONE


def at_a_terminal(answers: list[bytes], *arguments: object) -> tuple[int, bytes]:
    """Runs the command line at a terminal of its own; each answer is typed at a `: `."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        ["setsid", "--ctty", *COMMAND, *(str(each) for each in arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=ENVIRONMENT,
    )
    os.close(theirs)
    shown = b""
    prompts = 0
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # how Linux says that the other side is closed
            break
        if not piece:
            break
        shown += piece
        if len(re.findall(rb"(?:assphrase|more): ", shown)) > prompts and answers:
            prompts += 1
            os.write(ours, answers.pop(0) + b"\n")
    os.close(ours)
    return process.wait(), shown


@pytest.mark.skipif(not Path("/usr/bin/setsid").is_file(), reason="needs setsid")
def test_what_is_typed_at_the_prompt_is_not_shown(world: World) -> None:
    status, shown = at_a_terminal([PASSPHRASE.encode()], "vault", "unlock-test", world.desk)
    assert status == Exit.DONE
    assert b"Passphrase: " in shown
    assert PASSPHRASE.encode() not in shown


@pytest.mark.skipif(not Path("/usr/bin/setsid").is_file(), reason="needs setsid")
def test_a_new_vault_at_a_terminal_offers_words_and_asks_twice(tmp_path: Path) -> None:
    words = ("vault", "create", tmp_path / "v", "--cost", "floor")
    typed = PASSPHRASE.encode()
    status, shown = at_a_terminal([typed, typed + b"x"], *words)
    assert status == Exit.WRONG_USE
    assert b"A passphrase you may take:" in shown
    assert b"differ" in shown
    assert at_a_terminal([typed, typed], *words)[0] == Exit.DONE


# --- output ---------------------------------------------------------------------------------


def test_nothing_printed_can_give_orders_to_a_terminal(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    defender = world.copy(world.defender, tmp_path)
    hostile = "a\x1b[2J\x9b31m\u202egpj.exe\x07\r\nb"
    ran = hoopoe(*("record", "edit", defender, world.incident, "--set", f"title={hostile}"), *key)
    assert ran.status == Exit.DONE
    for more in ((), ("--json",)):
        ran = hoopoe("record", "show", defender, world.incident, *key, *more)
        ran_list = hoopoe("record", "list", defender, *key, *more)
        for printed in (ran.out, ran.err, ran_list.out, ran_list.err):
            assert not set(printed) & set("\x1b\x9b\u202e\x07\r\x7f")
    assert json.loads(ran.out)["body"]["title"]["text"] == hostile


def test_lines_and_columns_stay_and_the_rest_is_spelled_out() -> None:
    assert list(harmless("a\tb\r\nc\u2068d\u2069\x00")) == ["a\tb", "cd[U+0000]"]


def test_an_answer_that_cannot_be_written_is_status_five() -> None:
    with Path("/dev/full").open("w") as full:
        done = child("selftest", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert done.returncode == Exit.NO_ROOM
    assert "Traceback" not in done.stderr
    assert "Not enough room" in done.stderr


def test_a_reader_who_leaves_is_not_complained_to() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = child("selftest", stdout=writing, stderr=subprocess.PIPE, capture_output=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (Exit.NO_ROOM, "")


def test_a_terminal_that_knows_no_arabic_is_given_escapes() -> None:
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": "ascii"}
    done = child("vault", "check", "/nowhere/نص", "--passphrase-fd", "9", env=environment)
    assert "Traceback" not in done.stderr
    assert done.returncode in {Exit.WRONG_USE, Exit.DAMAGED}


# --- the process ----------------------------------------------------------------------------


def test_the_process_is_shut_off_before_a_verb_runs() -> None:
    done = child("protection", "--json")
    measures = json.loads(done.stdout)["measures"]
    assert "off" not in measures.values()
    assert measures["programs_tripwire"] == measures["network_tripwire"] == "on"


def test_the_command_tells_the_same_list_as_the_window() -> None:
    told = json.loads(child("protection", "--json").stdout)
    assert {*told["measures"]} == {each.name.value for each in guard.report()}
    assert {*told["around"]} == {each.name.value for each in guard.around()}
    assert {*told["measures"], *told["around"]} == {*guard.Name}
    lines = child("protection").stdout.splitlines()
    assert len(lines) == len(guard.Name)


def test_ctrl_c_stops_a_job_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    with endless.open("wb") as file:
        file.truncate(200 * 1024**3)  # takes no room
    out = tmp_path / "out"
    out.mkdir()
    recipient = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    process = subprocess.Popen(
        [*COMMAND, "age", "encrypt", endless, "--to", recipient, "--out", out / "sealed"],
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    )
    while process.poll() is None and not any(out.glob("*.part")):
        pass
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == Exit.NO
    assert b"Traceback" not in told
    assert list(out.iterdir()) == []
