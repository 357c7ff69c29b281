"""Pandoc's citations by key in Markdown, Quarto, R Markdown and notebooks, and the bibliographies that front matter names.

Syntax: pandoc manual, "Citation syntax" (``[see @a, p. 3; -@b]``, ``@a [p. 3]``, ``@{key}``).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from refaudit.errors import InputError
from refaudit.model import Block, BlockKind, Citation, CitedItem, Document, Piece, Problem, Reference, Source, Span, System
from refaudit.readers.databases import bibliography, csl, entry_records, yaml_nodes
from refaudit.readers.databases.entry_records import Listing
from refaudit.readers.decode import decode
from refaudit.readers.document_builder import Writer
from refaudit.readers.markup import books, manubot, markdown, myst, notebook, project_config
from refaudit.readers.markup.parts import Work, as_text, assemble, placed
from refaudit.readers.project_files import NO_FILES, Files

# A key begins with a letter, digit or _, and goes on with these and single inner punctuation marks.
_IDENTIFIED = r"(?:doi|pmid|pmcid|pubmed|pmc|arxiv|isbn|url|wikidata|raw|tag|https?):[\w:.#$%&\-+?<>~/]{0,300}[\w/]"
"""Persistent identifiers as keys, as Manubot has them."""
_KEY = rf"(?:\{{[^{{}}\s]{{1,300}}\}}|{_IDENTIFIED}|[^\W]\w*(?:[:.#$%&\-+?<>~/][^\W]\w*)*)"
_AT = re.compile(rf"(?<![\w@.\\/:])(-?)@({_KEY})")
_OTHER = re.compile(
    r"(?i)^(?:fig|tbl|tab|sec|eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|nte|tip|wrn|imp|cau|suppfig|ref)[-:]"
)
"""Cross-references of Quarto and pandoc-crossref share the sign with citations."""
_EXAMPLE = re.compile(r"^[ \t]*\(@([\w\-]{1,100})\)[ \t]", re.MULTILINE)
"""The label of an item of pandoc's example lists, which the text names by the same sign: "(@good) First", "see (@good)"."""
_KEYED = re.compile(
    r"(?<![\w.+])@[\w{]|^nocite:|^bibliography:|\{(?:foot)?cite|\bcite[pt]?:\w|\\[A-Za-z]{0,10}cite[a-z]{0,10}\*?[\[{]|\bdata-cite=",
    re.MULTILINE,
)
"""What may be a citation by key; the ``@`` of a mail address is none."""
_INCLUDE = re.compile(
    r"""^[ \t]{0,12}(?:
      \{\{<[ \t]{1,20}include[ \t]{1,20}["']?(?P<quarto>[^"'<>\n]{1,300}?)["']?[ \t]{1,20}>\}\}
    | (?:`{3,}|:{3,})[ \t]*\{include\}[ \t]+(?P<myst>[^\s`]{1,300})
    | `{3,}[ \t]*\{[A-Za-z][^\n{}]{0,400}?\bchild[ \t]*=[ \t]*(?P<child>c\([^()\n]{1,2000}\)|["'][^"'\n]{1,300}["'])
    | \#\|[ \t]*child:[ \t]*(?P<option>[^\n]{1,1000})
    )""",
    re.VERBOSE | re.MULTILINE,
)
_FILE = re.compile(r"(?<![^\s\"'\[\],()])[^\s\"'\[\],()]+\.\w+")
_LOCATOR = re.compile(r"^\s*,?\s*(.*?)\s*$", re.DOTALL)
_NARRATIVE_LOCATOR = re.compile(r"[ \t]?\[([^\[\]@]{1,200})\](?!\()")


def citations(text: str, code_spans: Iterable[Span] = ()) -> tuple[Citation, ...]:
    """The citations by key in ``text``, outside code. Spans leave out the outer brackets; items name each key."""
    found: list[Citation] = []
    codes = sorted(code_spans)
    ats = [match for match in _AT.finditer(text) if not _OTHER.match(match[2])]
    examples = {match[1] for match in _EXAMPLE.finditer(text)}
    ats = [match for match in _outside(ats, codes) if match[2] not in examples]
    if not ats:
        return ()
    groups = _brackets(text, [match.start() for match in ats])
    index = 0
    while index < len(ats):
        match = ats[index]
        group = groups.get(match.start())
        if group is None:
            found.append(_narrative(text, match))
            index += 1
            continue
        last = index
        while last < len(ats) and groups.get(ats[last].start()) == group:
            last += 1
        found.append(_grouped(text, group, ats[index:last]))
        index = last
    return tuple(replace(citation, id=f"g{number}") for number, citation in enumerate(found, 1))


def _outside(matches: Sequence[re.Match[str]], spans: Sequence[Span]) -> list[re.Match[str]]:
    kept, index = [], 0
    for match in matches:
        while index < len(spans) and spans[index].end <= match.start():
            index += 1
        if index >= len(spans) or match.start() < spans[index].start:
            kept.append(match)
    return kept


def _brackets(text: str, places: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each place in an innermost bracket of its paragraph that holds citations: the stretch inside that bracket.

    A bracket in a bracket ("[see [p. 3] @a]") belongs to the outer one when it holds no key of its own.
    """
    wanted = iter(places)
    place = next(wanted, None)
    groups: dict[int, tuple[int, int]] = {}
    stack: list[tuple[int, list[int]]] = []
    position = 0
    for match in re.finditer(r"[\[\]]|\r?\n[ \t]*\r?\n", text):
        while place is not None and place < match.start():
            if stack:
                stack[-1][1].append(place)
            place = next(wanted, None)
        sign = match[0]
        position = match.start()
        if sign == "[":
            if position and text[position - 1] == "\\":
                continue
            stack.append((position + 1, []))
        elif sign == "]":
            if position and text[position - 1] == "\\":
                continue
            if stack:
                start, inner = stack.pop()
                for one in inner:
                    groups[one] = (start, position)
        else:
            stack.clear()  # a bracket left open ends with its paragraph
    return groups


def _narrative(text: str, match: re.Match[str]) -> Citation:
    key = match[2].strip("{}")
    after = _NARRATIVE_LOCATOR.match(text, match.end())
    locator = entry_records.fold(after[1]) if after and not after[1].startswith("^") else ""
    span = Span(*match.span())
    item = CitedItem(span=span, key=key, locator=locator)
    return Citation(id="", span=span, text=match[0], system=System.KEY, items=(item,))


def _grouped(text: str, group: tuple[int, int], ats: Sequence[re.Match[str]]) -> Citation:
    start, end = group
    # "^[note with @a]" is a note, not a citation's bracket; so is a link's or an image's text
    if text[max(0, start - 2) : start - 1] in ("^", "!") or text[end + 1 : end + 2] == "(":
        first, last = _narrative(text, ats[0]), ats[-1]
        items = tuple(_narrative(text, match).items[0] for match in ats)
        span = Span(first.span.start, last.end())
        return Citation(id="", span=span, text=text[span.start : span.end], system=System.KEY, items=items)
    if text[max(0, start - 2) : start] == "[[" and text[end : end + 2] == "]]":  # a wiki's link: "[[@key#part|shown]]"
        key = re.split(r"[#|]", ats[0][2].strip("{}"), maxsplit=1)[0]
        item = CitedItem(span=Span(ats[0].start(), ats[0].start() + ats[0][0].index(key) + len(key)), key=key)
        return Citation(id="", span=Span(start, end), text=text[start:end], system=System.KEY, items=(item,))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    items_: list[CitedItem] = []
    edge = start
    for index, match in enumerate(ats):
        limit = ats[index + 1].start() if index + 1 < len(ats) else end
        semicolon = text.find(";", match.end(), limit)
        stop = semicolon if semicolon >= 0 else limit
        locator = _LOCATOR.match(text[match.end() : stop])
        items_.append(
            CitedItem(
                span=Span(*match.span()),
                key=match[2].strip("{}"),
                prefix=entry_records.fold(text[edge : match.start()]),
                locator=entry_records.fold(locator[1]) if locator else "",
            )
        )
        edge = min(limit, stop + 1)
    return Citation(id="", span=Span(start, end), text=text[start:end], system=System.KEY, items=tuple(items_))


# -------------------------------------------------------------- reading


def read(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """A manuscript in Markdown of any kind with the parts it takes in; the root page of a book with all its chapters."""
    text, problems = decode(path, data)
    return _read(Source(path=path, text=text), "md", files, problems)


def read_notebook(path: str, data: bytes, files: Files = NO_FILES) -> Document:
    """A notebook; the root page of a book with all its chapters. Raises InputError for what is no notebook."""
    return _read(notebook.source(path, data), "ipynb", files, ())


def parts(path: str, data: bytes, files: Files) -> list[str]:
    """The files that a page takes in, as the user names them."""
    return [one.path for one in _work(_opened(path, data)[0], files).sources[1:]]


def _work(main: Source, files: Files) -> Work:
    chapters = books.chapters(posixpath.basename(main.path), main.text, files)
    return assemble(main, files, _included, chapters=chapters, opened=_opened)


def _read(main: Source, form: str, files: Files, problems: tuple[Problem, ...]) -> Document:
    name = posixpath.basename(main.path)
    work = _work(main, files)
    document = replace(markdown.from_text(main.path, work.text, problems), format=form)
    if _KEYED.search(document.text):
        document = cite(document, files, fronts=work.fronts)
    elif form == "md" and project_config.bibliographies(files, name).files:
        document = replace(document, list_given=True)  # a page of a work whose other pages cite
    return placed(document, work)


def _opened(path: str, data: bytes) -> tuple[Source, tuple[Problem, ...]]:
    return (notebook.source(path, data), ()) if path.endswith(".ipynb") else as_text(path, data)


def _included(text: str) -> Iterator[tuple[int, str]]:
    """The parts that a page takes in: Quarto's shortcodes, MyST's directives, knitr's child documents."""
    for match in _INCLUDE.finditer(text):
        place = match.start()
        if match["option"]:  # an option inside its chunk, which begins above
            place = max(place if (fence := text.rfind("```", max(0, place - 2000), place)) < 0 else fence, 0)
        names = (
            [match["quarto"] or match["myst"]]
            if match["quarto"] or match["myst"]
            else _FILE.findall(match["child"] or match["option"])
        )
        for name in names:
            yield place, name.strip()


# -------------------------------------------------------------- bibliographies


def cite(document: Document, files: Files, *, fronts: Sequence[tuple[str, str]] = ()) -> Document:
    """The document with its citations by key, and the entries of the bibliographies and ``references`` of its front matter.

    ``fronts`` are folder and front matter of the parts. A document without keys and without bibliography is given back
    as it is.
    """
    document, tags = manubot.without_tags(document)
    codes = [block.span for block in document.blocks if block.kind in (BlockKind.CODE, BlockKind.FURNITURE)]
    # pandoc takes everything that is set in by four for code, prose as well
    codes += [span for span, _ in markdown.indented(document.text)]
    source = document.sources[0].text
    roles = myst.citations(document.text, codes)
    found = citations(document.text, codes)
    front = project_config.front_matter(source)
    names: list[str] = []
    inline: Listing | None = None
    problems = list(document.problems)
    everything: list[str] = []
    if front:
        try:
            names, inline, everything = _declared(document.path, source, *front)
            names = [found for name in names for found in _placed(name, files)]
        except InputError as error:
            problems.append(Problem(message=f"{error}; the front matter is not used", span=Span(0, 0)))
    names += [posixpath.join(folder, name) for folder, text in fronts for name in _named(document.path, text)]
    names += myst.directives(source)
    named = project_config.Named()
    if not names and not inline:
        named = project_config.bibliographies(files, posixpath.basename(document.path))
        names = list(named.files)
    links = linked(document.text, codes) if names or inline or files.bibliographies else ()
    if manubot.speaks(found, files, named=bool(names or inline)):
        made = with_bibliography(
            replace(document, citations=_ordered(found + roles), problems=tuple(problems)),
            [*names, *manubot.references(files)],
            files,
            inline=inline,
            nocite=everything,
        )
        return manubot.resolved(made, tags, files)
    if not names and inline is None and not files.bibliographies:
        # keys without any declared bibliography: mentions of accounts look the same, so only brackets and roles count
        certain = tuple(one for one in found if _bracketed(document.text, one))
        beside = bibliography.beside({item.key for one in certain + roles for item in one.items}, files)
        if not beside:
            return replace(document, citations=_ordered(certain + roles), problems=tuple(problems))
        problems.append(Problem(message=bibliography.TAKEN.format(beside)))
        names = [beside]
    read_ = with_bibliography(
        replace(document, citations=_ordered(found + roles + links), problems=tuple(problems)),
        names,
        files,
        inline=inline,
        nocite=everything,
    )
    keys = {entry.key for entry in read_.references}
    read_ = replace(read_, citations=_without_labels(read_.citations, found, keys, source))
    if named.bare:
        return read_
    # where programs read a bare name as an account, only keys cite
    kept = tuple(one for one in read_.citations if one not in found or _bracketed(document.text, one) or one.items[0].key in keys)
    return replace(read_, citations=kept)


_LABEL = re.compile(
    r"\{#([\w:.\-]{1,100})|^[ \t]{0,12}(?:#\|[ \t]*label:|:(?:label|name):)[ \t]*[\"']?([\w:.\-]{1,100})|^\(([\w:.\-]{1,100})\)=[ \t]*\r?$",
    re.MULTILINE,
)
"""What a text sets as labels: attributes of pandoc, options of Quarto's chunks and MyST's directives, MyST's targets."""


def _without_labels(
    cited: tuple[Citation, ...], found: Sequence[Citation], keys: set[str | None], source: str
) -> tuple[Citation, ...]:
    """The citations but for the keys, among those ``found`` by their sign, that no entry has and that are labels of the text."""
    labels = {match[1] or match[2] or match[3] for match in _LABEL.finditer(source)} - keys
    if not labels:
        return cited
    named = {one.span for one in found}
    kept = (
        replace(one, items=tuple(item for item in one.items if item.key not in labels)) if one.span in named else one
        for one in cited
    )
    return tuple(one for one in kept if one.items)


def _ordered(found: tuple[Citation, ...]) -> tuple[Citation, ...]:
    return tuple(sorted(found, key=lambda one: one.span))


def _named(path: str, text: str) -> list[str]:
    """The bibliographies of the front matter of a part."""
    try:
        node = yaml_nodes.load(path, text)
    except InputError:
        return []
    return project_config.strings(node.value.get("bibliography")) if node and isinstance(node.value, dict) else []


_EXPRESSION = re.compile(r"`r[ \t][^`\n]{1,500}`|!(?:expr|r)[ \t]")
_QUOTED = re.compile(r"[\"']([^\"'\n]{1,300}\.(?:bib|json|ya?ml))[\"']")


def _placed(name: str, files: Files) -> list[str]:
    """The files that front matter means: "/" begins at the top of the project, an expression of R names files in strings."""
    if _EXPRESSION.match(name):  # where it names none, it stays as what cannot be read
        return [files.up(one.lstrip("/")) for one in _QUOTED.findall(name)] or [name]
    return [files.up(name.lstrip("/"))] if name.startswith("/") else [name]


_LINKED = re.compile(
    r"(?<![\w:/@{])cite[pt]?:(?P<org>[A-Za-z0-9][\w:./+\-]{0,200}(?:,[A-Za-z0-9][\w:./+\-]{0,200}){0,40})"
    r"|\\(?:[A-Za-z]{0,10}cite[a-z]{0,10})\*?(?:\[[^\[\]\n]{0,300}\]){0,2}\{(?P<tex>[^{}\\\n]{1,1000})\}"
)
_PART = re.compile(r"[^\s,]+")


def linked(text: str, codes: Iterable[Span]) -> tuple[Citation, ...]:
    """Citations as other programs have them: ``cite:key`` of org and notebooks, ``\\cite{key}`` of LaTeX."""
    found = []
    for match in _outside(list(_LINKED.finditer(text)), sorted(codes)):
        group = "org" if match["org"] else "tex"
        at = match.start(group)
        items = tuple(
            CitedItem(span=Span(at + one.start(), at + one.start() + len(key)), key=key)
            for one in _PART.finditer(match[group])
            if (key := one[0].rstrip(".:/-"))
        )
        if items:
            span = Span(match.start(), max(items[-1].span.end, match.end() if group == "tex" else 0))
            found.append(Citation(id="", span=span, text=text[span.start : span.end], system=System.KEY, items=items))
    return tuple(found)


def _bracketed(text: str, citation: Citation) -> bool:
    return text[: citation.span.start].rstrip()[-1:] == "[" and text[citation.span.end :].lstrip()[:1] == "]"


def _declared(path: str, source: str, text: str, at: int) -> tuple[list[str], Listing | None, list[str]]:
    node = yaml_nodes.load(path, text)
    value = node.value if node else ""
    if not isinstance(value, dict):
        return [], None, []
    names = project_config.strings(value.get("bibliography"))
    inline = None
    if isinstance(value.get("references"), list):
        items = [(name, node_) for name, node_ in yaml_nodes.entries(path, text, ("references",))]
        references = tuple(
            csl.reference(one.value, span=Span(at + one.start, at + one.end), raw=text[one.start : one.end])
            for _, one in items
            if isinstance(one.value, dict)
        )
        inline = Listing(path=path, text=source, references=references)
    nocite = [match[2].strip("{}") for match in _AT.finditer(yaml_nodes.get(value, "nocite"))]
    if "@*" in yaml_nodes.get(value, "nocite"):
        nocite = ["*"]
    return names, inline, nocite


def with_bibliography(
    document: Document, names: Sequence[str], files: Files, *, inline: Listing | None = None, nocite: Sequence[str] = ()
) -> Document:
    """The document with the entries of the named bibliography files (and of ``inline``) behind its text."""
    writer = Writer.continuing(document)
    sources = list(document.sources)
    problems = list(document.problems)
    references: list[Reference] = []
    loaded = bibliography.load([posixpath.normpath(name) for name in names], files)
    for listing in loaded.listings:
        references.extend(entry_records.append(writer, sources, listing, shared=True))
        problems.extend(listing.problems)
    for item in inline.references if inline else ():
        writer.open(BlockKind.FURNITURE)
        at = writer.at
        writer.put(item.raw, 0, item.span.start)
        references.append(entry_records.shifted(item, at - item.span.start))
    cited = document.citations
    if nocite:
        writer.open(BlockKind.FURNITURE)
        cited += (_nocite(writer, document.sources[0].text, nocite, references),)
    writer.close()
    problems.extend(Problem(message=reason) for _, reason in loaded.unread)
    return replace(
        document,
        text=writer.text,
        sources=tuple(sources),
        pieces=tuple(writer.pieces) or (Piece(0, 0, 0),),
        blocks=document.blocks + tuple(Block(kind=BlockKind.FURNITURE, span=block.span) for block in writer.blocks),
        problems=tuple(problems),
        references=tuple(references),
        list_given=not loaded.unread,
        list_unread=tuple(name for name, _ in loaded.unread),
        citations=cited,
    )


def _nocite(writer: Writer, source: str, keys: Sequence[str], references: Sequence[Reference]) -> Citation:
    """What the front matter lists without citing it, as a citation outside the running text; "*" is the whole list."""
    start = writer.at
    place = max(0, source.find("nocite"))
    writer.put("nocite", 0, place)
    span = Span(start, writer.at)
    every = [item.key for item in references if item.key] if "*" in keys else list(keys)
    return Citation(
        id="g0", span=span, text="nocite", system=System.KEY, items=tuple(CitedItem(span=span, key=key) for key in every)
    )
