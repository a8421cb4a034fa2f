"""Questions and file dialogs: verbs on the buttons, nothing outside this computer, no trail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui import walk
from ui.ask import (
    Choice,
    FileKind,
    FolderWish,
    OpenWish,
    Option,
    Prompt,
    Question,
    SaveWish,
    ScriptedAsk,
    UnexpectedQuestion,
    WindowAsk,
    _LocalNames,
)

REMOVE = Question(
    title="Remove this person?",
    text="<b>Two</b> reports name them.",
    verb="Remove person",
    loses=True,
)


@pytest.fixture
def ask(qtbot: QtBot) -> WindowAsk:
    window = QWidget()
    window.setWindowTitle("Notes")
    qtbot.addWidget(window)
    window.show()
    return WindowAsk(window)


def then(act: Callable[[QDialog], None]) -> None:
    """Do this with the dialog that the next call opens."""

    def later() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        act(dialog)

    QTimer.singleShot(0, later)


def press(text: str) -> Callable[[QDialog], None]:
    def act(dialog: QDialog) -> None:
        next(each for each in dialog.findChildren(QPushButton) if each.text() == text).click()

    return act


def test_the_buttons_are_verbs(ask: WindowAsk) -> None:
    seen: list[list[str]] = []

    def look(dialog: QDialog) -> None:
        seen.append([each.text() for each in dialog.findChildren(QPushButton)])
        dialog.reject()

    then(look)
    assert not ask.confirm(REMOVE)
    assert set(seen[0]) == {"Remove person", "Cancel"}


def test_a_question_is_plain_text_and_its_frame_tells_nothing(ask: WindowAsk) -> None:
    def look(dialog: QDialog) -> None:
        assert dialog.windowTitle() == "Notes"
        assert walk.rich(dialog) == []
        assert walk.nameless(dialog) == []
        assert "<b>Two</b> reports name them." in [
            each.text() for each in dialog.findChildren(QLabel)
        ]
        dialog.reject()

    then(look)
    ask.confirm(REMOVE)


def test_the_verb_confirms(ask: WindowAsk) -> None:
    then(press("Remove person"))
    assert ask.confirm(REMOVE)


def test_what_loses_something_is_never_preselected(ask: WindowAsk) -> None:
    def look(dialog: QDialog) -> None:
        assert not any(each.isDefault() for each in dialog.findChildren(QPushButton))
        dialog.reject()

    then(look)
    ask.confirm(REMOVE)


def test_one_of_several_ways_is_chosen(ask: WindowAsk) -> None:
    choice = Choice(
        title="Damaged in part",
        text="",
        options=(Option(id="take", verb="Take in the rest"), Option(id="again", verb="Ask again")),
    )
    then(press("Ask again"))
    assert ask.choose(choice) == "again"


def test_of_many_ways_every_word_can_be_read(ask: WindowAsk) -> None:
    verbs = [f"A way of several words, number {number}" for number in range(9)]

    def look(dialog: QDialog) -> None:
        QApplication.processEvents()
        assert walk.cut_off(dialog) == []
        press(verbs[8])(dialog)

    then(look)
    options = tuple(Option(id=verb, verb=verb) for verb in verbs)
    assert ask.choose(Choice(title="What is it?", text="", options=options)) == verbs[8]


def test_a_secret_is_typed_hidden(ask: WindowAsk) -> None:
    def type_it(dialog: QDialog) -> None:
        line = dialog.findChild(QLineEdit)
        assert line.echoMode() == QLineEdit.EchoMode.Password
        line.setText("six words")
        press("Unlock")(dialog)

    then(type_it)
    prompt = Prompt(title="Once more", text="", label="Passphrase", verb="Unlock")
    assert ask.secret(prompt) == "six words"


def test_files_are_chosen_in_our_own_dialog(ask: WindowAsk, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(b"x")

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
        assert dialog.history() == [] or dialog.history() == [str(Path.home())]
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile(str(file))
        dialog.accept()

    then(choose)
    wish = OpenWish(title="Choose", kinds=(FileKind(label="Pictures", patterns=("*.jpg",)),))
    assert ask.open_file(wish) == file


def test_a_name_for_saving_is_proposed(ask: WindowAsk) -> None:
    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        assert Path(dialog.selectedFiles()[0]).name == "7f3k-20qd"
        dialog.reject()

    then(look)
    assert ask.save_file(SaveWish(title="Save", name="7f3k-20qd")) is None


def test_a_folder_can_be_chosen(ask: WindowAsk, tmp_path: Path) -> None:
    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(tmp_path))
        dialog.accept()

    then(choose)
    assert ask.folder(FolderWish(title="Where")) == tmp_path


@pytest.mark.parametrize("typed", ["//host/share", "\\\\host\\share", "smb://host/x"])
def test_nobody_can_type_a_place_in_a_network(qtbot: QtBot, typed: str) -> None:
    state = _LocalNames().validate(typed, len(typed))[0]
    assert state == QValidator.State.Invalid


def test_a_script_answers_in_order_and_refuses_a_question_too_many() -> None:
    scripted = ScriptedAsk([True, None])
    assert scripted.confirm(REMOVE)
    assert scripted.open_file(OpenWish(title="x")) is None
    assert scripted.asked == [REMOVE, OpenWish(title="x")]
    with pytest.raises(UnexpectedQuestion):
        scripted.confirm(REMOVE)


def test_a_script_with_the_wrong_kind_of_answer_is_refused() -> None:
    with pytest.raises(UnexpectedQuestion):
        ScriptedAsk(["yes"]).confirm(REMOVE)
