"""Asking registries about references: match (pure), crossref, agency, snapshot, cache, lookup."""
