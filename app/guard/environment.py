"""The environment by allow-list: what is not named here is gone before Qt is imported.

Attacks: QT_QPA_PLATFORM=vnc makes any Qt program listen on a port; QT_PLUGIN_PATH, LD_* and
PYTHON* load foreign code; SSLKEYLOGFILE, SQLITE_TMPDIR and TMPDIR choose where things are written;
QT_LOGGING_* writes content to a log. docs: SECURITY.md, "What Hoopoe does on this computer".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from typing import Final

PLATFORM_VARIABLE: Final = "QT_QPA_PLATFORM"

_KEPT: Final = frozenset(
    {
        *("LANG", "LANGUAGE", "TZ", "HOME", "USERPROFILE", "USERNAME", "USER"),
        *("XDG_RUNTIME_DIR", "DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY"),
        *("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"),
        *("APPDATA", "LOCALAPPDATA", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "TEMP"),
    }
)

# Kept only with a value that can do nothing but what it says. Without QT_IM_MODULE people cannot
# type Chinese, Amharic or Tibetan; without QT_SCALE_FACTOR some cannot read the screen.
_KEPT_VALUES: Final[Mapping[str, re.Pattern[str]]] = {
    PLATFORM_VARIABLE: re.compile(r"offscreen|xcb|wayland|minimal|windows|cocoa"),
    "QT_IM_MODULE": re.compile(r"ibus|compose"),
    "QT_SCALE_FACTOR": re.compile(r"[1-4](\.[0-9]{1,2})?"),
}


def is_kept(name: str, value: str) -> bool:
    """Whether this variable may stay in a process that has, or will start, a window."""
    upper = name.upper()
    allowed_value = _KEPT_VALUES.get(upper)
    if allowed_value is not None:
        return allowed_value.fullmatch(value) is not None
    return upper in _KEPT or upper.startswith("LC_")


def scrub(environ: MutableMapping[str, str]) -> tuple[str, ...]:
    """Removes in place what is not on the list; the names removed, sorted, never the values.

    Where there is Wayland and no X, the choice of screen that Qt would have made from a dropped
    variable is made here.
    """
    dropped = tuple(sorted(name for name, value in environ.items() if not is_kept(name, value)))
    for name in dropped:
        del environ[name]
    if "WAYLAND_DISPLAY" in environ and "DISPLAY" not in environ:
        environ.setdefault(PLATFORM_VARIABLE, "wayland")
    return dropped
