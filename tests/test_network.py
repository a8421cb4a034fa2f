"""The program cannot reach a network: each way out is tried, without the guard and with it.

Every case is its own negative control: the same lines must get through when the guard is off, or
the test has proved nothing. All run in child processes, for a guard cannot be taken off again.
"""

from __future__ import annotations

import platform
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.children import run_child, said
from tests.sockets import asked_families, families

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel filter is Linux's")

SHUT = "from app import guard; guard.shut_window()\n"
OPEN = ""
LIBC = "import ctypes; libc = ctypes.CDLL(None, use_errno=True)\n"
ANSWER = "\nprint('through' if got_through else 'refused')"

# What is said when it got through: `got_through` is set by each. None of these is a Python call
# that the tripwire would see: it is the kernel that must refuse.
WAYS_OUT = {
    "an internet socket": LIBC + "got_through = libc.socket(2, 1, 0) >= 0",
    "an internet socket of version 6": LIBC + "got_through = libc.socket(10, 1, 0) >= 0",
    "a datagram": LIBC + "got_through = libc.socket(2, 2, 0) >= 0",
    "a netlink socket": LIBC + "got_through = libc.socket(16, 3, 0) >= 0",
    "a pair that is not local": LIBC
    + "pair = (ctypes.c_int * 2)()\n"
    + "libc.socketpair(2, 1, 0, pair)\n"
    + "got_through = ctypes.get_errno() == 95",  # EOPNOTSUPP: the kernel's own answer
    "Qt connecting": "from PySide6.QtNetwork import QAbstractSocket, QTcpSocket\n"
    "one = QTcpSocket()\n"
    "one.connectToHost('127.0.0.1', 9)\n"
    "one.waitForConnected(3000)\n"
    "unsupported = QAbstractSocket.SocketError.UnsupportedSocketOperationError\n"
    "got_through = one.error() != unsupported",
    "Qt listening": "from PySide6.QtNetwork import QTcpServer\ngot_through = QTcpServer().listen()",
    "Qt starting a program": "from PySide6.QtCore import QProcess\n"
    "got_through = QProcess.execute('true') == 0",
    "executing another program": "import os\n" + LIBC + "child = libc.fork()\n"
    "if child == 0:\n"
    "    words = (ctypes.c_char_p * 2)(b'true', None)\n"
    "    libc.execv(b'/bin/true', words)\n"
    "    os._exit(77)\n"
    "got_through = os.waitpid(child, 0)[1] == 0",
    "reading another process": LIBC + "got_through = libc.process_vm_readv(1, 0, 0, 0, 0, 0) == 0",
    "tracing another process": LIBC
    + "libc.ptrace(16, 0x7FFFFFF0, 0, 0)\n"
    + "got_through = ctypes.get_errno() == 3",  # ESRCH: it went to look for it
    "taking another's socket": LIBC
    + "libc.syscall(438, -1, 0, 0)\n"
    + "got_through = ctypes.get_errno() == 9",  # EBADF
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_way_out_is_open_without_the_guard(way: str) -> None:
    assert said(OPEN + WAYS_OUT[way] + ANSWER) == "through"


@pytest.mark.parametrize("way", WAYS_OUT)
def test_the_guard_shuts_it(way: str) -> None:
    assert said(SHUT + WAYS_OUT[way] + ANSWER) == "refused"


IO_URING = (
    LIBC
    + "import os\n"
    + "room = ctypes.create_string_buffer(256)\n"
    + "libc.syscall(425, 1, room)\n"
    + "print(ctypes.get_errno())"
)


def test_io_uring_which_no_filter_can_look_into_is_not_there() -> None:
    if said(OPEN + IO_URING) != "0":
        pytest.skip("this kernel gives nobody io_uring, so there is nothing to refuse")
    assert said(SHUT + IO_URING) == "38"  # ENOSYS


RUNNING_THREAD = (
    LIBC + "from threading import Event, Thread\n"
    "go, answers = Event(), []\n"
    "def late():\n"
    "    go.wait(60)\n"
    "    answers.append(libc.socket(2, 1, 0))\n"
    "thread = Thread(target=late)\n"
    "thread.start()\n"
    "{guard}"
    "go.set()\n"
    "thread.join()\n"
    "got_through = answers[0] >= 0"
)


def test_a_thread_that_was_running_already_is_shut_too() -> None:
    assert said(RUNNING_THREAD.format(guard=OPEN) + ANSWER) == "through"
    assert said(RUNNING_THREAD.format(guard=SHUT) + ANSWER) == "refused"


def test_local_sockets_still_work() -> None:
    assert said(SHUT + LIBC + "print(libc.socket(1, 1, 0) >= 0)") == "True"
    assert said(SHUT + "import socket; print(len(socket.socketpair()))") == "2"


def test_the_supervisor_may_start_programs_and_they_inherit_the_refusal() -> None:
    ask = (
        "import subprocess, sys\n"
        "code = 'import ctypes; print(ctypes.CDLL(None).socket(2, 1, 0))'\n"
        "subprocess.run([sys.executable, '-c', code], check=True)"
    )
    assert said("from app import guard; guard.shut_supervisor()\n" + ask) == "-1"


VNC = (
    "import os, sys\n"
    "os.environ['QT_QPA_PLATFORM'] = f'vnc:port={20000 + os.getpid() % 30000}'\n"
    "from PySide6.QtGui import QGuiApplication\n"
    "app = QGuiApplication(['x'])\n"
    "app.processEvents()\n"
    "listening = {line.split()[9] for name in ('tcp', 'tcp6')\n"
    "             for line in open(f'/proc/net/{name}') if line.split()[3] == '0A'}\n"
    "mine = set()\n"
    "for one in os.listdir('/proc/self/fd'):\n"
    "    try:\n"
    "        mine.add(os.readlink(f'/proc/self/fd/{one}'))\n"
    "    except OSError:\n"
    "        pass\n"
    "got_through = any(f'socket:[{inode}]' in mine for inode in listening)"
)


def test_the_screen_that_listens_on_a_port_is_refused_by_the_kernel() -> None:
    assert said(OPEN + VNC + ANSWER) == "through"
    assert said(SHUT + VNC + ANSWER) == "refused"


def test_the_wish_for_that_screen_is_dropped_before_qt_sees_it() -> None:
    wish = {"QT_QPA_PLATFORM": "vnc", "QT_PLUGIN_PATH": "/tmp/x", "SSLKEYLOGFILE": "/tmp/y"}
    names = "import os; print(sorted(set(os.environ) & {names}))".replace("{names}", str(set(wish)))
    assert said(OPEN + names, environ=wish) == str(sorted(wish))
    assert said(SHUT + names, environ=wish) == "[]"


TRIPWIRES = {
    "a socket": "import socket; socket.socket()",
    "an address": "import socket; socket.getaddrinfo('127.0.0.1', 9)",
    "a program": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a browser": "import webbrowser; webbrowser.GenericBrowser('true').open('about:blank')",
    "a download": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
}


@pytest.mark.parametrize("call", TRIPWIRES)
def test_a_python_call_trips_and_names_itself(call: str) -> None:
    done = run_child(SHUT + TRIPWIRES[call])
    assert done.returncode == 1
    assert "app.guard.audit.Tripped" in done.stderr.splitlines()[-1]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="other numberings exist on x86-64 only")
class TestOtherNumberings:
    """The same calls under other numbers would pass a filter that only compares numbers."""

    X32 = LIBC + "print(libc.syscall(0x40000000 | 39))"
    # mov eax, 20 (getpid in the 32-bit table); int 0x80; ret
    I386 = (
        "import ctypes, mmap\n"
        "page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)\n"
        "page.write(bytes.fromhex('b814000000cd80c3'))\n"
        "at = ctypes.addressof(ctypes.c_char.from_buffer(page))\n"
        "print(ctypes.CFUNCTYPE(ctypes.c_int)(at)())"
    )

    def test_a_call_in_x32_numbers_kills_the_process(self) -> None:
        assert run_child(OPEN + self.X32).returncode == 0
        assert run_child(SHUT + self.X32).returncode == -signal.SIGSYS

    def test_a_call_in_32_bit_numbers_kills_the_process(self) -> None:
        if run_child(OPEN + self.I386).returncode != 0:
            pytest.skip("this kernel has no 32-bit calls, so there is nothing to refuse")
        assert run_child(SHUT + self.I386).returncode == -signal.SIGSYS


def test_the_program_does_not_go_on_if_the_filter_cannot_be_installed() -> None:
    done = run_child(
        "from app.guard import seccomp, machines\n"
        "import platform\n"
        "mine = machines.MACHINES[platform.machine()]\n"
        "refusal = seccomp._refuse(mine.seccomp, 1) + seccomp.network_program(mine)[-5:-4]\n"
        "start = seccomp.right_numbers(mine)\n"
        "seccomp.install((*start, *refusal))\n" + SHUT
    )
    assert done.returncode == 1
    assert "GuardFailed" in done.stderr


def test_a_machine_whose_numbers_we_do_not_know_is_a_failure_not_a_shrug() -> None:
    done = run_child("import platform; platform.machine = lambda: 'riscv64'\n" + SHUT)
    assert done.returncode == 1
    assert "GuardFailed" in done.stderr


QT_STARTS = (
    "from PySide6.QtWidgets import QApplication, QWidget\n"
    "app = QApplication(['x'])\n"
    "one = QWidget()\n"
    "one.show()\n"
    "app.processEvents()\n"
    "print('shown' if one.isVisible() else 'not shown')"
)


def test_a_window_opens_under_the_guard() -> None:
    assert said(SHUT + QT_STARTS, environ={"QT_QPA_PLATFORM": "offscreen"}) == "shown"


REPORT = "\nfrom app import guard\nfor one in guard.report(): print(one.name, one.state)"


def test_the_report_says_off_when_nothing_is_on() -> None:
    states = {line.split()[1] for line in said(OPEN + REPORT, environ={"LD_X": "1"}).splitlines()}
    assert states == {"off"}


def test_the_report_says_on_for_every_measure_of_the_window() -> None:
    states = {line.split()[1] for line in said(SHUT + REPORT).splitlines()}
    assert states == {"on"}


def test_the_report_tells_that_the_supervisor_may_start_programs() -> None:
    lines = said("from app import guard; guard.shut_supervisor()" + REPORT).splitlines()
    off = {line.split()[0] for line in lines if line.endswith(" off")}
    assert off == {"programs_refused", "programs_tripwire"}


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
class TestSystemCalls:
    """What the kernel was asked, as strace saw it."""

    LOOK_UP = LIBC + "libc.getaddrinfo(b'name.invalid', b'80', None, (ctypes.c_void_p * 1)())"

    def _log(self, code: str, folder: Path) -> str:
        log = folder / "log"
        strace = ["strace", "-f", "-qq", "-e", "trace=socket,socketpair", "-o", str(log)]
        done = run_child(code, before=strace, environ={"QT_QPA_PLATFORM": "offscreen"})
        assert done.returncode == 0, done.stderr
        return log.read_text()

    def test_looking_up_a_name_gets_no_socket_out(self, tmp_path: Path) -> None:
        assert families(self._log(OPEN + self.LOOK_UP, tmp_path)) - {"AF_UNIX"}
        assert not families(self._log(SHUT + self.LOOK_UP, tmp_path)) - {"AF_UNIX"}

    def test_a_window_does_not_even_ask_for_a_socket_that_is_not_local(
        self, tmp_path: Path
    ) -> None:
        assert not asked_families(self._log(SHUT + QT_STARTS, tmp_path)) - {"AF_UNIX"}


def test_a_call_cut_in_two_by_another_thread_is_read_whole() -> None:
    log = (
        "7 socket(AF_INET, SOCK_STREAM, IPPROTO_IP <unfinished ...>\n"
        "8 socket(AF_INET6, SOCK_STREAM, IPPROTO_IP) = -1 EAFNOSUPPORT (refused)\n"
        "7 <... socket resumed>) = 5\n"
        "9 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0\n"
    )
    assert families(log) == {"AF_INET", "AF_UNIX"}
    assert asked_families(log) == {"AF_INET", "AF_INET6", "AF_UNIX"}


def empty_network() -> list[str]:
    """The command line that starts a program where there is no network at all; [] if forbidden."""
    for line in (["unshare", "-n"], ["unshare", "-r", "-n"]):
        if shutil.which("unshare") and subprocess.run([*line, "true"], check=False).returncode == 0:
            return line
    return []


JOURNEY = """
import sys
from pathlib import Path
from app.vault import Vault
from crypto.kdf import Argon2idCost
from crypto.secret import Passphrase
folder = Path(sys.argv[1]) / "vault"
words = Passphrase.of("one two three four five six")
Vault.create(folder, words, cost=Argon2idCost(memory_kib=64 * 1024, passes=3, lanes=4)).close()
Vault.open(folder, words).close()
print("opened")
"""


def test_a_vault_is_made_and_opened_where_there_is_no_network_at_all(tmp_path: Path) -> None:
    unshare = empty_network()
    if not unshare:
        pytest.skip("this system does not let us make an empty network")
    done = run_child(SHUT + JOURNEY.replace("sys.argv[1]", repr(str(tmp_path))), before=unshare)
    assert done.stdout.strip() == "opened", done.stderr
