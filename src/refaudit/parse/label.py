"""The label that an entry of a list carries: "[12]", "12.", "(3)", "[Smi19]"."""

from __future__ import annotations

import re

# The printed label of an entry, with an optional bullet before it.
LABEL = re.compile(
    r"""(?x)^(?P<bullet>[-*•–—·▪◦‣∙●]\s+)?
    (?:\[\s?(?P<square>\d{1,4}[a-z]?|[A-Z][\w+&.'’-]{1,14}\d{2,4}[a-z]?)\s?\]\s*[.:)]?\s*
    | \((?P<round>\d{1,4})\)\s+
    | (?P<stop>\d{1,4})\s?(?:[.)\]]|:(?!\d))\s*(?=\S)
    | \^(?P<raised>\d{1,4})\^\s*
    | (?P<glued>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4}|\d{1,3}(?=[^\W\d_a-z](?:\.\s?[^\W\d_]|[\w'’-]{1,30},\s)))\s?(?=[^\W\d_])
    | (?P<bare>\d{1,4})\s+(?=["“«(\[]?[^\W\d_a-z]|(?:van|von|de|del|della|di|da|du|dos|la|le|den|der|ten|ter|al|el)[\s-][^\W\d_a-z]))"""
)
