"""Words that announce the day on which a page was read, or the address where it stands."""

from __future__ import annotations

import re

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
WHERE_AND_WHEN = (
    r"(?:last\s|date\s|ultimo\s|último\s|dernier\s|letzter\s)?(?:access(?:ed)?|retrieved|available|viewed|visited|download(?:ed)?|acess?o|acessad[oa]|disponíve[il]s?"
    r"|disponible|acceso|consultad[oa]|recuperado|consulté|accès|abgerufen|abruf|zugriff|verfügbar|accesso|consultato|disponibile|dostęp|erişim|diakses|tersedia"
    r"|geraadpleegd|hämtad|hentet|дата\sобращения|режим\sдоступа)"
)
"""Before a date or an address, as a part of other patterns (to be read in either case)."""
REMARK = re.compile(
    r"(?:retrieved|accessed|available (?:at|from|online)|last (?:accessed|visited)|zugriff|consult[ée]|acesso em"
    r"|disponível em|recuperado (?:de|el))\b[^.;]{0,40}",
    re.IGNORECASE,
)
"""A remark of an entry that names when and where it was seen, and nothing of the work."""
SEEN = re.compile(
    r"(?:access(?:ed)?|retrieved|visit(?:ed)?|acesso|acessado|consult\w{2,6}|abgerufen|zugriff|cited|viewed|\bseen)\b[^.;\]\)]{0,60}"
    r"|,?\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}\.?\s*$",
    re.IGNORECASE,
)
"""The day on which an entry was seen, with or without a word for it."""
