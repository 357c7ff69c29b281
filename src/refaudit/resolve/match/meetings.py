"""Are two names of meetings one? Names in full, acronyms, and what well-known acronyms stand for. Pure.

Meetings are printed in so many ways that only names with nothing in common are two; a meeting that is known by its acronym can be
told from a name in full that shares half of its words at most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from refaudit.resolve.match.container_names import content_words, shortens
from refaudit.text import fold, letters, words

# "CVPR", "NeurIPS 2020", "Proc. ICML '21"; and the same behind or within a name in full.
_ACRONYM = re.compile(r"(?:(?:Proc\.|Proceedings of)\s(?:the\s)?)?([A-Z][A-Za-z]{0,9}[A-Z])(?:\s?['’]?(?:[12][0-9])?[0-9]{2})?")
_BRACKETED = re.compile(r"\(([A-Z][A-Za-z]{0,9}[A-Z])(?:\s?['’]?[0-9]{2,4})?\)")
_WITHIN = re.compile(r"(?<![A-Za-z])([A-Z][A-Za-z]{0,9}[A-Z])(?![a-z])")

# What makes a name one of a meeting, and what one of a journal; in folded text.
_MEETS = re.compile(r"\b(?:conferences?|conf\.?|symposium|symposia|symp\.?|workshops?|congress|colloquium|convention|meeting)\b")
_APPEARS = re.compile(r"\b(?:journal|transactions|annals|quarterly)\b")
# Meetings that are also known by another name than their acronym's letters, each by words of all its names; half of them publish
# under their acronym alone in the lists of computing.
_NAMES = {
    "aaai": "association advancement american artificial intelligence national innovative applications",
    "acl": "association computational linguistics annual meeting",
    "aistats": "artificial intelligence statistics",
    "colt": "computational learning theory",
    "corl": "robot learning",
    "cvpr": "computer vision pattern recognition",
    "eccv": "european computer vision",
    "emnlp": "empirical methods natural language processing",
    "iccv": "computer vision",
    "iclr": "learning representations",
    "icml": "machine learning",
    "ijcai": "joint artificial intelligence",
    "naacl": "north american chapter association computational linguistics human language technologies",
    "neurips": "neural information processing systems advances",
    "nips": "neural information processing systems advances",
    "uai": "uncertainty artificial intelligence",
}
# Words of the names of so many meetings and journals that they tell none apart.
_COMMON = frozenset(
    """conference conferences conf symposium symposia symp workshop workshops congress colloquium convention meeting meetings
    annual annu international intl int national joint proceedings proc record companion extended abstracts papers volume vol part
    acm ieee ieeecvf cvf ifip usenix aaai spie siam rsj european euro asian asia pacific pac american north south eastern western
    world series track tracks main
    journal transactions trans annals quarterly letters advances recent research""".split()
)
_ORDINAL = re.compile(r"(?:[a-z]{2,12}(?:ie)?th|first|second|third|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|st|nd|rd|th)")
# How much of a name in full a well-known meeting may share and still be another one.
_SHARED = 0.5


def other_meeting(cited: str, containers: Sequence[str]) -> bool:
    """Whether a cited meeting is none of those under whose names a paper of proceedings is registered.

    A series of books beside the meeting's name says nothing, so that every registered name must be a meeting's.
    """
    cited = cited.strip()
    if not containers:
        return False
    if acronym := _ACRONYM.fullmatch(cited):
        return _other_acronym(letters(acronym[1]), containers)
    known = [_known(name) for name in containers]
    if not all(names or _MEETS.search(fold(name)) for names, name in zip(known, containers, strict=True)):
        return False
    if not (_MEETS.search(fold(cited)) or (all(known) and _APPEARS.search(fold(cited)))):
        return False
    registered = {word for name in containers for word in _telling(name)} | {word for names in known for word in names}
    if not registered or _by_acronym(cited, containers):
        return False
    # behind a comma stands a place and a date, or the rest of the name: neither reading may leave them one
    return all(_tells(_telling(text), registered, known=all(known)) for text in (cited, cited.partition(",")[0]))


def _tells(printed: Sequence[str], registered: AbstractSet[str], *, known: bool) -> bool:
    """Whether the telling words of a name are those of another meeting; ``known``: all words of the registered names are."""
    shared = [any(_alike(word, other) for other in registered) for word in printed]
    if not known:
        return bool(shared) and not any(shared)
    # what stands before a name narrows it ("Quantum Machine Learning"), what follows may not belong to it
    return bool(shared) and (sum(shared) <= _SHARED * len(printed) or (not shared[0] and all(shared[1:])))


def _other_acronym(flat: str, containers: Sequence[str]) -> bool:
    """Whether an acronym is another than all that are registered, which must be known by theirs."""
    if not any(_ACRONYM.fullmatch(name) or _BRACKETED.search(name) for name in containers):
        return False
    for name in containers:
        known = _ACRONYM.fullmatch(name) or _BRACKETED.search(name)
        if flat in letters(name) or "".join(word[0] for word in content_words(name)).startswith(flat):
            return False
        if known and (letters(known[1]) in flat or shortens(flat, letters(known[1])) or shortens(letters(known[1]), flat)):
            return False
    return True


def _known(name: str) -> tuple[str, ...]:
    """The words of all names of a well-known meeting that is named by its acronym; () else."""
    found = _ACRONYM.fullmatch(name.strip()) or _BRACKETED.search(name)
    return tuple(_NAMES.get(letters(found[1]), "").split()) if found else ()


def _telling(name: str) -> list[str]:
    """The words of a name that tell it from others."""
    kept = content_words(name)
    return [
        word
        for word in words(name)
        if word in kept and word not in _COMMON and not word[0].isdigit() and not _ORDINAL.fullmatch(word)
    ]


def _alike(one: str, other: str) -> bool:
    """Whether two words are one, an abbreviation of the other, or forms of one ("learned", "learning")."""
    stem = min(len(one), len(other), 5)
    return one == other or (stem >= 4 and one[:stem] == other[:stem]) or shortens(one, other) or shortens(other, one)


def _by_acronym(cited: str, containers: Sequence[str]) -> bool:
    """Whether one of two names holds the other's acronym, or its letters begin the other's words."""
    for one, others in ((cited, containers), *((name, (cited,)) for name in containers)):
        for found in _WITHIN.finditer(one):
            short = letters(found[1])
            if short in _COMMON and len(words(one)) > 1:
                continue
            # of a registered one the words of its names are known, which tell more than their first letters
            spelled = one is cited or short not in _NAMES
            if any(short in letters(other) or (spelled and _spells(short, other)) for other in others):
                return True
    return False


def _spells(short: str, name: str) -> bool:
    """Whether the letters of an acronym begin words of a name in order."""
    rest = iter([word[0] for word in content_words(name)])
    return len(short) >= 2 and all(char in rest for char in short)
