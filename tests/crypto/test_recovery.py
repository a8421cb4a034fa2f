"""Twelve words of BIP-39 say the same whatever keyboard they are typed on, and show a typo."""

from __future__ import annotations

import pytest

from crypto import recovery
from crypto.errors import UnusablePhrase
from crypto.recovery import WordList, canonical, look, new_phrase

PUBLISHED = (
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
    "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
    "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
)


@pytest.mark.parametrize("phrase", PUBLISHED)
def test_phrases_of_the_standard_are_whole(phrase: str) -> None:
    assert canonical(phrase) == phrase
    assert look(phrase).is_whole


@pytest.mark.parametrize("words", WordList)
def test_a_new_phrase_of_every_list_is_whole_and_never_the_same(words: WordList) -> None:
    made = {new_phrase(words) for _ in range(20)}
    assert len(made) == 20
    for phrase in made:
        assert canonical(phrase) == phrase
        assert canonical("  " + phrase.upper().replace(" ", "\n ")) == phrase
        assert canonical(phrase.replace(" ", "\u3000")) == phrase


@pytest.mark.parametrize("words", WordList)
def test_every_word_of_a_list_is_told_from_every_other(words: WordList) -> None:
    assert len(recovery._index(words)) == len(set(recovery._words(words))) == 2048


def test_accents_need_not_be_typed() -> None:
    phrase = next(
        found for found in iter(lambda: new_phrase(WordList.SPANISH), "") if not found.isascii()
    )
    plain = "".join(recovery._folded(sign) for sign in phrase)
    assert plain != phrase
    assert canonical(plain) == phrase


@pytest.mark.parametrize(
    ("typed", "rule", "word"),
    [
        ("", "words", 0),
        ("legal winner thank", "words", 0),
        (PUBLISHED[1] + " yellow", "words", 0),
        (PUBLISHED[1].replace("year", "yearr"), "unknown", 4),
        (PUBLISHED[1].replace("year", "yard"), "checksum", 0),
        ("x" * 5000, "words", 0),
    ],
)
def test_what_is_no_phrase_says_why(typed: str, rule: str, word: int) -> None:
    with pytest.raises(UnusablePhrase) as refused:
        canonical(typed)
    assert (refused.value.rule, refused.value.word) == (rule, word)
    assert not look(typed).is_whole


def test_while_typing_a_wrong_word_is_named_and_twelve_wrong_ones_are_seen() -> None:
    assert look("legal winer thank").unknown == (2,)
    assert look("legal winner thank").unknown == ()
    assert look("legal winner thank").words == 3
    swapped = PUBLISHED[1].replace("legal winner thank year", "winner legal thank year")
    assert look(swapped).has_wrong_checksum
    assert not look(PUBLISHED[1]).has_wrong_checksum


def test_nearly_every_single_wrong_word_is_seen() -> None:
    """Four bits of checksum: fifteen of sixteen."""
    words = new_phrase().split()
    listed = recovery._words(WordList.ENGLISH)
    seen = sum(look(" ".join([other, *words[1:]])).has_wrong_checksum for other in listed[:640])
    assert seen > 640 * 0.88
