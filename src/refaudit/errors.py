"""The errors a user can cause or meet. Anything else that escapes is a defect of ours.

RefauditError
+-- InputError      a named input cannot be read
+-- ConfigError     an option or a configuration file is wrong
+-- ResolverError   a registry, a cache or a snapshot failed
"""

from __future__ import annotations


class RefauditError(Exception):
    """An expected failure: its text says what, where and what to do."""


class InputError(RefauditError):
    """A named input cannot be read."""


class ConfigError(RefauditError):
    """An option or a configuration file is wrong."""


class ResolverError(RefauditError):
    """A registry, a cache or a snapshot failed."""
