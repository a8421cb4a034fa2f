"""Pictures of every page, for people to look at: python -m tools.shots [--to DIR] [PAGE ...].

Each page in English and Arabic, light and dark, over two made-up vaults (tools/scenes.py), without
a screen. Nothing is asserted on pixels; whoever changes a page looks at its pictures.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QScrollArea

from app import contacts, parts, store
from app.bundles import sent
from app.inbox import arrived
from app.preview import Door, starting
from app.records import (
    Act,
    CommitteeApplication,
    ConsentRecord,
    EvidenceItem,
    Incident,
    IndependenceObservation,
)
from app.settings import Role, Settings, Theme
from app.vault import Vault
from crypto.secret import Passphrase
from tools import scenes
from ui.ask import ScriptedAsk
from ui.page import Needs, Page, Visit
from ui.pages import PAGES
from ui.wiring import Wired, wire

LANGUAGES = ("en", "ar")
LOOKS = (Theme.LIGHT, Theme.DARK)
WIDTH, HEIGHT = 1100, 780
LONGEST_WAIT_MS = 20_000
QUIET_MS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture to take: a page of a role, in a language and a look, at a text size."""

    page: type[Page]
    role: Role
    language: str
    look: Theme
    percent: int

    @property
    def name(self) -> str:
        """The file's name; the size only where it is not the usual one."""
        size = "" if self.percent == 100 else f"-{self.percent}"
        return f"{self.page.id}-{self.role.value}-{self.language}-{self.look.value}{size}.png"


def main(argv: Sequence[str] | None = None) -> int:
    """Take the pictures; the number of them is printed."""
    options = _options(argv)
    to: Path = options.to
    to.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        return 1
    taken = 0
    door = _door()
    with tempfile.TemporaryDirectory() as folder:
        scene = scenes.build(Path(folder))
        for shot in _shots(options.pages, options.percent):
            _take(app, shot, scene, to / shot.name, door, whole=options.whole)
            taken += 1
    sys.stdout.write(f"{taken} pictures in {to}\n")
    return 0


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="shots", description=__doc__)
    parser.add_argument("pages", nargs="*", help="ids of pages; all without any")
    parser.add_argument("--to", type=Path, default=Path("shots"), help="where the pictures go")
    parser.add_argument("--percent", type=int, default=100, help="text size")
    parser.add_argument("--whole", action="store_true", help="as high as the page, without a bar")
    return parser.parse_args(argv)


def _shots(wanted: Sequence[str], percent: int) -> Iterator[Shot]:
    for page in PAGES:
        if wanted and page.id not in wanted:
            continue
        role = _role(page)
        for language in LANGUAGES:
            for look in LOOKS:
                yield Shot(page=page, role=role, language=language, look=look, percent=percent)


def _role(page: type[Page]) -> Role:
    """The first role that sees the page, recorder before organisation before carrier."""
    order = (Role.RECORDER, Role.ORGANISATION, Role.CARRIER)
    return next(role for role in order if role in page.roles)


def _take(
    app: QApplication, shot: Shot, scene: scenes.Scene, to: Path, door: Door, *, whole: bool
) -> None:
    settings = Settings(
        language=shot.language, theme=shot.look, text_percent=shot.percent, role=shot.role
    )
    wired = wire(app, settings, lambda _: None, PAGES, ScriptedAsk(), door=door)
    window = wired.window
    window.resize(WIDTH, HEIGHT)
    window.show()
    if shot.page.needs is not Needs.NO_VAULT and shot.role is not Role.CARRIER:
        _unlock(wired, scene, shot.role)
    _settle(wired)
    reference = _reference(wired, shot.page)
    files = _files(scene, shot.page)
    window.visit(Visit(page=shot.page.id, reference=reference, files=files))
    _settle(wired)
    if whole:
        _grow(wired)
    window.grab().save(str(to))
    wired.session.lock()
    _settle(wired)
    wired.end()
    app.removeEventFilter(wired.idle)
    window.hide()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _door() -> Door:
    """To a server of its own, which ends with this process."""
    pipe = subprocess.PIPE
    server = subprocess.Popen(starting.server_command(), stdin=pipe, stdout=pipe)
    if server.stdin is None or server.stdout is None:
        raise RuntimeError
    return Door(os.dup(server.stdout.fileno()), os.dup(server.stdin.fileno()))


def _unlock(wired: Wired, scene: scenes.Scene, role: Role) -> None:
    folder = scene.recorder if role is Role.RECORDER else scene.organisation
    secret = Passphrase.of(scenes.PASSPHRASE)
    wired.session.unlock(wired.window, lambda _: Vault.open(folder, secret), lambda: None)


def _reference(wired: Wired, page: type[Page]) -> str:
    """Something of the vault for a page that shows one thing."""
    find = _FIND.get(page.id)
    found: list[str] = []
    if find is None or not wired.session.is_unlocked:
        return ""
    wired.session.ask(wired.window, lambda vault, _: find(vault), found.append)
    _settle(wired)
    return next(iter(found), "")


def _files(scene: scenes.Scene, page: type[Page]) -> tuple[Path, ...]:
    """Files for a page that works on files."""
    return {
        "open-bundle": (scene.fresh,),
        "open-receipt": (scene.receipt,),
        "batch": (scene.fresh, scene.unsigned, scene.damaged, scene.renamed, scene.junk),
        "courier": _carried(scene) if page.id == "courier" else (),
    }.get(page.id, ())


def _carried(scene: scenes.Scene) -> tuple[Path, ...]:
    """Bundles in every state, and a bundle in three parts of which one is missing."""
    folder = scene.fresh.parent / "parts"
    if not folder.exists():
        folder.mkdir()
        parts.split(scene.unsigned, needed=2, total=3, folders=[folder])[1].path.unlink()
    seen = (scene.fresh, scene.damaged, scene.renamed, scene.junk)
    return (*seen, *sorted(folder.iterdir()))


def _incident(vault: Vault) -> str:
    return next((each.id for each in store.every(vault, Incident)), "")


def _act(vault: Vault) -> str:
    return next((each.id for each in store.every(vault, Act)), "")


def _person(vault: Vault) -> str:
    asked = (each.about for each in store.every(vault, ConsentRecord) if each.about is not None)
    return next(iter(asked), "")


def _contact(vault: Vault) -> str:
    return next((each.id for each in contacts.every(vault) if each.can_receive), "")


def _sealed(vault: Vault) -> str:
    return next((each.id for each in sent.every(vault)), "")


def _arrival(vault: Vault) -> str:
    return next((each.id for each in arrived.every(vault)), "")


def _application(vault: Vault) -> str:
    return next((each.id for each in store.every(vault, CommitteeApplication)), "")


def _organisation(vault: Vault) -> str:
    """The organisation of an application, written about in tools/scenes.py."""
    found = store.every(vault, CommitteeApplication)
    return next((each.organisation for each in found if each.organisation is not None), "")


def _observation(vault: Vault) -> str:
    return next((each.id for each in store.every(vault, IndependenceObservation)), "")


def _picture(vault: Vault) -> str:
    return next((each.id for each in store.every(vault, EvidenceItem) if each.sha256), "")


_FIND: dict[str, Callable[[Vault], str]] = {
    "incident": _incident,
    "record": _act,
    "history": _incident,
    "consent": _person,
    "contact": _contact,
    "compare": _contact,
    "sealed-bundle": _sealed,
    "arrival": _arrival,
    "committee-application": _application,
    "observations": _organisation,
    "observation": _observation,
    "view": _picture,
    "cover": _picture,
}


def references(vault: Vault) -> dict[str, str]:
    """Something of the vault for each page that shows one thing; "" where there is none."""
    return {page: find(vault) for page, find in _FIND.items()}


def _settle(wired: Wired) -> None:
    """Wait until no job runs and nothing more is painted."""
    waited, quiet = QElapsedTimer(), QElapsedTimer()
    waited.start()
    quiet.start()
    while waited.elapsed() < LONGEST_WAIT_MS and quiet.elapsed() < QUIET_MS:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if wired.session.is_busy:
            quiet.restart()
    # what the last answer built is laid out by events that it posted
    for _ in range(3):
        QApplication.processEvents()


def _grow(wired: Wired) -> None:
    """Make the window as high as what the page scrolls."""
    page = wired.window.page
    if page is None:
        return
    more = max(area.verticalScrollBar().maximum() for area in page.findChildren(QScrollArea))
    wired.window.resize(WIDTH, min(HEIGHT + more, 6_000))
    _settle(wired)


if __name__ == "__main__":
    raise SystemExit(main())
