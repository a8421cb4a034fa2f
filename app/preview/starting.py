"""How the server and the decoders are started: the program itself again, by a switch of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

SERVER_SWITCH: Final = "--preview-server"
DECODER_SWITCH: Final = "--preview-decoder"
DOOR_SWITCH: Final = "--with-previews"
"""Tells a window that its standard streams lead to a server."""

_ISOLATED_START: Final = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    " runpy.run_module('{module}', run_name='__main__')"
)


def server_command() -> list[str]:
    """Starts the server; its standard streams are the pipes to the window."""
    return _command(SERVER_SWITCH, "app.preview.server")


def decoder_command() -> list[str]:
    """Starts one decoder; its standard streams are the pipes to the server."""
    return _command(DECODER_SWITCH, "app.preview.decoder")


def _command(switch: str, module: str) -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, switch]
    # -I: neither the folder where the person happens to be nor PYTHON* may give us their modules
    root = str(Path(__file__).resolve().parent.parent.parent)
    return [sys.executable, "-I", "-c", _ISOLATED_START.format(module=module), root]
