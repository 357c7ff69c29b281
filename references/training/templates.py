"""References set by random templates: what registries and citation styles hold little of.

Each template draws one manner of printing (name order, place of the year, separators, words for pages and volumes) and
prints an item of ``facts.Maker`` in it, so books, theses, reports, web pages and humanities entries come in the many
ways that people type them.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

from references.training import words
from references.training.facts import Item, Maker
from references.training.render import Labelled

_AND = {
    "en": (" and ", " & ", ", and ", ", & ", ", "),
    "pt": (" e ", " & ", "; ", ", "),
    "es": (" y ", " & ", ", "),
    "it": (" e ", ", ", " - "),
    "de": (" und ", "/", " u. ", " & ", "; "),
    "fr": (" et ", ", ", " & "),
}
_IN = {
    "en": ("In: ", "In ", "in ", "in: "),
    "pt": ("In: ", "Em: ", "in: ", "In ", "Em "),
    "es": ("En: ", "En ", "In: "),
    "it": ("in ", "in: ", "In "),
    "de": ("In: ", "in: ", "In "),
    "fr": ("Dans ", "dans ", "In ", "in "),
}
_EDITORS = {
    "en": (" (Eds.)", " (eds.)", ", eds.", ", editors", " (Ed.)", " (eds)", ", ed.", " [eds.]", " (Editors)"),
    "pt": (" (Org.)", " (org.)", " (Orgs.)", " (orgs.)", " (Coord.)", " (ed.)", " (eds.)", ", org."),
    "es": (" (Eds.)", " (eds.)", " (Coord.)", " (coords.)", " (comps.)", " (ed.)"),
    "it": (" (a cura di)", ", a cura di", " (eds.)", " (ed.)"),
    "de": (" (Hrsg.)", " (Hg.)", " (Hgg.)", " (eds.)", ", Hrsg."),
    "fr": (" (éds.)", " (dir.)", " (sous la dir. de)", " (eds.)", ", dir."),
}
_BY = {
    "en": ("edited by ", "ed. ", "Ed. ", "ed. by "),
    "it": ("a cura di ", "a c. di "),
    "de": ("hrsg. von ", "Hrsg. v. ", "hg. von "),
    "pt": ("organizado por ", "org. "),
    "es": ("edición de ", "ed. "),
    "fr": ("sous la direction de ", "éd. "),
}
_PAGES = {
    "en": ("pp. ", "p. ", "", "pages ", "pp ", ": ", "P. "),
    "pt": ("p. ", "pp. ", "p.", ""),
    "es": ("pp. ", "p. ", ""),
    "it": ("pp. ", "p. ", ""),
    "de": ("S. ", "s. ", "", "pp. "),
    "fr": ("pp. ", "p. ", ""),
}
_VOLUME = {
    "en": ("", "vol. ", "Vol. ", "v. ", "Volume "),
    "pt": ("v. ", "v.", "", "vol. "),
    "es": ("vol. ", "", "Vol. "),
    "it": ("", "vol. ", "s. V, "),
    "de": ("", "Bd. ", "Jg. ", "Band "),
    "fr": ("", "vol. ", "t. ", "tome "),
}
_ISSUE = {
    "en": ("no. ", "No. ", "issue ", "n. ", "iss. "),
    "pt": ("n. ", "n.", "nº ", "n° "),
    "es": ("núm. ", "n.º ", "nº ", "n. "),
    "it": ("n. ", "n° ", "fasc. "),
    "de": ("H. ", "Heft ", "Nr. ", "Nr "),
    "fr": ("n° ", "no ", "n. "),
}
_ACCESS = {
    "en": (
        "Retrieved from ",
        "Available at: ",
        "Available from: ",
        "Available: ",
        "URL: ",
        "URL ",
        "[Online]. Available: ",
        "Accessed at ",
        "",
        "Available online: ",
    ),
    "pt": ("Disponível em: ", "Disponível em: <", "Disponível em ", "Recuperado de ", "Disponivel em: <"),
    "es": ("Disponible en: ", "Recuperado de ", "Disponible en ", "Obtenido de "),
    "it": ("Disponibile su: ", "URL: ", ""),
    "de": ("Verfügbar unter: ", "URL: ", "online unter: ", "Abgerufen von ", ""),
    "fr": ("Disponible sur : ", "URL : ", "En ligne : ", ""),
}
_ACCESSED = {
    "en": (
        "Accessed {}",
        "accessed {}",
        "(accessed {})",
        "[accessed {}]",
        "(accessed on {})",
        "Last accessed {}",
        "[cited {}]",
        "Retrieved {}",
        "Accessed: {}",
        "(Accessed: {})",
        "last visited {}",
    ),
    "pt": ("Acesso em: {}", "Acesso em {}", "Acessado em {}", "[acesso em {}]", "Acesso em: {}."),
    "es": ("Consultado el {}", "Fecha de consulta: {}", "[consulta: {}]", "Acceso: {}"),
    "it": ("consultato il {}", "ultimo accesso {}"),
    "de": ("Zugriff am {}", "abgerufen am {}", "Zugriff: {}", "Stand: {}"),
    "fr": ("consulté le {}", "(consulté le {})"),
}
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "pt": [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "it": [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    "de": ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}


@dataclass
class Line:
    """Text with its labelled spans, grown from the left."""

    text: str = ""
    spans: list[list[Any]] | None = None

    def add(self, text: str, label: str = "") -> None:
        if label and text:
            self.spans = self.spans or []
            self.spans.append([len(self.text), len(self.text) + len(text), label])
        self.text += text


class Template:
    """One manner of printing, kept for a whole list of entries."""

    def __init__(self, pick: random.Random) -> None:
        self.pick = pick
        self.names = pick.choice(
            ("inverted", "inverted", "inverted", "compact", "compact", "direct", "direct", "first", "capitals", "bare")
        )
        self.year = pick.choice(("head()", "head()", "head", "head.", "tail", "tail", "tail()", "mid", "mid()", "front"))
        self.quotes = pick.choice((("", ""), ("", ""), ("", ""), ("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("‘", "’")))
        self.stop = pick.choice((". ", ". ", ". ", ", ", ", ", ": ", " "))
        self.sep = pick.choice((". ", ". ", ", ", ", ", "; "))
        self.initial = pick.choice((".", ".", ". ", " ", ""))
        self.and_index = pick.random()
        self.semicolon = pick.random() < 0.25
        self.place_first = pick.random() < 0.6
        self.place_sep = pick.choice((": ", ": ", ", ", " : ", " "))
        self.most = pick.choice((3, 6, 99, 99, 99))
        self.locator = pick.choice(
            (
                "v(i):p",
                "v(i):p",
                "v (i): p",
                "v(i), p",
                "v, p",
                "v:p",
                "v, no. i, p",
                "words",
                "words",
                "v.i:p",
                "v/i, p",
                "y;v(i):p",
                "y;v(i):p",
            )
        )
        if self.locator == "y;v(i):p":
            self.year = "tail"
        self.end = pick.choice((".", ".", "", ".", ""))
        self.label = pick.choice(("", "", "", "", "[{}] ", "{}. ", "{} ", "({}) ", "{}) ", "[{}]", "• "))
        self.fancy = pick.random()

    def _choose(self, table: dict[str, tuple[str, ...]], language: str) -> str:
        options = table.get(language, table["en"])
        return options[int(self.fancy * 997) % len(options)] if self.pick.random() < 0.85 else self.pick.choice(options)

    def _name(self, name: dict[str, str], index: int) -> str:
        if "literal" in name:
            return name["literal"]
        family, given = name["family"], name.get("given", "")
        parts = [part for part in re.split(r"[\s.]+", given) if part]
        initials = [f"{part[0]}" for part in parts if part[0].isalpha()]
        dotted = (self.initial if self.initial != " " else ". ").join(initials) + ("." if "." in self.initial else "")
        compact = "".join(initials)
        full = given
        if self.names == "inverted":
            return f"{family}, {dotted if self.fancy < 0.75 else full}"
        if self.names == "compact":
            return f"{family} {compact if self.initial in ('', ' ', '.') else dotted}".strip()
        if self.names == "capitals":
            return f"{family.upper()}, {dotted if self.fancy < 0.6 else full}"
        if self.names == "first":
            return f"{family}, {full}" if index == 0 else f"{full} {family}".strip()
        if self.names == "bare":
            return f"{family} {full}".strip() if self.fancy < 0.5 else family
        return f"{dotted if self.fancy < 0.6 else full} {family}".strip()

    def people(self, names: list[dict[str, str]], language: str) -> str:
        shown = [self._name(name, index).strip().rstrip(",") for index, name in enumerate(names)]
        cut = ""
        if len(shown) > self.most:
            shown = shown[: 1 if self.most == 3 else self.most]
            cut = self.pick.choice((" et al.", ", et al.", ", et al", " et al", " u. a." if language == "de" else " et al."))
        joint = "; " if self.semicolon or self.names == "capitals" else ", "
        options = _AND.get(language, _AND["en"])
        last = options[int(self.and_index * len(options))]
        if self.semicolon:
            last = self.pick.choice(("; ", last))
        text = shown[0] if len(shown) == 1 or cut else joint.join(shown[:-1]) + last + shown[-1]
        if cut:
            text = joint.join(shown) + cut
        return text

    def _date(self, item: Item, language: str) -> str:
        parts = item["issued"]["date-parts"][0]
        pick = self.pick
        if len(parts) == 1 or (pick.random() < 0.5 and item["type"] != "article-newspaper"):
            return f"{parts[0]}{pick.choice(('a', 'b', 'c', ' a', ' b')) if pick.random() < 0.04 and 'head' in self.year else ''}"
        return self.day(parts, language)

    def day(self, parts: list[int], language: str) -> str:
        """A date fuller than its year, in the words of ``language``."""
        pick = self.pick
        month = MONTHS[language][parts[1] - 1]
        if language == "en" and pick.random() < 0.5:
            month = month[:3] + pick.choice((".", ""))
        if len(parts) == 2:
            return pick.choice((f"{parts[0]}, {month}", f"{month} {parts[0]}", f"{parts[0]} {month}"))
        joint = " de " if language in ("pt", "es") else " "
        return pick.choice(
            (
                f"{parts[2]}{'.' if language == 'de' else ''}{joint}{month}{joint}{parts[0]}",
                f"{parts[0]}, {month} {parts[2]}",
                f"{month} {parts[2]}, {parts[0]}",
                f"{parts[0]} {month} {parts[2]}",
                f"{parts[0]}-{parts[1]:02d}-{parts[2]:02d}",
                f"{parts[2]:02d}.{parts[1]:02d}.{parts[0]}",
                f"{parts[2]}/{parts[1]}/{parts[0]}",
            )
        )

    def entry(self, item: Item, number: int) -> Labelled | None:
        """``item`` printed; None when nothing but a title would be printed."""
        pick, line, language = self.pick, Line(), item.get("language", "en")
        dated = "issued" in item
        date = self._date(item, language) if dated else ""
        if not dated and pick.random() < 0.7:
            dated, date = (
                True,
                pick.choice(("n.d.", "n.d.", "s.d.", "no date", "[s.d.]", "n. d.", "in press", "forthcoming", "o. J.")),
            )
        line.add(self.label.format(number))
        front = self.year == "front" and date
        if front:
            line.add(date, "year")
            line.add(pick.choice((" ", ". ", ", ")))
        head = item.get("author") or []
        editors = item.get("editor") or []
        if head:
            self._heads(line, head, language)
        elif editors:
            line.add(self.people(editors, language) + self._choose(_EDITORS, language), "editor")
            editors = []
        year_put = bool(front) or not dated
        if not year_put and self.year.startswith("head"):
            if "()" in self.year:
                line.add(" (")
                line.add(date, "year")
                line.add(pick.choice((")" + self.stop, "). ", ") ", "): ")))
            else:
                line.add(" " if line.text.endswith(".") or (self.year == "head" and self.initial == "") else ", ")
                line.add(date, "year")
                line.add(". " if self.year == "head." else pick.choice((self.stop, ", ", ". ", ": ")))
            year_put = True
        elif line.text and line.text[-1] != " ":
            line.add(self.stop if not (line.text.endswith(".") and self.stop[0] == ".") else " ")
        self._title(line, item)
        kind = item["type"]
        if kind in ("chapter", "paper-conference"):
            self._inside(line, item, editors, language)
            editors = []
        elif kind.startswith("article") and item.get("container-title"):
            placed = kind == "article-journal" and pick.random() < (0.35 if language in ("pt", "es") else 0.03)
            line.add(pick.choice(("In: ", "in ")) if pick.random() < 0.05 and kind == "article-journal" else "")
            line.add(item["container-title"], "container")
            if placed:  # ABNT prints the place of the journal
                line.add(", ")
                line.add(pick.choice(maker_places(language)), "place")
        elif kind == "webpage" and item.get("container-title"):
            line.add(item["container-title"], "container")
        if item.get("edition"):
            self._gap(line)
            number_ = item["edition"]
            line.add(
                pick.choice(
                    (
                        f"{number_}nd ed.",
                        f"{number_}th edn.",
                        f"{number_}. ed.",
                        f"{number_}ª ed.",
                        f"{number_}. Aufl.",
                        f"{number_}e éd.",
                        "2nd edition",
                        "rev. ed.",
                        f"({number_}th ed.)",
                    )
                ),
                "edition",
            )
        if kind == "thesis":
            self._gap(line)
            line.add(pick.choice(("", "(", "[")) + item["genre"], "type")
            line.add({"(": ")", "[": "]"}.get(line.text[-len(item["genre"]) - 1], ""))
        if kind == "report" and item.get("genre"):
            self._gap(line)
            line.add(item["genre"], "type")
            if item.get("number"):
                line.add(pick.choice((" ", " No. ", " no. ")))
                line.add(item["number"], "note")
        if kind == "book" and editors and pick.random() < 0.9:
            self._gap(line)
            line.add(self._choose(_BY, language) + self.people(editors, language), "editor")
        locator = kind == "article-journal"
        if locator and not year_put and self.year.startswith("mid"):
            line.add(" " if "()" in self.year else pick.choice((", ", " ", ". ")))
            line.add("(" if "()" in self.year else "")
            line.add(date, "year")
            line.add(")" if "()" in self.year else "")
            line.add(pick.choice((", ", "; ", ";", ": ", " ")))
            year_put = True
            self._locator(line, item, language, started=True)
        elif locator and not year_put and self.locator == "y;v(i):p":
            self._index_medicus(line, item, date)
            year_put = True
        elif locator:
            self._locator(line, item, language, started=False)
        if kind != "article-journal":
            if kind == "book" and item.get("volume"):
                self._gap(line)
                line.add(pick.choice(("vol. ", "Vol. ", "v. ", "Bd. ")))
                line.add(item["volume"], "volume")
            year_put = self._imprint(line, item, date, year_put=year_put)
            if kind in ("chapter", "paper-conference") and item.get("page") and "page" not in {s[2] for s in line.spans or ()}:
                self._gap(line)
                line.add(pick.choice(("(", "")) if pick.random() < 0.2 else "")
                line.add(self._choose(_PAGES, language).replace(": ", "pp. "))
                line.add(self._page(item["page"]), "page")
                if line.text.count("(") > line.text.count(")"):
                    line.add(")")
        if not year_put:
            line.add(" " if self.year == "tail()" else pick.choice((", ", ". ", "; ", " ")))
            line.add("(" if self.year == "tail()" else "")
            line.add(date, "year")
            line.add(")" if self.year == "tail()" else "")
        if item.get("number-of-pages"):
            line.add(pick.choice((", ", ". ", "; ", " ")) if line.text[-1:] != "." else " ")
            line.add(pick.choice(("", "", "xii + ", "xiv, ")) + item["number-of-pages"], "note")
            line.add(pick.choice((" p", " pp", " p.", " pp.", " S.", " pages")))
        self._web(line, item, language)
        if self.end and line.text[-1:] not in ".>/":
            line.add(self.end)
        return {"raw": line.text, "spans": line.spans or []} if len(line.spans or ()) > 2 else None

    def _heads(self, line: Line, head: list[dict[str, str]], language: str) -> None:
        if "literal" in head[0]:
            line.add(head[0]["literal"].upper() if self.names == "capitals" else head[0]["literal"], "org")
            if self.pick.random() < 0.08:
                line.add(
                    ". " + self.pick.choice(("Department of Health", "Ministério da Saúde", "Secretaria de Vigilância")), "org"
                )
            return
        people = [name for name in head if "family" in name]
        line.add(self.people(people, language), "author")
        groups = [name for name in head if "literal" in name]
        if groups:
            line.add(self.pick.choice((", ", "; ", " and ", " ")))
            line.add(groups[0]["literal"], "org")

    def _title(self, line: Line, item: Item) -> None:
        quoted = self.quotes[0] and (item["type"] not in ("book", "report") or self.pick.random() < 0.15)
        title = item["title"]
        comma = self.sep[0]
        if quoted:
            inside = self.pick.random() < 0.5
            line.add(self.quotes[0])
            line.add(title, "title")
            line.add(comma + self.quotes[1] + " " if inside and title[-1] not in "?!" else self.quotes[1] + self.sep)
            return
        line.add(title, "title")
        if item["type"] in ("article-journal", "webpage") and self.pick.random() < 0.03:
            line.add(self.pick.choice((" [Internet]", " [online]", " [J]", " [Electronic version]")))
        line.add(self.sep if title[-1] not in "?!" or comma == "," else " ")

    def _gap(self, line: Line) -> None:
        text = line.text
        if text.endswith(" ") or not text:
            return
        line.add(" " if text[-1] in ".?!" else self.sep if self.pick.random() < 0.9 else self.pick.choice((", ", ". ", " ")))

    def _page(self, page: str) -> str:
        return page.replace("-", self.pick.choice(("-", "–", "-", "–", " - ", "--", " – ")))

    def _inside(self, line: Line, item: Item, editors: list[dict[str, str]], language: str) -> None:
        pick = self.pick
        line.add(self._choose(_IN, language) if pick.random() < 0.93 or item["type"] == "chapter" else "")
        early = editors and pick.random() < 0.65
        if early:
            line.add(self.people(editors, language) + self._choose(_EDITORS, language), "editor")
            line.add(pick.choice((" ", ", ", ". ", ": ")))
        line.add(item["container-title"], "container")
        if item.get("volume") and pick.random() < 0.8:
            line.add(pick.choice((", vol. ", " (Vol. ", ", ", ". Vol. ")))
            line.add(item["volume"], "volume")
            if "(Vol" in line.text[-14:]:
                line.add(")")
        if item.get("collection-title"):
            self._gap(line)
            line.add(item["collection-title"], "series")
        if editors and not early:
            self._gap(line)
            if pick.random() < 0.5:
                line.add(self._choose(_BY, language) + self.people(editors, language), "editor")
            else:
                line.add(
                    pick.choice(("", "("))
                    + self.people(editors, language)
                    + self._choose(_EDITORS, language).replace(" (", ", ").rstrip(")"),
                    "editor",
                )
                if line.text.count("(") > line.text.count(")"):
                    line.add(")")
        if item.get("page") and pick.random() < 0.45:
            open_ = pick.random() < 0.5
            line.add(" (" if open_ else ", ")
            line.add(self._choose(_PAGES, language).replace(": ", "pp. "))
            line.add(self._page(item["page"]), "page")
            line.add(")" if open_ else "")

    def _imprint(self, line: Line, item: Item, date: str, *, year_put: bool) -> bool:
        place, publisher = item.get("publisher-place"), item.get("publisher")
        if place or publisher:
            self._gap(line)
        bracket = self.pick.random() < 0.12 and not year_put and (place or publisher)
        line.add("(" if bracket else "")
        if place and (self.place_first or not publisher):
            line.add(place, "place")
            if publisher:
                line.add(self.place_sep)
                line.add(publisher, "publisher")
        elif publisher:
            line.add(publisher, "publisher")
            if place:
                line.add(", ")
                line.add(place, "place")
        if date and not year_put and (place or publisher):
            line.add(self.pick.choice((", ", ", ", "; ", " ")))
            line.add(date, "year")
            line.add(")" if bracket else "")
            return True
        line.add(")" if bracket else "")
        return year_put

    def _index_medicus(self, line: Line, item: Item, date: str) -> None:
        """ "J Coast Stud. 2019 Mar 5;45(3):112-30": as PubMed prints it."""
        pick = self.pick
        line.add(pick.choice((". ", " ", ". ", ", ")))
        parts = item["issued"]["date-parts"][0] if "issued" in item else []
        if parts and pick.random() < 0.6:
            month = MONTHS["en"][pick.randint(0, 11)][:3]
            day = pick.choice(("", "", f" {pick.randint(1, 28)}", f"-{MONTHS['en'][pick.randint(0, 11)][:3]}"))
            date = f"{parts[0]} {month}{day}"
        line.add(date, "year")
        line.add(pick.choice((";", ";", "; ", "; ", ": ")))
        if item.get("volume"):
            line.add(item["volume"], "volume")
        if item.get("issue"):
            line.add(pick.choice(("(", "(", " (")))
            line.add(item["issue"], "issue")
            line.add(")")
        if item.get("page"):
            line.add(pick.choice((":", ":", ": ")))
            line.add(self._page(item["page"]), "page")

    def _locator(self, line: Line, item: Item, language: str, *, started: bool) -> None:
        pick = self.pick
        volume, issue, page = item.get("volume"), item.get("issue"), item.get("page")
        if not started and (volume or page):
            line.add(pick.choice((", ", " ", ", ", ". ", " ")))
        form = "v(i):p" if self.locator == "y;v(i):p" else self.locator
        if form == "words":
            if volume:
                line.add(self._choose(_VOLUME, language))
                line.add(volume, "volume")
            if issue:
                line.add(", " if volume else "")
                line.add(self._choose(_ISSUE, language))
                line.add(issue, "issue")
            if page:
                line.add(", " if volume or issue else "")
                line.add(self._choose(_PAGES, language).replace(": ", "p. "))
                line.add(self._page(page), "page")
            return
        if volume:
            line.add(volume, "volume")
        if issue and form not in ("v, p", "v:p"):
            before, after = {
                "v(i):p": ("(", ")"),
                "v (i): p": (" (", ")"),
                "v(i), p": ("(", ")"),
                "v, no. i, p": (", no. ", ""),
                "v.i:p": (".", ""),
                "v/i, p": ("/", ""),
            }[form]
            line.add(before if volume else before.lstrip(" ,./"))
            line.add(issue, "issue")
            line.add(after)
        if page:
            joint = {
                "v(i):p": ":",
                "v (i): p": ": ",
                "v(i), p": ", ",
                "v, p": ", ",
                "v:p": pick.choice((":", ": ")),
                "v, no. i, p": ", ",
                "v.i:p": ":",
                "v/i, p": ", ",
            }[form]
            line.add(joint if volume or issue else "")
            line.add(pick.choice(("", "", "", "pp. ", "p. ")) if "," in joint else "")
            line.add(self._page(page), "page")

    def _web(self, line: Line, item: Item, language: str) -> None:
        pick = self.pick
        if item.get("DOI"):
            self._gap(line)
            line.add(
                pick.choice(
                    (
                        "doi:",
                        "doi: ",
                        "DOI: ",
                        "https://doi.org/",
                        "http://dx.doi.org/",
                        "DOI:",
                        "doi.org/",
                        "https://doi.org/",
                        "DOI ",
                        "(doi:",
                    )
                )
            )
            line.add(item["DOI"], "doi")
            if line.text.count("(doi") > 0:
                line.add(")")
            if pick.random() < 0.08:
                line.add(pick.choice((" PMID: ", ". PMID ", " PubMed PMID: ")))
                line.add(str(pick.randint(1000000, 38999999)), "note")
        elif item["type"] == "article-journal" and pick.random() < 0.05:
            self._gap(line)
            line.add(pick.choice(("PMID: ", "PubMed PMID: ", "pmid:", "[PubMed: ")))
            line.add(str(pick.randint(1000000, 38999999)), "note")
            line.add("]" if "[PubMed" in line.text[-20:] else "")
        accessed = ""
        if item.get("accessed"):
            accessed = self.day(item["accessed"]["date-parts"][0], language)
        words_ = self._choose(_ACCESSED, language) if accessed else ""
        if item.get("URL"):
            self._gap(line)
            if accessed and pick.random() < 0.25:
                self._accessed(line, words_, accessed)
                line.add(pick.choice((", from ", ". ", " ")))
                accessed = ""
            lead = self._choose(_ACCESS, language)
            line.add(lead)
            line.add(item["URL"], "url")
            line.add(">" if lead.endswith("<") else "")
            if accessed:
                line.add(pick.choice((" ", ". ", ", ")))
                self._accessed(line, words_, accessed)

    def _accessed(self, line: Line, words_: str, accessed: str) -> None:
        before, after = words_.split("{}")
        line.add(before)
        line.add(accessed, "accessed")
        line.add(after)


def maker_places(language: str) -> list[str]:
    """Cities where journals of a language appear."""
    return words.PLACES[language]


def make(maker: Maker, count: int, seed: int) -> list[Labelled]:
    """``count`` references in templates that change every few entries."""
    pick = random.Random(seed)
    found: list[Labelled] = []
    while len(found) < count:
        template = Template(pick)
        for number in range(pick.randint(2, 6)):
            entry = template.entry(maker.item(), pick.randint(1, 150) + number)
            if entry:
                found.append(dict(entry, style=f"template-{len(found)}", source="template"))
    return found[:count]
