"""Each answer of the command line has its exit status, and says why."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from app import keyring
from app.errors import Exit
from app.vault import Vault
from crypto import age
from crypto.secret import Passphrase
from tests.app.cli.conftest import LOW_RISK, Hoopoe, World
from tests.conftest import PASSPHRASE

Key = tuple[str, str]


@pytest.fixture
def wrong_key(tmp_path: Path) -> Key:
    path = tmp_path / "wrong"
    path.write_text("these are not the words that open it\n", "utf-8")
    return ("--passphrase-file", str(path))


# --- passphrases and vaults -----------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("vault", "unlock-test"),
        ("vault", "check"),
        ("record", "list"),
        ("evidence", "list"),
        ("card", "list"),
        ("receipt", "list"),
    ],
)
def test_a_wrong_passphrase_is_status_four(
    words: tuple[str, ...], hoopoe: Hoopoe, world: World, wrong_key: Key
) -> None:
    ran = hoopoe(*words, world.desk, *wrong_key, "--json")
    assert ran.status == Exit.WRONG_KEY
    assert ran.facts["error"] == "wrong_passphrase"
    assert "did not open the vault" in ran.err


def test_a_folder_without_a_vault_is_status_three(hoopoe: Hoopoe, tmp_path: Path, key: Key) -> None:
    ran = hoopoe("vault", "check", tmp_path, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.DAMAGED, "not_a_vault")


def test_a_missing_folder_is_status_two(hoopoe: Hoopoe, tmp_path: Path, key: Key) -> None:
    ran = hoopoe("vault", "check", tmp_path / "nothing", *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.WRONG_USE, "not_there")


def test_a_network_place_is_status_two_and_not_looked_at(hoopoe: Hoopoe, key: Key) -> None:
    ran = hoopoe("vault", "check", "//server/share/vault", *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.WRONG_USE, "not_on_this_computer")


def test_a_damaged_vault_is_found_by_check(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    vault = world.copy(world.defender, tmp_path)
    stored = next((vault / "files").iterdir())
    content = bytearray(stored.read_bytes())
    content[70_000] ^= 1
    stored.write_bytes(content)
    ran = hoopoe("vault", "check", vault, *key, "--json")
    assert ran.status == Exit.DAMAGED
    assert [each["look"] for each in ran.facts["findings"]] == ["evidence"]
    ran = hoopoe("evidence", "check", vault, *key, "--json")
    assert (ran.status, ran.facts["damaged"]) == (Exit.DAMAGED, [world.evidence])


# --- bundles that are not what they should be -----------------------------------------------


def test_a_bundle_for_somebody_else_is_status_one(hoopoe: Hoopoe, world: World, key: Key) -> None:
    ran = hoopoe("open", world.stranger, world.first, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.NO, "not_for_me")


@pytest.mark.parametrize("place", ["mac", "middle", "end"])
def test_one_flipped_bit_is_status_three(
    place: str, hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    content = bytearray(world.first.read_bytes())
    # In a stanza it could not be told from a bundle for somebody else: the key does not fit.
    places = {"mac": content.index(b"\n--- ") + 12, "middle": len(content) // 2, "end": -1}
    content[places[place]] ^= 1
    damaged = tmp_path / world.first.name
    damaged.write_bytes(content)
    assert hoopoe("open", world.desk, damaged, *key).status == Exit.DAMAGED
    assert hoopoe("bundle", "verify", damaged).status == Exit.DAMAGED


def test_a_truncated_bundle_is_status_three(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    cut = tmp_path / world.first.name
    cut.write_bytes(world.first.read_bytes()[:-1])
    ran = hoopoe("open", world.desk, cut, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.DAMAGED, "bundle_damaged")
    assert hoopoe("bundle", "verify", cut).status == Exit.DAMAGED


@pytest.mark.parametrize("content", [b"", b"a letter", b"\0" * 300_000, b"PK\x03\x04" + bytes(99)])
def test_what_is_no_bundle_is_status_three(
    content: bytes, hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    path = tmp_path / "letter"
    path.write_bytes(content)
    ran = hoopoe("open", world.desk, path, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.DAMAGED, "not_a_bundle")
    ran = hoopoe("bundle", "inspect", path, "--json")
    assert (ran.status, ran.facts["files"][0]["error"]) == (Exit.DAMAGED, "not_a_bundle")


def test_a_bundle_that_is_not_there_is_status_two(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    assert hoopoe("open", world.desk, tmp_path / "no", *key).status == Exit.WRONG_USE


def test_one_bad_file_does_not_keep_the_courier_from_the_next(
    hoopoe: Hoopoe, world: World, tmp_path: Path
) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(b"junk")
    ran = hoopoe("bundle", "verify", bad, world.first, "--json")
    assert ran.status == Exit.DAMAGED
    assert ran.facts["files"][1]["condition"] == "undamaged"


def test_a_renamed_bundle_is_said_to_be_renamed(
    hoopoe: Hoopoe, world: World, tmp_path: Path
) -> None:
    renamed = tmp_path / "holiday.jpg"
    renamed.write_bytes(world.first.read_bytes())
    ran = hoopoe("bundle", "verify", renamed, "--json")
    assert (ran.status, ran.facts["files"][0]["condition"]) == (Exit.NO, "renamed")


# --- bundles that need a decision -----------------------------------------------------------


def test_an_unknown_signer_is_refused_unless_accepted(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    desk = world.copy(world.desk, tmp_path)
    ran = hoopoe("open", desk, world.first, "--import", *key, "--json")
    assert (ran.status, ran.facts["doubts"], ran.facts["imported"]) == (Exit.NO, ["unknown"], None)
    ran = hoopoe("open", desk, world.first, "--import", "--accept", "unknown", *key, "--json")
    assert (ran.status, ran.facts["imported"]["files"]) == (Exit.DONE, 1)
    ran = hoopoe("record", "list", desk, "--kind", "incident", *key, "--json")
    assert [each["reference"] for each in ran.facts["records"]] == [world.incident]


def test_a_signer_given_a_name_is_known_from_then_on(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    desk = world.copy(world.desk, tmp_path)
    naming = ("--accept", "unknown", "--sender", "Field")
    assert hoopoe("open", desk, world.first, "--import", *naming, *key).status == Exit.DONE
    ran = hoopoe("open", desk, world.second, *key, "--json")
    assert ran.facts["signer"]["name"] == "Field"
    assert ran.status == Exit.DONE


def test_an_unsigned_bundle_is_refused_unless_accepted(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    desk = world.copy(world.desk, tmp_path)
    ran = hoopoe("open", desk, world.unsigned, "--import", *key, "--json")
    assert (ran.status, ran.facts["doubts"]) == (Exit.NO, ["unsigned"])
    accepted = ("--accept", "unsigned")
    assert hoopoe("open", desk, world.unsigned, "--import", *accepted, *key).status == Exit.DONE


def test_a_bundle_passed_on_is_refused_unless_accepted(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    """Somebody opened it and sealed the very same bag for another: signature whole, address not."""
    stranger = world.copy(world.stranger, tmp_path)
    opener = Passphrase.of(PASSPHRASE)
    with Vault.open(world.copy(world.desk, tmp_path), opener) as vault:
        identities = keyring.of(vault).identities
    with world.first.open("rb") as source:
        inside = age.decrypt(source, identities).read()
    shown = hoopoe("card", "show", stranger, *key, "--json").facts
    passed_on = tmp_path / "passed"
    with (
        passed_on.open("wb") as out,
        age.encrypt(out, [age.parse_recipient(shown["recipient"])]) as sealed,
    ):
        sealed.write(inside)
    ran = hoopoe("open", stranger, passed_on, "--import", *key, "--json")
    assert (ran.status, ran.facts["doubts"]) == (Exit.NO, ["unknown", "passed_on"])
    only_one = ("--accept", "passed-on")
    ran = hoopoe("open", stranger, passed_on, "--import", *only_one, *key, "--json")
    assert (ran.status, ran.facts["doubts"]) == (Exit.NO, ["unknown"])
    both = ("--accept", "unknown,passed-on")
    assert hoopoe("open", stranger, passed_on, "--import", *both, *key).status == Exit.DONE


def test_a_replay_is_refused_whatever_is_accepted(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    desk = world.copy(world.desk, tmp_path)
    take = ("--import", "--accept", "unknown,unsigned,passed-on,forked")
    assert hoopoe("open", desk, world.first, *take, *key).status == Exit.DONE
    ran = hoopoe("open", desk, world.first, *take, *key, "--json")
    assert (ran.status, ran.facts["doubts"]) == (Exit.NO, ["replay"])


def test_a_gap_is_a_warning_and_not_a_refusal(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    desk = world.copy(world.desk, tmp_path)
    first = ("--accept", "unknown", "--sender", "Field")
    assert hoopoe("open", desk, world.first, "--import", *first, *key).status == Exit.DONE
    ran = hoopoe("open", desk, world.third, *key)
    assert ran.status == Exit.DONE
    assert "1 earlier bundle of this sender was not seen here" in ran.err
    facts = hoopoe("open", desk, world.third, "--import", *key, "--json").facts
    assert facts["order"] == {"state": "gap", "missing": 1}
    assert facts["imported"]["complete"]


def test_what_was_taken_in_can_still_be_unpacked(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    desk = world.copy(world.desk, tmp_path)
    take = ("--accept", "unknown")
    assert hoopoe("open", desk, world.first, "--import", *take, *key).status == Exit.DONE
    out = tmp_path / "bag"
    ran = hoopoe("open", desk, world.first, "--extract", out, *take, *key, "--json")
    assert ran.status == Exit.DONE
    assert (Path(ran.facts["folder"]) / "manifest-sha256.txt").is_file()


def test_a_doubtful_bundle_is_not_unpacked(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    out = tmp_path / "bag"
    assert hoopoe("open", world.desk, world.first, "--extract", out, *key).status == Exit.NO
    assert not out.exists()


# --- sealing --------------------------------------------------------------------------------


def test_sealing_to_a_code_never_compared_is_refused_unless_chosen(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    defender = world.copy(world.defender, tmp_path)
    card = tmp_path / "stranger.card"
    assert hoopoe("card", "export", world.stranger, "--out", card, *key).status == Exit.DONE
    assert hoopoe("card", "add", defender, card, *key).status == Exit.DONE
    order = ("--to", "Stranger", "--record", world.incident, "--out", tmp_path)
    ran = hoopoe("seal", defender, *order, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.NO, "not_verified")
    assert hoopoe("seal", defender, *order, "--unverified", *LOW_RISK, *key).status == Exit.DONE


def test_a_wrong_group_of_the_code_is_status_one(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    defender = world.copy(world.defender, tmp_path)
    other = f"{(int(world.safety_code[0]) + 1) % 100_000:05d}"
    heard = ("--heard", f"1={other}", "--heard", f"2={world.safety_code[1]}")
    ran = hoopoe("card", "verify", defender, "Test", "--way", "phone", *heard, *key, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.NO, "code_differs")


# --- media ----------------------------------------------------------------------------------


def test_a_place_that_cannot_be_written_is_status_five(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: Key
) -> None:
    refusing = Path("/sys/kernel")  # refuses new files, to root as well
    if os.name != "posix" or not refusing.is_dir():
        pytest.skip("no folder here that refuses everybody")
    assert hoopoe("bundle", "copy", world.first, "--out", refusing).status == Exit.NO_ROOM
    defender = world.copy(world.defender, tmp_path)
    order = ("--to", "Test Desk", "--record", world.incident, "--out", refusing)
    ran = hoopoe("seal", defender, *order, *key)
    assert ran.status == Exit.NO_ROOM
    assert hoopoe("record", "show", defender, world.incident, *key).out.count("Sealed for") == 4


def test_a_full_medium_is_status_five_and_keeps_no_half_bundle(
    hoopoe: Hoopoe, world: World, tmp_path: Path
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(small)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("mounting a small medium is not permitted here")
    try:
        ran = hoopoe("bundle", "copy", world.first, "--out", small, "--json")
        assert ran.status == Exit.NO_ROOM
        assert ran.facts["files"][0]["error"] == "no_room"
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_file_that_is_there_is_not_overwritten(
    hoopoe: Hoopoe, world: World, tmp_path: Path
) -> None:
    there = tmp_path / world.first.name
    there.write_bytes(b"mine")
    assert hoopoe("bundle", "copy", world.first, "--out", tmp_path).status == Exit.NO_ROOM
    assert there.read_bytes() == b"mine"
