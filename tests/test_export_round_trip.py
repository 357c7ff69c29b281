"""What is exported can be read again: the same fields, valid names, nothing that escapes its entry. Entries are our own."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refaudit.export import FORMATS, csl_items, keys
from refaudit.model import Name, Parsed, Reference, Span, Year
from refaudit.parse.fields import read_fields
from refaudit.readers import read

ENTRIES = (
    "de Vries, P. J., van der Meer, A. B., & Smith Jr., K. L. (2014, March 3). Peat & politics: 100% wet. Wetlands, 12(Suppl. 2), "
    "S45–S59. https://doi.org/10.1016/S0140-6736(14)60123-8",
    "King ML Jr, O'Neill P-J. Rain in towns. Urban Water. 2011;8(4 Pt 2):1425-37. PMID: 21234567; PMCID: PMC3123456.",
    "National Institute for Health and Care Excellence. Falls in older people. London: NICE; 2013. "
    "Available from: https://www.nice.org.uk/guidance/cg_161 [cited 2020 Mar 14].",
    "Johnson & Johnson Research. (2019). Soap and skin. Soap Press.",
    "王伟, 李强. 湿地土壤研究[J]. 生态学报, 2015, 35(4): 112-118.",
    "Rossi, G., & Bianchi, L. (2006). The lagoon after 1500. In C. Okonkwo & T. H. van den Berg (Eds.), "
    "Rivers and people (2nd ed., pp. 21–48). Earthscan.",
    'A. Lee, "Visualizing rain," arXiv preprint arXiv:1506.02078, 2015.',
    "ZHANG L. Modelling peat fires[D]. Wuhan: Wuhan University, 2018.",
    "Doe, J. and Roe, R. (in press) 'Mud', Soil Letters.",
    "Müller-Lüdenscheidt H, von und zu Berg K (2003) Moore im Wandel. Geogr Z 91(3–4):133–151.",
)
FIELDS = (
    "type", "authors", "editors", "year", "title", "container", "volume", "issue", "pages", "publisher", "place", "edition", "doi",
    "arxiv", "pmid", "pmcid", "url", "accessed",
)  # fmt: skip
# CSL 1.0.2, appendix IV, and the date and name variables.
CSL_VARIABLES = frozenset(
    "id type author editor issued accessed title container-title volume issue page publisher publisher-place edition DOI PMID PMCID "
    "ISBN ISSN URL archive archive_location note".split()
)
CSL_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset document entry "
    "entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation manuscript map motion_picture "
    "musical_score pamphlet paper-conference patent performance periodical personal_communication post post-weblog regulation report "
    "review review-book software song speech standard thesis treaty webpage".split()
)


def parsed() -> tuple[Reference, ...]:
    return read_fields([Reference(id=f"r{at}", span=Span(0, len(raw)), raw=raw) for at, raw in enumerate(ENTRIES)])


def again(name: str, references: Sequence[Reference]) -> tuple[Reference, ...]:
    suffix = {"bibtex": "bib", "csl-json": "json", "ris": "ris"}[name]
    return read(f"list.{suffix}", FORMATS[name](references).encode()).references


def plain(reference: Reference, field: str) -> object:
    """The value of a field with one kind of dash, and dates to the year only."""
    found = getattr(reference, field)
    if found is None or found.value is None:
        return None
    if isinstance(found.value, Year):
        return found.value.number or found.value.text
    return found.value.replace("–", "-") if isinstance(found.value, str) else found.value


def whole(name: Name) -> Name:
    """A name as RIS can hold it: particles belong to the family, and a name without given name is whole."""
    family = f"{name.particle} {name.family}".strip()
    return Name(family=family, given=name.given, suffix=name.suffix) if name.given else Name(literal=name.literal or family)


# what a format has no place for: (entry, field) -> what is read instead
LOST: dict[str, dict[tuple[int, str], object]] = {
    "csl-json": {(6, "arxiv"): None},
    "bibtex": {(2, "accessed"): None},
    "ris": {(1, "pmid"): None, (1, "pmcid"): None, (6, "arxiv"): None, (6, "type"): "manuscript", (8, "year"): None},
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_fields_are_read_again(name: str) -> None:
    references = parsed()
    back = again(name, references)
    assert [one.key for one in back] == keys(references)
    differ = {}
    for at, (before, after) in enumerate(zip(references, back, strict=True)):
        for field in FIELDS:
            wanted, found = plain(before, field), plain(after, field)
            if name == "ris" and isinstance(wanted, tuple):
                wanted = tuple(map(whole, wanted))
            if wanted != found:
                differ[at, field] = found
    assert differ == LOST[name]


def test_items_hold_only_what_csl_knows() -> None:
    for item in csl_items(parsed()):
        assert set(item) <= CSL_VARIABLES
        assert item["type"] in CSL_TYPES
        for names in (item.get("author", []), item.get("editor", [])):
            for name in names:
                assert set(name) <= {"family", "given", "non-dropping-particle", "suffix", "literal"}
        assert set(item.get("issued", {})) <= {"date-parts", "literal"}


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is another reader of the formats, where it is there")
@pytest.mark.parametrize(("name", "form"), [("bibtex", "bibtex"), ("csl-json", "csljson")])
def test_pandoc_reads_the_same_titles_and_families(name: str, form: str, tmp_path: Path) -> None:
    references = parsed()
    (tmp_path / "list").write_text(FORMATS[name](references), encoding="utf-8")
    run = subprocess.run(["pandoc", "-f", form, "-t", "csljson", tmp_path / "list"], capture_output=True, check=True, text=True)
    items = {item["id"]: item for item in json.loads(run.stdout)}
    assert list(items) == keys(references)
    for key, reference in zip(keys(references), references, strict=True):
        title = str(plain(reference, "title")).casefold()
        assert items[key]["title"].replace("–", "-").replace("’", "'").casefold() == title
        people = reference.authors.value if reference.authors and reference.authors.value else ()
        families = [(name.get("family") or name.get("literal")).replace("’", "'") for name in items[key].get("author", [])]
        assert families == [name.family or name.literal for name in people]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4))
@pytest.mark.parametrize("name", FORMATS)
def test_no_text_escapes_its_entry(name: str, rows: list[tuple[str, str, str]]) -> None:
    """Whatever an entry holds, as many entries come back, under the same keys, with their kind."""
    references = [
        Reference(
            id=f"r{at}",
            span=Span(0, 0),
            raw=title,
            type=Parsed(value="book", raw=""),
            title=Parsed(value=title or "x", raw=title),
            authors=Parsed(value=(Name(family=family or "x", given="A."), Name(literal=title or "x")), raw=family),
            publisher=Parsed(value=url or "x", raw=url),
            url=Parsed(value=f"https://e.org/{url}", raw=url),
        )
        for at, (title, family, url) in enumerate(rows)
    ]
    back = again(name, references)
    assert len(back) == len(references)
    assert len({one.key for one in back}) == len(back)
    assert [one.type.value if one.type else None for one in back] == ["book"] * len(back)
