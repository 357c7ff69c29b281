"""Names of people, places, publishers, institutions and journals in several languages, and titles made of common words.

Registries hold little of this outside English. The words stand in ``words.toml``.
"""

from __future__ import annotations

import importlib
import random
import tomllib
from pathlib import Path
from typing import Any

import faker

_LISTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf8"))
SERIES: list[str] = _LISTS["series"]
GROUPS: list[str] = _LISTS["groups"]
SOFTWARE: list[str] = _LISTS["software"]
SOFTWARE_KINDS: list[str] = _LISTS["software_kinds"]
NEWSPAPERS: list[str] = _LISTS["newspapers"]
SITES: list[str] = _LISTS["sites"]
DEPOSITS: list[str] = _LISTS["deposits"]
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


def _names(locales: str) -> tuple[list[str], list[str]]:
    """Family and given names of the locales, each name once."""
    families: set[str] = set()
    givens: set[str] = set()
    for locale in locales.split():
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        families.update(provider.last_names)
        givens.update(getattr(provider, "first_names", ()) or (*provider.first_names_male, *provider.first_names_female))
    return sorted(families), sorted(givens)


WORLD = _names(
    "cs_CZ da_DK de_DE de_AT en_GB en_IN en_NG es_ES es_MX et_EE fi_FI fr_FR fr_CA hr_HR hu_HU id_ID it_IT lt_LT lv_LV nl_NL "
    "no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE sw tr_TR vi_VN yo_NG zu_ZA"
)
"""Family and given names in Latin letters from many countries."""


def _cities(locales: str, count: int = 250) -> list[str]:
    """Towns of the locales, some of them with their state."""
    found: set[str] = set()
    for locale in locales.split():
        fake = faker.Faker(locale)
        fake.seed_instance(1)
        for _ in range(count):
            city = fake.city()
            found.add(city)
            if locale in ("en_US", "en_CA", "en_AU"):
                found.add(f"{city}, {fake.state_abbr() if locale != 'en_CA' else fake.province_abbr()}")
    return sorted(found)


CITIES = {
    "en": _cities("en_US en_GB en_AU en_CA en_IN nl_NL sv_SE pl_PL"), "it": _cities("it_IT"), "de": _cities("de_DE de_AT de_CH"),
    "fr": _cities("fr_FR fr_CA"), "es": _cities("es_ES es_MX"), "pt": _cities("pt_BR pt_PT"),
}  # fmt: skip
COUNTRIES = tuple(
    "USA UK Germany France Italy Spain Portugal Brazil Switzerland Austria Canada Australia Japan China India Netherlands Belgium "
    "Sweden Denmark Norway Finland Poland Turkey Greece Ireland Mexico Argentina Chile Russia".split()
)
EASTERN = {language: _names(locale) for language, locale in (("zh", "zh_CN"), ("ja", "ja_JP"), ("ko", "ko_KR"))}


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
    return str(text[0].upper() + text[1:])


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
