"""Groups of digits to be read aloud and compared, large and evenly spaced, never mirrored."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import _
from ui import theme
from ui.widgets.plain import Label, TextRole

_COLUMNS = 3


class SafetyCodeView(QWidget):
    """The groups of a safety code in two lines, from left to right in every language."""

    def __init__(self, groups: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # digits are read from the left in Arabic too; mirrored groups would be another code
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.dp(28))
        grid.setVerticalSpacing(theme.dp(10))
        for at, digits in enumerate(groups):
            label = Label(digits, TextRole.CODE)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            # digit by digit for those who listen: 51 309 is "five one three zero nine"
            label.setAccessibleName(
                _("Group {number}: {digits}").format(number=at + 1, digits=" ".join(digits))
            )
            grid.addWidget(label, at // _COLUMNS, at % _COLUMNS)
        grid.setColumnStretch(_COLUMNS, 1)
