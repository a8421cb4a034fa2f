"""The reusable parts: plain text, banner, strip, secret, drop-down, table, codes."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.tasks import Progress, Step
from tests.ui import walk
from ui.icons import Icon, pixmap
from ui.models.records import Column, RowsModel
from ui.tasks import Lane
from ui.widgets.banner import Banner, Notice
from ui.widgets.choosing import Dropdown, Option
from ui.widgets.passphrase import PassphraseField
from ui.widgets.plain import Label, Line, TextArea, Tone, outside, text_is_right_to_left
from ui.widgets.progress import ProgressStrip
from ui.widgets.qr import QrCode
from ui.widgets.safetycode import SafetyCodeView
from ui.widgets.secret import SecretLine
from ui.widgets.table import Table


def test_a_label_shows_markup_as_it_was_written(qtbot: QtBot) -> None:
    label = Label("<b>✓ Good seal</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>✓ Good seal</b>"


def test_a_name_from_outside_cannot_turn_what_is_around_it() -> None:
    assert "\u202e" not in outside("annexe\u202egpj.exe")
    assert "[U+202E]" in outside("annexe\u202egpj.exe")


def test_only_the_text_of_what_is_pasted_arrives(qtbot: QtBot) -> None:
    area = TextArea()
    qtbot.addWidget(area)
    data = QMimeData()
    data.setHtml('<img src="file:///etc/passwd"><b>bold</b>')
    area.insertFromMimeData(data)
    assert "<" not in area.toPlainText()
    data.setText("words")
    area.insertFromMimeData(data)
    assert area.toPlainText().endswith("words")


@pytest.mark.parametrize(
    ("text", "right"),
    [("hello", False), ("مرحبا", True), ("123 مرحبا", True), ("2026", False), ("བོད", False)],
)
def test_a_field_turns_with_the_first_letter_typed(qtbot: QtBot, text: str, right: bool) -> None:
    line = Line()
    qtbot.addWidget(line)
    line.setText(text)
    assert text_is_right_to_left(text) is right
    assert (line.layoutDirection() == Qt.LayoutDirection.RightToLeft) is right


def test_a_text_area_grows_with_its_text_and_stops(qtbot: QtBot) -> None:
    area = TextArea(lines=2, most_lines=5)
    qtbot.addWidget(area)
    area.resize(400, 60)
    area.show()
    low = area.sizeHint().height()
    area.setPlainText("\n".join("x" * 9))
    assert area.sizeHint().height() > low
    high = area.sizeHint().height()
    area.setPlainText("\n".join("x" * 90))
    assert area.sizeHint().height() == high


def test_the_message_bar_says_one_thing_and_offers_one_way(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    undone: list[str] = []
    banner.tell(Notice(tone=Tone.OK, title="First"))
    banner.tell(
        Notice(
            tone=Tone.NOTE,
            title="Removed from the list",
            verb="Undo",
            then=lambda: undone.append("undone"),
            passing=True,
        )
    )
    assert banner.isVisibleTo(banner)
    assert banner.accessibleName() == "Removed from the list"
    button = next(each for each in banner.findChildren(QPushButton) if each.text() == "Undo")
    button.click()
    assert undone == ["undone"]
    assert banner.notice is None
    assert walk.nameless(banner) == []


def test_a_passing_message_goes_by_itself(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner._passing.setInterval(1)
    banner.tell(Notice(tone=Tone.OK, title="Saved", passing=True))
    qtbot.waitUntil(lambda: banner.notice is None)


def test_a_long_job_shows_a_strip_and_can_be_stopped(qtbot: QtBot) -> None:
    lane = Lane("strip", workers=1)
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip._appear.setInterval(1)
    go_on = threading.Event()

    def job(progress: Progress) -> None:
        progress(Step(doing="Copying", done=5_000_000_000, total=10_000_000_000))
        go_on.wait(5)
        progress(Step(doing="Copying", done=1))

    heard: list[object] = []
    task = lane.start(strip, job, heard.append, heard.append)
    strip.follow(task)
    qtbot.waitUntil(lambda: strip._share.text() == "50 %")
    assert strip.isVisible()
    strip._cancel.click()
    with qtbot.waitSignal(task.finished):
        go_on.set()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert heard == []
    lane.close()


def test_a_short_job_shows_nothing(qtbot: QtBot) -> None:
    lane = Lane("strip", workers=1)
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    task = lane.start(strip, lambda _: None, lambda _: None, lambda _: None)
    strip.follow(task)
    with qtbot.waitSignal(task.finished):
        pass
    assert not strip._appear.isActive()
    assert not strip.isVisible()
    lane.close()


def test_a_secret_is_hidden_until_the_eye_is_pressed_and_gone_when_taken(qtbot: QtBot) -> None:
    secret = SecretLine()
    qtbot.addWidget(secret)
    secret.line.setText("six words")
    assert secret.line.echoMode() == QLineEdit.EchoMode.Password
    secret._eye.click()
    assert secret.line.echoMode() == QLineEdit.EchoMode.Normal
    assert secret._eye.accessibleName() == "Hide what I type"
    assert secret.take() == "six words"
    assert secret.text() == ""
    assert secret.line.echoMode() == QLineEdit.EchoMode.Password


def test_a_weak_passphrase_is_said_to_be_weak(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    field.secret.line.setText("12345678")
    assert field._said.text().startswith("Weak")
    assert not field.strength().accepted


OPTIONS = [Option(id=f"id{at}", label=f"Term {at}") for at in range(20)]


def test_scrolling_past_a_list_changes_no_answer(qtbot: QtBot) -> None:
    dropdown = Dropdown()
    qtbot.addWidget(dropdown)
    dropdown.offer(OPTIONS)
    dropdown.choose("id7")
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(dropdown, turn)
    assert dropdown.chosen() == "id7"


def test_a_long_list_is_searched_by_typing(qtbot: QtBot) -> None:
    dropdown = Dropdown()
    qtbot.addWidget(dropdown)
    dropdown.offer(OPTIONS)
    with qtbot.waitSignal(dropdown.activated):
        dropdown.lineEdit().setText("term 13")
        dropdown._settle()
    assert dropdown.chosen() == "id13"
    dropdown.lineEdit().setText("no such thing")
    dropdown._settle()
    assert dropdown.chosen() == "id13"
    assert dropdown.lineEdit().text() == "Term 13"


@dataclass(frozen=True)
class Row:
    title: str
    state: str


COLUMNS: list[Column[Row]] = [
    Column(title="Title", words=lambda row: row.title),
    Column(
        title="State",
        words=lambda row: row.state,
        sign=lambda row: Icon.OK if row.state == "good" else None,
        spoken=lambda row: f"state {row.state}",
    ),
]


def test_the_table_model_is_sound(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model: RowsModel[Row] = RowsModel(COLUMNS)
    qtmodeltester.check(model)
    model.show([Row("a", "good"), Row("b", "bad")])
    qtmodeltester.check(model)
    assert model.data(model.index(0, 1), Qt.ItemDataRole.AccessibleTextRole) == "state good"
    assert model.data(model.index(1, 1), Qt.ItemDataRole.DecorationRole) is None
    assert model.at(model.index(1, 0)) == Row("b", "bad")
    assert model.at(model.index(7, 0)) is None


def test_enter_opens_the_row(qtbot: QtBot) -> None:
    model: RowsModel[Row] = RowsModel(COLUMNS)
    table = Table(model, "Reports")
    qtbot.addWidget(table)
    model.show([Row("a", "good"), Row("b", "bad")])
    table.show()
    table.setCurrentIndex(model.index(1, 0))
    with qtbot.waitSignal(table.opened) as seen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert seen.args[0].row() == 1
    assert table.chosen_row() == 1


def test_a_code_is_never_mirrored_and_is_spoken_digit_by_digit(qtbot: QtBot) -> None:
    view = SafetyCodeView(["12345", "67890"])
    qtbot.addWidget(view)
    assert view.layoutDirection() == Qt.LayoutDirection.LeftToRight
    labels = view.findChildren(Label)
    assert labels[0].accessibleName() == "Group 1: 1 2 3 4 5"


def test_a_code_for_cameras_is_black_on_white(qtbot: QtBot) -> None:
    code = QrCode("HOOPOE", "Card")
    qtbot.addWidget(code)
    code.resize(code.sizeHint())
    picture = code.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, 60, 2) for y in range(0, 60, 2)}
    assert colours <= {"#000000", "#ffffff"}
    assert len(colours) == 2


@pytest.mark.parametrize("name", list(Icon))
def test_every_icon_draws_something(qapp: QApplication, name: Icon) -> None:
    picture = pixmap(name, 24, "#112233").toImage()
    drawn = sum(picture.pixelColor(x, y).alpha() > 128 for x in range(24) for y in range(24))
    assert 20 < drawn < 400
