"""A local copy of a registry: building it, reading it, and the packed form of its records."""
