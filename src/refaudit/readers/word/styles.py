"""What Word's styles and list definitions say about a paragraph: heading level, raised text, printed number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

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

    def numbering(self, style: str, properties: Element | None) -> tuple[str, int | None, str]:
        """The list that numbers a paragraph ("" for none), its level where one is named, and the style that says so."""
        list_, level, said_by = "", None, ""
        for holder, named in ((properties, ""), *((package_xml.child(one, "pPr"), _identity(one)) for one in self._chain(style))):
            number = package_xml.child(holder, "numPr")
            if number is None:
                continue
            if level is None:
                level = whole(package_xml.attribute(package_xml.child(number, "ilvl"), "val"))
            list_ = package_xml.attribute(package_xml.child(number, "numId"), "val")
            said_by = named
            if list_:  # a paragraph may change the level alone and leave the list to its style
                break
        return list_, level if level is None or level < 100 else 0, said_by

    def raised(self, properties: Element) -> bool:
        """Whether the character style of a run sets it above the line."""
        style = package_xml.attribute(package_xml.child(properties, "rStyle"), "val")
        return any(
            package_xml.attribute(package_xml.child(element, "rPr", "vertAlign"), "val") == "superscript"
            for element in self._chain(style)
        )


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: the form of its number, the text around it, its first number, and the level behind which it begins anew."""

    form: str
    text: str
    first: int
    restart: int | None
    decimal: bool


class Numbering:
    """The list definitions of a document and the numbers given so far (ECMA-376 part 1, 17.9).

    Lists (``w:num``) that share a definition (``w:abstractNum``) count on from one another, but for one that overrides
    the first number of a level (``w:startOverride``): that level begins anew where the list is first used.
    """

    def __init__(self, root: Element | None, styles: Styles | None = None) -> None:
        """``root`` is the numbering part; None where a document has none. ``styles`` know what lists named by a style mean."""
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int]] = {}
        if root is None:
            return
        abstract = {package_xml.attribute(one, "abstractNumId"): one for one in package_xml.children(root, "abstractNum")}
        lists = list(package_xml.children(root, "num"))
        bases = {_list_id(one): package_xml.attribute(package_xml.child(one, "abstractNumId"), "val") for one in lists}
        for number in lists:
            name = _list_id(number)
            base = _defined(abstract, bases, bases[name], styles)
            self._abstract[name] = base
            definition = abstract.get(base)
            for level in package_xml.children(definition, "lvl") if definition is not None else ():
                self._define(name, level)
            for override in package_xml.children(number, "lvlOverride"):
                for level in package_xml.children(override, "lvl"):
                    self._define(name, level)
                index = whole(package_xml.attribute(override, "ilvl"))
                first = whole(package_xml.attribute(package_xml.child(override, "startOverride"), "val"))
                if index is not None and first is not None:
                    self._restarts.setdefault(name, {})[index] = first

    def _define(self, name: str, level: Element) -> None:
        index = whole(package_xml.attribute(level, "ilvl"))
        if index is None or index >= 100:
            return
        first = whole(package_xml.attribute(package_xml.child(level, "start"), "val"))
        self._levels[name, index] = _Level(
            package_xml.attribute(package_xml.child(level, "numFmt"), "val"),
            package_xml.attribute(package_xml.child(level, "lvlText"), "val")[:_LONGEST_LABEL],
            1 if first is None else first,
            whole(package_xml.attribute(package_xml.child(level, "lvlRestart"), "val")),
            package_xml.child(level, "isLgl") is not None,
        )
        linked = package_xml.attribute(package_xml.child(level, "pStyle"), "val")
        if linked:
            self._by_style[name, linked] = index

    def label(self, number: str, level: int | None, style: str = "") -> str:
        """The next printed marker of the list ("[12]", "3.", "•"), "" for a paragraph in no list.

        Without a ``level`` it is the one that the definition ties to the paragraph's ``style``, else the first.
        """
        place = self._by_style.get((number, style), 0) if level is None else level
        one = self._levels.get((number, place))
        if one is None:
            return ""
        if one.form in ("bullet", "none", ""):
            return "•" if one.form == "bullet" else ""
        counts = self._counts.setdefault(self._abstract.get(number, number), [])
        for index, first in self._restarts.pop(number, {}).items():  # where a list is first used
            if index < len(counts):
                counts[index] = first - 1
            if (number, index) in self._levels:
                self._levels[number, index] = replace(self._levels[number, index], first=first)
        while len(counts) <= place:  # a level that is left out counts as its first number
            above = self._levels.get((number, len(counts)))
            counts.append((above.first if above else 1) - (len(counts) == place))
        counts[place] += 1
        for index in range(place + 1, len(counts)):
            below = self._levels.get((number, index))
            # by default a level begins anew behind any higher one; 0: never; n: only behind the first n levels
            if below is None or below.restart is None or 0 <= place < below.restart:
                counts[index] = (below.first if below else 1) - 1
        return re.sub(r"%([1-9])", lambda match: self._shown(number, int(match[1]) - 1, counts, decimal=one.decimal), one.text)

    def _shown(self, number: str, level: int, counts: list[int], *, decimal: bool) -> str:
        if level >= len(counts):
            return ""
        own = self._levels.get((number, level))
        value, form = max(counts[level], own.first if own else 1), own.form if own and not decimal else "decimal"
        if form in ("lowerLetter", "upperLetter"):
            letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 % 10 + 1)
            return letter if form == "lowerLetter" else letter.upper()
        if form in ("lowerRoman", "upperRoman"):
            return _roman(value).lower() if form == "lowerRoman" else _roman(value)
        return f"{value:02}" if form == "decimalZero" else str(value)


def _list_id(number: Element) -> str:
    return package_xml.attribute(number, "numId")


def _identity(style: Element) -> str:
    return package_xml.attribute(style, "styleId")


def _defined(abstract: Mapping[str, Element], bases: Mapping[str, str], base: str, styles: Styles | None) -> str:
    """The definition that holds the levels: one that only names a list style leads to the list of that style."""
    for _ in range(5):
        linked = package_xml.attribute(package_xml.child(abstract.get(base), "numStyleLink"), "val")
        if not linked or styles is None:
            break
        further = bases.get(styles.numbering(linked, None)[0])
        if further is None or further == base:
            break
        base = further
    return base


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
