"""The files of a LaTeX project: those it inputs, the databases it names, the compiled list beside it."""

from __future__ import annotations

import posixpath
import re

from refaudit.errors import InputError
from refaudit.model import Source
from refaudit.readers.databases.entry_records import append
from refaudit.readers.decode import decode
from refaudit.readers.latex import bbl
from refaudit.readers.latex.state import Frame, State
from refaudit.readers.latex.text import Text

MAX_FILES = 400
"""Files that one document may input; a thesis has some tens."""
MAX_CHARACTERS = 50_000_000
"""Characters that all input files may have together: a file may be input many times."""
MAX_DEPTH = 30
"""Input inside input; TeX itself stops at about the same."""

IN_FOLDER = ("import", "subimport", "includefrom", "subincludefrom")
"""Commands whose first argument is a folder."""
INPUTS = ("input", "include", "subfile", "subfileinclude", "InputIfFileExists", *IN_FOLDER)
DATABASES = ("bibliography", "addbibresource", "addglobalbib", "bibliographyunit", "putbib")

_BEGIN_DOCUMENT = re.compile(r"\\begin[ \t]*\{document\}")
_FILE_NAME = re.compile(r"[ \t]*([^\s{}\\%]+)")


def push(state: State, shown: str, content: str, path: str = "") -> None:
    """Read ``content`` next. ``shown`` names it to people, ``path`` says where it stands in the project."""
    if bbl.is_biblatex(content):
        listing = bbl.listing(shown, content)
        state.references.extend(append(state.writer, state.sources, listing, shared=False))
        state.problems.extend(listing.problems)
        state.has_list = True
        return
    state.characters += len(content)
    number = next((i for i, known in enumerate(state.sources) if known.path == shown), len(state.sources))
    if number == len(state.sources):
        state.sources.append(Source(path=shown, text=content))
    opening = _BEGIN_DOCUMENT.search(content)
    start = 0
    if opening and not state.frames:
        state.hidden = True
    elif opening:  # a part with a preamble of its own (subfiles): only its body
        start = opening.end()
    state.frames.append(Frame(Text(content, number), start, len(content), path or posixpath.basename(shown)))


def include(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    """``\\input{…}``, ``\\import{…}{…}`` and their kin: go on in the other file, or say why not."""
    wanted, frame.at = _wanted(frame, name, after)
    if not wanted:
        return
    names = [wanted + ".tex", wanted] if not wanted.endswith((".tex", ".bbl")) else [wanted]
    known = {posixpath.normpath(candidate) for candidate in names}
    if any(open_.path and posixpath.normpath(open_.path) in known for open_ in state.frames):
        state.problem(f"{wanted}: inputs itself; read once")
        return
    if len(state.frames) > MAX_DEPTH or state.inputs >= MAX_FILES or state.characters > MAX_CHARACTERS:
        state.problem(f"{wanted}: not read, the document inputs too many files")
        return
    reason = ""
    for inside in dict.fromkeys(("", posixpath.dirname(frame.path))):
        for candidate in names:
            try:
                _open(state, candidate, inside)
            except InputError as error:
                reason = str(error)
                continue
            state.inputs += 1
            return
    state.problem(f"\\{name}: {reason}")


def _wanted(frame: Frame, name: str, after: int) -> tuple[str, int]:
    """The name of the file that an input command asks for, and where the command ends; "" when it names none."""
    argument = frame.argument(after)
    if argument is None or not argument.braced:
        match = _FILE_NAME.match(frame.text.text, after, frame.end) if name == "input" else None
        return (match[1].strip('"'), match.end()) if match else ("", after)
    first = frame.inner(argument).strip()
    if name not in IN_FOLDER:
        return first.strip('"'), argument.behind
    second = frame.argument(argument.behind)
    if second is None:
        return first, argument.behind
    return posixpath.join(first, frame.inner(second).strip().strip('"')), second.behind


def _open(state: State, name: str, inside: str) -> None:
    """Read the file ``name`` of the folder ``inside`` next. Raises InputError when it cannot be read."""
    shown, data = state.files.read(name, inside=inside)
    content, notices = decode(shown, data)
    state.problems.extend(notices)
    push(state, shown, content, posixpath.normpath(posixpath.join(inside, name)))


def databases(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\bibliography{a,b}``, ``\\addbibresource{a.bib}`` and their kin: read when the text is done."""
    at = frame.past_options(after)
    argument = frame.argument(at)
    if argument is None or not argument.braced:
        frame.at = at
        return
    frame.at = argument.behind
    folder = posixpath.dirname(frame.path)
    state.databases.extend((name.strip().strip('"'), folder) for name in frame.inner(argument).split(",") if name.strip())


def compiled_list(state: State) -> bool:
    """Whether there is a compiled list (.bbl) beside the document; it is read next."""
    try:
        _open(state, posixpath.splitext(posixpath.basename(state.path))[0] + ".bbl", "")
    except InputError:
        return False
    return True
