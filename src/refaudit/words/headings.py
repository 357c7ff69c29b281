"""The headings that open a list of references, and those that close it."""

from __future__ import annotations

import re

from refaudit.text import fold

# Language -> titles of such a list. Their words make up all headings that are known ("References cited", "Cited literature");
# which of them are enough by themselves is said in ``_BESIDE``.
TITLES: dict[str, tuple[str, ...]] = {
    "en": (
        "references", "reference list", "list of references", "bibliography", "literature cited", "works cited", "citations",
        "sources consulted", "further reading", "selected bibliography", "primary sources", "secondary sources", "main references",
        "bibliographies", "bibliographic references", "bibliographical references", "notes and references", "literature",
    ),
    "de": (
        "literatur", "literaturverzeichnis", "literaturangaben", "literaturhinweise", "literaturliste", "quellen", "quellenverzeichnis",
        "quellen und literatur", "bibliographie", "bibliografie", "schrifttum", "referenzen", "zitierte literatur", "verwendete literatur",
        "weiterführende literatur", "ausgewählte literatur", "quellenangaben", "benutzte literatur",
    ),
    "fr": (
        "références", "références bibliographiques", "bibliographie", "bibliographie sélective", "bibliographie indicative",
        "ouvrages cités", "références citées", "liste des références", "sources et bibliographie", "bibliographie générale", "travaux cités",
        "sitographie", "webographie", "bibliographie et sitographie",
    ),
    "es": (
        "referencias", "referencias bibliográficas", "bibliografía", "obras citadas", "literatura citada", "bibliografía consultada",
        "fuentes y bibliografía", "fuentes consultadas", "lista de referencias", "bibliografía citada", "trabajos citados",
        "bibliografía básica", "bibliografía complementaria", "webgrafía", "bibliografía y webgrafía", "sitografía",
    ),
    "pt": (
        "referências", "referências bibliográficas", "bibliografia", "obras citadas", "referências citadas", "bibliografia referenciada",
        "obras referenciadas", "fontes consultadas", "fontes e bibliografia", "lista de referências", "bibliografia consultada",
        "webgrafia", "bibliografia e webgrafia", "sites consultados",
    ),
    "it": (
        "riferimenti", "riferimenti bibliografici", "bibliografia", "opere citate", "bibliografia citata", "fonti e bibliografia",
        "riferimenti citati", "bibliografia essenziale", "sitografia", "bibliografia e sitografia", "riferimenti sitografici", "webgrafia",
        "siti consultati", "siti web consultati",
    ),
    "ca": ("referències", "referències bibliogràfiques", "bibliografia"),
    "ro": (
        "bibliografie", "referințe", "referinţe", "referințe bibliografice", "referinţe bibliografice", "lista bibliografică", "bibliografie selectivă",
    ),
    "nl": (
        "literatuur", "literatuurlijst", "referenties", "bronnen", "bronnenlijst", "geraadpleegde literatuur", "referentielijst",
        "geraadpleegde bronnen", "bronvermelding", "literatuuropgave", "bibliografie",
    ),
    "sv": (
        "referenser", "källor", "källförteckning", "litteraturförteckning", "litteratur", "referenslista", "litteraturlista",
        "källor och litteratur", "käll och litteraturförteckning", "referensförteckning",
    ),
    "da": (
        "referencer", "litteratur", "litteraturliste", "kilder", "kildeliste", "referenceliste",
        "litteraturfortegnelse", "bibliografi", "kildefortegnelse", "litteraturhenvisninger",
    ),
    "no": ("referanser", "litteratur", "litteraturliste", "kilder", "kildeliste", "referanseliste", "bibliografi"),
    "fi": ("lähteet", "lähdeluettelo", "kirjallisuus", "viitteet", "kirjallisuusluettelo", "kirjallisuusviitteet"),
    "et": ("kirjandus", "kasutatud kirjandus", "viited", "kasutatud allikad"),
    "hu": (
        "irodalom", "irodalomjegyzék", "hivatkozások", "felhasznált irodalom", "hivatkozott irodalom", "bibliográfia",
        "szakirodalom", "felhasznált források", "források", "hivatkozásjegyzék",
    ),
    "pl": (
        "literatura", "bibliografia", "piśmiennictwo", "spis literatury", "wykaz literatury", "literatura cytowana",
        "źródła", "cytowana literatura", "wykaz źródeł", "literatura przedmiotu",
    ),
    "cs": (
        "literatura", "seznam literatury", "použitá literatura", "seznam použité literatury", "bibliografie", "citovaná literatura",
        "použité zdroje", "zdroje", "seznam použitých zdrojů", "reference", "prameny a literatura",
    ),
    "sk": (
        "literatúra", "zoznam literatúry", "použitá literatúra", "zoznam použitej literatúry", "bibliografia",
        "bibliografické odkazy", "citovaná literatúra", "zdroje", "použité zdroje",
    ),
    "hr": (
        "literatura", "popis literature", "bibliografija", "izvori", "korištena literatura", "reference", "izvori i literatura", "korišteni izvori", "popis referenci",
    ),
    "sl": (
        "literatura", "viri", "viri in literatura", "literatura in viri", "seznam literature", "bibliografija",
        "reference", "seznam virov",
    ),
    "lt": ("literatūra", "literatūros sąrašas", "šaltiniai", "naudota literatūra"),
    "lv": ("literatūra", "literatūras saraksts", "izmantotā literatūra"),
    "ru": (
        "литература", "список литературы", "список использованной литературы", "использованная литература", "цитируемая литература",
        "библиография", "библиографический список", "список источников", "список использованных источников", "источники",
        "список цитируемой литературы", "список использованных источников и литературы", "источники и литература", "ссылки",
    ),
    "uk": (
        "література", "список літератури", "список використаної літератури", "використана література", "бібліографія",
        "список використаних джерел", "джерела", "використані джерела", "посилання", "список джерел", "джерела та література",
    ),
    "bg": ("литература", "използвана литература", "библиография", "източници"),
    "el": ("βιβλιογραφία", "αναφορές", "βιβλιογραφικές αναφορές", "παραπομπές", "βιβλιογραφικές παραπομπές", "πηγές"),
    "tr": ("kaynakça", "kaynaklar", "referanslar", "bibliyografya", "yararlanılan kaynaklar", "başvurular", "kaynak listesi"),
    "id": (
        "daftar pustaka", "daftar referensi", "daftar rujukan", "referensi", "kepustakaan", "rujukan", "bibliografi",
        "pustaka",
    ),
    "vi": ("tài liệu tham khảo", "tài liệu trích dẫn", "danh mục tài liệu tham khảo", "thư mục tham khảo"),
    "zh": ("参考文献", "參考文獻", "主要参考文献", "主要參考文獻", "参考资料", "參考資料", "引用文献", "引用文獻", "文献", "参考书目", "參考書目", "引文"),
    "ja": ("参考文献", "引用文献", "文献", "参考文献一覧", "引用・参考文献", "引用参考文献", "参考資料", "文献一覧"),
    "ko": ("참고문헌", "참고 문헌", "인용문헌", "인용 문헌", "참고자료"),
    "ar": (
        "المراجع", "المصادر", "المصادر والمراجع", "قائمة المراجع", "قائمة المصادر والمراجع", "ثبت المراجع", "المراجع والمصادر",
    ),
    "fa": ("منابع", "مراجع", "فهرست منابع", "منابع و مآخذ", "کتابنامه", "منابع و مراجع", "فهرست مراجع"),
    "he": ("ביבליוגרפיה", "מקורות", "רשימת מקורות", "רשימה ביבליוגרפית", "מראי מקום", "רשימת המקורות", "ספרות"),
}  # fmt: skip
# Words of the titles, and others that stand beside them, that head other things when they stand alone.
_BESIDE = frozenset(
    fold(word)
    for word in """list of works selected main primary secondary consulted notes and further listing und angaben zitierte verwendete
    weiterführende ausgewählte benutzte ausgewählter ouvrages liste des et sélective indicative générale travaux obras fuentes y
    consultada lista de trabajos básica complementaria fontes e opere fonti essenziale lista selectivă geraadpleegde och käll
    kasutatud allikad felhasznált források források spis wykaz źródeł przedmiotu seznam použité použitá prameny a zoznam použitej
    popis i in virov korištena korišteni šaltiniai список использованных использованной использованная цитируемая цитируемой
    источников и ссылки список використаної використаних використана використані джерел посилання та използвана източници πηγές
    yararlanılan başvurular listesi sites siti web kaynak daftar danh mục tài liệu thư tham trích dẫn the full complete additional""".split()
)
_TELLING = re.compile(r"(?![IVX]{4,5}\b)(?<![^\W\d_])[^\W\d_]{4,}")
_BRACKET = re.compile(r"(?<=.)[(\[（【]")
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(fold(title) for titles in TITLES.values() for title in titles)
_WORDS = frozenset(word for title in _TITLES for word in _WORD.findall(title)) | _BESIDE
_CORE = _WORDS - _BESIDE
_FRAME = re.compile(r"^[\s#*_>|]*(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-Z][.)])[\s)]+)?|[\s:：.*_#|—–-]+$")
_REMARK = re.compile(
    r"(?:(?<!\s)\s+)?[(\[（【](?:[^()\[\]（）【】\d]{1,60}|(?:[^\W\d_]{2,20}\s){2,5}[^()\[\]（）【】]{1,30})[)\]）】]$"
)
_SENTENCE = re.compile(r"[.,;!?]\s*\w")
_BRACED = re.compile(r"^[【\[［〔]\s*|(?:(?<!\s)\s+)?[】\]］〕]$")


def reference_heading(line: str) -> bool:
    """Whether a line by itself is the heading of a list of references, in any of the languages known.

    Numbers before it, a colon behind it and a remark in brackets ("References (selected)") do not matter.
    """
    if not 2 <= len(line) <= 90:
        return False
    telling = _TELLING.search(_BRACKET.split(line, maxsplit=1)[0])
    if telling and fold(telling[0]) not in _WORDS:  # lines of running text are put aside here
        return False
    bare = fold(_BRACED.sub("", _REMARK.sub("", _FRAME.sub("", line)).strip()))
    if bare in _TITLES:
        return True
    found = _WORD.findall(bare)
    return (
        1 <= len(found) <= 5
        and all(word in _WORDS for word in found)
        and any(word in _CORE for word in found)
        and not _SENTENCE.search(bare)
    )


# Titles that open a list within a line when a colon stands behind them.
_RUN_IN = (
    "references", "bibliography", "literature cited", "works cited", "referencias", "referências", "références", "literatur",
    "literaturverzeichnis", "riferimenti bibliografici", "bibliografía", "список литературы", "литература", "список літератури", "kaynakça",
    "references cited", "referencias bibliográficas", "referências bibliográficas", "références bibliographiques", "literatuurlijst",
)  # fmt: skip
RUN_IN = re.compile(
    r"\S[ \t]+((?:"
    + "|".join(
        form
        for title in sorted(_RUN_IN, key=len, reverse=True)
        for form in dict.fromkeys((title.upper(), title.capitalize(), title.title()))
    )
    + r")\s?:)[ \t]+\S"
)
"""A list that was run into the text ("... in bees. REFERENCES: Goulson D, ...")."""

CLOSING = re.compile(
    r"""(?ix)^[\s\#*_>]*(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+|[A-Z]\.\s+)?(?:
      (?:supplement(?:ary|al)|supporting|additional)\s+(?:materials?|information|data|files?|figures?|tables?|references?)
    | (?:appendi(?:x|ces)|annex(?:es|e)?|anexos?|apêndices?|apéndices?|anhang|allegat[oi])\b(?:\s+[A-Z\d]{1,4})?(?:\s?[.:–—-]\s.{1,80})?
    | acknowledge?ments? | agradecimientos | agradecimentos | remerciements | danksagung | ringraziamenti
    | author(?:s['’]?|['’]s)?\s+(?:contributions?|information|notes?|biograph(?:y|ies)|details) | about\s+the\s+authors? | biographical\s+notes?
    | sobre\s+(?:[oa]s?|el|los|las?)\s+aut(?:or(?:es|as?)?) | dados\s+d[oa]s?\s+autor(?:es|as?)? | über\s+(?:den|die)\s+autor(?:en|innen|in)?
    | (?:zum|zur|zu\s+den)\s+autor(?:en|innen|in)? | (?:à\s+propos|au\s+sujet)\s+(?:de\s+l['’]|des\s+)aut(?:eurs?|rices?) | notices?\s+biographiques?
    | (?:sull['’]|informazioni\s+sull['’]|sugli\s+|notizie\s+sull['’])aut(?:or[ei]|rice) | (?:сведения\s+|информация\s+)?об\s+автор(?:е|ах)
    | (?:відомості\s+)?про\s+автор(?:а|ів) | o\s+aut(?:or(?:ze|ach|ovi|ech)|orach) | om\s+f(?:ö|o)rfatt(?:aren|arna|eren|erne) | over\s+de\s+auteurs?
    | (?:附录|附錄|付録|부록)(?:\s?[A-Z\d一二三]{1,3})?(?:\s?[:：].{1,60})? | 致谢 | 致謝 | 谢辞 | 謝辞 | 감사의\s?글
    | yazar(?:lar)?\s+hakkında | tentang\s+penulis | 作者简介 | 作者簡介 | 著者紹介 | 저자\s?소개
    | figure\s+(?:legends?|captions?) | list\s+of\s+(?:figures|tables) | tables?\s+and\s+figures? | (?:figure|fig\.?|table)\s+[S\d]\d*[.:]
    | conflicts?\s+of\s+interests? | competing\s+interests? | declarations?\b | disclosures?\b | funding\b | ethic(?:s|al)\b.{0,40}
    | data\s+(?:and\s+\w+\s+)?availability.{0,30} | abbreviations | glossary | index | footnotes? | endnotes? | notes? | correspondence | how\s+to\s+cite.{0,40}
    | publisher['’]s\s+note.{0,30} | pre-?publication\s+history | received\b.{0,60} | copyright\b.{0,60}
    )[\s:.*_]*$"""
)
"""A heading behind the list: what follows is no part of it."""

RECOMMENDED = re.compile(
    r"(?im)^[\s#*_\d.]{0,12}(?:further|additional|recommended|suggested|selected)\s+(?:readings?|sources|literature)[\s:*_#]*$"
    r"|^[\s#*_\d.]{0,12}(?:weiterführende\s+literatur|zum\s+weiterlesen|lecturas?\s+(?:recomendadas?|complementarias?)|leituras?\s+(?:recomendadas?|complementares?)"
    r"|pour\s+(?:en\s+savoir\s+plus|aller\s+plus\s+loin)|letture\s+consigliate)[\s:*_#]*$"
)
"""The headings of lists that are not meant to be cited, in a whole text."""
