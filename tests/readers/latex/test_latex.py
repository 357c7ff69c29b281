"""LaTeX: commands taken out, citation families, lists, databases, several files."""

from pathlib import Path

import pytest

from refaudit.model import BlockKind, MarkKind
from tests.readers.show import cited, document, fields, project, source_of


def tex(body: str, preamble: str = ""):
    return document(f"\\documentclass{{article}}\n{preamble}\\begin{{document}}\n{body}\n\\end{{document}}\n", "paper.tex")


@pytest.mark.parametrize(
    ("command", "keys", "prefix", "locator"),
    [
        (r"\cite{a}", ["a"], "", ""),
        (r"\cite{a, b ,c}", ["a", "b", "c"], "", ""),
        (r"\citep[see][p.~3]{a,b}", ["a", "b"], "see", "p. 3"),
        (r"\citet*[chap.~2]{a}", ["a"], "", "chap. 2"),
        (r"\Citeauthor{a}", ["a"], "", ""),
        (r"\citeyearpar{a}", ["a"], "", ""),
        (r"\parencite[][12]{a}", ["a"], "", "12"),
        (r"\textcite{a:b_c-2/x}", ["a:b_c-2/x"], "", ""),
        (r"\footcite[cf.][]{a}", ["a"], "cf.", ""),
        (r"\autocites[1]{x}[2]{y}", ["x", "y"], "", "2"),
        (r"\textcites{x}{y}{z}", ["x", "y", "z"], "", ""),
        (r"\volcite{2}[34]{a}", ["a"], "", "34"),
        (r"\supercite{a}", ["a"], "", ""),
        (r"\citeonline{a}", ["a"], "", ""),
        (r"\fullcite{a}", ["a"], "", ""),
        ("\\cite{a,% the first\n  b}", ["a", "b"], "", ""),
        (r"\cite [p. 1] {a}", ["a"], "", "p. 1"),
        (r"\shortciteA{a}", ["a"], "", ""),
    ],
)
def test_citation_families(command: str, keys: list[str], prefix: str, locator: str):
    read = tex(f"Text {command} goes on.")
    assert [item.key for item in read.citations[0].items] == keys
    assert (read.citations[0].items[0].prefix, read.citations[0].items[-1].locator) == (prefix, locator)
    assert source_of(read, read.citations[0].span.start, read.citations[0].span.end) == command
    assert len(read.citations) == 1


@pytest.mark.parametrize(
    "body",
    [
        r"\verb|\cite{a}|",
        "\\begin{verbatim}\n\\cite{a}\n\\end{verbatim}",
        "\\begin{lstlisting}[language=TeX]\n\\cite{a} } {\n\\end{lstlisting}",
        "% \\cite{a}\n",
        r"\iffalse \cite{a} \fi",
        r"\setcitestyle{round}",
        r"\citestyle{plain}",
        r"\cite{not a \emph{key}}",
        "\\begin{comment}\n\\cite{a}\n\\end{comment}",
    ],
)
def test_no_citation(body: str):
    assert tex(body + " end").citations == ()


def test_running_text_and_places():
    body = "We \\emph{see} M\\\"uller's ``great'' {\\O}re---and\n5\\,\\% of it~\\dots\\ $\\alpha$-rays.\\label{x}"
    read = tex(body)
    assert read.text.rstrip() == "We see Müller's “great” Øre—and 5 % of it … α-rays."
    at = read.text.index("Müller")
    assert source_of(read, at, at + 6) == 'M\\"uller'
    assert [(read.text[m.span.start : m.span.end], m.kind) for m in read.marks] == [("see", MarkKind.ITALIC)]


def test_blocks():
    read = tex(
        "\\section{One \\LaTeX{} two}\nA first.\\footnote{A note \\cite{n}.} More.\n\nSecond.\n"
        "\\begin{itemize}\n\\item a\n\\item b\n\\end{itemize}\n"
        "\\begin{tabular}{ll}x & \\cite{t} \\\\ y & z\\end{tabular}",
        "\\title{The Title}\n",
    )
    assert [(b.kind, b.level, b.label, read.text[b.span.start : b.span.end]) for b in read.blocks] == [
        (BlockKind.HEADING, 1, "", "The Title"),
        (BlockKind.HEADING, 2, "", "One LaTeX two"),
        (BlockKind.PARAGRAPH, 0, "", "A first. More."),
        (BlockKind.FOOTNOTE, 0, "1", "A note \\cite{n}."),
        (BlockKind.PARAGRAPH, 0, "", "Second."),
        (BlockKind.ITEM, 0, "", "a"),
        (BlockKind.ITEM, 0, "", "b"),
        (BlockKind.TABLE, 0, "", "x \\cite{t} y z"),
    ]


def test_superscripts_typed_by_hand():
    read = tex(r"Trials$^{1,2}$ and more\textsuperscript{3}.")
    assert read.text.rstrip() == "Trials1,2 and more3."
    assert [(read.text[m.span.start : m.span.end], m.kind) for m in read.marks] == [
        ("1,2", MarkKind.SUPERSCRIPT),
        ("3", MarkKind.SUPERSCRIPT),
    ]


@pytest.mark.parametrize(
    ("definition", "use", "keys"),
    [
        (r"\newcommand{\mine}[1]{(see \citep{#1})}", r"\mine{a,b}", ["a", "b"]),
        (r"\newcommand\mine[2][]{\citep[#1]{#2}}", r"\mine[p. 2]{a}", ["a"]),
        (r"\def\mine#1{\cite{#1}}", r"\mine{a}", ["a"]),
        (r"\let\mine\citet", r"\mine{a}", ["a"]),
        (r"\NewDocumentCommand{\mine}{o m}{\parencite[#1]{#2}}", r"\mine{a}", ["a"]),
        (r"\newcommand{\inner}[1]{\cite{#1}}\newcommand{\mine}[1]{\inner{#1}}", r"\mine{a}", ["a"]),
        (r"\newcommand{\both}{\cite{a,b}}", r"\both", ["a", "b"]),
    ],
)
def test_wrappers_of_the_document(definition: str, use: str, keys: list[str]):
    read = tex(f"Text {use}.", definition + "\n")
    assert cited(read) == [(use, keys)]


def test_abbreviations_of_the_document():
    assert tex("Ho \\ea\\ said.", "\\newcommand{\\ea}{\\emph{et al.}}\n").text.rstrip() == "Ho et al. said."


def test_thebibliography():
    read = tex(
        "See \\cite{a}.\n\\begin{thebibliography}{99}\n"
        "\\bibitem{a} A.~Abel, \\emph{Silt},\n\\newblock Coasts \\textbf{1}, 2--3\n (2018).\n\n"
        "\\bibitem[C19]{c} Cole, Sand, 2019.\n"
        "\\bibitem[{Dorn(2020)Dorn and Eck}]{d} Dorn, Mud, 2020.\n\\end{thebibliography}"
    )
    assert [(one.key, one.label, one.raw) for one in read.references] == [
        ("a", None, "A. Abel, Silt, Coasts 1, 2–3 (2018)."),
        ("c", "C19", "Cole, Sand, 2019."),
        ("d", None, "Dorn, Mud, 2020."),
    ]
    assert read.list_given
    assert read.locate(read.references[1].span).line == 9


def test_databases_of_a_project(tmp_path: Path):
    read = project(
        tmp_path,
        "main.tex",
        main_dot_tex="\\documentclass{book}\\addbibresource{one.bib}\n\\begin{document}\\input{parts/first}\n\\nocite{n}"
        "\\bibliography{bib/two}\\end{document}",
        parts__first_dot_tex="Chapter \\cite{a}\n\n\\input{parts/second.tex}",
        parts__second_dot_tex="Deeper \\cite{b,zz}.",
        one_dot_bib="@book{a, title={A}, author={Abel, K.}, year=2018}\n@misc{n, title={N}}",
        bib__two_dot_bib="\n@book{b, title={B}}",
    )
    assert cited(read) == [("\\cite{a}", ["a"]), ("\\cite{b,zz}", ["b", "zz"]), ("\\nocite{n}", ["n"])]
    assert [(one.key, one.cited_only) for one in read.references] == [("a", True), ("n", True), ("b", True)]
    places = [read.locate(one.span) for one in (*read.citations[:2], read.references[2])]
    assert [(Path(place.path).name, place.line, place.column) for place in places] == [
        ("first.tex", 1, 9),
        ("second.tex", 1, 8),
        ("two.bib", 2, 1),
    ]
    assert (read.list_given, read.list_unread, read.problems) == (True, (), ())


def test_nocite_star_names_the_whole_list(tmp_path: Path):
    read = project(
        tmp_path, "m.tex", m_dot_tex="Text.\\nocite{*}\\bibliography{r}", r_dot_bib="@book{a, title={A}}@book{b, title={B}}"
    )
    assert cited(read) == [("\\nocite{*}", ["a", "b"])]


def test_a_missing_database_is_told_and_leaves_the_list_open(tmp_path: Path):
    read = project(tmp_path, "m.tex", m_dot_tex="Text \\cite{a}.\\bibliography{gone}")
    assert (read.list_given, read.list_unread) == (False, ("gone.bib",))
    assert [one.message for one in read.problems] == ["the bibliography gone.bib: no such file"]


def test_the_compiled_list_stands_in_for_a_missing_database(tmp_path: Path):
    read = project(
        tmp_path,
        "m.tex",
        m_dot_tex="Text \\cite{a}.\\bibliography{gone}",
        m_dot_bbl="\\begin{thebibliography}{1}\n\\bibitem{a} Abel, Silt, 2018.\n\\end{thebibliography}\n",
    )
    assert [(one.key, one.raw) for one in read.references] == [("a", "Abel, Silt, 2018.")]
    assert read.list_given


def test_biblatex_bbl():
    source = r"""
\datalist[entry]{nty/global//global/global}
  \entry{abel18}{article}{}
    \name{author}{2}{}{%
      {{hash=1}{family={Abel},familyi={A\bibinitperiod},given={Karl},giveni={K\bibinitperiod}}}%
      {{hash=2}{family={Cole},given={Ann}}}%
    }
    \field{journaltitle}{Coasts}
    \field{title}{Silt and {S}and}
    \field{year}{2018}
    \field{volume}{1}
    \verb{doi}
    \verb 10.1000/silt
    \endverb
  \endentry
\enddatalist
"""
    read = document(source, "paper.bbl")
    assert [fields(one) for one in read.references] == [
        {
            "key": "abel18",
            "type": "article-journal",
            "title": "Silt and Sand",
            "container": "Coasts",
            "volume": "1",
            "doi": "10.1000/silt",
            "year": "2018",
            "authors": ["Abel, Karl", "Cole, Ann"],
        }
    ]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("\\input{/etc/passwd}", "\\input: /etc/passwd: lies outside the project folder and is not opened"),
        ("\\input{../../../../../../etc/passwd}", "lies outside the project folder"),
        ("\\input{m}", "m: inputs itself; read once"),
        ("\\include{gone}", "\\include: gone: no such file"),
        ("\\input{pipe.tex}", "is not a regular file"),
        ("\\input{away.tex}", "lies outside the project folder"),
    ],
)
def test_inputs_that_are_refused(tmp_path: Path, body: str, message: str):
    import os

    folder = tmp_path / "project"
    folder.mkdir()
    (tmp_path / "secret.tex").write_text("secret")
    (folder / "away.tex").symlink_to(tmp_path / "secret.tex")
    os.mkfifo(folder / "pipe.tex")
    read = project(folder, "m.tex", m_dot_tex=f"Before {body} after.")
    assert "secret" not in read.text
    assert "root:" not in read.text
    assert read.text == "Before after."
    assert len(read.problems) == 1
    assert message in read.problems[0].message


def test_of_two_forms_the_printed_one_is_read():
    assert tex(r"\section{On \texorpdfstring{\emph{E. coli}}{Ecoli} growth}").text == "On E. coli growth"
