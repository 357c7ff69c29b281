"""REF: is each entry complete, well-formed, and in keeping with its list?"""

from refaudit.rules.ref import database_entry, entry, inconsistent_style, list_conventions, missing_field, outliers

RULES = (
    *missing_field.RULES,
    *entry.RULES,
    *list_conventions.RULES,
    *inconsistent_style.RULES,
    *outliers.RULES,
    *database_entry.RULES,
)
