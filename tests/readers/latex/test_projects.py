"""Where LaTeX projects keep citations and bibliographies, and how their programs read keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.model import FileReport
from refaudit.readers.project_files import Files

BIB = "@book{lund, author = {Lund, A}, title = {Rain}, publisher = {Field}, year = 2001}\n"


def audited(text: str, name: str = "p.tex", **beside: str) -> FileReport:
    members = {name: text, **{key.replace("__", "/").replace("_DOT_", "."): value for key, value in beside.items()}}
    files = Files(members={key: value.encode() for key, value in members.items()})
    return audit_file(name, text.encode(), Config(min_confidence=0.5), files=files)


def doc(body: str, preamble: str = "") -> str:
    return f"\\documentclass{{article}}{preamble}\\begin{{document}}\n{body}\n\\end{{document}}\n"


BIBTEX = "\\bibliography{refs}"


@pytest.mark.parametrize(
    "body",
    [
        r"\begin{theorem}[{\cite[Th.~2]{lund}}] Ground. \end{theorem}",
        r"\begin{theorem}[Crusts \cite{lund}] Crusts. \end{theorem}",
        r"\begin{itemize}\item[\cite{lund}] Ground.\end{itemize}",
        r"\begin{figure}\caption[Short \cite{lund}]{Long.}\end{figure}",
        r"\begin{align} a &= b && \text{by \cite{lund}} \end{align}",
        r"\[ a = b \quad\text{(\cite{lund})} \]",
        r"$$ a = b \mbox{ \cite{lund}} $$",
        r"\begin{tikzpicture}\node {see \cite{lund}};\end{tikzpicture}",
        r"\newacronym{s}{S}{soil, see \cite{lund}}",
        r"\parencites(see)(and others)[12]{lund}",
        r"\autocites(Vgl.)()[5]{lund}",
        r"\marginpar[\cite{lund}]{Ground.}",
        r"\shortciteA<see>{lund}",
        r"\cite<see>[p.~2]{lund}",
        r"\textcquote[see][3]{lund}[.]{Ground}",
        r"\foreigntextcquote{french}[see][3]{lund}{Sol}",
        r"\begin{displaycquote}[3]{lund} Ground. \end{displaycquote}",
        r"\DeclareAcronym{s}{short = S, long = soil, cite = {lund}}",
        r"\let\od=\citet \od[3][4]{lund}",
        r"\NewDocumentCommand{\xc}{s O{} m}{\IfBooleanTF{#1}{\cite{#3}}{\cite[#2]{#3}}} \xc*[2]{lund}",
        r"\NewDocumentCommand\xd{>{\SplitList{,}}m D(){x} m}{\cite{#3}} \xd{one}{lund}",
        r"\def\md[#1]#2{\cite[#1]{#2}} \md[3]{lund}",
        r"\cite{*[See the tale, in ][ and more]lund}",
        r"\newcommand{\gone}[2][]{% nothing} \gone[x]{\cite{vega}} \cite{lund}".replace("nothing", "nothing\n"),
        r"\citeoption{abnt-x} \cite{lund}",
        "\\begin{sourcecode}\n\\begin{document}\nx\n\\end{document}\n\\end{sourcecode}\n\\cite{lund}",
        "\\bibitem is the command of an entry, \\cite{lund} that of a citation.",
    ],
)
def test_a_citation_is_read_wherever_latex_allows_it(body: str) -> None:
    found = audited(doc("Words. " + body + BIBTEX), refs_DOT_bib=BIB)
    assert ([item.key for c in found.citations for item in c.items], found.findings) == (["lund"], ())


def test_a_comment_and_the_definition_of_a_command_cite_nothing() -> None:
    found = audited(doc("A \\cite{lund}. \\[ a % \\cite{gone}\n\\] \\AtEveryCitekey{\\cite{gone}}" + BIBTEX), refs_DOT_bib=BIB)
    assert [item.key for c in found.citations for item in c.items] == ["lund"]


@pytest.mark.parametrize(
    ("preamble", "end", "beside"),
    [
        (r"\newcommand{\files}{refs}", r"\bibliography{\files}", {"refs_DOT_bib": BIB}),
        (r"\newcommand{\setfiles}[1]{\def\files{#1}}\setfiles{refs}", r"\bibliography{\files}", {"refs_DOT_bib": BIB}),
        (r"\newcommand{\makebib}{\bibliographystyle{plain}\bibliography{refs}}", r"\makebib", {"refs_DOT_bib": BIB}),
        (r"\usepackage{own}", r"\makebib", {"refs_DOT_bib": BIB, "own_DOT_sty": r"\newcommand{\makebib}{\bibliography{refs}}"}),
        ("", r"\bibliography{\jobname}", {"p_DOT_bib": BIB}),
        ("", r"\addbibresource[glob]{*.bib}", {"refs_DOT_bib": BIB}),
        ("", r"\newrefsection[refs.bib] Words.", {"refs_DOT_bib": BIB}),
        (r"\newcites{own}{Own}", r"\bibliographyown{refs}", {"refs_DOT_bib": BIB}),
        ("\\begin{filecontents}{in.bib}\n" + BIB + "\\end{filecontents}", r"\bibliography{in}", {}),
        ("\\begin{filecontents*}{\\jobname.bib}\n" + BIB + "\\end{filecontents*}", r"\bibliography{\jobname}", {}),
        (r"\usepackage{bibtopic}", r"\begin{btSect}[alpha]{refs}\btPrintCited\end{btSect}", {"refs_DOT_bib": BIB}),
        (
            r"\newcommand{\files}{refs}\newcommand{\lists}{\begin{btSect}{\files}\btPrintCited\end{btSect}}",
            r"\lists",
            {"refs_DOT_bib": BIB},
        ),
        (
            r"\usepackage{one}",
            "",
            {"refs_DOT_bib": BIB, "one_DOT_sty": r"\RequirePackage{two}", "two_DOT_sty": r"\addbibresource{refs.bib}"},
        ),
        (r"\nobibliography*", r"\nobibliography{refs}", {"refs_DOT_bib": BIB}),
    ],
)
def test_a_bibliography_is_found_however_it_is_named(preamble: str, end: str, beside: dict[str, str]) -> None:
    found = audited(doc("Words \\cite{lund}. " + end, preamble), **beside)
    assert (found.counts["references"], found.counts["linked"], found.findings) == (1, 1, ())


def test_a_chapter_takes_the_bibliography_of_its_root() -> None:
    root = doc("\\subfile{ch/one}\\bibliography{refs}")
    files = {"main_DOT_tex": root, "refs_DOT_bib": BIB}
    one = "% !TeX root = main.tex\nWords \\cite{lund} and \\cite{gone}.\n"
    found = audited(one, name="one.tex", **files)
    assert [finding.message for finding in found.findings] == ["@gone is cited here, but no entry of the reference list fits."]


def beside(folder: Path, name: str, **parts: str) -> FileReport:
    """The audit of one file of a project on disk."""
    for own, text in parts.items():
        path = folder / own.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (folder / ".git").mkdir()
    path = folder / name
    return audit_file(name, path.read_bytes(), Config(), files=Files.beside(path))


@pytest.mark.parametrize("between", ["\\include{ch/one}", "\\input{ch/all}", "\\subimport{ch/}{one}"])
def test_a_chapter_that_names_no_root_finds_the_document_that_inputs_it(tmp_path: Path, between: str) -> None:
    root = doc(between + "\\bibliography{refs}", "\\newcommand{\\own}[1]{\\cite{#1}}")
    other = doc("Words.\\bibliography{none}")
    one = "\\chapter{One} Words \\own{lund} and \\cite{gone}.\n"
    parts = {
        "a_DOT_tex": other,
        "main_DOT_tex": root,
        "refs_DOT_bib": BIB,
        "ch__one_DOT_tex": one,
        "ch__all_DOT_tex": "\\input{ch/one}",
    }
    found = beside(tmp_path, "ch/one.tex", **parts)
    assert [item.key for c in found.citations for item in c.items] == ["lund", "gone"]
    assert [finding.message for finding in found.findings] == ["@gone is cited here, but no entry of the reference list fits."]


def test_a_text_that_names_no_bibliography_takes_the_one_beside_it_that_has_its_keys() -> None:
    other = BIB.replace("{lund", "{vega")
    found = audited(doc("Words \\cite{lund}."), lit_DOT_bib=BIB, more_DOT_bib=other)
    assert (found.counts["linked"], found.findings) == (1, ())
    assert found.notices == ("no bibliography is named: lit.bib beside the text has its keys and is used",)
    assert [one.code for one in audited(doc("Words \\cite{lund}."), more_DOT_bib=other).findings] == ["LNK002"]


def test_chunks_of_r_are_code_and_stand_for_their_children() -> None:
    child = "\\section{One} Words \\cite{vega}.\n"
    text = doc(
        "<<setup, echo=FALSE>>=\nx <- y[1] # \\cite{gone}\n@\n<<child='one.Rnw'>>=\n@\nWords \\cite{lund} \\Sexpr{1}." + BIBTEX
    )
    found = audited(
        text, name="p.Rnw", one_DOT_Rnw=child, refs_DOT_bib=BIB + BIB.replace("{lund", "{vega").replace("Rain", "Snow")
    )
    assert [(c.text, [item.key for item in c.items]) for c in found.citations] == [
        ("\\cite{vega}", ["vega"]),
        ("\\cite{lund}", ["lund"]),
    ]
    assert (found.findings, found.notices) == ((), ())


@pytest.mark.parametrize(("preamble", "linked"), [("", 1), (r"\usepackage[style=numeric]{biblatex}", 0)])
def test_bibtex_does_not_mind_the_case_of_keys_and_biber_does(preamble: str, linked: int) -> None:
    found = audited(doc("Words \\cite{LUND}." + BIBTEX, preamble), refs_DOT_bib=BIB)
    assert found.counts["linked"] == linked
    assert [finding.code for finding in found.findings] == (["LNK001"] if not linked else [])


def test_an_alias_is_a_key_and_may_be_a_parent() -> None:
    bib = "@collection{c, ids = {old, older}, title = {Soils}, editor = {Vega, B}, year = 2003}\n"
    bib += '@incollection{(p)"1, author = {Lund, A}, title = {Rain}, crossref = {old}}\n'
    found = audited(doc('A \\cite{older}, \\cite{(p)"1}.' + BIBTEX), refs_DOT_bib=bib)
    assert (found.counts["linked"], [finding.code for finding in found.findings]) == (2, [])
    year = found.references[1].year
    assert year is not None and year.value is not None and year.value.number == 2003


def test_nothing_is_read_behind_the_end_of_the_document() -> None:
    text = doc("Words \\cite{lund}." + BIBTEX) + "Old words \\cite{gone}.\n\\end{document}\n"
    found = audited(text, refs_DOT_bib=BIB)
    assert ([item.key for c in found.citations for item in c.items], found.findings) == (["lund"], ())


ENTRIES = "".join(f"\\bibitem{{b{n}}} A. Lund, Rain {n}, J. Soils {n} (200{n}) 1--9.\n" for n in range(1, 6))


@pytest.mark.parametrize(
    ("cited", "uncited"),
    [
        (r"\cite{b1}--\cite{b4}, \cite{b5}", []),
        (r"\cite{b1} to \cite{b4}, \cite{b5}", []),
        (r"\cite{b1}, \cite{b4}, \cite{b5}", ["Lund 2002", "Lund 2003"]),
        (r"\cite{b1}--\cite{b3}, \cite{b5}", ["Lund 2004"]),
    ],
)
def test_entries_between_two_citations_that_a_dash_joins_are_cited(cited: str, uncited: list[str]) -> None:
    found = audited(doc(f"Words {cited}.\\begin{{thebibliography}}{{9}}\n{ENTRIES}\\end{{thebibliography}}"))
    assert [one.message for one in found.findings if one.code == "LNK003"] == [
        f"“{name}” is in the reference list, but the text does not cite it." for name in uncited
    ]


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ('Pr"ufung f"ur gro"sen Regen'.replace("\\", ""), "Prüfung für großen Regen"),
        ('The "big" rain', 'The "big" rain'),
        ('Rain of 5" and more', 'Rain of 5" and more'),
    ],
)
def test_shorthands_of_german_are_letters_and_quotation_marks_are_not(title: str, read: str) -> None:
    found = audited(doc("Words \\cite{lund}." + BIBTEX), refs_DOT_bib=BIB.replace("{Rain}", "{" + title + "}"))
    titles = [one.title.value for one in found.references if one.title]
    assert (titles, found.findings) == ([read], ())
