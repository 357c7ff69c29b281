"""How findings speak of a registered record: in a few words, and as a row that sets its value beside the printed one."""

from __future__ import annotations

from refaudit.model import Evidence, Record
from refaudit.resolve.match.compare import names_text
from refaudit.resolve.match.names import people


def described(record: Record) -> str:
    """A registered work in a few words."""
    who = names_text(people(record), 2) or "no author registered"
    when = str(record.years[0]) if record.years else "no year registered"
    return f"{who} ({when}), “{record.title or 'no title registered'}”"


def evidence(record: Record, field: str, cited: str, registered: str) -> Evidence:
    """What is printed beside what the record says, with its source and the page where a person can see it."""
    return Evidence(field=field, cited=cited, registered=registered, source=record.source, url=record.url)
