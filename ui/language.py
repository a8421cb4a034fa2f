"""The language of the window as Qt sees it: direction, Qt's own few words, and fonts per script."""

from __future__ import annotations

from importlib.resources import as_file, files

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from app import i18n

_FAMILIES = ("Noto Sans", "Noto Naskh Arabic", "Noto Serif Tibetan")
# Chinese, Japanese and Korean come from the system: a face for them weighs 20 MB. The order decides
# the shapes of characters that the traditional and the simplified script write differently.
_SIMPLIFIED = ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", "PingFang SC")
_TRADITIONAL = ("Noto Sans CJK TC", "Noto Sans TC", "Microsoft JhengHei", "PingFang TC")
_TRADITIONAL_TAGS = ("zh_Hant", "zh_TW", "zh_HK", "zh_MO")


class QtLanguage:
    """Applies a language to the application, again and again."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._translator: QTranslator | None = None
        self._load_fonts()

    def use(self, tag: str) -> None:
        """Show everything that is built from now on in this language; "" is the system's.

        English where we do not have it.
        """
        i18n.use(tag or i18n.best(QLocale.system().uiLanguages()))
        chosen = i18n.window()
        # numbers and dates of Qt's own parts; Latin digits are kept, as in the records
        locale = QLocale(chosen.tag)
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        QLocale.setDefault(locale)
        self._app.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft
            if chosen.right_to_left
            else Qt.LayoutDirection.LeftToRight
        )
        self._translate(locale)
        font = QFont(self._app.font())
        font.setFamilies(list(families(chosen.tag)))
        self._app.setFont(font)

    def _translate(self, locale: QLocale) -> None:
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
        translator = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._translator = None
        if translator.load(locale, "qtbase", "_", folder):
            self._app.installTranslator(translator)
            self._translator = translator

    @staticmethod
    def _load_fonts() -> None:
        for entry in sorted((files("resources") / "fonts").iterdir(), key=lambda each: each.name):
            if entry.name.endswith(".ttf"):
                with as_file(entry) as path:
                    QFontDatabase.addApplicationFont(str(path))


def families(tag: str) -> tuple[str, ...]:
    """The font families to try for a language, in order."""
    traditional = tag.startswith(_TRADITIONAL_TAGS)
    chinese = (*_TRADITIONAL, *_SIMPLIFIED) if traditional else (*_SIMPLIFIED, *_TRADITIONAL)
    return (*_FAMILIES, *chinese)
