"""Bundles that are sealed correctly, for us, whose archive, bag or manifest is made to do harm."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import bagit, contacts
from app.bundles import extracting, opening
from app.errors import BadBundle, BadManifest
from app.strictjson import canonical
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.app.bundles import forging, hostile
from tests.app.bundles.hostile import Bag
from tests.app.test_tar_hostile import END, HOSTILE, block, filled, octal
from tests.conftest import at_noon


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """A desk that only looks; whatever it is shown, nothing in it changes."""
    folder = tmp_path_factory.mktemp("looking") / "desk"
    with Vault.create(folder, Passphrase.of("desk"), cost=FLOOR, clock=at_noon) as desk:
        contacts.make_own_card(desk, "Desk")
        before = hostile.state(desk)
        yield desk
        assert hostile.state(desk) == before


# --- archives and bags ----------------------------------------------------------------------


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_archive_refuses_the_bundle_and_is_not_unpacked(
    looking: Vault, tmp_path: Path, case: str
) -> None:
    reason, archive = HOSTILE[case]
    path = hostile.sealed(looking, tmp_path / "b", archive)
    with pytest.raises(BadBundle) as refused:
        opening.open_bundle(looking, path)
    # A member outside `bundle/` may be met before the archive's own fault is.
    assert (refused.value.layer, refused.value.detail) in {("tar", reason), ("bag", "wrong_place")}
    with pytest.raises(BadBundle):
        extracting.extract(looking, path, to=tmp_path / "out")
    assert [each.name for each in tmp_path.iterdir()] == ["b"]


def test_a_member_that_leaves_the_folder_is_refused_after_good_ones(
    looking: Vault, tmp_path: Path
) -> None:
    sound = Bag.sound().archive().rstrip(b"\0")
    sound += bytes(-len(sound) % 512)
    for name in (b"bundle/../x", b"bundle/data/../../x", b"/bundle/x", b"other/x", b"bundle"):
        tar = sound + block(name, size=octal(1)) + filled(b"x") + END
        with pytest.raises(BadBundle):
            opening.open_bundle(looking, hostile.sealed(looking, tmp_path / "b", tar))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda bag: bag.tags.append(("fetch.txt", b"http://x 1 data/x\n")), "fetch"),
        (lambda bag: bag.tags.append(("FETCH.TXT", b"")), "fetch"),
        (lambda bag: bag.tags.append(("note.txt", b"")), "unlisted"),
        (lambda bag: bag.tags.append(("manifest-md5.txt", b"")), "other_manifest"),
        (lambda bag: bag.files.append(("data/evidence/extra.jpg", b"x")), "unlisted"),
        (lambda bag: bag.files.append(("data/.hidden", b"x")), "unlisted"),
        (lambda bag: hostile.put(bag.tags, bagit.MANIFEST, b"no manifest"), "damaged"),
        (lambda bag: hostile.put(bag.tags, bagit.BAGIT_TXT, b"BagIt-Version: 0.97\n"), None),
        (lambda bag: hostile.put(bag.tags, bagit.TAG_MANIFEST, b""), "unlisted"),
        (lambda bag: hostile.drop(bag.tags, bagit.TAG_MANIFEST), "missing"),
        (lambda bag: hostile.drop(bag.tags, bagit.MANIFEST), "missing"),
        (lambda bag: hostile.drop(bag.tags, bagit.BAG_INFO), "missing"),
    ],
)
def test_a_bag_that_is_not_as_it_should_be_refuses_the_bundle(
    looking: Vault,
    tmp_path: Path,
    change: Callable[[Bag], object],
    reason: str | None,
) -> None:
    bag = Bag.sound()
    change(bag)
    path = hostile.sealed(looking, tmp_path / "b", bag.archive())
    with pytest.raises(BadBundle) as refused:
        opening.open_bundle(looking, path)
    assert refused.value.layer == "bag"
    assert reason is None or refused.value.detail == reason


def test_a_payload_before_the_tag_files_refuses_the_bundle(looking: Vault, tmp_path: Path) -> None:
    bag = Bag.sound()
    content = hostile.archive(hostile.below(bag.files + bag.tags))
    path = hostile.sealed(looking, tmp_path / "b", content)
    with pytest.raises(BadBundle):
        opening.open_bundle(looking, path)


def test_bytes_after_the_archive_that_are_not_zero_refuse_the_bundle(
    looking: Vault, tmp_path: Path
) -> None:
    tar = Bag.sound().archive()
    path = hostile.sealed(
        looking, tmp_path / "b", tar + bytes(100_000) + b"hidden" + bytes(100_000)
    )
    with pytest.raises(BadBundle) as refused:
        opening.open_bundle(looking, path)
    assert (refused.value.layer, refused.value.detail) == ("tar", "end")
    path = hostile.sealed(looking, tmp_path / "b", tar + bytes(200_000))
    assert opening.open_bundle(looking, path).complete


# --- hoopoe.json ----------------------------------------------------------------------------

GOOD = json.loads(forging.hoopoe(recipients=("a" * 64,)).marshal())


@pytest.mark.parametrize(
    ("content", "member"),
    [
        (b"", "json"),
        (b"[]", "format"),
        (b"null", "format"),
        (b'{"format":"hoopoe-bundle"}', "version"),
        (b'{"format":"hoopoe-bundle","format":"x"}', "json"),
        (b'{"format":"hoopoe-bundle","version":1.0}', "json"),
        (b'{"format":"hoopoe-bundle","version":NaN}', "json"),
        (b"[" * 10_000 + b"]" * 10_000, "json"),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "json"),
        (b'{"format":"' + b"x" * 70_000 + b'"}', "json"),
        (b'{"format":' + b"9" * 60_000 + b"}", "json"),
        (b"\xff\xfe", "json"),
        (b'{"format":"\\ud800"}', "json"),
        (canonical(GOOD | {"format": "another"}), "format"),
        (canonical(GOOD | {"version": 2}), "version"),
        (canonical(GOOD | {"more": 1}), "members"),
        (canonical({name: GOOD[name] for name in GOOD if name != "reply"}), "members"),
        (canonical(GOOD) + b"\n", "canonical"),
        (json.dumps(GOOD).encode(), "canonical"),
        (canonical(GOOD | {"kind": "report "}), "kind"),
        (canonical(GOOD | {"kind": ["report"]}), "kind"),
        (canonical(GOOD | {"bundle": "../../etc/passwd"}), "bundle"),
        (canonical(GOOD | {"bundle": "A" * 32}), "bundle"),
        (canonical(GOOD | {"day": "2026-02-30"}), "day"),
        (canonical(GOOD | {"day": hostile.HTML}), "day"),
        (canonical(GOOD | {"verify_key": ""}), "verify_key"),
        (canonical(GOOD | {"verify_key": "RW" * 100}), "verify_key"),
        (canonical(GOOD | {"reply": "age1\u0430"}), "reply"),
        (canonical(GOOD | {"recipients": []}), "recipients"),
        (canonical(GOOD | {"recipients": ["a" * 64] * 2}), "recipients"),
        (canonical(GOOD | {"recipients": [f"{each:064x}" for each in range(17)]}), "recipients"),
        (canonical(GOOD | {"recipients": ["b" * 64, "a" * 64]}), "recipients"),
        (canonical(GOOD | {"series": None}), "series"),
        (canonical(GOOD | {"sequence": 0}), "sequence"),
        (canonical(GOOD | {"sequence": True}), "sequence"),
        (canonical(GOOD | {"sequence": 2**53 + 1}), "sequence"),
        (canonical(GOOD | {"sequence": "1"}), "sequence"),
        (canonical(GOOD | {"previous": "0" * 63}), "previous"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_manifest_that_breaks_a_rule_refuses_the_bundle(
    looking: Vault, tmp_path: Path, content: bytes, member: str
) -> None:
    path = hostile.sealed(looking, tmp_path / "b", Bag.sound(hoopoe=[content]).archive())
    with pytest.raises(BadManifest) as refused:
        opening.open_bundle(looking, path)
    assert refused.value.member == member


def test_a_bag_without_a_manifest_of_ours_is_no_bundle(looking: Vault, tmp_path: Path) -> None:
    path = hostile.sealed(looking, tmp_path / "b", Bag.sound(hoopoe=[]).archive())
    with pytest.raises(BadManifest):
        opening.open_bundle(looking, path)
