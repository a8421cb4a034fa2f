"""What people look for in twelve languages, and a matcher that knows nothing of our folding.

A report is a row of words; a word is every spelling of it that people use, the first as it is
stored. `fitting` looks for a query, letter by letter, in all of those spellings; the few letters of
`SAME_LETTERS` are the same ones across languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A report in one language. `between`: what stands between its words."""

    lang: str
    words: tuple[tuple[str, ...], ...]
    between: str = " "

    @property
    def stored(self) -> str:
        return self.between.join(word[0] for word in self.words)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The whole text in its first spelling, its second, and so on; lower case."""
        return tuple(
            self.between.join(
                spelling or word[0] for spelling, word in zip(row, self.words, strict=True)
            ).lower()
            for row in zip_longest(*self.words)
        )


def told(lang: str, text: str, between: str = " ") -> Told:
    """A report as it is written below: words with a space between, spellings with a bar."""
    words = tuple(tuple(word.split("|")) for word in text.split(" "))
    return Told(lang=lang, words=words, between=between)


REPORTS: tuple[Told, ...] = (
    told("en", "He’s|Hes|He's followed after café|cafe Geneva naïve|naive re-entry|re–entry 2025"),
    told("en", "Passport withdrawn at the gate, lawyer’s|lawyer's|lawyers letter no. 417"),
    told(
        "fr",
        "Convoquée|convoquee après|apres l’arrêt|l'arret|larret à|a Genève|Geneve œuvre|oeuvre",
    ),
    told("de", "Straße|Strasse gesperrt Müller|Muller weiß|weiss Büro|Buro durchsucht"),
    told("tr", "Işık|Isik ışık|isik İzmir|izmir gözaltı|gozalti çağrı|cagri"),
    told("ar", "مُحَامٍ|محام أُوقِفَ|اوقف في|فى مدرسة|مدرسه ٢٠٢٥|2025|۲۰۲۵ اعتـقال|اعتقال"),
    told("ar", "الآن|الان إلى|الى الأمم|الامم المتحدة|المتحده"),
    told("fa", "می\u200cخواهم|میخواهم|مي\u200cخواهم|ميخواهم گزارش|گزارش کنم|كنم ۱۲|12|١٢"),
    told("ug", "ئۇيغۇر ھۆججەت|هۆججهت تەكشۈرۈش|تهكشۈرۈش"),
    told("ug-Latn", "o‘quvchi|o'quvchi|oʻquvchi|oquvchi so‘roq|so'roq|soroq qilindi"),
    told("zh-Hans", "他 在 日内瓦 被 拍照 警察 到 家"),
    told("zh-Hant", "他 在 日內瓦 發言 護照 被 收走"),
    told("bo", "བོད་ཡིག|བོད༌ཡིག གི་ཡི་གེ་༣|གི་ཡི་གེ་3 བཀག་པ།", "་"),
    told("th", "ตำรวจ|ต\u0e4dารวจ น้ำตา|น\u0e49\u0e4dาตา จับกุม ๒๕๖๘|2568", ""),
    told("ru", "Ёлка|елка мой|мой объявлен|объявлен за́держан|задержан всё|все"),
    told("es", "Después|despues niña|nina señal|senal detención|detencion"),
    told("pl", "ＡＢＣ|abc １２３|123 Đặng|Dang Łódź|Lodz"),
)

PHRASES: tuple[tuple[str, tuple[int, ...]], ...] = (
    ('"followed after"', (0,)),
    ('"after followed"', ()),
    ("“passport withdrawn”", (1,)),
    ('"passport gate"', ()),
    ('"日内瓦被"', ()),
    ("letter passport", (1,)),
    ("passport geneva", ()),
    ('"le', (1, 3)),
)
"""Quoted words and orders of words, with the places of the reports that hold them."""

NOT_THERE: tuple[str, ...] = (
    "passports",
    "calf",
    "strase",
    "日内伐",
    "內瓦內",
    "發照",  # both signs are there, in another order
    "ガ",
    "мои",  # not мой
    "محامية",
    "བོད་སྐད",
    "ตารวจ",  # without its mark: another word
    "niño",
    "418",
    "oquvchilar",
    "%",
    "_",
    "zz*",
    "NEAR(a b)",
    "title:passport",
    "-passport",
    "a OR zzz",
    "🜨",
)


SAME_LETTERS = str.maketrans(
    "àèéşıöçğółىإأ٠١٢٣٥۰۱۲۵๒๕๖๘１２３",
    "aeesiocgolياا012350125" + "2568" + "123",
    "\u02bb\u0307",
)
"""Letters that are looked for alike in every language, and two that are left out."""


def queries() -> tuple[str, ...]:
    """Every spelling of every word, the beginning and the middle of each, and pairs of them."""
    found: dict[str, None] = {}
    for each in REPORTS:
        for word in each.words:
            for spelling in word:
                found[spelling] = None
                found[spelling.upper()] = None
                found.update(
                    (part, None) for part in (spelling[:2], spelling[1:4]) if part.isalnum()
                )
        found[f"{each.words[0][-1]} {each.words[-1][-1]}"] = None
    return tuple(each for each in found if each.strip("\u0f0b\u0f0c ").strip())


def fitting(query: str) -> set[int]:
    """The places of the reports with every word of the query in one of their spellings."""
    words = query.lower().split()

    def holds(spelling: str, word: str) -> bool:
        same = spelling.translate(SAME_LETTERS), word.translate(SAME_LETTERS)
        return word in spelling or same[1] in same[0]

    return {
        place
        for place, each in enumerate(REPORTS)
        if all(any(holds(spelling, word) for spelling in each.spellings) for word in words)
    }
