"""What the manuals of the citation styles ask for: for each habit of an entry, how often each form of it is met.

A number near 1 stands for what a manual asks for, a small one for what authors, and other editions of the manual, do
beside it; what the numbers of a habit leave of 1 is for forms that nobody thought of. They were set by hand.

The habits are those of the manuals: APA 7 (and 6), Chicago 17, MLA 9, NLM "Citing Medicine" (Vancouver), AMA 11, IEEE
Reference Guide, ACS Guide to Scholarly Communication, CSE 8, GB/T 7714-2015, ABNT NBR 6023, MHRA 3, the unified style
sheet for linguistics, ACM, AIP and RSC, and of the journals of Nature, Elsevier and Springer. "Harvard" is no one's manual: it
stands for the author-date styles of universities and publishers that set the year after the names and use initials.
"""

from __future__ import annotations

from collections.abc import Mapping

Habits = Mapping[str, Mapping[str, float]]

# Forms that several families share.
_COMMA, _FULL = {"Family, I.": 0.95, "Family, Given": 0.03}, {"Family, Given": 0.6, "Family, I.": 0.36}
_COMPACT, _DIRECT = {"Family I": 0.94, "Family I.": 0.03}, {"I. Family": 0.92, "Given Family": 0.05}
_SAME, _TURNED, _ONE = {"inverted": 0.97}, {"direct": 0.94, "inverted": 0.03}, {"1": 0.92, "many": 0.03}
_PLAIN, _QUOTED = {"none": 0.96}, {"double": 0.93, "single": 0.03}
_SPACED, _EITHER = {"J. P.": 0.94, "J.P.": 0.04}, {"J. P.": 0.48, "J.P.": 0.48}
_BARE, _BRACKETED = {"bare": 0.97}, {"v(i)": 0.93, "v (i)": 0.04}
_PLACE = {"place: publisher": 0.7, "publisher": 0.25}
_WHOLE, _EVEN = {"full": 0.88, "short": 0.12}, {"full": 0.5, "short": 0.5}
_LETTERED, _STOP, _COLON = {"JP": 0.97}, {".": 0.97}, {":": 0.95, ": ": 0.03}

# (family, how often it is met, habits); a family of several forms has a row for each.
FORMS: tuple[tuple[str, float, Habits], ...] = (
    ("APA", 1.0, {
        "names": _COMMA, "others": _SAME, "initials": _SPACED, "joint": {", &": 0.85, "&": 0.1, ", and": 0.01},
        "cut": {"…": 0.4, "6": 0.06, "many": 0.06, "all": 0.45}, "year": {"(y).": 0.95, "(y)": 0.02}, "quotes": _PLAIN, "title": _STOP, "book": _STOP,
        "journal": {", v": 0.97}, "volume": _BARE, "issue": {"v(i)": 0.92, "v (i)": 0.05}, "pages": {", ": 0.95, "pp.": 0.02},
        "range": _WHOLE, "house": {"publisher": 0.55, "place: publisher": 0.43}, "doi": {"url": 0.8, "doi:": 0.1, "doi: ": 0.05},
        "words": {"Retrieved from": 0.95},
    }),
    # Cite Them Right and the guides of British universities: titles quoted or not, "pp."
    ("Harvard", 1.0, {
        "names": _COMMA, "others": _SAME, "initials": {"J.P.": 0.6, "J. P.": 0.37}, "joint": {"and": 0.6, "&": 0.36},
        "cut": {"1": 0.6, "3": 0.1, "many": 0.1, "all": 0.17}, "year": {"(y)": 0.75, "(y),": 0.06, "(y).": 0.06, ", y,": 0.06, " y,": 0.03},
        "quotes": {"single": 0.6, "none": 0.28, "double": 0.1}, "title": {"”,": 0.6, ",”": 0.07, ".": 0.18, ",": 0.1, "”.": 0.03},
        "book": {".": 0.7, ",": 0.25}, "journal": {", v": 0.85, ". v": 0.06, " v": 0.06}, "volume": {"bare": 0.6, "vol.": 0.37},
        "issue": {"v(i)": 0.55, "v (i)": 0.14, "no.": 0.28}, "pages": {"pp.": 0.93, ":": 0.03}, "range": _WHOLE,
        "house": {"place: publisher": 0.7, "publisher": 0.16, "publisher, place": 0.12}, "doi": {"url": 0.5, "doi:": 0.3, "doi: ": 0.15},
        "words": {"Available at": 0.9, "Available from": 0.07},
    }),
    # the same without quotation marks and "pp.", as publishers set it
    ("Harvard", 1.0, {
        "names": _COMMA, "others": _SAME, "initials": _EITHER, "joint": {", and": 0.35, "and": 0.25, "&": 0.3, ",": 0.07},
        "cut": {"1": 0.25, "3": 0.1, "6": 0.1, "many": 0.2, "all": 0.32}, "year": {"(y).": 0.47, "(y)": 0.4, "(y):": 0.03, ". y.": 0.07}, "quotes": _PLAIN,
        "title": {".": 0.9, ",": 0.07}, "book": {".": 0.9, ",": 0.07}, "journal": {" v": 0.6, ". v": 0.25, ", v": 0.12}, "volume": _BARE,
        "issue": {"v(i)": 0.5, "v (i)": 0.45}, "pages": {", ": 0.8, ": ": 0.1, ":": 0.07}, "range": _WHOLE,
        "house": {"place: publisher": 0.4, "publisher": 0.2, "publisher, place": 0.37},
        "doi": {"url": 0.3, "doi:": 0.3, "doi: ": 0.3, "bare": 0.07}, "words": {"Available at": 0.6, "Available from": 0.35},
    }),
    # Elsevier: the year between commas and stop, without brackets
    ("Harvard", 1.0, {
        "names": _COMMA, "others": _SAME, "initials": {"J.P.": 0.85, "J. P.": 0.12}, "joint": {",": 0.9, "and": 0.04, "&": 0.04},
        "cut": {"all": 0.7, "many": 0.25}, "year": {", y.": 0.9, " y.": 0.04}, "quotes": _PLAIN, "title": _STOP, "book": {".": 0.8, ",": 0.17},
        "journal": {" v": 0.9, ", v": 0.06}, "volume": _BARE, "issue": {"v(i)": 0.4, "v (i)": 0.57}, "pages": {", ": 0.96}, "range": _WHOLE,
        "house": {"publisher, place": 0.8, "publisher": 0.17}, "doi": {"url": 0.85, "doi:": 0.12}, "words": {"Available at": 0.9},
    }),
    ("Chicago author-date", 1.0, {
        "names": _FULL, "others": _TURNED, "initials": _EITHER, "joint": {", and": 0.9, "and": 0.08},
        "cut": {"many": 0.45, "all": 0.35, "3": 0.07, "1": 0.07}, "year": {". y.": 0.85, " y.": 0.12}, "quotes": _QUOTED, "title": {".”": 0.9, ".": 0.07},
        "book": _STOP, "journal": {" v": 0.95}, "volume": _BARE, "issue": {"v (i)": 0.6, "no.": 0.2, "v(i)": 0.17},
        "pages": {": ": 0.7, ":": 0.22, ", ": 0.04}, "range": _EVEN, "house": _PLACE, "doi": {"url": 0.85, "doi:": 0.12},
        "words": {"Accessed Month": 0.9},
    }),
    # the bibliography
    ("Chicago notes", 0.8, {
        "names": _FULL, "others": _TURNED, "initials": _EITHER, "joint": {", and": 0.9, "and": 0.08}, "cut": {"many": 0.45, "all": 0.35, "3": 0.07, "1": 0.07},
        "year": {"v (y) p": 0.64, "house, y": 0.3, "end (y)": 0.03}, "quotes": _QUOTED, "title": {".”": 0.9, ".": 0.07}, "book": _STOP,
        "journal": {" v": 0.96}, "volume": _BARE, "issue": {"no.": 0.95}, "pages": {": ": 0.93}, "range": _EVEN, "house": _PLACE,
        "doi": {"url": 0.85, "doi:": 0.12}, "words": {"Accessed Month": 0.9},
    }),
    # the notes themselves
    ("Chicago notes", 0.4, {
        "names": {"Given Family": 0.7, "I. Family": 0.27}, "initials": _EITHER, "joint": {", and": 0.55, "and": 0.43}, "cut": _ONE,
        "year": {"v (y) p": 0.6, "(house, y)": 0.3, "end (y)": 0.05}, "quotes": _QUOTED, "title": {",”": 0.93, ",": 0.03}, "journal": {" v": 0.96},
        "volume": _BARE, "issue": {"no.": 0.95}, "pages": {": ": 0.93}, "range": _EVEN, "house": _PLACE, "doi": {"url": 0.85, "doi:": 0.12},
        "words": {"Accessed Month": 0.9},
    }),
    ("MLA", 1.0, {
        "names": _FULL, "others": _TURNED, "initials": _EITHER, "joint": {", and": 0.95}, "cut": _ONE,
        "year": {"v, y, p": 0.6, "house, y": 0.25, "end y": 0.13}, "quotes": _QUOTED, "title": {".”": 0.9, ".": 0.07}, "book": _STOP,
        "journal": {", v": 0.94}, "volume": {"vol.": 0.95}, "issue": {"no.": 0.96}, "pages": {"pp.": 0.95}, "range": _EVEN,
        "house": {"publisher": 0.85, "place: publisher": 0.1}, "doi": {"url": 0.75, "doi:": 0.22}, "words": {"Accessed D Mon.": 0.9},
    }),
    ("MHRA", 0.3, {
        "names": {"Family, Given": 0.5, "Family, I.": 0.25, "Given Family": 0.2}, "others": _TURNED, "initials": _EITHER,
        "joint": {", and": 0.55, "and": 0.43}, "cut": {"1": 0.4, "3": 0.4}, "year": {"v (y) p": 0.6, "(house, y)": 0.35, "end (y)": 0.03},
        "quotes": {"single": 0.55, "double": 0.35, "none": 0.08}, "title": {"”,": 0.55, ",”": 0.35, ",": 0.07}, "journal": {", v": 0.96},
        "volume": _BARE, "issue": {"v.i": 0.93}, "pages": {", ": 0.96}, "range": _EVEN, "house": _PLACE,
    }),
    ("Vancouver", 1.0, {
        "names": _COMPACT, "others": _SAME, "initials": _LETTERED, "joint": {",": 0.97}, "cut": {"6": 0.5, "3": 0.25, "all": 0.2},
        "year": {"y;v": 0.75, "house; y": 0.22}, "quotes": _PLAIN, "title": _STOP, "book": _STOP, "journal": {". y": 0.75, " y": 0.22},
        "volume": _BARE, "issue": _BRACKETED, "pages": {":": 0.85, ": ": 0.1}, "range": {"short": 0.62, "full": 0.38},
        "house": {"place: publisher": 0.9, "publisher": 0.08}, "doi": {"url": 0.3, "doi: ": 0.35, "doi:": 0.33},
        "words": {"[Internet]": 0.5, "Available from": 0.4, "Available:": 0.08}, "label": {"[n]": 0.2, "(n)": 0.05, "n.": 0.74},
    }),
    ("AMA", 1.0, {
        "names": _COMPACT, "others": _SAME, "initials": _LETTERED, "joint": {",": 0.97}, "cut": {"3": 0.93},
        "year": {"y;v": 0.75, "house; y": 0.22}, "quotes": _PLAIN, "title": _STOP, "book": _STOP, "journal": {". y": 0.97}, "volume": _BARE,
        "issue": _BRACKETED, "pages": {":": 0.95}, "range": _WHOLE, "house": {"place: publisher": 0.4, "publisher": 0.58},
        "doi": {"doi:": 0.88, "doi: ": 0.06}, "words": {"Accessed Month": 0.93}, "label": {"n.": 0.9},
    }),
    ("IEEE", 1.0, {
        "names": _DIRECT, "initials": _SPACED, "joint": {"and": 0.5, ", and": 0.45}, "cut": _ONE,
        "year": {"end y": 0.6, "house, y": 0.28, "v, y, p": 0.08}, "quotes": _QUOTED, "title": {",”": 0.93, ",": 0.03, ".": 0.02},
        "book": {",": 0.7, ".": 0.27}, "journal": {", v": 0.97}, "volume": {"vol.": 0.97}, "issue": {"no.": 0.97}, "pages": {"pp.": 0.96},
        "range": _WHOLE, "house": {"place: publisher": 0.6, "publisher": 0.3, "publisher, place": 0.05},
        "doi": {"doi: ": 0.85, "url": 0.05, "doi:": 0.07}, "words": {"[Online]": 0.7, "Available:": 0.27}, "label": {"[n]": 0.9, "n.": 0.08},
    }),
    ("ACS", 1.0, {
        "names": _COMMA, "others": _SAME, "initials": _EITHER, "joint": {";": 0.97}, "cut": {"many": 0.3, "all": 0.65},
        "year": {"y, v": 0.75, "house, y": 0.16, "house; y": 0.06}, "quotes": _PLAIN, "title": _STOP, "book": {".": 0.4, ",": 0.2},
        "journal": {" y": 0.96}, "volume": _BARE, "issue": {"v (i)": 0.6, "v(i)": 0.37}, "pages": {", ": 0.96}, "range": _WHOLE,
        "house": {"publisher: place": 0.85, "publisher": 0.12}, "doi": {"url": 0.5, "doi:": 0.25, "DOI: ": 0.2}, "label": {"(n)": 0.6, "n.": 0.37},
    }),
    ("GB/T 7714", 1.0, {
        "names": {"FAMILY I": 0.65, "Family I": 0.25, "FAMILY, I.": 0.02}, "others": _SAME, "initials": {"J P": 0.75, "JP": 0.2},
        "joint": {",": 0.96}, "cut": {"3": 0.94}, "year": {"y, v": 0.6, ", y.": 0.15, "house, y": 0.2}, "quotes": _PLAIN,
        "journal": {", y": 0.75, ", v": 0.2}, "volume": _BARE, "issue": _BRACKETED, "pages": {": ": 0.8, ":": 0.17}, "range": _WHOLE,
        "house": {"place: publisher": 0.95}, "doi": {"DOI:": 0.8, "doi:": 0.1}, "words": {"[J]": 0.99}, "label": {"[n]": 0.95},
    }),
    ("Nature", 1.0, {
        "names": _COMMA, "others": _SAME, "initials": _SPACED, "joint": {"&": 0.97}, "cut": _ONE,
        "year": {"end (y)": 0.77, "(house, y)": 0.18, "v (y) p": 0.02}, "quotes": _PLAIN, "title": _STOP, "journal": {" v": 0.96},
        "volume": _BARE, "issue": {"v (i)": 0.5, "v(i)": 0.4}, "pages": {", ": 0.96}, "range": _WHOLE,
        "house": {"publisher": 0.8, "publisher, place": 0.17}, "doi": {"url": 0.6, "doi:": 0.37}, "label": {"n.": 0.95},
    }),
    # the American Association for the Advancement of Science
    ("Science", 0.5, {
        "names": _DIRECT, "initials": _SPACED, "joint": {",": 0.96}, "cut": {"1": 0.5, "all": 0.45}, "year": {"end (y)": 0.77, "(house, y)": 0.2},
        "quotes": _PLAIN, "title": _STOP, "book": {",": 0.9}, "journal": {" v": 0.9, ". v": 0.07}, "volume": _BARE, "pages": {", ": 0.96},
        "range": _WHOLE, "house": {"publisher": 0.8}, "doi": {"bare": 0.5, "doi:": 0.3, "url": 0.17}, "label": {"n.": 0.95},
    }),
    ("ABNT", 1.0, {
        "names": {"FAMILY, I.": 0.57, "FAMILY, Given": 0.35, "Family, I.": 0.05}, "others": _SAME, "initials": {"J. P.": 0.8, "J.P.": 0.17}, "joint": {";": 0.97},
        "cut": {"1": 0.9, "3": 0.06}, "year": {"end y": 0.65, "house, y": 0.28, "v, y, p": 0.03}, "quotes": _PLAIN, "title": _STOP, "book": _STOP,
        "journal": {", v": 0.97}, "volume": {"v.": 0.95}, "issue": {"n.": 0.95}, "pages": {"pp.": 0.95}, "range": _WHOLE,
        "house": {"place: publisher": 0.9}, "words": {"Disponível em": 0.97},
    }),
    ("Springer", 1.0, {
        "names": _COMPACT, "others": _SAME, "initials": _LETTERED, "joint": {",": 0.97}, "cut": {"3": 0.5, "1": 0.1, "many": 0.07, "all": 0.3},
        "year": {"(y)": 0.96, "(y).": 0.02}, "quotes": _PLAIN, "title": _STOP, "book": {".": 0.6, ",": 0.35}, "journal": {" v": 0.97},
        "volume": _BARE, "issue": _BRACKETED, "pages": _COLON, "range": _WHOLE, "house": {"publisher, place": 0.8, "publisher": 0.17},
        "doi": {"url": 0.6, "doi:": 0.25, "doi: ": 0.1},
    }),
    # the name-year system
    ("CSE", 0.3, {
        "names": _COMPACT, "others": _SAME, "initials": _LETTERED, "joint": {",": 0.97}, "cut": {"many": 0.4, "all": 0.55}, "year": {". y.": 0.8, " y.": 0.17},
        "quotes": _PLAIN, "title": _STOP, "book": _STOP, "journal": {". v": 0.6, " v": 0.38}, "volume": _BARE, "issue": _BRACKETED,
        "pages": {":": 0.85, ": ": 0.1}, "range": {"full": 0.7, "short": 0.3}, "house": {"place: publisher": 0.95},
    }),
    ("Elsevier numeric", 1.0, {
        "names": _DIRECT, "initials": {"J.P.": 0.95}, "joint": {",": 0.96}, "cut": {"6": 0.3, "3": 0.1, "1": 0.07, "many": 0.06, "all": 0.45},
        "year": {"v (y) p": 0.7, "house, y": 0.26}, "quotes": _PLAIN, "title": {",": 0.96}, "book": {",": 0.96},
        "journal": {" v": 0.85, ". v": 0.08, ", v": 0.05}, "volume": _BARE, "issue": {"v(i)": 0.5, "v (i)": 0.45}, "pages": {" ": 0.95},
        "range": _WHOLE, "house": {"publisher, place": 0.85, "publisher": 0.12}, "doi": {"url": 0.9}, "label": {"[n]": 0.95},
    }),
    ("AIP", 0.3, {
        "names": _DIRECT, "initials": _SPACED, "joint": {"and": 0.5, ", and": 0.48}, "cut": _ONE, "year": {"end (y)": 0.75, "(house, y)": 0.2},
        "quotes": {"none": 0.5, "double": 0.48}, "title": {",”": 0.45, ",": 0.5}, "journal": {" v": 0.96}, "volume": _BARE,
        "issue": {"v(i)": 0.8, "v (i)": 0.15}, "pages": {", ": 0.96}, "label": {"[n]": 0.5, "n.": 0.45},
    }),
    ("RSC", 0.3, {
        "names": _DIRECT, "initials": _SPACED, "joint": {"and": 0.97}, "cut": {"1": 0.3, "many": 0.1, "all": 0.55}, "year": {"y, v": 0.75, "house, y": 0.23},
        "quotes": _PLAIN, "title": {",": 0.96}, "book": {",": 0.96}, "journal": {", y": 0.96}, "volume": _BARE, "issue": {"v(i)": 0.9},
        "pages": {", ": 0.96}, "house": {"publisher, place": 0.9}, "label": {"n.": 0.9},
    }),
    ("ACM", 0.3, {
        "names": {"Given Family": 0.5, "I. Family": 0.2, "Family, I.": 0.25}, "others": {"direct": 0.5, "inverted": 0.48}, "initials": _EITHER,
        "joint": {", and": 0.5, "and": 0.48}, "cut": {"1": 0.4, "many": 0.1, "all": 0.47}, "year": {". y.": 0.8, " y.": 0.17}, "quotes": _PLAIN, "title": _STOP,
        "book": _STOP, "journal": {" v": 0.6, ". v": 0.36}, "volume": _BARE, "issue": {"v, i": 0.96}, "pages": {", ": 0.96}, "range": _WHOLE,
        "house": {"publisher, place": 0.6, "publisher": 0.37}, "doi": {"url": 0.95}, "label": {"[n]": 0.95},
    }),
    ("Linguistics", 0.3, {
        "names": _FULL, "others": _TURNED, "initials": _EITHER, "joint": {"&": 0.95}, "cut": {"all": 0.9}, "year": {". y.": 0.85, " y.": 0.12}, "quotes": _PLAIN,
        "title": _STOP, "book": _STOP, "journal": {" v": 0.96}, "volume": _BARE, "issue": _BRACKETED, "pages": {". ": 0.96}, "range": _EVEN,
        "house": _PLACE,
    }),
)  # fmt: skip
