"""Mutants: would the tests notice if the code said something a little different?

A mutant is a module with one small change: a comparison that takes or leaves its edge, a number that is a little larger, ``and``
for ``or``, a condition turned round, a result that is left out. It is killed when one of the tests beside its module fails. Each is
tried in a process of its own, so that nothing is written; a sample with a seed is the same every time.

What makes it quick: the tests are collected and run once, and each notes the functions that it calls. A change inside a function is
put into the function as it stands in memory, and only the tests that call it run, the shortest first, until one fails. A change
outside functions (a constant, a default) needs its module loaded anew, and all tests beside it.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random
from types import CodeType, FrameType, FunctionType, ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "src" / "refaudit"
SUBJECTS: dict[str, tuple[str, ...]] = {
    "parse/link.py": ("tests/parse/test_link_edges.py", "tests/parse/test_links.py", "tests/parse/citations"),
    "parse/entries/index.py": ("tests/parse/test_links.py", "tests/parse/entries", "tests/parse/citations"),
    "resolve/match": ("tests/resolve/match", "tests/resolve/test_lookup.py"),
    "rules": ("tests/rules",),
}
"""Module or folder to the tests that stand for it, the nearest first."""
SECONDS = 20
"""Of computing, not of waiting, before a mutant counts as one that does not end."""
MEMORY = 4 << 30
_PYTEST = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-k", "not grows")  # how time grows tells no result

_REMEMBERING = type(functools.cache(len))
_EDGES = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
          ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is}  # fmt: skip
_SIGNS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add}


@dataclass(frozen=True, slots=True)
class Mutant:
    """The change at one place of a module, in words; ``function`` is the qualified name of the outermost one around it, or ""."""

    path: Path
    number: int
    what: str
    function: str = ""


class _Change(ast.NodeTransformer):
    """Makes the change at one place; with none it counts the places and says what would be changed."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.found: list[tuple[str, str]] = []
        self._classes: list[str] = []
        self._function = ""

    def _here(self, node: ast.AST, was: str, now: str) -> bool:
        self.found.append((f"line {getattr(node, 'lineno', 0)}: {was} -> {now}", self._function))
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
        outermost = not self._function
        if outermost:
            self._function = ".".join((*self._classes, node.name))
        node.body = [self.visit(one) for one in node.body]  # no decorators, no types
        if outermost:
            self._function = ""
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self._classes.append(node.name)
        node.body = [self.visit(one) for one in node.body]
        self._classes.pop()
        return node


def mutants(path: Path) -> list[Mutant]:
    """Every mutant of a module, in the order of its places."""
    change = _Change()
    change.visit(ast.parse(path.read_text(encoding="utf-8")))
    return [Mutant(path, number, *found) for number, found in enumerate(change.found)]


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


def _bounded() -> None:
    """Ends this process when it computes too long, and lets it have only so much memory."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def killed(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Whether a test fails, or does not end, with the module loaded anew. Call it where refaudit has not been imported yet."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _bounded()
            sys.meta_path.insert(0, _Instead(mutant))
            code = int(pytest.main([*_PYTEST, *tests]))
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


class _Session:
    """A pytest plugin: runs the tests once to see what each calls, then, for each mutant, those that call what it changes."""

    def __init__(self, wanted: Sequence[Mutant], told: int) -> None:
        self.wanted, self.told = wanted, told

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of the loop over all tests."""
        called: defaultdict[tuple[str, str], list[tuple[float, pytest.Item]]] = defaultdict(list)
        files = {str(mutant.path) for mutant in self.wanted}
        gc.collect()
        gc.freeze()  # processes share what they do not touch
        for item in session.items:
            seen: set[tuple[str, str]] = set()

            def note(frame: FrameType, event: str, _argument: object, seen: set[tuple[str, str]] = seen) -> None:
                code = frame.f_code
                if event == "call" and code.co_filename in files:
                    seen.add((code.co_filename, code.co_qualname.partition(".<locals>")[0]))

            _forget()
            begun = time.process_time()
            sys.settrace(note)
            self._run(item)
            sys.settrace(None)
            for place in seen:
                called[place].append((time.process_time() - begun, item))
        if session.testsfailed:
            raise session.Failed("the tests fail without any mutant")
        for mutant in self.wanted:
            covering = sorted(called[str(mutant.path), mutant.function], key=lambda one: one[0])
            os.write(self.told, bytes([self._killed(session, mutant, [item for _, item in covering])]))
        return True

    @staticmethod
    def _run(item: pytest.Item) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)  # no next one: its fixtures end with it

    def _killed(self, session: pytest.Session, mutant: Mutant, items: Sequence[pytest.Item]) -> bool:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                _bounded()
                _forget()
                _put_in(mutant)
                for item in items:
                    self._run(item)
                    if session.testsfailed:
                        break
                else:
                    code = 0
            finally:
                os._exit(code)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


def _forget() -> None:
    """Empties what functions have remembered."""
    for name in [name for name in sys.modules if name.startswith(("refaudit", "tests"))]:
        for one in list(vars(sys.modules[name]).values()):
            if isinstance(one, _REMEMBERING):
                one.cache_clear()


def _put_in(mutant: Mutant) -> None:
    """Gives the function that a mutant changes its new code wherever it is held."""
    code = compile(changed(mutant), str(mutant.path), "exec")
    new = next(one for one in _codes(code) if one.co_qualname == mutant.function)
    gc.unfreeze()  # what is frozen is not listed
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == new.co_filename and one.__qualname__ == mutant.function:
            one.__code__ = new


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def killed_in_place(wanted: Sequence[Mutant], tests: Sequence[str]) -> Iterator[bool]:
    """Of mutants inside functions, one after the other, whether a test notices it. Call it where refaudit has not been imported yet."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            pytest.main([*_PYTEST, *tests], plugins=[_Session(wanted, writing)])
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        for _ in wanted:
            told = pipe.read(1)
            if not told:
                raise SystemExit(f"the tests of {' '.join(tests)} fail without any mutant")
            yield bool(told[0])
    os.waitpid(child, 0)


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
        chosen = Random(f"{subject} {options.seed}").sample(every, min(options.sample, len(every)))
        inside, outside = [one for one in chosen if one.function], [one for one in chosen if not one.function]
        noticed = chain(killed_in_place(inside, SUBJECTS[subject]), (killed(one, SUBJECTS[subject]) for one in outside))
        for mutant, seen in zip((*inside, *outside), noticed, strict=True):
            tried[subject] += 1
            dead[subject] += seen
            if not seen:
                print(f"survived  {mutant.path.relative_to(HOUSE)} {mutant.what}", flush=True)
        print(f"{subject}: {dead[subject]} of {tried[subject]} killed (of {len(every)} there are)", flush=True)
    print(f"in all: {dead.total()} of {tried.total()} killed ({dead.total() / max(1, tried.total()):.0%})")


if __name__ == "__main__":
    main(sys.argv[1:])
