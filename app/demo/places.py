"""Where the files of the demonstration lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Folders below one folder, each for one person or one moment of the journey."""

    base: Path

    @property
    def defender(self) -> Path:
        """The vault of the person who records."""
        return self.base / "defender-vault"

    @property
    def desk(self) -> Path:
        """The vault of the organisation that receives."""
        return self.base / "desk-vault"

    @property
    def partner(self) -> Path:
        """The vault of another organisation, whose tools are older."""
        return self.base / "partner-vault"

    @property
    def cards(self) -> Path:
        return self.base / "cards"

    @property
    def originals(self) -> Path:
        """The evidence files before they were taken in."""
        return self.base / "originals"

    @property
    def sealed(self) -> Path:
        """Where the defender puts bundles."""
        return self.base / "sealed"

    @property
    def stick(self) -> Path:
        """What the courier carries."""
        return self.base / "stick"

    @property
    def damaged(self) -> Path:
        """A copy with one bit turned."""
        return self.base / "damaged-copy"

    @property
    def back(self) -> Path:
        """The way of the receipt."""
        return self.base / "back"

    @property
    def rescued(self) -> Path:
        """What other programs made of the bundles."""
        return self.base / "rescued"

    def make(self) -> None:
        """Make every folder that is not a vault. Raises NotWritable, NoRoom, MediumFailed."""
        for folder in (
            *(self.cards, self.originals, self.sealed, self.stick),
            *(self.damaged, self.back, self.rescued),
        ):
            files.make_private_folder(folder)
