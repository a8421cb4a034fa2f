"""The form of one observation on an organisation, with the cautions above it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.settings import Role
from ui.icons import Icon
from ui.page import Desk
from ui.pages.observations import cautions
from ui.pages.record import RecordPage


class ObservationPage(RecordPage):
    """Reached only from the page of its organisation."""

    id = "observation"
    icon = Icon.EYE
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    under = "committee"

    @classmethod
    def title(cls) -> str:
        return _("Sourced observation")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.body.insertWidget(0, cautions())
