"""Files are looked at in a process that can do nothing else, and nothing they do gets out of it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import CannotBeShown
from app.preview import Door, Format, Picture, Plain, Side, Wish, format_of, frames, starting
from tests.app.preview import hostile
from tests.app.preview.doors import children, in_haste, served

linux = pytest.mark.skipif(sys.platform != "linux", reason="what only Linux's kernel gives")


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with served() as (made, _):
        yield made


def pixel(seen: Picture, x: int, y: int) -> tuple[int, int, int]:
    at = 4 * (y * seen.width + x)
    return seen.rgba[at], seen.rgba[at + 1], seen.rgba[at + 2]


def shown(door: Door, content: bytes, form: Format, side: Side = Side.VIEW) -> Picture:
    seen = door.see(content, Wish(format=form, side=side))
    assert isinstance(seen, Picture)
    return seen


def works(door: Door) -> bool:
    return shown(door, hostile.picture("PNG"), Format.PNG).width == 320


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_is_seen_as_it_is(door: Door, form: str) -> None:
    seen = shown(door, hostile.picture(form), Format[form])
    assert (seen.width, seen.height, seen.pages) == (320, 240, 1)
    red, blue = pixel(seen, 40, 120), pixel(seen, 280, 120)
    assert red[0] > 150 > 90 > red[2]
    assert blue[2] > 150 > 90 > blue[0]


def test_a_large_picture_comes_in_the_size_asked_for_and_says_how_large_it_is(door: Door) -> None:
    content = hostile.picture("JPEG", (3000, 2000))
    small = shown(door, content, Format.JPEG, Side.THUMBNAIL)
    assert (small.width, small.height) == (192, 128)
    assert (small.whole_width, small.whole_height) == (3000, 2000)
    assert shown(door, content, Format.JPEG, Side.WHOLE).width == 3000


def test_a_photo_taken_sideways_stands_upright(door: Door) -> None:
    for side in (Side.THUMBNAIL, Side.VIEW, Side.WHOLE):
        seen = shown(door, hostile.turned_jpeg(), Format.JPEG, side)
        assert seen.width < seen.height
        assert (seen.whole_width, seen.whole_height) == (200, 320)


def test_pages_of_a_document_are_pixels_one_by_one(door: Door) -> None:
    content = hostile.pages(3)
    reds = []
    for page in range(3):
        seen = door.see(content, Wish(format=Format.PDF, page=page))
        assert isinstance(seen, Picture)
        assert seen.pages == 3
        reds.append(pixel(seen, seen.width // 2, seen.height // 2)[0])
    assert reds == sorted(set(reds))
    with pytest.raises(CannotBeShown):
        door.see(content, Wish(format=Format.PDF, page=3))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("They came at six in the morning.", "utf-8"),
        ("ཁོང་ཚོ་ཞོགས་པའི་ཆུ་ཚོད་དྲུག་པར་སླེབས་སོང་།", "utf-8"),
        ("جاءوا في السادسة صباحاً", "utf-16"),
        ("They came at six.", "utf-16-le"),
        ("جاءوا إلى المكتب في الصباح", "cp1256"),
        ("Они пришли в шесть утра", "cp1251"),
        ("Ils sont arrivés très tôt, à six heures", "cp1252"),
        ("他们早上六点来了", "gb18030"),
        ("พวกเขามาตอนหกโมงเช้า", "cp874"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_written_in(
    door: Door, text: str, encoding: str
) -> None:
    assert door.see(text.encode(encoding), Wish(format=Format.TEXT)) == Plain(text=text)


def test_of_a_long_text_the_beginning_is_seen_even_where_a_letter_is_cut(door: Door) -> None:
    seen = door.see(("x" + "ä" * 2_000_000).encode(), Wish(format=Format.TEXT))
    assert isinstance(seen, Plain)
    assert 100_000 < len(seen.text) < 200_000
    assert set(seen.text) == {"x", "ä"}


def random_bytes(count: int) -> bytes:
    return random.Random(7).randbytes(count)


HOSTILE = {
    "ten billion pixels": (lambda: hostile.declared_png(100_000, 100_000), Format.PNG),
    "a hundred million and one": (lambda: hostile.declared_png(100_000_001, 1), Format.PNG),
    "no pixels": (lambda: hostile.declared_png(0, 10), Format.PNG),
    "a comment of 400 MB": (hostile.png_with_endless_text, Format.PNG),
    "an endless canvas": (hostile.declared_gif, Format.GIF),
    "a page of ten kilometres": (hostile.pdf_of_one_endless_page, Format.PDF),
    "a jpeg that says it is a png": (lambda: hostile.picture("JPEG"), Format.PNG),
    "a document that says it is a picture": (lambda: hostile.pages(1), Format.JPEG),
    "half a picture": (lambda: hostile.picture("PNG")[:400], Format.PNG),
    "half a photo": (lambda: hostile.picture("JPEG")[:900], Format.JPEG),
    "half a document": (lambda: hostile.pages(1)[:60], Format.PDF),
    "noise": (lambda: random_bytes(100_000), Format.JPEG),
    "noise as text": (lambda: random_bytes(100_000), Format.TEXT),
    "nothing": (lambda: b"", Format.PNG),
    "more than is taken": (lambda: bytes(64 * 1024 * 1024 + 1), Format.PNG),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_shown_is_refused_and_the_next_file_is_shown(door: Door, name: str) -> None:
    content, form = HOSTILE[name]
    with pytest.raises(CannotBeShown):
        door.see(content(), Wish(format=form))
    assert works(door)


def test_damaged_pictures_end_in_pixels_or_in_a_refusal(door: Door) -> None:
    chance = random.Random(11)
    for form in ("PNG", "JPEG", "WEBP", "GIF", "TIFF"):
        content = bytearray(hostile.picture(form))
        for _ in range(6):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        try:
            shown(door, bytes(content), Format[form])
        except CannotBeShown:
            continue
    assert works(door)


@linux
def test_a_decoder_can_open_start_and_reach_nothing(door: Door) -> None:
    assert door.is_confined()


@linux
def test_a_process_that_is_not_confined_is_told_from_one_that_is() -> None:
    from app.guard import decoder

    assert not decoder.is_confined()


@linux
def test_each_file_has_a_process_of_its_own() -> None:
    with served() as (door, server):
        assert works(door)
        (first,) = children(server)
        assert works(door)
        (second,) = children(server)
        assert first != second


@linux
def test_a_decoder_that_is_killed_costs_one_picture() -> None:
    with served() as (door, server):
        assert works(door)
        (waiting,) = children(server)
        os.kill(waiting, signal.SIGKILL)
        with pytest.raises(CannotBeShown):
            shown(door, hostile.picture("PNG"), Format.PNG)
        assert works(door)


@linux
def test_a_decoder_that_hangs_is_ended_in_time() -> None:
    with served(in_haste(1.5)) as (door, server):
        assert works(door)
        (waiting,) = children(server)
        os.kill(waiting, signal.SIGSTOP)
        with pytest.raises(CannotBeShown):
            shown(door, hostile.picture("PNG", (2000, 2000)), Format.PNG)
        assert waiting not in children(server)


def test_a_document_that_never_ends_is_ended_in_time() -> None:
    with served(in_haste(2.0)) as (door, _):
        with pytest.raises(CannotBeShown):
            door.see(hostile.pdf_that_never_ends(), Wish(format=Format.PDF))
        assert works(door)


@linux
@pytest.mark.heavy
def test_a_document_that_never_ends_is_ended_by_the_limits_of_the_decoder(door: Door) -> None:
    began = time.monotonic()
    with pytest.raises(CannotBeShown):
        door.see(hostile.pdf_that_never_ends(), Wish(format=Format.PDF))
    assert time.monotonic() - began < 25  # ten seconds of processor time, or its memory
    assert works(door)


@pytest.mark.heavy
def test_a_hundred_megapixels_are_seen_small_and_not_handed_over_whole(door: Door) -> None:
    content = hostile.picture("PNG", (10_000, 10_000))
    seen = shown(door, content, Format.PNG)
    assert (seen.width, seen.whole_width) == (1600, 10_000)
    with pytest.raises(CannotBeShown):
        shown(door, content, Format.PNG, Side.WHOLE)
    assert shown(door, hostile.picture("PNG", (8_000, 6_000)), Format.PNG, Side.WHOLE).width == 8000


@linux
def test_a_server_that_is_gone_is_a_file_that_cannot_be_shown() -> None:
    with served() as (door, server):
        os.kill(server, signal.SIGKILL)
        for _ in range(2):
            with pytest.raises(CannotBeShown):
                shown(door, hostile.picture("PNG"), Format.PNG)


@linux
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_neither_server_nor_decoder_opens_a_file_for_writing(tmp_path: Path) -> None:
    log = tmp_path / "log"
    calls = "trace=open,openat,creat,rename,renameat2,mkdir,mkdirat,unlink,memfd_create,connect"
    traced = ["strace", "-f", "-qq", "-e", calls, "-o", str(log), *starting.server_command()]
    with served(traced) as (door, _):
        assert works(door)
        assert door.see(b"a few words", Wish(format=Format.TEXT)) == Plain(text="a few words")
        assert door.see(hostile.pages(1), Wish(format=Format.PDF))
    asked = log.read_text("utf-8", "replace").splitlines()
    done = [line for line in asked if " = -1 " not in line]
    assert any("O_RDONLY" in line for line in done)
    writing = ("O_WRONLY", "O_RDWR", "O_CREAT", "creat(", "mkdir", "rename", "memfd", "connect(")
    assert [line for line in done if any(each in line for each in writing)] == [
        line for line in done if '"/dev/null"' in line and "O_RDWR" in line
    ]


WISH = Wish(format=Format.PNG, side=Side.THUMBNAIL)


def answer(*numbers: int, kind: int = 1, rest: bytes = b"") -> bytes:
    return frames._ANSWER.pack(kind, 0, *numbers) + rest


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\x01" * 10,
        answer(1, 2, 2, 2, 2, rest=bytes(15)),
        answer(1, 2, 2, 2, 2, rest=bytes(17)),
        answer(1, 0, 2, 2, 2),
        answer(0, 1, 1, 1, 1, rest=bytes(4)),
        answer(1, 193, 1, 193, 1, rest=bytes(4 * 193)),
        answer(1, 1, 1, 2**32 - 1, 2**32 - 1, rest=bytes(4)),
        answer(1, 0, 0, 0, 0, kind=2, rest=b"text for a picture"),
        answer(1, 1, 1, 1, 1, kind=9, rest=bytes(4)),
        answer(0, 0, 0, 0, 0, kind=3, rest=b"more"),
    ],
)
def test_a_decoder_that_lies_is_not_believed(said: bytes) -> None:
    with pytest.raises(frames.Broken):
        frames.read_answer(said, WISH)


def test_only_types_that_a_decoder_reads_are_looked_at() -> None:
    assert format_of("image/jpeg") is Format.JPEG
    assert format_of("text/html") is Format.TEXT
    assert format_of("video/mp4") is None
    assert format_of("image/heic") is None
