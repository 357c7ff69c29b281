"""The line that suppresses a finding, ready to copy: a comment where the format has comments, else a line of the settings."""

from __future__ import annotations

from refaudit.model import Finding

COMMENTS = {
    "md": ("<!-- ", " -->"),
    "html": ("<!-- ", " -->"),
    "xml": ("<!-- ", " -->"),
    "jats": ("<!-- ", " -->"),
    "tex": ("% ", ""),
    "bib": ("% ", ""),
    "typ": ("// ", ""),
    "typst": ("// ", ""),
    "org": ("# ", ""),
    "rst": (".. ", ""),
    "asciidoc": ("// ", ""),
}
"""Format -> what opens and closes a comment."""


def line(form: str, found: Finding) -> str:
    """What to write to suppress one finding; the reason is left to the person."""
    if form in COMMENTS:
        before, after = COMMENTS[form]
        return f"{before}refaudit: ignore {found.code} (reason){after}"
    return f'"{found.code} {found.fingerprint}" = "reason"'
