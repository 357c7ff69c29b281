"""Code, formulas and scripts of a page cite nothing; what is written beside them does."""

import pytest

from refaudit.model import MarkKind
from refaudit.parse import parse
from tests.readers.show import cited, document

LIST = (
    "\n## References\n\n[1] Moren A. Rain on bare ground. J Soils. 2019;12:1-9.\n\n[2] Vesta B. Crusts. J Soils. 2018;11:11-19.\n"
)


def printed(text: str, path: str = "page.md") -> list[str]:
    """The citations found in a page with a numbered list."""
    return [one.text for one in parse(document(text + LIST, path)).citations]


@pytest.mark.parametrize(
    "code",
    [
        "```\nx = y[3]\n```",
        "```{r, fig.cap='[4]'}\nround(coef(model)[1], 3)\n```",
        "~~~ python\ny[3] + y[4]\n~~~",
        "   - a list\n\n        ```\n        y[3]\n        ```",
        "    x = y[3]\n    z = y[4]",
        "\tfor (i in x[3]) print(x[4])",
        "The slope is `r coef(model)[3]`.",
        "The slope is ```coef(model)[3]``` here.",
        "A slice of $[3, 4]$ and $x[3]$.",
        "$$\nx \\in [3, 4]\n$$",
        "\\begin{align}\nx &= y[3]\n\\end{align}",
        "<script>\nvar a = y[3];\n</script>",
        "<style>\na[3] { }\n</style>",
        "```{code-cell} ipython3\ny[3]\n```",
        "````{note}\n```\ny[3]\n```\n````",
    ],
)
def test_brackets_of_code_are_no_citations(code: str):
    assert printed(f"Rain loosens ground [1]. Crusts follow [2].\n\n{code}\n") == ["1", "2"]


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 here [1] and $6 there [2].",
        "In US$ (as before) [1]; in A$ [2].",
        "    Set in as a quotation, says the text [1].\n\nCrusts [2].",
        "- a point\n\n    which goes on [1]\n\n- another [2]",
        "```{admonition} Rain\nIt loosens [1].\n```\n\nCrusts [2].",
        ":::{note}\nIt loosens [1].\n:::\n\nCrusts [2].",
        "Three ticks ``` stand alone [1].\n\nCrusts [2].",
        "An open <script stays text [1]. Crusts [2].",
    ],
)
def test_text_beside_it_is_read(text: str):
    assert printed(text + "\n") == ["1", "2"]


def test_a_raised_number_written_as_a_formula_is_one():
    read = document("Rain loosens$^{1,2}$ bare ground$^3$; $x^{2}$ grows.")
    assert [read.text[mark.span.start : mark.span.end] for mark in read.marks if mark.kind is MarkKind.SUPERSCRIPT] == [
        "1,2",
        "3",
    ]


def test_keys_in_code_formulas_and_escapes_are_none_and_their_underscores_stay():
    read = document("`@code` $x@y$ \\@ref(fig) [@a_b:_c_2003; Section \\@ref(x)] and @d_e_f.")
    assert cited(read) == [("@a_b:_c_2003; Section @ref(x)", ["a_b:_c_2003"])]


def test_a_line_that_begins_with_code_is_a_line():
    read = parse(document("Rain [1].\n\n# References\n\n`soilr` team. Soils in R. Journal of Soils. 2019;12:1-9.\n"))
    assert [one.raw for one in read.references] == ["`soilr` team. Soils in R. Journal of Soils. 2019;12:1-9."]


def test_keys_in_prose_set_in_by_four_behind_a_blank_line_are_code():
    text = "Rain falls [@one].\n\n    Crusts form, as they say [@two],\n    on bare ground.\n"
    text += "\nA line\n    that goes on [@three].\n\n- A point\n\n    and more of it [@four].\n\n[^n]:\n    A note [@five].\n"
    assert cited(document(text, "page.md")) == [
        ("@one", ["one"]),
        ("@three", ["three"]),
        ("@four", ["four"]),
        ("@five", ["five"]),
    ]
