"""What LaTeX commands and environments do with their arguments, as far as running text and citations are concerned."""

from __future__ import annotations

import re

from refaudit.model import MarkKind

HEADINGS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
    "subparagraph": 6,
    "title": 1,
}

MARKS = {
    "emph": MarkKind.ITALIC, "textit": MarkKind.ITALIC, "textsl": MarkKind.ITALIC, "mkbibemph": MarkKind.ITALIC,
    "textbf": MarkKind.BOLD, "mkbibbold": MarkKind.BOLD, "textsuperscript": MarkKind.SUPERSCRIPT,
    "mkbibsuperscript": MarkKind.SUPERSCRIPT,
}  # fmt: skip

NOTES = frozenset({"footnote", "footnotetext", "endnote", "endnotetext", "thanks", "marginpar", "sidenote"})

# Number of braced arguments that print nothing.
DROPPED = {
    "label": 1, "ref": 1, "eqref": 1, "pageref": 1, "autoref": 1, "cref": 1, "Cref": 1, "nameref": 1, "vref": 1, "crefrange": 2,
    "includegraphics": 1, "usepackage": 1, "RequirePackage": 1, "documentclass": 1, "bibliographystyle": 1, "vspace": 1,
    "hspace": 1, "pagestyle": 1, "thispagestyle": 1, "setlength": 2, "addtolength": 2, "setcounter": 2, "addtocounter": 2,
    "newcounter": 1, "stepcounter": 1, "refstepcounter": 1, "hypersetup": 1, "geometry": 1, "graphicspath": 1, "index": 1,
    "glossary": 1, "newglossaryentry": 2, "newacronym": 3, "addcontentsline": 3, "markboth": 2, "markright": 1, "fontsize": 2,
    "color": 1, "definecolor": 3, "pagecolor": 1, "rule": 2, "newtheorem": 2, "theoremstyle": 1, "hyphenation": 1,
    "pgfplotsset": 1, "tikzset": 1, "usetikzlibrary": 1, "lstset": 1, "captionsetup": 1, "DeclareGraphicsExtensions": 1,
    "PassOptionsToPackage": 2, "setcitestyle": 1, "bibpunct": 6, "email": 1, "orcid": 1, "affil": 1, "affiliation": 1,
    "address": 1, "institute": 1, "author": 1, "date": 1, "institution": 1, "keywords": 0, "phantom": 1, "hphantom": 1,
    "vphantom": 1, "cline": 1, "cmidrule": 1, "midrule": 0, "bibitemStart": 0, "selectlanguage": 1, "setmainfont": 1,
    "setdefaultlanguage": 1, "setmainlanguage": 1, "titleformat": 5, "titlespacing": 4, "linespread": 1, "enlargethispage": 1,
    "includepdf": 1, "fancyhead": 1, "fancyfoot": 1, "lhead": 1, "rhead": 1, "chead": 1, "lfoot": 1, "rfoot": 1, "cfoot": 1,
    "ExecuteBibliographyOptions": 1, "DeclareFieldFormat": 2, "DeclareMathOperator": 2, "DeclareUnicodeCharacter": 2,
    "renewbibmacro": 2, "newbibmacro": 2, "AtBeginDocument": 1, "AtEndDocument": 1, "bibliographyfont": 0, "SetKwInOut": 2,
    "lstinputlisting": 1, "verbatiminput": 1, "inputminted": 2, "bibinfo": 1, "bibfield": 1, "href@noop": 1, "bibfnamefont": 0,
    "citestyle": 1, "citeindextrue": 0, "notag": 0, "tag": 1, "newif": 0, "providecolor": 3, "colorlet": 2, "csname": 0,
    "providetoggle": 1, "newtoggle": 1, "toggletrue": 1, "togglefalse": 1, "defbibheading": 2, "defbibfilter": 2,
    "defbibnote": 1, "DeclareSourcemap": 1, "printbibliography": 0, "printbibheading": 0, "DeclareLanguageMapping": 2,
    "citesetup": 1, "bibcite": 2, "tableofcontents": 0, "citeindexfalse": 0, "SetCiteCommand": 1, "AtEveryCitekey": 1,
    "AtEveryBibitem": 1, "AtEveryCite": 1, "DeclareCiteCommand": 5, "DeclareMultiCiteCommand": 3, "DeclareAutoCiteCommand": 3,
    "citereset": 0, "citetrackertrue": 0, "citetrackerfalse": 0, "newcites": 2, "Sexpr": 1, "bibsep": 0, "citenamefont": 0, "bibnamefont": 0,
}  # fmt: skip

# Number of braced arguments before the one that prints.
BEFORE = {
    "textcolor": 1, "colorbox": 1, "fcolorbox": 2, "multicolumn": 2, "multirow": 2, "parbox": 1, "raisebox": 1, "resizebox": 2,
    "scalebox": 1, "rotatebox": 1, "foreignlanguage": 1, "textlang": 1, "hyperlink": 1, "hypertarget": 1, "adjustbox": 1,
    "makecell": 0, "bibAnnote": 1, "iftoggle": 1, "footnotemark": 0,
}  # fmt: skip

VERBATIM = frozenset(
    [
        "verbatim",
        "verbatim*",
        "Verbatim",
        "lstlisting",
        "minted",
        "code",
        "comment",
        "alltt",
        "filecontents",
        "filecontents*",
        "algorithm2e",
        "listing",
        "luacode",
        "sagesilent",
        "pycode",
        "BVerbatim",
        "LVerbatim",
        "SaveVerbatim",
    ]
)
DISPLAY = frozenset(
    [
        "equation",
        "equation*",
        "align",
        "align*",
        "gather",
        "gather*",
        "multline",
        "multline*",
        "eqnarray",
        "eqnarray*",
        "displaymath",
        "math",
        "flalign",
        "flalign*",
        "alignat",
        "alignat*",
        "dmath",
        "dmath*",
        "IEEEeqnarray",
        "IEEEeqnarray*",
        "subequations",
    ]
)
DRAWINGS = frozenset({"tikzpicture", "pgfpicture", "circuitikz", "forest"})
LISTS = frozenset(
    {"itemize", "enumerate", "description", "compactitem", "compactenum", "inparaenum", "itemize*", "enumerate*", "tasks"}
)
NUMBERED = frozenset({"enumerate", "compactenum", "inparaenum", "enumerate*"})
TABLES = {"tabular": 1, "tabular*": 2, "tabularx": 2, "tabulary": 2, "longtable": 1, "array": 1, "tabu": 1, "supertabular": 1,
          "xltabular": 2, "tblr": 1, "longtblr": 1}  # fmt: skip
ENVIRONMENT_ARGUMENTS = {"thebibliography": 1, "minipage": 1, "wrapfigure": 2, "wraptable": 2, "multicols": 1, "spacing": 1,
                         "adjustwidth": 2, "adjustbox": 1, "otherlanguage": 1, "otherlanguage*": 1, "subfigure": 1, "subtable": 1,
                         "textblock": 1, "list": 2, "column": 1, "refsection": 0, "CJK": 2, "CJK*": 2}  # fmt: skip
FLOATS = frozenset(
    {"figure", "figure*", "table", "table*", "wrapfigure", "wraptable", "abstract", "quote", "quotation", "center", "titlepage"}
)

ABOUT_CITING = re.compile(r"[cC]ite|[bB]ib|label|ref$")
"""Dropped commands in whose arguments a citation command cites nothing: they set citing up."""

CITE = re.compile(
    r"[A-Za-z]*[cC]ite[A-Za-z]*|shortcites?|bibentry|[Cc]itation"
    r"|(?:foreign|hyphen)?(?:text|block)cquote|hybridblockcquote|displaycquote"
)
"""Command names of the citation families: LaTeX, natbib, biblatex, apacite, jurabib, abntex, harvard, csquotes."""

NOT_CITE = frozenset(
    [
        "citestyle",
        "citeoption",
        "setcitestyle",
        "citetext",
        "citesetup",
        "bibcite",
        "citereset",
        "DeclareCiteCommand",
        "AtEveryCitekey",
        "AtEveryCite",
        "citenamefont",
        "citeindextrue",
        "citeindexfalse",
        "citetrackertrue",
        "citetrackerfalse",
        "newcites",
        "DeclareMultiCiteCommand",
        "DeclareAutoCiteCommand",
        "SetCiteCommand",
        "citeform",
        "citeleft",
        "citeright",
        "citemid",
        "citepunct",
        "citedash",
        "newcite@",
        "citenumfont",
        "citename",
        "excite",
        "incite",
        "citesep",
        "providecite",
        "citetitlefont",
        "citeprepunct",
        "citeguide",
        "recite",
    ]
)


def cites(name: str) -> bool:
    """Whether a command, named without its backslash, cites."""
    return CITE.fullmatch(name) is not None and name not in NOT_CITE


MULTI = re.compile(r"(?:[Aa]uto|[Tt]ext|[Pp]aren|[Ff]oot|[Ss]mart|super|[Nn]ote)?[Cc]ites(?:text)?|(?:foot)?fullcites")
VOLUME = re.compile(
    r"[fF]?(?:vol|pvol|fvol|svol|tvol|avol|ftvol)cites?|(?:Vol|Pvol|Svol|Tvol|Avol)cites?|(?:foreign|hyphen)(?:text|block)cquote|hybridblockcquote"
)
"""An argument before the key: the volume, the language."""
DEFINITIONS = frozenset(
    [
        "newcommand",
        "renewcommand",
        "providecommand",
        "DeclareRobustCommand",
        "newrobustcmd",
        "NewDocumentCommand",
        "RenewDocumentCommand",
        "DeclareDocumentCommand",
        "ProvideDocumentCommand",
        "def",
        "gdef",
        "edef",
        "xdef",
        "let",
        "newenvironment",
        "renewenvironment",
        "NewDocumentEnvironment",
    ]
)
