"""The kind of a file is told by its bytes."""

from __future__ import annotations

import pytest

from app.filetype import sniff


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", "application/octet-stream"),
        (b"\xff\xd8\xff\xe1", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"RIFF\0\0\0\0????", "application/octet-stream"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"%PDF-1.7", "application/pdf"),
        (
            b"PK\x03\x04" + bytes(26) + b"word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04" + bytes(26) + b"other", "application/zip"),
        (b"<svg xmlns='x'>", "image/svg+xml"),
        (b"<?xml version='1.0'?><svg>", "image/svg+xml"),
        (b"<!DOCTYPE html><p>", "text/html"),
        ("каждый день".encode(), "text/plain"),
        (("x" * 4095 + "é").encode(), "text/plain"),
        (b"abc\x00def", "application/octet-stream"),
        (b"caf\xe9 au lait", "application/octet-stream"),
        (bytes(257) + b"ustar", "application/x-tar"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_bytes(head: bytes, kind: str) -> None:
    assert sniff(head) == kind
