"""Templates: begin a report from one, rename it, remove it with undo; they stay in the vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import templates
from app.changes import Changes
from app.i18n import _, ngettext
from app.records.ids import IncidentId, RecordId
from app.settings import Role
from app.templates import Begun, Kept, Template
from ui.ask import Prompt
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, clear, column, hint, row
from ui.widgets.empty import Empty
from ui.widgets.entry import Entry
from ui.widgets.plain import outside


class TemplatesPage(Page):
    """Reads the vault at each visit."""

    id = "templates"
    icon = Icon.COPY
    roles = frozenset({Role.RECORDER})
    in_rail = False
    under = "home"

    @classmethod
    def title(cls) -> str:
        return _("Templates")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._lines = column(spacing=INSIDE)
        self.put(
            hint(
                _(
                    "A template keeps what was chosen from lists in a report. It holds no text, no "
                    "person, no day, no file and no consent, and never leaves this vault."
                )
            ),
            self._lines,
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same from wherever one comes
        self._look()

    # --- inside -------------------------------------------------------------------------------

    def _look(self) -> None:
        self.session.ask(self, lambda vault, _: templates.every(vault), self._show)

    def _show(self, found: tuple[Template, ...]) -> None:
        clear(self._lines)
        for each in found:
            self._lines.addLayout(self._line(each))
        if not found:
            text = _("Open a report and choose “Keep as a template”.")
            self._lines.addWidget(Empty(Icon.COPY, _("No templates yet"), text))

    def _line(self, template: Template) -> QHBoxLayout:
        name = outside(template.name)
        parts = len(template.records) - 1
        detail = ngettext("With {count} part", "With {count} parts", parts).format(count=parts)
        entry = Entry(Icon.REPORT, name, detail if parts else "", self._beginner(template))
        rename = buttons.sign(
            Icon.WRITE, _("Rename: {name}").format(name=name), self._renamer(template)
        )
        remove = buttons.sign(
            Icon.TRASH, _("Remove: {name}").format(name=name), self._remover(template)
        )
        line = row(entry, rename, remove)
        line.setStretch(0, 1)
        return line

    def _beginner(self, template: Template) -> Callable[[], None]:
        def go(begun: Begun) -> None:
            self.desk.go(Visit(page="incident", reference=begun.report))

        def begin() -> None:
            self.session.do(self, lambda vault, _: templates.begin(vault, template), go)

        return begin

    def _renamer(self, template: Template) -> Callable[[], None]:
        def rename() -> None:
            name = asked_name(self, _("Rename this template"), _("Rename"))
            if name:
                self._keep(replace(template, name=name))

        return rename

    def _remover(self, template: Template) -> Callable[[], None]:
        def done(_changes: Changes) -> None:
            self._look()
            self.offer_undo(_("Template removed"), lambda: self._keep(template))

        def remove() -> None:
            self.session.do(self, lambda vault, _: templates.remove(vault, template), done)

        return remove

    def _keep(self, template: Template) -> None:
        self.session.do(
            self, lambda vault, _: templates.keep(vault, template), lambda _: self._look()
        )


class OrganisationTemplatesPage(TemplatesPage):
    """The same for an organisation, under its own list."""

    roles = frozenset({Role.ORGANISATION})
    under = "incidents"


def save_button(page: Page, report: Callable[[], RecordId]) -> buttons.Button:
    """Keeps the report of this page as a template. `report`: its id, which the vault holds."""

    def save() -> None:
        name = asked_name(page, _("Keep as a template"), _("Keep"))
        if not name:
            return
        wanted = IncidentId(report())
        page.flush()

        def done(kept: Kept) -> None:
            page.tell_passing(_("Template kept: {name}").format(name=outside(kept.template.name)))

        page.session.do(page, lambda vault, _: templates.make(vault, wanted, name), done)

    return buttons.sign(Icon.ARCHIVE, _("Keep as a template"), save)


def asked_name(page: Page, title: str, verb: str) -> str:
    """A name that somebody types; "" for none."""
    text = _("Only the choices are kept. No names of people: it is seen in a list.")
    said = page.ask.text(Prompt(title=title, text=text, label=_("Name"), verb=verb))
    return (said or "").strip()
