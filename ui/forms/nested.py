"""Editors of blocks: fields that belong together, once or in a list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.i18n import _, window
from app.records import FieldSpec, Shaped, specs
from ui.forms.editor import Editor, Maker, Surroundings
from ui.forms.rows import Fields
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Well, column, row, within
from ui.widgets.plain import Label, TextRole


def block_fields(
    kind: type[Shaped], around: Surroundings, make: Maker, parent: QWidget | None = None
) -> Fields:
    """The fields of a block that people edit."""
    shown = [(name, spec) for name, spec in specs(kind) if spec.editable]
    return Fields(shown, kind, around, make, parent)


class BlockEditor(Editor):
    """One block, or none."""

    def __init__(
        self, spec: FieldSpec, around: Surroundings, kind: type[Shaped], make: Maker
    ) -> None:
        super().__init__(spec, around)
        self._kind = kind
        self._make = make
        self._fields: Fields | None = None
        self._block: Shaped | None = None
        self._add = buttons.plain(_("Add"), self._on_add, Icon.PLUS)
        self._remove = buttons.quiet(_("Remove"), self._on_remove, Icon.TRASH)
        self._well = Well()
        self._well.hide()
        self._well.body.addLayout(row(STRETCH, self._remove))
        within(self, column(row(self._add, STRETCH), self._well, spacing=INSIDE))

    def buddy(self) -> QWidget:
        return self._add

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self._add.setAccessibleName(_("Add: {name}").format(name=name))
        self._remove.setAccessibleName(_("Remove: {name}").format(name=name))

    def complaint(self) -> str:
        found = self._fields.complaints() if self._fields is not None else []
        return found[0] if found and self._block is not None else ""

    def _on_add(self) -> None:
        self._show_block(self._kind())
        self._on_edited()

    def _on_remove(self) -> None:
        self._show_block(None)
        self._add.setFocus()
        self._on_edited()

    def _show_block(self, block: Shaped | None) -> None:
        self._block = block
        self._add.setVisible(block is None)
        self._well.setVisible(block is not None)
        if block is None:
            return
        if self._fields is None:
            # only now: most blocks of most records are never opened
            self._fields = block_fields(self._kind, self.around.inside(self.spec), self._make)
            self._fields.edited.connect(self._on_edited)
            self._fields.new_requested.connect(self.new_requested)
            self._well.body.insertWidget(0, self._fields)
        self._fields.put(block)

    def _paint(self, value: object) -> None:
        self._show_block(value if isinstance(value, Shaped) else None)

    def _state(self) -> object:
        return self._read()

    def _read(self) -> object:
        if self._block is None or self._fields is None:
            return None
        return self._fields.into(self._block)


class ListEditor(Editor):
    """A list of values, each with an editor of its own: blocks, names, dates."""

    def __init__(
        self,
        spec: FieldSpec,
        around: Surroundings,
        one: Callable[[], Editor],
        fresh: Callable[[], object],
    ) -> None:
        """`one()` makes the editor of an item, `fresh()` the value of a new one."""
        super().__init__(spec, around)
        self._one = one
        self._fresh = fresh
        self._name = window().gettext(spec.label)
        self._items: list[tuple[Well, Editor]] = []
        self._add = buttons.plain(_("Add"), self._on_add, Icon.PLUS)
        self._listed = column(spacing=INSIDE)
        within(self, column(self._listed, row(self._add, STRETCH), spacing=INSIDE))

    def buddy(self) -> QWidget:
        return self._add

    def set_name(self, name: str) -> None:
        self._name = name
        self.setAccessibleName(name)
        self._add.setAccessibleName(_("Add: {name}").format(name=name))

    def complaint(self) -> str:
        return next((each.complaint() for _well, each in self._items if each.complaint()), "")

    def _on_add(self) -> None:
        editor = self._append(self._fresh())
        editor.buddy().setFocus()
        self._on_edited()

    def _append(self, value: object) -> Editor:
        editor = self._one()
        number = len(self._items) + 1
        title = Label(_("{name}, {number}").format(name=self._name, number=number), TextRole.STRONG)
        well = Well()
        remove = buttons.quiet(_("Remove"), lambda: self._take_off(well), Icon.TRASH)
        remove.setAccessibleName(_("Remove: {name}").format(name=title.text()))
        well.body.addLayout(row(title, STRETCH, remove))
        well.body.addWidget(editor)
        editor.put(value)
        editor.edited.connect(self._on_edited)
        editor.new_requested.connect(self.new_requested)
        editor.set_name(title.text())
        self._items.append((well, editor))
        self._listed.addWidget(well)
        return editor

    def _take_off(self, well: Well) -> None:
        self._items = [item for item in self._items if item[0] is not well]
        self._listed.removeWidget(well)
        well.hide()
        well.deleteLater()
        self._add.setFocus()
        self._on_edited()

    def _paint(self, value: object) -> None:
        for well, _editor in tuple(self._items):
            self._listed.removeWidget(well)
            well.hide()
            well.deleteLater()
        self._items.clear()
        for item in value if isinstance(value, tuple) else ():
            self._append(item)

    def _state(self) -> object:
        return self._read()

    def _read(self) -> object:
        return tuple(editor.value() for _well, editor in self._items)


class ItemEditor(Editor):
    """One block of a list: its fields, always open."""

    def __init__(
        self, spec: FieldSpec, around: Surroundings, kind: type[Shaped], make: Maker
    ) -> None:
        super().__init__(spec, around)
        self._fields = block_fields(kind, around.inside(spec), make)
        self._fields.edited.connect(self._on_edited)
        self._fields.new_requested.connect(self.new_requested)
        within(self, column(self._fields))

    def buddy(self) -> QWidget:
        first = next(iter(self._fields.rows.values()), None)
        return first.editor.buddy() if first is not None else self

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)

    def complaint(self) -> str:
        return next(iter(self._fields.complaints()), "")

    def _paint(self, value: object) -> None:
        if isinstance(value, Shaped):
            self._fields.put(value)

    def _state(self) -> object:
        return self._read()

    def _read(self) -> object:
        return self._fields.into(self._held) if isinstance(self._held, Shaped) else self._held
