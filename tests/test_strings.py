"""The catalogue of texts: complete, in step with the code, and safe to translate."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message

from app import i18n, vocabulary
from tools import catalogues, pseudo, strings

EXTRACTED = catalogues.extract()
TRANSLATED = catalogues.sources()
MARKS = {"_", "N_", "gettext", "ngettext", "pgettext"}
BIDI_CONTROLS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
each_language = pytest.mark.parametrize("path", TRANSLATED, ids=catalogues.tag_of)


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call of a marking function in the program: place, name, call."""
    for folder in ("app", "ui"):
        for path in sorted((catalogues.ROOT / folder).rglob("*.py")):
            if path == catalogues.ROOT / "app" / "i18n.py":
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    if name in MARKS:
                        place = f"{path.relative_to(catalogues.ROOT)}:{node.lineno}"
                        yield place, name, node


def placeholders(text: str) -> set[str]:
    """The names in braces; a text without names uses none (positions cannot be reordered)."""
    return {name for _before, name, _spec, _how in Formatter().parse(text) if name is not None}


def translated(path: Path) -> Iterator[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """Each message that has a translation: the message, its sources, its translations."""
    for message in catalogues.messages(catalogues.read(path, catalogues.tag_of(path))):
        given = catalogues.forms(message.string)
        if any(given):
            yield message, catalogues.forms(message.id), given


# --- the English texts --------------------------------------------------------------------------


def test_the_template_is_current() -> None:
    template = catalogues.read(catalogues.TEMPLATE)
    assert catalogues.identities(template) == catalogues.identities(EXTRACTED), "run make strings"


def test_only_literals_are_marked_and_formatting_comes_after() -> None:
    wrong = []
    for place, name, call in calls():
        fixed = 2 if name in {"ngettext", "pgettext"} else 1
        for argument in call.args[:fixed]:
            if isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call):
                wrong.append(place)
    assert wrong == []


def test_every_marked_literal_was_found_by_extraction() -> None:
    known = {form for identity in catalogues.identities(EXTRACTED) for form in identity[1:]}
    missed = []
    for place, name, call in calls():
        wanted = call.args[1:2] if name == "pgettext" else call.args[:1]
        for argument in wanted:
            if isinstance(argument, ast.Constant) and argument.value not in known:
                missed.append((place, argument.value))
    assert missed == []


def test_no_marked_text_is_empty() -> None:
    empty = [
        place
        for place, _name, call in calls()
        for argument in call.args
        if isinstance(argument, ast.Constant) and argument.value in {"", " "}
    ]
    assert empty == []


def test_placeholders_have_names() -> None:
    unnamed = [
        form
        for message in catalogues.messages(EXTRACTED)
        if not catalogues.is_vocabulary(message)
        for form in catalogues.forms(message.id)
        if any(not name.isidentifier() for name in placeholders(form))
    ]
    assert unnamed == []


def test_every_vocabulary_label_is_in_the_catalogue_under_its_list() -> None:
    found = catalogues.identities(EXTRACTED)
    for name in vocabulary.names():
        for term in vocabulary.get(name).terms:
            assert (f"vocab:{name}", term.label) in found
            assert not term.definition or (f"vocab:{name}:definition", term.definition) in found


def test_extracting_twice_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.pot", "two.pot"):
        catalogues.write(tmp_path / name, catalogues.extract())
    assert (tmp_path / "one.pot").read_bytes() == (tmp_path / "two.pot").read_bytes()


def test_marks_of_every_kind_are_seen(tmp_path: Path) -> None:
    for folder in ("app", "ui", "resources/vocab"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "app" / "one.py").write_text(
        'A = N_("marked")\nB = ngettext("{n} file", "{n} files", 2)\nC = texts.gettext("later")\n'
    )
    (tmp_path / "ui" / "two.py").write_text('D = _("shown")\nE = pgettext("menu", "Open")\n')
    (tmp_path / "resources" / "vocab" / "fruit.toml").write_text(
        'title = "Fruit"\nsource = ""\n[terms.lemon]\nlabel = "Lemon"\n'
        '[retired.fig]\nlabel = "Fig"\n'
    )
    assert catalogues.identities(catalogues.extract(tmp_path)) == {
        ("", "marked"),
        ("", "{n} file", "{n} files"),
        ("", "later"),
        ("", "shown"),
        ("menu", "Open"),
        ("vocab:fruit", "Lemon"),
        ("vocab:fruit", "Fig"),
        ("vocab:fruit:title", "Fruit"),
    }


# --- translations -------------------------------------------------------------------------------


@each_language
def test_a_translation_has_the_placeholders_of_its_source(path: Path) -> None:
    for _message, sources, given in translated(path):
        if len(sources) == 1:
            assert placeholders(given[0]) == placeholders(sources[0]), given
        else:
            # "one file" may drop the number, no form may invent one
            wanted = placeholders(sources[0]) | placeholders(sources[1])
            assert all(placeholders(form) <= wanted for form in given), given
            assert placeholders(given[-1]) == placeholders(sources[1]), given


@each_language
def test_a_translation_has_no_form_missing_and_no_bidi_control(path: Path) -> None:
    for _message, _sources, given in translated(path):
        assert all(form.strip() for form in given), given
        assert not BIDI_CONTROLS & set("".join(given)), given


@each_language
def test_a_language_says_its_name_and_whether_it_was_checked(path: Path) -> None:
    about = i18n.describe(path.parent.parent)
    assert about.native_name != about.tag
    assert (path.parent.parent / "language.toml").read_text(encoding="utf-8").count("checked") >= 1


@each_language
def test_a_language_knows_every_text_there_is(path: Path) -> None:
    template = catalogues.identities(catalogues.read(catalogues.TEMPLATE))
    own = catalogues.identities(catalogues.read(path, catalogues.tag_of(path)))
    assert template <= own, "run make strings"


def test_arabic_is_a_draft_until_a_native_speaker_has_read_it() -> None:
    about = i18n.describe(catalogues.LOCALE / "ar")
    assert about.native_name == "العربية"
    assert about.right_to_left
    assert not about.checked


# --- reading a catalogue ------------------------------------------------------------------------


def built(folder: Path, catalogue: Catalog) -> i18n.Texts:
    catalogues.build(catalogue, folder / "LC_MESSAGES" / "messages.mo")
    found = i18n.read_catalogue(folder)
    assert found is not None
    return i18n.Texts(tag=folder.name, catalogue=found)


def test_what_is_translated_shows_and_the_rest_is_english(tmp_path: Path) -> None:
    catalogue = catalogues.empty("ar")
    catalogue.add("Open", "افتح")
    catalogue.add("Close", "")
    catalogue.add("Refused", "مقبول", flags=["fuzzy"])
    catalogue.add("Killing", "القتل", context="vocab:act_type")
    arabic = built(tmp_path / "ar", catalogue)
    assert arabic.gettext("Open") == "افتح"
    assert arabic.gettext("Close") == "Close"
    assert arabic.gettext("Refused") == "Refused"
    assert arabic.gettext("Never seen") == "Never seen"
    assert arabic.gettext("") == ""
    assert arabic.term("act_type", "killing") == "القتل"
    assert arabic.term("act_type", "attempted_killing") == "Attempted killing"
    assert arabic.right_to_left


def test_arabic_has_six_plural_forms(tmp_path: Path) -> None:
    catalogue = catalogues.empty("ar")
    catalogue.add(("{n} file", "{n} files"), ("0", "1", "2", "few", "many", "other"))
    arabic = built(tmp_path / "ar", catalogue)
    given = [arabic.ngettext("{n} file", "{n} files", n) for n in (0, 1, 2, 3, 11, 100)]
    assert given == ["0", "1", "2", "few", "many", "other"]
    assert i18n.texts("en").ngettext("{n} file", "{n} files", 1) == "{n} file"


def test_a_window_and_a_document_can_have_two_languages(tmp_path: Path) -> None:
    catalogue = catalogues.empty("ar")
    catalogue.add("Report", "تقرير")
    i18n.use_texts(built(tmp_path / "ar", catalogue))
    try:
        assert i18n._("Report") == "تقرير"
        assert i18n.N_("Report") == "Report"
        assert i18n.texts("en").gettext("Report") == "Report"
    finally:
        i18n.use("en")
    assert i18n._("Report") == "Report"


@pytest.mark.parametrize(
    "content", [b"", b"\xde\x12\x04\x95", b"not a catalogue at all", b"\0" * 64]
)
def test_a_damaged_catalogue_falls_back_to_english(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "ar" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "messages.mo").write_bytes(content)
    assert i18n.read_catalogue(tmp_path / "ar") is None


def test_a_missing_catalogue_falls_back_to_english(tmp_path: Path) -> None:
    assert i18n.read_catalogue(tmp_path / "ar") is None
    assert i18n.texts("xx").gettext("Open") == "Open"
    assert i18n.texts("../ar").tag == "en"
    assert i18n.best(["xx-YY", "../ar", ""]) == "en"


def test_the_environment_does_not_choose_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "ar")
    assert i18n.texts("en").tag == "en"
    assert i18n.window().tag == "en"


def test_a_folder_without_a_description_counts_as_not_checked(tmp_path: Path) -> None:
    (tmp_path / "fa").mkdir()
    about = i18n.describe(tmp_path / "fa")
    assert about == i18n.Language(tag="fa", native_name="fa", checked=False, right_to_left=True)


@pytest.mark.parametrize(
    ("tag", "from_the_right"),
    [
        ("ar", True),
        ("fa_IR", True),
        ("ug", True),
        ("ug-Latn", False),
        ("az_Arab", True),
        ("zh_Hant", False),
        ("bo", False),
        ("en", False),
    ],
)
def test_the_direction_follows_from_the_tag(tag: str, from_the_right: bool) -> None:
    assert i18n.right_to_left(tag) is from_the_right


# --- the tools of translators -------------------------------------------------------------------


def test_the_pseudo_language_changes_every_text_and_keeps_every_placeholder(
    tmp_path: Path,
) -> None:
    folder = pseudo.make(tmp_path)
    found = i18n.read_catalogue(folder)
    assert found is not None
    shown = i18n.Texts(tag=pseudo.TAG, catalogue=found)
    assert shown.term("act_type", "killing") == "[Kíllíñg ~~~]"
    for message, sources, given in translated(folder / "LC_MESSAGES" / "messages.po"):
        for source, form in zip(sources, given, strict=True):
            assert form.startswith("[")
            assert form.endswith("~]")
            assert len(form) >= 1.4 * len(source)
            assert catalogues.is_vocabulary(message) or placeholders(form) == placeholders(source)


def test_placeholders_and_accelerators_are_not_disguised() -> None:
    assert pseudo.disguise("&Open {name}") == "[&Opéñ {name} ~~~~~]"


def test_untranslated_texts_go_out_and_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(catalogues, "extract", _three_texts)
    strings.start("ar", "العربية")
    assert strings.todo("ar", tmp_path / "todo.po") == 2
    rest = catalogues.read(tmp_path / "todo.po", "ar")
    for message in catalogues.messages(rest):
        if message.id == "Open":
            message.string = "افتح"
    rest.add("Not ours", "غريب")
    catalogues.write(tmp_path / "done.po", rest)
    assert strings.merge("ar", tmp_path / "done.po") == 1
    assert strings.todo("ar", tmp_path / "todo.po") == 1
    found = i18n.read_catalogue(tmp_path / "locale" / "ar")
    assert found is not None
    assert found.gettext("Open") == "افتح"
    assert found.gettext("Not ours") == "Not ours"


def _three_texts() -> Catalog:
    catalogue = catalogues.empty()
    catalogue.add("Open")
    catalogue.add(("{n} file", "{n} files"))
    catalogue.add("Killing", context="vocab:act_type")
    return catalogue
