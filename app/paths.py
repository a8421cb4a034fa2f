"""Where things live on this computer, with one override for tests and portable copies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from app import files

_FOLDER = "hoopoe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The two folders of the program. No cache, no log, no list of recent files: those tell.

    `settings`: device preferences, nothing about cases. `data`: where a new vault is offered.
    """

    settings: Path
    data: Path

    @classmethod
    def of_this_account(cls) -> Places:
        """The places that the system keeps for the programs of this account."""
        return cls(
            settings=platformdirs.user_config_path(_FOLDER, appauthor=False),
            data=platformdirs.user_data_path(_FOLDER, appauthor=False),
        )

    @classmethod
    def under(cls, folder: Path) -> Places:
        """Everything below one folder: for tests, and for a copy carried on a stick."""
        return cls(settings=folder / "settings", data=folder / "data")

    @property
    def settings_file(self) -> Path:
        return self.settings / "settings.toml"

    @property
    def vault(self) -> Path:
        """The vault that is offered when the person chooses no other place."""
        return self.data / "vault"

    def make(self) -> None:
        """Make the folders where missing; only the owner may enter them.

        Raises: as `files.make_private_folder`.
        """
        files.make_private_folder(self.settings)
        files.make_private_folder(self.data)
