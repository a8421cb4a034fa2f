"""Hostile text is shown for what it is; unsafe names are refused with the reason."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.errors import UnsafeName
from app.names import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    check_name,
    check_path,
    escaped,
    mixed_scripts,
    safe_name,
    same_name_key,
    visible,
    visible_text,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))
NASTY = st.text(
    st.one_of(
        st.sampled_from("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"),
        st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u3164\ufe0f\U000e0041\x00\x1b"),
        st.sampled_from("aáیمсΩ文😀 .\n\t"),
        st.characters(),
    )
)
TURNS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@given(NASTY)
def test_nothing_inside_a_shown_name_can_turn_the_text(text: str) -> None:
    shown = visible(text)
    assert shown[0] == FIRST_STRONG_ISOLATE
    assert shown[-1] == POP_ISOLATE
    assert not TURNS & set(shown[1:-1])
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"}]


@given(NASTY)
def test_text_of_several_lines_keeps_its_lines_and_nothing_else_unseen(text: str) -> None:
    shown = visible_text(text)
    assert shown.count("\n") == text.count("\n")
    for line in shown.split("\n"):
        assert line[0] == FIRST_STRONG_ISOLATE
        assert line[-1] == POP_ISOLATE
        assert not TURNS & set(line[1:-1])


@given(ANY_TEXT)
def test_escaping_twice_changes_nothing_more(text: str) -> None:
    assert escaped(escaped(text)) == escaped(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("annexe\u202egpj.exe", "annexe[U+202E]gpj.exe"),
        ("re\u200bport", "re[U+200B]port"),
        ("\x1b[31mred", "[U+001B][31mred"),
        ("a\nb", "a[U+000A]b"),
        ("\x85", "[U+0085]"),
        ("tag\U000e0041", "tag[U+E0041]"),
        ("\ud800", "[U+D800]"),
        ("pay\u00adpal", "pay[U+00AD]pal"),
        ("\u3164", "[U+3164]"),
        ("1\ufe0f", "1[U+FE0F]"),
        ("ا\u200cب", "ا[U+200C]ب"),
        ("a\u200cb", "a[U+200C]b"),
        ("z" + "\u0301" * 10, "z" + "\u0301" * 8 + "[U+0301][U+0301]"),
    ],
)
def test_what_does_not_show_is_spelled_out(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "گزارش\u200cها می\u200cخواهم",
        "ئۇيغۇرچە دوكلات",
        "བོད་སྐད་ཀྱི་སྙན་ཞུ།",
        "报告第三部分",
        "क्\u200dष क्\u200cष",
        "👩\u200d👧 ❤\ufe0f",
        "ᠮᠣᠩᠭᠣᠯ\u180b",
        "Nguyễn Văn Đức",
        "\u0600\u0661\u0662",
    ],
)
def test_what_spelling_needs_is_left_alone(text: str) -> None:
    assert escaped(text) == text


@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        ("", "empty"),
        (".", "dots"),
        ("..", "dots"),
        ("a/b", "forbidden_character"),
        ("a\\b", "forbidden_character"),
        ("C:evil", "forbidden_character"),
        ("file.txt:stream", "forbidden_character"),
        ("a\x00b", "control_character"),
        ("a\x7fb", "control_character"),
        ("a\x9bb", "control_character"),
        ("trailing.", "bad_end"),
        ("trailing ", "bad_end"),
        ("CON", "reserved"),
        ("nul.txt", "reserved"),
        ("aux .tar.gz", "reserved"),
        ("Com1.jpg", "reserved"),
        ("LPT³", "reserved"),
        ("e\u0301", "not_composed"),
        ("\udcff.jpg", "not_text"),
        ("é" * 128, "too_long"),
    ],
)
def test_an_unsafe_name_is_refused_with_its_flaw(name: str, flaw: str) -> None:
    with pytest.raises(UnsafeName) as refused:
        check_name(name)
    assert refused.value.flaw == flaw
    assert refused.value.name == name


@pytest.mark.parametrize(
    "name", ["report.txt", "é" * 127, "console.txt", ".hidden", "报告.pdf", "گزارش\u200cها", "a..b"]
)
def test_an_ordinary_name_is_accepted(name: str) -> None:
    check_name(name)


@pytest.mark.parametrize(
    ("path", "flaw"),
    [
        ("", "empty"),
        ("/etc/passwd", "absolute"),
        ("a//b", "empty"),
        ("a/", "empty"),
        ("a/../b", "dots"),
        ("a/b/c/d/e/f/g/h/i", "too_deep"),
        ("/".join(["a" * 250] * 5), "too_long"),
        ("bundle/nul/x", "reserved"),
    ],
)
def test_an_unsafe_path_is_refused_with_its_flaw(path: str, flaw: str) -> None:
    with pytest.raises(UnsafeName) as refused:
        check_path(path)
    assert refused.value.flaw == flaw


def test_a_path_of_eight_parts_is_accepted() -> None:
    check_path("bundle/data/b/c/d/e/f/g.bin")


@given(st.one_of(ANY_TEXT, NASTY))
@example("con" + " " * 300 + "abc")
@example("." * 300 + "jpg")
@example("x" * 300 + ".jpg")
@example("con." + "y" * 251)
@example("\ufb1d" * 200)
def test_a_made_safe_name_is_always_accepted(name: str) -> None:
    check_name(safe_name(name))


@given(st.one_of(ANY_TEXT, NASTY))
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("annexe\u202egpj.exe", "annexe_gpj.exe"),
        ("NUL", "_NUL"),
        ("", "_"),
        (" . ", "_"),
        ("x" * 400 + ".jpg", "x" * 251 + ".jpg"),
    ],
)
def test_a_made_safe_name_stays_near_the_original(name: str, made: str) -> None:
    assert safe_name(name) == made


def test_names_that_are_one_file_somewhere_have_one_key() -> None:
    assert same_name_key("Straße.TXT") == same_name_key("STRASSE.txt")
    assert same_name_key("e\u0301.jpg") == same_name_key("É.jpg")
    assert same_name_key("a.jpg") != same_name_key("b.jpg")


@pytest.mark.parametrize("text", ["pаypal", "Αpple", "ｐaypal", "report pаrt", "ра\u0301ypal"])
def test_a_word_of_look_alike_scripts_is_noticed(text: str) -> None:
    assert mixed_scripts(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "report",
        "отчёт report",
        "T恤 A级",
        "東京タワーへ",
        "گزارش\u200cها 2024",
        "ئۇيغۇرچە",
        "Nguyễn",
        "naïve coöp 1ª",
        "བོད་སྐད་",
    ],
)
def test_ordinary_writing_is_not_suspected(text: str) -> None:
    assert not mixed_scripts(text)
