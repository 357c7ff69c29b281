"""Words that announce the day on which a page was read."""

from __future__ import annotations

ANNOUNCING = (
    r"(?:last )?(?:accessed|visited|retrieved|consulted|viewed|cited)|acess(?:o|ado)(?: em)?|consultado(?: el| em)?|"
    r"(?:fecha de )?consulta|recuperado (?:el|em)|acceso(?: el)?|consulté le|consultato il|ultimo accesso|abgerufen am|"
    r"zugriff(?: am)?|letzter zugriff|stand|geraadpleegd(?: op)?|hämtad|läst|besøgt|hentet|lest|luettu|viitattu|dostęp|"
    r"data dostępu|citov[aá]n[oéy]|pristupljeno|дата обращения|erişim(?: tarihi)?|diakses(?: pada)?|truy cập(?: ngày)?"
)
"""Before a date, as a part of other patterns (to be read in either case)."""
STEMS = (
    "access", "retriev", "acess", "acceso", "abgerufen", "consult", "visit", "zugriff", "cited", "citado", "viewed", "stand:",
    "geraadpleegd", "hämtad", "hentet", "dostęp", "обращения", "erişim", "diakses", "truy cập",
)  # fmt: skip
"""Casefolded; one of them in the words before a year says that it is the year of access."""
