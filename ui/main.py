"""The window's process: everything is made here, once, and wired together.

The order matters. First the guard (before Qt and before a second thread), then the known answers of
every primitive (before a passphrase can be typed), then what keeps Qt from leaving a trail, then
the application, the look, the language and the window.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from app import guard
from app.errors import AppError, GuardFailed
from crypto.errors import CryptoError, SelfTestFailed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.paths import Places
    from app.settings import Settings


def main() -> int:
    """Show the window until it is closed or locked; the exit status for the supervisor."""
    try:
        guard.shut_window()
        _try_primitives()
    except (GuardFailed, SelfTestFailed) as error:
        return refuse(error)
    # no trail in what QStandardPaths, caches or the PDF writer would tell of the time zone
    os.umask(0o077)
    _quieten_qt()
    return _run()


def _try_primitives() -> None:
    """Raise SelfTestFailed where a library computes wrongly: nothing is opened with it."""
    # imported here: a library that was replaced runs under the guard already
    from crypto import selftest

    selftest.run()


def _quieten_qt() -> None:
    """Before the application exists: no settings file of Qt, no native dialog, no text logged.

    Qt's own file dialog writes `lastVisited` and a history to QtProject.conf; native dialogs write
    lists of recent files. Qt's warnings quote file names and texts.
    """
    from PySide6.QtCore import QCoreApplication, QSettings, Qt, qInstallMessageHandler

    nowhere = os.path.join(os.devnull, "nothing")  # noqa: PTH118 - a path that can hold nothing
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(kind, scope, nowhere)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DisableSessionManager)
    qInstallMessageHandler(lambda kind, context, text: None)  # noqa: ARG005 - Qt's signature


def _run() -> int:
    from app import settings
    from app.paths import Places
    from app.preview import Door
    from ui import capture
    from ui.wiring import end_on_lock, end_on_signals, wire

    app = _application()
    places = Places.of_this_account()
    wired = wire(
        app,
        _settings(places),
        lambda changed: settings.store(places, changed),
        door=Door.of_this_process(),
    )
    wired.failures.install()
    wired.idle.listen()
    end_on_lock(app, wired)
    end_on_signals(app, wired.window)
    wired.window.show()
    capture.hide(wired.window)
    status = app.exec()
    wired.end()
    return status


def _application() -> QApplication:
    """Qt's, under a neutral name: it stands in every window's class, where taskbars, lists of
    windows and programs that count hours of use read it. Qt would take it from argv otherwise."""
    from PySide6.QtWidgets import QApplication

    from ui.titles import PROGRAM

    app = QApplication([PROGRAM])
    app.setApplicationName(PROGRAM)
    app.setDesktopFileName(PROGRAM)
    return app


def refuse(error: AppError | CryptoError) -> int:
    """Say why nothing is opened. No vault is known to this process, and none will be."""
    _quieten_qt()

    from app.settings import Theme as Look
    from ui import supervisor
    from ui.failures import refusal_dialog
    from ui.language import QtLanguage
    from ui.theme import Theme

    app = _application()
    QtLanguage(app).use("")
    Theme(app).show(Look.SYSTEM, 100)
    refusal_dialog(error).exec()
    return supervisor.REFUSED


def _settings(places: Places) -> Settings:
    """The usual settings where the file cannot be read: it must not keep anybody out."""
    from app import settings

    try:
        return settings.load(places)
    except AppError:
        return settings.Settings()
