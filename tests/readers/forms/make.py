"""Makes the other forms of the manuscripts here with pandoc, LibreOffice and Typst (pip install typst).

Run it after a change and commit the results.

keyed.typ and keyed.myst are written by hand.

python tests/readers/forms/make.py
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent


SECTIONS = {
    "columns": '<w:pgSz w:w="11906" w:h="9000"/><w:cols w:num="2" w:space="500"/>',
    "lines": '<w:pgSz w:w="11906" w:h="9000"/><w:lnNumType w:countBy="1" w:restart="continuous"/>',
}
"""Page layouts of Word (two columns; numbered lines) in which the paper is set as PDF too."""

TYPESET = {
    "three": ("paper", '#set page(paper: "a4", columns: 3)\n#set text(size: 8pt)\n'),
    "superiors": ("numbered", '#set page(paper: "a5")\n#set par.line(numbering: "1")\n'),
    "overhang": ("numbered", '#set page(paper: "a4", columns: 2)\n'),
}
"""Layouts of Typst: three columns; the font's own raised digits beside numbered lines; two lines alone in the last column."""


def main() -> None:
    """Write the forms beside this file."""
    for name, title in {"paper": "Crusts and rain on bare ground", "numbered": "Salt in the ditches of the lower plain"}.items():
        source = HERE / f"{name}.md"
        for suffix, options in {
            ".docx": [],
            ".odt": [],
            ".html": ["--standalone", "--metadata", f"title={title}"],
            ".tex": ["--standalone"],
            ".epub": ["--metadata", f"title={title}"],
            ".txt": ["--to", "plain", "--wrap", "none"],
            ".xml": ["--standalone", "--to", "jats_archiving"],
            ".tei": ["--standalone", "--to", "tei"],
            ".ipynb": [],
        }.items():
            subprocess.run(["pandoc", str(source), *options, "-o", str(source.with_suffix(suffix))], check=True)
    for name, (paper, layout) in TYPESET.items():
        _typeset(HERE / f"{paper}.md", layout, HERE / f"{name}.pdf")
    for package in ("natbib", "biblatex"):
        source = HERE / "keyed.md"
        subprocess.run(["pandoc", str(source), "-s", f"--{package}", "-o", str(HERE / f"keyed.{package}.tex")], check=True)
    with tempfile.TemporaryDirectory() as folder:
        made = [HERE / "paper.docx", HERE / "numbered.docx"]
        for name, section in SECTIONS.items():
            made.append(Path(folder) / f"{name}.docx")
            _set(HERE / "paper.docx", made[-1], section)
        office = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(HERE),
        ]
        subprocess.run([*office, *map(str, made)], check=True)


def _typeset(source: Path, layout: str, target: Path) -> None:
    """A Markdown manuscript as PDF."""
    import typst

    text = re.sub(r"(?m)^(#+) ", lambda match: "=" * len(match[1]) + " ", source.read_text(encoding="utf-8"))
    text = re.sub(r"\*([^*]+)\*", r"_\1_", text.replace("@", "\\@"))
    text = re.sub(r"\^([\d,–-]+)\^", r"#super[\1]", text)
    typst.compile((layout + text).encode(), output=target)


def _set(source: Path, target: Path, section: str) -> None:
    """A copy of a Word document with another page layout."""
    margins = '<w:pgMar w:top="1000" w:bottom="1000" w:left="1500" w:right="1000"/>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = re.sub(r"<w:sectPr[^>]*/>|<w:sectPr.*?</w:sectPr>", "", content.decode(), flags=re.DOTALL)
                size, _, rest = section.partition("/>")
                content = text.replace("</w:body>", f"<w:sectPr>{size}/>{margins}{rest}</w:sectPr></w:body>").encode()
            new.writestr(name, content)


if __name__ == "__main__":
    main()
