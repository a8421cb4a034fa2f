"""A language nobody speaks, to find texts that were not marked, and boxes too narrow for others.

    python -m tools.pseudo FOLDER     writes FOLDER/en_XA/LC_MESSAGES/messages.po and .mo

"New report" becomes "[Ñéw répórt ~~~~]": accented, bracketed, 40 % longer. What still shows as
plain English was not marked for translation; what lacks its bracket was cut.
"""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog

from tools import catalogues

TAG = "en_XA"
_GROWTH = 0.4
_ACCENTED = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
_KEPT = re.compile(r"(\{[^{}]*\}|\{\{|\}\}|&\w)")
"""Placeholders, literal braces and Qt's accelerator marks stay as they are."""


def disguise(text: str) -> str:
    """One text, as it shows in the pseudo-language."""
    pieces = _KEPT.split(text)
    body = "".join(
        piece if number % 2 else piece.translate(_ACCENTED) for number, piece in enumerate(pieces)
    )
    return f"[{body} {'~' * math.ceil(len(text) * _GROWTH)}]"


def disguised(template: Catalog) -> Catalog:
    """Every message of a template, disguised."""
    catalogue = catalogues.empty("en")
    for message in catalogues.messages(template):
        catalogue.add(
            message.id,
            disguise(message.id)
            if isinstance(message.id, str)
            else tuple(disguise(form) for form in message.id),
            context=message.context,
        )
    return catalogue


def make(folder: Path) -> Path:
    """Write the pseudo-language under `folder`; the folder of the language."""
    here = folder / TAG
    catalogue = disguised(catalogues.extract())
    catalogues.write(here / "LC_MESSAGES" / "messages.po", catalogue)
    catalogues.build(catalogue, here / "LC_MESSAGES" / "messages.mo")
    return here


if __name__ == "__main__":
    make(Path(sys.argv[1]))
