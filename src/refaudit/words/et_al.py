""" "et al." and its kin: what cuts a list of authors short."""

from __future__ import annotations

import re
from collections import defaultdict

from refaudit.words.forms import any_of

# Language -> forms. A form without closing stop may be printed with one; abbreviations of single letters are read as printed
# ("u.a." cuts a list, "U.A." are initials), words in either case.
ET_AL = {
    "la": ("et al", "et. al", "etal", "et alii", "et aliae", "et alia", "& al"),
    "en": ("and others", "and colleagues", "and co-workers", "and coworkers", "and collaborators", "& colleagues", "& others"),
    "de": ("u. a.", "und andere", "und Mitarbeiter", "und Kollegen", "und Mitarb", "u. Mitarb"),
    "fr": ("et coll", "et collab", "et autres", "et collaborateurs", "et collègues"),
    "es": ("y col", "y cols", "y colab", "y colaboradores", "y colaboradoras", "y colegas", "y otros", "y otras"),
    "pt": ("e col", "e cols", "e colaboradores", "e colaboradoras", "e colegas", "e outros", "e outras"),
    "it": ("e altri", "e coll", "e collab", "e collaboratori", "e colleghi"),
    "ca": ("i altres", "i col·laboradors"),
    "ro": ("ș. a.", "ş. a.", "și alții", "şi alţii", "și colab", "şi colab", "și colaboratorii", "şi colaboratorii"),
    "nl": ("e. a.", "en anderen", "en collega's", "en collega’s"),
    "sv": ("m. fl.", "med flera", "och medarbetare", "och kollegor"),
    "da": ("m. fl.", "mfl.", "med flere", "og medarbejdere", "og kolleger"),
    "no": ("m. fl.", "mfl.", "med flere", "og medarbeidere", "og kollegaer"),
    "fi": ("ym.", "ja muut", "ja kumppanit"),
    "hu": ("és mtsai", "és mtsa", "és tsai", "és munkatársai", "és társai", "és mások"),
    "pl": ("i wsp", "i in.", "i inni", "i współautorzy", "i współaut", "i współpr", "i współpracownicy"),
    "cs": ("a kol", "a spol", "a další", "a kolektiv"),
    "sk": ("a kol", "a spol", "a ďalší", "a kolektív"),
    "hr": ("i sur", "i suradnici", "i dr.", "i drugi", "i sar", "i saradnici"),
    "sl": ("in sod", "in sodelavci", "idr.", "in drugi"),
    "ru": ("и др", "и другие", "и соавт", "и коллеги"),
    "uk": ("та ін", "і ін", "й ін", "та інші", "та співавт", "і співавт"),
    "bg": ("и др", "и кол", "и съавт"),
    "el": ("κ. ά.", "κ. α.", "και άλλοι", "και συν", "και συνεργάτες"),
    "tr": ("ve ark", "ve arkadaşları", "ve diğerleri", "ve diğ", "ve arkadaşı", "vd.", "v. d."),
    "id": ("dkk", "dan kawan-kawan", "dan rekan-rekan"),
    "vi": ("và cộng sự", "và cs", "và ctv", "và những người khác"),
    "zh": ("等", "等人"),
    "ja": ("ほか", "他"),
    "ko": ("등", "외"),
    "ar": ("وآخرون", "وآخرين", "و آخرون", "و آخرين", "وزملاؤه"),
    "fa": ("و همکاران", "و دیگران"),
    "he": ("ואחרים", "ועמיתיו", "ושות'", "ושות׳"),
}
# In these scripts the word follows the name without a space and is a word of other meanings as well: what follows must fit.
_BEHIND_NAMES = frozenset(("ja", "ko"))
_AFTER_NAMES = frozenset(form for language in _BEHIND_NAMES for form in ET_AL[language])
_FOLLOWED = r"(?=\s?(?:[(（,，;；、.]|\d{4}|\d{1,2}\s?인|$))"


def _compiled() -> re.Pattern[str]:
    """All forms, sorted by their first letter so that a search can skip to it."""
    exact: dict[str, set[str]] = defaultdict(set)
    either: dict[str, set[str]] = defaultdict(set)
    for language, forms in ET_AL.items():
        for form in forms:
            if language in ("zh", *_BEHIND_NAMES):
                continue
            lettered = re.fullmatch(r"(?:\w{1,3}\.\s?)+", form) is not None
            (exact if lettered else either)[form[0]].add(form[1:])
    parts = []
    for first in sorted({*exact, *either}):
        both = f"{first}{first.upper()}"
        if first in exact:
            parts.append(f"(?<={re.escape(first)})(?:{any_of(exact[first])})")
        if first in either:
            parts.append(f"(?<=[{re.escape(both)}])(?i:{any_of(either[first])})")
    letters = "".join(sorted({sign for first in {*exact, *either} for sign in (first, first.upper())}))
    east = "".join(forms[0][0] for forms in (ET_AL["zh"],))
    later = "|".join(sorted(_AFTER_NAMES))
    return re.compile(
        rf"[{re.escape(letters)}](?<!\w[\s\S])(?:{'|'.join(parts)})"
        rf"|{east}人?|(?<=[\u3400-\u9fff\uac00-\ud7af\s])(?:{later}){_FOLLOWED}"
    )


PATTERN = _compiled()
# What may stand before and behind it at the end of a list; "others" alone closes lists of databases.
_BEFORE = re.compile(r"(?<![\s,;，、&…])(?:[\s,;，、&…]|\b(?:and|und|et|y|e)(?=[\s,;])|(?<!\.)\.{2,})+$")
_BEHIND = re.compile(r"[\s.,;:…)\]）]*$")
_OTHERS = re.compile(r"\bothers[\s.,;:…)\]]*$|(?:\.\s?\.\s?\.|…)\s*$", re.IGNORECASE)
_AUTHORS = 400  # characters of an entry in which its authors are cut
_TAIL = 48  # characters at the end of a list in which it is printed


_BEHIND_A_NAME = re.compile(r"[.,;]\s{0,3}$|[\s.][^\W\d_a-zа-яё]{1,3}\s$")


def as_latin(entry: str) -> str:
    """The entry with the form that cuts its authors printed "et al.", in as many characters, for readers that know only this."""
    for found in PATTERN.finditer(entry, 0, _AUTHORS):
        if found.start() > 0 and not found[0].casefold().startswith("et") and _BEHIND_A_NAME.search(entry, 0, found.start()):
            size = found.end() - found.start()
            return entry[: found.start()] + ("et al." if size > 5 else "al.").ljust(size)[:size] + entry[found.end() :]
    return entry


def stands_alone(text: str) -> bool:
    """Whether a text is nothing but one of the forms, its "and" before it or not ("others" in a list of a database)."""
    bare = text.strip(" {}.,;").casefold()
    forms = (whole for form in (text.strip(" {}"), bare) for whole in (form, f"and {form}"))
    return bare == "others" or bare in _AFTER_NAMES or any(PATTERN.fullmatch(form) for form in forms)


def cut_short(names: str) -> tuple[str, bool]:
    """A printed list of names without its "et al." or dots at the end, and whether it had them."""
    low = max(0, len(names) - _TAIL)
    for found in PATTERN.finditer(names, low):
        if found.start() > 0 and _BEHIND.match(names, found.end()):
            return _BEFORE.sub("", names[: found.start()]), True
    others = _OTHERS.search(names, low)
    if others and others.start() > 0:
        return _BEFORE.sub("", names[: others.start()]), True
    return names, False
