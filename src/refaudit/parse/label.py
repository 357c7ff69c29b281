"""The label that an entry of a list carries: "[12]", "12.", "(3)", "[Smi19]"."""

from __future__ import annotations

import re

BULLET = re.compile(r"^\s*[-*•–—·▪◦‣∙●]\s+(?=\S)")
LABEL = re.compile(
    r"""(?x)^(?P<bullet>[-*•–—·▪◦‣∙●]\s+)?
    (?:\[\s?(?P<square>\d{1,4}[a-z]?|[A-Z][\w+&.'’-]{1,14}\d{2,4}[a-z]?)\s?\]\s*[.:)]?\s*
    | \((?P<round>\d{1,4})\)\s+
    | (?P<stop>\d{1,4})\s?(?:[.)\]]|:(?!\d))\s*(?=\S)
    | \^(?P<raised>\d{1,4})\^\s*
    | (?P<glued>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}|\d{1,3}(?=[^\W\d_a-z](?:\.\s?[^\W\d_]|[\w'’-]{1,30},\s)))\s?(?=[^\W\d_])
    | (?P<bare>\d{1,4})\s+(?=["“«(\[]?[^\W\d_a-z]|(?:van|von|de|del|della|di|da|du|dos|la|le|den|der|ten|ter|al|el)[\s-][^\W\d_a-z]))"""
)
"""The printed label of an entry, with an optional bullet before it; its groups are ``STYLES``."""
STYLES = ("square", "round", "stop", "raised", "glued", "bare")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def label_of(line: str) -> tuple[str, str] | None:
    """The form (one of ``STYLES``) and the text of the label that a line begins with."""
    match = LABEL.match(line)
    if match is None:
        return None
    return next(((style, match[style].translate(_PLAIN)) for style in STYLES if match[style]), None)


def without_label(text: str) -> str:
    """A piece without its bullet or printed label (bare digits may be part of the text)."""
    match = LABEL.match(text)
    if match and not match["bare"]:
        return text[match.end() :]
    return BULLET.sub("", text)
