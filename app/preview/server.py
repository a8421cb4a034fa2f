"""python -m app.preview.server: passes files to decoders and answers back, and ends decoders.

It holds no secret, looks into no byte that passes, and ends with the window: its standard input
and output are the pipes to it. One decoder waits ahead, loaded, so that a picture is there at once;
each is used for one file alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
from threading import Timer
from typing import Final

from app import guard
from app.errors import GuardFailed
from app.preview import frames
from app.preview.starting import decoder_command
from app.preview.wishes import Wish

LONGEST_SECONDS: Final = 20.0
_IN, _OUT = 0, 1


def main() -> int:
    """Serve until the window closes its end; 1 where the guard could not be put up."""
    try:
        guard.shut_supervisor()
    except GuardFailed:
        return 1
    # Ctrl+C is for the window, which ends us by closing its pipes
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    waiting = _Decoder()
    try:
        while (asked := frames.read_wish(_IN)) is not None:
            wish, length = asked
            whole = waiting.serve(wish, length)
            # the next one loads while the person looks at this one
            waiting = _Decoder()
            frames.write_all(_OUT, frames.last_parcel(whole=whole))
    except (frames.Broken, OSError):
        # the window is gone
        return 0
    finally:
        waiting.end()
    return 0


class _Decoder:
    """One process for one file."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            decoder_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    def serve(self, wish: Wish, length: int) -> bool:
        """Pass the file in and the answer out; whether the decoder ended well with both.

        Raises Broken and OSError when the window is gone.
        """
        overdue = Timer(LONGEST_SECONDS, self._process.kill)
        overdue.daemon = True
        overdue.start()
        try:
            self._pass_in(wish, length)
            whole = self._pass_out(frames.most_bytes(wish))
        finally:
            self.end()
            overdue.cancel()
        return whole and self._process.returncode == 0

    def end(self) -> None:
        """End it, if it has not ended by itself."""
        if self._process.stdin is not None:
            self._close_in()
        if self._process.poll() is None:
            try:
                # it has answered, and is on its way out
                self._process.wait(timeout=1.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _pass_in(self, wish: Wish, length: int) -> None:
        to = self._process.stdin.fileno() if self._process.stdin is not None else -1
        is_heard = self._write(to, frames.packed_wish(wish, length))

        def hand(piece: bytes) -> None:
            nonlocal is_heard
            # a decoder that ended does not stop the rest: it must leave the pipe
            is_heard = is_heard and self._write(to, piece)

        frames.passed_on(_IN, length, hand)
        self._close_in()

    def _pass_out(self, most: int) -> bool:
        source = self._process.stdout.fileno() if self._process.stdout is not None else -1
        while piece := os.read(source, frames.CHUNK):
            most -= len(piece)
            if most < 0:
                self._process.kill()
                return False
            frames.write_all(_OUT, frames.parcel(piece))
        return True

    def _close_in(self) -> None:
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()

    def _write(self, to: int, content: bytes) -> bool:
        try:
            frames.write_all(to, content)
        except OSError:
            return False
        return True


if __name__ == "__main__":
    raise SystemExit(main())
