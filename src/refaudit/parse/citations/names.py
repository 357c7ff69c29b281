"""Reading the names of a citation from running text, forwards inside a bracket and backwards before one."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from refaudit.model import Name
from refaudit.text import letters
from refaudit.words import organisations
from refaudit.words.connectors import CONNECTORS
from refaudit.words.et_al import PATTERN as ET_AL
from refaudit.words.months import CAPITALISED, SEASONS
from refaudit.words.particles import ARTICLES, PARTICLES
from refaudit.words.particles import CAPITALISED as LEADING
from refaudit.words.prose import NOT_NAMES

# A word may be broken at its hyphen over a line or page ("Nitza-\n\nMakowska").
TOKEN = re.compile(
    r"(?P<word>(?:[dDlLO]['’])?[^\W\d_](?:[\w'’ʼ´`‐‑\-–]*\w)?(?:-\s{1,6}(?=[^\W\d_a-z])[^\W\d_]\w+)?)(?P<stop>\.(?![^\W\d_]{2}))?|(?P<mark>[^\s\w])|(?P<number>\d+)"
)
_ARTICLE = re.compile(r"(?:al|el|ibn|ter)-[^\W\d_a-z]")
_BROKEN = re.compile(r"-\s+")
_ABBREVIATION = 8  # letters that the abbreviation of an organisation has at most
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-–]?){1,4}$")


def _unpossessed(word: str) -> str:
    """ "Breiman's" -> "Breiman"."""
    return word[:-2] if word.endswith(("'s", "’s")) else word


@dataclass(frozen=True, slots=True)
class Token:
    """A word, mark or number with its place in the text."""

    text: str
    start: int
    end: int
    kind: str  # "name", "lower", "mark", "number"
    stop: bool = False


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``; "et al." and its kin are one token of kind "etal"."""
    found: list[Token] = []
    at = start
    for etal in ET_AL.finditer(text, start, end):
        found.extend(_plain(text, at, etal.start()))
        found.append(Token(etal.group(), etal.start(), etal.end(), "etal"))
        at = etal.end()
    found.extend(_plain(text, at, end))
    return found


def _plain(text: str, start: int, end: int) -> list[Token]:
    found = []
    for match in TOKEN.finditer(text, start, end):
        value = match["word"]
        if value is None:
            found.append(Token(match.group(), match.start(), match.end(), "number" if match["number"] else "mark"))
        else:
            bare = _unpossessed(value)
            cased = (
                bare[0].islower() and not (len(bare) > 2 and bare[1] in "'’" and bare[2].isupper()) and not _ARTICLE.match(bare)
            )
            upper = not cased and not (bare in CONNECTORS and bare.upper() == bare.lower())
            found.append(Token(value, match.start(), match.end(), "name" if upper else "lower", match["stop"] is not None))
    return found


def is_initials(token: Token) -> bool:
    """ "J.", "H.U.", "AB", "J.-P." (a lone capital word of up to three letters counts only with a stop or when all capitals)."""
    bare = token.text
    return (
        token.kind == "name"
        and (len(bare) == 1 or bare.replace(".", "").replace("-", "").isupper())
        and bool(_INITIALS.match(bare))
        and (token.stop or "." in bare or (bare.isupper() and len(bare) <= 3))
    )


def is_name_word(token: Token, surnames: Container[str] = ()) -> bool:
    """A capitalised word that can be part of a name; words of other meanings ("May", "Page") are those that the list has.

    ``surnames`` holds the letters of the authors' surnames of the list.
    """
    bare = _unpossessed(token.text)
    return token.kind == "name" and (not is_word(bare) or letters(bare) in surnames) and any(char.isalpha() for char in bare)


def is_word(text: str) -> bool:
    """Whether a capitalised word is a month, a season or a common word rather than a name."""
    low = text.casefold()
    return low in NOT_NAMES or low in CAPITALISED or low in SEASONS


@dataclass(frozen=True, slots=True)
class Names:
    """Names read from a stretch: the list, whether it ends in "et al.", and how it was joined."""

    names: tuple[Name, ...]
    et_al: bool
    start: int
    end: int
    joined: bool  # a connector or several names
    organisation: bool


def backwards(found: Sequence[Token], *, bracketed: bool, semicolons: bool = False, surnames: Container[str] = ()) -> int:
    """The index at which the longest stretch of names that ends with the last token begins (``len(found)`` for none).

    A word that "et al." follows is a name whatever else it means.
    """
    index = len(found)
    start = index
    seen_name = False
    while index > 0:
        token = found[index - 1]
        low = token.text.casefold()
        following = found[index] if index < len(found) else None
        if token.kind == "etal":
            if seen_name:
                break
        elif token.kind == "name":
            if (
                is_name_word(token, surnames)
                or is_initials(token)
                or (following is not None and following.kind == "etal" and not seen_name)
            ):
                seen_name = True
                start = index - 1
            else:
                break
        elif token.kind == "lower":
            if (
                low in CONNECTORS
                and seen_name
                and index > 1
                and (found[index - 2].kind in ("name", "etal") or found[index - 2].text in ",;")
            ):
                pass
            elif (
                low in PARTICLES
                and following is not None
                and not _article(low, following, surnames)
                and (following.kind == "name" or following.text.casefold() in PARTICLES)
            ):
                start = index - 1
            elif (
                low in organisations.SMALL
                and seen_name
                and following is not None
                and (following.kind == "name" or following.text.casefold() in organisations.SMALL)
            ):
                pass
            else:
                break
        elif token.kind == "mark":
            if token.text in "&,’'":
                if token.text == "," and index == len(found):
                    index -= 1
                    continue
            elif token.text == ";" and semicolons:
                pass
            elif token.text in "–-/" and bracketed:
                pass
            elif _slash(found, index - 1):
                pass
            elif token.text == "." and seen_name and index > 1 and is_initials(found[index - 2]):
                pass
            else:
                break
        else:
            break
        if token.stop and token.kind == "name" and not is_initials(token) and seen_name and start != index - 1:
            break
        index -= 1
        if (
            token.kind == "name"
            and index > 0
            and found[index - 1].stop
            and found[index - 1].kind == "name"
            and not is_initials(found[index - 1])
            and low != "al"
        ):
            before = found[index - 1].text.casefold()
            if before not in ("jr", "sr", "st", "dr"):
                break
    return start


def _article(low: str, following: Token, surnames: Container[str]) -> bool:
    """Whether what could be a particle is the article before an abbreviation ("o INEP", "la OMS"), which has no particles."""
    return (
        low in ARTICLES
        and following.text.isupper()
        and 1 < len(following.text) <= _ABBREVIATION
        and letters(following.text) not in surnames
    )


def _slash(found: Sequence[Token], index: int) -> bool:
    """Whether a token is the stroke between two names ("Brake/Herfert"), with no space around it."""
    if found[index].text != "/" or not 0 < index < len(found) - 1:
        return False
    before, after = found[index - 1], found[index + 1]
    return is_name_word(before) and is_name_word(after) and before.end == found[index].start and after.start == found[index].end


def read(text: str, found: Sequence[Token], known: Callable[[Name], bool]) -> Names | None:
    """Names from tokens that ``backwards`` accepted. ``known`` tells whether the list of references has a first author."""
    found = list(found)
    while found and found[-1].kind == "mark":
        found.pop()
    if not found:
        return None
    et_al = False
    if found[-1].kind == "etal":
        et_al = True
        found.pop()
        while found and (found[-1].kind == "mark" or found[-1].text.casefold() in CONNECTORS):
            found.pop()
    found = [token for token in found if token.kind != "etal"]
    if not found:
        return None
    start, end = found[0].start, found[-1].end
    whole = _literal(text, found)
    several = any(
        (token.kind == "mark" and (token.text in ",;&" or _slash(found, index))) or token.text.casefold() in CONNECTORS
        for index, token in enumerate(found)
    )
    organisation = Name(literal=whole)
    if len(found) > 1 and known(organisation):
        return Names((organisation,), et_al, start, end, False, True)
    chunks = _chunks(found)
    names: list[Name] = []
    for chunk in chunks:
        name = _person(chunk, known)
        if name is None:
            continue
        if name.given and not name.family and names:  # "Smith, J." : the initials belong to the name before
            last = names[-1]
            names[-1] = Name(
                family=last.family, particle=last.particle, given=(last.given + " " + name.given).strip(), literal=last.literal
            )
        elif name.given and not name.family:
            continue
        else:
            names.append(name)
    if not names:
        return None
    if _organised(found, several):
        return Names((organisation,), et_al, start, end, False, True)
    return Names(tuple(names), et_al, start, end, several or et_al, bool(names[0].literal))


def _organised(found: Sequence[Token], several: bool) -> bool:
    words = [token.text.casefold() for token in found]
    lower = any(token.kind == "lower" and token.text.casefold() in ("of", "for", "the", "on", "für", "para") for token in found)
    ends = any(word in organisations.NOUNS for word in words)
    return len(found) > 1 and (lower or (ends and not several))


def _literal(text: str, found: Sequence[Token]) -> str:
    value = re.sub(r"\s+", " ", _BROKEN.sub("-", text[found[0].start : found[-1].end]))
    return _unpossessed(value)


def _chunks(found: Sequence[Token]) -> list[list[Token]]:
    chunks: list[list[Token]] = [[]]
    for index, token in enumerate(found):
        low = token.text.casefold()
        if (token.kind == "mark" and (token.text in ",;&" or _slash(found, index))) or (
            low in CONNECTORS
            and token.kind in ("lower", "mark")
            and not (low in ("y", "e", "i") and index + 1 < len(found) and found[index + 1].kind != "name")
        ):
            chunks.append([])
        elif token.kind != "mark":
            chunks[-1].append(token)
    return [chunk for chunk in chunks if chunk]


def _person(chunk: Sequence[Token], known: Callable[[Name], bool]) -> Name | None:
    """One person (or an organisation of several words) from the tokens between two separators."""
    chunk = list(chunk)
    given: list[str] = []
    while len(chunk) > 1 and is_initials(chunk[0]) and (chunk[0].stop or "." in chunk[0].text):
        given.append(chunk.pop(0).text)
    while len(chunk) > 1 and is_initials(chunk[-1]) and not (chunk[-1].text.isupper() and len(chunk[-1].text) > 2):
        given.append(chunk.pop().text)
    words = [_BROKEN.sub("-", _unpossessed(token.text)) for token in chunk]
    if not words or not any(token.kind == "name" for token in chunk):
        return None
    if len(chunk) == 1 and is_initials(chunk[0]) and (chunk[0].stop or "." in chunk[0].text):
        return Name(given=words[0])
    particle_count = 0
    while particle_count < len(words) - 1 and (
        chunk[particle_count].kind == "lower" or words[particle_count].casefold() in LEADING
    ):
        particle_count += 1
    particle, family = " ".join(words[:particle_count]), " ".join(words[particle_count:])
    whole = Name(family=family, particle=particle, given=" ".join(given))
    if len(words) - particle_count == 1 or known(whole):
        return whole
    for size in range(1, len(words)):  # the longest tail that the list knows; what stands before is a given name or prose
        tail = Name(
            family=" ".join(words[size:]), given=" ".join(words[:size]) if all(t.kind == "name" for t in chunk[:size]) else ""
        )
        if known(tail):
            return Name(family=tail.family, given=" ".join(given))
    return whole
