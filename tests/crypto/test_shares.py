"""Any k shares give the secret back, fewer give nothing; the examples of the standard are read."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from crypto.errors import SharesDiffer, TooFewShares, UnusableShare
from crypto.shares import SHARE_WORDS, join, joined, read, split

ONE = (
    "duckling enlarge academic academic agency result length solution fridge kidney coal piece"
    " deal husband erode duke ajar critical decision keyboard"
)
TWO = (
    "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist"
    " rescue view short owner flip making coding armed",
    "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice"
    " unkind craft early superior advocate guest smoking",
)


def test_shares_published_with_the_standard_give_their_secrets() -> None:
    assert joined([ONE], b"TREZOR").hex() == "bb54aac4b89dc868ba37d9cc21b2cece"
    assert joined(TWO, b"TREZOR").hex() == "b43ceb7e57a0ea8766221624d01b0864"
    assert joined(TWO[::-1], b"TREZOR") == joined(TWO, b"TREZOR")


@pytest.mark.parametrize(("needed", "count"), [(2, 2), (2, 3), (3, 5), (5, 5), (16, 16)])
def test_any_shares_that_are_enough_give_the_same_secret(needed: int, count: int) -> None:
    shares, secret = split(needed, count)
    assert len(set(shares)) == count
    assert all(len(share.split()) == SHARE_WORDS for share in shares)
    for some in combinations(shares, needed):
        assert join(some) == secret
    with pytest.raises(TooFewShares) as few:
        join(shares[: needed - 1])
    assert (few.value.needed, few.value.given) == (needed, needed - 1)


def test_the_order_and_what_is_given_twice_or_too_much_do_not_matter() -> None:
    shares, secret = split(2, 3)
    for some in permutations(shares):
        assert join(some) == secret
    assert join([shares[1], shares[0].upper(), shares[0]]) == secret
    with pytest.raises(TooFewShares):
        join([shares[0], shares[0]])


def test_two_sets_never_share_a_secret_and_do_not_mix() -> None:
    first, one = split(2, 3)
    second, other = split(2, 3)
    assert one != other
    with pytest.raises(SharesDiffer):
        join([first[0], second[1]])


def test_a_share_says_which_it_is() -> None:
    shares, _ = split(3, 5)
    said = [read(share) for share in shares]
    assert [share.number for share in said] == [1, 2, 3, 4, 5]
    assert {share.needed for share in said} == {3}
    assert len({share.set_number for share in said}) == 1


@pytest.mark.parametrize(
    ("text", "rule", "word"),
    [
        ("", "words", 0),
        (ONE.rsplit(" ", 1)[0], "words", 0),
        (ONE.replace("agency", "agencey"), "words", 5),
        (ONE.replace("agency", "agree"), "checksum", 0),
        (ONE.replace("result length", "length result"), "checksum", 0),
        ("academic " * 400, "words", 0),
    ],
)
def test_what_is_no_share_says_why(text: str, rule: str, word: int) -> None:
    with pytest.raises(UnusableShare) as refused:
        read(text)
    assert (refused.value.rule, refused.value.word) == (rule, word)
    assert "agree" not in str(refused.value)


def test_every_single_wrong_word_of_a_share_is_seen() -> None:
    words = ONE.split()
    for at in range(SHARE_WORDS):
        other = "zero" if words[at] != "zero" else "yoga"
        with pytest.raises(UnusableShare):
            read(" ".join([*words[:at], other, *words[at + 1 :]]))


def test_numbers_outside_the_standard_are_a_mistake_of_ours() -> None:
    for needed, count in ((1, 1), (1, 3), (4, 3), (2, 17)):
        with pytest.raises(ValueError, match=str(count)):
            split(needed, count)
