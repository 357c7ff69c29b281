"""Months and seasons: full names, abbreviations and the cases in which dates print them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from refaudit.text import plain, whole

# Language -> the names of the twelve months, divided by strokes.
_BY_LANGUAGE = {
    "en": "january jan | february feb febr | march mar | april apr | may | june jun | july jul | august aug | september sep sept"
    " | october oct | november nov | december dec",
    "de": "januar jan jänner jän | februar feb feber | märz mär mrz | april apr | mai | juni jun | juli jul | august aug"
    " | september sep sept | oktober okt | november nov | dezember dez",
    "fr": "janvier janv jan | février févr fév | mars | avril avr | mai | juin | juillet juil | août aoû | septembre sept"
    " | octobre oct | novembre nov | décembre déc",
    "es": "enero ene | febrero febr feb | marzo mar | abril abr | mayo may | junio jun | julio jul | agosto ago"
    " | septiembre setiembre sept sep set | octubre oct | noviembre nov | diciembre dic",
    "pt": "janeiro jan | fevereiro fev | março mar | abril abr | maio mai | junho jun | julho jul | agosto ago | setembro set"
    " | outubro out | novembro nov | dezembro dez",
    "it": "gennaio genn gen | febbraio febbr feb | marzo mar | aprile apr | maggio magg mag | giugno giu | luglio lug | agosto ago"
    " | settembre sett set | ottobre ott | novembre nov | dicembre dic",
    "ca": "gener gen | febrer febr | març | abril abr | maig | juny | juliol jul | agost | setembre set | octubre oct"
    " | novembre nov | desembre",
    "ro": "ianuarie ian | februarie feb | martie mart | aprilie apr | mai | iunie iun | iulie iul | august aug | septembrie sept"
    " | octombrie oct | noiembrie | decembrie dec",
    "nl": "januari jan | februari feb | maart mrt | april apr | mei | juni jun | juli jul | augustus aug | september sep sept"
    " | oktober okt | november nov | december dec",
    "sv": "januari jan | februari feb | mars | april apr | maj | juni jun | juli jul | augusti aug | september sep sept"
    " | oktober okt | november nov | december dec",
    "da": "januar jan | februar feb | marts | april apr | maj | juni jun | juli jul | august aug | september sep sept"
    " | oktober okt | november nov | december dec",
    "no": "januar jan | februar feb | mars | april apr | mai | juni jun | juli jul | august aug | september sep sept"
    " | oktober okt | november nov | desember",
    "fi": "tammikuu tammikuuta tammikuun | helmikuu helmikuuta helmikuun | maaliskuu maaliskuuta maaliskuun"
    " | huhtikuu huhtikuuta huhtikuun | toukokuu toukokuuta toukokuun | kesäkuu kesäkuuta kesäkuun"
    " | heinäkuu heinäkuuta heinäkuun | elokuu elokuuta elokuun | syyskuu syyskuuta syyskuun | lokakuu lokakuuta lokakuun"
    " | marraskuu marraskuuta marraskuun | joulukuu joulukuuta joulukuun",
    "hu": "január jan | február febr | március márc | április ápr | május máj | június jún | július júl | augusztus aug"
    " | szeptember szept | október okt | november nov | december dec",
    "pl": "styczeń stycznia | luty lutego | marzec marca | kwiecień kwietnia | maj maja | czerwiec czerwca | lipiec lipca"
    " | sierpień sierpnia | wrzesień września | październik października | listopada | grudzień grudnia",
    "cs": "leden ledna | únor února | březen března | duben dubna | květen května | červen června | červenec července"
    " | srpen srpna | září | říjen října | | prosinec prosince",
    "sk": "január januára | február februára | marec marca | apríl apríla | máj mája | jún júna | júl júla | august augusta"
    " | september septembra | október októbra | november novembra | december decembra",
    "hr": "siječanj siječnja | veljača veljače | ožujak ožujka | travanj travnja | svibanj svibnja | lipanj lipnja"
    " | srpanj srpnja | kolovoz kolovoza | rujan rujna | | studeni studenoga studenog | prosinac prosinca",
    "sl": "januar januarja | februar februarja | marec marca | april aprila | maj maja | junij junija | julij julija"
    " | avgust avgusta | september septembra | oktober oktobra | november novembra | december decembra",
    "ru": "январь января янв | февраль февраля февр фев | март марта мар | апрель апреля апр | май мая | июнь июня"
    " | июль июля | август августа авг | сентябрь сентября сент | октябрь октября окт | ноябрь ноября нояб ноя"
    " | декабрь декабря дек",
    "uk": "січень січня січ | лютий лютого лют | березень березня берез бер | квітень квітня квіт | травень травня"
    " | червень червня черв | липень липня | серпень серпня серп | вересень вересня верес | жовтень жовтня жовт"
    " | листопада листоп | грудень грудня груд",
    "el": "ιανουάριος ιανουαρίου ιαν | φεβρουάριος φεβρουαρίου φεβ | μάρτιος μαρτίου μαρ | απρίλιος απριλίου απρ"
    " | μάιος μαΐου | ιούνιος ιουνίου | ιούλιος ιουλίου | αύγουστος αυγούστου αυγ | σεπτέμβριος σεπτεμβρίου σεπ"
    " | οκτώβριος οκτωβρίου οκτ | νοέμβριος νοεμβρίου νοε | δεκέμβριος δεκεμβρίου δεκ",
    "tr": "ocak | şubat | mart | nisan | mayıs | haziran | temmuz | ağustos | eylül | ekim | kasım | aralık",
    "id": "januari jan | februari feb | maret | april apr | mei | juni jun | juli jul | agustus agu | september sep"
    " | oktober okt | november nov | desember",
    "ar": "يناير | فبراير | مارس | أبريل إبريل | مايو | يونيو | يوليو | أغسطس | سبتمبر | أكتوبر | نوفمبر | ديسمبر",
    "fa": "ژانویه | فوریه | مارس | آوریل | مه | ژوئن | ژوئیه | اوت | سپتامبر | اکتبر | نوامبر | دسامبر",
    "he": "ינואר בינואר | פברואר בפברואר | מרץ במרץ | אפריל באפריל | מאי במאי | יוני ביוני | יולי ביולי | אוגוסט באוגוסט"
    " | ספטמבר בספטמבר | אוקטובר באוקטובר | נובמבר בנובמבר | דצמבר בדצמבר",
}


def _numbers(languages: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in map(_BY_LANGUAGE.__getitem__, languages):
        for number, names in enumerate(row.split("|"), start=1):
            for name in names.split():
                found.setdefault(name.casefold(), number)
                found.setdefault(plain(name).casefold(), number)
    return found


# Casefolded, with and without accents -> 1-12. What is October in one language and November in another ("listopad") is left out.
MONTHS = _numbers(_BY_LANGUAGE)
# Months that running text prints with a capital beside a year and that are no names there.
CAPITALISED = frozenset(_numbers(("en", "de", "fr", "es", "pt", "it", "nl")))
ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The abbreviations that BibTeX defines and that databases print."""
SEASONS = frozenset("spring summer autumn fall winter frühling frühjahr sommer herbst printemps été automne hiver".split())

_WORD = re.compile(r"[^\W\d_]{2,}")
# East Asian, Korean and Vietnamese dates number the months.
_NUMBERED = re.compile(r"(\d{1,2})\s?[月월]|\btháng\s(\d{1,2})", re.IGNORECASE)


def month_named(word: str) -> int | None:
    """The month that one word names, a stop behind it or not; None for another word."""
    low = word.rstrip(".").casefold()
    return MONTHS.get(low) or (None if low.isascii() else MONTHS.get(plain(low)))


def month_in(text: str) -> int | None:
    """The first month that a printed date names ("12. Dezember", "Mar-Apr", "5月"), None where it names none."""
    for word in _WORD.findall(text):
        if found := month_named(word):
            return found
    numbered = _NUMBERED.search(text)
    number = whole(numbered[1] or numbered[2]) if numbered else None
    return number if number and number <= 12 else None
