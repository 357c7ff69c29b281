"""Mutants: would the tests notice if the code said something a little different?

A mutant is a module with one small change: a comparison that takes or leaves its edge, a number that is a little larger, ``and``
for ``or``, a condition turned round, a result that is left out. It is killed when one of the tests beside its module fails. Each is
tried in a process of its own that loads the changed source in place of the file, so that nothing is written; a sample with a seed
is the same every time.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "refaudit"
SUBJECTS: dict[str, tuple[str, ...]] = {
    "parse/link.py": ("tests/parse/test_links.py", "tests/parse/citations"),
    "parse/entries/index.py": ("tests/parse/test_links.py", "tests/parse/entries", "tests/parse/citations"),
    "resolve/match": ("tests/resolve/match", "tests/resolve/test_lookup.py"),
    "rules": ("tests/rules",),
}
"""Module or folder to the tests that stand for it, the nearest first."""
SECONDS = 240

_EDGES = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
          ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}  # fmt: skip
_SIGNS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}


@dataclass(frozen=True, slots=True)
class Mutant:
    """The change at the place ``number`` (of ``places``) of a module, in words."""

    path: Path
    number: int
    what: str


class _Change(ast.NodeTransformer):
    """Makes the change at one place; with none it counts the places and says what would be changed."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted, self.found = wanted, []  # type: tuple[int, list[str]]

    def _here(self, node: ast.AST, was: str, now: str) -> bool:
        self.found.append(f"line {getattr(node, 'lineno', 0)}: {was} -> {now}")
        return len(self.found) - 1 == self.wanted

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for place, sign in enumerate(node.ops):
            other = _EDGES[type(sign)]
            if self._here(node, ast.unparse(node)[:60], other.__name__):
                node.ops[place] = other()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        other = _SIGNS.get(type(node.op))
        if (
            other is not None
            and not isinstance(node.left, ast.JoinedStr)
            and self._here(node, ast.unparse(node)[:60], other.__name__)
        ):
            node.op = other()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        if self._here(node, ast.unparse(node)[:60], other.__name__):
            node.op = other()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not) and self._here(node, ast.unparse(node)[:60], "without not"):
            return node.operand
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, bool):
            if self._here(node, str(node.value), str(not node.value)):
                return ast.Constant(not node.value)
        elif isinstance(node.value, int | float):
            other = node.value + 1 if isinstance(node.value, int) else node.value * 1.1 + 0.01
            if self._here(node, str(node.value), f"{other:g}"):
                return ast.Constant(other)
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        self.generic_visit(node)
        if (
            node.value is not None
            and not isinstance(node.value, ast.Constant)
            and self._here(node, ast.unparse(node)[:60], "None")
        ):
            node.value = ast.Constant(None)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        return (
            node
            if isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Name) and node.value.id[:1].isupper()
            else self.generic_visit(node)
        )

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        node.defaults = [self.visit(one) for one in node.defaults]
        node.kw_defaults = [one and self.visit(one) for one in node.kw_defaults]
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.args = self.visit(node.args)
        node.body = [self.visit(one) for one in node.body]  # no decorators, no types
        return node


def mutants(path: Path) -> list[Mutant]:
    """Every mutant of a module, in the order of its places."""
    change = _Change()
    change.visit(ast.parse(path.read_text(encoding="utf-8")))
    return [Mutant(path, number, what) for number, what in enumerate(change.found)]


def changed(mutant: Mutant) -> ast.Module:
    """The module with the change."""
    tree = _Change(mutant.number).visit(ast.parse(mutant.path.read_text(encoding="utf-8")))
    return ast.fix_missing_locations(tree)  # type: ignore[no-any-return]


class _Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads a changed tree in place of a module's file."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.name = ".".join(mutant.path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")

    def find_spec(self, name: str, _path: object, _target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        package = self.mutant.path.name == "__init__.py"
        spec = importlib.util.spec_from_loader(name, self, origin=str(self.mutant.path), is_package=package)
        if spec is not None:
            spec.has_location = True
            if package:
                spec.submodule_search_locations = [str(self.mutant.path.parent)]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(changed(self.mutant), str(self.mutant.path), "exec"), vars(module))


def killed(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether a test fails, or does not end, with the mutant. It forks: call it where refaudit has not been imported yet."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            import pytest

            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            signal.alarm(SECONDS)  # its default ends the process
            sys.meta_path.insert(0, _Instead(mutant))
            code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", *tests]))
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _paths(subject: str) -> Iterator[Path]:
    place = HOUSE / subject
    yield from sorted(place.rglob("*.py")) if place.is_dir() else [place]


def main(arguments: list[str]) -> None:
    """Try a sample of mutants of each subject and print what survived."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks mutants")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    parser.add_argument("--sample", type=int, default=40, help="mutants of each subject (40)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    dead: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for subject in options.subjects or SUBJECTS:
        every = [one for path in _paths(subject) for one in mutants(path)]
        for mutant in Random(f"{subject} {options.seed}").sample(every, min(options.sample, len(every))):
            tried[subject] += 1
            if killed(mutant, SUBJECTS[subject]):
                dead[subject] += 1
            else:
                print(f"survived  {mutant.path.relative_to(HOUSE)} {mutant.what}", flush=True)
        print(f"{subject}: {dead[subject]} of {tried[subject]} killed (of {len(every)} there are)", flush=True)
    print(f"in all: {dead.total()} of {tried.total()} killed ({dead.total() / max(1, tried.total()):.0%})")


if __name__ == "__main__":
    main(sys.argv[1:])
