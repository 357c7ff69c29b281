"""TeX's way of writing characters: accents, symbols, quotes and dashes, read in one linear pass."""

from __future__ import annotations

import re
import unicodedata

_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
    "h": "\u0309", "G": "\u030f", "U": "\u030e",
}  # fmt: skip

SYMBOLS = {
    "ss": "ß", "SS": "SS", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",
    "ldots": "…", "dots": "…", "textellipsis": "…", "S": "§", "P": "¶", "copyright": "©", "textcopyright": "©",
    "textregistered": "®", "texttrademark": "™", "pounds": "£", "euro": "€", "texteuro": "€", "EUR": "€", "dag": "†",
    "ddag": "‡", "textdagger": "†", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "glqq": "„",
    "grqq": "“", "flqq": "«", "frqq": "»", "quotedblbase": "„", "quotesinglbase": "‚", "textquotedbl": '"',
    "textquotesingle": "'", "textbackslash": "\\", "textbar": "|", "textless": "<", "textgreater": ">",
    "textunderscore": "_", "textasciitilde": "~", "textasciicircum": "^", "textdegree": "°", "degree": "°",
    "textordfeminine": "ª", "textordmasculine": "º", "textperiodcentered": "·", "textbullet": "•", "textmu": "µ",
    "textexclamdown": "¡", "textquestiondown": "¿", "slash": "/", "TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e",
    "BibTeX": "BibTeX", "XeTeX": "XeTeX", "XeLaTeX": "XeLaTeX", "textvisiblespace": " ", "quad": " ", "qquad": " ",
    "space": " ", "nobreakspace": " ", "thinspace": " ", "bibrangedash": "–", "textnumero": "№", "textonehalf": "½",
    "lbrace": "{", "rbrace": "}", "textbraceleft": "{", "textbraceright": "}", "bibnamedash": "———", "cprime": "′",
}  # fmt: skip

MATH = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "times": "×", "pm": "±", "mp": "∓", "cdot": "·", "sim": "∼", "approx": "≈", "leq": "≤", "le": "≤",
    "geq": "≥", "ge": "≥", "neq": "≠", "to": "→", "rightarrow": "→", "leftarrow": "←", "infty": "∞", "ell": "ℓ",
    "circ": "°", "prime": "′", "in": "∈", "cup": "∪", "cap": "∩", "subset": "⊂", "partial": "∂", "nabla": "∇", "sum": "∑",
    "int": "∫", "lt": "<", "gt": ">", "star": "*", "ast": "*",
}  # fmt: skip

_LITERAL = {"&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", ",": " ",
            ";": " ", ":": " ", "!": "", "/": "", "-": "", "@": "", "(": "", ")": "", "[": "", "]": "", "\\": " ", "|": "‖",
            ">": " ", "*": "", "+": "", "<": ""}  # fmt: skip
_NAME = re.compile(r"\\([A-Za-z]+)\*?[ \t]*\n?[ \t]*")
_ACCENT_ARGUMENT = re.compile(
    r"[ \t]*(?:\{[ \t]*(?:\\([ij])[ \t]*|([^{}\\\s]?[\u0300-\u036f]*))\}|\\([ij])(?![A-Za-z])[ \t]?|([^\s{}\\$&%]))"
)


def accent(text: str, at: int) -> tuple[str, int] | None:
    r"""The letter with its accent that begins at ``text[at]`` (a backslash), and where it ends: ``\"u``, ``\c{c}``."""
    sign = text[at + 1 : at + 2]
    combining = _COMBINING.get(sign)
    if combining is None:
        return None
    after = text[at + 2 : at + 3]
    if sign.isalpha() and after not in ("{", " ", "\\"):
        return None  # \v is an accent, \vspace is not
    match = _ACCENT_ARGUMENT.match(text, at + 2)
    if match is None:
        return None
    base = {"i": "i", "j": "j"}.get(match[1] or match[3] or "", match[2] if match[2] is not None else match[4] or "")
    if sign == "t":
        return base, match.end()
    if not base:
        return {"~": "~", "^": "^"}.get(sign, ""), match.end()
    return unicodedata.normalize("NFC", base[0] + combining + base[1:]), match.end()


def symbol(text: str, at: int) -> tuple[str, int] | None:
    """The characters that the command at ``text[at]`` (a backslash) stands for, and where it ends; None if it is no symbol."""
    found = accent(text, at)
    if found:
        return found
    match = _NAME.match(text, at)
    if match is None:
        char = text[at + 1 : at + 2]
        return (_LITERAL[char], at + 2) if char in _LITERAL else None
    name = match[1]
    if name in SYMBOLS:
        end = match.end()
        if text.startswith("{}", end):
            end += 2
        return SYMBOLS[name], end
    return None


_QUICK = re.compile(r"[\\{}$~]|--|``|''|\s\s|[\n\t\r]")
_TOKEN = re.compile(r"[^\\{}$~\-`'\s^_]+|\s+|---?|``|''|.", re.DOTALL)
_SPACES = re.compile(r"\s+")
_GONE = re.compile(r"[ \t]*(?:\[[^\[\]{}]{0,40}\])?")
_VERBATIM = frozenset({"url", "nolinkurl", "path", "doi"})
_DROPPED = frozenset({"label", "index", "vspace", "hspace", "relax", "noopsort", "singleletter", "urlprefix"})


_QUOTED = re.compile(r"(?<![^\W\d_])\"|\"(?![^\W\d_])")
_SHORTHAND = re.compile(r"\"([aouAOUs])")
_UMLAUTS = {"a": "ä", "o": "ö", "u": "ü", "A": "Ä", "O": "Ö", "U": "Ü", "s": "ß"}
"""babel's shorthands for German, where every quotation mark of a text stands between two letters: f"ur, Ma"s."""


def _with_umlauts(text: str) -> str:
    if '"' not in text or _QUOTED.search(text):
        return text
    return _SHORTHAND.sub(lambda match: _UMLAUTS[match[1]], text)


def decode(text: str) -> str:
    """A short stretch of TeX (a field of a bibliography) as plain text with white space folded.

    Unknown commands vanish, their arguments stay. One pass, no recursion.
    """
    if not text or not _QUICK.search(text := _with_umlauts(text)):
        return text.strip()
    out: list[str] = []
    at, math = 0, False
    while at < len(text):
        if text[at] == "\\":
            found = symbol(text, at)
            if found:
                out.append(found[0])
                at = found[1]
                continue
            name = _NAME.match(text, at)
            if name is None:
                at += 2
                continue
            if (math and name[1] in MATH) or (name[1] in MATH and text[name.end() : name.end() + 1] != "{"):
                out.append(MATH[name[1]])
            at = name.end()
            if name[1] in _VERBATIM and text[at : at + 1] == "{":
                close = text.find("}", at)
                out.append(text[at + 1 : close if close >= 0 else len(text)])
                at = close + 1 if close >= 0 else len(text)
            elif name[1].lower() in _DROPPED and text[at : at + 1] == "{":
                close = text.find("}", at)
                at = close + 1 if close >= 0 else at
            else:
                gone = _GONE.match(text, at)
                at = gone.end() if gone and gone.end() > at and text[gone.end() : gone.end() + 1] == "{" else at
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            break
        sign = match[0]
        at = match.end()
        if sign == "$":
            math = not math
        elif sign in "{}" or (math and sign in "^_"):
            pass
        elif sign == "~":
            out.append(" ")
        elif sign == "``":
            out.append("“")
        elif sign == "''":
            out.append("”")
        elif sign == "--":
            out.append("–")
        elif sign == "---":
            out.append("—")
        else:
            out.append(sign)
    return _SPACES.sub(" ", "".join(out)).strip()
