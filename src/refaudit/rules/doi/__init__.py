"""DOI: are the identifiers of an entry well-formed, and what do the registries say about them?"""

from refaudit.rules.doi import identifiers, registered

RULES = (*identifiers.RULES, *registered.RULES)
