"""Accuracy on documents as programs write them: labelled text manuscripts set as Word and HTML, typed and with links.

    python -m benchmarks.written [--worst N]

Each plain-text manuscript is written in five ways and read back: as HTML and Word with everything typed, as HTML whose
citations are links to the entries, as Word with Zotero's fields (citations and list), and as Word with Zotero's
citation fields over a typed list. Characters are the same in all of them, so the gold's offsets hold, counted without
white space. Needs the measuring data (see benchmarks.shared).
"""

from __future__ import annotations

import html
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from benchmarks.corpora import scorer
from benchmarks.shared import ABSENT, shared
from refaudit.parse import parse
from refaudit.readers import read

Gold = Mapping[str, Any]
Stretch = tuple[int, int]

_BLANK = re.compile(r"\n[ \t]*\n")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def main(worst: int) -> None:
    """Score every plain-text manuscript as it is and in the five forms."""
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    score = scorer(folder)
    manuscripts = folder / "corpora" / "manuscripts"
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(manuscripts.glob("*.gold.json"))]
    chosen = [gold for gold in golds if gold["format"] == "txt" and gold["citation_style"] != "note"]
    texts = {gold["id"]: (manuscripts / gold["file"]).read_text(encoding="utf-8") for gold in chosen}
    print(f"{len(chosen)} manuscripts")
    for name, suffix, write in FORMS:
        predictions = [read_back(gold, texts[gold["id"]], suffix, write) for gold in chosen]
        report = score.score_manuscripts(chosen, predictions)["all"]
        print(f"{name:<44} detection {report['citation_detection'][2]:.3f}  links {report['citation_links'][2]:.3f}")
        if worst:
            ranked = [
                (score.score_manuscripts([gold], [one])["all"]["citation_links"][2], gold["id"], gold["citation_style"])
                for gold, one in zip(chosen, predictions, strict=True)
            ]
            for value, identity, style in sorted(ranked)[:worst]:
                print(f"    {value:.3f} {identity} {style}")


def read_back(gold: Gold, text: str, suffix: str, write: Callable[[Gold, str], bytes]) -> dict[str, Any]:
    """What is read of the written form, with offsets into the plain text."""
    document = read(f"a{suffix}", write(gold, text), input_format=suffix[1:])
    parsed = parse(document)
    there = [at for at, char in enumerate(text) if not char.isspace()]
    here = [at for at, char in enumerate(document.text) if not char.isspace()]
    if [text[at] for at in there] != [document.text[at] for at in here]:
        raise ValueError(f"{gold['id']}{suffix}: the text read is not the text written")
    place = {at: there[number] for number, at in enumerate(here)}
    reached: dict[str, set[str]] = {}
    for link in parsed.links:
        reached.setdefault(link.citation, set()).update(link.references)
    citations = []
    for citation in parsed.citations:
        inside = [place[at] for at in range(citation.span.start, citation.span.end) if at in place]
        one = {"start": inside[0], "end": inside[-1] + 1, "text": citation.text, "refs": sorted(reached.get(citation.id, ()))}
        citations.append(one)
    references = [{"id": one.id, "raw": one.raw} for one in parsed.references]
    return {"id": gold["id"], "citations": citations, "references": references}


# ------------------------------------------------------------------ the manuscript as paragraphs


def paragraphs(gold: Gold, text: str) -> Iterator[Stretch]:
    """The paragraphs of a text: entries one each, else parted by empty lines, and by line ends where lines are not wrapped."""
    entries = sorted((one["start"], one["end"]) for one in gold["references"])
    at = 0
    for start, end in [*entries, (len(text), len(text))]:
        parts = _BLANK if gold["layout"] == "wrapped" else re.compile(r"\n")
        for match in parts.finditer(text, at, start):
            yield at, match.start()
            at = match.end()
        yield at, start
        yield start, end
        at = end


def cited(gold: Gold, text: str) -> list[tuple[int, int, list[str]]]:
    """The stretches that a program would fill in, each with the works: brackets as a whole, of "Abel (2018)" the bracket."""
    found = []
    for citation in gold["citations"]:
        start, end = citation["start"], citation["end"]
        if _bracketed(text, start, end):
            found.append((start - 1, end + 1, citation["refs"]))
            continue
        for first, last, refs in citation.get("items") or [[start, end, citation["refs"]]]:
            opening = text.rfind("(", first, last)
            closing = text.find(")", max(opening, first), last + 1)
            found.append((opening, closing + 1, refs) if 0 <= opening < closing else (first, last, refs))
    return sorted(one for one in found if one[2])


def _bracketed(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] + text[end : end + 1] in ("()", "[]") and not re.search(r"[()]", text[start:end])


def pieces(gold: Gold, text: str, start: int, end: int) -> Iterator[tuple[str, list[str], bool]]:
    """The stretch as running text and citations: characters, works cited, whether they are set high."""
    raised = gold["citation_style"] == "numeric-superscript"
    at = start
    for first, last, refs in cited(gold, text):
        if at <= first and last <= end:
            yield text[at:first], [], False
            yield text[first:last], refs, raised
            at = last
    yield text[at:end], [], False


# ------------------------------------------------------------------ HTML


def page(gold: Gold, text: str, *, linked: bool) -> bytes:
    """The manuscript as a web page, its citations typed or links to the entries."""
    entries = {(one["start"], one["end"]): one["id"] for one in gold["references"]}
    out = ["<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>"]
    for start, end in paragraphs(gold, text):
        if not text[start:end].strip():
            continue
        identity = entries.get((start, end))
        out.append(f"<p id={quoteattr('ref-' + identity)}>" if identity and linked else "<p>")
        for shown, refs, raised in pieces(gold, text, start, end):
            inner = html.escape(shown)
            if refs and linked:
                inner = f"<a href={quoteattr('#ref-' + refs[0])}>{inner}</a>" if len(refs) == 1 else _linked(gold, shown, refs)
            out.append(f"<sup>{inner}</sup>" if raised else inner)
        out.append("</p>")
    out.append("</body></html>")
    return "".join(out).encode()


def _linked(gold: Gold, shown: str, refs: list[str]) -> str:
    """A citation of several works with a link around each: numbers and ends of ranges, else what stands between semicolons."""
    numeric = gold["citation_style"].startswith("numeric")
    parts = list(re.finditer(r"\d+" if numeric else r"[^\s;()\[\]][^;()\[\]]*", shown))
    labels = {one["label"]: one["id"] for one in gold["references"] if one.get("label")}
    out, at = [], 0
    for number, match in enumerate(parts):
        target = labels.get(match[0]) if numeric else refs[number] if len(parts) == len(refs) else None
        if target in refs:
            out.append(html.escape(shown[at : match.start()]))
            out.append(f"<a href={quoteattr('#ref-' + str(target))}>{html.escape(match[0])}</a>")
            at = match.end()
    return "".join(out) + html.escape(shown[at:])


# ------------------------------------------------------------------ Word


def word(gold: Gold, text: str, *, fields: bool, listed: bool) -> bytes:
    """The manuscript as a Word document; ``fields`` puts citations into Zotero's fields, ``listed`` the list too."""
    entries = sorted((one["start"], one["end"]) for one in gold["references"])
    body = []
    for start, end in paragraphs(gold, text):
        if not text[start:end].strip():
            continue
        runs = []
        for shown, refs, raised in pieces(gold, text, start, end):
            run = _run(shown, raised=raised)
            runs.append(_field("ADDIN ZOTERO_ITEM CSL_CITATION " + _zotero(gold, shown, refs), run) if refs and fields else run)
        if listed and entries and (start, end) == entries[0]:
            runs.insert(0, _begin('ADDIN ZOTERO_BIBL {"uncited":[],"omitted":[],"custom":[]} CSL_BIBLIOGRAPHY'))
        if listed and entries and (start, end) == entries[-1]:
            runs.append(_sign("end"))
        body.append(f"<w:p>{''.join(runs)}</w:p>")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>')
    return target.getvalue()


def _zotero(gold: Gold, shown: str, refs: list[str]) -> str:
    works = {one["id"]: one for one in gold["references"]}
    items = [
        {
            "id": number,
            "uris": [f"http://zotero.org/users/1/items/{identity}"],
            "itemData": _csl(works[identity]["fields"]),
        }
        for number, identity in enumerate(refs, 1)
        if identity in works
    ]
    return json.dumps({"citationID": "x", "properties": {"plainCitation": shown}, "citationItems": items})


def _csl(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The work as a library holds it: the bare year, without the letter that a style adds."""
    data: dict[str, Any] = {"type": fields.get("type", "article-journal"), "author": fields.get("authors", [])}
    data |= {"title": fields.get("title", ""), "container-title": fields.get("container", "")}
    year = re.match(r"\d{4}", str(fields.get("year", "")))
    if year:
        data["issued"] = {"date-parts": [[year[0]]]}
    return data


def _run(text: str, *, raised: bool) -> str:
    if not text:
        return ""
    properties = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' if raised else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _begin(instruction: str) -> str:
    return (
        f'{_sign("begin")}<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>{_sign("separate")}'
    )


def _field(instruction: str, shown: str) -> str:
    return _begin(instruction) + shown + _sign("end")


FORMS: tuple[tuple[str, str, Callable[[Gold, str], bytes]], ...] = (
    ("text", ".txt", lambda _, text: text.encode()),
    ("HTML, typed", ".html", lambda gold, text: page(gold, text, linked=False)),
    ("HTML, citations linked", ".html", lambda gold, text: page(gold, text, linked=True)),
    ("Word, typed", ".docx", lambda gold, text: word(gold, text, fields=False, listed=False)),
    ("Word, Zotero's fields over a typed list", ".docx", lambda gold, text: word(gold, text, fields=True, listed=False)),
    ("Word, Zotero's fields and list", ".docx", lambda gold, text: word(gold, text, fields=True, listed=True)),
)

if __name__ == "__main__":
    main(int(sys.argv[sys.argv.index("--worst") + 1]) if "--worst" in sys.argv else 0)
