"""Where a list ends: appendices, notes about the authors, licences."""

import pytest

from refaudit.parse import parse
from refaudit.readers import read

LIST = (
    "Rain loosens bare ground [1]. Crusts follow [2].\n\nReferences\n\n"
    '[1] A. Moren, "Rain on bare ground," J. Soils, vol. 1, pp. 1-9, 2010.\n\n[2] B. Vegan, "Crusts after rain," J. Soils, vol. 2, pp. 11-19, 2011.\n\n'
)


@pytest.mark.parametrize(
    "behind",
    [
        "A  Prompts for the Survey of Farms\n\n- Which crop did you sow in 2016, and when did it rain?\n",
        "A. Prompts for the Survey\n\nWe asked the farms which crop they had sown in 2016.\n\nB. Tables\n\nMore text.\n",
        "Ann Moren is a reader in soils at the Old School. She has written on rain and on crusts since 2001, and she keeps bees with two "
        "of her neighbours. Her next book is about frost.\n\nBruno Vegan teaches at the Coast College.\n",
        "This article is distributed under the terms of a licence that lets everybody use, share and change it, as long as the authors are "
        "named and a link to the terms is given. Pictures of others may be excepted from it.\n",
    ],
)
def test_text_behind_the_list(behind: str) -> None:
    parsed = parse(read("paper.txt", (LIST + behind).encode()))
    assert [one.label for one in parsed.references] == ["1", "2"]
    assert parsed.references[1].raw.endswith("2011.")


def test_a_name_with_an_initial_is_no_appendix() -> None:
    listed = LIST.replace("[1] A. Moren, ", "[1] ").replace("[2] ", "A Lantern Society of the Coast\n\n[2] ")
    assert len(parse(read("paper.txt", listed.encode())).references) == 2


@pytest.mark.parametrize(
    "heading",
    [
        "Sobre o autor",
        "Sobre los autores",
        "Über die Autorin",
        "À propos de l’auteur",
        "Сведения об авторах",
        "作者简介",
        "附录 A：调查",
        "Sull'autrice",
    ],
)
def test_a_heading_about_the_author_ends_the_list_in_any_language(heading: str) -> None:
    parsed = parse(read("paper.txt", f"{LIST}{heading}\n\nAnna Moren, Escola Velha, anna@example.org\n".encode()))
    assert [one.label for one in parsed.references] == ["1", "2"]
    assert parsed.references[1].raw.endswith("2011.")


def test_pages_of_the_web_with_their_addresses_below_are_a_list() -> None:
    pages = [
        ("Museum of Walls", "ladders"),
        ("Archive of the Coast", "lanterns"),
        ("Old Words Online", "walking"),
        ("House of Paths", "gates"),
    ]
    listed = "".join(f"{name}, voce {page}\n\nhttps://walls.example.org/{page}\n\n" for name, page in pages)
    parsed = parse(
        read("paper.txt", f"I muri erano asciutti.\n\nSitografia (ultima consultazione 3 maggio 2020)\n\n{listed}".encode())
    )
    assert [one.raw for one in parsed.references] == [
        f"{name}, voce {page} https://walls.example.org/{page}" for name, page in pages
    ]
