"""Manuscript text made harmless to look at: what a terminal, a viewer or a reader's eye would obey is written out."""

from __future__ import annotations

import re

# C0 and C1 controls, line and paragraph separators, and the marks that reorder or hide text (bidirectional controls,
# zero-width characters, tags): text that looks like something else must not pass a person's eye unseen.
_SPACES = re.compile(r"[\t\n\v\f\r\u0085\u2028\u2029]+")
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)

# What the log of a runner obeys: "##[...]" (GitHub's old form, Azure), "##vso[...]", "##teamcity[...]" anywhere in a line, and
# "::name key=value::" at its beginning. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
_COMMAND = re.compile(
    r"(?P<old>#)(?=#(?:vso|teamcity)?\[)|^(?P<margin>[^\S\n]*):(?=:)|:(?=:[A-Za-z_-]{1,40}(?:::| [^\n:]{1,300}::))", re.MULTILINE
)


def _write_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def visible(text: str) -> str:
    """``text`` with hidden characters written as escapes, line structure kept; a carriage return within a line would write over it."""
    return _HIDDEN.sub(lambda m: m.group() if m.group() in "\t\n" or _ends_line(m) else _write_out(m), text)


def _ends_line(match: re.Match[str]) -> bool:
    return match.group() == "\r" and match.string[match.end() : match.end() + 1] in ("", "\n")


def no_commands(text: str) -> str:
    """``text`` in which the log of a runner finds no command: a space parts the signs that begin one."""
    return _COMMAND.sub(lambda m: "# " if m["old"] else f"{m['margin'] or ''}: ", text)


def one_line(text: str) -> str:
    """``text`` on one line, with hidden characters written as escapes."""
    return _HIDDEN.sub(_write_out, _SPACES.sub(" ", text))


def written_out(text: str) -> str:
    """``text`` with every hidden character, also tabs and newlines, and every backslash as an escape: no two texts become one."""
    return _HIDDEN.sub(_write_out, text.replace("\\", "\\\\"))


def shorten(text: str, length: int) -> str:
    """``one_line`` of at most ``length`` characters, cut at a space with an ellipsis."""
    text = one_line(text).strip()
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > length // 2 else cut) + "…"
