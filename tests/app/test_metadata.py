"""What is hidden in files of every kind: told, taken out, and never a danger to whoever looks."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from app import metadata
from app.demo import exhibits
from app.filetype import sniff
from app.metadata import CannotClean, Extent, Hidden, Scan

XMP = (
    b"<x:xmpmeta><rdf:RDF><dc:creator><rdf:Seq><rdf:li>Maria K.</rdf:li></rdf:Seq></dc:creator>"
    b"</rdf:RDF></x:xmpmeta>"
)


def scan(content: bytes) -> Scan:
    return metadata.scan(io.BytesIO(content), sniff(content))


def told(content: bytes) -> set[tuple[str, str]]:
    return {(each.kind.value, each.value) for each in scan(content).findings}


def cleaned(content: bytes) -> bytes:
    source = io.BytesIO(content)
    joined = metadata.Joined(source, metadata.cleaned(source, sniff(content)))
    return b"".join(iter(lambda: joined.read(1 << 20), b""))


def picture(form: str, **more: object) -> bytes:
    """A picture of 40 by 24 that is turned, names somebody and says where it was taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010F] = 6, "Maria K.", "Maker"
    exif.get_ifd(0x8769)[0xA431] = "SN-4711"
    exif.get_ifd(0x8825).update({1: "N", 2: (12.0, 30.0, 0.0), 3: "E", 4: (8.0, 15.0, 0.0)})
    made = Image.linear_gradient("L").resize((40, 24)).convert("RGB")
    made.info.clear()
    content = io.BytesIO()
    made.save(content, form, exif=exif, **more)
    return content.getvalue()


def png() -> bytes:
    texts = PngInfo()
    texts.add_text("Author", "Maria K.")
    texts.add_text("Comment", "the back door", zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return picture("PNG", pnginfo=texts)


def jpeg() -> bytes:
    return picture("JPEG", comment=b"for Anna", xmp=XMP, progressive=True) + b"behind the end"


def gif() -> bytes:
    frames = [Image.new("P", (8, 8), each) for each in (0, 1)]
    content = io.BytesIO()
    frames[0].save(
        content, "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"by Maria K."
    )
    return content.getvalue()


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def film(*more: bytes, handler: bytes = b"vide") -> bytes:
    time = struct.pack(">II", 3_800_000_000, 3_800_000_000)
    position = b"\xa9xyz" + struct.pack(">HH", 18, 0x15C7) + b"+12.5000+008.2500/"
    user = box(b"udta", struct.pack(">I", 4 + len(position)) + position)
    name = bytes(8) + handler + bytes(12) + b"Core Media Video\0"
    track = box(
        b"trak",
        box(b"tkhd", bytes(4), time, bytes(72)),
        box(b"mdia", box(b"mdhd", bytes(4), time, bytes(12)), box(b"hdlr", name)),
    )
    return b"".join(
        (
            box(b"ftyp", b"mp42", bytes(4), b"mp42"),
            box(b"mdat", b"coded pictures" * 50),
            box(b"moov", box(b"mvhd", bytes(4), time, bytes(88)), track, user, *more),
        )
    )


def mp3() -> bytes:
    frame = b"TPE1" + struct.pack(">I", 9) + b"\0\0" + b"\0Maria K."
    tag = b"ID3\3\0\0" + bytes((0, 0, 0, len(frame))) + frame
    return tag + b"\xff\xfb\x90\x00" + bytes(500) + b"TAG" + b"Maria".ljust(125, b"\0")


def flac() -> bytes:
    vendor, comment = b"reference", b"ARTIST=Maria K."
    body = struct.pack("<I", len(vendor)) + vendor + struct.pack("<II", 1, len(comment)) + comment
    info = b"\0" + (34).to_bytes(3, "big") + bytes(34)
    return b"fLaC" + info + b"\x84" + len(body).to_bytes(3, "big") + body + b"\xff\xf8sound"


def wav() -> bytes:
    notes = b"INFOIART" + struct.pack("<I", 8) + b"Maria K."
    more = b"LIST" + struct.pack("<I", len(notes)) + notes
    plain = exhibits.sound(1)
    whole = plain[8:] + more
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def docx(*more: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types><Override PartName="/docProps/core.xml" ContentType="a"/>'
            '<Override PartName="/word/document.xml" ContentType="b"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Target="docProps/core.xml"/></Relationships>',
        )
        archive.writestr(
            "docProps/core.xml",
            "<cp:coreProperties><dc:creator>Maria K.</dc:creator></cp:coreProperties>",
        )
        archive.writestr("word/document.xml", '<w:p w:rsidR="00A1B2"><w:t>Said.</w:t></w:p>')
        archive.writestr("word/media/image1.jpg", picture("JPEG"))
        for name, inside in more:
            archive.writestr(name, inside)
    return content.getvalue()


FILES = {
    "jpeg": jpeg(),
    "png": png(),
    "webp": picture("WEBP", xmp=XMP),
    "gif": gif(),
    "film": film(),
    "mp3": mp3(),
    "flac": flac(),
    "wav": wav(),
    "docx": docx(),
}
EACH = pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())


@EACH
def test_a_cleaned_copy_tells_nothing_and_none_of_the_old_words_are_in_it(content: bytes) -> None:
    found = scan(content)
    assert found.extent is Extent.WHOLE
    assert found.findings
    copy = cleaned(content)
    assert scan(copy) == Scan(extent=Extent.WHOLE)
    for word in (
        b"Maria",
        b"SN-4711",
        b"Maker",
        b"+12.5",
        b"Core Media",
        b"door",
        b"Anna",
        b"behind",
    ):
        assert word not in copy


@EACH
def test_who_made_it_is_told(content: bytes) -> None:
    if content == FILES["film"]:
        assert ("place", "+12.5000+008.2500/") in told(content)
    else:
        assert any("Maria" in value for _, value in told(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_position_and_serial_number_are_told_and_every_pixel_stays(form: str) -> None:
    content = picture(form)
    assert ("place", "12.500000, 8.250000") in told(content)
    assert ("device", "SN-4711") in told(content)
    before, after = (Image.open(io.BytesIO(each)) for each in (content, cleaned(content)))
    assert before.tobytes() == after.tobytes()
    assert dict(after.getexif()) == {0x0112: 6}


def test_a_preview_from_before_the_crop_is_told() -> None:
    small = io.BytesIO()
    Image.new("RGB", (8, 8)).save(small, "JPEG")
    directory = b"\0\2\2\1\0\4\0\0\0\1\0\0\0\x26\2\2\0\4\0\0\0\1" + struct.pack(
        ">I", len(small.getvalue())
    )
    body = b"MM\0*\0\0\0\x08\0\0\0\0\0\x0e" + directory + bytes(4) + small.getvalue()
    exif = b"Exif\0\0" + body
    plain = exhibits_without()
    content = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]
    assert scan(content).kinds == (Hidden.PREVIEW,)
    assert small.getvalue() not in cleaned(content)


def exhibits_without() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "green").save(content, "JPEG")
    return cleaned(content.getvalue())


def test_a_film_keeps_its_length_and_its_pictures() -> None:
    copy = cleaned(film())
    assert len(copy) == len(film())
    assert b"coded pictures" * 50 in copy


def test_a_film_with_a_track_of_positions_is_not_called_clean() -> None:
    content = film(handler=b"meta")
    assert ("other", "meta") in told(content)
    with pytest.raises(CannotClean):
        cleaned(content)


def test_a_documents_text_and_picture_stay() -> None:
    with zipfile.ZipFile(io.BytesIO(cleaned(docx()))) as archive:
        assert b"Said." in archive.read("word/document.xml")
        assert Image.open(archive.open("word/media/image1.jpg")).size == (40, 24)
        assert "docProps" not in str(archive.namelist()) + archive.read("_rels/.rels").decode()


@pytest.mark.parametrize(
    "more",
    [
        ("word/comments.xml", b"<w:comments/>"),
        ("word/footnotes.xml", b"<w:ins w:author='Maria'>x</w:ins>"),
        ("word/vbaProject.bin", b"x"),
        ("word/embeddings/sheet.xlsx", b"x"),
        ("word/media/image2.emf", b"x"),
    ],
)
def test_comments_tracked_changes_macros_and_enclosed_files_are_not_called_clean(
    more: tuple[str, bytes],
) -> None:
    content = docx(more)
    with pytest.raises(CannotClean):
        cleaned(content)


def test_a_pdf_tells_its_author_also_from_a_packed_list_and_is_not_cleaned() -> None:
    packed = zlib.compress(b"<< /Author (Maria K.) /CreationDate (D:2026) >>")
    content = exhibits.letter(1) + b"7 0 obj << /Type /ObjStm >>\nstream\n" + packed
    content += b"\nendstream /JavaScript (app.alert)"
    assert {("person", "Maria K."), ("time", "D:2026"), ("active", "1")} <= told(content)
    assert scan(exhibits.letter(1)).nothing_hidden
    with pytest.raises(CannotClean):
        cleaned(content)


def test_an_encrypted_pdf_and_an_unknown_type_are_never_taken_for_empty() -> None:
    assert scan(exhibits.letter(1) + b"/Encrypt 9 0 R").extent is Extent.PART
    assert scan(b"\0\1\2\3" * 100).extent is Extent.NOT_READ


def test_an_empty_file_has_nothing_to_tell_and_cannot_be_looked_into() -> None:
    assert scan(b"").extent is Extent.NOT_READ


def test_a_value_is_one_short_line_of_text() -> None:
    hostile = "a\u202eb\nc\u2028d\x1b[31m" + "x" * 5000
    texts = PngInfo()
    texts.add_itxt("Comment", hostile)
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG", pnginfo=texts)
    (found,) = scan(content.getvalue()).findings
    assert found.value.startswith("a b c d [31mx")
    assert len(found.value) == 300


# --- hostile --------------------------------------------------------------------------------


def bombs() -> dict[str, bytes]:
    zeros = zlib.compress(bytes(60_000_000), 9)
    text = b"zTXtComment\0\0" + zeros
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    plain = picture("PNG")
    loop = b"MM\0*\0\0\0\x08\0\0\0\0\0\x08"
    exif = b"Exif\0\0" + loop
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("word/document.xml", "word/a.xml", "word/b.xml"):
            archive.writestr(name, bytes(40_000_000))
    nested = box(b"trak")
    for _ in range(200):
        nested = box(b"trak", nested)
    return {
        "text in a PNG": plain[:33] + chunk + plain[33:],
        "directory of itself": b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif,
        "document": zipped.getvalue(),
        "boxes in boxes": box(b"ftyp", b"mp42") + nested,
        "a million tags": b"II*\0" + struct.pack("<I", 8) + b"\xff\xff" + bytes(70_000),
        "list in a PDF": b"%PDF-1.7 /ObjStm\nstream\n" + zeros,
    }


@pytest.mark.parametrize("name", list(bombs()))
def test_a_bomb_costs_little_and_is_told_in_part(name: str) -> None:
    content = bombs()[name]
    tracemalloc.start()
    try:
        found = scan(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert name == "text in a PNG" or found.extent is Extent.PART
    assert peak < 150 * 1024**2


@settings(max_examples=150, deadline=None)
@given(some.sampled_from(list(FILES.values())), some.data())
def test_whatever_is_broken_looking_and_cleaning_end_in_an_answer(
    content: bytes, data: some.DataObject
) -> None:
    broken = bytearray(content[: data.draw(some.integers(12, len(content)))])
    for _ in range(data.draw(some.integers(0, 6))):
        broken[data.draw(some.integers(8, len(broken) - 1))] = data.draw(some.integers(0, 255))
    mime = sniff(content)
    metadata.scan(io.BytesIO(broken), mime)
    source = io.BytesIO(broken)
    try:
        pieces = metadata.cleaned(source, mime)
    except CannotClean:
        return
    joined = metadata.Joined(source, pieces)
    copy = b"".join(iter(lambda: joined.read(1 << 16), b""))
    assert len(copy) == metadata.length(pieces)
