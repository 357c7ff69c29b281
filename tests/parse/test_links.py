"""Links: exact, probable with the reason, ambiguous, missing with the nearest entry."""

import pytest

from refaudit.model import Difference, LinkStatus
from refaudit.parse import parse
from refaudit.readers import read

LIST = """
Alder, B., & Birch, C. (2019). Oaks. Trees, 1, 1-9.
Cedar, D. (2018). Elms. Trees, 2, 1-9.
Cedar, D. (2018). Yews. Trees, 3, 1-9.
Siddiq, A., Shad, M. R., & Tariq, M. (2024). Trade. Economy, 5, 1-9.
Tallquist, M. D., & Soriano, P. (2000). Cells. Genesis, 26, 1-9.
Tallquist, M. D., Klinghoffer, R. A., & Heuchel, R. (2000). Mutants. Genes, 14, 1-9.
"""


@pytest.mark.parametrize(
    ("cited", "status", "references", "difference", "nearest"),
    [
        ("Alder & Birch, 2019", LinkStatus.EXACT, ("r1",), Difference.NONE, ()),
        ("ALDER & BIRCH, 2019", LinkStatus.EXACT, ("r1",), Difference.NONE, ()),
        ("Cedar, 2018", LinkStatus.AMBIGUOUS, ("r2", "r3"), Difference.NONE, ()),
        ("Siddiqa, Shad, & Tariq, 2024", LinkStatus.PROBABLE, ("r4",), Difference.AUTHOR, ("r4",)),
        ("Siddiq et al., 2024a", LinkStatus.PROBABLE, ("r4",), Difference.LETTER, ("r4",)),
        ("Alder & Birch, 2017", LinkStatus.MISSING, (), Difference.YEAR, ("r1",)),
        ("Okonkwo & Silva, 2016", LinkStatus.MISSING, (), Difference.NONE, ()),
        ("Tallquist & Soriano, 2000", LinkStatus.EXACT, ("r5",), Difference.NONE, ()),
        ("Tallquist et al., 2000", LinkStatus.EXACT, ("r6",), Difference.NONE, ()),
        ("Tallquist, Klinghoffer, et al., 2000", LinkStatus.EXACT, ("r6",), Difference.NONE, ()),
    ],
)
def test_link(
    cited: str, status: LinkStatus, references: tuple[str, ...], difference: Difference, nearest: tuple[str, ...]
) -> None:
    """One cited work against the list."""
    parsed = parse(read("paper.txt", f"Trees grow ({cited}).\n\nReferences\n{LIST}".encode()))
    (link,) = parsed.links
    assert (link.status, link.references, link.difference, link.nearest) == (status, references, difference, nearest)


def test_a_list_that_lost_its_numbers_is_counted() -> None:
    """Copied text and some programs drop the numbers of a list: its order still says which entry a number means."""
    text = "Trees grow [1]. Ash burns [2,3]. Elms die [4].\n\nReferences\n\n" + "\n\n".join(LIST.splitlines()[1:4])
    links = parse(read("paper.md", text.encode())).links
    assert [(link.status, link.references) for link in links] == [
        (LinkStatus.EXACT, ("r1",)),
        (LinkStatus.EXACT, ("r2",)),
        (LinkStatus.EXACT, ("r3",)),
        (LinkStatus.MISSING, ()),
    ]
