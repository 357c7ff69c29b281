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
    "config": {"errors", "model"},
    "readers": {"errors", "model", "text", "parse"},
    "parse": {"model", "text"},
    "resolve": {"config", "errors", "model", "parse", "text"},
    "rules": {"config", "errors", "model", "parse", "resolve", "text"},
    "report": {"config", "errors", "model", "rules", "text", "suppress", "review"},
    "suppress": {"config", "errors", "model", "rules", "text"},
    "baseline": {"errors", "model", "report"},
    "review": {"errors", "model"},
    "export": {"errors", "model", "parse", "text"},
    "memory": {"audit", "model", "parse", "readers"},
    "repair": {"audit", "config", "memory", "model", "readers", "rules", "text"},
    "watch": {"errors", "model"},
    "audit": {"config", "errors", "model", "parse", "readers", "rules", "resolve", "suppress", "baseline", "review", ""},
    "__init__": {"audit", "model"},
    "__main__": {"cli"},
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
    "lxml": {"readers"},
    "docx": {"review", "report", "cli"},
    "watchfiles": {"watch"},
    "subprocess": {"readers", "cli"},
}
# The pure rooms do no input or output (package data through importlib.resources excepted).
PURE = (
    "model.py",
    "text.py",
    "parse",
    "rules",
    "resolve/match.py",
    "resolve/names.py",
    "resolve/numbers.py",
    "resolve/packed.py",
    "resolve/record.py",
    "resolve/scores.py",
    "resolve/compare",
    "resolve/entry.py",
    "resolve/journal.py",
    "resolve/standing.py",
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
            yield from (f"{module}.{alias.name}" for alias in node.names) if module == "refaudit" else (module,)


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
        and path.name != "pdf_worker.py"  # a process of its own: its output is its answer
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
