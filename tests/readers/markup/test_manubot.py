"""Manubot: persistent identifiers as keys, tags, and the manuscript as one work of numbered parts."""

from pathlib import Path

from refaudit.audit import audit_file
from refaudit.config import Config
from refaudit.readers.project_files import Files
from tests.readers.show import cited, document, fields, project

FRONT = "# Rain\n"
TEXT = (
    "Ground [@doi:10.1234/ABC.5; @tag:seeds; @pmid:123] and @url:https://example.org/a_b_c; see [@tag:gone].\n"
    "\n"
    "[@crusts; @isbn:9780262033848; @arxiv:2001.01234; @doi:10.1234/abc.5; @own].\n"
)
BACK = "## References\n\n[@tag:seeds]: doi:10.1234/seeds(1)2\n\n[@crusts]: pubmed:77\n"
OWN = '[{"id": "own", "type": "book", "title": "Soils"}]'


def test_the_parts_are_one_work_and_identifiers_are_entries(tmp_path: Path):
    read = project(
        tmp_path, "00.front.md", metadata_dot_yaml="title: Rain\n", **{"manual-references_dot_json": OWN, "00_dot_front_dot_md": FRONT,
        "01_dot_text_dot_md": TEXT, "90_dot_back_dot_md": BACK}
    )  # fmt: skip
    assert cited(read) == [
        ("@doi:10.1234/ABC.5; @tag:seeds; @pmid:123", ["doi:10.1234/abc.5", "doi:10.1234/seeds(1)2", "pmid:123"]),
        ("@url:https://example.org/a_b_c", ["url:https://example.org/a_b_c"]),
        ("@tag:gone", ["tag:gone"]),
        ("@crusts; @isbn:9780262033848; @arxiv:2001.01234; @doi:10.1234/abc.5; @own",
         ["pmid:77", "isbn:9780262033848", "arxiv:2001.01234", "doi:10.1234/abc.5", "own"]),
    ]  # fmt: skip
    assert [fields(entry) for entry in read.references] == [
        {"key": "own", "type": "book", "title": "Soils"},
        {"key": "doi:10.1234/abc.5", "doi": "10.1234/abc.5"},
        {"key": "doi:10.1234/seeds(1)2", "doi": "10.1234/seeds(1)2"},
        {"key": "pmid:123", "pmid": "123"},
        {"key": "url:https://example.org/a_b_c", "url": "https://example.org/a_b_c"},
        {"key": "pmid:77", "pmid": "77"},
        {"key": "isbn:9780262033848", "isbn": "9780262033848"},
        {"key": "arxiv:2001.01234", "arxiv": "2001.01234"},
    ]
    place = read.locate(read.references[1].span)
    assert (Path(place.path).name, place.line, place.column) == ("01.text.md", 1, 9)


def test_only_the_tag_without_a_definition_is_missing(tmp_path: Path):
    for name, text in {
        "metadata.yaml": "a: b\n",
        "00.f.md": FRONT,
        "01.t.md": TEXT,
        "90.b.md": BACK,
        "manual-references.json": OWN,
    }.items():
        (tmp_path / name).write_text(text)
    for name in ("00.f.md", "01.t.md"):  # a part by itself knows the tags of the others
        path = tmp_path / name
        report = audit_file(str(path), path.read_bytes(), Config(), files=Files.beside(path))
        assert [(one.code, one.message) for one in report.findings] == [
            ("LNK001", "@tag:gone is cited here, but no entry of the reference list fits.")
        ]


def test_beside_a_bibliography_an_identifier_is_a_key_like_others():
    read = document("---\nreferences:\n- id: x\n  title: T\n---\nSee [@doi:10.1234/abc; @x].\n")
    assert [entry.key for entry in read.references] == ["x"]
