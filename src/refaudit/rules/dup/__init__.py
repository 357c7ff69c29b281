"""DUP: is every work in the list only once?"""

from refaudit.rules.dup import duplicates

RULES = duplicates.RULES
