"""LaTeX with code of R in it (``.Rnw``): chunks ``<<…>>=`` to ``@`` are code, and may stand for child documents."""

from __future__ import annotations

import re

SUFFIXES = (".rnw", ".snw")

_CHUNK = re.compile(r"^<<([^\r\n]{0,2000}?)>>=", re.MULTILINE)
_END = re.compile(r"^@[^\S\n]*(?:%[^\n]*)?$", re.MULTILINE)
_CHILD = re.compile(r"\bchild\s*=\s*(c\([^()]{1,1500}\)|[\"'][^\"']{1,300}[\"'])")
_NAME = re.compile(r"[\"']([^\"']{1,300})[\"']")


def woven(source: str) -> str:
    """``source`` with blanks for its code, of the same length; a chunk with child documents inputs them."""
    parts: list[str] = []
    at = 0
    while (chunk := _CHUNK.search(source, at)) is not None:
        closing = _END.search(source, chunk.end())
        stop = closing.end() if closing else len(source)
        child = _CHILD.search(chunk[1])
        inputs = "".join(f"\\input{{{name}}}" for name in _NAME.findall(child[1])) if child else ""
        blank = re.sub(r"[^\r\n]", " ", source[chunk.start() : stop])
        inputs = inputs if len(inputs) <= len(blank) else ""
        parts += [source[at : chunk.start()], inputs, blank[len(inputs) :]]
        at = stop
    return "".join(parts) + source[at:]
