"""A page as the library opened it: its characters as runs. Runs in the process that opens the file.

Asking the library for each character's place costs more than all the rest of reading, so it is asked once for the
text of a page, once a word for the text object that the word belongs to, and once an object for place, size and font.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
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

    def look(self, raw: Any, font: Any) -> tuple[str, int]:
        """Name and face of a font of this page."""
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        known = self.page.get(address)
        if known is None:
            if not address:
                return "", 0
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.value.decode("utf-8", "replace")
            face = (BOLD if _BOLD.search(name) else 0) | (FIXED if _FIXED.search(name) else 0)
            known = self.page[address] = (name, face | (HEAVY if raw.FPDFFont_GetWeight(font) >= 600 else 0))
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


class _Walk:
    """One pass over the characters of a page."""

    def __init__(self, raw: Any, handle: Any, text: str, fonts: Fonts, box: tuple[float, float, float, float]) -> None:
        self.raw, self.handle, self.text, self.fonts, self.box = raw, handle, text, fonts, box
        address = ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
        self.object_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(address)
        self.handle_at = ctypes.cast(handle, ctypes.c_void_p)
        self.found: list[list[object]] = []
        self.x, self.y, self.rect, self.matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
        self.sides = [ctypes.c_double() for _ in range(4)]
        self.at_x, self.at_y, self.at_rect = map(ctypes.byref, (self.x, self.y, self.rect))
        self.at_sides = [ctypes.byref(side) for side in self.sides]

    def all(self) -> list[list[object]]:
        """The runs of the page."""
        for line in _lines(self.text):
            if _FROM_RIGHT.search(self.text, *line):
                self._words(*line)
                continue
            words = [word.span() for word in _WORD.finditer(self.text, *line)]
            if not words:
                continue
            begin, last = words[0][0], self._at(words[0][0])
            end = begin
            for start, stop, owner in self._owned(words, 0, len(words)):
                if owner != last:
                    self._object(begin, end)
                    begin, last = start, owner
                end = stop
            self._object(begin, end)
        return self.found

    def _at(self, index: int) -> int:
        """Which text object draws a character, as a number good for comparing."""
        return self.object_of(self.handle_at, index) or 0

    def _owned(self, words: Sequence[tuple[int, int]], first: int, last: int) -> Iterator[tuple[int, int, int]]:
        """Stretches of a line with the object that draws each; where both ends have one object, all between has it too."""
        start, end = words[first][0], words[last - 1][1]
        head = self._at(start)
        if head == self._at(end - 1):
            yield start, end, head
        elif last - first > 1:
            middle = (first + last) // 2
            yield from self._owned(words, first, middle)
            yield from self._owned(words, middle, last)
        else:
            for at in range(start, end):
                yield at, at + 1, self._at(at)

    def _words(self, start: int, end: int) -> None:
        """The words of a line in a script that runs from right to left, each for itself.

        The library has turned such a line round already, names in Latin letters and numbers among the words with it;
        their places tell the order.
        """
        for word in _WORD.finditer(self.text, start, end):
            self._object(*word.span())

    def _object(self, start: int, end: int) -> None:
        """The characters from ``start`` to ``end`` are drawn by one text object: on one line, in one font."""
        raw, handle = self.raw, self.handle
        size = raw.FPDFText_GetFontSize(handle, start)
        if not raw.FPDFText_GetMatrix(handle, start, self.matrix):
            return
        m = self.matrix
        turns = math.degrees(math.atan2(m.b, m.a)) / 90
        if not math.isfinite(turns) or abs(turns - round(turns)) > 0.06:
            return  # watermarks and labels set aslant
        quarter = round(turns) % 4
        size = abs(size) * math.hypot(m.c, m.d)
        font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(handle, start))
        name, face = self.fonts.look(raw, font)
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
        if not self.raw.FPDFText_GetCharBox(self.handle, index, *self.at_sides):
            return False
        self.raw.FPDFText_GetCharOrigin(self.handle, index, self.at_x, self.at_y)
        bottom, top = sides[2].value, sides[3].value
        return bottom - self.y.value > 0.2 * size and 0.15 * size < top - bottom < 0.6 * size

    def _probe(self, start: int, end: int, font: str) -> None:
        probes = self.fonts.probes.setdefault(font, [])
        at = start
        while len(probes) < 4 * _PROBES and at < end:
            if self.text[at] != " ":
                probes.append(self.raw.FPDFText_HasUnicodeMapError(self.handle, at) == 1)
            at += 1

    def _add(self, start: int, end: int, size: float, face: int, quarter: int, *, raised: bool) -> None:
        """A run, or several where the object leaps over a gutter."""
        text = self.text[start:end]
        if text.endswith(" "):
            end -= 1
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

    def _place(self, index: int, quarter: int) -> tuple[float, float, float]:
        """Left edge, baseline and right edge of a character in the frame of its line."""
        raw, rect = self.raw, self.rect
        raw.FPDFText_GetCharOrigin(self.handle, index, self.at_x, self.at_y)
        raw.FPDFText_GetLooseCharBox(self.handle, index, self.at_rect)
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
