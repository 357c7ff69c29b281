"""refaudit: reads a manuscript, checks its citations and references, and proves each finding.

>>> from refaudit import audit
>>> report = audit("paper.md", offline=True)                                       # doctest: +SKIP
"""

from importlib import import_module

# Nothing else is imported here: under ``python -m`` the working folder, which may be a stranger's, is still looked into.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from refaudit.audit import audit
    from refaudit.model import Finding, Level, Report
    from refaudit.report.tables import to_frames

    __version__: str

__all__ = ["Finding", "Level", "Report", "__version__", "audit", "to_frames"]

_HOMES = {
    "audit": "refaudit.audit",
    "Finding": "refaudit.model",
    "Level": "refaudit.model",
    "Report": "refaudit.model",
    "to_frames": "refaudit.report.tables",
}


def __getattr__(name: str) -> object:  # start-up is felt: nothing is imported before it is asked for (PEP 562)
    if name == "__version__":
        from importlib.metadata import version

        return version("refaudit-manuscript")
    if name in _HOMES:
        # refaudit.audit is also the name of the module: the function wins, as __all__ promises
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'refaudit' has no attribute '{name}'")
