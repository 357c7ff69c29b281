"""Words that announce a field of an entry or belong to one: what the field labeller is told about a token.

The labeller was trained with these classes: a word that moves to another class, or a new one, asks for new training.
"""

from __future__ import annotations

from refaudit.words.months import ENGLISH, MONTHS, SEASONS

_SHORT_MONTHS = "may june july fev abr mai ago set out dez mayo ene dic juni juli mär okt märz maio juin août mars".split()
_BY_KIND = {
    "and": "and und et y e og och en ve with & и u",
    "in": "in em en dans nel",
    "page": "p pp pag pages page pág págs s pgs paginas páginas стр с",
    "volume": "vol v volume bd band jg jahrgang tome t tomo vols том т",
    "issue": "no nr n nº n° núm num number issue iss heft h fasc nos № вып",
    "editor": "ed eds edited editor editors hrsg hg hgg org orgs coord coords comp comps dir éd éds cura curatore red "
    "organizador organizadores",
    "edition": "edition edn aufl auflage edição edición edizione édition rev ed. ausg",
    "al": "al others colaboradores cols",
    "month": " ".join(sorted({*ENGLISH, "sept", *SEASONS, *(name for name in MONTHS if len(name) > 4), *_SHORT_MONTHS})),
    "access": "retrieved available accessed disponível disponivel disponible verfügbar abgerufen zugriff acesso "
    "acessado consultado recuperado "
    "consulted cited disponibile consulté online internet url obtenido visited obtained",
    "from": "from at on sur su unter de del da do",
    "doi": "doi",
    "ident": "pmid pmcid arxiv isbn issn pubmed medline",
    "thesis": "thesis dissertation tese dissertação tesis thèse diss ph phd doctoral master's masters doutorado "
    "mestrado maestría habilitation",
    "report": "report technical working paper rep tech tr memo memorandum preprint relatório informe manuscript unpublished",
    "uni": "university universidade universidad università universität université univ institute institut instituto "
    "college school faculdade",
    "press": "press verlag editora editorial éditions edizioni publishers publishing books editore ed.ª publications "
    "publisher presses wiley springer "
    "elsevier sage routledge",
    "proc": "proceedings proc conference conf symposium workshop congress congresso anais meeting international annual "
    "atti tagungsband",
    "journal": "journal j rev revista review annals ann bulletin bull letters lett transactions trans archives arch "
    "zeitschrift acta int "
    "international magazine american european british",
    "particle": "van von der den del della di dos das du la le ter ten el al bin zu",
    "suffix": "jr sr iii iv filho neto júnior junior",
    "status": "press submitted prep forthcoming prelo accepted preparation print nd sd",
    "suppl": "suppl supplement supl pt part special esp especial spe",
}
KINDS: dict[str, str] = {}
"""Casefolded word -> class; of a word in several classes the first counts."""
for _kind, _listed in _BY_KIND.items():
    for _word in _listed.split():
        KINDS.setdefault(_word, _kind)
