"""The house rules themselves: what is forbidden, where, where it is at home, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Kind(Enum):
    """What a rule looks at."""

    IMPORT = auto()  # a module, or module.name
    NAME = auto()  # any use of an identifier
    CALL = auto()  # the dotted name that is called
    CALL_SOURCE = auto()  # a whole call, as written
    OPEN_MODE = auto()  # the mode of an open()
    CAUGHT = auto()  # what an except clause names
    STATEMENT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Forbids what fully matches `pattern` in files under `where` that are not under `home`."""

    name: str
    kind: Kind
    pattern: str
    where: tuple[str, ...]
    home: tuple[str, ...] = ()
    why: str

    def applies(self, path: str) -> bool:
        return path.startswith(self.where) and not path.startswith(self.home)

    def forbids(self, kind: Kind, text: str) -> bool:
        return kind is self.kind and re.fullmatch(self.pattern, text) is not None


PRODUCT: Final = ("app/", "crypto/", "ui/", "resources/")
NOT_QT: Final = ("app/", "crypto/")
UI: Final = ("ui/",)
TESTS: Final = ("tests/",)
# The only places that write outside the vault, and the vault itself.
WRITERS: Final = ("app/files.py", "app/streams.py", "app/medium.py", "app/storage/")
PLAIN: Final = ("ui/widgets/plain.py",)

NETWORK_MODULES: Final = (
    r"(socket|_socket|ssl|_ssl|http|urllib|ftplib|smtplib|poplib|imaplib|nntplib|telnetlib|xmlrpc"
    r"|asyncio|socketserver|webbrowser|wsgiref|multiprocessing|requests|httpx|aiohttp"
    r"|PySide6\.Qt(Network\w*|Web\w+|Qml\w*|Quick\w*|HttpServer|Pdf\w*|Multimedia\w*))(\..*)?"
)

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        name="no-network",
        kind=Kind.IMPORT,
        pattern=NETWORK_MODULES,
        where=PRODUCT,
        why="the program has no network code, not even behind a function",
    ),
    Rule(
        name="no-link-opened",
        kind=Kind.NAME,
        pattern=r"QDesktopServices|openUrl|setOpenExternalLinks|setOpenLinks|QNetwork\w+",
        where=UI,
        why="a link in a record would reach the network through another program",
    ),
    Rule(
        name="plain-text",
        kind=Kind.NAME,
        pattern=r"QLabel|QTextEdit|QTextBrowser|QToolTip|QErrorMessage|QWhatsThis|QInputDialog"
        r"|QProgressDialog",
        where=UI,
        home=PLAIN,
        why="Qt takes text that looks like HTML for HTML and opens the files it names, also on"
        " another host: use the classes and functions of ui/widgets/plain.py",
    ),
    Rule(
        name="plain-text",
        kind=Kind.CALL_SOURCE,
        pattern=r"(?s).*\.(setToolTip|setWhatsThis)\((?!(\w+\.)?tip\().*",
        where=UI,
        home=PLAIN,
        why="a tip guesses rich text: give it tip(text)",
    ),
    Rule(
        name="plain-text",
        kind=Kind.NAME,
        pattern=r"ToolTipRole|WhatsThisRole",
        where=UI,
        home=(*PLAIN, "ui/models/", "ui/widgets/choosing.py"),
        why="a tip guesses rich text: only the models answer for it, with tip(text)",
    ),
    Rule(
        name="plain-text",
        kind=Kind.CALL_SOURCE,
        pattern=r"(?s)(?!.*\btip\().*\.set(Item)?Data\(.*(ToolTip|WhatsThis)Role\)",
        where=UI,
        why="a tip guesses rich text: give it tip(text)",
    ),
    Rule(
        name="no-rich-text",
        kind=Kind.NAME,
        pattern=r"setHtml|insertHtml|appendHtml|setMarkdown|RichText|MarkdownText|AutoText"
        r"|QTextDocument",
        where=UI,
        home=(*PLAIN, "ui/render/"),
        why="rich text can name files and hosts; only documents that we compose ourselves are rich",
    ),
    Rule(
        name="one-door-for-dialogs",
        kind=Kind.NAME,
        pattern=r"QMessageBox|QFileDialog",
        where=UI,
        home=("ui/ask.py", "ui/ask/"),
        why="questions go through Ask: tests script it, and the file dialog must keep no history",
    ),
    Rule(
        name="one-style",
        kind=Kind.NAME,
        pattern=r"setStyleSheet",
        where=UI,
        home=("ui/theme.py",),
        why="state is a dynamic property; how it looks stands in style.qss",
    ),
    Rule(
        name="lanes-only",
        kind=Kind.NAME,
        pattern=r"QThread|QThreadPool|QRunnable|QtConcurrent|ThreadPoolExecutor"
        r"|ProcessPoolExecutor|Thread|Timer|start_new_thread",
        where=PRODUCT,
        # Content is hashed beside being moved: no Qt, and the job waits for it. The server of
        # previews has no Qt, and a timer that ends a decoder.
        home=("ui/tasks.py", "app/digesting.py", "app/preview/server.py"),
        why="the only threads are the lanes: a QObject that lives elsewhere dies elsewhere",
    ),
    Rule(
        name="no-settings-file",
        kind=Kind.CALL,
        pattern=r"(.*\.)?QSettings",
        where=UI,
        why="Qt's settings remember folders and files in clear",
    ),
    Rule(
        name="no-bare-open",
        kind=Kind.CALL,
        pattern=r"(io\.)?open",
        where=PRODUCT,
        home=WRITERS,
        why="files are read and written through app/files.py and its neighbours",
    ),
    Rule(
        name="writing-has-a-home",
        kind=Kind.OPEN_MODE,
        pattern=r".*[wax+].*",
        where=PRODUCT,
        home=WRITERS,
        why="what is written must be whole or not there, with 0600: app/files.py does that",
    ),
    Rule(
        name="writing-has-a-home",
        kind=Kind.CALL,
        pattern=r".*\.(write_text|write_bytes|extractall|symlink_to|hardlink_to)"
        r"|os\.(rename|renames|replace|link|symlink|truncate|mkfifo)",
        where=PRODUCT,
        home=WRITERS,
        why="what is written must be whole or not there, with 0600: app/files.py does that",
    ),
    Rule(
        name="writing-has-a-home",
        kind=Kind.IMPORT,
        pattern=r"shutil\..*|tempfile(\..*)?",
        where=PRODUCT,
        home=WRITERS,
        why="temporary files leave traces: app/files.py knows where they may lie",
    ),
    Rule(
        name="writing-has-a-home",
        kind=Kind.CALL,
        pattern=r"shutil\.(?!disk_usage).*",
        where=PRODUCT,
        home=WRITERS,
        why="copies leave traces: app/files.py knows where they may lie",
    ),
    Rule(
        name="hostile-archives",
        kind=Kind.IMPORT,
        pattern=r"(tarfile|bagit)(\..*)?",
        where=PRODUCT,
        why="these readers can be stalled or led out of the folder; ours reads bundles",
    ),
    Rule(
        name="no-code-from-data",
        kind=Kind.IMPORT,
        pattern=r"(pickle|marshal|shelve|dill|yaml)(\..*)?",
        where=PRODUCT,
        why="these run what they read",
    ),
    Rule(
        name="no-code-from-data",
        kind=Kind.CALL,
        pattern=r"eval|exec|compile|__import__",
        where=PRODUCT,
        why="text is never run",
    ),
    Rule(
        name="programs-have-a-home",
        kind=Kind.IMPORT,
        pattern=r"(subprocess|pty)(\..*)?",
        where=PRODUCT,
        # The demonstration asks age, tar and minisign; it opens no vault but its own invented ones.
        # The server starts one process for each file that is looked at; it holds no secret.
        home=(
            *("ui/supervisor.py", "ui/supervisor/", "app/preview/server.py"),
            "app/demo/witnesses.py",
        ),
        why="only the supervisor starts programs; in the window the kernel refuses it",
    ),
    Rule(
        name="programs-have-a-home",
        kind=Kind.NAME,
        pattern=r"QProcess|posix_spawnp?|exec[lv]p?e?|spawn[lv]p?e?|fork|forkpty|startfile",
        where=PRODUCT,
        home=("ui/supervisor.py", "ui/supervisor/", "app/guard/"),
        why="only the supervisor starts programs; in the window the kernel refuses it",
    ),
    Rule(
        name="no-print",
        kind=Kind.CALL,
        pattern=r"print|pprint\.pprint|sys\.std(out|err)\.write",
        where=PRODUCT,
        home=("app/cli/", "app/__main__.py"),
        why="what is printed ends in a journal or a terminal's history; the command line has a way",
    ),
    Rule(
        name="no-log",
        kind=Kind.IMPORT,
        pattern=r"(logging|syslog|warnings|traceback|faulthandler)(\..*)?",
        where=NOT_QT,
        why="a log keeps names; errors carry facts and codes to the person instead",
    ),
    Rule(
        name="no-assert",
        kind=Kind.STATEMENT,
        pattern=r"assert",
        where=NOT_QT,
        why="python -O removes it: a check that may not be ignored raises",
    ),
    Rule(
        name="bugs-are-not-caught",
        kind=Kind.CAUGHT,
        pattern=r"everything|.*\b(Base)?Exception\b.*",
        where=PRODUCT,
        home=("ui/tasks.py", "ui/failures.py", "ui/supervisor"),
        why="a swallowed bug goes on with wrong data; only the lane and the crash hook catch",
    ),
    Rule(
        name="strong-randomness",
        kind=Kind.IMPORT,
        pattern=r"random(\..*)?",
        where=("crypto/", "app/storage/", "app/bundles/"),
        why="random is predictable: os.urandom and secrets are not",
    ),
    Rule(
        name="plain-any",
        kind=Kind.IMPORT,
        pattern=r"typing\.Any",
        where=PRODUCT,
        home=("app/records/fields.py", "app/records/spec.py"),
        why="Any ends the type checker's help; the field constructors have the one licence",
    ),
    Rule(
        name="no-mocks-of-ours",
        kind=Kind.IMPORT,
        pattern=r"(unittest\.mock|mock|pytest_mock)(\..*)?",
        where=TESTS,
        why="tests run the real layers; only the operating system is played",
    ),
    Rule(
        name="no-sleep",
        kind=Kind.CALL,
        pattern=r"(time\.)?sleep|QTest\.(qSleep|qWait)|qtbot\.wait",
        where=TESTS,
        why="wait for what you expect, not for a time",
    ),
)
