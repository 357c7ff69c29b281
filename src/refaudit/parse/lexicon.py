"""Words that mean something to a citation parser, in the languages that manuscripts are written in. All folded."""

from __future__ import annotations

import re

PARTICLES = frozenset(
    "van von der den de del della dello dei degli di da do dos das du des la le les lo los el al af av ten ter te zu zum zur "
    "vom bin ibn ben abu san santa st st. saint 't 'd d' l' dal dalla d o' mac mc y e i".split()
)

# Between the last two names of a printed author list.
CONNECTORS = frozenset("and & y e et und u u. och og en ja ve i oraz a dan és și und/oder and/or &amp; with".split())

# Lower-case words inside the names of organisations.
ORGANISATION_WORDS = frozenset(
    "of the for and on in at to by de del la las los el do da dos das du des le les et und für der die das e y della delle di "
    "per pour para a och van voor en with an as".split()
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv januar jän jänner enero ene janeiro gennaio gen januari",
            "february feb février févr fév februar febr febrero fevereiro fev febbraio februari",
            "march mar mars märz marzo março maart mrz",
            "april apr avril avr abril abr aprile",
            "may mai mayo maio mag maggio mei",
            "june jun juin juni junio junho giugno giu",
            "july jul juillet juil juli julio julho luglio lug",
            "august aug août agosto ago augustus",
            "september sep sept septembre septiembre setembro set settembre",
            "october oct octobre oktober okt octubre outubro out ottobre ott",
            "november nov novembre noviembre novembro",
            "december dec décembre déc dezember dez diciembre dic dezembro dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
SEASONS = frozenset("spring summer autumn fall winter frühling frühjahr sommer herbst printemps été automne hiver".split())

# Capitalised words that stand before a year or a number in prose and are no author.
NOT_NAMES = frozenset(
    """figure figures fig figs table tables tab chapter chapters chap section sections sec equation equations eq eqs appendix box
    panel plate note notes step steps phase stage version versions v vol volume issue no number nos nr page pages p pp part article
    year years since until during before after between from in on at by for as of the a an this that these those see also e.g i.e
    cf viz experiment experiments study studies trial trials model models sample samples group groups case cases line lines item
    items question questions hypothesis hypotheses scheme supplementary supplement suppl file files movie video data dataset
    release edition ed update updated accessed retrieved published received accepted revised copyright doi isbn issn http https
    www act law directive regulation resolution convention agreement treaty constitution census survey wave season campaign
    olympics games cup summit conference congress symposium workshop meeting protocol decree bill order code
    abbildung abb tabelle kapitel abschnitt gleichung anhang siehe vgl jahr seit bis während
    figura figuras tabla tabela tablas tabelas cuadro quadro gráfico grafico capítulo capitulo sección seção anexo véase ver ano año
    tableau chapitre annexe voir année depuis tabella capitolo sezione vedi anno
    however moreover thus hence therefore although while when where whereas because if then here there but and or nor so yet
    recently currently today now later earlier finally overall first second third both all some many most other others such
    version protocol clause paragraph exhibit lemma theorem definition example algorithm""".split()
)

# Words that may stand before the names inside a bracket.
PREFIXES = frozenset(
    """see also e.g eg e.g. i.e i.e. cf cf. compare but especially esp esp. particularly reviewed in by from after as cited
    quoted following sensu for example instance reviews review data adapted modified based on according to and including
    siehe vgl vgl. z.b z.b. auch etwa nach dazu hierzu voir par exemple véase ver p.ej por ejemplo cfr vedi ex exemplo
    apud citado por conforme segundo in contra pace such the similar results original see, inter alia more recently recent
    first described described reported discussed work studies study noted shown used proposed developed""".split()
)

NO_DATE = {
    "n.d.": "n.d.", "nd": "n.d.", "n.d": "n.d.", "no date": "n.d.", "s.d.": "n.d.", "s.d": "n.d.", "s. d.": "n.d.",
    "s.f.": "n.d.", "s. f.": "n.d.", "o.j.": "n.d.", "o. j.": "n.d.", "n. d.": "n.d.", "sans date": "n.d.", "undated": "n.d.",
    "in press": "in press", "forthcoming": "in press", "in print": "in press", "im druck": "in press", "en prensa": "in press",
    "no prelo": "in press", "prelo": "in press", "sous presse": "in press", "in stampa": "in press", "im erscheinen": "in press",
    "to appear": "in press", "accepted": "in press", "submitted": "submitted", "under review": "submitted", "in review": "submitted",
    "in revision": "submitted", "in prep": "in prep", "in prep.": "in prep", "in preparation": "in prep", "unpublished": "unpublished",
}  # fmt: skip

# "et al." and its kin. The first letter stands first so that the search can skip to it.
ET_AL = re.compile(
    r"""(?x)[eEaA&yYuUvVdDmMiI等иИ](?<!\w[\s\S])(?:
      (?<=[eE])(?i:t\.?\s{0,4}al\b\.?|t\s+coll\b\.?|t\s+autres\b|\s+col(?:s|aboradores|aboradoras|egas)?\b\.?|\s+outros\b|\s+altri\b|n\s+anderen\b|\.a\.)
    | (?<=[aA])(?i:nd\s+(?:others|colleagues|co-?workers|collaborators)\b)
    | (?<=&)(?i:\s*al\b\.?)
    | (?<=[yY])(?i:\s+(?:col(?:s|aboradores|egas)?\b\.?|otros\b))
    | (?<=[uU])(?i:\.\s?a\.|nd\s+andere\b)
    | (?<=[vV])(?i:d\.|e\s(?:diğerleri|ark(?:adaşları|\.)))
    | (?<=[dD])(?i:kk\b\.?)
    | (?<=[mM])(?i:\.\s?fl\.|fl\.)
    | (?<=[iI])(?i:\s(?:wsp|in)\.)
    | (?<=[aA])(?i:\s(?:kol|spol)\.)
    | (?<=等)人?
    | (?<=[иИ])\s+др\b\.?
    )"""
)

# The printed label of an entry, with an optional bullet before it.
LABEL = re.compile(
    r"""(?x)^(?P<bullet>[-*•–—·▪◦‣∙●]\s+)?
    (?:\[\s?(?P<square>\d{1,4}[a-z]?|[A-Z][\w+&.'’-]{1,14}\d{2,4}[a-z]?)\s?\]\s*[.:)]?\s*
    | \((?P<round>\d{1,4})\)\s+
    | (?P<stop>\d{1,4})\s?(?:[.)\]]|:(?!\d))\s*(?=\S)
    | \^(?P<raised>\d{1,4})\^\s*
    | (?P<glued>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}|\d{1,3}(?=[^\W\d_a-z](?:\.\s?[^\W\d_]|[\w'’-]{1,30},\s)))\s?(?=[^\W\d_])
    | (?P<bare>\d{1,4})\s+(?=["“«(\[]?[^\W\d_a-z]|(?:van|von|de|del|della|di|da|du|dos|la|le|den|der|ten|ter|al|el)[\s-][^\W\d_a-z]))"""
)

# The headings that open a list of references.
_HEADINGS = """references reference list of cited listing literature works citations bibliography sources consulted notes and further reading
selected main primary secondary bibliographic bibliographical bibliographies
literatur literaturverzeichnis literaturangaben literaturhinweise literaturliste quellen quellenverzeichnis bibliographie bibliografie
schrifttum referenzen und zitierte verwendete
références bibliographiques bibliographie ouvrages cités citées liste des sources et
referencias bibliográficas bibliografía obras citadas literatura citada fuentes y consultada lista de
referências bibliográficas bibliografia referenciadas fontes consultadas e
riferimenti bibliografici bibliografia citata opere fonti bibliografiche
literatuur literatuurlijst referenties bronnen bronnenlijst geraadpleegde
referenser källor källförteckning litteraturförteckning referencer litteratur litteraturliste referanser kilder lähteet kirjallisuus
literatura bibliografia piśmiennictwo irodalom irodalomjegyzék kaynakça kaynaklar"""
_HEADING_WORDS = frozenset(_HEADINGS.split())
_HEADING_CORE = frozenset(
    """references reference bibliography literature citations sources literatur literaturverzeichnis literaturangaben literaturhinweise
    literaturliste quellen quellenverzeichnis bibliographie bibliografie schrifttum referenzen références cités bibliographiques
    referencias bibliografía citadas citada referências bibliografia bibliográficas riferimenti bibliografici citata literatuur
    literatuurlijst referenties bronnen bronnenlijst referenser källor källförteckning litteraturförteckning referencer litteratur
    litteraturliste referanser kilder lähteet kirjallisuus literatura piśmiennictwo irodalom irodalomjegyzék kaynakça kaynaklar
    cited reading bibliographical""".split()
)
_OTHER_SCRIPTS = re.compile(
    r"(?:主要)?(?:参考文献|參考文獻|参考资料|引用文献|文献)|참고\s?문헌|(?:список\s+)?(?:использованн\w+\s+)?(?:литератур[аы]|источник\w+)|библиография"
    r"|المراجع|المصادر|منابع|βιβλιογραφία|ביבליוגרפיה|מקורות"
)
_HEADING_FRAME = re.compile(r"^[\s#*_>|]*(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-Z][.)])[\s)]+)?|[\s:.*_#|—–-]+$")


def reference_heading(line: str) -> bool:
    """Whether a line by itself is the heading of a list of references, in any of the languages known."""
    if not 2 <= len(line) <= 90:
        return False
    bare = _HEADING_FRAME.sub("", line).strip().casefold()
    if _OTHER_SCRIPTS.fullmatch(bare):
        return True
    found = re.findall(r"[^\W\d_]+", bare)
    return (
        1 <= len(found) <= 5
        and all(word in _HEADING_WORDS for word in found)
        and any(word in _HEADING_CORE for word in found)
        and not re.search(r"[.,;!?]\s*\w", bare)
    )


# The headings that close it.
CLOSING = re.compile(
    r"""(?ix)^[\s\#*_>]*(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s+|[A-Z]\.\s+)?(?:
      (?:supplement(?:ary|al)|supporting|additional)\s+(?:materials?|information|data|files?|figures?|tables?|references?)
    | (?:appendi(?:x|ces)|annex(?:es|e)?|anexos?|apêndices?|apéndices?|anhang|allegat[oi])\b(?:\s+[A-Z\d]{1,4})?(?:\s?[.:–—-]\s.{1,80})?
    | acknowledge?ments? | agradecimientos | agradecimentos | remerciements | danksagung | ringraziamenti
    | author(?:s['’]?|['’]s)?\s+(?:contributions?|information|notes?|biograph(?:y|ies)|details) | about\s+the\s+authors? | biographical\s+notes?
    | figure\s+(?:legends?|captions?) | list\s+of\s+(?:figures|tables) | tables?\s+and\s+figures? | (?:figure|fig\.?|table)\s+[S\d]\d*[.:]
    | conflicts?\s+of\s+interests? | competing\s+interests? | declarations?\b | disclosures?\b | funding\b | ethic(?:s|al)\b.{0,40}
    | data\s+(?:and\s+\w+\s+)?availability.{0,30} | abbreviations | glossary | index | footnotes? | endnotes? | notes? | correspondence | how\s+to\s+cite.{0,40}
    | publisher['’]s\s+note.{0,30} | pre-?publication\s+history | received\b.{0,60} | copyright\b.{0,60}
    )[\s:.*_]*$"""
)

# Before the line in which a paper says how it is cited itself.
OWN_CITATION = re.compile(
    r"(?:\b(?i:how\sto\scite|to\scite|please\scite|cite\sthis|(?:suggested|recommended|preferred)\scitation)|\bC(?:ite\sas|itation|ITATION)"
    r"|\b(?i:zitier(?:weise|vorschlag|hinweis)|zitieren\sals|cómo\scitar|para\scitar|citar\scomo|como\scitar|citação\ssugerida|pour\sciter"
    r"|comment\sciter|come\scitare|per\scitare|kaynak\sgöster|atıf\siçin|cara\smengutip)|引用格式|引用本文)[^.:：\n]{0,60}[:：][^\n]{0,80}$"
)
