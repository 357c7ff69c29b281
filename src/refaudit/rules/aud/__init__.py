"""AUD: was the text read and looked up well enough for the other findings, and their absence, to mean anything?"""

from refaudit.rules.aud import extraction, lookups, suppressions

RULES = (*extraction.RULES, *lookups.RULES, *suppressions.RULES)
