"""LaTeX and ConTeXt projects: running text without commands, citations by key, lists of ``\\bibitem`` and databases.

``walk`` reads the characters and hands each command to the module of its subject: ``citations``, ``blocks``, ``inline``
or ``project`` (other files, opened only through ``Files``); ``context`` has the commands of ConTeXt. All of them write into one ``State``, whose content becomes
the ``Document`` here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from refaudit.errors import InputError
from refaudit.model import Citation, CitedItem, Document, Problem, Reference
from refaudit.readers.databases import bibliography
from refaudit.readers.databases.entry_records import append
from refaudit.readers.decode import decode
from refaudit.readers.latex import context, project, root, walk
from refaudit.readers.latex.state import State
from refaudit.readers.project_files import NO_FILES, Files

# BibTeX does not mind the case of keys, biber does.
_BIBLATEX = re.compile(
    r"\\(?:usepackage|RequirePackage)[^{}%]{0,2000}\{[^{}]{0,200}\bbiblatex|\\(?:addbibresource|printbibliography)\b"
)


def read(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """A LaTeX manuscript with the files it inputs and its bibliographies. Raises InputError for binary data."""
    text, notices = decode(path, data)
    state = State(path, files, list(notices), walk.LATEX)
    if above := root.root_of(path, text, files):
        _learn(state, above)
    project.push(state, path, text)
    walk.run(state)
    document = _document(state, "tex")
    return replace(document, keys_fold=document.keys_fold and not any(_BIBLATEX.search(one.text) for one in document.sources))


def read_context(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """A ConTeXt manuscript with its components, environments and bibliographies. Raises InputError for binary data."""
    text, notices = decode(path, data)
    state = State(path, files, list(notices), context.CONTEXT)
    context.begin(state, text)
    walk.run(state)
    return replace(_document(state, "context"), keys_fold=False)


def _document(state: State, format_: str) -> Document:
    """What was read, with the entries of the bibliographies that it names."""
    files = state.files
    if not state.databases and not state.has_list:
        keys = {item.key for citation in state.citations for item in citation.items}
        if beside := bibliography.beside(keys, files, ("", *bibliography.ABOVE)):
            state.databases.append((beside, ""))
            state.problems.append(Problem(message=bibliography.TAKEN.format(beside)))
    found = bibliography.load(
        [name for name, _ in state.databases],
        files,
        folders=[folder for _, folder in state.databases],
        given=state.contained,
    )
    unread = (*found.unread, *((name, f"a bibliography is named by {name}, which is not understood") for name in state.unnamed))
    if unread and not state.has_list and project.compiled_list(state):  # it stands in for the databases
        walk.run(state)
        unread = ()
    for listing in found.listings:
        state.references.extend(append(state.writer, state.sources, listing, shared=True))
        state.problems.extend(listing.problems)
    state.problems.extend(Problem(message=reason) for _, reason in unread)
    state.writer.close()
    return Document(
        path=state.path,
        format=format_,
        text=state.writer.text,
        sources=tuple(state.sources),
        pieces=tuple(state.writer.pieces),
        blocks=tuple(state.writer.blocks),
        marks=tuple(state.writer.marks),
        problems=tuple(state.problems),
        citations=_citations(state),
        references=tuple(state.references),
        list_given=bool(state.has_list or found.listings) and not unread,
        list_unread=tuple(name for name, _ in unread),
        keys_fold=bool(found.listings),
    )


def _learn(state: State, name: str) -> None:
    """What a chapter that is read by itself takes from the document it belongs to: its commands and its bibliographies."""
    whole = State(state.path, state.files, [], state.dialect)
    try:
        project.open_file(whole, name, "")
    except InputError:
        return
    walk.run(whole)
    state.macros.update(whole.macros)
    state.databases.extend(whole.databases)
    state.contained.update(whole.contained)


def _citations(state: State) -> tuple[Citation, ...]:
    """The citations, those of the whole list (``\\nocite{*}``) with every key of it."""
    citations = list(state.citations)
    for turn, number in enumerate(state.everything):
        citation = citations[number]
        star = next(item for item in citation.items if item.key == "*")
        citations[number] = _with_all(citation, star, () if turn else state.references)  # said again, it says nothing new
    return tuple(citation for citation in citations if citation.items)


def _with_all(citation: Citation, star: CitedItem, references: Sequence[Reference]) -> Citation:
    every = tuple(CitedItem(span=star.span, key=reference.key) for reference in references if reference.key)
    kept = tuple(item for item in citation.items if item.key != "*")
    return Citation(id=citation.id, span=citation.span, text=citation.text, system=citation.system, items=kept + every)
