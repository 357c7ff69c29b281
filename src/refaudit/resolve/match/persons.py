"""Can two printed names be one person? Surnames in their forms, given names, initials, romanisations. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from refaudit.model import Name
from refaudit.resolve.match.names import family_forms
from refaudit.text import plain, words

# Given names and their short forms that begin with another letter; those that begin alike need no list.
_SHORT = frozenset(
    frozenset(pair.split("/"))
    for pair in """bill/william billy/william will/bill bob/robert bobby/robert rob/bob dick/richard rick/dick peggy/margaret
    meg/peggy ted/edward ned/edward ed/ted ted/theodore jack/john jim/james hank/henry harry/henry larry/lawrence tony/anthony
    tony/antonio tina/christina tina/martina nina/antonina gene/eugene beth/elizabeth liz/elizabeth betty/elizabeth betsy/elizabeth
    lisa/elizabeth bess/elizabeth polly/mary molly/mary nancy/ann sally/sarah sandy/alexander sandy/alexandra alex/sandy sasha/alexander
    sasha/aleksandr mike/michael misha/mikhail kate/catherine kathy/catherine katherine/catherine karl/charles chuck/charles
    carl/karl drew/andrew gus/august gus/constantine nell/eleanor nell/helen lena/helena lena/elena toni/antonia pepe/jose paco/francisco
    pancho/francisco nacho/ignacio hans/johannes hannes/johannes sepp/josef fritz/friedrich heinz/heinrich bert/albert bert/robert
    bert/herbert tim/dmitry dima/dmitry vova/vladimir kolya/nikolai zhenya/evgeny vasily/basil fyodor/theodor becky/rebecca
    trish/patricia patty/martha penny/helen josh/yehoshua yossi/josef zvi/hirsch hal/henry jerry/gerald jerry/gerard jeff/geoffrey
    geoff/jeffrey geoff/jefferson cathy/katherine phil/filip ziggy/sigmund""".split()
)
# Letters by which one name begins in different transliterations.
_INITIALS = ("yji", "ck", "gh", "ye", "wv")
# What Latin spellings of Slavic, Chinese and other names differ in; folded to one sign each, the longest first.
_SOUNDS = (
    (r"tsch|tch|tj|cz|č|ć|ch|zh|ž|q|j(?=[aeiou])", "C"), (r"sch|sh|sz|š|hs|x", "S"), (r"kh|ch|h", "H"), (r"ts|tz|z|c(?=[ei])|c(?=ai)", "Z"),
    (r"ph", "f"), (r"th", "t"), (r"ck|c|g", "k"), (r"w|v", "v"), (r"b", "p"), (r"d", "t"), (r"ff$|v$|f$", "v"), (r"[aeiouyj]+", "a"),
)  # fmt: skip
# Chinese, Korean and Cantonese surnames that are spelled in more than one way.
_SPELLED = tuple(
    frozenset(group.split("/"))
    for group in """li/lee/lie/yi/rhee wang/wong/ong huang/hwang/wong/ng wu/ng/woo/goh zhang/chang/cheung/teo chen/chan/tan/chin liu/lau/liew/lew
    lin/lim/lam xu/hsu/hui/tsui/shu zhou/chou/chow/chau zhu/chu cai/tsai/choi/chua zheng/cheng/chung xie/hsieh/tse guo/kuo/kwok he/ho
    xiao/hsiao/siu ye/yeh/yip zeng/tseng/tsang deng/teng/tang yang/young/yeung feng/fung/fong zhao/chao/chiu jiang/chiang/keung/kiang
    park/pak/bak kim/gim choi/choe chung/jung/jeong/chong cho/jo lim/im kang/gang yoo/yu/ryu/you lu/loo/lou qian/chien sun/suen
    xue/hsueh qiu/chiu peng/pang fan/van luo/lo/law hu/woo/wu ma/mah su/soo/so pan/poon du/to/tu""".split()
)


def same_surname(one: Name, other: Name) -> bool:
    """Whether a form of both surnames is the same."""
    return bool(set(family_forms(one)) & set(family_forms(other)))


def same_name(one: Name, other: Name) -> bool:
    """Whether the surnames are the same and the given names can be."""
    return same_surname(one, other) and given_agree(one, other)


def same_person(one: Name, other: Name) -> bool:
    """Whether two printed names can be one person: surnames alike, in another romanisation, or in each other's place."""
    for form in family_forms(one):
        for known in family_forms(other):
            a, b = form.replace(" ", ""), known.replace(" ", "")
            if a == b or set(form.split()) & {word for word in known.split() if len(word) >= 3}:
                return True
            if (min(len(a), len(b)) >= 5 and (a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a))) or (
                min(len(a), len(b)) >= 4 and a[0] == b[0] and fuzz.ratio(a, b) >= 80
            ):
                return True
            if given_agree(one, other) and (sounds(a) == sounds(b) or any({a, b} <= group for group in _SPELLED)):
                return True
    given = {word for word in words(other.given) if len(word) >= 3}
    if given & set(words(one.family)) or {w for w in words(one.given) if len(w) >= 3} & set(words(other.family)):
        return True
    return turned(one, other) or turned(other, one)


def turned(one: Name, other: Name) -> bool:
    """Whether ``other`` has the family name of ``one`` as its given name, and the initial of ``one`` as that of its family name."""
    family, given = " ".join(words(one.family)), words(other.given)
    first = " ".join(words(other.family))[:1]
    return bool(first) and len(family) >= 2 and family in (*given, " ".join(given)) and first in initials(one)


@lru_cache(maxsize=4096)
def sounds(surname: str) -> str:
    """A surname without what transliterations of it differ in."""
    text = surname
    for spelled, sign in _SOUNDS:
        text = re.sub(spelled, sign, text)
    return re.sub(r"(.)\1+", r"\1", text).rstrip("a")


def initials(name: Name) -> frozenset[str]:
    """The first letters of all given names, folded; capitals set together ("RMF") count one by one."""
    found = set()
    for part in re.split(r"[\s.\-'’]+", plain(name.given)):
        letters = part if part.isupper() and len(part) <= 4 else part[:1]
        found |= {letter.casefold() for letter in letters if letter.isalpha()}
    return frozenset(found)


def given_agree(one: Name, other: Name) -> bool:
    """Whether the given names can be those of one person; True where one of them is not given or cannot be compared.

    An initial in common is enough, since people use their second names too.
    """
    first, second = initials(one), initials(other)
    if not first or not second or not all(letter.isascii() for letter in first | second) or first & second:
        return True
    named = words(one.given), words(other.given)
    if any({named[0][0][0], named[1][0][0]} <= set(group) for group in _INITIALS):
        return True
    return any(
        frozenset((a, b)) in _SHORT or (min(len(a), len(b)) >= 4 and (sounds(a) == sounds(b) or fuzz.ratio(a, b) >= 80))
        for a in named[0]
        for b in named[1]
    )
