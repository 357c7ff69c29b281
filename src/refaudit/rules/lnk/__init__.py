"""LNK: does every citation lead to an entry, and every entry to a citation?"""

from refaudit.rules.lnk import ambiguous, differs, missing_entry, numbers, uncited

RULES = (*missing_entry.RULES, *uncited.RULES, *ambiguous.RULES, *differs.RULES, *numbers.RULES)
