"""About: the version, what others gave to it, and under which licences. Nothing is fetched."""

from __future__ import annotations

import platform
from dataclasses import dataclass

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

import app
from app.i18n import N_, _
from ui.icons import Icon
from ui.page import Desk, Needs, Page
from ui.widgets.arrange import INSIDE, STRETCH, Card, column, hint
from ui.widgets.plain import Label, Paragraph, TextRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Something made by others that is part of the program."""

    name: str
    use: str
    licence: str


GIVEN = (
    Given(name="Python", use=N_("the language it is written in"), licence="PSF-2.0"),
    Given(name="Qt, PySide6", use=N_("windows"), licence="LGPL-3.0"),
    Given(name="SQLCipher, SQLite", use=N_("the database of the vault"), licence="BSD-3, PD"),
    Given(name="cryptography, OpenSSL", use=N_("ciphers and key stretching"), licence="Apache-2.0"),
    Given(name="PyNaCl, libsodium", use=N_("ciphers of the key slots"), licence="Apache-2.0, ISC"),
    Given(name="msgspec", use=N_("reading records"), licence="BSD-3"),
    Given(name="Pillow", use=N_("pictures"), licence="MIT-CMU"),
    Given(name="qrcode", use=N_("codes on cards"), licence="BSD-3"),
    Given(name="mnemonic, BIP-39", use=N_("words of recovery phrases"), licence="MIT"),
    Given(name="shamir-mnemonic, SLIP-39", use=N_("shares for keepers"), licence="MIT"),
    Given(name="hijridate, nepali-datetime", use=N_("calendars"), licence="MIT"),
    Given(name="Unicode CLDR", use=N_("names of months"), licence="Unicode-3.0"),
    Given(name="platformdirs", use=N_("the usual places of files"), licence="MIT"),
    Given(name="Noto", use=N_("fonts"), licence="OFL-1.1"),
    Given(name="EFF large word list", use=N_("words for passphrases"), licence="CC BY"),
)


class AboutPage(Page):
    """For those who want to know what they run."""

    id = "about"
    icon = Icon.ABOUT
    needs = Needs.NOTHING
    in_rail = False
    under = "settings"

    @classmethod
    def title(cls) -> str:
        return _("About")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        version = Label(_("Version {version}").format(version=app.__version__), TextRole.SECTION)
        runs_on = f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()}"
        lines = [
            column(
                Label(each.name, TextRole.STRONG),
                Label(f"{_(each.use)} · {each.licence}", TextRole.MUTED),
                spacing=0,
            )
            for each in GIVEN
        ]
        self.put(
            Card(
                "",
                version,
                Paragraph(
                    _(
                        "A program for recording and reporting reprisals against people who"
                        " cooperate with the United Nations. It has no network code, sends nothing"
                        " and looks for no updates."
                    )
                ),
                Label(runs_on, TextRole.SMALL),
            ),
            Card(
                _("Made with the work of others"),
                hint(_("Their licences lie beside the program.")),
                column(*lines, spacing=INSIDE),
            ),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH)
