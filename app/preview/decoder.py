"""python -m app.preview.decoder: one file, then the end. Bytes come on 0, the answer goes to 1.

What is needed is loaded before the file is read; then the process gives up everything else
(app/guard/decoder.py), and only then are the bytes read. It ends without a word when anything
fails: the server tells "not whole".
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from app.guard import audit, dumps, environment
from app.guard import decoder as guard
from app.preview import decoding, frames
from app.preview.wishes import Format, Wish

_IN, _OUT = 0, 1


def main() -> NoReturn:
    """Never returns: the interpreter's own end would do more than is allowed by then."""
    status = 1
    try:
        guard.end_with_parent()
        environment.scrub(os.environ)
        dumps.forbid()
        os.closerange(3, 256)
        decoding.warm_up(Format.PNG)
        asked = frames.read_wish(_IN)
        if asked is not None:
            wish, length = asked
            decoding.warm_up(wish.format)
            audit.refuse_network_and_exec()
            guard.confine()
            _answer(wish, frames.read_exactly(_IN, length))
            status = 0
    finally:
        # also past what was raised: a traceback may quote the file
        os._exit(status)


def _answer(wish: Wish, content: bytes) -> None:
    if wish.format is Format.PROBE:
        confined = sys.platform == "linux" and guard.is_confined()
        frames.write_all(_OUT, frames.nothing(frames.Measured(confined=confined)))
    elif wish.format is Format.TEXT:
        found = decoding.text(content).encode("utf-8", "replace")
        frames.write_all(_OUT, frames.text_head())
        frames.write_all(_OUT, found)
    else:
        told, strips = decoding.picture(content, wish)
        frames.write_all(_OUT, frames.picture_head(told))
        for strip in strips:
            frames.write_all(_OUT, strip)


if __name__ == "__main__":
    main()
