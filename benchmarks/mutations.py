"""Known defects planted in real manuscripts: are they found, and is the right entry named?

    python -m benchmarks mutations [--each N] [--only NAME…] [--write] [--show NAME]

Every labelled manuscript with the right kind of citation gets one defect at a time, at a place drawn with a fixed seed.
A defect counts as found when the audit gives a finding of the right code that it did not give before, and as named when
that finding is about the entry that was meant. Defects that must stay silent (a lost accent, hyphen or particle) count
as right when no finding appears and the citation still reaches its entry. ``--write`` puts the table into
docs/development/accuracy-mutations.md.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.gold import Gold, manuscripts
from benchmarks.rates import CONFIG, source_span
from refaudit.audit import audit_file
from refaudit.model import FileReport, Finding
from refaudit.text import letters

SEED = 20260115
PAGE = Path(__file__).resolve().parents[1] / "docs" / "accuracy-mutations.md"

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Planted:
    """A manuscript with one defect: the codes that tell of it, and where the entry stands that should be named."""

    text: str
    codes: tuple[str, ...]
    entry: tuple[int, int] | None = None
    silent: bool = False


Mutation = Callable[[Gold, random.Random], Planted | None]


# ------------------------------------------------------------------ helpers


def edit(
    gold: Gold, start: int, end: int, new: str, codes: Sequence[str], entry: Entry | None, *, silent: bool = False
) -> Planted:
    """The manuscript with ``[start, end)`` replaced; the place of ``entry`` moves along."""
    place = None
    if entry is not None:
        shift = len(new) - (end - start)
        low = entry["start"] + (shift if entry["start"] >= end else 0)
        high = entry["end"] + (shift if entry["end"] >= end else 0)
        place = (low, high)
    return Planted(gold.text[:start] + new + gold.text[end:], tuple(codes), place, silent)


def printed(gold: Gold) -> list[Entry]:
    """References with a place in the text, a title and authors."""
    return [r for r in gold.references if r.get("end") and r.get("fields_ok") and r["fields"].get("title")]


def family(entry: Entry) -> str:
    """The surname of the first author, "" when an organisation or unknown."""
    names = entry["fields"].get("authors") or [{}]
    return str(names[0].get("family") or "")


def alone(gold: Gold, entry: Entry) -> bool:
    """Whether no other entry has the same or a similar first author."""
    own = letters(family(entry))
    others = [letters(family(r)) for r in gold.references if r is not entry]
    return bool(own) and not any(other[:4] == own[:4] for other in others if other)


def single(gold: Gold, *, once: bool = False) -> list[tuple[dict[str, Any], Entry]]:
    """Citations of exactly one work with their reference; ``once`` asks for works cited at one place only."""
    entries = {r["id"]: r for r in printed(gold)}
    times: dict[str, int] = {}
    for citation in gold.citations:
        for identity in citation["refs"]:
            times[identity] = times.get(identity, 0) + 1
    return [
        (citation, entries[citation["refs"][0]])
        for citation in gold.citations
        if len(citation["refs"]) == 1 and citation["refs"][0] in entries and (not once or times[citation["refs"][0]] == 1)
    ]


def pick(found: Sequence[Any], chance: random.Random) -> Any:
    """One of them, or None."""
    return chance.choice(found) if found else None


def author_date(gold: Gold) -> bool:
    """Whether the manuscript cites by author and year."""
    return gold.style == "author-date"


def numeric(gold: Gold) -> bool:
    """Whether the manuscript cites by numbers."""
    return gold.style.startswith("numeric")


YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)([a-z]?)(?![\da-z])")


def dated(
    gold: Gold, chance: random.Random, *, letter: bool = False, lone: bool = True
) -> tuple[Any, Entry, re.Match[str]] | None:
    """A citation of one work that prints its first author and one year (with a letter when asked), its reference, the year."""
    found = []
    for citation, entry in single(gold):
        years = list(YEAR.finditer(citation["text"]))
        if len(years) != 1 or bool(years[0][2]) != letter or not family(entry):
            continue
        plain = letters(family(entry)) in letters(citation["text"]) and years[0][1] in entry["raw"]
        if plain and (not lone or alone(gold, entry)):
            found.append((citation, entry, years[0]))
    result: tuple[Any, Entry, re.Match[str]] | None = pick(found, chance)
    return result


def misspell(name: str, chance: random.Random, kind: str) -> str:
    """A name with a letter doubled, left out or replaced, or two letters swapped (never the first letter)."""
    at = chance.randrange(1, len(name) - 1)
    if kind == "swap":
        at = next((i for i in range(1, len(name) - 1) if name[i] != name[i + 1]), at)
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind == "drop":
        return name[:at] + name[at + 1 :]
    if kind == "double":
        return name[:at] + name[at] + name[at:]
    other = chance.choice([c for c in "aeioulnrst" if c != name[at].lower()])
    return name[:at] + other + name[at + 1 :]


# ------------------------------------------------------------------ links


def entry_deleted(kind: Callable[[Gold], bool]) -> Mutation:
    """A cited entry is taken out of the list."""

    def plant(gold: Gold, chance: random.Random) -> Planted | None:
        found = [r for r in printed(gold) if r["id"] in gold.cited and kind(gold) and (numeric(gold) or alone(gold, r))]
        entry = pick(found[1:-1], chance)
        if entry is None:
            return None
        return edit(gold, entry["start"], line_end(gold.text, entry["end"]), "", ("LNK001",), None)

    return plant


def line_end(text: str, at: int) -> int:
    """Behind the line break (and blank line) after ``at``."""
    match = re.compile(r"[ \t]*\r?\n?(?:[ \t]*\r?\n)?").match(text, at)
    return match.end() if match else at


def citation_deleted(gold: Gold, chance: random.Random) -> Planted | None:
    """The only citation of an entry is taken out of the text."""
    found = []
    for citation, entry in single(gold, once=True):
        start, end = citation["start"], citation["end"]
        bracketed = gold.text[start - 1 : start] + gold.text[end : end + 1] in ("()", "[]")
        if (numeric(gold) or author_date(gold)) and (bracketed or gold.style == "numeric-superscript"):
            found.append((start - bracketed, end + bracketed, entry))
    chosen = pick(found, chance)
    if chosen is None:
        return None
    return edit(gold, chosen[0], chosen[1], "", ("LNK003",), chosen[2])


def year_in_text(gold: Gold, chance: random.Random) -> Planted | None:
    """The year of a citation is one off."""
    chosen = dated(gold, chance) if author_date(gold) else None
    if chosen is None:
        return None
    citation, entry, year = chosen
    new = str(int(year[1]) + chance.choice((-1, 1)))
    start = citation["start"] + year.start(1)
    return edit(gold, start, start + 4, new, ("LNK005",), entry)


def year_in_list(gold: Gold, chance: random.Random) -> Planted | None:
    """The year of an entry is one off."""
    chosen = dated(gold, chance) if author_date(gold) else None
    if chosen is None:
        return None
    _, entry, year = chosen
    at = gold.text.find(year[1], entry["start"], entry["end"])
    if at < 0 or entry["raw"].count(year[1]) != 1:
        return None
    return edit(gold, at, at + 4, str(int(year[1]) + chance.choice((-1, 1))), ("LNK005",), entry)


def misspelt(where: str, kind: str) -> Mutation:
    """The surname of a citation, or of an entry, is misspelt."""

    def plant(gold: Gold, chance: random.Random) -> Planted | None:
        chosen = dated(gold, chance) if author_date(gold) else None
        if chosen is None:
            return None
        citation, entry, _ = chosen
        name = family(entry)
        low, high = (citation["start"], citation["end"]) if where == "text" else (entry["start"], entry["end"])
        at = gold.text.find(name, low, high)
        if at < 0 or len(name) < 5 or not name.isalpha():
            return None
        return edit(gold, at, at + len(name), misspell(name, chance, kind), ("LNK006",), entry)

    return plant


def mark_lost(kind: str) -> Mutation:
    """A name in the text loses its accents, its hyphen or its particle: that is no defect."""

    def change(name: str) -> str:
        if kind == "accent":
            return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        if kind == "hyphen":
            return name.replace("-", " ")
        return re.sub(r"^(?:van der|van den|van de|van|von|de la|de|da|dos|del|di|le|la)\s+", "", name, flags=re.IGNORECASE)

    def plant(gold: Gold, chance: random.Random) -> Planted | None:
        if not author_date(gold):
            return None
        found = []
        for citation, entry in single(gold):
            name = family(entry)
            at = gold.text.find(name, citation["start"], citation["end"])
            if name and at >= 0 and change(name) != name and len(YEAR.findall(citation["text"])) == 1:
                found.append((at, name, entry))
        chosen = pick(found, chance)
        if chosen is None:
            return None
        at, name, entry = chosen
        return edit(gold, at, at + len(name), change(name), (), entry, silent=True)

    return plant


def letter_added(gold: Gold, chance: random.Random) -> Planted | None:
    """A citation gets a letter that no entry has."""
    chosen = dated(gold, chance) if author_date(gold) else None
    if chosen is None:
        return None
    citation, entry, year = chosen
    at = citation["start"] + year.end(1)
    return edit(gold, at, at, "a", ("LNK007",), entry)


def lettered(gold: Gold, chance: random.Random) -> tuple[int, str, Entry] | None:
    """A citation with a letter whose twin is in the list too: place of the letter, the letter, the entry."""
    chosen = dated(gold, chance, letter=True, lone=False) if author_date(gold) else None
    if chosen is None:
        return None
    citation, entry, year = chosen
    twins = [r for r in gold.references if family(r) == family(entry) and year[1] in r["raw"] and r is not entry]
    return (citation["start"] + year.end(1), year[2], entry) if twins and year[0] in entry["raw"] else None


def letter_dropped(gold: Gold, chance: random.Random) -> Planted | None:
    """A citation loses the letter that the list needs."""
    chosen = lettered(gold, chance)
    return None if chosen is None else edit(gold, chosen[0], chosen[0] + 1, "", ("LNK007", "LNK004"), chosen[2])


def letter_swapped(gold: Gold, chance: random.Random) -> Planted | None:
    """A citation gets a letter beyond those of the list."""
    chosen = lettered(gold, chance)
    return None if chosen is None else edit(gold, chosen[0], chosen[0] + 1, "h", ("LNK007",), None)


def made_ambiguous(gold: Gold, chance: random.Random) -> Planted | None:
    """Text and list lose the letters that tell two works apart."""
    chosen = lettered(gold, chance)
    if chosen is None:
        return None
    at, _, entry = chosen
    year = gold.text[at - 4 : at]
    text = gold.text
    spans = [(r["start"], r["end"]) for r in gold.references if r.get("end") and family(r) == family(entry) and year in r["raw"]]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + re.sub(rf"{year}[a-z]\b", year, text[start:end], count=1) + text[end:]
    if at >= min(spans)[0]:
        return None
    return Planted(text[:at] + text[at + 1 :], ("LNK004",), None)


def number_out_of_range(style: str) -> Mutation:
    """A number is cited that the list does not reach."""

    def plant(gold: Gold, chance: random.Random) -> Planted | None:
        citation = pick([c for c, _ in single(gold) if c["text"].isdecimal() and gold.style == style], chance)
        if citation is None:
            return None
        return edit(gold, citation["start"], citation["end"], str(len(gold.references) + 7), ("LNK001",), None)

    return plant


def label_of(entry: Entry) -> re.Match[str] | None:
    """The number an entry begins with."""
    return re.match(r"\s*[\[(]?(\d{1,4})[\]).]?\s", entry["raw"]) if entry.get("label") else None


def relabelled(step: int) -> Mutation:
    """From one entry on, every number of the list is one higher (a gap) or one lower (a repeat)."""

    def plant(gold: Gold, chance: random.Random) -> Planted | None:
        entries = [(r, m) for r in gold.references if r.get("end") and (m := label_of(r))]
        if not numeric(gold) or len(entries) < 8 or len(entries) < len(gold.references):
            return None
        first = chance.randrange(3, len(entries) - 2)
        text = gold.text
        for entry, match in reversed(entries[first:]):
            start, end = entry["start"] + match.start(1), entry["start"] + match.end(1)
            if text[start:end] != match[1]:
                return None
            text = text[:start] + str(int(match[1]) + step) + text[end:]
        return Planted(text, ("LNK009",), None)

    return plant


# ------------------------------------------------------------------ entries


def insert_after_last(gold: Gold, raw: str) -> tuple[int, str]:
    """Where, and in what dress, one more entry stands at the end of the list."""
    last = max((r for r in gold.references if r.get("end")), key=lambda r: r["end"])
    match = label_of(last)
    own = re.sub(r"^\s*[\[(]?\d{1,4}[\]).]?\s+", "", raw) if match else raw
    label = last["raw"][: match.end()].replace(match[1], str(int(match[1]) + 1)) if match else ""
    before = gold.text[max(0, last["start"] - 2) : last["start"]]
    gap = "\n\n" if before == "\n\n" else "\n"
    bullet = re.search(r"\n([-*] )$", gold.text[max(0, last["start"] - 3) : last["start"]])
    return last["end"], gap + (bullet[1] if bullet else "") + label + own


def in_other_style(entry: Entry) -> str:
    """An entry set anew from its fields: names last, title in quotation marks, year at the end."""
    fields = entry["fields"]
    names = [f"{n.get('given', '')} {n.get('family', '')}".strip() for n in fields.get("authors", []) if n.get("family")]
    parts = [", ".join(names), f"“{fields['title']}”", fields.get("container", "")]
    parts += [f"vol. {fields['volume']}" if fields.get("volume") else "", f"pp. {fields['page']}" if fields.get("page") else ""]
    return ", ".join(part for part in (*parts, str(fields.get("year", ""))) if part) + "."


def duplicated(change: Callable[[Entry, random.Random], str], *codes: str) -> Mutation:
    """One entry stands in the list a second time."""

    def plant(gold: Gold, chance: random.Random) -> Planted | None:
        found = [r for r in printed(gold) if family(r) and r["fields"].get("year") and r["fields"].get("container")]
        entry = pick(found, chance)
        if entry is None:
            return None
        at, text = insert_after_last(gold, change(entry, chance))
        return edit(gold, at, at, text, codes, entry)

    return plant


def one_line(entry: Entry, chance: random.Random) -> str:
    """The entry on one line."""
    del chance
    return " ".join(entry["raw"].split())


def other_case(entry: Entry, chance: random.Random) -> str:
    """The entry with its title in capitals and other punctuation."""
    title = entry["fields"]["title"]
    raw = one_line(entry, chance).replace(title, title.title())
    return raw.replace(";", ",").replace("–", "-").rstrip(".")


def other_style(entry: Entry, chance: random.Random) -> str:
    """The entry in another style."""
    del chance
    return in_other_style(entry)


def slip(entry: Entry, chance: random.Random) -> str:
    """The entry in another style with the year one off."""
    year = re.search(r"(?:19|20)\d\d", str(entry["fields"]["year"]))
    text = in_other_style(entry)
    return text.replace(year[0], str(int(year[0]) + chance.choice((-1, 1)))) if year else text


FUNCTION_WORDS = re.compile(r"\b(?:of|the|in|and|for|with|a|an|to|from|de|da|do|e|y|und|der)\b")


def truncated(kind: str) -> Mutation:
    """An entry ends after a function word of its title, or inside its quoted title."""

    def plant(gold: Gold, chance: random.Random) -> Planted | None:
        found = []
        for entry in printed(gold):
            title = entry["fields"]["title"]
            at = gold.text.find(title, entry["start"], entry["end"])
            if at < 0 or len(title) < 30:
                continue
            quoted = gold.text[at - 1 : at] in '"“'
            if kind == "open quotation" and quoted:
                cut = title.find(" ", len(title) // 2)
                found += [(at + cut, entry, "")] if cut > 0 else []
            elif kind == "function word" and not quoted:
                words = [m.end() for m in FUNCTION_WORDS.finditer(title) if m.start() > 10]
                found += [(at + words[-1], entry, ".")] if words else []
        chosen = pick(found, chance)
        if chosen is None:
            return None
        cut, entry, stop = chosen
        return edit(gold, cut, entry["end"], stop, ("REF005",), {"start": entry["start"], "end": cut})

    return plant


PLACEHOLDERS = (
    "[Title of article]",
    "[insert title]",
    "Title to be confirmed",
    "[Article title here]",
    "[TITLE]",
    "{{title}}",
)
CONTAINERS = ("[Journal name]", "Journal of Applied Studies or similar journal", "TBD", "[journal to be added]")


def placeholder(gold: Gold, chance: random.Random) -> Planted | None:
    """Template text stands where the title or the journal was."""
    found = []
    for entry in printed(gold):
        for name, texts in (("title", PLACEHOLDERS), ("container", CONTAINERS)):
            value = entry["fields"].get(name) or ""
            at = gold.text.find(value, entry["start"], entry["end"]) if len(value) > 5 else -1
            if at >= 0:
                found.append((at, at + len(value), texts, entry))
    chosen = pick(found, chance)
    if chosen is None:
        return None
    start, end, texts, entry = chosen
    return edit(gold, start, end, chance.choice(texts), ("REF002",), entry)


MUTATIONS: dict[str, Mutation] = {
    "entry deleted, author and date": entry_deleted(author_date),
    "entry deleted, numbers in brackets": entry_deleted(lambda gold: gold.style == "numeric-bracket"),
    "entry deleted, numbers in parentheses or raised": entry_deleted(
        lambda gold: gold.style in ("numeric-paren", "numeric-superscript")
    ),
    "citation deleted": citation_deleted,
    "year one off in the text": year_in_text,
    "year one off in the list": year_in_list,
    "name in the text: letter replaced": misspelt("text", "replace"),
    "name in the text: letters swapped": misspelt("text", "swap"),
    "name in the text: letter dropped": misspelt("text", "drop"),
    "name in the list: letter doubled": misspelt("list", "double"),
    "accent lost (silent)": mark_lost("accent"),
    "hyphen lost (silent)": mark_lost("hyphen"),
    "particle lost (silent)": mark_lost("particle"),
    "year letter added": letter_added,
    "year letter dropped": letter_dropped,
    "year letter swapped": letter_swapped,
    "letters lost in text and list": made_ambiguous,
    "number out of range, in brackets": number_out_of_range("numeric-bracket"),
    "number out of range, in parentheses": number_out_of_range("numeric-paren"),
    "number skipped in the list": relabelled(1),
    "number repeated in the list": relabelled(-1),
    "entry duplicated": duplicated(one_line, "DUP001"),
    "entry duplicated, other case and punctuation": duplicated(other_case, "DUP001"),
    "entry duplicated in another style": duplicated(other_style, "DUP001", "DUP002"),
    "entry duplicated, year one off": duplicated(slip, "DUP002", "DUP001"),
    "title cut at a function word": truncated("function word"),
    "entry cut inside its quotation": truncated("open quotation"),
    "placeholder for title or journal": placeholder,
}


# ------------------------------------------------------------------ measuring


@dataclass(slots=True)
class Tally:
    """Counts of one mutation."""

    planted: int = 0
    found: int = 0
    meant: int = 0
    named: int = 0


def audited(gold: Gold, text: str) -> tuple[FileReport, list[Finding]]:
    """An offline audit and the findings it shows."""
    report = audit_file(f"{gold.id}.{gold.form}", text.encode(), CONFIG)
    return report, [finding for finding in report.findings if finding.confidence >= CONFIG.min_confidence]


def names_entry(report: FileReport, finding: Finding, place: tuple[int, int]) -> bool:
    """Whether a finding is about the entry that stands at a place."""
    spans = [source_span(report, r.span) for r in report.references if r.id in finding.references]
    return any(start < place[1] and place[0] < end for start, end in spans)


def measure(mutation: Mutation, golds: Sequence[Gold], before: dict[str, set[str]], each: int, show: bool) -> Tally:
    """Plant a defect in up to ``each`` manuscripts and look."""
    chance = random.Random(SEED)
    tally = Tally()
    order = list(golds)
    chance.shuffle(order)
    for gold in order:
        if tally.planted >= each:
            break
        planted = mutation(gold, chance)
        if planted is None or planted.text == gold.text:
            continue
        if gold.id not in before:
            before[gold.id] = {finding.fingerprint for finding in audited(gold, gold.text)[1]}
        report, shown = audited(gold, planted.text)
        new = [finding for finding in shown if finding.fingerprint not in before[gold.id]]
        right = [finding for finding in new if finding.code in planted.codes]
        tally.planted += 1
        good = not new if planted.silent else bool(right)
        tally.found += good
        if planted.entry and good and not planted.silent:
            named = any(names_entry(report, finding, planted.entry) for finding in right)
            tally.meant += 1
            tally.named += named
            good = named
        if show and not good:
            _show(gold, planted, new)
    return tally


def _show(gold: Gold, planted: Planted, new: Sequence[Finding]) -> None:
    at = next((i for i, (a, b) in enumerate(zip(gold.text, planted.text, strict=False)) if a != b), 0)
    print(f"  {gold.id} @{at}: {gold.text[max(0, at - 50) : at + 40]!r}\n      -> {planted.text[max(0, at - 50) : at + 40]!r}")
    for finding in new:
        print(f"      {finding.code} {finding.message[:150]}")


def main(arguments: Sequence[str]) -> None:
    """Measure all mutations, print the table, write the page when asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks mutations")
    parser.add_argument("--each", type=int, default=40, help="manuscripts per mutation (default 40)")
    parser.add_argument("--only", nargs="*", default=[], help="mutations whose name begins so")
    parser.add_argument("--show", action="store_true", help="print what was missed")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args(arguments)
    golds = list(manuscripts())
    before: dict[str, set[str]] = {}
    rows = ["| defect | planted | found | recall | entry named |", "| --- | ---: | ---: | ---: | ---: |"]
    print("\n".join(rows))
    for name, mutation in MUTATIONS.items():
        if options.only and not name.startswith(tuple(options.only)):
            continue
        tally = measure(mutation, golds, before, options.each, options.show)
        recall = f"{tally.found / tally.planted:.3f}" if tally.planted else "–"
        named = f"{tally.named / tally.meant:.3f}" if tally.meant else "–"
        rows.append(f"| {name} | {tally.planted} | {tally.found} | {recall} | {named} |")
        print(rows[-1], flush=True)
    if options.write:
        head, _, _ = PAGE.read_text(encoding="utf-8").partition("| defect |")
        PAGE.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
