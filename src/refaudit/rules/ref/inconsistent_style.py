"""REF009: do the entries of a list follow one style?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from refaudit.model import Level, Reference
from refaudit.parse.style.printed_features import manner
from refaudit.parse.style.recognition import KIN, reasons
from refaudit.rules.base import Audit, Hit, rule

_LEAST = 8  # entries that show a style
_FEW = 3  # an entry or two of another style are slips, not a second style
_SHARE = 0.12
_STRANGE = 0.1  # a form that fewer of the other entries show is not the list's
_FORMS = 2
_TOLD = ("names", "others", "joint", "year", "quotes", "volume", "pages", "journal")


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
    Knows the style families of docs/how-it-works.md and no journal's own habits. Needs eight entries that show a style, and
    three, at least one in eight, that another family fits clearly better. Vancouver and AMA count as one, since single
    entries of the two rarely differ. Entries of a database (BibTeX, RIS) have no printed style.
    """
    shown = [(reference, KIN.get(reference.style, reference.style)) for reference in audit.references if reference.style]
    counts = Counter(family for _, family in shown)
    if len(shown) < _LEAST:
        return
    entries = max(len(shown), audit.style.entries)  # those that follow no known style count too
    main, most = counts.most_common(1)[0]
    enough = max(_FEW, _SHARE * entries)
    second = [family for family, count in counts.most_common() if family != main and count >= _FEW]
    printed = {reference.id: manner(reference) for reference, _ in shown}
    usual = Counter((habit, form) for r, family in shown if family == main for habit, form in printed[r.id].items())
    seen = Counter(habit for r, family in shown if family == main for habit in printed[r.id])
    apart = [
        reference
        for reference, family in shown
        if family in second
        and sum(usual[habit, form] < _STRANGE * seen[habit] for habit, form in printed[reference.id].items() if habit in _TOLD)
        >= _FORMS
    ]
    if len(apart) < enough or most < entries / 2:
        return
    shares = "; ".join(
        f"{_described([r for r, f in shown if f == family])} {100 * counts[family] / entries:.0f} %"
        for family in [main, *(name for name in second if any(family == name for r, family in shown if r in apart))]
    )
    yield Hit(
        message=f"the entries of the list follow different styles: {shares}",
        references=tuple(reference.id for reference in apart),
        subject="list style",
    )


def _described(references: Sequence[Reference]) -> str:
    """The family with the forms that tell it: "APA (names as “Family, I.”, the year in brackets after the names)"."""
    style = Counter(reference.style for reference in references).most_common(1)[0][0]
    told = reasons([manner(reference) for reference in references], style, most=2)
    return f"{style} ({', '.join(told)})" if told else style


RULES = (inconsistent_style,)
