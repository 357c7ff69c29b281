"""Words by which a name is an organisation's, and the small words inside such names."""

from __future__ import annotations

from refaudit.words.forms import listed

# What only organisations are called.
NOUNS = listed(
    {
        "en": """university institute institution ministry department committee commission council association society organization
        organisation agency centre center foundation bank bureau office group consortium company team federation network collaboration
        initiative project program programme panel board administration authority service services corporation corp inc ltd llc plc
        press staff government republic union parliament cabinet congress party collaborators investigators registry task force survey
        museum library academy school college hospital laboratory observatory community communities partnership alliance forum league
        coalition assembly court tribunal secretariat fund trust nations""",
        "de": "institut ministerium gesellschaft zentrum amt bundesamt bundesministerium verband verein stiftung universität gmbh ag",
        "fr": "ministère comité société organisation agence fondation université conseil secrétariat",
        "es": "instituto ministerio departamento comité comisión asociación sociedad organización agencia centro fundación grupo"
        " universidad gobierno república secretaría consejo",
        "pt": "instituto ministério departamento comitê comissão associação sociedade organização agência centro fundação grupo"
        " universidade governo república secretaria conselho",
        "it": "istituto ministero comitato commissione associazione società organizzazione agenzia fondazione università governo consiglio",
        "nl": "ministerie stichting vereniging universiteit raad",
        "sv": "socialstyrelsen myndigheten universitet departementet",
        "ru": "министерство институт университет академия комитет комиссия общество организация агентство центр фонд федерация совет",
        "tr": "bakanlığı üniversitesi kurumu",
        "pl": "ministerstwo instytut uniwersytet urząd",
        "id": "kementerian badan universitas",
        "vi": "bộ",
    }
) - {"ag", "bộ", "amt"}  # fmt: skip
# What organisations are called by beside a noun; a person's name may hold one too.
ADJECTIVES = frozenset(
    """federal national nacional international internacional world global united european american british health saúde salud brasil
    state states study trial working research editorial statistics estatística estadística academia""".split()
)
SMALL = frozenset(
    "of the for and on in at to by de del la las los el do da dos das du des le les et und für der die das e y della delle di "
    "per pour para a och van voor en with an as".split()
)
"""Lower-case words inside the names of organisations."""
# The beginnings of words that name the house of a thesis or report, whatever their ending.
INSTITUTION = (
    r"\b\w*(?:univ|institu|college|school|academ|facult|politec|polytech|hochschul|escola|escuela|école|department|center|centre"
    r"|ministry|bureau|bank|agency|office|organi[sz]ation|commission|council|foundation|association|press|publish)\w*"
)
