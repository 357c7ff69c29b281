"""The files of a LaTeX project: those it inputs, the databases it names, the compiled list beside it."""

from __future__ import annotations

import fnmatch
import posixpath
import re

from refaudit.errors import InputError
from refaudit.model import Source
from refaudit.readers.databases.bibliography import ABOVE
from refaudit.readers.databases.entry_records import append
from refaudit.readers.decode import decode
from refaudit.readers.latex import bbl
from refaudit.readers.latex.macros import Macro, definition, wrapper
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
DATABASES = ("bibliography", "addbibresource", "addglobalbib", "bibliographyunit", "nobibliography", "defaultbibliography")

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
    read = state.dialect.readable(shown, content)
    opening = state.dialect.body.search(read)
    start = 0
    if opening and not state.frames:
        state.hidden = True
    elif opening:  # a part with a preamble of its own (subfiles): only its body
        start = opening.end()
    state.frames.append(Frame(Text(read, number), start, len(content), path or posixpath.basename(shown)))


def include(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    """``\\input{…}``, ``\\import{…}{…}`` and their kin: go on in the other file, or say why not."""
    wanted, frame.at = _wanted(frame, name, after)
    if wanted:
        include_named(state, frame, "\\" + name, wanted)


def include_named(state: State, frame: Frame, command: str, wanted: str) -> None:
    """Go on in the file ``wanted`` that ``command`` asks for, or say why not."""
    if command == "%include" and wanted.endswith((".fmt", ".hs")):
        return  # formatting directives and code of lhs2TeX
    dialect = state.dialect
    names = [wanted] if wanted.endswith(dialect.endings) else [*(wanted + ending for ending in dialect.added), wanted]
    known = {posixpath.normpath(candidate) for candidate in names}
    if any(open_.path and posixpath.normpath(open_.path) in known for open_ in state.frames):
        state.problem(f"{wanted}: inputs itself; read once")
        return
    if len(state.frames) > MAX_DEPTH or state.inputs >= MAX_FILES or state.characters > MAX_CHARACTERS:
        state.problem(f"{wanted}: not read, the document inputs too many files")
        return
    reason = ""
    for inside in dict.fromkeys(("", posixpath.dirname(frame.path), *ABOVE)):
        for candidate in names:
            try:
                open_file(state, candidate, inside)
            except InputError as error:
                reason = reason if inside in ABOVE else str(error)
                continue
            state.inputs += 1
            return
    state.problem(f"{command}: {reason}")


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


def open_file(state: State, name: str, inside: str) -> None:
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
    name_databases(state, frame.inner(argument), posixpath.dirname(frame.path))


def name_databases(state: State, names: str, folder: str) -> None:
    """Note the databases of a list of names, which may be commands of the document, ``\\jobname``, or a pattern."""
    macro = Macro(takes="", body=named(state, names))
    for one in named(state, macro.expanded(state.macros)).split(","):
        name = one.strip().strip('"').strip()
        if "*" in name or "?" in name:
            place = posixpath.join(folder, posixpath.dirname(name))
            found = fnmatch.filter(state.files.names(place, ".bib"), posixpath.basename(name))
            state.databases.extend((posixpath.join(posixpath.dirname(name), file), folder) for file in found)
        elif name and not any(sign in name for sign in "\\#{}"):
            state.databases.append((name, folder))
        elif "\\" in name and "#" not in name:  # a command or an expression that is not known here
            state.unnamed.append(name[:100])


def named(state: State, name: str) -> str:
    """A name with that of the document for ``\\jobname``."""
    return name.replace("\\jobname", posixpath.splitext(posixpath.basename(state.path))[0])


def put_list(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\putbib[a]``, ``\\newrefsection[a.bib]``: the list of a part, which may have a database of its own."""
    option = frame.text.option(after)
    frame.at = option.behind if option else after
    if option:
        name_databases(state, frame.inner(option), posixpath.dirname(frame.path))


def more_lists(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    """``\\newcites{own}{Own papers}``: from here on there is ``\\bibliographyown``."""
    argument = frame.argument(after)
    if argument:
        state.lists.update(name.strip() for name in frame.inner(argument).split(","))
    frame.at = frame.dropped(after, 2)


def package(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    """``\\documentclass{own}``, ``\\usepackage{own}``: of a class or package beside the document what concerns citing is learnt."""
    at = frame.past_options(after)
    argument = frame.argument(at)
    frame.at = frame.dropped(after, 1)
    if argument is None or not argument.braced:
        return
    suffix = ".cls" if name in ("documentclass", "LoadClass") else ".sty"
    learn_packages(state, frame.inner(argument), suffix)


def learn_packages(state: State, names: str, suffix: str) -> None:
    """What packages or classes of the document's own say of citing, and those that they load."""
    for one in names.split(",")[:50]:
        wanted = one.strip() + suffix
        if wanted in state.learnt or len(state.learnt) >= MAX_PACKAGES or not state.files.exists(wanted):
            continue
        state.learnt.add(wanted)
        try:
            _, data = state.files.read(wanted)
            _learn(state, decode(wanted, data)[0][:MAX_PACKAGE])
        except InputError:
            continue


MAX_PACKAGE = 300_000
"""Characters of a class or package that are read."""
MAX_PACKAGES = 50
"""Classes and packages of its own that a document may have."""


def _learn(state: State, content: str) -> None:
    """The commands of a class or package that cite or name databases, and the databases that it names at once."""
    text = Text(content, -1)
    at = 0
    while (match := _DEFINES.search(content, at)) is not None:
        at = match.end()
        if match[3]:
            learn_packages(state, match[4], ".cls" if match[3] == "LoadClass" else ".sty")
            continue
        if match[2]:
            argument = text.argument(at)
            if argument and argument.braced and "#" not in content[argument.start : argument.end]:
                name_databases(state, content[argument.start : argument.end], "")
            continue
        found, at = definition(text, match[1], at)
        at = max(at, match.end())
        if found and isinstance(found[1], Macro) and (wrapper(found[1], state.macros) or NAMES.search(found[1].body)):
            state.macros.setdefault(found[0], found[1])


NAMES = re.compile(
    r"\\(?:bibliography\*?|addbibresource|nobibliography\*?|begin\{btSect\})(?:\[[^\[\]]{0,100}\])?\{([^{}]{1,500})\}"
)
"""A database named in the body of a command."""
_DEFINES = re.compile(
    r"\\(?:(newcommand|renewcommand|providecommand|DeclareRobustCommand|NewDocumentCommand|def|gdef)(?![A-Za-z])"
    r"|(bibliography|addbibresource)(?=[ \t]*(?:\[[^\[\]]{0,100}\])?\{)"
    r"|(RequirePackage|usepackage|LoadClass)[ \t]*(?:\[[^\[\]]{0,300}\])?\{([^{}]{1,300})\})"
)


def compiled_list(state: State) -> bool:
    """Whether there is a compiled list (.bbl) beside the document; it is read next."""
    try:
        open_file(state, posixpath.splitext(posixpath.basename(state.path))[0] + ".bbl", "")
    except InputError:
        return False
    return True
