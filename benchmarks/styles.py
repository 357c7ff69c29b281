"""Style families against the citation styles that entries were set in.

    python -m benchmarks styles [--other | --mixed] [--show FAMILY]

Without an option: the references of csl-rendered.jsonl, set in 30 CSL styles, alone and as lists of 20. With ``--other``:
our own items set by pandoc in styles that are not among those 30 and whose titles name their family (needs pandoc and the
``training`` extra). The words of a style's own name say which family is right; nothing else about the style is used. With ``--mixed``: what REF009
says of lists of 20 in one style, and of 15 entries with 5 of another family among them.
"""

from __future__ import annotations

import argparse
import datetime
import html
import json
import random
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.shared import ABSENT, shared
from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import Reference, Span
from refaudit.parse.fields import read_fields
from refaudit.parse.style.printed_features import manner
from refaudit.parse.style.recognition import FAMILIES, settle, style_of

# The manual that each of the 30 styles follows or was made from.
RENDERED = {
    "acm-sig-proceedings": "ACM", "american-chemical-society": "ACS", "american-medical-association": "AMA",
    "american-sociological-association": "Chicago author-date", "apa": "APA", "apa-6th-edition": "APA",
    "associacao-brasileira-de-normas-tecnicas": "ABNT", "bmj": "Vancouver", "cell": "Harvard",
    "chicago-author-date": "Chicago author-date", "chicago-note-bibliography": "Chicago notes",
    "china-national-standard-gb-t-7714-2015-author-date": "GB/T 7714",
    "china-national-standard-gb-t-7714-2015-numeric": "GB/T 7714", "council-of-science-editors": "Vancouver",
    "elsevier-harvard": "Harvard", "elsevier-with-titles": "Elsevier numeric", "frontiers": "Harvard",
    "harvard-cite-them-right": "Harvard", "harvard-imperial-college-london": "Harvard", "ieee": "IEEE",
    "modern-humanities-research-association": "MHRA", "modern-language-association": "MLA",
    "multidisciplinary-digital-publishing-institute": "ACS", "nature": "Nature", "plos": "Vancouver",
    "royal-society-of-chemistry": "RSC", "springer-basic-author-date": "Springer", "springer-vancouver": "Springer",
    "unified-style-sheet-for-linguistics": "Linguistics", "vancouver": "Vancouver",
}  # fmt: skip
# Styles whose own titles name the family.
OTHER = {
    "APA": "apa-annotated-bibliography apa-cv apa-eu apa-no-ampersand apa-single-spaced la-trobe-university-apa "
    "university-college-lillebaelt-apa ipag-business-school-apa",
    "Chicago author-date": "chicago-author-date-16th-edition chicago-author-date-17th-edition chicago-author-date-classic "
    "taylor-and-francis-chicago-author-date begell-house-chicago-author-date petit-chicago-author-date",
    "Chicago notes": "chicago-notes-bibliography-16th-edition chicago-notes-bibliography-17th-edition "
    "chicago-notes-bibliography-classic chicago-shortened-notes-bibliography-17th-edition chicago-notes-bibliography-no-url",
    "MLA": "modern-language-association-no-url modern-language-association-annotated-bibliography "
    "modern-language-association-notes-no-url",
    "Harvard": "harvard-anglia-ruskin-university harvard-bournemouth-university harvard-cape-peninsula-university-of-technology "
    "harvard-coventry-university harvard-deakin-university harvard-durham-university-business-school harvard-edge-hill-university "
    "harvard-kings-college-london harvard-leeds-beckett-university harvard-limerick harvard-manchester-business-school "
    "harvard-newcastle-university harvard-staffordshire-university harvard-university-of-bath harvard-university-of-kent "
    "harvard-university-of-technology-sydney harvard-university-of-westminster emerald-harvard sage-harvard "
    "cardiff-university-harvard elsevier-harvard2 university-of-south-australia-2017-harvard institute-of-physics-harvard",
    "Vancouver": "elsevier-vancouver elsevier-vancouver-no-et-al sage-vancouver sage-vancouver-brackets mary-ann-liebert-vancouver "
    "nature-publishing-group-vancouver taylor-and-francis-vancouver-national-library-of-medicine cardiff-university-vancouver "
    "ucl-university-college-vancouver bibliotheque-universitaire-de-medecine-vancouver medizinische-universitat-innsbruck-vancouver",
    "IEEE": "ieee-transactions-on-medical-imaging polytechnique-montreal-ieee",
    "AMA": "american-medical-association-10th-edition american-medical-association-brackets american-medical-association-no-url",
    "ACS": "degruyter-american-chemical-society elsevier-american-chemical-society",
    "GB/T 7714": "china-national-standard-gb-t-7714-2015-note",
    "Nature": "nature-brackets nature-no-et-al",
    "ABNT": "associacao-brasileira-de-normas-tecnicas-numerico associacao-brasileira-de-normas-tecnicas-ipea "
    "universidade-federal-de-pernambuco-abnt universidade-do-estado-do-rio-de-janeiro-abnt universidade-federal-do-espirito-santo-abnt",
}
_LIST = 20

Sets = list[tuple[str, str, list[str]]]
"""(style, right family, entries as printed) for every style."""


def rendered() -> Sets:
    """The references of the measuring data that were set in 30 styles."""
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    found: dict[str, list[str]] = defaultdict(list)
    with (folder / "corpora" / "references" / "csl-rendered.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            found[entry["style"]].append(entry["raw"])
    return [(style, RENDERED[style], entries) for style, entries in sorted(found.items())]


def other(each: int = 60) -> Sets:
    """Items composed from registry metadata, in English, set by pandoc in styles that name their family."""
    from references.training.build import styles_folder
    from references.training.facts import Maker, load

    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    facts, styles = load(folder / "crossref", set()), styles_folder()
    found: Sets = []
    for family, names in OTHER.items():
        for name in names.split():
            maker = Maker(facts, len(found))
            items: list[dict[str, object]] = []
            while len(items) < each:
                item = maker.item()
                if item.get("language") == "en":
                    items.append(item)
            found.append((name, family, _printed(styles / f"{name}.csl", items)))
    return found


def _printed(style: Path, items: Sequence[dict[str, object]]) -> list[str]:
    """Items as pandoc sets them in a style, in the order of that style."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        (base / "items.json").write_text(json.dumps([item | {"id": f"r{at}"} for at, item in enumerate(items)]), encoding="utf-8")
        (base / "in.md").write_text("---\nnocite: '@*'\nlang: en-GB\n---\n", encoding="utf-8")
        command = ["pandoc", "--citeproc", f"--bibliography={base / 'items.json'}", f"--csl={style}", "-t", "html", "--wrap=none"]
        page = subprocess.run([*command, base / "in.md"], capture_output=True, text=True, timeout=300, check=True).stdout
    entries = (entry.split(">", 1)[1] for entry in re.split(r'<div id="ref-r\d+"', page)[1:])
    bare = (html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</?div[^>]*>", " ", entry))) for entry in entries)
    return [" ".join(text.split()) for text in bare]


def read(entries: Sequence[str]) -> list[Reference]:
    """The fields of entries, each read as if it stood alone in its list."""
    references = [Reference(id=f"r{n}", span=Span(0, len(raw)), raw=raw) for n, raw in enumerate(entries, 1)]
    return [read_fields([reference])[0] for reference in references]


def mixed(sets: Sets) -> None:
    """Print how often REF009 fires on lists of one style and of two, and how many of the strange entries it names."""
    config = Config(today=datetime.date(2026, 1, 15), offline=True, select=("REF009",))

    def named(entries: Sequence[str]) -> set[int] | None:
        text = "References\n\n" + "\n\n".join(entries) + "\n"
        report = audit_file("list.txt", text.encode(), config)
        at = {reference.id: number for number, reference in enumerate(report.references)}
        return {at[identity] for finding in report.findings for identity in finding.references} if report.findings else None

    chance = random.Random(3)
    sets = [
        (style, family, [re.sub(r"^\s*[\[(]?\d{1,3}[\])]?\.?\s+", "", entry) for entry in found]) for style, family, found in sets
    ]
    sets = [(style, family, found) for style, family, found in sets if len(found) >= _LIST]
    pure = [named(chance.sample(found, _LIST)) is not None for _, _, found in sets for _ in range(5)]
    print(f"lists of one style: {len(pure)}, REF009 on {sum(pure)}")
    fired: dict[str, Counter[str]] = defaultdict(Counter)
    for _, family, found in sets:
        for _, strange, others in sets:
            if strange == family or {strange, family} == {"AMA", "Vancouver"}:
                continue
            entries = [(entry, False) for entry in chance.sample(found, 15)] + [
                (entry, True) for entry in chance.sample(others, 5)
            ]
            chance.shuffle(entries)
            pointed = named([entry for entry, _ in entries])
            row = fired[family]
            row["lists"] += 1
            row["fired"] += pointed is not None
            row["right"] += sum(entries[at][1] for at in pointed or () if at < len(entries))
            row["wrong"] += sum(not entries[at][1] for at in pointed or () if at < len(entries))
    total = sum(fired.values(), Counter())
    for family, row in [*sorted(fired.items()), ("all", total)]:
        print(
            f"  {family:<20} REF009 on {row['fired']} of {row['lists']}; entries named: strange {row['right']}, own {row['wrong']}"
        )


def main(arguments: Sequence[str]) -> None:
    """Print the share of right families by style, and what is taken for what."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks styles")
    parser.add_argument("--other", action="store_true", help="styles beside the 30, set by pandoc")
    parser.add_argument("--show", default="", help="print the entries of this family that are read as another")
    parser.add_argument("--mixed", action="store_true", help="lists of two styles, as REF009 sees them")
    options = parser.parse_args(arguments)
    if options.mixed:
        mixed(rendered())
        return
    alone: dict[str, Counter[str]] = defaultdict(Counter)
    within: Counter[str] = Counter()
    lists: dict[str, Counter[str]] = defaultdict(Counter)
    print(
        "| style | entries | alone: right | unknown | wrong | in its list: right | lists of 20 |\n|---|---:|---:|---:|---:|---:|---|"
    )
    for style, right, entries in other() if options.other else rendered():
        references = read(entries)
        random.Random(1).shuffle(references)
        counted: Counter[str] = Counter()
        for reference in references:
            family = style_of(manner(reference))[0]
            alone[right][family] += 1
            counted["right" if family == right else "wrong" if family else "unknown"] += 1
            if options.show == right and family not in ("", right):
                print(f"{family}: {reference.raw}\n    {dict(manner(reference))}")
        names = []
        for start in range(0, max(1, len(references) - _LIST // 2), _LIST):
            done, whole = settle(references[start : start + _LIST])
            lists[right][whole.family] += 1
            names.append(whole.family or "unknown")
            for reference in done:
                within["right" if reference.style == right else "wrong" if reference.style else "unknown"] += 1
                counted["within"] += reference.style == right
                counted["listed"] += 1
        print(
            f"| {style} | {len(references)} | {counted['right']} | {counted['unknown']} | {counted['wrong']} | "
            f"{counted['within']} of {counted['listed']} | {', '.join(f'{name} {n}' for name, n in Counter(names).most_common())} |"
        )
    for title, table in (("entries alone", alone), ("lists of 20", lists)):
        total, hits = sum(sum(row.values()) for row in table.values()), sum(row[right] for right, row in table.items())
        unknown = sum(row[""] for row in table.values())
        print(f"\n{title}: {total}, right {hits / total:.3f}, unknown {unknown / total:.3f}, "
              f"right of those named {hits / max(1, total - unknown):.3f}")  # fmt: skip
        for right in FAMILIES:
            if right in table:
                print(f"  {right:<20}" + ", ".join(f"{name or 'unknown'} {n}" for name, n in table[right].most_common()))
    print(f"\nentries in lists of 20: {dict(within)}")
