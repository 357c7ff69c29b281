"""What Word's styles and list definitions say about a paragraph: heading level, raised text, printed number."""

from __future__ import annotations

import re

from refaudit.readers.word import package_xml
from refaudit.readers.word.package_xml import Element
from refaudit.text import whole

_LONGEST_LABEL = 60
"""Characters that the printed number of a paragraph may have: it is written once for each paragraph of a list."""
_HEADING = re.compile(r"(?i)^heading ([1-9])$")


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Element | None) -> None:
        """``root`` is the styles part; None where a document has none."""
        self._styles = (
            {package_xml.attribute(style, "styleId"): style for style in package_xml.children(root, "style")}
            if root is not None
            else {}
        )

    def _chain(self, style: str) -> list[Element]:
        """The style and those it is based on."""
        chain: list[Element] = []
        while style in self._styles and len(chain) < 20:
            chain.append(self._styles[style])
            style = package_xml.attribute(package_xml.child(self._styles[style], "basedOn"), "val")
        return chain

    def level(self, style: str, properties: Element | None) -> int:
        """The heading level of a paragraph, 0 for body text."""
        outline = package_xml.attribute(package_xml.child(properties, "outlineLvl"), "val")
        if (number := whole(outline)) is not None:
            return number + 1 if number < 9 else 0
        for element in self._chain(style):
            name = package_xml.attribute(package_xml.child(element, "name"), "val")
            match = _HEADING.match(name)
            if match:
                return int(match[1])
            if name.lower() in ("title", "toc heading"):
                return 1
            outline = package_xml.attribute(package_xml.child(element, "pPr", "outlineLvl"), "val")
            if (number := whole(outline)) is not None and number < 9:
                return number + 1
        if not self._styles:
            match = re.match(r"(?i)^heading([1-9])$", style)
            return int(match[1]) if match else 0
        return 0

    def numbering(self, style: str, properties: Element | None) -> tuple[str, int]:
        """The list and level that number a paragraph ("" for none)."""
        for holder in (properties, *(package_xml.child(element, "pPr") for element in self._chain(style))):
            number = package_xml.child(holder, "numPr")
            if number is not None:
                level = whole(package_xml.attribute(package_xml.child(number, "ilvl"), "val")) or 0
                return package_xml.attribute(package_xml.child(number, "numId"), "val"), level if level < 100 else 0
        return "", 0

    def raised(self, properties: Element) -> bool:
        """Whether the character style of a run sets it above the line."""
        style = package_xml.attribute(package_xml.child(properties, "rStyle"), "val")
        return any(
            package_xml.attribute(package_xml.child(element, "rPr", "vertAlign"), "val") == "superscript"
            for element in self._chain(style)
        )


class Numbering:
    """The list definitions of a document and the numbers given so far."""

    def __init__(self, root: Element | None) -> None:
        """``root`` is the numbering part; None where a document has none."""
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        if root is None:
            return
        abstract: dict[str, Element] = {
            package_xml.attribute(one, "abstractNumId"): one for one in package_xml.children(root, "abstractNum")
        }
        for number in package_xml.children(root, "num"):
            name = package_xml.attribute(number, "numId")
            base = package_xml.attribute(package_xml.child(number, "abstractNumId"), "val")
            self._abstract[name] = base
            definition = abstract.get(base)
            for level in package_xml.children(definition, "lvl") if definition is not None else ():
                index = whole(package_xml.attribute(level, "ilvl"))
                start = whole(package_xml.attribute(package_xml.child(level, "start"), "val"))
                if index is not None and index < 100:
                    self._levels[name, index] = (
                        package_xml.attribute(package_xml.child(level, "numFmt"), "val"),
                        package_xml.attribute(package_xml.child(level, "lvlText"), "val")[:_LONGEST_LABEL],
                        1 if start is None else start,
                    )

    def label(self, number: str, level: int) -> str:
        """The next printed marker of the list ("[12]", "3.", "•"), "" for a paragraph in no list."""
        if (number, level) not in self._levels:
            return ""
        format_, text, start = self._levels[number, level]
        if format_ in ("bullet", "none", ""):
            return "•" if format_ == "bullet" else ""
        counts = self._counts.setdefault(self._abstract.get(number, number), [])
        while len(counts) <= level:
            below = self._levels.get((number, len(counts)), ("", "", 1))
            counts.append(below[2] - 1)
        del counts[level + 1 :]
        counts[level] = max(counts[level] + 1, start)
        return re.sub(r"%([1-9])", lambda match: self._shown(number, int(match[1]) - 1, counts), text)

    def _shown(self, number: str, level: int, counts: list[int]) -> str:
        if level >= len(counts):
            return ""
        value, format_ = counts[level], self._levels.get((number, level), ("decimal", "", 1))[0]
        if format_ in ("lowerLetter", "upperLetter"):
            letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 % 10 + 1)
            return letter if format_ == "lowerLetter" else letter.upper()
        if format_ in ("lowerRoman", "upperRoman"):
            return _roman(value).lower() if format_ == "lowerRoman" else _roman(value)
        return str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    signs = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    out = ""
    for number, sign in signs:
        out += sign * (value // number)
        value %= number
    return out
