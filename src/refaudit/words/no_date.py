"""Words that stand in place of a year: none is known, or the work is not out yet."""

from __future__ import annotations

import re

from refaudit.words.forms import any_of

# What the words say -> language -> forms. Abbreviations of single letters are read as printed, words in either case.
NO_DATE: dict[str, dict[str, tuple[str, ...]]] = {
    "n.d.": {
        "en": ("n. d.", "no date", "undated"),
        "de": ("o. J.", "o. D.", "ohne Jahr", "ohne Jahresangabe"),
        "fr": ("s. d.", "sans date"),
        "es": ("s. f.", "s. a.", "sin fecha"),
        "pt": ("s. d.", "s/d", "sem data"),
        "it": ("s. d.", "senza data"),
        "ca": ("s. d.", "sense data"),
        "ro": ("f. a.", "fără an"),
        "nl": ("z. j.", "z. d.", "zonder jaar", "zonder datum"),
        "sv": ("u. å.", "utan årtal", "odaterad"),
        "da": ("u. å.", "uden årstal"),
        "no": ("u. å.", "uten årstall"),
        "fi": ("s. a.", "ei vuotta"),
        "hu": ("é. n.", "év nélkül"),
        "pl": ("b. r.", "b. d.", "bez daty", "bez roku"),
        "cs": ("b. r.", "bez data", "bez roku"),
        "sk": ("b. r.", "bez dátumu", "bez roku"),
        "hr": ("b. g.", "bez godine", "bez datuma"),
        "sl": ("b. l.", "brez letnice", "brez datuma"),
        "ru": ("б. г.", "без года", "без даты"),
        "uk": ("б. р.", "без року", "без дати"),
        "el": ("χ. χ.", "χ. η.", "χωρίς χρονολογία", "χωρίς ημερομηνία"),
        "tr": ("t. y.", "tarihsiz", "tarih yok"),
        "id": ("t. t.", "tanpa tahun"),
        "vi": ("không ngày", "không năm"),
        "zh": ("无日期", "無日期"),
        "ja": ("出版年不明", "発行年不明", "日付なし"),
        "ko": ("연도미상", "날짜 없음"),
        "ar": ("د. ت.", "بدون تاريخ", "بلا تاريخ"),
        "fa": ("بی تا", "بی‌تا", "بدون تاریخ"),
        "he": ("ללא תאריך", "חסר תאריך", "ללא שנה"),
    },
    "in press": {
        "en": ("in press", "in-press", "in print", "forthcoming", "to appear", "accepted", "in production", "advance online publication"),
        "de": ("im Druck", "im Erscheinen", "erscheint", "in Druck"),
        "fr": ("sous presse", "à paraître"),
        "es": ("en prensa", "en imprenta"),
        "pt": ("no prelo", "prelo", "em publicação"),
        "it": ("in stampa", "in corso di stampa", "in corso di pubblicazione", "in corso"),
        "ca": ("en premsa",),
        "ro": ("în curs de apariție", "sub tipar"),
        "nl": ("in druk", "ter perse", "te verschijnen"),
        "sv": ("under tryckning", "i tryck", "under utgivning"),
        "da": ("under udgivelse", "i trykken", "under trykning"),
        "no": ("under utgivelse", "i trykk"),
        "fi": ("painossa", "tulossa"),
        "hu": ("megjelenés alatt", "nyomdában"),
        "pl": ("w druku",),
        "cs": ("v tisku",),
        "sk": ("v tlači",),
        "hr": ("u tisku", "u štampi"),
        "sl": ("v tisku",),
        "ru": ("в печати",),
        "uk": ("у друці", "в друці"),
        "el": ("υπό έκδοση", "υπό δημοσίευση"),
        "tr": ("baskıda", "yayın aşamasında"),
        "id": ("dalam proses terbit", "sedang dicetak"),
        "vi": ("sắp xuất bản", "đang in"),
        "zh": ("出版中", "印刷中", "待刊", "即将出版"),
        "ja": ("印刷中", "出版予定"),
        "ko": ("출판중", "인쇄중", "출간예정"),
        "ar": ("قيد النشر", "تحت الطبع"),
        "fa": ("زیر چاپ", "در دست چاپ"),
        "he": ("בדפוס",),
    },
    "submitted": {
        "en": ("submitted", "under review", "in review", "in revision", "under revision"),
        "de": ("eingereicht", "in Begutachtung"),
        "fr": ("soumis", "en révision"),
        "es": ("enviado", "en revisión"),
        "pt": ("submetido", "em revisão"),
        "it": ("in revisione",),
    },
    "in prep": {
        "en": ("in preparation", "in prep", "in progress", "work in progress", "manuscript in preparation"),
        "de": ("in Vorbereitung", "in Vorb."),
        "fr": ("en préparation",),
        "es": ("en preparación",),
        "pt": ("em preparação", "em elaboração"),
        "it": ("in preparazione",),
        "nl": ("in voorbereiding",),
        "pl": ("w przygotowaniu",),
        "ru": ("в подготовке", "готовится к печати"),
    },
    "unpublished": {"en": ("unpublished",), "de": ("unveröffentlicht",), "fr": ("inédit",), "es": ("inédito",), "pt": ("inédito",)},
}  # fmt: skip

_LETTERED = re.compile(r"(?:\w{1,2}\.\s?){2}")
_FORMS = [(form, said) for said, table in NO_DATE.items() for forms in table.values() for form in forms]
_EXACT = [form for form, _ in _FORMS if _LETTERED.fullmatch(form)]
_EITHER = [form for form, _ in _FORMS if not _LETTERED.fullmatch(form)]
_SAID = {re.sub(r"[\s.]+", "", form).casefold(): said for form, said in reversed(_FORMS)} | {"nd": "n.d."}
UNLISTED = frozenset({"unpublished", "submitted", "in prep", "personal communication", "pers. comm."})
"""What is said of works that a list need not hold."""

WORDS = rf"(?:{any_of(_EXACT)}|N\.\s?D\.(?=[)\]])|(?i:{any_of(_EITHER)}))"
"""The forms as a part of other patterns."""
PATTERN = re.compile(rf"(?<!\w){WORDS}")


def said(printed: str) -> str:
    """What words in place of a year say, in one form for all languages ("n.d.", "in press", …); unknown words as they are."""
    return _SAID.get(re.sub(r"[\s.]+", "", printed).casefold(), printed.lower())
