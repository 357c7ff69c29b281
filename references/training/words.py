"""Names of people, places, publishers, institutions and journals in several languages, and titles made of common words.

Registries hold little of this outside English. The words stand in ``words.toml``.
"""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

_LISTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf8"))
SERIES: list[str] = _LISTS["series"]
GROUPS: list[str] = _LISTS["groups"]
SOFTWARE: list[str] = _LISTS["software"]
SOFTWARE_KINDS: list[str] = _LISTS["software_kinds"]
NEWSPAPERS: list[str] = _LISTS["newspapers"]
SITES: list[str] = _LISTS["sites"]
TLDS: list[str] = _LISTS["tlds"]
FAMILIES: dict[str, list[str]] = _LISTS["families"]
GIVENS: dict[str, list[str]] = _LISTS["givens"]
PLACES: dict[str, list[str]] = _LISTS["places"]
PUBLISHERS: dict[str, list[str]] = _LISTS["publishers"]
UNIVERSITIES: dict[str, list[str]] = _LISTS["universities"]
THESES: dict[str, list[str]] = _LISTS["theses"]
ORGANISATIONS: dict[str, list[str]] = _LISTS["organisations"]
ORG_HEADS: dict[str, list[str]] = _LISTS["org_heads"]
TOPICS: dict[str, list[str]] = _LISTS["topics"]
JOURNAL_HEADS: dict[str, list[str]] = _LISTS["journal_heads"]
JOURNALS: dict[str, list[str]] = _LISTS["journals"]


def title(language: str, pick: random.Random) -> str:
    """A title of common words in ``language``: an opening, one to four nouns, often a subtitle."""
    parts = _LISTS["titles"][language]
    nouns, tails, heads, joints = (parts[name] for name in ("nouns", "tails", "heads", "joints"))
    text = pick.choice(heads)
    text = f"{text}{'' if text.endswith('’') or not text else ' '}{pick.choice(nouns)}"
    for _ in range(pick.choices((0, 1, 2, 3), (20, 40, 28, 12))[0]):
        text += pick.choice(joints) + pick.choice(nouns)
    shape = pick.random()
    if shape < 0.35:
        text += pick.choice((": ", ": ", ". ", " – ", ", ")) + pick.choice(tails)
    elif shape < 0.45:
        text += ", " + pick.choice(tails)
    elif shape < 0.5:
        text += ": " + pick.choice(nouns) + pick.choice(joints) + pick.choice(nouns)
    return text[0].upper() + text[1:]


def conference(language: str, pick: random.Random, journals: list[str]) -> str:
    """The printed name of proceedings."""
    topic = pick.choice(TOPICS[language])
    number = pick.randint(2, 60)
    year = pick.randint(1980, 2025)
    known = [
        f"Proceedings of the {number}th International Conference on {pick.choice(TOPICS['en'])}",
        (
            f"Proc. {pick.choice(('ACM', 'IEEE', 'Int.', 'AAAI', '', 'Annual'))} "
            f"{pick.choice(('Conf.', 'Symposium', 'Symp.', 'Workshop'))} on {pick.choice(TOPICS['en'])}"
        ),
        (
            f"{year} IEEE International Conference on {pick.choice(TOPICS['en'])} "
            f"({''.join(pick.choice('ACIMPRSV') for _ in range(4))})"
        ),
        f"Advances in {pick.choice(TOPICS['en'])} {number}",
        f"{number}th Annual Meeting of the {pick.choice(ORG_HEADS['en'])} {pick.choice(TOPICS['en'])}",
    ]
    local = {
        "pt": [
            f"Anais do {'IVX'[pick.randrange(3)]} Congresso Brasileiro de {topic}",
            f"Congresso Nacional de {topic}, {number}.",
        ],
        "es": [f"Actas del Congreso Internacional de {topic}", f"Memorias del {number} Congreso de {topic}"],
        "it": [f"Atti del convegno internazionale di {topic}"],
        "de": [f"Tagungsband der Jahrestagung für {topic}", f"Verhandlungen des {number}. Kongresses für {topic}"],
        "fr": [f"Actes du colloque international de {topic}"],
    }
    if language in local and pick.random() < 0.8:
        return pick.choice(local[language])
    proceedings = [j for j in pick.sample(journals, 40) if "Proc" in j or "Conf" in j or "Symp" in j]
    return pick.choice(proceedings) if proceedings and pick.random() < 0.4 else pick.choice(known)
