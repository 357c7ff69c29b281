"""References set by citation styles, with the exact place of every field.

Each CSL style is rewritten so that private-use characters stand in the affixes of its variables, set by pandoc's
citeproc in one batch per style, and read back.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from lxml import etree

NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
LABELS = ("author", "editor", "title", "container", "year", "volume", "issue", "page", "publisher", "place", "edition", "series",
          "doi", "url", "accessed", "type", "note", "org")  # fmt: skip
_OPEN = {label: chr(0xE000 + 2 * index) for index, label in enumerate(LABELS)}
_CLOSE = {label: chr(0xE001 + 2 * index) for index, label in enumerate(LABELS)}
_VARIABLES = {
    "title": "title",
    "container-title": "container",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "publisher": "publisher",
    "publisher-place": "place",
    "event-place": "place",
    "edition": "edition",
    "collection-title": "series",
    "collection-number": "series",
    "DOI": "doi",
    "URL": "url",
    "genre": "type",
    "medium": "type",
    "number": "note",
    "note": "note",
    "PMID": "note",
    "archive": "note",
    "event": "note",
    "event-title": "note",
    "ISBN": "note",
    "ISSN": "note",
    "page-first": "page",
    "container-title-short": "container",
    "title-short": "title",
    "number-of-pages": "note",
    "number-of-volumes": "note",
    "abstract": "note",
    "archive_location": "note",
    "authority": "publisher",
    "section": "note",
    "version": "note",
    "original-date": "note",
    "chapter-number": "note",
}
_MARK = re.compile("[\ue000-\ue0ff]")

Labelled = dict[str, Any]


def rewrite(path: Path) -> str | None:
    """The style with marks in its affixes; None for dependent styles and for those without a bibliography."""
    tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    root = tree.getroot()
    if root.find(f"{NAMESPACE}bibliography") is None:
        return None
    for node in root.iter(f"{NAMESPACE}text", f"{NAMESPACE}number", f"{NAMESPACE}date", f"{NAMESPACE}names"):
        if any(parent.tag.endswith("}locale") for parent in node.iterancestors()):
            continue
        variable = node.get("variable", "").split(" ")[0]
        kind = node.tag[len(NAMESPACE) :]
        label = _VARIABLES.get(variable)
        if kind == "date":
            label = {"issued": "year", "accessed": "accessed"}.get(variable, "note")
        elif kind == "names":
            label = {"author": "author", "editor": "editor", "container-author": "editor", "collection-editor": "editor"}.get(
                variable, "note"
            )
        if label:
            node.set("prefix", node.get("prefix", "") + _OPEN[label])
            node.set("suffix", _CLOSE[label] + node.get("suffix", ""))
    sort = root.find(f"{NAMESPACE}bibliography/{NAMESPACE}sort")
    if sort is not None and (around := sort.getparent()) is not None:
        around.remove(sort)
    bibliography = root.find(f"{NAMESPACE}bibliography")
    if bibliography is not None and "subsequent-author-substitute" in bibliography.attrib:
        del bibliography.attrib["subsequent-author-substitute"]
    return etree.tostring(tree, encoding="unicode")


def read_marks(text: str) -> Labelled | None:
    """The bare text and its labelled spans, ``[start, end, label]``; where marks are nested the inner one counts."""
    out: list[str] = []
    labels: list[str] = []
    stack: list[str] = []
    for char in text:
        if _MARK.match(char):
            index = ord(char) - 0xE000
            label = LABELS[index // 2] if index // 2 < len(LABELS) else ""
            if not label:
                return None
            if index % 2 == 0:
                stack.append(label)
            elif stack and stack[-1] == label:
                stack.pop()
            else:
                return None
        else:
            out.append(char)
            labels.append(stack[-1] if stack else "")
    if stack:
        return None
    spans: list[list[Any]] = []
    for at, label in enumerate(labels):
        if label and spans and spans[-1][2] == label and spans[-1][1] == at:
            spans[-1][1] = at + 1
        elif label:
            spans.append([at, at + 1, label])
    return {"raw": "".join(out), "spans": spans}


def mark_item(item: dict[str, Any]) -> dict[str, Any]:
    """The item with organisations marked in the data, since a style cannot tell them apart."""
    marked = dict(item)
    for key in ("author", "editor"):
        if key in item:
            marked[key] = [
                {"literal": _OPEN["org"] + name["literal"] + _CLOSE["org"]} if "literal" in name else dict(name)
                for name in item[key]
            ]
    if "DOI" in marked and "URL" in marked and marked["type"] == "article-journal":
        del marked["URL"]
    return marked


def render(style: str, items: list[dict[str, Any]], language: str, pandoc: str = "pandoc") -> list[Labelled]:
    """``items`` set in a rewritten style; entries whose marks do not pair are left out."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        (base / "style.csl").write_text(style, encoding="utf8")
        listed = [dict(mark_item(item), id=f"r{index}") for index, item in enumerate(items)]
        (base / "items.json").write_text(json.dumps(listed), encoding="utf8")
        (base / "in.md").write_text(f"---\nnocite: '@*'\nlang: {language}\nlink-citations: false\n---\n", encoding="utf8")
        run = subprocess.run(
            [
                pandoc,
                "--citeproc",
                "--bibliography",
                base / "items.json",
                "--csl",
                base / "style.csl",
                "-t",
                "html",
                "--wrap=none",
                base / "in.md",
            ],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    if run.returncode:
        return []
    found = []
    for entry in re.split(r'<div id="ref-r\d+"', run.stdout)[1:]:
        text = entry.split(">", 1)[1]
        text = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"</?div[^>]*>", " ", text)))
        labelled = read_marks(tidy(text))
        if labelled and len(labelled["raw"]) > 20 and any(label == "title" for _, _, label in labelled["spans"]):
            found.append(labelled)
    return found


def tidy(text: str) -> str:
    """White space folded and the doubled punctuation dropped that the marks kept apart."""
    marks = "[\ue000-\ue0ff]*"
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(rf"([.,;:?!])({marks})\1(?!\1)", r"\1\2", text)
    text = re.sub(rf"([?!])({marks})\.", r"\1\2", text)
    text = re.sub(rf"\.({marks}),({marks})\.", r".\1,\2", text)
    return re.sub(rf" ({marks}) ", r" \1", text)
