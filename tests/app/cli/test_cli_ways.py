"""Ways into a vault on the command line: words on paper, shares of keepers, a new key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.errors import Exit
from crypto.recovery import WordList
from tests.app.cli.conftest import Hoopoe

Key = tuple[str, str]


@pytest.fixture
def second(tmp_path: Path) -> Path:
    path = tmp_path / "second"
    path.write_text("one more way into this vault\n", "utf-8")
    return path


def opens(hoopoe: Hoopoe, vault: Path, words: str, place: Path) -> bool:
    place.write_text(words + "\n", "utf-8")
    return bool(hoopoe("vault", "unlock-test", vault, "--passphrase-file", place).status == 0)


@pytest.mark.parametrize("words", [WordList.ENGLISH, WordList.SPANISH, WordList.JAPANESE])
def test_twelve_words_open_the_vault_however_they_are_typed(
    words: WordList, hoopoe: Hoopoe, vault_folder: Path, tmp_path: Path, key: Key
) -> None:
    made = hoopoe("vault", "phrase", vault_folder, "--words", words.value, *key, "--json").facts
    phrase = made["phrase"]
    for typed in (phrase, f"  {phrase.upper()}  ", phrase.replace(" ", "   ")):
        assert opens(hoopoe, vault_folder, typed, tmp_path / "typed")
    assert not opens(hoopoe, vault_folder, phrase.rsplit(" ", 1)[0], tmp_path / "typed")
    listed = hoopoe("vault", "slots", "list", vault_folder, *key)
    assert "recovery phrase" in listed.out
    assert phrase.split()[0] not in listed.out


def test_the_list_does_not_say_which_way_was_used(
    hoopoe: Hoopoe, vault_folder: Path, second: Path, key: Key
) -> None:
    hoopoe("vault", "slots", "add", vault_folder, "--new-file", second, *key)
    one = hoopoe("vault", "slots", "list", vault_folder, *key).out
    assert hoopoe("vault", "slots", "list", vault_folder, "--passphrase-file", second).out == one


def test_the_last_way_and_ones_own_are_never_removed(
    hoopoe: Hoopoe, vault_folder: Path, second: Path, key: Key
) -> None:
    shut = ("vault", "slots", "remove", vault_folder, "--slot", 0)
    assert hoopoe(*shut, *key).status == Exit.NO
    hoopoe("vault", "slots", "add", vault_folder, "--new-file", second, *key)
    assert hoopoe(*shut, *key).status == Exit.NO
    assert hoopoe(*shut, "--passphrase-file", second).status == Exit.DONE
    assert hoopoe("vault", "unlock-test", vault_folder, *key).status == Exit.WRONG_KEY


def test_any_two_of_three_keepers_open_it_and_one_alone_does_not(
    hoopoe: Hoopoe, vault_folder: Path, second: Path, tmp_path: Path, key: Key
) -> None:
    order = ("--needed", 2, "--count", 3)
    made = hoopoe("vault", "shares", "make", vault_folder, *order, *key, "--json").facts
    papers = []
    for number, share in enumerate(made["shares"]):
        papers.append(tmp_path / f"share {number}")
        papers[-1].write_text(share + "\n", "utf-8")
    one, two, three = (("--share", paper) for paper in papers)
    few = hoopoe("vault", "shares", "drill", vault_folder, *one, "--json")
    assert (few.facts["error"], few.facts["needed"], few.facts["given"]) == ("too_few_shares", 2, 1)
    assert hoopoe("vault", "shares", "drill", vault_folder, *three, *one).status == Exit.DONE
    listed = hoopoe("vault", "slots", "list", vault_folder, *key).out
    assert "any 2 of 3" in listed
    assert "never" not in listed
    joined = hoopoe("vault", "shares", "join", vault_folder, *two, *three, "--new-file", second)
    assert joined.status == Exit.DONE
    assert hoopoe("vault", "check", vault_folder, "--passphrase-file", second).status == Exit.DONE


def test_a_word_typed_wrong_on_a_share_is_named(
    hoopoe: Hoopoe, vault_folder: Path, tmp_path: Path, key: Key
) -> None:
    order = ("--needed", 2, "--count", 2)
    made = hoopoe("vault", "shares", "make", vault_folder, *order, *key, "--json").facts
    words = made["shares"][0].split()
    paper = tmp_path / "paper"
    paper.write_text(" ".join([*words[:3], "nonsense", *words[4:]]), "utf-8")
    ran = hoopoe("vault", "shares", "drill", vault_folder, "--share", paper)
    assert ran.status == Exit.WRONG_USE
    assert "Word 4" in ran.err


def test_shares_of_another_vault_open_nothing_here(
    hoopoe: Hoopoe, vault_folder: Path, empty_vault: Path, tmp_path: Path, key: Key
) -> None:
    other = Path(shutil.copytree(empty_vault, tmp_path / "other"))
    order = ("--needed", 2, "--count", 2)
    made = hoopoe("vault", "shares", "make", other, *order, *key, "--json").facts
    paper = tmp_path / "paper"
    paper.write_text("\n".join(made["shares"]), "utf-8")
    ran = hoopoe("vault", "shares", "drill", vault_folder, "--share", paper)
    assert ran.status == Exit.WRONG_KEY


@pytest.mark.parametrize("numbers", [(1, 1), (3, 2), (2, 17)])
def test_numbers_of_shares_that_make_no_sense_are_refused(
    numbers: tuple[int, int], hoopoe: Hoopoe, vault_folder: Path, key: Key
) -> None:
    order = ("--needed", numbers[0], "--count", numbers[1])
    assert hoopoe("vault", "shares", "make", vault_folder, *order, *key).status == Exit.WRONG_USE


def test_after_a_new_key_only_the_new_passphrase_opens(
    hoopoe: Hoopoe, vault_folder: Path, second: Path, tmp_path: Path, key: Key
) -> None:
    phrase = hoopoe("vault", "phrase", vault_folder, *key, "--json").facts["phrase"]
    ran = hoopoe("vault", "rekey", vault_folder, "--new-file", second, *key)
    assert ran.status == Exit.DONE, ran.err
    assert "Opens it no longer: recovery phrase" in ran.out
    assert hoopoe("vault", "unlock-test", vault_folder, *key).status == Exit.WRONG_KEY
    assert not opens(hoopoe, vault_folder, phrase, tmp_path / "typed")
    assert hoopoe("vault", "check", vault_folder, "--passphrase-file", second).status == Exit.DONE


def test_a_weak_new_passphrase_needs_a_decision(
    hoopoe: Hoopoe, vault_folder: Path, tmp_path: Path, key: Key
) -> None:
    weak = tmp_path / "weak"
    weak.write_text("horse\n", "utf-8")
    for verb in (("slots", "add"), ("slots", "change"), ("rekey",)):
        ran = hoopoe("vault", *verb, vault_folder, "--new-file", weak, *key)
        assert ran.status == Exit.WRONG_USE
    ran = hoopoe("vault", "slots", "add", vault_folder, "--new-file", weak, "--weak", *key)
    assert ran.status == Exit.DONE


def test_the_cost_fits_the_weakest_machine(hoopoe: Hoopoe) -> None:
    found = hoopoe("vault", "costs", "--weakest", "1", "--json").facts
    assert [each["name"] for each in found["profiles"]] == ["floor", "standard", "strong"]
    assert found["best"] == "standard"
    assert "For a weakest machine of 1 GB: " in hoopoe("vault", "costs", "--weakest", "1").out
