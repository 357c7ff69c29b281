"""The title: another word, or another title."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from refaudit.model import Record
from refaudit.resolve.match.compare.difference import Difference
from refaudit.resolve.match.container_names import same_container
from refaudit.resolve.match.entry import Entry, untex
from refaudit.resolve.match.names import people, titles
from refaudit.resolve.match.scores import translated
from refaudit.text import letters, scripts, words
from refaudit.words import stop_words

# Words whose change does not make another title: articles and the like, and how a series is named.
# Longer prepositions say something ("towards metrics").
_LIGHT = frozenset(word for word in stop_words.ALL if len(word) <= 4) | frozenset(
    "article editorial letter part vol volume ed edition".split()
)
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu",
    "π": "pi", "σ": "sigma", "τ": "tau", "ω": "omega", "θ": "theta",
}  # fmt: skip

_WORD = re.compile(r"[^\W_]+")


def title_difference(entry: Entry, record: Record) -> Difference | None:
    """Another word in the title, or another title. A title cut short, a subtitle left out, spelling and hyphens are none."""
    if not record.title or record.type == "component":  # "Supplementary material" is no title
        return None
    if not entry.title:
        return _word_replaced(entry, record)
    read = letters(entry.title)
    if len(words(entry.title)) < 2 or len(read) < 10:
        return None
    # an entry without a title, whose container or group of authors was read as one
    if any(
        len(read) <= 1.2 * len(letters(container)) and same_container(entry.title, container) for container in record.containers
    ):
        return None
    if any(read in letters(name.literal or name.family) for name in people(record)):
        return None
    registered = [title for title in titles(record) if words(title)]
    if not registered:
        return None
    longest = max(len(letters(untex(title))) for title in registered)
    # a title without its subtitle, or a short one, is what was cited only where the cited one is about as short
    fitting = [title for title in registered if len(flat := letters(untex(title))) == longest or len(read) <= 1.25 * len(flat)]
    for title in (*fitting, record.title):
        flat = letters(untex(title))
        if title not in fitting and len(read) > 1.25 * len(flat):
            continue
        if flat and (flat in entry.letters or (len(read) >= 12 and read in flat) or (len(flat) >= 12 and flat in read)):
            return None
    if any(not _changed(entry, title) and not _light_changed(entry, title) for title in fitting):
        return None
    best = max(registered, key=lambda title: fuzz.ratio(letters(title), read))
    likeness = fuzz.ratio(letters(untex(best)), read)
    field = entry.reference.title
    sure = field.confidence if field else 0.0
    # wholly different titles more often come from a wrong reading or from a translated title than from a wrong reference
    elsewise = likeness < 60 and (not scripts(best) & scripts(entry.title) or translated(entry, record))
    return None if elsewise else Difference(entry.title, best, min(0.9, 0.25 + 0.65 * sure))


def _light_changed(entry: Entry, title: str) -> bool:
    """Whether an article or preposition stands for a word that means something, or the other way round, and all else agrees."""
    one, other = words(untex(title)), words(entry.title)
    pairs = [(old, new) for old, new in zip(one, other, strict=False) if old != new]
    if len(one) != len(other) or len(pairs) != 1:
        return False
    old, new = pairs[0]
    return (old in _LIGHT) != (new in _LIGHT) and min(len(old), len(new)) >= 3 and max(len(old), len(new)) >= 4


def _word_replaced(entry: Entry, record: Record) -> Difference | None:
    """One word within the registered title that is another where the entry prints all the others in their order.

    For entries whose title was read with doubt: the whole entry is searched, so that it does not matter where the title ends.
    """
    tokens = [(folded[0], match) for match in _WORD.finditer(entry.bare) if (folded := words(match[0]))]
    printed = [word for word, _ in tokens]
    for title in titles(record)[:1]:
        wanted = words(untex(title))
        last = len(wanted) - 1
        for start in range(len(printed) - last if last >= 4 else 0):
            window = printed[start : start + last + 1]
            other = [k for k, word in enumerate(wanted) if word != window[k]]
            if len(other) != 1 or other[0] in (0, last):  # at its ends it cannot be told what belongs to the title
                continue
            old, new = wanted[other[0]], window[other[0]]
            if min(len(old), len(new)) < 4 or {old, new} & _LIGHT or _spelled_alike(old, new) or old in printed or new in wanted:
                continue
            return Difference(entry.bare[tokens[start][1].start() : tokens[start + last][1].end()], title, 0.7)
    return None


def _changed(entry: Entry, title: str) -> bool:
    """Whether words of the registered title were replaced in the cited one.

    The two are aligned word by word; a replacement counts when no word of it is a spelling of the other, and when the
    registered word stands nowhere in the entry.
    """
    one, other = _title_words(title), _title_words(entry.title)
    field = entry.reference.title
    certain = field is not None and field.confidence >= 0.8  # else the title may go on beyond what was read as title
    everywhere = Counter(_title_words(entry.title if certain else entry.bare))
    wanted = Counter(one)
    joined = letters(entry.title) if certain else entry.letters
    changed = 0
    for op in Levenshtein.opcodes(one, other):
        if op.tag != "replace":
            continue
        instead = other[op.dest_start : op.dest_end]
        # words that were run together or torn apart leave another number of words behind
        torn = joined if len(instead) != op.src_end - op.src_start else ""
        gone = [
            word
            for word in one[op.src_start : op.src_end]
            if everywhere[word] < wanted[word] and not _present(word, torn, instead)
        ]
        new = [
            word
            for word in instead
            if word not in one
            and word not in _LIGHT
            and not any(_spelled_alike(word, old) for old in one[op.src_start : op.src_end])
        ]
        changed += min(len(gone), len(new))
    return changed > 0


def _present(word: str, joined: str, instead: list[str]) -> bool:
    if word in _LIGHT or len(word) < 2:
        return True
    return (len(word) >= 5 and word in joined) or any(_spelled_alike(word, other) for other in instead)


def _spelled_alike(one: str, other: str) -> bool:
    """British and American spelling, plurals, slips of the pen, abbreviations."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return one.rstrip("s") == other.rstrip("s")
    if one.startswith(other) or other.startswith(one):
        return abs(len(one) - len(other)) <= 2
    return one[0] == other[0] and fuzz.ratio(one, other) >= 82


def _title_words(title: str) -> list[str]:
    text = untex(title)
    for letter, name in _GREEK.items():
        text = text.replace(letter, f" {name} ")
    return [word for word in words(text) if word not in _LIGHT]
