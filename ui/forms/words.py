"""Words with their language and the translations laid over them (LText)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _, right_to_left, window
from app.records import FieldSpec, LText, Shape, Translation, specs
from app.records.choices import Direction
from app.records.composing import composed
from ui.forms import texts
from ui.forms.choosing import FlagEditor
from ui.forms.editor import Editor, Surroundings
from ui.forms.nested import ItemEditor, ListEditor
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, TIGHT, Well, column, row, within
from ui.widgets.choosing import Dropdown, Option
from ui.widgets.plain import Label, Line, TextArea, TextRole, outside

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""The form of a BCP 47 tag; whether it is registered is nobody's business here."""

_LONGEST_TAG = 35

_SCRIPTS = (
    *("zh-Hans", "zh-Hant", "sr-Cyrl", "sr-Latn", "uz-Cyrl", "uz-Latn", "az-Cyrl", "az-Latn"),
    *("ug-Arab", "ug-Cyrl", "ug-Latn", "bo-Tibt", "kk-Arab", "kk-Cyrl", "ky-Arab", "ky-Cyrl"),
    *("mn-Cyrl", "mn-Mong", "ku-Arab", "ku-Latn", "pa-Arab", "pa-Guru", "sd-Arab", "sd-Deva"),
)
"""Languages that are written in several scripts, each with its own entry."""


class WordsEditor(texts.WordsEditor):
    """The words; behind a button their language and their translations, which stay a layer."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._chosen: str | None = None
        self._name = window().gettext(spec.label)
        self.more = buttons.quiet("", self._open, Icon.GLOBE)
        self.language: Dropdown | None = None
        self.translations: ListEditor | None = None
        self._well: Well | None = None
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addLayout(row(STRETCH, self.more))
        self._say_language()

    def set_name(self, name: str) -> None:
        super().set_name(name)
        self._name = name
        self._say_language()

    def complaint(self) -> str:
        said = self.translations.complaint() if self.translations is not None else ""
        return super().complaint() or said

    def choose(self, tag: str) -> None:
        """The words are in this language (BCP 47; "" not stated)."""
        self._chosen = tag
        self._say_language()
        self._on_edited()

    # --- inside -------------------------------------------------------------------------------

    def _open(self) -> None:
        if self._well is None:
            self._build()
        elif self._well.isHidden():
            self._well.show()
        else:
            self._well.hide()
            return
        if self.language is not None:
            self.language.setFocus()

    def _build(self) -> None:
        of = dict(specs(LText))
        said = window().gettext(of["lang"].label)
        language = Dropdown()
        language.setAccessibleName(f"{self._name}: {said}")
        language.activated.connect(lambda _: self.choose(language.chosen()))
        spec = of["translations"]
        layers = ListEditor(
            spec,
            self.around,
            lambda: ItemEditor(spec, self.around, Translation, _part),
            Translation,
        )
        layers.set_name(f"{self._name}: {window().gettext(spec.label)}")
        layers.edited.connect(self._on_edited)
        self.language, self.translations = language, layers
        self.tag = Line()
        self.tag.setMaxLength(_LONGEST_TAG)
        self.tag.setPlaceholderText(_("Not in the list? Its tag, such as ug-Arab"))
        self.tag.setAccessibleName(f"{self._name}: {self.tag.placeholderText()}")
        self.tag.editingFinished.connect(self._on_tag)
        self._well = Well(
            Label(said, TextRole.SMALL),
            language,
            self.tag,
            Label(window().gettext(spec.label), TextRole.SMALL),
            layers,
        )
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._well)
        self._fill()

    def _on_tag(self) -> None:
        tag = self.tag.text().strip()
        if _TAG.fullmatch(tag):
            self.tag.clear()
            self.choose(tag)
            self._fill_language()

    def _fill(self) -> None:
        """Show the language and the layers where they are open."""
        if self.language is None or self.translations is None:
            return
        self._fill_language()
        self.translations.put(self._held_words().translations)

    def _fill_language(self) -> None:
        if self.language is None:
            return
        tag = self._tag()
        options = [Option(id="", label=_("Not stated")), *_languages()]
        if all(each.id != tag for each in options):
            options.append(Option(id=tag, label=outside(tag)))
        self.language.offer(options)
        self.language.choose(tag)

    def _paint(self, value: object) -> None:
        super()._paint(value)
        self._chosen = None
        self._fill()
        self._say_language()

    def _held_words(self) -> LText:
        return self._held if isinstance(self._held, LText) else LText()

    def _tag(self) -> str:
        if self._chosen is not None:
            return self._chosen
        held = self._held_words()
        return held.lang if held else held.lang or self.around.language

    def _say_language(self) -> None:
        tag = self._tag()
        called = native(tag) or outside(tag) if tag else _("not stated")
        self.more.setText(_("Language: {name}").format(name=called))
        self.more.setAccessibleName(f"{self._name}: {self.more.text()}")

    def _layers(self) -> tuple[Translation, ...]:
        if self.translations is None:
            return self._held_words().translations
        read = self.translations.value()
        found = read if isinstance(read, tuple) else ()
        return tuple(each for each in found if isinstance(each, Translation))

    def _state(self) -> object:
        return super()._state(), self._chosen, self._layers()

    def _read(self) -> object:
        read = super()._read()
        if not isinstance(read, LText):
            return read
        if self._chosen is not None and self._chosen != read.lang:
            read = replace(read, lang=self._chosen, dir=_direction(self._chosen))
        return replace(read, translations=self._layers())


class LinesEditor(Editor):
    """An account without a language of its own (str), in several lines."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.area = TextArea(lines=2, most_lines=16)
        self.area.textChanged.connect(self._on_edited)
        within(self, column(self.area, spacing=TIGHT))

    def buddy(self) -> QWidget:
        return self.area

    def complaint(self) -> str:
        over = len(self.area.toPlainText()) - self.spec.ceiling
        if over > 0:
            return _("This is too long by {count} characters.").format(count=over)
        return ""

    def _paint(self, value: object) -> None:
        texts.show_text(self.area, str(value or ""))

    def _state(self) -> object:
        return self.area.toPlainText()

    def _read(self) -> object:
        return composed(self.area.toPlainText())


def native(tag: str) -> str:
    """A language's own name for itself; "" where it is not known."""
    return next((each.label for each in _languages() if each.id == tag), "")


@cache
def _languages() -> tuple[Option, ...]:
    """Every language that Qt can name, by its own name and its tag."""
    tags = {QLocale(each).bcp47Name() for each in QLocale.Language}
    plain = {tag for tag in tags if tag.isalpha() and tag.islower()} - {"c", "en"}
    named = [(tag, QLocale(tag).nativeLanguageName()) for tag in (*plain, *_SCRIPTS, "en")]
    return tuple(
        Option(id=tag, label=f"{name} ({tag})")
        for tag, name in sorted(named, key=lambda each: each[1].casefold())
        if name
    )


def _direction(tag: str) -> Direction:
    if not tag:
        return Direction.AUTO
    return Direction.RTL if right_to_left(tag) else Direction.LTR


def _part(spec: FieldSpec, around: Surroundings, _default: object) -> Editor:
    """The editors inside a translation."""
    if spec.shape is Shape.FLAG:
        return FlagEditor(spec, around)
    if spec.ceiling > texts.ONE_LINE:
        return LinesEditor(spec, around)
    return texts.TextEditor(spec, around)
