"""YAML as plain strings, lists and mappings with the places of entries; bounded in depth and in what aliases repeat."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from refaudit.errors import InputError

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
"""What data files hold once read: every scalar is a string ("2001", "true"), as its author wrote it."""

_DEEP = re.compile(r"(?:(?:- |\? ){60}|^ {1000})", re.MULTILINE)
_BRACKETS = re.compile(r"[\[\]{}]")
_BUDGET = 2_000_000


@dataclass(frozen=True, slots=True)
class Node:
    """A value and the stretch of the text it was read from."""

    value: Plain
    start: int
    end: int


def load(path: str, text: str) -> Node | None:
    """The first document of a YAML text, None when it is empty. Raises InputError with the line of a syntax error."""
    root = _compose(path, text)
    return None if root is None else Node(_plain(root, [_BUDGET], 0), *_place(root, text))


def entries(path: str, text: str, under: Sequence[str] = ()) -> list[tuple[str, Node]]:
    """The entries of a list or mapping with their places (and names, in a mapping); ``under`` names a key to go into first.

    An alias of a whole entry is no entry of its own.
    """
    import yaml

    node = _compose(path, text)
    for name in under:
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == name), None)
            node = inner if inner is not None else node
    budget = [_BUDGET]
    if isinstance(node, yaml.SequenceNode):
        own = {id(item): item for item in node.value}
        return [("", Node(_plain(item, budget, 0), *_place(item, text))) for item in own.values()]
    if isinstance(node, yaml.MappingNode):
        found = []
        seen: set[int] = set()
        for key, item in node.value:
            if isinstance(key, yaml.ScalarNode) and id(item) not in seen:
                seen.add(id(item))
                start, end = _place(key, text)[0], _place(item, text)[1]
                found.append((str(key.value), Node(_plain(item, budget, 0), start, max(start, end))))
        return found
    return []


def _compose(path: str, text: str) -> Any:
    """The first document as the parser's nodes; None when there is none."""
    import yaml

    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        deepest = max(deepest, depth)
    if deepest > 200 or _DEEP.search(text):
        raise InputError(f"{path}: YAML nested too deeply to be a bibliography")
    try:
        return next(yaml.compose_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), None)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        newlines = text.count("\n")
        where = f", line {min(mark.line, newlines) + 1}" if mark is not None else ""
        raise InputError(f"{path}{where}: not valid YAML ({getattr(error, 'problem', None) or 'unreadable'})") from None
    except (RecursionError, ValueError, OverflowError):
        raise InputError(f"{path}: not valid YAML") from None


def _place(node: Any, text: str) -> tuple[int, int]:
    """Where a node stands, in characters; its lines would not do, as the parser ends a last line without newline on the next."""
    start = min(node.start_mark.index, len(text))
    return start, start + len(text[start : node.end_mark.index].rstrip())


def _plain(node: Any, budget: list[int], depth: int) -> Plain:
    """The node's value; what aliases repeat counts each time, and what goes beyond the budget is left out."""
    import yaml

    budget[0] -= 1
    if budget[0] < 0 or depth > 50:
        return ""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, budget, depth + 1) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(item, budget, depth + 1) for key, item in node.value if isinstance(key, yaml.ScalarNode)}
    value = str(node.value)
    budget[0] -= len(value) // 50
    return "" if node.tag.endswith(":null") and value in ("", "~", "null", "Null", "NULL") else value


def string(value: object) -> str:
    """A scalar as text; lists and mappings give nothing."""
    return value if isinstance(value, str) else ""


def get(value: object, *names: str) -> str:
    """The first of the named scalars of a mapping that is not empty."""
    if isinstance(value, Mapping):
        for name in names:
            if string(value.get(name)):
                return string(value[name])
    return ""
