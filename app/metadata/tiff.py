"""Exif and TIFF directories: camera, times, position, author, preview (TIFF 6.0, CIPA DC-008)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, final

from app.metadata.finding import Finding, Hidden
from app.metadata.window import Odd, Window

MAX_ENTRIES: Final = 2000
_MAX_TEXT: Final = 4096
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_ASCII, _SHORT, _LONG, _RATIONAL, _SIGNED = 2, 3, 4, 5, 10

ORIENTATION: Final = 0x0112
_INSIDE: Final = {0x8769: "Exif", 0x8825: "GPS", 0xA005: "Interoperability", 0x014A: "SubIFD"}
_XMP, _IPTC, _PHOTOSHOP = 0x02BC, 0x83BB, 0x8649

_NAMES: Final = {
    0x010D: (Hidden.OTHER, "Document name"),
    0x010E: (Hidden.COMMENT, "Image description"),
    0x010F: (Hidden.DEVICE, "Make"),
    0x0110: (Hidden.DEVICE, "Model"),
    0x0131: (Hidden.SOFTWARE, "Software"),
    0x0132: (Hidden.TIME, "Date"),
    0x013B: (Hidden.PERSON, "Artist"),
    0x013C: (Hidden.DEVICE, "Host computer"),
    0x8298: (Hidden.PERSON, "Copyright"),
    0x9003: (Hidden.TIME, "Date taken"),
    0x9004: (Hidden.TIME, "Date digitised"),
    0x9010: (Hidden.TIME, "Time zone"),
    0x9011: (Hidden.TIME, "Time zone taken"),
    0x9012: (Hidden.TIME, "Time zone digitised"),
    0x927C: (Hidden.DEVICE, "Maker note"),
    0x9286: (Hidden.COMMENT, "User comment"),
    0x9C9B: (Hidden.COMMENT, "Title"),
    0x9C9C: (Hidden.COMMENT, "Comment"),
    0x9C9D: (Hidden.PERSON, "Author"),
    0x9C9E: (Hidden.COMMENT, "Keywords"),
    0x9C9F: (Hidden.COMMENT, "Subject"),
    0xA420: (Hidden.DEVICE, "Image unique ID"),
    0xA430: (Hidden.PERSON, "Camera owner"),
    0xA431: (Hidden.DEVICE, "Body serial number"),
    0xA432: (Hidden.DEVICE, "Lens specification"),
    0xA433: (Hidden.DEVICE, "Lens make"),
    0xA434: (Hidden.DEVICE, "Lens model"),
    0xA435: (Hidden.DEVICE, "Lens serial number"),
}
# What a TIFF file needs to be shown, and what says nothing of anybody.
_STRUCTURE: Final = frozenset(range(0x00FE, 0x010D)) | {
    *(0x0111, ORIENTATION, 0x0115, 0x0116, 0x0117, 0x011A, 0x011B, 0x011C, 0x0128, 0x013D, 0x0140),
    *(0x0142, 0x0143, 0x0144, 0x0145, 0x0152, 0x0153, 0x015B, 0x0201, 0x0202, 0x0211, 0x0212),
    *(0x0213, 0x0214, 0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003),
}


def look(content: Window) -> Iterator[Finding]:
    """What Exif inside another file tells: its second directory is a preview. Raises Odd.

    Where none of the tags told by name is there, one row says that there are others.
    """
    directories = _Directories(content)
    told = False
    for number, findings in directories.findings():
        if number == 1:
            told = True
            yield Finding.of(Hidden.PREVIEW, "Exif", "")
        for found in findings:
            told = True
            yield found
    if not told and not directories.only_turns():
        yield Finding.of(Hidden.OTHER, "Exif", "")


def look_pages(content: Window) -> Iterator[Finding]:
    """What a TIFF file tells: each directory is a page. Raises Odd."""
    for _, found in _Directories(content).findings():
        yield from found


def orientation(content: Window) -> int:
    """How the picture is turned: 1 to 8 (TIFF 6.0, tag 274); 1 when it does not say."""
    try:
        directories = _Directories(content)
        for tag, form, count, place in directories.entries(directories.first):
            if tag == ORIENTATION and form == _SHORT and count == 1:
                found = directories.numbers(form, 1, place)[0]
                return found if 1 <= found <= 8 else 1
    except Odd:
        pass
    return 1


def only_orientation(turned: int) -> bytes:
    """The smallest Exif content that says how the picture is turned, and nothing else."""
    entry = ORIENTATION.to_bytes(2, "big") + bytes((0, _SHORT, 0, 0, 0, 1, 0, turned, 0, 0))
    return b"MM\0*\0\0\0\x08\0\x01" + entry + bytes(4)


@final
class _Directories:
    """The directories of one TIFF structure."""

    def __init__(self, content: Window) -> None:
        self._content = content
        mark = content.at(0, 4)
        if mark not in (b"II*\0", b"MM\0*"):
            raise Odd
        self._little = mark[:1] == b"I"
        self.first = self._number(4, 4)
        self._left = MAX_ENTRIES
        self._seen: set[int] = set()

    def entries(self, at: int) -> Iterator[tuple[int, int, int, int]]:
        """Tag, form, count and place of the value, of each entry of the directory at `at`."""
        if at in self._seen:
            raise Odd  # a directory that contains itself
        self._seen.add(at)
        for number in range(self._number(at, 2)):
            self._left -= 1
            if self._left < 0:
                raise Odd
            entry = at + 2 + 12 * number
            tag, form = self._number(entry, 2), self._number(entry + 2, 2)
            count = self._number(entry + 4, 4)
            size = _SIZES.get(form, 0) * count
            place = entry + 8 if size <= 4 else self._number(entry + 8, 4)
            yield tag, form, count, place

    def numbers(self, form: int, count: int, place: int) -> list[int]:
        size = _SIZES[form]
        return [self._number(place + size * each, size) for each in range(min(count, 16))]

    def findings(self) -> Iterator[tuple[int, Iterator[Finding]]]:
        """Each directory of the chain by its number, with what it tells."""
        at, number = self.first, 0
        while at:
            yield number, self._directory(at, "")
            number += 1
            at = self._number(at + 2 + 12 * self._number(at, 2), 4)

    def only_turns(self) -> bool:
        """Whether the orientation is all there is."""
        return self._seen == {self.first} and self._number(self.first, 2) == 1

    def _directory(self, at: int, inside: str) -> Iterator[Finding]:
        position: dict[int, tuple[int, int, int]] = {}
        for tag, form, count, place in list(self.entries(at)):
            if inside == "GPS":
                position[tag] = (form, count, place)
            elif tag in _INSIDE and form in (_LONG, 13):
                for below in self.numbers(_LONG, count, place):
                    yield from self._directory(below, _INSIDE[tag])
            elif tag in _NAMES:
                kind, name = _NAMES[tag]
                text = self._text(tag, form, count, place)
                if text or tag == 0x927C:
                    yield Finding.of(kind, name, text)
            elif tag in (_XMP, _IPTC, _PHOTOSHOP):
                yield Finding.of(Hidden.OTHER, {_XMP: "XMP", _IPTC: "IPTC"}.get(tag, "8BIM"), "")
            elif tag not in _STRUCTURE and not inside:
                yield Finding.of(Hidden.OTHER, f"Tag {tag:#06x}", "")
        if position:
            yield from self._position(position)

    def _position(self, tags: dict[int, tuple[int, int, int]]) -> Iterator[Finding]:
        """GPS tags: 1 and 2 are the latitude, 3 and 4 the longitude, 7 and 29 the time."""
        told = []
        for reference, value, negative in ((1, 2, b"S"), (3, 4, b"W")):
            degrees = self._degrees(*tags[value]) if value in tags else None
            if degrees is not None:
                side = self._content.at(tags[reference][2], 1) if reference in tags else b""
                told.append(-degrees if side.upper() == negative else degrees)
        if len(told) == 2:
            yield Finding.of(Hidden.PLACE, "GPS", f"{told[0]:.6f}, {told[1]:.6f}")
        elif set(tags) - {0}:
            yield Finding.of(Hidden.PLACE, "GPS", "")
        if 29 in tags and (text := self._text(0, *tags[29])):
            yield Finding.of(Hidden.TIME, "GPS", text)

    def _degrees(self, form: int, count: int, place: int) -> float | None:
        if form not in (_RATIONAL, _SIGNED) or count != 3:
            return None
        total = 0.0
        for each, share in enumerate((1, 60, 3600)):
            above = self._number(place + 8 * each, 4)
            below = self._number(place + 8 * each + 4, 4)
            if below:
                total += above / below / share
        return total

    def _text(self, tag: int, form: int, count: int, place: int) -> str:
        if form in (_SHORT, _LONG):
            return " ".join(map(str, self.numbers(form, count, place)))
        if tag == 0x927C or form not in (1, _ASCII, 7):
            return ""
        octets = self._content.at(place, min(count, _MAX_TEXT))
        if 0x9C9B <= tag <= 0x9C9F:
            return octets.decode("utf-16-le", "replace").strip("\0 ")
        if tag == 0x9286:
            octets = octets[8:]
        return octets.decode("utf-8", "replace").strip("\0 ")

    def _number(self, place: int, count: int) -> int:
        return int.from_bytes(self._content.at(place, count), "little" if self._little else "big")
