"""References of kinds that neither registries nor citation styles hold: entries without a title, magazines, proceedings with
their place and days, technical reports, translated and edited books with their hands, historical imprints.

The manner of the names is that of ``templates``; what stands behind them is set here.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from references.training import eastern, words
from references.training.facts import Maker
from references.training.render import Labelled
from references.training.templates import MONTHS, Line, Template

_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIV XV XVIII XX XXIII XXV XXXI XL LIV LXII".split()
_ORDINALS = "1st 2nd 3rd 4th 5th 7th 9th 10th 11th 14th 21st 33rd 67th First Second Third Fourth Eighth Tenth Annual".split()
_MEETINGS = "Conference Symposium Workshop Congress Meeting Forum Colloquium".split()
_SOCIETIES = "IEEE ACM IFIP AAAI SIAM USENIX Int. International European Asian American National SPIE IEEE/RSJ ACM/IEEE Joint ISPRS".split()
_HANDS = {
    "en": ("Translated by ", "translated by ", "trans. ", "Trans. ", "transl. ", "With an introduction by ", "illustrated by ", "Foreword by "),
    "it": ("traduzione di ", "trad. di ", "trad. it. di ", "introduzione di ", "prefazione di "),
    "de": ("Übersetzt von ", "übers. von ", "aus dem Englischen von ", "mit einem Vorwort von "),
    "fr": ("traduit par ", "trad. par ", "trad. de l’anglais par ", "préface de ", "traduction de "),
    "es": ("traducción de ", "trad. ", "Trad. de ", "prólogo de "),
    "pt": ("tradução de ", "Tradução de ", "Trad. ", "Tradução: ", "prefácio de "),
}  # fmt: skip
_PRINTERS = {
    "en": ("printed for the author", "J. Murray", "printed by T. Cadell", "Longman & Co.", "W. Bowyer", "J. Tonson, etc."),
    "it": ("Tip. del Commercio", "presso G. Battaglia", "nella stamperia Reale", "Tipografia Emiliana", "per i tipi del Seminario",
           "appresso i Giunti", "Hoepli", "Sansoni", "coi tipi di A. Zatta"),
    "de": ("bey C. F. Voss", "B. G. Teubner", "Weidmann", "in Commission bei K. Gerold", "Duncker & Humblot", "W. Kohlhammer"),
    "fr": ("chez Didot", "Imprimerie nationale", "E. Leroux", "Hachette et Cie", "veuve Courcier", "A. Picard et fils"),
    "es": ("Imprenta Real", "Imp. de M. Rivadeneyra", "Tip. de los Huérfanos"),
    "pt": ("Typographia Nacional", "Imprensa Régia", "Livraria Chardron"),
}  # fmt: skip
_OLD_PLACES = {
    "en": ("London", "Edinburgh", "Dublin", "Boston", "Philadelphia"),
    "it": ("Venezia", "Firenze", "Roma", "Padova", "Milano", "Torino", "Napoli", "Bologna", "In Venetia", "Bassano", "Trento"),
    "de": ("Leipzig", "Berlin", "Wien", "Stuttgart", "Halle", "München", "Leipzig-Berlin", "Basel", "Göttingen", "Hildesheim u.a."),
    "fr": ("Paris", "Lyon", "Genève", "Bruxelles", "A Paris", "Strasbourg", "Paris-La Haye"),
    "es": ("Madrid", "Barcelona", "Sevilla", "Valencia"),
    "pt": ("Lisboa", "Coimbra", "Porto", "Rio de Janeiro"),
}  # fmt: skip
_SERIES_HEADS = {
    "en": ("Studies in ", "Lecture Notes in ", "Springer Series in ", "Monographs on ", "Publications in ", "Cambridge Studies in ",
           "Prentice-Hall Series in ", "Contributions to ", "Research Papers in "),
    "it": ("Biblioteca di ", "Studi di ", "Collana di ", "Quaderni di "),
    "de": ("Quellen zur ", "Studien zur ", "Forschungen zur ", "Beiträge zur ", "Abhandlungen zur "),
    "fr": ("Collection ", "Bibliothèque de ", "Études de ", "Travaux de "),
    "es": ("Colección ", "Biblioteca de ", "Cuadernos de "),
    "pt": ("Coleção ", "Série ", "Biblioteca de "),
}  # fmt: skip
_NUMBERS = ("n°", "n° ", "no. ", "No. ", "n. ", "nº ", "Nr. ", "num. ", "#")


def _acronym(pick: random.Random) -> str:
    text = "".join(pick.choice("ABCDEFGHIJLMNOPRST") for _ in range(pick.choices((2, 3, 4, 5, 6), (3, 6, 6, 3, 1))[0]))
    shape = pick.random()
    if shape < 0.08:
        return f"{text[0]}&{text[1]}"
    return text[0] + text[1:].lower() + text[0] if shape < 0.14 and len(text) > 2 else text


def _abbreviated(maker: Maker) -> str:
    """A journal as physicists and chemists print it."""
    pick = maker.random
    for _ in range(12):
        name = pick.choice(maker.facts.journals)
        if "." in name and len(name) < 40:
            return name
    return name


def series(maker: Maker, language: str) -> str:
    """The printed name of a series of books."""
    pick = maker.random
    if pick.random() < 0.25:
        return pick.choice(words.SERIES)
    head, topic = pick.choice(_SERIES_HEADS[language]), pick.choice(words.TOPICS[language])
    return (
        f"{head}{topic}"
        if pick.random() < 0.8
        else f"{topic[0].upper()}{topic[1:]} {pick.choice(('Studies', 'Monographs', 'Series'))}"
    )


def _join(line: Line, text: str) -> None:
    """``text`` behind what is there, without doubling its full stop."""
    line.add(text[1:] if text[:1] == "." and line.text[-1:] in ".?!" else text)


def _year(maker: Maker, old: bool = False) -> str:
    return str(maker.random.randint(1520, 1945) if old else 2026 - int(maker.random.expovariate(1 / 18)))


def _people(line: Line, template: Template, maker: Maker, language: str, most: int = 6) -> None:
    pick = maker.random
    if pick.random() < 0.04:
        line.add(pick.choice(("———. ", "______. ", "—— , ", "–––––. ", "ID., ", "Idem, ", "Id., ")), "author")
        return
    if pick.random() < 0.05:
        line.add(f"{pick.choice('ABCDGLNPST')}{''.join(pick.choice('ACEILMORSTU') for _ in range(4))} Collaboration", "org")
        return
    line.add(template.people(maker.people(language, most), language), "author")


def _bare(maker: Maker, template: Template) -> Line:
    """Physics, chemistry, astronomy: names, journal, volume, page, year and no title."""
    pick, line = maker.random, Line()
    line.add(template.label.format(pick.randint(1, 90)))
    _people(line, template, maker, "en")
    journal = _acronym(pick) if pick.random() < 0.35 else _abbreviated(maker)
    volume = pick.choice((str(pick.randint(1, 900)), str(pick.randint(1, 120)), f"{pick.choice('ABCD')}{pick.randint(10, 400)}"))
    page = pick.choice(
        (
            str(pick.randint(1, 9999)),
            maker.pages(),
            f"{pick.randint(0, 9)}{pick.randint(10000, 99999)}",
            f"L{pick.randint(1, 99)}",
        )
    )
    year, form = _year(maker), pick.randrange(7)
    if form in (0, 1):
        _join(line, pick.choice((", ", ", ", ". ", ": ", " ")))
        line.add(journal, "container")
        line.add(pick.choice((" ", " ", ", ")))
        line.add(volume, "volume")
        if pick.random() < 0.15:
            line.add(" (" if pick.random() < 0.5 else "(")
            line.add(str(pick.randint(1, 12)), "issue")
            line.add(")")
        line.add(pick.choice((", ", ", ", ": ", ":")))
        line.add(page, "page")
        line.add(pick.choice((" (", " (", "( ")))
        line.add(year, "year")
        line.add(")")
    elif form == 2:
        _join(line, pick.choice((", ", " ")))
        line.add(year, "year")
        line.add(", ")
        line.add(journal, "container")
        line.add(", ")
        line.add(volume, "volume")
        line.add(", ")
        line.add(page, "page")
    elif form == 3:
        _join(line, pick.choice((". ", ", ")))
        line.add(journal, "container")
        line.add(pick.choice((" ", ". ", ", ")))
        line.add(year, "year")
        line.add(pick.choice((", ", ";")))
        line.add(volume, "volume")
        line.add(pick.choice((", ", ":", ": ")))
        line.add(page, "page")
    elif form == 4:
        _join(line, ", ")
        line.add(journal, "container")
        line.add(pick.choice((" ", ", Vol. ", ", vol. ")))
        line.add(volume, "volume")
        line.add(" (")
        line.add(year, "year")
        line.add(") ")
        line.add(pick.choice(("", "pp. ", "p. ")))
        line.add(page, "page")
    elif form == 5:  # a book without more than its name
        _join(line, ", ")
        line.add(maker.book("en"), "title")
        line.add(pick.choice((" (", ", ")))
        line.add(maker.publisher("en"), "publisher")
        if pick.random() < 0.6:
            line.add(", ")
            line.add(maker.place("en"), "place")
        line.add(", ")
        line.add(year, "year")
        line.add(")" if line.text.count("(") > line.text.count(")") else "")
    else:
        _join(line, ", ")
        line.add(maker.title("en"), "title")
        _join(line, pick.choice((", ", ". ")))
        line.add(journal, "container")
        line.add(" ")
        line.add(volume, "volume")
        line.add(" (")
        line.add(year, "year")
        line.add(") ")
        line.add(page, "page")
        if pick.random() < 0.5:
            line.add(pick.choice((" [", ", ")) + f"arXiv:{pick.randint(1000, 2512):04d}.{pick.randint(1000, 99999)}", "note")
            line.add("]" if "[arXiv" in line.text else "")
    return line


def _magazine(maker: Maker, template: Template) -> Line:
    """Month and number where journals have volume and page."""
    pick, line = maker.random, Line()
    language = pick.choice(("fr", "fr", "it", "en", "en", "de", "es", "pt"))
    _people(line, template, maker, language, 3)
    _join(line, pick.choice((". ", ", ", ". ")))
    quotes = pick.choice((("", ""), ("", ""), ("“", "”"), ("«\u202f", "\u202f»"), ('"', '"'), ("‘", "’")))
    line.add(quotes[0])
    line.add(maker.title(language), "title")
    line.add(quotes[1])
    _join(line, pick.choice((". ", ", ", ". ")))
    line.add(pick.choice((maker.journal(language), pick.choice(words.NEWSPAPERS))), "container")
    month = MONTHS[language][pick.randrange(12)]
    if pick.random() < 0.25:
        month += pick.choice(("-", "/", " / ", "–")) + MONTHS[language][pick.randrange(12)]
    date = f"{month}{pick.choice((' de ' if language in ('es', 'pt') else ' ', ' ', ', '))}{_year(maker)}"
    if language == "en" and pick.random() < 0.4:
        date = f"{month} {pick.randint(1, 28)}, {_year(maker)}"
    number_first = pick.random() < 0.4
    if not number_first:
        line.add(pick.choice((", ", ", ", " (", ". ")))
        line.add(date, "year")
        line.add(")" if line.text.count("(") > line.text.count(")") else "")
    if pick.random() < 0.2:
        line.add(", " + pick.choice(("vol. ", "Vol. ", "")))
        line.add(pick.choice((str(pick.randint(1, 80)), pick.choice(_ROMAN))), "volume")
    if pick.random() < 0.8:
        line.add(", " + pick.choice(_NUMBERS))
        line.add(str(pick.randint(1, 2800)), "issue")
    if number_first:
        line.add(", ")
        line.add(date, "year")
    if pick.random() < 0.75:
        line.add(pick.choice((". p. ", ", pp. ", ", p. ", ", ")))
        line.add(maker.pages(), "page")
    return line


def _meeting(maker: Maker, template: Template) -> Line:
    """Papers in proceedings, with the place and the days of the meeting."""
    pick, line = maker.random, Line()
    line.add(template.label.format(pick.randint(1, 90)))
    line.add(template.people(maker.people("en", 6), "en"), "author")
    year, put = _year(maker), False
    if pick.random() < 0.35:
        _join(line, pick.choice((" (", " (", ". ")))
        line.add(year, "year")
        line.add(")" if line.text.count("(") > line.text.count(")") else "")
        put = True
    _join(line, pick.choice((". ", ", ", ". ")))
    quotes = pick.choice((("", ""), ("", ""), ("“", "”"), ('"', '"')))
    inside = pick.random() < 0.5
    line.add(quotes[0])
    line.add(maker.title("en"), "title")
    line.add("," if quotes[0] and inside else "")
    line.add(quotes[1])
    if pick.random() < 0.12:
        _join(line, ". ")
        lead = pick.choice(("Paper presented at the ", "Poster presented at the ", "Presented at the ", "Talk given at the "))
        line.add(lead + _meeting_name(pick), "container")
    else:
        _join(line, pick.choice((". In: ", ". In ", ", in ", " in ", ", In ", ". ", ", ", ". ")))
        line.add(_meeting_name(pick), "container")
    dated = pick.random() < 0.3
    if pick.random() < 0.15:
        line.add(pick.choice((", vol. ", ", volume ", ", LNCS ", " ")))
        line.add(str(pick.randint(1, 4000)), "volume")
    if pick.random() < 0.5:
        line.add(pick.choice((", ", ", ", ". ", " (", " ")))
        line.add(maker.place("en"), "place")
        if dated:
            first = pick.randint(1, 25)
            days = f"{MONTHS['en'][pick.randrange(12)][: pick.choice((3, 9))]} {first}{pick.choice('-–')}{first + pick.randint(1, 4)}"
            if not put and pick.random() < 0.5:
                line.add(", ")
                line.add(f"{days}, {year}", "year")
                put = True
            else:
                line.add(", ")
                line.add(days, "note")
        line.add(")" if line.text.count("(") > line.text.count(")") else "")
    elif not put and pick.random() < 0.3:
        line.add(", ")
        line.add(f"{MONTHS['en'][pick.randrange(12)]} {year}", "year")
        put = True
    paged, pages = pick.random() < 0.7, pick.choice((", pp. ", ", pages ", ", ", ", p. ", " pp "))
    early = pick.random() < 0.6
    if paged and early:
        line.add(pages)
        line.add(maker.pages(), "page")
    if pick.random() < 0.4:
        _join(line, pick.choice((". ", ", ")))
        line.add(pick.choice(("ACM", "IEEE", "ACM Press", "Springer", "IEEE Computer Society", "AAAI Press", "SPIE", maker.publisher("en"))),
                 "publisher")  # fmt: skip
        if pick.random() < 0.3:
            line.add(", ")
            line.add(maker.place("en"), "place")
    if not put:
        line.add(pick.choice((", ", ", ", " (", ". ")))
        line.add(year, "year")
        line.add(")" if line.text.count("(") > line.text.count(")") else "")
    if paged and not early:
        line.add(pages)
        line.add(maker.pages(), "page")
    return line


def _meeting_name(pick: random.Random) -> str:
    topic = pick.choice(words.TOPICS["en"])
    if pick.random() < 0.4:
        topic += pick.choice((" and ", ", ", " and ")) + pick.choice(words.TOPICS["en"])
    acronym = f" ({_acronym(pick)}{pick.choice(('', '', ' ’' + str(pick.randint(85, 99)), ' ' + str(pick.randint(1990, 2025))))})"
    name = f"{pick.choice(_SOCIETIES)} {pick.choice(_MEETINGS)} on {topic}"
    shape = pick.randrange(11)
    if shape == 0:
        return _acronym(pick).upper() + pick.choice(("", "", f" {pick.randint(1990, 2025)}", f" '{pick.randint(80, 99)}"))
    if shape == 1:
        lead, year = pick.choice(("Proc.", "Proceedings of", "Proc. of")), pick.randint(1980, 2025)
        return f"{lead} {_acronym(pick).upper()}{pick.choice(('', f' ’{year % 100:02d}', f' {year}'))}"
    if shape == 2:
        return f"{pick.randint(1975, 2025)} {name}"
    if shape == 3:
        return f"{pick.choice(_ORDINALS)} {name}"
    if shape == 4:
        return f"{name}, {pick.randint(1990, 2025)}. Proceedings"
    if shape == 5:
        return f"Proc. {pick.randint(1980, 2025)} {name}" if pick.random() < 0.5 else f"{topic} {pick.choice(_MEETINGS)}"
    lead = pick.choice(("Proceedings of the", "Proceedings of the", "Proc. of the", "Proc.", "Proceedings", "Proceedings,"))
    middle = pick.choice((f" {pick.choice(_ORDINALS)}", "", f" {pick.randint(1980, 2025)}"))
    return f"{lead}{middle} {name}{acronym if pick.random() < 0.3 else ''}"


def _technical(maker: Maker, template: Template) -> Line:
    """Reports with their numbers."""
    pick, line = maker.random, Line()
    line.add(template.label.format(pick.randint(1, 90)))
    line.add(template.people(maker.people("en", 4), "en"), "author")
    year, put = _year(maker), pick.random() < 0.4
    if put:
        _join(line, pick.choice((" (", ". ")))
        line.add(year, "year")
        line.add(")" if line.text.count("(") > line.text.count(")") else "")
    _join(line, pick.choice((". ", ", ", ". ")))
    quotes = pick.choice((("", ""), ("", ""), ("“", "”"), ('"', '"')))
    line.add(quotes[0])
    line.add(maker.title("en"), "title")
    line.add(quotes[1])
    _join(line, pick.choice((". ", ", ", " (")))
    opened = line.text.endswith("(")
    line.add(pick.choice(("Technical Report", "Tech. Rep.", "Report", "Technical report", "Report No.", "Tech Report", "Research Report",
                          "Working Paper", "Technical Memo", "Rep.", "NBER Working Paper", "Discussion Paper")), "type")  # fmt: skip
    line.add(" ")
    head = pick.choice(("TR", "CS", _acronym(pick).upper(), "", "UCB/CSD", f"{_acronym(pick).upper()}-TR"))
    number = f"{pick.randint(1, 99)}-{pick.randint(1, 999):02d}" if pick.random() < 0.6 else str(pick.randint(10, 20000))
    line.add(f"{head}{'-' if head and pick.random() < 0.7 else ''}{number}", "note")
    line.add(")" if opened else "")
    _join(line, pick.choice((", ", ". ")))
    if pick.random() < 0.4:
        line.add(pick.choice(("Department of Computer Science, ", "Dept. of Statistics, ", "School of Engineering, ", "Institute of Geology, ",
                              "Laboratory for Computer Science, ")), "publisher")  # fmt: skip
        start, _, _ = line.spans.pop() if line.spans else (0, 0, "")
        line.add(pick.choice(words.UNIVERSITIES["en"]))
        line.spans = [*(line.spans or []), [start, len(line.text), "publisher"]]
    else:
        line.add(maker.organisation("en"), "publisher")
    if pick.random() < 0.4:
        line.add(", ")
        line.add(maker.place("en"), "place")
    if not put:
        line.add(", ")
        line.add(pick.choice(("", "", MONTHS["en"][pick.randrange(12)] + " ")) + year, "year")
    return line


def _volume(maker: Maker, template: Template) -> Line:
    """Books with those who translated them, the series they stand in, volumes, ISBN."""
    pick, line = maker.random, Line()
    language = maker.language()
    _people(line, template, maker, language, 3)
    year, put = _year(maker), False
    if pick.random() < 0.3:
        _join(line, pick.choice((" (", ". ", " [")))
        line.add(year, "year")
        line.add(")" if line.text.count("(") > line.text.count(")") else "]" if "[" in line.text else "")
        put = True
    sep = pick.choice((". ", ", ", ". ", ". "))
    _join(line, sep)
    line.add(maker.book(language), "title")
    if pick.random() < 0.5:
        _join(line, pick.choice((sep, ", ", " (")))
        opened = line.text.endswith("(")
        hand = maker.person(language)
        line.add(
            f"{pick.choice(_HANDS[language])}{pick.choice((hand['given'], hand['given'][:1] + '.'))} {hand['family']}", "note"
        )
        line.add(")" if opened else "")
    if pick.random() < 0.25:
        _join(line, pick.choice((sep, ", ")))
        line.add(pick.choice((f"{pick.randint(2, 9)} vols", f"vol. {pick.randint(1, 9)}", f"{pick.randint(2, 5)} Bde.", "2 voll.", "2 v.",
                              f"t. {pick.choice(_ROMAN)}", f"Bd. {pick.randint(1, 12)}")), "note")  # fmt: skip
        line.add("." if pick.random() < 0.3 and line.text[-1] != "." else "")
    if pick.random() < 0.35:
        name, number = (
            series(maker, language),
            pick.choice((f" {pick.randint(1, 300)}", f", {pick.randint(1, 90)}", "", f", vol. {pick.randint(1, 300)}")),
        )
        bracket = pick.random() < 0.5
        _join(line, " (" if bracket else sep)
        line.add(name + number, "series")
        line.add(")" if bracket else "")
    if pick.random() < 0.15:
        _join(line, sep)
        line.add(
            pick.choice(
                (
                    "2nd ed.",
                    "rev. ed.",
                    "(Rev. ed.)",
                    "(Second edition)",
                    "7th edition",
                    "(3rd edition)",
                    "3. Aufl.",
                    "2ª ed.",
                    "nuova ed.",
                    "Reprint",
                    "2e éd.",
                    "First edition",
                )
            ),
            "edition",
        )
    bracket = not put and pick.random() < 0.25
    _join(line, " (" if bracket else sep)
    place, publisher = maker.place(language), maker.publisher(language)
    if pick.random() < 0.75:
        line.add(place, "place")
        if pick.random() < 0.8:
            line.add(template.place_sep)
            line.add(publisher, "publisher")
    else:
        line.add(publisher, "publisher")
    if not put:
        line.add(pick.choice((", ", ", ", " ")))
        line.add(year, "year")
    line.add(")" if bracket else "")
    if pick.random() < 0.1:
        _join(line, ". ")
        line.add(f"ISBN {pick.randint(0, 9)}-{pick.randint(100, 999)}-{pick.randint(10000, 99999)}-{pick.randint(0, 9)}", "note")
    elif pick.random() < 0.08:
        _join(line, pick.choice((", ", ". ")))
        line.add(pick.choice(("", "pp. ", "p. ")))
        line.add(maker.pages(), "page")
    return line


def _old(maker: Maker, template: Template) -> Line:
    """Historians' manner: the place and year of printing, often no publisher; journals in guillemets with Roman volumes."""
    pick, line = maker.random, Line()
    language = pick.choices(("it", "de", "fr", "en", "es", "pt"), (5, 3, 3, 2, 1, 1))[0]
    _people(line, template, maker, language, 2)
    _join(line, pick.choice((", ", ", ", ". ", ": ")))
    sep, old = pick.choice((", ", ", ", ". ")), pick.random() < 0.6
    year = _year(maker, old)
    if pick.random() < 0.35:
        quotes = pick.choice((("", ""), ("", ""), ("“", "”"), ("«", "»")))
        line.add(quotes[0])
        line.add(maker.title(language), "title")
        line.add(quotes[1])
        held = pick.choice((("«", "»"), ("«", "»"), ("“", "”"), ("", ""), ("", "")))
        _join(line, pick.choice((", in ", ", in: ", ", ")) if held[0] == "" or pick.random() < 0.8 else ", ")
        line.add(held[0])
        line.add(maker.journal(language), "container")
        line.add(held[1])
        line.add(", ")
        if pick.random() < 0.2:
            line.add(pick.choice(("s. II, ", "n.s., ", "n. s. ", "ser. V, ", "3e série, ", "N. F. ")))
        line.add(pick.choice(("", "", "t. ", "vol. ", "Bd. ")))
        line.add(pick.choice((pick.choice(_ROMAN), str(pick.randint(1, 90)))), "volume")
        if pick.random() < 0.25:
            line.add(pick.choice(("/", ", n. ", ", fasc. ", ", ")))
            line.add(str(pick.randint(1, 12)), "issue")
        bracket = pick.random() < 0.75
        line.add(" (" if bracket else ", ")
        line.add(year, "year")
        line.add(")" if bracket else "")
        line.add(pick.choice((", pp. ", ", p. ", ", S. ", ": ", ", ")))
        line.add(maker.pages(), "page")
        return line
    line.add(maker.book(language), "title")
    if pick.random() < 0.2:
        _join(line, ", ")
        hand = maker.person(language)
        line.add(pick.choice(("a cura di ", "hrsg. von ", "éd. ", "ed. ") if language in ("it", "de", "fr") else ("ed. ", "ed. by ")) +
                 f"{hand['given'][:1]}. {hand['family']}", "editor")  # fmt: skip
    if pick.random() < 0.2:
        _join(line, sep)
        line.add(pick.choice((f"vol. {pick.choice(_ROMAN)}", f"t. {pick.choice(_ROMAN)}", f"Bd. {pick.randint(1, 9)}", "2 voll.", "3 vol.",
                              f"{pick.randint(2, 6)} Bände", "tomo II")), "note")  # fmt: skip
    _join(line, sep)
    place = pick.choice(_OLD_PLACES[language])
    shape = pick.randrange(5)
    if shape in (0, 1):
        line.add(place, "place")
        line.add(pick.choice((" ", ", ", " ")))
    elif shape in (2, 3):
        line.add(place, "place")
        line.add(pick.choice((", ", ": ", ", ")))
        line.add(pick.choice(_PRINTERS[language]) if old else maker.publisher(language), "publisher")
        line.add(", ")
    else:
        line.add(pick.choice(_PRINTERS[language]) if old else maker.publisher(language), "publisher")
        line.add(", ")
        line.add(place, "place")
        line.add(pick.choice((" ", ", ")))
    line.add(year + pick.choice(("", "", "", f"-{str(int(year) + 3)[-2:]}")), "year")
    if pick.random() < 0.15:
        line.add(pick.choice((", p. ", ", pp. ")))
        line.add(maker.pages(), "page")
    return line


_KINDS: tuple[tuple[Callable[[Maker, Template], Line], int], ...] = (
    (_bare, 18), (_magazine, 12), (_meeting, 20), (_technical, 8), (_volume, 18), (_old, 18), (eastern.entry, 6),
)  # fmt: skip


def make(maker: Maker, count: int, seed: int) -> list[Labelled]:
    """``count`` references of rare kinds, in manners that change every few entries."""
    pick = random.Random(seed)
    found: list[Labelled] = []
    kinds, weights = [kind for kind, _ in _KINDS], [weight for _, weight in _KINDS]
    while len(found) < count:
        template, kind = Template(pick), pick.choices(kinds, weights)[0]
        for _ in range(pick.randint(1, 4)):
            line = kind(maker, template)
            if template.end and line.text[-1:] not in ".。":
                line.add(template.end)
            found.append({"raw": line.text, "spans": line.spans or [], "style": f"rare-{len(found)}", "source": "template"})
    return found[:count]
