"""The vault's copy key: an age identity that can be printed and opens the copies sealed to it.

Made when it is first asked for and kept in the database, so that copies can be made and tried
without typing anything. It opens copies, not the vault: who finds the paper needs a copy as well.
"""

from __future__ import annotations

from typing import Final

from app.errors import NoCopyKey
from app.i18n import _
from app.storage import settings
from app.vault import Vault
from crypto.age import HybridIdentity, parse_identity
from crypto.errors import MalformedKey

_SETTING: Final = "recovery_identity"


def identity(vault: Vault) -> HybridIdentity:
    """The copy key of this vault. Raises NotWritable, NoRoom, MediumFailed."""
    kept = settings.setting(vault.database, _SETTING)
    if kept is not None:
        return parse(kept)
    made = HybridIdentity.generate()
    with vault.transaction() as tx:
        settings.keep_setting(tx, _SETTING, made.text())
    return made


def parse(text: str) -> HybridIdentity:
    """A copy key as it was printed: blanks and line ends do not count. Raises NoCopyKey."""
    try:
        found = parse_identity("".join(text.split()).upper())
    except MalformedKey:
        raise NoCopyKey from None
    if not isinstance(found, HybridIdentity):
        raise NoCopyKey
    return found


def in_text(text: str) -> HybridIdentity:
    """The copy key in a text that `paper` made, or in one that holds nothing else.

    Raises NoCopyKey.
    """
    lines = [line.strip() for line in text.splitlines()]
    return parse("".join(line for line in lines if not line.startswith("#")))


def paper(key: HybridIdentity) -> str:
    """What is printed: the key as age itself reads it, with a word on what it is."""
    words = (
        _("Copy key of a vault. It opens the safe copies that were sealed to it."),
        _("Keep this paper apart from the copies. Whoever has both can read everything."),
    )
    return "".join(f"# {line}\n" for line in words) + key.text() + "\n"
