"""The program as the system sees it: its processes, its sockets, the files that it writes.

One session from the first start to the end, on a real display, by keyboard alone, under strace:
choose a role, unlock, open a bundle with the file dialog, write, lock, unlock again, close. What
strace heard and what lies on the disk afterwards are looked at by one test each.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import store
from app.paths import Places
from app.records import Incident
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests import sides
from tests.children import ROOT
from tests.journeys import screen
from tests.journeys.screen import until
from tests.sockets import asked_families
from tests.written import CALLS, is_readable, opened, written
from ui.titles import PROGRAM

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace is Linux's"),
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") or not shutil.which("xdotool") or not shutil.which("strace"),
        reason="needs a display, xdotool and strace",
    ),
]

PASSPHRASE = "quagga ocelot numbat zorilla"
BEFORE_LOCKING = "Thylacines came to the office on Monday."
AFTER_LOCKING = "Axolotls asked for the list of names."
SENT = "Pangolins searched the archive."

HOSTILE = {
    # each would open a port, load foreign code or write elsewhere, if it reached Qt or SQLite
    "QT_QPA_PLATFORM": "vnc",
    "QT_LOGGING_RULES": "*=true",
    "SSLKEYLOGFILE": "keys.log",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What was left of it. `processes`: those that showed the window, in turn. `neutral`: whether
    the window had the name that the desktop is to be told; `telling`: windows of another name."""

    places: Places
    home: Path
    bundle: Path
    log: str
    processes: tuple[int, ...]
    is_closed_while_locked: bool
    neutral: bool
    telling: tuple[str, ...]
    windows_left: tuple[str, ...]
    status: int


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The whole session, from the first start until the window is closed."""
    folder = tmp_path_factory.mktemp("session")
    home = folder / "home"
    home.mkdir(mode=0o700)
    places = Places(settings=home / ".config/hoopoe", data=home / ".local/share/hoopoe")
    places.data.mkdir(parents=True)
    bundle = sealed_for(places.vault, folder)
    log = folder / "log"
    with started(home, log) as program:
        first = screen.new_window()
        of_first = screen.process_of(first)
        neutral = first in screen.called(f"^{PROGRAM}$")
        telling = screen.called("hoopoe|python|window|^-")
        screen.press("shift+Tab", "Return")  # the last role: an organisation
        until(places.settings_file.exists, "settings")
        unlock(places, first)
        screen.write(str(bundle))
        screen.press("Return")
        until(lambda: bundle in opened(log.read_text()), "the bundle being read")
        screen.back_to(first)
        record(places, BEFORE_LOCKING)
        screen.press("ctrl+l")
        second = screen.window_of_another(of_first)
        closed = not wal(places).exists()
        of_second = screen.process_of(second)
        unlock(places, second)
        screen.press("Escape")
        screen.back_to(second)
        record(places, AFTER_LOCKING)
        screen.ask_to_close(second)
        status = program.wait(screen.LONGEST_SECONDS)
    return Session(
        places=places,
        home=home,
        bundle=bundle,
        log=log.read_text(),
        processes=(of_first, of_second),
        is_closed_while_locked=closed,
        neutral=neutral,
        telling=telling,
        windows_left=screen.windows(),
        status=status,
    )


@contextmanager
def started(home: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program as a person starts it, with strace listening to every process of it."""
    environment = {name: os.environ[name] for name in ("PATH", "DISPLAY")}
    environment |= {"HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **HOSTILE}
    if "XAUTHORITY" in os.environ:
        environment["XAUTHORITY"] = os.environ["XAUTHORITY"]
    strace = ["strace", "-f", "-qq", "-y", "-s", "4096", "-o", str(log)]
    strace += ["-e", f"trace=socket,socketpair,connect,{CALLS}"]
    program = subprocess.Popen(
        [*strace, sys.executable, "-m", "ui"],
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield program
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def sealed_for(vault: Path, folder: Path) -> Path:
    """Makes the organisation's vault; a bundle that somebody unknown sealed for it."""
    secret = Passphrase.of(PASSPHRASE)
    with (
        Vault.create(vault, secret, cost=FLOOR) as desk,
        Vault.create(folder / "sender", Passphrase.of(PASSPHRASE), cost=FLOOR) as sender,
    ):
        both = sides.meet(sender, desk, folder / "stick")
        return both.seal(both.record(SENT)).path


def unlock(places: Places, window: str) -> None:
    """Type the passphrase, and ask for the file dialog of the inbox once the vault is open."""
    screen.write(PASSPHRASE)
    screen.press("Return")
    until(wal(places).exists, "the vault being open")

    def asked() -> bool:
        screen.press("ctrl+Return")
        return bool(screen.others(window))

    until(asked, "the file dialog")
    screen.give_keyboard(screen.others(window)[0])


def record(places: Places, sentence: str) -> None:
    """Write a new report, until it is kept as a draft."""
    screen.press("ctrl+n")

    def grown_by(text: str) -> bool:
        screen.write(text)
        return wal(places).stat().st_size > before

    before = wal(places).stat().st_size
    until(lambda: grown_by("z"), "a draft of the first letters")
    before = wal(places).stat().st_size
    screen.write(f" {sentence}")
    until(lambda: grown_by(""), "a draft of the sentence")


def wal(places: Places) -> Path:
    """The file beside the database that is there while the vault is open."""
    return places.vault / "1.dat-wal"


def test_locking_ends_the_process_and_another_one_takes_its_place(session: Session) -> None:
    first, second = session.processes
    assert first != second
    assert session.is_closed_while_locked


def test_closing_the_window_ends_every_process(session: Session) -> None:
    assert session.status == 0
    assert session.windows_left == ()
    assert [each for each in session.processes if Path(f"/proc/{each}").exists()] == []


def test_no_name_of_a_window_tells_the_desktop_which_program_it_is(session: Session) -> None:
    assert session.neutral
    assert session.telling == ()


def test_no_socket_is_asked_for_but_local_ones(session: Session) -> None:
    assert asked_families(session.log) == {"AF_UNIX"}
    connected = [line for line in session.log.splitlines() if " connect(" in line]
    assert connected
    assert [line for line in connected if "sa_family=AF_UNIX" not in line] == []


def test_what_was_written_is_in_the_vault(session: Session) -> None:
    with Vault.open(session.places.vault, Passphrase.of(PASSPHRASE)) as vault:
        texts = [
            draft.narrative.text
            for draft in store.every_draft(vault)
            if isinstance(draft, Incident)
        ]
    for sentence in (BEFORE_LOCKING, AFTER_LOCKING):
        assert any(sentence in text for text in texts)


def test_nothing_lies_in_the_home_afterwards_but_the_vault_and_the_settings(
    session: Session,
) -> None:
    left = {
        each.relative_to(session.home)
        for each in session.home.rglob("*")
        if each.is_file() and not each.is_relative_to(session.places.vault)
    }
    assert left == {session.places.settings_file.relative_to(session.home)}


def test_nothing_else_was_written_not_even_for_a_moment(session: Session) -> None:
    if not is_readable(session.log):
        pytest.skip("strace may not read the names in a closed memory without being root")
    settings = session.places.settings
    elsewhere = {
        path
        for path in written(session.log)
        if not path.is_relative_to(session.places.vault)
        and path not in {settings.parent, settings, session.places.settings_file}
        and not path.is_relative_to("/dev/null")
        and not (path.parent == settings and path.suffix == ".part")
        # the interpreter's own copies of the program
        and not (path.is_relative_to(ROOT) and path.parent.name == "__pycache__")
    }
    assert elsewhere == set()


def test_no_word_that_was_typed_or_received_lies_in_any_file(session: Session) -> None:
    said = (PASSPHRASE, BEFORE_LOCKING, AFTER_LOCKING, SENT)
    words = [word for text in said for word in text.split() if len(word) > 5]
    forms = [form for word in words for form in (word.encode(), word.encode("utf-16-le"))]
    found = [
        (path, form)
        for path in (*session.home.rglob("*"), session.bundle)
        if path.is_file()
        for form in forms
        if form in path.read_bytes()
    ]
    assert found == []
