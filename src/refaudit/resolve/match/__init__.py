"""Is a record the work that an entry means, and what does it say otherwise? Pure."""
