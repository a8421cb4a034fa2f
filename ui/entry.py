"""Where the program starts: with arguments the command line, without them the windows."""

from __future__ import annotations

from collections.abc import Sequence

from app.preview import starting
from ui import supervisor


def main(argv: Sequence[str]) -> int:
    """Run, and give the exit status. The command line never loads Qt."""
    if list(argv) == [supervisor.WINDOW_SWITCH, starting.DOOR_SWITCH]:
        from ui.main import main as window

        return window()
    if list(argv) == [starting.SERVER_SWITCH]:
        from app.preview.server import main as server

        return server()
    if list(argv) == [starting.DECODER_SWITCH]:
        from app.preview.decoder import main as decoder

        decoder()
    if argv:
        from app.cli import main as command_line

        return command_line(list(argv))
    from app import guard
    from app.errors import GuardFailed

    try:
        guard.shut_supervisor()
    except GuardFailed as error:
        # nothing else will be started, so this process may show the reason itself
        from ui.main import refuse

        return refuse(error)
    return supervisor.run()
