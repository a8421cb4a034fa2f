"""Each house rule is seen to refuse what it is there for, and to let its home do it."""

from __future__ import annotations

import pytest

from tools.check_rules import check_text
from tools.rules import RULES

# path, code, the rule that refuses it
REFUSED = [
    ("app/x.py", "import socket", "no-network"),
    ("app/x.py", "def later():\n    import socket", "no-network"),
    ("crypto/x.py", "from urllib import request", "no-network"),
    ("ui/x.py", "import webbrowser", "no-network"),
    ("ui/x.py", "from PySide6.QtNetwork import QTcpSocket", "no-network"),
    ("ui/x.py", "import PySide6.QtWebEngineCore", "no-network"),
    ("ui/x.py", "QtGui.QDesktopServices.openUrl(url)", "no-link-opened"),
    ("ui/x.py", "label.setOpenExternalLinks(True)", "no-link-opened"),
    ("ui/x.py", "from PySide6.QtWidgets import QLabel", "plain-text"),
    ("ui/x.py", "one = QtWidgets.QLabel(name)", "plain-text"),
    ("ui/x.py", "class Mine(QTextEdit): pass", "plain-text"),
    ("ui/x.py", "one.setToolTip(name)", "plain-text"),
    ("ui/x.py", "one.setToolTip(f'{tip(name)}')", "plain-text"),
    ("ui/widgets/choosing.py", "a.setItemData(0, name, Qt.ToolTipRole)", "plain-text"),
    ("ui/x.py", "role = Qt.ItemDataRole.ToolTipRole", "plain-text"),
    ("ui/x.py", "one.setTextFormat(Qt.TextFormat.RichText)", "no-rich-text"),
    ("ui/x.py", "one.setHtml(text)", "no-rich-text"),
    ("ui/x.py", "QMessageBox.question(None, 'a', 'b')", "one-door-for-dialogs"),
    ("ui/x.py", "from PySide6.QtWidgets import QFileDialog", "one-door-for-dialogs"),
    ("ui/x.py", "one.setStyleSheet('color: red')", "one-style"),
    ("ui/x.py", "class Mine(QThread): pass", "lanes-only"),
    ("app/x.py", "from threading import Thread", "lanes-only"),
    ("ui/x.py", "QSettings('a', 'b')", "no-settings-file"),
    ("ui/x.py", "open('x')", "no-bare-open"),
    ("app/x.py", "path.open('wb')", "writing-has-a-home"),
    ("app/x.py", "path.open(mode='r+b')", "writing-has-a-home"),
    ("app/x.py", "path.write_text('x')", "writing-has-a-home"),
    ("app/x.py", "os.rename(a, b)", "writing-has-a-home"),
    ("app/x.py", "archive.extractall()", "writing-has-a-home"),
    ("ui/x.py", "import tempfile", "writing-has-a-home"),
    ("app/x.py", "shutil.copy(a, b)", "writing-has-a-home"),
    ("app/x.py", "import tarfile", "hostile-archives"),
    ("app/x.py", "import pickle", "no-code-from-data"),
    ("app/x.py", "eval(text)", "no-code-from-data"),
    ("ui/x.py", "import subprocess", "programs-have-a-home"),
    ("ui/x.py", "QtCore.QProcess.startDetached('x')", "programs-have-a-home"),
    ("ui/x.py", "os.posix_spawn('x', [], {})", "programs-have-a-home"),
    ("app/x.py", "print(record)", "no-print"),
    ("app/x.py", "import logging", "no-log"),
    ("crypto/x.py", "assert key", "no-assert"),
    ("app/x.py", "try:\n    f()\nexcept Exception:\n    pass", "bugs-are-not-caught"),
    ("app/x.py", "try:\n    f()\nexcept:\n    g()", "bugs-are-not-caught"),
    ("app/x.py", "try:\n    f()\nexcept (OSError, BaseException):\n    g()", "bugs-are-not-caught"),
    ("crypto/x.py", "import random", "strong-randomness"),
    ("app/x.py", "from typing import Any", "plain-any"),
    ("tests/x.py", "from unittest.mock import patch", "no-mocks-of-ours"),
    ("tests/x.py", "time.sleep(1)", "no-sleep"),
]

ALLOWED = [
    ("ui/widgets/plain.py", "from PySide6.QtWidgets import QLabel"),
    ("ui/x.py", "one.setToolTip(tip(name))"),
    ("ui/x.py", "one.setToolTip(buttons.tip(name, keys))"),
    ("ui/widgets/choosing.py", "a.setItemData(0, tip(name), Qt.ToolTipRole)"),
    ("ui/x.py", "'''QLabel and open() are only spoken of here'''\n# import socket"),
    ("app/x.py", "path.open('rb')"),
    ("app/x.py", "shutil.disk_usage(folder)"),
    ("app/files.py", "path.open('xb')"),
    ("app/x.py", "text.replace('a', 'b')"),
    ("app/x.py", "try:\n    f()\nexcept BaseException:\n    g()\n    raise"),
    ("tests/x.py", "assert True is not False"),
    ("app/cli/x.py", "print('done')"),
]


@pytest.mark.parametrize(("path", "code", "rule"), REFUSED)
def test_a_breach_is_refused_by_its_rule(path: str, code: str, rule: str) -> None:
    assert rule in {breach.rule.name for breach in check_text(path, code)}


@pytest.mark.parametrize(("path", "code"), ALLOWED)
def test_what_is_at_home_or_harmless_passes(path: str, code: str) -> None:
    assert check_text(path, code) == ()


def test_every_rule_has_been_seen_to_refuse() -> None:
    seen = set()
    for path, code, _ in REFUSED:
        seen |= {breach.rule for breach in check_text(path, code)}
    assert [rule.name for rule in RULES if rule not in seen] == []


def test_a_breach_is_told_with_its_place_and_its_reason() -> None:
    (breach,) = check_text("app/x.py", "\n\nassert key\n")
    assert str(breach).startswith("app/x.py:3: no-assert: python -O removes it")
