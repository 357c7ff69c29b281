"""A page as the library opened it: its characters as runs. Runs in the process that opens the file.

Asking the library for each character's place costs more than all the rest of reading, so it is asked once for the
text of a page, once a word for the text object that the word belongs to, and once an object for place, size and font.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Sequence
from typing import Any

from refaudit.readers.pdf.geometry import BOLD, FIXED, HEAVY, UNMAPPED
from refaudit.readers.pdf.limits import LIMITS

"""Characters of one page; a dense page of a newspaper has some 20,000."""

_BREAK = re.compile(r"[\r\n]+")
_WORD = re.compile(r"[^ \u00a0\x00]+")
_DIGITS = re.compile(r"[0-9]+")
_BOLD = re.compile(r"(?i:bold|black|heavy)|CMBX")
_FIXED = re.compile(r"(?i:mono|courier|consol|typewriter)|CMTT|SFTT")
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_ODD = re.compile(r"[\x00\ud800-\udfff]")
_PROBES = 8
"""Characters of a font that are looked at before it is said to have no usable map to Unicode."""


class Fonts:
    """What is known of the fonts of one file, by their names in it: face, and whether characters can be mapped.

    The library's own handles serve within one page only: behind it they may be given to another font.
    """

    def __init__(self) -> None:
        self.probes: dict[str, list[bool]] = {}
        self.page: dict[int, tuple[str, int]] = {}

    def look(self, raw: Any, font: int) -> tuple[str, int]:
        """Name and face of a font of this page, known by its address."""
        known = self.page.get(font)
        if known is None:
            if not font:
                return "", 0
            handle = ctypes.cast(font, raw.FPDF_FONT)
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(handle, buffer, 256)
            name = buffer.value.decode("utf-8", "replace")
            face = (BOLD if _BOLD.search(name) else 0) | (FIXED if _FIXED.search(name) else 0)
            known = self.page[font] = (name, face | (HEAVY if raw.FPDFFont_GetWeight(handle) >= 600 else 0))
        return known

    def unmapped(self, name: str) -> bool:
        """Whether most of the characters of a font that were looked at stand for nothing known."""
        probes = self.probes.get(name, ())
        return len(probes) >= _PROBES and sum(probes) * 2 > len(probes)


def page_text(raw: Any, handle: Any, count: int) -> str:
    """The characters of a page, one code point for each index of the library."""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    got = raw.FPDFText_GetText(handle, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, got - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    unicode_of = raw.FPDFText_GetUnicode
    codes = [unicode_of(handle, index) for index in range(count)]
    return "".join(chr(code) if code < 0x110000 else "\x00" for code in codes)


def size(page: Any) -> tuple[float, float]:
    """Width and height of a page as it lies in the file, before the turn with which it is shown."""
    left, bottom, right, top = page.get_bbox()
    return right - left, top - bottom


def runs(page: Any, fonts: Fonts) -> list[list[object]]:
    """Stretches of characters of one size, face and direction on one baseline, in the file's order.

    Each is [text, left, right, baseline, size, face, quarter turns]. Measures are points in a frame turned with the
    text (left to right as it is read), counted from the lower left corner of the page as it lies in the file.
    """
    from pypdfium2 import raw

    fonts.page.clear()
    text_page = page.get_textpage()
    try:
        count = min(text_page.count_chars(), LIMITS.characters_per_page)
        return _Walk(raw, text_page.raw, page_text(raw, text_page.raw, count), fonts, page.get_bbox()).all() if count > 0 else []
    finally:
        text_page.close()


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of the library that takes addresses for its own types of pointers: these are made anew for each call."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


class _Walk:
    """One pass over the characters of a page."""

    def __init__(self, raw: Any, handle: Any, text: str, fonts: Fonts, box: tuple[float, float, float, float]) -> None:
        self.raw, self.handle, self.text, self.fonts, self.box = raw, handle, text, fonts, box
        self.at = ctypes.cast(handle, ctypes.c_void_p)
        self.object_of = _plain(raw.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
        self.font_of = _plain(raw.FPDFTextObj_GetFont, ctypes.c_void_p, ctypes.c_void_p)
        self.size_of = _plain(raw.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
        self.matrix_of = _plain(raw.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self.loose_box = _plain(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
        self.origin = _plain(raw.FPDFText_GetCharOrigin, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 2)
        self.tight_box = _plain(raw.FPDFText_GetCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
        self.found: list[list[object]] = []
        self.x, self.y, self.rect, self.matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
        self.sides = [ctypes.c_double() for _ in range(4)]
        self.at_x, self.at_y, self.at_rect, self.at_matrix = map(ctypes.byref, (self.x, self.y, self.rect, self.matrix))
        self.at_sides = [ctypes.byref(side) for side in self.sides]

    def all(self) -> list[list[object]]:
        """The runs of the page."""
        for line in _lines(self.text):
            if _FROM_RIGHT.search(self.text, *line):
                self._words(*line)
                continue
            words = [word.span() for word in _WORD.finditer(self.text, *line)]
            if words:
                for start, stop, owner in self._drawn(words):
                    self._object(start, stop, owner)
        return self.found

    def _drawn(self, words: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
        """The stretches of a line that one text object (by its address) draws each; where both ends of a stretch have one object, all between has it."""
        owner, handle = self.object_of, self.at
        parts: list[tuple[int, int, int]] = []  # start, end, object
        waiting = [(0, len(words), owner(handle, words[0][0]) or 0, owner(handle, words[-1][1] - 1) or 0)]
        while waiting:
            first, last, head, tail = waiting.pop()
            start, end = words[first][0], words[last - 1][1]
            if head == tail:
                parts.append((start, end, head))
            elif last - first > 1:
                middle = (first + last) // 2
                waiting.append((middle, last, owner(handle, words[middle][0]) or 0, tail))
                waiting.append((first, middle, head, owner(handle, words[middle - 1][1] - 1) or 0))
            else:
                parts += [(at, at + 1, owner(handle, at) or 0) for at in range(start, end)]
        found = parts[:1]
        for start, end, one in parts[1:]:
            if one == found[-1][2]:
                found[-1] = (found[-1][0], end, one)
            else:
                found.append((start, end, one))
        return found

    def _words(self, start: int, end: int) -> None:
        """The words of a line in a script that runs from right to left, each for itself.

        The library has turned such a line round already, names in Latin letters and numbers among the words with it;
        their places tell the order.
        """
        for word in _WORD.finditer(self.text, start, end):
            self._object(*word.span(), self.object_of(self.at, word.start()) or 0)

    def _object(self, start: int, end: int, owner: int) -> None:
        """The characters from ``start`` to ``end`` are drawn by one text object: on one line, in one font."""
        size = self.size_of(self.at, start)
        if not self.matrix_of(self.at, start, self.at_matrix):
            return
        m = self.matrix
        quarter = 0
        if m.b or m.a <= 0:
            turns = math.degrees(math.atan2(m.b, m.a)) / 90
            if not math.isfinite(turns) or abs(turns - round(turns)) > 0.06:
                return  # watermarks and labels set aslant
            quarter = round(turns) % 4
        size = abs(size) * math.hypot(m.c, m.d)
        name, face = self.fonts.look(self.raw, self.font_of(owner) or 0 if owner else 0)
        self._probe(start, end, name)
        if self.fonts.unmapped(name):
            face |= UNMAPPED
        for first, last, raised in self._stretches(start, end, size, quarter):
            if last == end and self.text[end : end + 1] == " ":
                last += 1  # a space between two objects belongs to the first
            self._add(first, last, size, face, quarter, raised=raised)

    def _stretches(self, start: int, end: int, size: float, quarter: int) -> list[tuple[int, int, bool]]:
        """Pieces that are raised digits of the font's own, and those between them."""
        found: list[tuple[int, int, bool]] = []
        at = start
        for match in _DIGITS.finditer(self.text, start, end) if quarter == 0 else ():
            first, last = match.span()
            one = self._raised(first, size)
            two = one if last - first == 1 else self._raised(last - 1, size)
            if not one and not two:
                continue
            while first < last and not one:
                first += 1
                one = first == last - 1 or self._raised(first, size)
            while last > first + 1 and not two:
                last -= 1
                two = last == first + 1 or self._raised(last - 1, size)
            if first > at:
                found.append((at, first, False))
            found.append((first, last, True))
            at = last
        if at < end:
            found.append((at, end, False))
        return found

    def _raised(self, index: int, size: float) -> bool:
        """Whether a digit hangs in the air: many fonts have raised digits of their own, which stand on the line like any other."""
        sides = self.sides
        if not self.tight_box(self.at, index, *self.at_sides):
            return False
        self.origin(self.at, index, self.at_x, self.at_y)
        bottom, top = sides[2].value, sides[3].value
        return bottom - self.y.value > 0.2 * size and 0.15 * size < top - bottom < 0.6 * size

    def _probe(self, start: int, end: int, font: str) -> None:
        probes = self.fonts.probes.setdefault(font, [])
        if len(probes) >= 4 * _PROBES:
            return
        for at in range(start, min(end, start + 4 * _PROBES - len(probes))):
            if self.text[at] != " ":
                probes.append(self.raw.FPDFText_HasUnicodeMapError(self.handle, at) == 1)

    def _add(self, start: int, end: int, size: float, face: int, quarter: int, *, raised: bool) -> None:
        """A run, or several where the object leaps over a gutter."""
        text = self.text[start:end]
        if text.endswith(" "):
            end -= 1
        if quarter == 0:  # by far the most
            left, base, right = self._upright(start, end - 1)
        else:
            left, base, _ = self._place(start, quarter)
            _, _, right = self._place(end - 1, quarter)
        if right < left:  # right to left: the first character stands rightmost
            left, right = self._place(end - 1, quarter)[0], self._place(start, quarter)[2]
        elif end - start > 8 and right - left > 0.62 * size * (end - start):
            words = [match.span() for match in _WORD.finditer(self.text, start, end)]
            places = [(self._place(one, quarter)[0], self._place(two - 1, quarter)[2]) for one, two in words]
            first = 0
            for number in range(1, len(words) + 1):
                if number == len(words) or not -size < places[number][0] - places[number - 1][1] < 1.2 * size:
                    part = self.text[words[first][0] : words[number - 1][1]]
                    self._run(part, places[first][0], places[number - 1][1], base, size, face, quarter, raised)
                    first = number
            return
        self._run(text, left, right, base, size, face, quarter, raised)

    def _run(self, text: str, left: float, right: float, base: float, size: float, face: int, quarter: int, raised: bool) -> None:
        if raised:
            base, size = base + 0.3 * size, 0.6 * size
        text = _ODD.sub("", text)
        if text:
            self.found.append([text, round(left, 2), round(right, 2), round(base, 2), round(size, 2), face, quarter])

    def _upright(self, first: int, last: int) -> tuple[float, float, float]:
        """Left edge, baseline and right edge of the characters from ``first`` to ``last`` of a line that is not turned."""
        rect = self.rect
        self.origin(self.at, first, self.at_x, self.at_y)
        self.loose_box(self.at, first, self.at_rect)
        left = rect.left
        if last != first:
            self.loose_box(self.at, last, self.at_rect)
        return left - self.box[0], self.y.value - self.box[1], rect.right - self.box[0]

    def _place(self, index: int, quarter: int) -> tuple[float, float, float]:
        """Left edge, baseline and right edge of a character in the frame of its line."""
        rect = self.rect
        self.origin(self.at, index, self.at_x, self.at_y)
        self.loose_box(self.at, index, self.at_rect)
        left, bottom, right, top = self.box
        x, y = self.x.value, self.y.value
        if quarter == 0:
            return rect.left - left, y - bottom, rect.right - left
        if quarter == 1:
            return rect.bottom - bottom, right - x, rect.top - bottom
        if quarter == 2:
            return right - rect.right, top - y, right - rect.left
        return top - rect.top, x - left, top - rect.bottom


def _lines(text: str) -> list[tuple[int, int]]:
    found, at = [], 0
    for match in _BREAK.finditer(text):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, len(text)))
    return found
