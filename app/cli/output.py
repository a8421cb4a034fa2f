"""What a run of the command line says: text or one JSON object. The only place that prints.

Text goes to standard output, remarks and progress to standard error. Everything is printed with
control and direction characters spelled out: a name in a bundle must not move the cursor, colour
the terminal or turn a line around.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from app import sizes
from app.cli.stopping import Interrupt
from app.doing import words
from app.errors import AppError, Exit
from app.names import FIRST_STRONG_ISOLATE, POP_ISOLATE, escaped
from app.oserrors import writing_failed
from app.strictjson import Json
from app.tasks import Step

_EVERY_SECONDS: Final = 0.1
_STREAM: Final = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a verb came to. `facts` is the JSON object of the run, `lines` the same for people.

    `remarks` are warnings that do not change the status.
    """

    facts: dict[str, Json]
    lines: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    status: Exit = Exit.DONE


@dataclass(slots=True)
class Terminal:
    """Where a run speaks. `plain()` for people, `machine()` for programs (--json)."""

    as_json: bool
    interrupt: Interrupt = field(default_factory=Interrupt, init=False)
    _shown: str = field(default="", init=False)
    _shown_at: float = field(default=0.0, init=False)

    @classmethod
    def plain(cls) -> Terminal:
        return cls(as_json=False)

    @classmethod
    def machine(cls) -> Terminal:
        return cls(as_json=True)

    def __post_init__(self) -> None:
        # A terminal that cannot show Arabic gets \u escapes and not a crash half way through.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    def show(self, answer: Answer) -> None:
        """Print the answer. Raises NoRoom, NotWritable, MediumFailed when that is refused."""
        self._clear()
        if self.as_json:
            self._out(_object({**answer.facts, "status": int(answer.status)}))
            return
        for line in answer.lines:
            self.say(line)
        for remark in answer.remarks:
            self.remark(remark)

    def say(self, text: str) -> None:
        """Print text as it comes, for a verb that tells its steps; nothing with --json."""
        if not self.as_json:
            self._clear()
            for line in harmless(text):
                self._out(line)

    def remark(self, text: str) -> None:
        """Print to standard error."""
        self._clear()
        for line in harmless(text):
            print(line, file=sys.stderr)

    def fail(self, facts: dict[str, Json], words: str, status: Exit) -> None:
        """Print a failure: words on standard error, and the JSON object with --json."""
        self.remark(words)
        if self.as_json:
            # The failure may be that standard output takes nothing any more.
            with suppress(AppError, BrokenPipeError):
                self._out(_object({**facts, "status": int(status)}))

    def progress(self, step: Step) -> None:
        """Show where a job is, on one line of a terminal that is overwritten.

        Raises Cancelled after Ctrl+C.
        """
        self.interrupt.look()
        if self.as_json or not sys.stderr.isatty():
            return
        now = time.monotonic()
        finished = step.total > 0 and step.done >= step.total
        if now - self._shown_at < _EVERY_SECONDS and not finished:
            return
        self._shown_at = now
        line = _progress_line(step)
        blank = " " * max(0, len(self._shown) - len(line))
        print(f"\r{line}{blank}", end="", file=sys.stderr, flush=True)
        self._shown = line

    def _clear(self) -> None:
        if self._shown:
            print("\r" + " " * len(self._shown) + "\r", end="", file=sys.stderr, flush=True)
            self._shown = ""

    def _out(self, line: str) -> None:
        try:
            print(line, flush=True)
        except OSError as error:
            _abandon_output()
            if isinstance(error, BrokenPipeError):
                raise
            raise writing_failed(error, _STREAM) from error


def _abandon_output() -> None:
    # Python would try again to write what is left when it ends, and complain.
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def harmless(text: str) -> Iterable[str]:
    """The lines of a text as a terminal may show them."""
    # Isolates are for screens that know them; a terminal prints them as garbage.
    plain = text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")
    for line in plain.replace("\r\n", "\n").split("\n"):
        yield "\t".join(escaped(cell) for cell in line.split("\t"))


def _object(facts: dict[str, Json]) -> str:
    # ASCII only: what is escaped cannot reach a terminal as an order to it. DEL is ASCII.
    text = json.dumps(facts, ensure_ascii=True, sort_keys=True, allow_nan=False)
    return text.replace("\x7f", "\\u007f")


def _progress_line(step: Step) -> str:
    doing = words(step)
    if step.total <= 0:
        return f"{doing} {sizes.words(step.done)}"
    return f"{doing} {100 * step.done // step.total} %"
