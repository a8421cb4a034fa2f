"""Looking at a file of somebody else without trusting it: decoded apart, seen as plain pixels.

    supervisor ── starts ──> window   (the vault and its keys; can start nothing)
               └─ starts ──> server   (no secret; starts one decoder for each file, ends it in time)
                              └─────> decoder   (one file, no keys, no files, no network)

The window hands bytes to the server through a pipe and gets pixels or text back; nothing of it is
ever written to a disk. A decoder that fails, hangs, lies or takes too much is one answer:
CannotBeShown. Why so: docs/decisions/0025.
"""

from __future__ import annotations

from app.preview.door import Door
from app.preview.wishes import Format, Picture, Plain, Side, Wish, format_of

__all__ = ["Door", "Format", "Picture", "Plain", "Side", "Wish", "format_of"]
