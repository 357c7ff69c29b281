"""Every regular expression of the package takes time that grows with its text alone: counted, on texts made from its own structure."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import refaudit
from tests.patterns import Matcher, super_linear

ONCE = frozenset({"match", "fullmatch"})
"""Methods that look at one place; all others look at every place."""
FUNCTIONS = frozenset({"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"})


BOUNDED = {
    "parse.citations.bare_digits:_bare": "the 30 characters before a number",
    "parse.citations.bare_digits:_tail": "the 30 characters before a number",
    "parse.citations.numeric:_rounds": "the 12 characters before a bracket",
    "words.headings:_FRAME": "lines of at most 90 characters",
}
"""Where patterns that are not linear stand, and what they are given at most."""
AT_THE_BEGINNING = frozenset(
    {"parse.entries.author_year:_FORMS", "readers.databases.bibtex_source:_KEY", "readers.databases.bibtex_source:_ROUND_KEY"}
)
"""Patterns that are handed on before they are matched at one place."""


MADE = {
    "cli.snapshot:build": "a constant of parse.identifiers, counted there",
    "parse.identifiers:repair_doi": "anchored at the beginning of a DOI",
    "readers.markup.markdown:_closing": "the escaped mark that closes",
    "readers.markup.markdown:_fenced": "a line of the marks that closes",
    "readers.markup.markdown:_headings": "one of two ends of a block",
    "readers.markup_tree:cut_off": "a tag with bounded spaces",
    "readers.markup_tree:_opaque_end": "an end tag",
    "repair.duplicates:_all_renamed": "an escaped key between what is no key",
    "resolve.match.persons:sounds": "sounds of one to four letters, or runs of vowels, in a surname",
    "repair.doi_and_url:_tails": "an escaped DOI between two constants of the module",
    "rules.lnk.differs:_prints_year": "a number between what is no number",
    "words.et_al:_compiled": "kept in the module, where it is counted",
}
"""Patterns that functions make of what they are given, and what they are."""


@dataclass(frozen=True)
class Pattern:
    """One regular expression, where it stands, and whether it is looked for at every place of a text."""

    place: str
    pattern: str | bytes
    flags: int
    search: bool


@cache
def modules() -> tuple[tuple[ModuleType, ast.Module], ...]:
    found = []
    for info in pkgutil.walk_packages(refaudit.__path__, "refaudit."):
        if not info.name.endswith("__main__"):
            module = importlib.import_module(info.name)
            found.append((module, ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))))
    return tuple(found)


def held(value: object, name: str, depth: int = 4) -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """The patterns in a value: itself, in containers, in fields, in attributes of classes."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif depth and isinstance(value, dict):
        for key, one in value.items():
            yield from held(key, name, depth - 1)
            yield from held(one, f"{name}[{key!r:.20}]", depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for number, one in enumerate(value):
            yield from held(one, f"{name}[{number}]", depth - 1)
    elif depth and (slots := getattr(type(value), "__dataclass_fields__", None)) and not isinstance(value, type):
        for field in slots:
            yield from held(getattr(value, field, None), f"{name}.{field}", depth - 1)
    elif depth and isinstance(value, type) and value.__module__.startswith("refaudit"):
        for field, one in vars(value).items():
            if not field.startswith("__"):
                yield from held(one, f"{name}.{field}", depth - 1)


def uses(tree: ast.Module) -> dict[str, set[str]]:
    """Name -> the methods called on it; "" where it is handed on."""
    found: dict[str, set[str]] = {}
    method = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.setdefault(node.id, set()).add(method.get(id(node), ""))
    return found


@cache
def named() -> tuple[Pattern, ...]:
    """The patterns that modules and classes hold."""
    methods: dict[int, set[str]] = {}
    places: dict[int, tuple[str, re.Pattern[str] | re.Pattern[bytes]]] = {}
    for module, tree in modules():
        called = uses(tree)
        for name, value in vars(module).items():
            for place, pattern in held(value, name):
                places.setdefault(id(pattern), (f"{module.__name__.removeprefix('refaudit.')}:{place}", pattern))
                methods.setdefault(id(pattern), set()).update(called.get(name, ()) if value is pattern else {""})
    return tuple(
        Pattern(
            place, pattern.pattern, pattern.flags, not methods[key] <= ONCE and place.partition("[")[0] not in AT_THE_BEGINNING
        )
        for key, (place, pattern) in places.items()
    )


@cache
def written() -> tuple[tuple[Pattern, ...], tuple[str, ...]]:
    """The patterns that functions write where they use them, and those that they make of what they are given."""
    found, made = [], []
    for module, tree in modules():
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            for node in ast.walk(function):
                if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args):
                    continue
                name = ast.unparse(node.func).removeprefix("re.")
                if name not in FUNCTIONS:
                    continue
                place = f"{module.__name__.removeprefix('refaudit.')}:{getattr(function, 'name', 'lambda')}"
                flags = [one.value for one in node.keywords if one.arg == "flags"] + (node.args[1:2] if name == "compile" else [])
                try:
                    given = [eval(compile(ast.Expression(one), "x", "eval"), vars(module)) for one in (node.args[0], *flags)]
                except NameError:
                    made.append(f"{place}: {ast.unparse(node.args[0])}")
                    continue
                if isinstance(given[0], str | bytes):
                    compiled = re.compile(given[0], given[1] if len(given) > 1 else 0)
                    found.append(Pattern(place, compiled.pattern, compiled.flags, name not in ONCE))
    return tuple(dict.fromkeys(found)), tuple(dict.fromkeys(made))


@pytest.fixture(autouse=True)
def _deep():
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


def every() -> list[Pattern]:
    return list(dict.fromkeys((*named(), *written()[0])))


# ------------------------------------------------------------------ the counter itself


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a+)+b", "a"),
        (r"\s+$", " "),
        (r"<a[^>]*>", "<a"),
        (r"(?:x|xy)*z", "x"),
        (r"\d+-\d+", "1"),
        (r"\s*,?\s*;", " "),
        (r"(?i)[a-z]*é", "a"),
        (r"(?s)\(.*?\)", "("),
    ],
)
def test_patterns_that_are_not_linear_are_told(pattern: str, text: str):
    found = super_linear(pattern, re.compile(pattern).flags, search=True)
    assert found is not None
    assert text in "".join(found)


@pytest.mark.parametrize(
    "pattern",
    [r"(?<!a)a++b", r"(?<!\s)\s+$", r"<a[^<>]*>", r"\d{1,9}-\d+", r"(?<!a)(?>a+)c|d", r"\bword\b", r"(['\"])x\1", r"[a-z]{1,40}é", r"^\s*x"],
)  # fmt: skip
def test_patterns_that_are_linear_are_not(pattern: str):
    assert super_linear(pattern, re.compile(pattern).flags, search=True) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a|ab)(c|bcd)(d*)", "abcd"),
        (r"x*?y{2,3}(?=z)", "xxyyyz"),
        (r"(?P<q>['\"])[^'\"]*(?P=q)", "'a' \"b\""),
        (r"(?i)\bÉT[^\W\d_]+", "été ET"),
        (r"(?m)^a++$", "aa\naab\na"),
        (r"(?:(\()|b)x(?(1)\)|!)", "(x) bx! bx)"),
    ],
)
def test_the_matcher_finds_what_re_finds(pattern: str, text: str):
    matcher = Matcher(pattern, re.compile(pattern).flags)
    for at in range(len(text) + 1):
        matcher.text = text
        matcher._groups.clear()
        found = re.compile(pattern).match(text, at)
        assert matcher._run(at) == (found is not None)
        assert found is None or matcher._end == found.end()


# ------------------------------------------------------------------ the package


def test_every_pattern_is_linear():
    slow = {}
    for one in every():
        found = super_linear(one.pattern, one.flags, search=one.search)
        if found is not None and one.place not in BOUNDED:
            slow[one.place] = found
    assert slow == {}


def test_patterns_made_of_what_is_given_are_known():
    assert {one.partition(": ")[0] for one in written()[1]} == MADE.keys()
