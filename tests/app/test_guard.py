"""The guard's decisions that need no process of their own: the environment, and paths."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import guard
from app.errors import NotOnThisComputer, NotThere
from app.guard import environment


def test_what_is_not_on_the_list_is_dropped_and_named() -> None:
    environ = {
        "HOME": "/home/x",
        "LC_TIME": "ar",
        "LD_PRELOAD": "/x.so",
        "PYTHONPATH": "/x",
        "QT_LOGGING_RULES": "*=true",
        "TMPDIR": "/x",
    }
    dropped = environment.scrub(environ)
    assert dropped == ("LD_PRELOAD", "PYTHONPATH", "QT_LOGGING_RULES", "TMPDIR")
    assert environ == {"HOME": "/home/x", "LC_TIME": "ar"}


@pytest.mark.parametrize("value", ["offscreen", "xcb", "wayland"])
def test_a_known_screen_may_be_asked_for(value: str) -> None:
    environ = {"QT_QPA_PLATFORM": value}
    assert environment.scrub(environ) == ()


@pytest.mark.parametrize(
    "value", ["vnc", "vnc:port=5900", "linuxfb", "xcb;vnc", "offscreen:x", "xcb\n", "", "XCB"]
)
def test_any_other_screen_is_dropped(value: str) -> None:
    environ = {"QT_QPA_PLATFORM": value}
    assert environment.scrub(environ) == ("QT_QPA_PLATFORM",)


def test_where_there_is_only_wayland_wayland_is_chosen() -> None:
    environ = {"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "vnc"}
    assert environment.scrub(environ) == ("QT_QPA_PLATFORM",)
    assert environ["QT_QPA_PLATFORM"] == "wayland"
    environ = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    assert environment.scrub(environ) == ()
    assert "QT_QPA_PLATFORM" not in environ


def test_an_input_method_and_a_scale_pass_only_with_plain_values() -> None:
    environ = {"QT_IM_MODULE": "ibus", "QT_SCALE_FACTOR": "1.5"}
    assert environment.scrub(environ) == ()
    environ = {"QT_IM_MODULE": "qtvirtualkeyboard", "QT_SCALE_FACTOR": "1e9"}
    assert environment.scrub(environ) == ("QT_IM_MODULE", "QT_SCALE_FACTOR")


@pytest.mark.parametrize(
    "text",
    [
        r"\\host\share\x",
        "//host/share/x",
        r"/\host\share",
        r"\/host/share",
        r"\\?\UNC\host\share",
        r"\\.\pipe\x",
        "  //host/share",
        "http://host/x",
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "smb:\\host\\x",
        "/run/user/1000/gvfs/smb-share:server=host,share=x/y",
        "/home/x/.gvfs/sftp:host=y/z",
        "a\0b",
    ],
)
def test_a_network_path_or_address_is_refused(text: str) -> None:
    with pytest.raises(NotOnThisComputer) as refusal:
        guard.local_path(text)
    assert refusal.value.text == text


@pytest.mark.parametrize(
    "text",
    [
        "/home/x/report",
        "report.txt",
        r"C:\Users\x\report",
        "C:/Users/x",
        "notes: Tuesday.txt",
        "/media/usb//x",
        "/run/user/1000/gvfs/mtp:host=Phone/DCIM",
        "دليل/صورة.jpg",
    ],
)
def test_a_path_on_this_computer_is_taken_as_it_is(text: str) -> None:
    assert guard.local_path(text) == Path(text)


def test_no_path_at_all_is_not_the_current_folder() -> None:
    with pytest.raises(NotThere):
        guard.local_path("")


@given(st.text(alphabet="/\\ hC:.\0?", max_size=12))
def test_no_spelling_of_two_leading_slashes_gets_through(rest: str) -> None:
    for slashes in ("//", "\\\\", "/\\", "\\/"):
        with pytest.raises(NotOnThisComputer):
            guard.local_path(slashes + rest)
