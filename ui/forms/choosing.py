"""Editors of what is chosen: terms of vocabularies, answers of closed lists, records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QWidget

from app import vocabulary
from app.i18n import _, window
from app.records import FieldSpec, TermRef
from app.records.choices import Choice
from ui.forms.editor import Editor, Surroundings
from ui.forms.meaning import Meaning
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, clear, column, flow, row, within
from ui.widgets.choosing import Dropdown, Option, Tick, removable
from ui.widgets.plain import Line, outside

_OTHER = "other"


def term_options(name: str) -> list[Option]:
    """The terms that can be chosen, as options: headings in bold, their terms indented.

    A heading can be chosen too: the detail may not be known yet.
    """
    return [
        Option(
            id=term.code,
            label=vocabulary.label(name, term.code),
            tip=vocabulary.definition(name, term.code),
            heading=term.group,
            within=term.parent is not None,
        )
        for term in vocabulary.get(name).terms
    ]


class TermEditor(Editor):
    """One key of a vocabulary (TermRef, or None where the field may be empty)."""

    def __init__(self, spec: FieldSpec, around: Surroundings, default: object) -> None:
        super().__init__(spec, around)
        self._optional = default is None
        self.list = Dropdown()
        self._options = term_options(spec.vocabulary)
        self.other = Line()
        self.other.setPlaceholderText(_("In other words"))
        self.other.setAccessibleName(_("In other words"))
        self.meaning = Meaning(spec.vocabulary, self.list)
        self.list.activated.connect(self._on_chosen)
        self.other.textChanged.connect(self._on_edited)
        within(self, column(self.list, self.meaning, self.other, spacing=INSIDE))

    def buddy(self) -> QWidget:
        return self.list

    def _on_chosen(self, _row: int) -> None:
        self._show_other()
        self._on_edited()

    def _show_other(self) -> None:
        self.other.setVisible(_needs_words(self.list.chosen()) or bool(self.other.text()))

    def _paint(self, value: object) -> None:
        key = value.key if isinstance(value, TermRef) else ""
        options = list(self._options)
        if self._optional:
            options.insert(0, Option(id="", label=_("Not chosen")))
        if key and all(option.id != key for option in options):
            # retired, or from a newer version: it can be read, and stays until changed
            label = vocabulary.label(self.spec.vocabulary, key)
            options.append(Option(id=key, label=outside(label)))
        self.list.offer(options)
        self.list.choose(key)
        self.meaning.tell(key)
        self.other.setText(value.other_text if isinstance(value, TermRef) else "")
        self._show_other()

    def _state(self) -> object:
        return self.list.chosen(), self.other.text()

    def _read(self) -> object:
        key = self.list.chosen()
        if not key:
            return None if self._optional else self._held
        held = self._held
        base = held if isinstance(held, TermRef) and held.key == key else None
        chosen = base or TermRef(list=self.spec.vocabulary, key=key)
        return replace(chosen, other_text=self.other.text())


class TermsEditor(Editor):
    """Several keys of a vocabulary (tuple of TermRef), in the order chosen."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._chosen: list[TermRef] = []
        self._add = Dropdown()
        self._add.offer(term_options(spec.vocabulary))
        self._add.setPlaceholderText(_("Add …"))
        self._add.activated.connect(self._on_added)
        self._chips = flow()
        self._holder = within(QWidget(), self._chips)
        self._holder.hide()
        self._others = column(spacing=INSIDE)
        meaning = Meaning(spec.vocabulary, self._add)
        within(self, column(self._holder, self._others, self._add, meaning, spacing=INSIDE))

    def buddy(self) -> QWidget:
        return self._add

    def _on_added(self, _row: int) -> None:
        key = self._add.chosen()
        if key and all(term.key != key for term in self._chosen):
            self._chosen.append(TermRef(list=self.spec.vocabulary, key=key))
            self._show_chips()
            self._on_edited()
        self._add.setCurrentIndex(-1)
        if self._add.isEditable():
            self._add.clearEditText()

    def _remove(self, term: TermRef) -> None:
        self._chosen = [each for each in self._chosen if each.key != term.key]
        self._show_chips()
        self._add.setFocus()
        self._on_edited()

    def _show_chips(self) -> None:
        clear(self._chips)
        for term in self._chosen:
            label = vocabulary.label(self.spec.vocabulary, term.key)
            said = f"{label}: {outside(term.other_text)}" if term.other_text else label
            self._chips.addWidget(removable(said, self._remover(term)))
        self._holder.setVisible(bool(self._chosen))
        clear(self._others)
        for term in self._chosen:
            if _needs_words(term.key) or term.other_text:
                self._others.addWidget(self._other_line(term))

    def _other_line(self, term: TermRef) -> Line:
        """What is meant by an answer such as "other", in the person's own words."""
        label = vocabulary.label(self.spec.vocabulary, term.key)
        line = Line()
        line.setPlaceholderText(_("{name}: in other words").format(name=label))
        line.setAccessibleName(line.placeholderText())
        line.setText(term.other_text)
        line.textChanged.connect(lambda text: self._on_other(term.key, text))
        return line

    def _on_other(self, key: str, text: str) -> None:
        self._chosen = [
            replace(term, other_text=text) if term.key == key else term for term in self._chosen
        ]
        self._on_edited()

    def _remover(self, term: TermRef) -> Callable[[], None]:
        return lambda: self._remove(term)

    def _paint(self, value: object) -> None:
        items = value if isinstance(value, tuple) else ()
        self._chosen = [item for item in items if isinstance(item, TermRef)]
        self._show_chips()

    def _state(self) -> object:
        return tuple(self._chosen)

    def _read(self) -> object:
        return tuple(self._chosen)


class ChoiceEditor(Editor):
    """One answer of a closed list (a Choice, or None), as chips side by side."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._answers: list[Choice] = list(spec.choices or ())
        self._chips = [buttons.chip(window().gettext(each.label)) for each in self._answers]
        self._group = QButtonGroup(self)
        for at, chip in enumerate(self._chips):
            self._group.addButton(chip, at)
        self._group.idClicked.connect(self._on_edited)
        within(self, flow(*self._chips))

    def buddy(self) -> QWidget:
        return self._chips[0] if self._chips else self

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        for chip in self._chips:
            # "Yes" alone tells a listener nothing
            chip.setAccessibleName(f"{name}: {chip.text()}")

    def _paint(self, value: object) -> None:
        self._group.setExclusive(False)
        for answer, chip in zip(self._answers, self._chips, strict=True):
            chip.setChecked(answer is value)
        self._group.setExclusive(True)

    def _state(self) -> object:
        return self._group.checkedId()

    def _read(self) -> object:
        at = self._group.checkedId()
        return self._answers[at] if at >= 0 else None


class FlagEditor(Editor):
    """Either so or not (bool). The label stands beside the box, so the form shows none above."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.box = Tick(window().gettext(spec.label))
        self.box.toggled.connect(self._on_edited)
        within(self, column(self.box))

    def buddy(self) -> QWidget:
        return self.box

    def _paint(self, value: object) -> None:
        self.box.setChecked(value is True)

    def _state(self) -> object:
        return self.box.isChecked()

    def _read(self) -> object:
        return self.box.isChecked()


class RefEditor(Editor):
    """One record (its id, or None)."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.list = Dropdown()
        self.list.activated.connect(self._on_edited)
        within(self, row(self.list, *_adding(self), spacing=INSIDE))

    def buddy(self) -> QWidget:
        return self.list

    def _paint(self, value: object) -> None:
        key = value if isinstance(value, str) else ""
        options = [Option(id="", label=_("Not chosen")), *_records(self.spec, self.around)]
        if key and all(option.id != key for option in options):
            options.append(Option(id=key, label=_("A record that is not here")))
        self.list.offer(options)
        self.list.choose(key)

    def _state(self) -> object:
        return self.list.chosen()

    def _read(self) -> object:
        return self.list.chosen() or None


class RefsEditor(Editor):
    """Several records (tuple of ids)."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._chosen: list[str] = []
        self._options = _records(spec, around)
        self._add = Dropdown()
        self._add.offer(self._options)
        self._add.setPlaceholderText(_("Add …") if self._options else _("Nothing to choose yet"))
        self._add.setEnabled(bool(self._options))
        self._add.activated.connect(self._on_added)
        self._chips = flow()
        self._holder = within(QWidget(), self._chips)
        self._holder.hide()
        within(
            self,
            column(self._holder, row(self._add, *_adding(self), spacing=INSIDE), spacing=INSIDE),
        )

    def buddy(self) -> QWidget:
        return self._add

    def _on_added(self, _row: int) -> None:
        key = self._add.chosen()
        if key and key not in self._chosen:
            self._chosen.append(key)
            self._show_chips()
            self._on_edited()
        self._add.setCurrentIndex(-1)
        if self._add.isEditable():
            self._add.clearEditText()

    def _show_chips(self) -> None:
        clear(self._chips)
        labels = {option.id: option.label for option in self._options}
        for key in self._chosen:
            label = labels.get(key) or _("A record that is not here")
            self._chips.addWidget(removable(label, self._remover(key)))
        self._holder.setVisible(bool(self._chosen))

    def _remover(self, key: str) -> Callable[[], None]:
        def remove() -> None:
            self._chosen.remove(key)
            self._show_chips()
            self._on_edited()

        return remove

    def _paint(self, value: object) -> None:
        items = value if isinstance(value, tuple) else ()
        self._chosen = [str(item) for item in items]
        self._show_chips()

    def _state(self) -> object:
        return tuple(self._chosen)

    def _read(self) -> object:
        return tuple(self._chosen)


def _records(spec: FieldSpec, around: Surroundings) -> list[Option]:
    return [
        Option(id=known.id, label=outside(known.label))
        for known in around.known
        if known.kind in spec.targets
    ]


def _adding(editor: Editor) -> list[QWidget]:
    """A button for a new record to point to, where the page can make one."""
    if not editor.around.can_add or not editor.spec.targets:
        return []
    target = editor.spec.targets[0]
    made = buttons.plain(_("New …"), lambda: editor.new_requested.emit(target), Icon.PLUS)
    made.setAccessibleName(_("New: {name}").format(name=window().gettext(editor.spec.label)))
    return [made]


def _needs_words(key: str) -> bool:
    return key == _OTHER or key.startswith("other_") or key.endswith("_other")
