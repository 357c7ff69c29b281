"""Bibliographic facts to render: works made from registry metadata, as CSL-JSON items.

Registries know many articles and few books, theses, reports and web pages; those are composed from titles, names,
publishers and institutions. Which author wrote what does not matter here: only that every stretch is of its kind.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from references.training import words

Item = dict[str, Any]


def title_key(title: str) -> str:
    """Letters and digits only, lower case, cut to the length that editions and subtitles leave alone."""
    return "".join(char for char in title.casefold() if char.isalnum())[:60]


@dataclass
class Facts:
    """The pools that items are drawn from."""

    articles: list[Item] = field(default_factory=list)
    cited: list[dict[str, str]] = field(default_factory=list)
    works: list[Item] = field(default_factory=list)
    people: list[list[dict[str, str]]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)
    journals: list[str] = field(default_factory=list)
    publishers: list[str] = field(default_factory=list)
    families: list[str] = field(default_factory=list)
    givens: list[str] = field(default_factory=list)


def _clean(text: object) -> str:
    text = re.sub(r"<[^>]{0,40}>", "", str(text or ""))
    text = re.sub(r"&(?:amp;)?lt;.{0,20}?&(?:amp;)?gt;", "", text).replace("&amp;", "&")
    return re.sub(r"\s+", " ", text).strip().rstrip(",;")


def _lines(path: Path) -> Any:
    with gzip.open(path, "rt", encoding="utf8") as handle:
        for line in handle:
            yield json.loads(line)


def load(crossref: Path, excluded: set[str]) -> Facts:
    """The facts of a folder of registry records, without works whose title key is in ``excluded``."""
    facts = Facts()
    journals, books = set(), set()
    for name in ("works.jsonl.gz", "works_legacy_2015.jsonl.gz"):
        for work in _lines(crossref / name):
            people = [
                {"family": _clean(a["family"]), "given": _clean(a.get("given", ""))}
                for a in work.get("author", [])
                if a.get("family") and not a["family"].isupper()
            ]
            if people:
                facts.people.append(people)
                facts.families += [p["family"] for p in people]
                facts.givens += [p["given"] for p in people if len(p["given"]) > 3]
            if work.get("publisher"):
                facts.publishers.append(re.sub(r"\s*\([A-Z]{2,8}\)$", "", _clean(work["publisher"])))
            title = _clean((work.get("title") or [""])[0])
            container = _clean((work.get("container-title") or [""])[0])
            if title and container and title_key(title) not in excluded and people:
                item: Item = {"type": "article-journal", "title": title, "container-title": container, "author": people}
                if work.get("type") == "book-chapter":
                    item["type"] = "chapter"
                if work.get("type") == "proceedings-article":
                    item["type"] = "paper-conference"
                for key in ("volume", "issue", "page", "DOI", "publisher"):
                    if work.get(key):
                        item[key] = _clean(work[key])
                if work.get("short-container-title"):
                    item["short"] = _clean(work["short-container-title"][0])
                parts = (work.get("issued") or {}).get("date-parts") or [[None]]
                if parts[0] and parts[0][0]:
                    item["issued"] = {"date-parts": [[int(p) for p in parts[0]]]}
                    facts.works.append(item)
            for cited in work.get("reference", []):
                text = _clean(cited.get("article-title"))
                journal = _clean(cited.get("journal-title"))
                if journal and 2 < len(journal) < 90 and not re.search(r"\d", journal):
                    journals.add(journal)
                if text and title_key(text) not in excluded and 12 < len(text) < 260 and not re.search(r"[“”\"]|\d{4}\)", text):
                    facts.titles.append(text)
                    if journal and cited.get("volume") and cited.get("year"):
                        facts.cited.append(
                            {
                                "title": text,
                                "journal": journal,
                                "volume": _clean(cited["volume"]),
                                "year": str(cited["year"])[:4],
                                "page": _clean(cited.get("first-page")),
                                "issue": _clean(cited.get("issue")),
                                "doi": _clean(cited.get("DOI")),
                            }
                        )
                book = _clean(cited.get("volume-title"))
                if book and 8 < len(book) < 160 and title_key(book) not in excluded and not re.search(r"\d{3}|,.*,.*,", book):
                    books.add(book)
    facts.journals, facts.books = sorted(journals), sorted(books)
    facts.publishers = sorted(set(facts.publishers))
    return facts


_ADJECTIVES = (
    "",
    "",
    "",
    "National ",
    "International ",
    "European ",
    "American ",
    "World ",
    "Royal ",
    "British ",
    "U.S. ",
    "Australian ",
)
_BODIES = (
    "Center for the Study of", "Centre for", "Office of", "Committee on", "Department of", "Ministry of", "Institute of", "Institute for",
    "Society for", "Association for the Study of", "Academy of", "Council on", "Bureau of", "Agency for", "Task Force on",
    "Working Group on", "College of", "Federation of", "Foundation for", "Commission on", "Division of", "Association of", "Society of",
    "Organization for", "Administration for", "Fund for", "Program on",
)  # fmt: skip
_GROUPS = (
    "Study Group", "Investigators", "Collaborators", "Collaboration", "Consortium", "Trial Group", "Research Group", "Network", "Team",
    "Trialists", "Writing Committee", "Task Force", "Initiative", "Working Group", "Collaborative Group", "Steering Committee",
)  # fmt: skip


def abbreviated(journal: str, *, dots: bool) -> str:
    """A journal's name with its longer words cut short, in the way of ISO 4: "Journal of Nursing Science" -> "J. Nurs. Sci."."""
    cut = []
    for word in re.sub(r"[:,.]", "", journal).split():
        low = word.casefold()
        if low in (
            "of",
            "the",
            "and",
            "in",
            "for",
            "on",
            "de",
            "la",
            "di",
            "&",
            "und",
            "für",
            "et",
            "des",
            "del",
            "e",
            "der",
            "do",
            "da",
        ):
            continue
        short = _ABBREVIATED.get(low, "")
        if not short and len(word) > 6 and word.isalpha():
            end = next((i for i in range(3, 7) if low[i] in "aeiouyàéíóüä" and low[i - 1] not in "aeiou"), 4)
            short = word[:end]
        cut.append((short[0].upper() + short[1:] + "." * dots) if short else word)
    return " ".join(cut)


_STOPPED = (
    "(Solanaceae)", "sp. nov.", "L.", "vs.", "St. Louis", "Mr. and Mrs. Brown", "U.S.", "Dr. Pound", "cf.", "J. S. Bach’s", "No. 5", "ca. 1850",
    "s.l.", "et al.", "C. elegans", "E. coli", "(Gould, 1856)", "v. Hoff.", "kaiserl. königl.", "i.e.", "S. cerevisiae", "D.C.", "Prof. Zeuner",
)  # fmt: skip
_ABBREVIATED = {
    "journal": "J", "international": "Int", "american": "Am", "european": "Eur", "british": "Br", "review": "Rev", "reviews": "Rev",
    "research": "Res", "science": "Sci", "sciences": "Sci", "letters": "Lett", "annals": "Ann", "archives": "Arch", "medical": "Med",
    "medicine": "Med", "physics": "Phys", "physical": "Phys", "chemical": "Chem", "chemistry": "Chem", "biology": "Biol", "society": "Soc",
    "transactions": "Trans", "proceedings": "Proc", "academy": "Acad", "national": "Natl", "quarterly": "Q", "engineering": "Eng",
    "revista": "Rev", "zeitschrift": "Z", "bulletin": "Bull", "applied": "Appl", "studies": "Stud", "royal": "R", "magazine": "Mag",
}  # fmt: skip


class Maker:
    """Draws items at random; the same seed gives the same items."""

    def __init__(self, facts: Facts, seed: int) -> None:
        self.facts = facts
        self.random = random.Random(seed)

    def language(self) -> str:
        return self.random.choices(("en", "pt", "es", "it", "de", "fr"), (56, 15, 10, 7, 7, 5))[0]

    def people(self, language: str, most: int = 9) -> list[dict[str, str]]:
        """One to ``most`` authors, few more often than many."""
        pick = self.random
        count = min(most, pick.choices((1, 2, 3, 4, 5, 6, 7, 9, 12), (24, 22, 16, 11, 8, 7, 5, 4, 3))[0])
        if language == "en" and pick.random() < 0.6:
            group = pick.choice(self.facts.people)
            if len(group) >= count:
                return [dict(p) for p in group[:count]]
        return [self.person(language) for _ in range(count)]

    def person(self, language: str) -> dict[str, str]:
        pick = self.random
        if pick.random() < 0.3:  # from anywhere
            family, given = pick.choice(words.WORLD[0]), pick.choice(words.WORLD[1])
        elif language in words.FAMILIES and pick.random() < 0.75:
            family = pick.choice(words.FAMILIES[language])
            given = pick.choice(words.GIVENS[language])
            if pick.random() < 0.35:
                given += " " + pick.choice(words.GIVENS[language] + words.FAMILIES[language])
            if language in ("pt", "es") and pick.random() < 0.3:
                family += " " + pick.choice(words.FAMILIES[language])
            if language == "pt" and pick.random() < 0.06:
                family += pick.choice((" Filho", " Neto", " Júnior", " Jr."))
        else:
            family, given = pick.choice(self.facts.families), pick.choice(self.facts.givens)
            if pick.random() < 0.35:
                given += f" {pick.choice('ABCDEFGHJKLMNPRSTW')}."
        if pick.random() < 0.04:
            family = pick.choice(("van der ", "de ", "von ", "van ", "di ", "da ", "De ", "Van ", "del ", "dos ")) + family
        return {"family": family, "given": given}

    def organisation(self, language: str) -> str:
        """A body that writes or publishes."""
        pick = self.random
        if pick.random() < 0.4:
            return pick.choice(words.ORGANISATIONS.get(language, words.ORGANISATIONS["en"]))
        if language == "en" and pick.random() < 0.6:
            return self._body()
        head, tail = pick.choice(words.ORG_HEADS[language]), pick.choice(words.TOPICS[language])
        return f"{head} {tail}"

    def _body(self) -> str:
        """An English name with "for", "of" and "and" in it, as institutes and study groups have them."""
        pick = self.random
        topic = pick.choice(words.TOPICS["en"])
        if pick.random() < 0.3:
            topic += pick.choice((" and ", " and ", ", ")) + pick.choice(words.TOPICS["en"])
        if pick.random() < 0.3:
            return self.group()
        name = f"{pick.choice(_ADJECTIVES)}{pick.choice(_BODIES)} {topic}"
        if pick.random() < 0.1:
            name += f", {pick.choice(_BODIES)} {pick.choice(words.TOPICS['en'])}"
        if pick.random() < 0.15:
            name += f" ({''.join(word[0] for word in re.findall('[A-Z][a-z]+', name))[:6]})"
        return name

    def group(self) -> str:
        """Those who sign together: "the SPRINT Research Group"."""
        pick = self.random
        if pick.random() < 0.15:
            return pick.choice(words.GROUPS)
        acronym = "".join(pick.choice("ABCDEFGHILMNOPRST") for _ in range(pick.randint(3, 7)))
        name = acronym if pick.random() < 0.45 else pick.choice(words.TOPICS["en"]).title()
        name = f"{pick.choice(('', '', '', 'International ', 'European ', 'National '))}{name} {pick.choice(_GROUPS)}"
        return pick.choice(("", "", "the ", "The ", "for the ", "on behalf of the ", "Members of the ")) + name

    def title(self, language: str) -> str:
        """The title of an article."""
        pick = self.random
        return self._marked(pick.choice(self.facts.titles) if language == "en" else words.title(language, pick), language)

    def book(self, language: str) -> str:
        """The title of a book."""
        pick = self.random
        return self._marked(pick.choice(self.facts.books) if language == "en" else words.title(language, pick), language)

    def _marked(self, title: str, language: str) -> str:
        """Now and then with what misleads a reader of titles: words in quotation marks or brackets, years, a subtitle behind
        a stop, a leading article, a closing remark."""
        pick, shape = self.random, self.random.random()
        parts = title.split(" ")
        if shape < 0.03 and len(parts) > 3:
            at = pick.randrange(len(parts) - 1)
            last = min(len(parts), at + pick.randint(1, 3))
            opening, closing = pick.choice((("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"), ("(", ")"), ("“", "”")))
            return " ".join([*parts[:at], opening + " ".join(parts[at:last]) + closing, *parts[last:]])
        if shape < 0.05:
            first = pick.randint(1450, 1990)
            years = f"{first}{pick.choice('-–')}{first + pick.randint(1, 60)}"
            return title + pick.choice((f", {years}", f" ({years})", f": {years}", f", {first}", f" in {first}"))
        if shape < 0.07 and title[-1].isalnum():
            other = pick.choice(self.facts.books) if language == "en" else words.title(language, pick)
            return title + pick.choice((". ", ". ", " - ", " – ", "; ", "? ", ": ")) + other
        if shape < 0.08 and language == "en" and title[:2] not in ("A ", "An", "Th"):
            return f"{pick.choice(('A', 'The', 'An', 'On the'))} {title[0].lower()}{title[1:]}"
        if shape < 0.11 and len(parts) > 4:  # what an abbreviation stands for, named beside it
            at = pick.randrange(2, len(parts))
            acronym = "".join(pick.choice("ABCDEFGHILMNOPRST") for _ in range(pick.randint(2, 6)))
            return " ".join([*parts[:at], f"({acronym})", *parts[at:]])
        if shape < 0.135 and len(parts) > 3:  # stops inside
            at = pick.randrange(1, len(parts))
            return " ".join([*parts[:at], pick.choice(_STOPPED), *parts[at:]])
        if shape < 0.155:  # hardly a title
            name = pick.choice(parts).strip(",.:;()") or title
            return pick.choice((name, name.title(), f"{name.title()}{pick.choice(('R', 'Py', 'Net', 'Lab', 'DB', 'Kit'))}"))
        if shape < 0.165:
            return title + pick.choice(
                (" (abstract)", " (in Russian)", " (dossier)", " (Review)", ", Part II", " II", ", I", " (with discussion)")
            )
        return title

    def place(self, language: str) -> str:
        """A town where books appear."""
        pick = self.random
        if pick.random() < 0.55:
            return pick.choice(words.PLACES.get(language, words.PLACES["en"]))
        city = pick.choice(words.CITIES[language])
        if "," not in city and pick.random() < 0.15:
            city += f", {pick.choice(words.COUNTRIES)}"
        return (
            city
            if pick.random() < 0.9
            else f"{city}{pick.choice((', ', '; ', '/', ' and ', '-'))}{pick.choice(words.CITIES[language])}"
        )

    def journal(self, language: str) -> str:
        """The name of a journal, printed whole or abbreviated."""
        pick = self.random
        if language == "en":
            return pick.choice(self.facts.journals)
        if pick.random() < 0.4:
            return f"{pick.choice(words.JOURNAL_HEADS[language])} {pick.choice(words.TOPICS[language])}"
        return pick.choice(words.JOURNALS[language])

    def eastern(self, language: str) -> str:
        """A Chinese, Japanese or Korean name, family first."""
        families, givens = words.EASTERN[language]
        return self.random.choice(families) + self.random.choice(givens)

    def publisher(self, language: str) -> str:
        pick = self.random
        if pick.random() < 0.3:
            name, topic = pick.choice(words.WORLD[0]), pick.choice(words.TOPICS[language])
            forms = {"en": ("{} Press", "{} Publishing", "{} Books", "{} & Sons", "{} Publishers", "University of {} Press", "The {} Company",
                            "{} Inc.", "{} Academic", "{}"),
                     "it": ("{} Editore", "Edizioni {}", "Casa editrice {}", "{}"), "de": ("{} Verlag", "Verlag {}", "{} & Söhne", "{}"),
                     "fr": ("Éditions {}", "Librairie {}", "Presses de {}", "{}"), "es": ("Editorial {}", "Ediciones {}", "{}"),
                     "pt": ("Editora {}", "Edições {}", "{}")}[language]  # fmt: skip
            form = pick.choice(forms)
            if form.startswith("University"):
                name = pick.choice(words.CITIES["en"]).split(",")[0]
            return form.format(topic.title() if pick.random() < 0.15 and form != "{}" else name)
        pool = words.PUBLISHERS.get(language, words.PUBLISHERS["en"])
        if language == "en" and pick.random() < 0.4:
            return pick.choice(self.facts.publishers)
        return pick.choice(pool)

    def pages(self) -> str:
        pick = self.random
        kind = pick.random()
        first = int(10 ** pick.uniform(0, 3.6))
        last = first + int(10 ** pick.uniform(0, 1.7))
        if kind < 0.72:
            if pick.random() < 0.25 and last > 99:  # shortened: 1425-37
                text, end = str(first), str(last)
                same = 0
                while same < len(end) - 1 and len(text) == len(end) and text[same] == end[same]:
                    same += 1
                return f"{first}-{end[same:]}"
            return f"{first}-{last}"
        if kind < 0.80:
            return str(first)
        if kind < 0.88:
            return f"{pick.choice(['e', 'e0', 'e1', '1', '10'])}{pick.randint(1000, 99999)}"
        if kind < 0.94:
            letter = pick.choice("SDWLEFRH")
            return f"{letter}{first}-{pick.choice((letter, ''))}{last}"
        if kind < 0.97:
            return f"{pick.choice(['i', 'ii', 'v', 'vii', 'xi'])}-{pick.choice(['xii', 'xv', 'xx', 'xxiv'])}"
        return f"{first}-{last}, {last + 3}"

    def date(self) -> dict[str, Any]:
        pick = self.random
        parts = [2026 - int(pick.expovariate(1 / 14))] if pick.random() < 0.94 else [pick.randint(1650, 1950)]
        if pick.random() < 0.45:
            parts.append(pick.randint(1, 12))
            if pick.random() < 0.6:
                parts.append(pick.randint(1, 28))
        return {"date-parts": [parts]}

    def doi(self) -> str:
        pick = self.random
        if pick.random() < 0.6:
            for _ in range(4):
                known = pick.choice(self.facts.cited)["doi"]
                if known:
                    return known
        return pick.choice(
            (
                (
                    f"10.1016/S{pick.randint(1000, 1999)}-{pick.randint(1000, 9999)}({pick.randint(10, 99)})"
                    f"{pick.randint(10000, 99999)}-{pick.randint(0, 9)}"
                ),
                f"10.{pick.randint(1000, 50000)}/{pick.choice(words.TLDS)}.{pick.randint(1990, 2025)}.{pick.randint(1, 9999)}",
                f"10.1590/S{pick.randint(1000, 9999)}-{pick.randint(10000000000000, 99999999999999)}",
            )
        )

    def url(self) -> str:
        pick = self.random
        host = "".join(pick.choice("abcdefghilmnoprstuvw") for _ in range(pick.randint(3, 10)))
        host = pick.choice(("www.", "", "", "www.", "repositorio.", "data.")) + host + "." + pick.choice(words.TLDS)
        path = "/".join(
            "".join(pick.choice("abcdefghilmnoprstuvw0123456789-_") for _ in range(pick.randint(2, 12)))
            for _ in range(pick.randint(0, 4))
        )
        end = pick.choice(("", "", "", ".html", ".pdf", f".php?id={pick.randint(1, 999)}", "/"))
        return f"{pick.choice(('https', 'http', 'https'))}://{host}/{path}{end}"

    def item(self) -> Item:
        """One work of a random type, complete enough to print."""
        pick = self.random
        kind = pick.choices(
            ("work", "article", "article-x", "book", "chapter", "paper-conference", "thesis", "report", "webpage", "newspaper",
             "preprint", "software", "edited", "deposit"),
            (12, 28, 13, 15, 13, 6, 4, 7, 6, 2, 2, 1.5, 3, 2),
        )[0]  # fmt: skip
        language = self.language()
        item: Item = {"language": language}
        if kind == "work":
            item |= {k: v for k, v in pick.choice(self.facts.works).items() if k != "short"}
            item["language"] = "en"
            if item["type"] == "chapter":
                item["editor"] = self.people("en", 3)
                item["publisher-place"] = self.place("en")
        elif kind == "article":
            cited = pick.choice(self.facts.cited)
            item |= {
                "type": "article-journal",
                "language": "en",
                "title": cited["title"],
                "container-title": cited["journal"],
                "volume": cited["volume"],
                "author": self.people("en", 12),
                "issued": self.date(),
            }
            if cited["issue"] or pick.random() < 0.4:
                item["issue"] = cited["issue"] or pick.choice(("1", "2", "3", "4", "6", "11", "1-2", "Suppl 1", "10", "S1"))
            if pick.random() < 0.95:
                item["page"] = self.pages()
            if cited["doi"] and pick.random() < 0.5:
                item["DOI"] = cited["doi"]
        elif kind == "article-x":
            journal = self.journal(language)
            item |= {"type": "article-journal", "title": self.title(language), "container-title": journal,
                     "author": self.people(language), "issued": self.date()}  # fmt: skip
            if pick.random() < 0.92:
                item["volume"] = pick.choice((str(pick.randint(1, 120)), str(pick.randint(1, 60)), str(pick.randint(100, 900))))
            if pick.random() < 0.6:
                item["issue"] = pick.choice((str(pick.randint(1, 12)), str(pick.randint(1, 4)), "1/2", "esp", "spe", "2-3"))
            if pick.random() < 0.9:
                item["page"] = self.pages()
            if pick.random() < 0.3:
                item["DOI"] = self.doi()
        elif kind in ("book", "edited"):
            item |= {"type": "book", "title": self.book(language), "publisher": self.publisher(language), "issued": self.date()}
            item["author" if kind == "book" else "editor"] = self.people(language, 4)
            if pick.random() < 0.8:
                item["publisher-place"] = self.place(language)
            if pick.random() < 0.2:
                item["edition"] = str(pick.randint(2, 9))
            if pick.random() < 0.1:
                item["volume"] = str(pick.randint(1, 6))
            if pick.random() < 0.16:
                item["collection-title"] = pick.choice(words.SERIES) if pick.random() < 0.5 else self.title(language)[:60]
                if pick.random() < 0.7:
                    item["collection-number"] = str(pick.randint(1, 300))
            if pick.random() < 0.15 and ":" not in item["title"]:
                item["title"] += pick.choice((": ", ". ", " – ")) + self.book(language)
            if pick.random() < 0.1:
                item["DOI"] = self.doi()
        elif kind in ("chapter", "paper-conference"):
            item |= {"type": kind, "title": self.title(language), "author": self.people(language, 6), "issued": self.date()}
            if kind == "chapter":
                item["container-title"] = self.book(language)
                if pick.random() < 0.85:
                    item["editor"] = self.people(language, 4)
                if pick.random() < 0.15:
                    item["edition"] = str(pick.randint(2, 9))
            else:
                item["container-title"] = words.conference(language, pick, self.facts.journals)
                if pick.random() < 0.3:
                    item["editor"] = self.people(language, 3)
            if pick.random() < 0.85:
                item["publisher"] = self.publisher(language)
            if pick.random() < 0.7:
                item["publisher-place"] = self.place(language)
            if pick.random() < 0.8:
                item["page"] = self.pages()
            if pick.random() < 0.12:
                item["volume"] = str(pick.randint(1, 3000))
            if pick.random() < 0.1:
                item["collection-title"] = pick.choice(words.SERIES)
            if pick.random() < 0.15:
                item["DOI"] = self.doi()
        elif kind == "thesis":
            item |= {"type": "thesis", "title": self.title(language), "author": [self.person(language)], "issued": self.date(),
                     "publisher": pick.choice(words.UNIVERSITIES.get(language, words.UNIVERSITIES["en"])),
                     "genre": pick.choice(words.THESES[language])}  # fmt: skip
            if pick.random() < 0.5:
                item["publisher-place"] = self.place(language)
            if pick.random() < 0.2:
                item["URL"] = self.url()
        elif kind == "report":
            item |= {"type": "report", "title": self.title(language), "issued": self.date(),
                     "publisher": self.organisation(language)}  # fmt: skip
            item["author"] = [{"literal": self.organisation(language)}] if pick.random() < 0.6 else self.people(language, 5)
            if pick.random() < 0.4:
                item["publisher-place"] = self.place(language)
            if pick.random() < 0.3:
                item["genre"] = pick.choice(("Technical report", "Report", "Working paper", "Discussion paper", "Policy brief"))
                item["number"] = pick.choice(
                    (str(pick.randint(1, 99)), f"{pick.randint(1, 99)}-{pick.randint(1, 20)}", f"TR-{pick.randint(100, 999)}")
                )
            if pick.random() < 0.5:
                item["URL"] = self.url()
        elif kind in ("webpage", "newspaper", "software"):
            item |= {
                "type": {"newspaper": "article-newspaper", "webpage": "webpage", "software": "book"}[kind],
                "title": self.title(language),
            }
            item["author"] = [{"literal": self.organisation(language)}] if pick.random() < 0.5 else self.people(language, 3)
            if kind == "software":
                name = pick.choice(words.SOFTWARE)
                item["title"] = pick.choice((name, f"{name}: {item['title']}", f"{name}: {pick.choice(words.SOFTWARE_KINDS)}"))
                item["publisher"] = self.organisation("en")
            elif kind == "newspaper":
                item["container-title"] = pick.choice(words.NEWSPAPERS)
            elif pick.random() < 0.4:
                item["container-title"] = pick.choice((self.organisation(language), pick.choice(words.SITES)))
            if pick.random() < 0.8:
                item["issued"] = self.date()
            if pick.random() < 0.85:
                item["URL"] = self.url()
                if pick.random() < 0.6:
                    item["accessed"] = {"date-parts": [[pick.randint(2005, 2026), pick.randint(1, 12), pick.randint(1, 28)]]}
        elif kind == "deposit":
            title = self.title("en")
            name = pick.choice(title.split()).strip(",.:;()").casefold() or "data"
            version = pick.choice(
                (f"v{pick.randint(0, 4)}.{pick.randint(0, 30)}.{pick.randint(0, 9)}", f"version {pick.randint(1, 5)}")
            )
            item |= {
                "type": "dataset",
                "title": pick.choice(
                    (title, f"{name}: {version}", f"{name[:6]}/{name}: {version}", name.title(), f"{title}, {version}")
                ),
                "author": self.people("en", 12) if pick.random() < 0.8 else [{"literal": self._body()}],
                "issued": self.date(),
                "publisher": pick.choice(words.DEPOSITS) if pick.random() < 0.85 else self._body(),
                "DOI": self.doi(),
                "language": "en",
            }
        else:
            item |= {
                "type": "article",
                "title": self.title("en"),
                "author": self.people("en"),
                "issued": self.date(),
                "language": "en",
            }
            item["publisher" if pick.random() < 0.5 else "container-title"] = pick.choice(
                (
                    "bioRxiv",
                    "arXiv",
                    "medRxiv",
                    "PsyArXiv",
                    "SSRN",
                    "Research Square",
                    "arXiv preprint",
                    "ChemRxiv",
                    "OSF Preprints",
                    "CoRR",
                )
            )
            if pick.random() < 0.7:
                item["DOI"] = self.doi()
            elif pick.random() < 0.6:
                item["number"] = f"arXiv:{pick.randint(1000, 2512):04d}.{pick.randint(1000, 99999)}"
        self._wear(item)
        return item

    def _wear(self, item: Item) -> None:
        """What real entries do: abbreviated journals, initials only, capitals, organisations beside people, dropped fields."""
        pick = self.random
        if item["type"] == "article-journal" and pick.random() < 0.03:
            item["author"] = [{"literal": self.organisation(item["language"]) if pick.random() < 0.5 else self._body()}]
        if item.get("author") and pick.random() < 0.03 and "family" in item["author"][0]:
            item["author"].append({"literal": self.group()})
        if item["type"] == "article-journal" and pick.random() < 0.15 and " " in item["container-title"]:
            item["container-title"] = abbreviated(item["container-title"], dots=pick.random() < 0.75)
        if item["type"] == "article-journal" and pick.random() < 0.05:
            place, topic = pick.choice(words.PLACES["en"]), pick.choice(words.TOPICS["en"])
            item["container-title"] += pick.choice(
                (
                    f" ({place})",
                    f" ({place})",
                    f": A Journal of {topic}",
                    ", Series B",
                    " Part A",
                    f", {topic} and {pick.choice(words.TOPICS['en'])}",
                )
            )
        if item["type"] == "book" and "number-of-pages" not in item and pick.random() < 0.1:
            item["number-of-pages"] = str(pick.randint(40, 1400))
        if pick.random() < 0.5:
            compact = pick.random() < 0.5
            for key in ("author", "editor"):
                for name in item.get(key, ()):
                    if name.get("given"):
                        initials = [w[0].upper() for w in re.split(r"[\s.\-]+", name["given"]) if w and w[0].isalpha()]
                        name["given"] = "".join(initials) if compact else " ".join(f"{i}." for i in initials)
        for key, chance in (("volume", 0.03), ("page", 0.04), ("publisher", 0.04), ("container-title", 0.0), ("issued", 0.02)):
            if key in item and pick.random() < chance:
                del item[key]
        if pick.random() < 0.04:
            item["title"] = item["title"].upper() if pick.random() < 0.4 else item["title"].title()
        if item["type"] == "article-journal" and pick.random() < 0.06 and "DOI" not in item:
            item["DOI"] = self.doi()
        if item["type"] == "article-journal" and pick.random() < 0.05 and "URL" not in item:
            item["URL"] = self.url()
        if pick.random() < 0.05 and item["title"][-1] not in ".?!":
            item["title"] += pick.choice("??!") if pick.random() < 0.7 else ""
        if pick.random() < 0.03:
            item["title"] += (
                f" {pick.choice(('[Article in Chinese]', '[in Russian]', '[Internet]', '(in German)', '[Review]', '[Abstract]'))}"
            )
