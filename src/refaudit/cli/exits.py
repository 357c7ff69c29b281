"""The exit codes, the same for every command and format."""

FOUND = 1
"""Something was found at or above the level asked for."""
FAILED = 2
"""Wrong use, wrong settings, a defect of ours, or a named input that could not be read."""
UNCHECKED = 3
"""Asked for: nothing worse happened, and a reference that was to be looked up was not."""
INTERRUPTED = 130
"""Ctrl-C."""
