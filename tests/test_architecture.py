"""Who may import whom: the house as a table, compared with the code."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src" / "refaudit"

# Room -> the rooms it may use. A room is a module or package directly below ``refaudit``.
MAY_USE = {
    "model": set(),
    "errors": set(),
    "text": set(),
    "budget": {"errors"},
    "words": {"text"},
    "regular_file": {"errors"},
    "config": {"errors", "model", "regular_file"},
    "readers": {"errors", "model", "text", "words", "parse"},
    "parse": {"model", "text", "words"},
    "resolve": {"config", "errors", "model", "regular_file", "parse", "text", "words"},
    "rules": {"config", "errors", "model", "parse", "resolve", "text", "words"},
    "report": {"config", "errors", "model", "rules", "text", "suppress", "review"},
    "annotate": {"errors", "model", "readers", "report"},
    "suppress": {"config", "errors", "model", "rules", "text"},
    "baseline": {"errors", "model", "regular_file", "report"},
    "review": {"errors", "model", "regular_file"},
    "export": {"errors", "model", "parse", "text", "words"},
    "incremental": {"audit", "model", "parse", "readers"},
    "repair": {"audit", "config", "incremental", "model", "parse", "readers", "rules", "text", "words"},
    "watch": {"errors", "model"},
    "audit": {
        "budget",
        "config",
        "errors",
        "model",
        "parse",
        "readers",
        "rules",
        "resolve",
        "suppress",
        "baseline",
        "review",
        "",
    },
    "__init__": {"audit", "model", "report"},
    "__main__": {"cli"},
}
# Inside a room: folder or module -> its neighbours that it may use; "" is the room's own ``__init__``. Lower ones never use
# higher ones, so the lines of a room read from the bottom of the house to the top.
INSIDE = {
    "model": {
        "places": set(),
        "references": {"places"},
        "links": {"places", "references"},
        "document": {"links", "places", "references"},
        "records": {"references"},
        "findings": {"places"},
        "report": {"document", "findings", "links", "records", "references"},
        "": {"document", "findings", "links", "places", "records", "references", "report"},
    },
    "parse": {
        "label": set(),
        "years": set(),
        "pages": set(),
        "identifiers": set(),
        "fields": {"identifiers", "years"},
        "style": {"fields", "label"},
        "entries": {"identifiers", "label", "years"},
        "citations": {"entries", "identifiers", "label", "years"},
        "link": {"entries"},
        "": {"fields", "style", "entries", "citations", "link"},
    },
    "readers": {
        "decode": set(),
        "tex_characters": set(),
        "zip_container": set(),
        "project_files": set(),
        "project_root": {"project_files"},
        "detect_format": set(),
        "document_builder": set(),
        "plain": {"decode"},
        "markup_tree": {"decode", "document_builder"},
        "databases": {"decode", "document_builder", "markup_tree", "project_files", "tex_characters"},
        "latex": {"databases", "decode", "document_builder", "project_files", "project_root", "tex_characters"},
        "markup": {"databases", "decode", "document_builder", "plain", "project_files", "project_root"},
        "pdf": set(),
        "word": {"databases", "zip_container"},
        "xml": {"databases", "document_builder", "markup_tree", "zip_container"},
        "archive": {"", "detect_format", "project_files", "zip_container"},
        "": {"databases", "detect_format", "markup", "project_files"},
    },
    "resolve": {
        "editorial_status": set(),
        "match": {"editorial_status"},
        "wire": set(),
        "sources": {"wire"},
        "snapshot": {"editorial_status", "sources"},
        "cite": {"sources"},
        "pages": {"match", "sources", "wire"},
        "plan": {"match", "sources"},
        "registered": {"editorial_status", "match", "plan", "snapshot", "sources"},
        "searching": {"match", "plan", "sources"},
        "lookup": {"editorial_status", "match", "pages", "registered", "searching", "snapshot", "sources", "wire"},
        "configure": {"lookup", "match", "pages", "snapshot", "sources", "wire"},
        "": set(),
    },
    "rules": {
        "works": set(),
        "reading": set(),
        "base": {"reading", "works"},
        **{key: set() for key in ("records", "wording")},
        **{key: {"base", "wording"} for key in ("lnk", "cit", "ref", "dup", "ret", "web", "aud")},
        **{key: {"base", "records", "wording"} for key in ("doi", "fnd", "met")},
        "runner": {"base", "reading"},
        "": {"base", "lnk", "cit", "ref", "dup", "doi", "fnd", "met", "ret", "web", "aud"},
    },
    "annotate": {"comments": set(), "word": {"comments"}, "": {"comments", "word"}},
    "report": {
        **{key: set() for key in ("escape", "paths", "fixed_timestamps")},
        "differences": {"escape"},
        "coverage": {"escape"},
        "lookups": {"escape"},
        "quoting": {"escape"},
        "json_contract": {"coverage", "paths", "quoting"},
        "unchecked": {"json_contract"},
        "gravity": {"json_contract", "unchecked"},
        "ci_text": {"escape", "gravity"},
        "json": {"json_contract"},
        "rule_docs": {"json_contract"},
        "tables": {"escape", "fixed_timestamps", "json_contract"},
        "author_queries": {"escape", "fixed_timestamps"},
        "terminal": {"ci_text", "coverage", "differences", "escape", "gravity", "json_contract", "unchecked"},
        "github": {"ci_text", "escape", "paths", "terminal"},
        "gitlab": {"ci_text", "paths"},
        "junit": {"ci_text", "escape", "json_contract", "paths", "unchecked"},
        "markdown": {"ci_text", "coverage", "escape", "gravity", "json_contract", "paths", "terminal", "unchecked"},
        "sarif": {"ci_text", "escape", "paths", "rule_docs"},
        "html": {
            "ci_text",
            "coverage",
            "differences",
            "escape",
            "gravity",
            "json",
            "json_contract",
            "paths",
            "quoting",
            "terminal",
            "unchecked",
        },
        "": set(),
    },
}
# Outside library -> the rooms that may use it; the start-up and the reader of the house both depend on it.
ONLY_IN = {
    "requests": {"resolve"},
    "habanero": {"resolve"},
    "httpx2": {"resolve"},
    "sqlite3": {"resolve"},
    "pandas": {"report", "cli"},
    "openpyxl": {"report"},
    "jinja2": {"report"},
    "rich": {"report", "cli"},
    "click": {"cli"},
    "pypdfium2": {"readers"},
    "lxml": {"annotate", "readers", "resolve"},
    "docx": {"review", "report", "cli"},
    "watchfiles": {"watch"},
    "subprocess": {"readers", "cli"},
}
# The pure rooms do no input or output (package data through importlib.resources excepted).
PURE = (
    "model",
    "text.py",
    "words",
    "parse",
    "rules",
    "resolve/match/decide.py",
    "resolve/match/names.py",
    "resolve/match/numbers.py",
    "resolve/snapshot/record_codec.py",
    "resolve/sources/record.py",
    "resolve/match/scores.py",
    "resolve/compare",
    "resolve/match/entry.py",
    "resolve/match/container_names.py",
    "resolve/editorial_status.py",
)
IO_NAMES = {"open", "input", "print"}
IO_MODULES = {"os", "pathlib", "socket", "subprocess", "tempfile", "shutil", "urllib.request", "http.client"}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the package with its syntax tree."""
    for path in sorted(SRC.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    """The module or package directly below ``refaudit`` that a file belongs to."""
    first = path.relative_to(SRC).parts[0]
    return first.removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """The full names of all modules a tree imports, inside functions too, those for types only left out."""
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            module = node.module or ""
            home = SRC.joinpath(*module.split(".")[1:])  # a package gives its modules, a module its names
            inner = (
                {one.name.removesuffix(".py") for one in home.iterdir()}
                if home.is_dir() and module.startswith("refaudit")
                else ()
            )
            yield from (f"{module}.{alias.name}" if alias.name in inner else module for alias in node.names)


def test_rooms_use_only_the_rooms_they_may() -> None:
    """Data goes forward only: the import table is the flow."""
    wrong = []
    for path, tree in modules():
        own = room(path)
        if own == "cli":
            continue
        for name in imports(tree):
            parts = name.split(".")
            if parts[0] == "refaudit":
                used = parts[1] if len(parts) > 1 and not parts[1].startswith("__") else ""
                if used not in MAY_USE[own] | {own, ""}:
                    wrong.append(f"{path.relative_to(SRC)} uses {used}")
    assert wrong == []


@pytest.mark.parametrize("name", sorted(INSIDE))
def test_inside_a_room_lower_folders_never_use_higher_ones(name: str) -> None:
    """The second level of the table, every line of which only names lines above it."""
    table = INSIDE[name]
    above: set[str] = {""} if name == "readers" else set()  # the archive reads what it holds with the readers' own table
    for part, uses in table.items():
        assert uses <= above, f"{name}/{part} uses what stands below it in the table"
        above.add(part)
    wrong = []
    for path, tree in modules():
        own, *rest = path.relative_to(SRC).with_suffix("").parts
        if own != name:
            continue
        part = "" if rest == ["__init__"] else rest[0]
        for used in imports(tree):
            parts = used.split(".")
            if parts[:2] != ["refaudit", name]:
                continue
            other = parts[2] if len(parts) > 2 else ""
            if other != part and other not in table[part]:
                wrong.append(f"{path.relative_to(SRC)} uses {other or '__init__'}")
    assert wrong == []


def test_outside_libraries_stay_in_their_rooms() -> None:
    """The network is in resolve/, tables are in report/, and so on."""
    wrong = [
        f"{path.relative_to(SRC)} uses {name}"
        for path, tree in modules()
        for name in imports(tree)
        if (top := name.split(".")[0]) in ONLY_IN and room(path) not in ONLY_IN[top]
    ]
    assert wrong == []


def test_pure_rooms_do_no_input_or_output() -> None:
    """Parsing, rules and matching are functions of their arguments."""
    wrong = []
    for path, tree in modules():
        relative = path.relative_to(SRC).as_posix()
        if not relative.startswith(PURE):
            continue
        wrong += [f"{relative} imports {name}" for name in imports(tree) if name in IO_MODULES]
        wrong += [
            f"{relative}:{node.lineno} calls {node.func.id}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IO_NAMES
        ]
    assert wrong == []


def test_only_the_command_line_prints_or_exits() -> None:
    """Everything else returns values or raises."""
    wrong = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path, tree in modules()
        if room(path) not in ("cli", "__main__")
        and path.relative_to(SRC).as_posix() != "readers/pdf/worker.py"  # a process of its own: its output is its answer
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "sys.exit", "exit", "sys.stdout.write", "click.echo")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["rich", "requests", "pandas", "habanero", "numpy", "lxml", "jinja2", "rapidfuzz", "refaudit.audit"]
)
def test_help_loads_nothing_it_does_not_need(name: str) -> None:
    """Start-up is felt: ``--help`` costs little more than importing click."""
    code = f"import sys, refaudit.cli; sys.argv = ['refaudit', '--help']\ntry: refaudit.cli.main()\nexcept SystemExit: pass\nsys.exit({name!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr or f"{name} is loaded"
    assert done.stdout.startswith("Usage:")


def test_a_json_audit_loads_no_tables_or_templates(tmp_path: Path) -> None:
    """The quick path of an editor's save or a CI job stays quick."""
    paper = tmp_path / "paper.md"
    paper.write_text("Rain falls (Lopez, 2019).\n\n## References\n\nLopez, A. (2019). Rain. *Water*, 2(1), 3-9.\n")
    code = (
        f"import sys, refaudit.cli; sys.argv = ['refaudit', 'audit', {str(paper)!r}, '--isolated', '--offline', '-f', 'json']\n"
        "try: refaudit.cli.main()\nexcept SystemExit: pass\n"
        "print(sorted({'pandas', 'jinja2', 'rich', 'requests', 'habanero', 'lxml'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"
