"""From a printed list of authors or editors to names: family, given, particle, suffix; organisations stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from refaudit.model import Name
from refaudit.words import connectors, roles
from refaudit.words.et_al import cut_short
from refaudit.words.organisations import ADJECTIVES, NOUNS
from refaudit.words.particles import LINKING, PARTICLES
from refaudit.words.suffixes import SUFFIXES

_WEAK = "|".join(sorted(connectors.WEAK))
_JOINT = re.compile(
    rf"(;|,|，|、|&|\+|/(?=\s)|(?<!von )\b(?:{'|'.join(connectors.WORDS)}|with)\b(?!\s*al\b)"
    rf"|(?<=[\s.,])(?:AND|UND|OCH)(?=\s)|\b[{''.join(sorted(connectors.LETTERS))}]\b(?=\s+[^\W\d_])|\bu\.(?=\s)"
    rf"|(?<=\.\s)(?:{_WEAK})(?=\s[^\W\d_a-z]))"
)
# Cyrillic and Greek letters that are written with two or three Latin ones.
_DIGRAPHS = frozenset(("Yu", "Ya", "Ch", "Th", "Ph", "Zh", "Jr", "Chr"))
_TAIL = 48  # characters at the end of a list that may say "et al." or "(Eds.)"
_HAN = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]")


@lru_cache(maxsize=4096)
def is_organisation(text: str) -> bool:
    """Whether a printed author reads as an organisation: it holds a word that only organisations carry."""
    words = [word.strip(".,()'’").casefold() for word in text.split()]
    return any(word in NOUNS or word in ADJECTIVES for word in words)


def split_names(text: str) -> tuple[tuple[Name, ...], bool]:
    """The names of a printed list in order, and whether the list was cut short ("et al.").

    Reads "Family, G. G.", "Family GG", "G. G. Family", "Given Family", inverted first names ("Smith, John, and Mary
    Doe") and semicolon lists. Linear in the length of ``text``; never raises.
    """
    text = text.strip()[:4000]
    text, cut = cut_short(text)
    text = roles.LEAD.sub(
        "", roles.BEHIND.sub("", text.rstrip(" .,:;")) if roles.BEHIND.search(text, max(0, len(text) - _TAIL)) else text
    )
    if not cut:
        text, cut = cut_short(text)
    text = text.strip().lstrip("-–—,;.: ").rstrip(",;: ")
    if text.endswith(".") and "." not in text[:-1] and re.search(r"[\w’'-]{2}\s[^\W\d_a-z]{1,3}\.$", text):
        text = text[:-1]  # "Smith JP, Doe M." : the stop ends the list
    if text.endswith(".") and text[:-1].split(" ")[-1].casefold() in PARTICLES:
        text = text[:-1]  # "PAIVA, Manuel Henriques de."
    if not text:
        return (), cut
    if ";" in text:
        return tuple(name for piece in text.split(";") for name in _piece(piece)), cut
    return tuple(_sequence(_chunks(text))), cut


def organisation(text: str) -> Name | None:
    """An organisation kept whole, without the punctuation around it."""
    text = re.sub(r"\s+", " ", text).strip().strip(",;:").strip()
    if text.endswith(".") and not re.search(r"\b(?:Inc|Ltd|Co|Corp|[A-Z])\.$", text):
        text = text.rstrip(". ")
    return Name(literal=text) if text else None


def _chunks(text: str) -> list[tuple[str, str]]:
    """The stretches between separators, each with the separator before it."""
    found: list[tuple[str, str]] = []
    at, before = 0, ""
    for joint in _JOINT.finditer(text):
        piece = text[at : joint.start()].strip()
        if piece:
            found.append((before, piece))
            before = joint.group(1)
        elif found:
            before = joint.group(1)
        at = joint.end()
    piece = text[at:].strip()
    if piece:
        found.append((before, piece))
    return found


def _piece(text: str) -> list[Name]:
    """The names of one part of a list separated by semicolons."""
    chunks = _chunks(text)
    if len(chunks) == 2 and chunks[1][0] == "," and not _plainly_initials(chunks[0][1]):
        return [person(chunks[0][1], chunks[1][1])]
    return _sequence(chunks)


@lru_cache(maxsize=4096)  # asked again and again of the same stretches of a list
def is_initials(text: str) -> bool:
    """Whether a stretch is nothing but initials: "J.", "J.-P.", "JP", "A B"."""
    bare = text.strip(" ,")
    if not bare or len(bare) > 24 or not bare[0].isalpha():
        return False
    if bare.isalpha():
        return len(bare) == 1 or (len(bare) <= 4 and bare.isupper())
    return all(
        len(part) == 1 or (len(part) <= 3 and part.isupper()) or part in _DIGRAPHS
        for part in re.split(r"[\s.\-‐–]+", bare)
        if part
    )


def _plainly_initials(text: str) -> bool:
    """Initials that cannot be a short family name in capitals: one letter, or letters with stops or hyphens."""
    bare = text.strip(" ,")
    return is_initials(bare) and ("." in bare or all(len(part) == 1 for part in re.split(r"[\s\-‐–]+", bare)))


def _closing_initials(words: Sequence[str]) -> bool:
    """Whether the last word is initials; after families in capitals only one or two letters are ("LIMA JP", not "VAN DIJK")."""
    last = words[-1]
    if not is_initials(last):
        return False
    capitals = all(word.isupper() for word in words[:-1]) and any(len(word) > 2 for word in words[:-1])
    return not capitals or len(last) < 3 or "." in last or "-" in last


def _is_suffix(text: str) -> bool:
    return text.strip(" ,").casefold() in SUFFIXES


def _has_initials(text: str) -> bool:
    """Whether the first or last word of a stretch is initials, so that it holds a whole name."""
    words = _before_particle(text).split()
    if words and words[-1].rstrip(".") in ("Jr", "Sr", "III"):  # "Smith Jr.", but "Scott MD"
        words.pop()
    return len(words) > 1 and (_closing_initials(words) or (_plainly_initials(words[0]) and not is_initials(text)))


def _sequence(chunks: list[tuple[str, str]]) -> list[Name]:
    if _all_pairs(chunks):
        return [person(chunks[at][1], chunks[at + 1][1]) for at in range(0, len(chunks), 2)]
    if _all_given_first(chunks):
        return [whole(text) for _, text in chunks]
    names: list[Name] = []
    index = 0
    inverted = any(is_initials(text) for _, text in chunks[1:])
    while index < len(chunks):
        before, text = chunks[index]
        following = chunks[index + 1] if index + 1 < len(chunks) else ("", "")
        if _is_suffix(text) and names and not is_initials(following[1]):
            last = names[-1]
            names[-1] = Name(family=last.family, given=last.given, particle=last.particle, suffix=text, literal=last.literal)
            index += 1
            continue
        if following[1] and following[0] in (",", "，") and not _has_initials(text) and not is_organisation(text):
            pair = False
            if is_initials(_before_particle(following[1])) or _mixed_given(following[1]):
                pair = not _plainly_initials(text)
            elif not inverted and _given_like(following[1]) and _family_like(text):
                # "Smith, John" opens an inverted list; later pairs need a single-word family ("Smith, John, and Doe, Mary")
                pair = index == 0 or (len(text.split()) == 1 and before != ",")
                if index == 0 and len(chunks) > 2 and chunks[index + 2][0] == "," and len(text.split()) > 1:
                    pair = False
            if pair:
                names.append(person(text, following[1]))
                index += 2
                continue
        if is_initials(text) and names and not names[-1].given and not names[-1].literal:
            last = names[-1]
            names[-1] = Name(family=last.family, given=text, particle=last.particle, suffix=last.suffix)
        else:
            names.append(whole(text))
        index += 1
    return [name for name in names if name.family or name.literal]


def _all_given_first(chunks: list[tuple[str, str]]) -> bool:
    """Whether three names or more are printed as people say them ("Nils Kimber, Arno K. Jassen, and Xenia Lindt")."""
    return len(chunks) > 2 and all(
        1 < len(words := text.split()) <= 5
        and not is_organisation(text)
        and words[0][:1].isupper()
        and len(words[0].strip(".")) > 1
        and not words[0].isupper()
        and not any(is_initials(word) for word in (words[0], words[-1]))
        for _, text in chunks
    )


def _all_pairs(chunks: list[tuple[str, str]]) -> bool:
    """Whether families and given names alternate all through ("Wang, Li-Hua, Chen, Mei, & Zhao, Q."), some of them initials."""
    if len(chunks) < 4 or len(chunks) % 2 or not any(is_initials(text) for _, text in chunks[1::2]):
        return False
    return all(
        before == "," and (is_initials(given) or _mixed_given(given) or (_given_like(given) and len(given.split()) < 3))
        for before, given in chunks[1::2]
    ) and all(_family_like(family) and not _has_initials(family) and not _plainly_initials(family) for _, family in chunks[::2])


def _before_particle(text: str) -> str:
    """ "T. van den" without its particle."""
    words = text.split()
    while len(words) > 1 and words[-1] in PARTICLES:
        words.pop()
    return " ".join(words)


def _mixed_given(text: str) -> bool:
    """A given name with initials after it ("John P.", "Mary-Ann T. de")."""
    words = text.split()
    return 1 < len(words) <= 4 and is_initials(words[-1]) and words[-1].endswith(".") and "." not in words[0]


def _given_like(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= 4 and not is_organisation(text) and all(w[:1].isupper() or w.casefold() in PARTICLES for w in words)


def _family_like(text: str) -> bool:
    words = text.split()
    return 1 <= len(words) <= 4 and (len(words) <= 2 or any(w.casefold() in PARTICLES for w in words) or text.isupper())


def person(family: str, given: str) -> Name:
    """A name from its family part and its given part."""
    family, given = _tidy(family), _tidy(given, keep_dot=True)
    suffix = ""
    words = given.split()
    if len(words) > 1 and _is_suffix(words[-1]):
        suffix, given = words[-1], " ".join(words[:-1])
    family_words = family.split()
    if (
        len(family_words) > 1
        and _is_suffix(family_words[-1])
        and family_words[-1].casefold() in ("jr", "jr.", "sr", "sr.", "iii")
    ):
        suffix = suffix or family_words.pop()
        family = " ".join(family_words)
    return _prefixed(family, given, suffix)


def _prefixed(family: str, given: str, suffix: str = "") -> Name:
    """A name whose family may open with particles in lower case ("van den Berg"); particles after the given name stay there."""
    words = family.split()
    lead = 0
    while (
        lead < len(words) - 1
        and words[lead][:1].islower()
        and (words[lead].casefold() in PARTICLES or (lead and words[lead] in LINKING))
    ):
        lead += 1
    return Name(family=" ".join(words[lead:]), given=given, particle=" ".join(words[:lead]), suffix=suffix)


def whole(text: str) -> Name:
    """A name printed in one stretch: "Smith JP", "J. P. Smith", "John Smith", or an organisation."""
    text = _tidy(text, keep_dot=True)
    if not text:
        return Name()
    words = text.split()
    if len(words) == 1:
        glued = re.fullmatch(r"((?:[^\W\d_]\.[-‐]?){1,5})([^\W\d_][\w’'\-‐]+)\.?", text)
        if glued:
            return Name(family=glued.group(2), given=glued.group(1))
        return Name(family=text.rstrip("."))
    if is_organisation(text) or (len(words) > 6 and not _HAN.search(text)):
        return organisation(text) or Name()
    suffix = ""
    if len(words) > 2 and _is_suffix(words[-1]):
        suffix = words.pop()
    end = len(_before_particle(text).split()) if not suffix else len(words)
    if end > 1 and _closing_initials(words[:end]) and not _plainly_initials(words[0]) and not _short_first(words[:end]):
        cut = end - 1
        while cut > 1 and _plainly_initials(words[cut - 1]):
            cut -= 1
        return _prefixed(_tidy(" ".join(words[:cut])), " ".join(words[cut:]), suffix)
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in PARTICLES and words[cut - 1][:1].islower():
        cut -= 1
    if is_initials(words[0]):
        first = 0
        while first < len(words) - 1 and is_initials(words[first]):
            first += 1
        # "J. García Pérez": everything after the initials is the family, unless a full given name follows them.
        cut = first if len(words) - first <= 3 else cut
    return _prefixed(_tidy(" ".join(words[cut:])), " ".join(words[:cut]), suffix)


def _short_first(words: Sequence[str]) -> bool:
    """ "KM LEE": two words that could both be initials, the first the shorter."""
    return is_initials(words[0]) and len(words[-1].strip(".,")) > max(1, len(words[0]))


def _tidy(text: str, *, keep_dot: bool = False) -> str:
    text = " ".join(text.split()).strip(" ,;:()[]*")
    if not keep_dot or re.search(r"[^\W\d_]{4}\.$", text):
        return text.rstrip(". ")
    return text
