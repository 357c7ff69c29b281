"""What a record says otherwise than the entry, field by field, as people compare. Pure.

Each function gives None where the two agree, where one of them is silent, or where the entry was read with doubt; else a
``Difference`` with both values. Before a difference is told, the registered value is looked for in the whole printed
entry: what stands there in any form was cited, whatever the reading of the fields says.
"""

from refaudit.resolve.match.compare.authors import authors_difference, names_text
from refaudit.resolve.match.compare.container import container_difference
from refaudit.resolve.match.compare.difference import Difference
from refaudit.resolve.match.compare.title import title_difference
from refaudit.resolve.match.compare.volume_pages import numbering_difference
from refaudit.resolve.match.compare.year import year_difference

__all__ = [
    "Difference",
    "authors_difference",
    "container_difference",
    "names_text",
    "numbering_difference",
    "title_difference",
    "year_difference",
]
