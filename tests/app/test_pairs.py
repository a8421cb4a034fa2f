"""Two files, one or two vaults: each opens alone, neither tells of the other."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from app import evidence, openers, pairs, rekeying, salvage, store
from app.backup import drilling, making, restoring
from app.errors import CostShared, NotFound, VaultIncomplete, WrongPassphrase
from app.panic import erase, eraser_of
from app.records import Incident, LText
from app.storage import settings
from app.storage.levelling import NAMES, SMALLEST_BYTES
from app.vault import EVIDENCE, SLOT_FILE, Vault
from crypto.age import PassphraseIdentity
from crypto.errors import NoFreeSlot, PassphraseTaken
from crypto.kdf import FLOOR, STANDARD
from crypto.padding import padded
from crypto.secret import Passphrase
from crypto.slots import VaultIndex, half
from tests.conftest import PASSPHRASE, at_noon

COVER = "six other words that somebody might tell"
NEW = "six new words after somebody looked on"


@pytest.fixture(scope="session")
def made_pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "pair"
    first, cover = Passphrase.of(PASSPHRASE), Passphrase.of(COVER)
    pairs.create_with_cover(folder, first, cover, cost=FLOOR, clock=at_noon).close()
    return folder


@pytest.fixture
def pair(made_pair: Path, tmp_path: Path) -> Path:
    """A closed folder with two vaults of this test's own."""
    return Path(shutil.copytree(made_pair, tmp_path / "pair"))


def opened(folder: Path, words: str) -> Vault:
    return Vault.open(folder, Passphrase.of(words), clock=at_noon)


def sizes(folder: Path) -> list[int]:
    return [(folder / name).stat().st_size for name in NAMES]


def told(text: str) -> Incident:
    return Incident(title=LText(text=text), narrative=LText(text=text), language="en")


def titles(vault: Vault) -> list[str]:
    return [each.title.text for each in store.every(vault, Incident)]


def test_each_passphrase_opens_its_own_vault(pair: Path) -> None:
    for words in (PASSPHRASE, COVER):
        with opened(pair, words) as vault:
            store.save(vault, told(f"told to {words}"))
    for words in (PASSPHRASE, COVER):
        with opened(pair, words) as vault:
            assert titles(vault) == [f"told to {words}"]
            assert vault.check().whole
    with pytest.raises(WrongPassphrase):
        opened(pair, "neither of them, but long enough")


def test_both_files_are_equally_long_and_of_a_class_whatever_is_written(pair: Path) -> None:
    for words, length in ((PASSPHRASE, 3_000_000), (COVER, 500_000), (PASSPHRASE, 100)):
        with opened(pair, words) as vault:
            with vault.transaction() as tx:
                settings.keep_setting(tx, f"filler {length}", "x" * length)
            assert vault.check().whole
        first, second = sizes(pair)
        assert first == second == padded(first, SMALLEST_BYTES)
        assert first % 4096 == 0
    assert sizes(pair)[0] > SMALLEST_BYTES


def test_a_file_that_nothing_opens_looks_like_one_that_is_in_use(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    with pairs.create(folder, Passphrase.of(PASSPHRASE), cost=FLOOR, clock=at_noon) as vault:
        store.save(vault, told("it"))
    assert sizes(folder) == [SMALLEST_BYTES, SMALLEST_BYTES]
    assert sorted(each.name for each in folder.iterdir()) == [SLOT_FILE, *NAMES, EVIDENCE]
    for name in NAMES:
        content = (folder / name).read_bytes()
        counts = Counter(content)
        usual = len(content) / 256
        assert all(abs(counts[byte] - usual) < 8 * usual**0.5 for byte in range(256))
        assert (folder / name).stat().st_mode & 0o777 == 0o600


def test_which_file_is_whose_is_left_to_chance(tmp_path: Path) -> None:
    found = set()
    for number in range(24):
        with pairs.create(tmp_path / f"{number}", Passphrase.of("x"), cost=FLOOR) as vault:
            found.add(vault.index)
            assert {each.slot for each in openers.every(vault)} <= half(vault.index)
        if len(found) == 2:
            break
    assert found == set(VaultIndex)


def test_evidence_of_one_vault_survives_the_other(pair: Path, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"what was seen")
    for words in (PASSPHRASE, COVER):
        with opened(pair, words) as vault:
            incident = store.save(vault, told("with a photo")).record
            evidence.take_in(vault, photo, about=incident.id, evidence_type="photo")
    for words in (PASSPHRASE, COVER):
        with opened(pair, words) as vault:
            report = vault.check()
            assert (report.whole, report.evidence) == (True, 1)
    assert len(list((pair / EVIDENCE).iterdir())) == 2


def test_ways_into_one_vault_never_touch_those_of_the_other(pair: Path) -> None:
    with opened(pair, COVER) as vault:
        way = openers.every(vault)[0]
        *filled, _free = sorted(half(vault.index) - {way.slot})
        with vault.transaction() as tx:
            for slot in filled:
                settings.keep_slot(tx, replace(way, slot=slot))
        added = openers.add(vault, Passphrase.of(COVER), Passphrase.of(NEW))
        assert added in half(vault.index)
        with pytest.raises(NoFreeSlot):
            openers.add(vault, Passphrase.of(COVER), Passphrase.of("one way more than fits"))
        for slot in half(VaultIndex.FIRST if vault.index else VaultIndex.SECOND):
            with pytest.raises(NotFound):
                openers.remove(vault, slot, other=Passphrase.of(COVER))
    with opened(pair, PASSPHRASE) as vault:
        assert len(openers.every(vault)) == 1


def test_the_passphrase_of_one_vault_proves_nothing_in_the_other(pair: Path) -> None:
    with opened(pair, COVER) as vault, pytest.raises(WrongPassphrase):
        openers.add(vault, Passphrase.of(PASSPHRASE), Passphrase.of(NEW))


def test_a_new_key_for_one_vault_leaves_the_other_as_it_was(pair: Path) -> None:
    with opened(pair, PASSPHRASE) as vault:
        store.save(vault, told("the other one"))
    with opened(pair, COVER) as vault:
        with pytest.raises(CostShared):
            rekeying.rekey(vault, Passphrase.of(COVER), Passphrase.of(NEW), cost=STANDARD)
        rekeying.rekey(vault, Passphrase.of(COVER), Passphrase.of(NEW))
        store.save(vault, told("after it"))
    with pytest.raises(WrongPassphrase):
        opened(pair, COVER)
    with opened(pair, NEW) as vault:
        assert titles(vault) == ["after it"]
    with opened(pair, PASSPHRASE) as vault:
        assert titles(vault) == ["the other one"]
        assert vault.check().whole
    first, second = sizes(pair)
    assert first == second


def test_both_can_be_open_at_once(pair: Path) -> None:
    with opened(pair, PASSPHRASE) as one, opened(pair, COVER) as other:
        store.save(one, told("one"))
        store.save(other, told("other"))
    for words, title in ((PASSPHRASE, "one"), (COVER, "other")):
        with opened(pair, words) as vault:
            assert titles(vault) == [title]
            assert vault.check().whole
    first, second = sizes(pair)
    assert first == second


def test_one_passphrase_cannot_open_both(tmp_path: Path) -> None:
    words = Passphrase.of(PASSPHRASE)
    with pytest.raises(PassphraseTaken):
        pairs.create_with_cover(tmp_path / "v", words, Passphrase.of(PASSPHRASE), cost=FLOOR)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_is_said_to_be_missing(pair: Path) -> None:
    for words in (PASSPHRASE, COVER):
        with opened(pair, words) as vault:
            name = vault.database.path.name
        (pair / name).rename(pair / "away")
        with pytest.raises(VaultIncomplete) as caught:
            opened(pair, words)
        assert caught.value.missing == name
        (pair / "away").rename(pair / name)


def test_erasing_takes_both(pair: Path) -> None:
    assert erase(eraser_of(pair)) == ()
    assert [each.name for each in pair.iterdir()] == [EVIDENCE]


def test_either_of_the_two_is_salvaged_by_its_own_passphrase(pair: Path, tmp_path: Path) -> None:
    for number, words in enumerate((PASSPHRASE, COVER)):
        with opened(pair, words) as vault:
            store.save(vault, told(words))
        to = tmp_path / f"saved-{number}"
        salvage.salvage(pair, Passphrase.of(words), to=to, clock=at_noon)
        with opened(to, words) as vault:
            assert titles(vault) == [words]


def test_a_safe_copy_of_one_of_two_restores_that_one_alone(pair: Path, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    for number, words in enumerate((PASSPHRASE, COVER)):
        mine = Passphrase.of(words)
        with opened(pair, words) as vault:
            store.save(vault, told(words))
            made = making.for_passphrase(vault, place, mine, work_factor=10)
            identity = PassphraseIdentity(mine)
            assert drilling.drill(vault, made.path, identity).good
        to = tmp_path / f"restored-{number}"
        restored = restoring.restore(made.path, identity, to, Passphrase.of(NEW), cost=FLOOR)
        assert restored.report.whole
        assert sorted(each.name for each in to.iterdir()) == [SLOT_FILE, NAMES[0], EVIDENCE]
        with opened(to, NEW) as vault:
            assert titles(vault) == [words]
    first, second = sizes(pair)
    assert first == second
