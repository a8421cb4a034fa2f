"""What stock tools take and the strict readers refuse, found by asking both.

`python -m tests.app.test_stricter` writes the two tables of docs/formats/stricter.md anew.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import bagit
from app.bagit import TagFile
from app.errors import BadBag
from tests.app.bags import CONTENTS, TAGS, changed, report, unpacked
from tests.app.test_tar_hostile import HOSTILE

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "stricter.md"
VALIDATE = """
import json, logging, sys, warnings
warnings.simplefilter("ignore")
logging.disable()
import bagit
found = {}
for path in sys.argv[1:]:
    try:
        bagit.Bag(path).validate()
        found[path] = True
    except Exception:
        found[path] = False
print(json.dumps(found))
"""


def with_manifest(content: bytes) -> list[TagFile]:
    return changed(bagit.MANIFEST, content)


def without(path: str) -> list[TagFile]:
    return [tag for tag in TAGS if tag.path != path]


def tag(path: str) -> bytes:
    return next(each.content for each in TAGS if each.path == path)


MANIFEST = tag(bagit.MANIFEST)
FIRST = MANIFEST.splitlines(keepends=True)[0]
BAGS: dict[str, Sequence[TagFile]] = {
    "an empty fetch.txt": changed("fetch.txt", b""),
    "a second manifest, of SHA-512, that lists nothing": changed("tagmanifest-sha512.txt", b""),
    "a tag file that nothing lists": [*TAGS, TagFile(path="note.txt", content=b"x")],
    "no tag manifest": without(bagit.TAG_MANIFEST),
    "lines that end in CR LF": with_manifest(MANIFEST.replace(b"\n", b"\r\n")),
    "an asterisk before a path": with_manifest(MANIFEST.replace(b"  ", b" *")),
    "one blank before a path": with_manifest(MANIFEST.replace(b"  ", b" ")),
    "digests in capitals": with_manifest(
        b"".join(line[:64].upper() + line[64:] for line in MANIFEST.splitlines(keepends=True))
    ),
    "a line twice": with_manifest(MANIFEST + FIRST),
    "a comment between the lines": with_manifest(b"# comment\n" + MANIFEST),
    "an empty line": with_manifest(b"\n" + MANIFEST),
    "no end of the last line": with_manifest(MANIFEST.removesuffix(b"\n")),
    "a path that begins with ./": with_manifest(MANIFEST.replace(b"  data/", b"  ./data/")),
    "BagIt 0.97": changed(
        bagit.BAGIT_TXT, b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
    ),
    "a declaration with CR LF": changed(
        bagit.BAGIT_TXT, b"BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n"
    ),
    "a value of bag-info.txt over two lines": changed(
        bagit.BAG_INFO, tag(bagit.BAG_INFO) + b"Note: one\n two\n"
    ),
    "Payload-Oxum twice": changed(bagit.BAG_INFO, tag(bagit.BAG_INFO) + b"Payload-Oxum: 2584.4\n"),
    "a tag manifest that lists payload": [
        *without(bagit.TAG_MANIFEST),
        TagFile(path=bagit.TAG_MANIFEST, content=tag(bagit.TAG_MANIFEST) + FIRST),
    ],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something that a stock tool took: what it was, and why the strict reader refuses it."""

    what: str
    reason: str


def taken_by_tar() -> list[Row]:
    """The hostile archives that GNU tar lists to their end without complaint in its status."""
    return [
        Row(what=what, reason=reason.value)
        for what, (reason, content) in HOSTILE.items()
        if _tar_takes(content)
    ]


def taken_by_bagit() -> list[Row]:
    """The odd bags that bagit.py calls valid."""
    folder = Path(tempfile.mkdtemp())
    try:
        bags = [folder / str(at) for at in range(len(BAGS))]
        for at, tags in zip(bags, BAGS.values(), strict=True):
            unpacked(at, tags)
        done = subprocess.run(
            [sys.executable, "-c", VALIDATE, *map(str, bags)],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        valid = json.loads(done.stdout)
    finally:
        shutil.rmtree(folder)
    return [
        Row(what=what, reason=_refused(tags))
        for at, (what, tags) in zip(bags, BAGS.items(), strict=True)
        if valid[str(at)]
    ]


def _tar_takes(content: bytes) -> bool:
    done = subprocess.run(
        ["tar", "tf", "-"], input=content, capture_output=True, check=False, timeout=60
    )
    return done.returncode == 0


def _refused(tags: Sequence[TagFile]) -> str:
    try:
        report(tags, CONTENTS)
    except BadBag as no:
        return str(no.reason)
    return "taken"


def table(rows: Sequence[Row]) -> str:
    """By reason, in the order in which they come."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        by_reason.setdefault(row.reason, []).append(row.what)
    lines = [f"| `{reason}` | {'; '.join(found)} |" for reason, found in by_reason.items()]
    return "\n".join(["| refused as | what the stock tool takes |", "|---|---|", *lines])


def page() -> str:
    """The page with both tables as the tools answer today."""
    text = PAGE.read_text("utf-8")
    for name, rows in (("tar", taken_by_tar()), ("bagit", taken_by_bagit())):
        before, _, rest = text.partition(f"<!-- {name} -->\n")
        after = rest.partition(f"<!-- {name} end -->")[2]
        text = f"{before}<!-- {name} -->\n{table(rows)}\n<!-- {name} end -->{after}"
    return text


def _other_tar() -> bool:
    done = subprocess.run(["tar", "--version"], capture_output=True, text=True, check=False)
    return "(GNU tar) 1.34" not in done.stdout


@pytest.mark.skipif(_other_tar(), reason="the page tells of GNU tar 1.34")
def test_the_page_tells_what_stock_tools_take_and_we_refuse() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tests.app.test_stricter"


def test_every_odd_bag_that_bagit_takes_is_refused_here() -> None:
    rows = taken_by_bagit()
    assert len(rows) > 5
    assert [row.what for row in rows if row.reason == "taken"] == []


def test_a_good_bag_is_good_for_both() -> None:
    assert _refused(TAGS) == "taken"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
