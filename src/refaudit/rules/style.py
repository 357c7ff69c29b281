"""REF009: do the entries of a list follow one style?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from refaudit.model import Level, Reference
from refaudit.parse.style import family, manner
from refaudit.rules.base import Audit, Hit, rule

# Two habits that no style mixes: how the first author is printed, and whether the year follows the authors.
_WORDS = {
    "comma": "“Family, I.”",
    "full": "“Family, Given”",
    "compact": "“Family I”",
    "direct": "“I. Family”",
    "caps": "“FAMILY, I.”",
    "head": "the year after the authors",
    "late": "the year near the end",
}
_LEAST = 8
_FEW = 3
_SHARE = 0.12


def _habits(reference: Reference) -> tuple[str, str] | None:
    shown = manner(reference)
    names = "comma" if shown.names == "full" else shown.names
    year = shown.year.rstrip("()")
    return (names, year) if names and year else None


@rule("REF009", "inconsistent-style", Level.NOTE, confidence=0.7)
def inconsistent_style(audit: Audit) -> Iterator[Hit]:
    """The entries of the list follow different styles.

    What it finds:
    A list in which a part of the entries prints names or places the year in another manner than the rest.

    Why it matters:
    Entries pasted from several sources keep the styles of those sources; editors ask for one.

    Flags:
    ```
    Rain loosens bare ground (Alto, 2018; Bravo, 2017; Cruz, 2016; Duran, 2015; Egea, 2014; Faro, 2013; Gil, 2012;
    Hevia, 2011; Ibarra, 2010).

    References

    Alto, B. (2018). Crusts after rain. *Geoderma*, 20, 5-11.
    Bravo, C. (2017). Worms after drought. *Pedobiologia*, 60, 30-38.
    Cruz, D. (2016). Grass on slopes. *Catena*, 140, 12-19.
    Duran, F. (2015). Roots in dry soil. *Plant and Soil*, 390, 40-52.
    Egea, G. (2014). Stones on the surface. *Catena*, 115, 22-31.
    Faro, H. (2013). Rills on slopes. *Geomorphology*, 190, 61-70.
    Gil I. Sand in rivers. Journal of Hydrology. 2012;42(3):15-22.
    Hevia J. Silt in lakes. Journal of Hydrology. 2011;40(2):11-19.
    Ibarra K. Clay in deltas. Journal of Hydrology. 2010;38(1):70-78.
    ```

    Does not flag:
    ```
    Rain loosens bare ground (Alto, 2018; Bravo, 2017; Cruz, 2016; Duran, 2015; Egea, 2014; Faro, 2013; Gil, 2012; Hevia, 2011).

    References

    Alto, B. (2018). Crusts after rain. *Geoderma*, 20, 5-11.
    Bravo, C. (2017). Worms after drought. *Pedobiologia*, 60, 30-38.
    Cruz, D. (2016). *Grass on slopes*. Springer.
    Duran, F. (2015). Roots in dry soil. *Plant and Soil*, 390, 40-52.
    Egea, G. (2014). Stones. In H. Faro (Ed.), *Deserts* (pp. 22-31). Elsevier.
    Faro, H. (2013). Rills on slopes. *Geomorphology*, 190, 61-70.
    Gil, I. (2012). Sand in rivers. *Journal of Hydrology*, 42(3), 15-22.
    Hevia, J. (2011). Silt in lakes. *Journal of Hydrology*, 40(2), 11-19.
    ```

    What to do:
    Set the entries that stand apart in the style of the rest.

    Limits:
    Looks only at what no style mixes: how the first author is printed and whether the year follows the authors. Needs eight
    entries that show both, and three that stand apart. Organisations and entries without a year are not looked at.
    """
    shown = [(reference, habits) for reference in audit.references if (habits := _habits(reference))]
    if len(shown) < _LEAST:
        return
    counts = Counter(habits for _, habits in shown)
    common, most = counts.most_common(1)[0]
    apart = [(reference, habits) for reference, habits in shown if habits != common]
    others = Counter(habits for _, habits in apart)
    # A manner that only one or two entries follow is a slip of its own, not a second style.
    second = [habits for habits, count in others.items() if count >= _FEW]
    apart = [(reference, habits) for reference, habits in apart if habits in second]
    if len(apart) < max(_FEW, _SHARE * len(shown)) or most < len(shown) / 2:
        return
    shares = "; ".join(
        f"{_described(habits, [r for r, h in shown if h == habits])} {100 * counts[habits] / len(shown):.0f} %"
        for habits in [common, *sorted(second, key=lambda habits: -counts[habits])]
    )
    yield Hit(
        message=f"the entries of the list follow different styles: {shares}",
        references=tuple(reference.id for reference, _ in apart),
        subject="list style",
    )


def _described(habits: tuple[str, str], references: list[Reference]) -> str:
    families = Counter(name for name in (family(reference)[0] for reference in references) if name)
    words = f"{_WORDS[habits[0]]} with {_WORDS[habits[1]]}"
    if families:
        name, count = families.most_common(1)[0]
        if count >= len(references) / 2:
            return f"{name} ({words})"
    return words


RULES = (inconsistent_style,)
