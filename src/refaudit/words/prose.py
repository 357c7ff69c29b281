"""Words of running text around citations: capitalised ones that are no names, and those that lead a citation in."""

from __future__ import annotations

import re

from refaudit.words.forms import listed

# Capitalised words that stand before a year or a number in prose and are no author.
NOT_NAMES = frozenset(
    """figure figures fig figs table tables tab chapter chapters chap section sections sec equation equations eq eqs appendix box
    panel plate note notes step steps phase stage version versions v vol volume issue no number nos nr page pages p pp part article
    year years since until during before after between from in on at by for as of the a an this that these those see also e.g i.e
    cf viz experiment experiments study studies trial trials model models sample samples group groups case cases line lines item
    items question questions hypothesis hypotheses scheme supplementary supplement suppl file files movie video data dataset
    release edition ed update updated accessed retrieved published received accepted revised copyright doi isbn issn http https
    www act law directive regulation resolution convention agreement treaty constitution census censo recensement zensus survey wave season campaign
    olympics games cup summit conference congress symposium workshop meeting protocol decree bill order code
    abbildung abb tabelle kapitel abschnitt gleichung anhang siehe vgl jahr seit bis während
    figura figuras tabla tabela tablas tabelas cuadro quadro gráfico grafico capítulo capitulo sección seção anexo véase ver ano año
    tableau chapitre annexe voir année depuis tabella capitolo sezione vedi anno
    however moreover thus hence therefore although while when where whereas because if then here there but and or nor so yet
    recently currently today now later earlier finally overall first second third both all some many most other others such
    version protocol clause paragraph exhibit lemma theorem definition example algorithm""".split()
)

# Language -> the words that send the reader to a work, and "also".
_SEE_BY_LANGUAGE = {
    "en": "see cf",
    "de": "siehe vgl",
    "fr": "voir",
    "es": "véase ver",
    "pt": "ver veja",
    "it": "vedi cfr",
}
_ALSO_BY_LANGUAGE = {"en": "also", "de": "auch", "fr": "aussi", "es": "también", "pt": "também", "it": "anche"}
_SEE_ALSO = listed(_SEE_BY_LANGUAGE) | listed(_ALSO_BY_LANGUAGE)
SEE = "|".join(sorted(_SEE_ALSO))
"""Both, without stop, as a part of other patterns."""
LEADING_ON = rf"{SEE}|but|e\.g|in|apud|as|cited|reviewed|by|among\sothers|for\sreviews?"
"""What may lead from one work of a bracket to the next, without stop, as a part of other patterns."""
BEFORE_YEARS = r"orig|original|published|in|abstract|cited"
"""What may stand before a year alone in its bracket ("(original 1950)"), without stop, as a part of other patterns."""

# Words that may stand before the names inside a bracket.
PREFIXES = _SEE_ALSO | frozenset(
    """e.g eg e.g. i.e i.e. cf. compare but especially esp esp. particularly reviewed in by from after as cited
    quoted following sensu for example instance reviews review data adapted modified based on according to and including
    vgl. z.b z.b. etwa nach dazu hierzu par exemple p.ej por ejemplo ex exemplo
    apud citado por conforme segundo in contra pace such the similar results original see, inter alia more recently recent
    first described described reported discussed work studies study noted shown used proposed developed""".split()
)

# Before the line in which a paper says how it is cited itself.
OWN_CITATION = re.compile(
    r"(?:\b(?i:how\sto\scite|to\scite|please\scite|cite\sthis|(?:suggested|recommended|preferred)\scitation)|\bC(?:ite\sas|itation|ITATION)"
    r"|\b(?i:zitier(?:weise|vorschlag|hinweis)|zitieren\sals|cómo\scitar|para\scitar|citar\scomo|como\scitar|citação\ssugerida|pour\sciter"
    r"|comment\sciter|come\scitare|per\scitare|kaynak\sgöster|atıf\siçin|cara\smengutip)|引用格式|引用本文)[^.:：\n]{0,60}[:：][^\n]{0,80}$"
)
