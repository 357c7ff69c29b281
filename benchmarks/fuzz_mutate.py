"""Changes to a file that keep enough of its structure to get past the first check of a reader."""

from __future__ import annotations

import gzip
import io
import json
import math
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

from benchmarks.fuzz_seeds import TARGETS, tarred
from benchmarks.fuzz_target import Target

ODD = [
    b"\0", b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc0\x80", b"\xf4\x90\x80\x80",  # NUL, surrogate, marks, overlong, beyond Unicode
    *(one.encode() for one in (
        "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\xa0", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\ufffe", "\u0301" * 40,
        "İ", "ß", "ﬁ", "Σς", "𝐀", "²", "①", "٣", "१", "〇", "½", "–", "‐", "\u00ad", "\r", "\r\n", "\n\n", "\t", "\x1b[31m", "\x7f", "=1+1", "🏴",
    )),
]  # fmt: skip
NUMBERS = [b"0", b"-1", b"9" * 30, b"9" * 5000, b"1e999", b"0000", b"2018-13-45", b"99999", b"\xd9\xa3", b"\xc2\xb2", b"1/0"]
VALUES: list[Any] = [
    None, True, False, 0, -1, 10**40, 1.5, math.inf, math.nan, "", " ", "x", "2018", "9" * 400, "\0", "\ud800", "a\u2028b", [], {}, [[]], [None], [{}],
    {"a": 1}, {"": ""}, [[[[[[]]]]]], {"date-parts": [[None]]}, {"date-parts": [[]]}, {"date-parts": "x"}, {"date-parts": [["2018", {}]]},
    {"date-parts": [[10**30, -5, 99]]}, [1, "a", None, {"family": None}, []], {"value": {"value": []}}, "<b>x", "10.1000/" + "(" * 50,
]  # fmt: skip


def mutate(data: bytes, target: Target, rng: Random) -> bytes:
    """A changed copy of a file of ``target``."""
    kind = target.shape
    if kind == "any":
        name = rng.choice([name for name in TARGETS if name not in ("guess", "pdf-layout")])
        target = TARGETS[name]
        data, kind = rng.choice(target.seeds), target.shape
    if rng.random() < 0.75:
        data = SHAPES[kind](data, target, rng)
    if (kind not in ("zip", "tar", "pdf") and rng.random() < 0.7) or rng.random() < 0.1:
        data = text(data, target, rng)
    return data


def text(data: bytes, target: Target, rng: Random) -> bytes:
    """Bytes and pieces of grammar put in, taken out, repeated, moved."""
    tokens = [one.encode("utf-8", "surrogatepass") for one in target.tokens] or [b"\n"]
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if not data:
            return rng.choice(tokens)
        at, other, op = rng.randrange(len(data) + 1), rng.randrange(len(data) + 1), rng.random()
        if op < 0.3:
            piece = rng.choice(tokens) * rng.choice((1, 1, 1, 1, 2, 50, 2000))
            data = data[:at] + piece + data[at:]
        elif op < 0.45:
            data = data[:at] + rng.choice(ODD) * rng.choice((1, 1, 3, 300)) + data[at:]
        elif op < 0.6:
            data = data[:at] + data[at + rng.randrange(1, 60) :]
        elif op < 0.75:
            data = data[:at] + data[other : other + rng.randrange(1, 400)] * rng.choice((1, 1, 2, 30)) + data[at:]
        elif op < 0.8:
            data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        elif op < 0.85:
            data = data[:at]
        elif op < 0.93:
            data = _number(data, at, rng)
        elif op < 0.97:
            signs = rng.choice(
                (
                    (b"{", b"}"),
                    (b"(", b")"),
                    (b"[", b"]"),
                    (b"<", b">"),
                    (b"\n", b"\r"),
                    (b"\n", b"\r\n"),
                    (b" ", b"\t"),
                    (b'"', b"'"),
                )
            )
            data = data[:at] + data[at : at + 300].replace(*signs) + data[at + 300 :]
        elif len(data) < 100_000:
            data = _reencoded(data, rng)
    return data[:400_000]


def _number(data: bytes, at: int, rng: Random) -> bytes:
    start = next((index for index in range(at, min(len(data), at + 500)) if data[index : index + 1].isdigit()), None)
    if start is None:
        return data
    end = start
    while data[end : end + 1].isdigit():
        end += 1
    return data[:start] + rng.choice(NUMBERS) + data[end:]


def _reencoded(data: bytes, rng: Random) -> bytes:
    return data.decode("utf-8", "replace").encode(
        rng.choice(("utf-16", "utf-32", "cp1252", "utf-8-sig", "utf-16-be", "cp1251")), "replace"
    )


def tree(value: Any, rng: Random) -> Any:
    """A JSON value with some of its parts replaced, left out, doubled or wrapped."""
    if rng.random() < 0.12:
        return rng.choice(VALUES)
    if isinstance(value, dict):
        pairs = [(key, tree(one, rng) if rng.random() < 0.5 else one) for key, one in value.items()]
        if pairs and rng.random() < 0.2:
            pairs.pop(rng.randrange(len(pairs)))
        if pairs and rng.random() < 0.15:
            pairs[rng.randrange(len(pairs))] = (
                rng.choice(["", "id", "title", "author", "\0", "date-parts", "literal"]),
                rng.choice(VALUES),
            )
        return dict(pairs)
    if isinstance(value, list):
        items = [tree(one, rng) if rng.random() < 0.5 else one for one in value]
        if items and rng.random() < 0.2:
            items *= rng.choice((0, 2, 3, 100 if len(items) < 20 else 1))
        if rng.random() < 0.15:
            items.insert(rng.randrange(len(items) + 1), rng.choice(VALUES))
        return items
    return [value] if rng.random() < 0.05 else value


def _json(data: bytes, _target: Target, rng: Random) -> bytes:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return data
    found = json.dumps(tree(value, rng), ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, 1))).encode(
        "utf-8", "surrogatepass"
    )
    if rng.random() < 0.03:
        return found.replace(b"[", b"[" * rng.choice((100, 5000)), 1)
    return found


def _yaml(data: bytes, target: Target, rng: Random) -> bytes:
    import yaml

    if rng.random() < 0.4:
        return text(data, target, rng)
    try:
        value = yaml.safe_load(data)
        shown = yaml.dump(tree(value, rng), allow_unicode=rng.random() < 0.5, default_flow_style=rng.choice((None, True, False)))
    except (yaml.YAMLError, ValueError, RecursionError, AttributeError, TypeError):
        return data
    return shown.encode("utf-8", "surrogatepass")


def _xml(data: bytes, target: Target, rng: Random) -> bytes:
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return text(data, target, rng)
    names = [one.tag for one in root.iter() if isinstance(one.tag, str)]
    for _ in range(rng.choice((1, 2, 5, 15))):
        nodes = [one for one in root.iter() if isinstance(one.tag, str)]
        if len(nodes) > 20_000:
            break
        _change(rng.choice(nodes), rng.choice(nodes), names, rng)
    return etree.tostring(root, encoding="utf-8", xml_declaration=rng.random() < 0.7)


def _change(node: Any, other: Any, names: list[str], rng: Random) -> None:
    """One change to an element of a tree, seen with another one of it."""
    from copy import deepcopy

    from lxml import etree

    op, parent = rng.randrange(10), node.getparent()
    size = sum(1 for _ in other.iter())
    if op == 0 and parent is not None:
        parent.remove(node)
    elif op == 1 and size < 400:
        node.insert(rng.randrange(len(node) + 1), deepcopy(other))
    elif op == 2 and size < 60:
        for copy in [deepcopy(other) for _ in range(rng.choice((2, 30)))]:  # all made first: ``node`` may lie inside ``other``
            node.append(copy)
    elif op == 3:
        node.tag = rng.choice(names)
    elif op == 4 and node.attrib:
        node.attrib[rng.choice(list(node.attrib))] = rng.choice(
            ("", " ", "-1", "9" * 30, "x", "B1 B2", "#b0", "0", "²", "a\u2028b", "(" * 30, "on", "false")
        )
    elif op == 5 and node.attrib:
        del node.attrib[rng.choice(list(node.attrib))]
    elif op == 6:
        node.text = rng.choice(
            (
                "",
                None,
                "9" * 30,
                "²",
                "[1-99999999]",
                "(Abel, 2018)",
                "a\u2028b\u202e",
                "{" * 20,
                "1",
                "2018a",
                "\xa0",
                '{"citationItems":[1]}',
            )
        )
    elif op == 7:
        node.tail = rng.choice(("", None, "–", "[", ", ", "x" * 300, "\n\n"))
    elif op == 8:
        path = [node, *node.iterancestors()][: rng.randrange(1, 5)][::-1]  # a table in a cell of a table in a cell ...
        for _ in range(rng.choice((3, 20, 50))):
            for one in path:
                node = etree.SubElement(node, one.tag, dict(one.attrib))
                node.text = "x"
    else:
        inner = node
        for _ in range(rng.choice((3, 60, 240))):
            inner = inner.makeelement(node.tag)
            node.append(inner)
            node = inner


def _zip(data: bytes, target: Target, rng: Random) -> bytes:
    if rng.random() < 0.15:
        return text(data, Target("", None, "text", ()), rng)
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as made:
        warnings.simplefilter("ignore")  # two members of one name are what a hostile file has
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = [(name, archive.read(name)) for name in archive.namelist()]
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
            return data
        for name, content in members:
            if rng.random() < 0.03:
                continue
            if rng.random() < (0.5 if len(members) < 8 else 0.25):
                content = _xml(content, target, rng) if rng.random() < 0.7 and content[:1] == b"<" else text(content, target, rng)
            if rng.random() < 0.03:
                name = rng.choice(
                    (
                        "",
                        "../../x.tex",
                        "/etc/x.tex",
                        name.upper(),
                        name + "/",
                        "a" * 300,
                        "word/document.xml",
                        "x\\y.xml",
                        "\u202e.tex",
                    )
                )
            made.writestr(name or "x", content)
            if rng.random() < 0.03:
                made.writestr(name or "x", b"<a/>")
    return stream.getvalue()


def _tar(data: bytes, target: Target, rng: Random) -> bytes:
    if rng.random() < 0.15:
        return text(data, Target("", None, "text", ()), rng)
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            members = {one.name: archive.extractfile(one).read() for one in archive if one.isreg()}  # type: ignore[union-attr]
    except (tarfile.TarError, EOFError, ValueError, OSError, zlib.error):
        return data
    changed = {
        rng.choice((name, name, name, name, "../../x.tex", "/x.tex", "a" * 90)): text(one, target, rng)
        if rng.random() < 0.5
        else one
        for name, one in members.items()
    }
    made = tarred(changed)
    return gzip.compress(made, mtime=0) if rng.random() < 0.4 else made


_PDF = (b"/Kids [2 0 R]", b"/Length 999999999", b"/Filter /FlateDecode", b"endstream", b"endobj", b"1 0 obj", b"/Count -1", b"/MediaBox [0 0 0 0]",
        b"/MediaBox [1e30 -1e30 1e308 nan]", b"<<" * 300, b"[" * 300, b"(" * 300, b"/Encrypt 1 0 R", b"/Parent 3 0 R", b"trailer", b"%%EOF",
        b"/Contents 1 0 R", b"xref\n0 99999999\n", b"Tj", b"0 0 0 0 0 0 Tm", b"1e9 Tf", b"-1 Tf", b"q " * 500)  # fmt: skip


def _pdf(data: bytes, _target: Target, rng: Random) -> bytes:
    for _ in range(rng.choice((1, 2, 8, 40))):
        at, op = rng.randrange(len(data)), rng.random()
        if op < 0.35:
            data = data[:at] + rng.choice(_PDF) + data[at:]
        elif op < 0.6:
            data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        elif op < 0.75:
            data = _number(data, at, rng)
        elif op < 0.9:
            other = rng.randrange(len(data))
            data = data[:at] + data[other : other + rng.randrange(1, 600)] + data[at:]
        elif op < 0.98:
            data = data[:at] + data[at + rng.randrange(1, 60) :]
        else:
            data = data[: max(20, at)]
    return data


SHAPES: dict[str, Callable[[bytes, Target, Random], bytes]] = {
    "text": text,
    "json": _json,
    "yaml": _yaml,
    "xml": _xml,
    "zip": _zip,
    "tar": _tar,
    "pdf": _pdf,
}
"""How files of each shape are changed."""

_SIZES = (0.0, -1.0, 1e-9, 6.0, 10.0, 10.0, 12.0, 1e9, 1e308, math.inf, -math.inf, math.nan)


def pages(rng: Random) -> list[tuple[float, float, list[tuple[str, float, float, float, float, bool]]]]:
    """Pages as the process that opens PDF files hands them over, with geometry that no printer has seen."""
    words = (
        "Known",
        "(Abel, 2018)",
        "[1]",
        "1",
        "References",
        "Abel, K. (2018). Silt.",
        "re-",
        "ﬁnd",
        "\u202e",
        "",
        " ",
        "x" * 200,
        "²",
        "\ud7ff",
        "12",
        "A",
    )
    made = []
    wild = rng.random() < 0.5
    for _ in range(rng.choice((1, 2, 5))):
        runs = []
        y = 750.0
        for _ in range(rng.choice((0, 1, 30, 200))):
            left = rng.choice((72.0, 72.0, 90.0, 320.0, rng.uniform(-50, 700)))
            size, right = rng.choice((10.0, 10.0, 7.0, 14.0)), left + rng.uniform(0, 230)
            y -= rng.choice((0.0, 3.5, 12.0, 12.0, 24.0))
            run = [left, right, y, size]
            if wild and rng.random() < 0.1:
                run[rng.randrange(4)] = rng.choice(_SIZES)
            runs.append((rng.choice(words), run[0], run[1], run[2], run[3], rng.random() < 0.1))
        side = rng.choice(_SIZES) if wild and rng.random() < 0.2 else 612.0
        made.append((side, 792.0, runs))
    return made
