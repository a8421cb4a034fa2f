"""The progress strip: shows a job that takes longer than a blink, with Cancel; no modal box."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from app.doing import words
from app.i18n import _
from app.tasks import Step
from ui import theme
from ui.icons import Icon
from ui.tasks import Task
from ui.widgets import buttons
from ui.widgets.plain import Label

SHOW_AFTER_MS = 600
STAY_AT_LEAST_MS = 500
_FINE = 1000


class ProgressStrip(QFrame):
    """Follows the newest running task. Shown after 600 ms; once shown, for 500 ms at least."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._tasks: list[Task] = []
        self._label = Label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Progress"))
        self._share = Label()
        self._cancel = buttons.plain(_("Cancel"), self._stop, Icon.CLOSE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.dp(28), theme.dp(10), theme.dp(28), theme.dp(10))
        layout.setSpacing(theme.dp(14))
        layout.addWidget(self._label)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._share)
        layout.addWidget(self._cancel)
        self._shown_for = QElapsedTimer()
        self._appear = self._once(SHOW_AFTER_MS, self._on_appear)
        self._vanish = self._once(STAY_AT_LEAST_MS, self.hide)
        self.hide()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Those that run and are followed."""
        return tuple(self._tasks)

    def follow(self, task: Task) -> None:
        """Show this task while it runs, if it takes long enough to be noticed."""
        self._tasks.append(task)
        task.stepped.connect(self._on_stepped)
        task.finished.connect(lambda: self._forget(task))
        if not self.isVisible() and not self._appear.isActive():
            self._appear.start()

    def _on_appear(self) -> None:
        if not self._tasks:
            return
        self._vanish.stop()
        self._show_step(self._tasks[-1].latest or Step(doing=_("Working"), done=0))
        self._cancel.setEnabled(True)
        self._shown_for.start()
        self.show()

    def _on_stepped(self, step: Step) -> None:
        if self.isVisible():
            self._show_step(step)

    def _show_step(self, step: Step) -> None:
        self._label.setText(words(step) + " …")
        if step.total > 0:
            share = max(0.0, min(1.0, step.done / step.total))
            # thousandths: a count of bytes does not fit the bar's 32 bits
            self._bar.setRange(0, _FINE)
            self._bar.setValue(round(share * _FINE))
            self._share.setText(_("{percent} %").format(percent=round(share * 100)))
        else:
            self._bar.setRange(0, 0)
            self._share.setText("")

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._label.setText(_("Stopping …"))
        for task in self._tasks:
            task.stop()

    def _forget(self, task: Task) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
        if self._tasks:
            return
        self._appear.stop()
        if self.isVisible():
            self._vanish.start(max(0, STAY_AT_LEAST_MS - int(self._shown_for.elapsed())))

    def _once(self, after_ms: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(then)
        return timer
