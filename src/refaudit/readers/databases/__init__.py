"""Bibliographies: BibTeX, RIS, CSL, Hayagriva, EndNote; entries whose format names their fields."""
