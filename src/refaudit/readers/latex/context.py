r"""ConTeXt (MkIV, LMTX and the older bib module): its commands, whose arguments mostly stand in brackets.

Projects, products, components and environments are read as one work; a component that is read by itself takes the bibliographies of the
product, project and environments that it names. Source: "Bibliographies the ConTeXt way" and the project structure in ConTeXt's manuals.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import replace

from refaudit.errors import InputError
from refaudit.model import BlockKind
from refaudit.readers import tex_characters
from refaudit.readers.databases.bibliography import ABOVE
from refaudit.readers.latex import blocks, citations, inline, project, walk
from refaudit.readers.latex.citations import Key
from refaudit.readers.latex.macros import Macro
from refaudit.readers.latex.state import Dialect, Frame, State
from refaudit.readers.latex.text import Argument

# what is shown as code, drawn or run, and what sets the printing of entries up
_NO_TEXT = (
    "typing lua luacode ctxlua LUA MP MPcode MPpage MPinclusions MPdefinitions MPextensions MPgraphic MPrun MPenvironment MPinitializations"
    " MPcalculation MPdrawing MPclip useMPgraphic uniqueMPgraphic reusableMPgraphic usableMPgraphic staticMPfigure staticMPgraphic"
    " TEX XML HTML BTX JS hiding comment setups rawsetups xmlsetups luasetups luaparameterset texcode texdefinition"
    " btxrenderingdefinitions JScode JSpreamble tikzpicture"
).split()
_STRUCTURE = re.compile(r"\\start([A-Za-z]+)|\\definetyping[ \t]*\[[ \t]*([A-Za-z]{1,40})[ \t]*\]|\\.|%[^\n]*", re.DOTALL)
_BUFFER = re.compile(r"[ \t]*\[([^\[\]\n]{1,100})\]\s*@[A-Za-z]+\s*[{(]")
_INK = re.compile(r"[^\r\n]")
_BODY = re.compile(
    r"\\start(?:text(?![A-Za-z])|(?:component|product|project)(?![A-Za-z])[ \t]*(?:[^\s\\%\[\]{}]+|\[[^\[\]\n]*\])?)"
)
_NAME = re.compile(r"[ \t]*(?:\[[ \t]*([^\[\]\s]+)[ \t]*\]|\{[ \t]*([^{}\s]+)[ \t]*\}|([^\s\\%\[\]{}]+))")
_KEYED = re.compile(r"[\[,][\s%]*([A-Za-z]+)\s*=\s*")
_CITES = re.compile(r"[A-Za-z]*[cC]ite[A-Za-z]*|(?:no|use)?citation")
_NO_CITES = frozenset({"setupcite", "definecite", "btxdirectcite"})
_CITE_INSIDE = re.compile(r"\\([A-Za-z]*[cC]ite[A-Za-z]*|(?:no|use)?citation)(?![A-Za-z])\s{0,9}(?=[\[{])")
_MOST_INSIDE = 200
_BODY_CITES = re.compile(r"\\([A-Za-z]+)\s{0,3}(?:\[[^\[\]]{0,300}\]\s{0,3})?(?:\[([^\[\]]{0,500})\]|\{([^{}]{0,500})\})")
_KEY_OF_BODY = re.compile(r"#[1-9]|[^\s{}\\#~%\[\]]+")
_DEFINES = re.compile(r"\s{0,9}(?:\[(\d)\]\s{0,9})?\\([A-Za-z@]+)")
_WHOLE_LIST = re.compile(r"\b(?:criterium|method)\s{0,9}=\s{0,9}\{?(?:all|dataset)\b")

_HEADS = {"part": 1, "chapter": 1, "title": 1, "section": 2, "subject": 2}
_HEAD = re.compile(r"((?:sub){0,5})(part|chapter|title|section|subject)")
_SET_UP = re.compile(
    r"(?:re)?(?:setup|define|enable|disable|load|show|use|unexpand|prepend|append|restart|reset|save|push|pop|print|dont|set)[A-Za-z]*"
)
_IN_LINE = frozenset(
    "color language imath effect style mode notmode allmodes modeset language fontclass align alignment buffer".split()
)
_MOST_OPTIONS = 6
_MOST_FOLDERS = 20


def readable(_shown: str, text: str) -> str:
    """``text`` with blanks for code, drawings, what is hidden and entries kept in buffers; of the same length."""
    parts: list[str] = []
    done = at = 0
    names = set(_NO_TEXT)
    endless: set[str] = set()
    while (match := _STRUCTURE.search(text, at)) is not None:
        at = match.end()
        if match[2]:
            names.add(match[2])
        name = match[1]
        if not name or not (name in names or (name == "buffer" and _BUFFER.match(text, match.end()))) or name in endless:
            continue
        end = text.find("\\stop" + name, match.end())
        if end < 0:
            endless.add(name)
            continue
        parts += [text[done : match.start()], _INK.sub(" ", text[match.start() : end])]
        done = at = end
    return "".join(parts) + text[done:]


def begin(state: State, text: str) -> None:
    """Read ``text`` first; of a component, what the product, project and environments that it names lend it."""
    project.push(state, state.path, text)
    _keep_buffers(state, text)
    if not _BODY.search(state.frames[-1].text.text):
        state.hidden = False


def _keep_buffers(state: State, text: str) -> None:
    """Entries that the document holds in buffers, from which a data set may be made."""
    at = text.find("\\startbuffer")
    while at >= 0 and len(state.contained) < 20:
        named = _BUFFER.match(text, at + len("\\startbuffer"))
        end = text.find("\\stopbuffer", at)
        if end < 0:
            return
        if named:
            inside = text[text.index("]", at) + 1 : end]
            state.contained[named[1].strip() + ".buffer.bib"] = inside.encode(errors="replace")
        at = text.find("\\startbuffer", end)


def _command(state: State, frame: Frame) -> None:
    """What a command of ConTeXt does."""
    at = frame.at
    match = walk.COMMAND.match(frame.text.text, at, frame.end)
    if match is None:
        walk.control_symbol(state, frame)
        return
    name, after = match[1], match.end(1)
    macro = state.macros.get(name)
    if name in _COMMANDS:
        _COMMANDS[name](state, frame, name, at, after)
    elif macro is not None:
        citations.use_for(state, frame, macro, at, after, _wrapped(macro, state))
    elif _CITES.fullmatch(name) and name not in _NO_CITES:
        _cite(state, frame, name, at, after)
    elif (head := _HEAD.fullmatch(name)) is not None:
        _head(state, frame, _level(head), after)
    elif name.startswith("start"):
        _start(state, frame, name[5:], after)
    elif name.startswith("stop"):
        frame.at = after
        if name[4:] not in _IN_LINE and name != "stop":
            _break(state)
    elif _SET_UP.fullmatch(name):
        frame.at = _options(frame, after)[1]
        _only(state, frame, after, frame.at)
    else:
        _other(state, frame, at, after)


def _other(state: State, frame: Frame, at: int, after: int) -> None:
    """A symbol, or a command whose options are left out and whose arguments are read as text."""
    symbol = tex_characters.symbol(frame.text.text, at)
    if symbol and symbol[1] <= frame.end:
        state.put(symbol[0], frame, at, symbol[1] - at)
        frame.at = symbol[1]
        return
    frame.at = frame.past_options(after)
    _only(state, frame, after, frame.at)


def _options(frame: Frame, at: int) -> tuple[list[Argument], int]:
    """The arguments in brackets from ``at`` on, and where they end."""
    found: list[Argument] = []
    while len(found) < _MOST_OPTIONS and (option := frame.text.option(at)) is not None and option.behind <= frame.end:
        found.append(option)
        at = option.behind
    return found, at


def _settings(frame: Frame, option: Argument) -> dict[str, Argument]:
    """The values of ``[title={…},reference=…]`` by their names: what stands in braces, or up to the next comma."""
    found: dict[str, Argument] = {}
    text, at = frame.text.text, option.start - 1
    while (match := _KEYED.search(text, at, option.end)) is not None:
        start = match.end()
        braced = frame.text.argument(start) if text.startswith("{", start) else None
        if braced and braced.behind <= option.end:
            value = braced
        else:
            comma = text.find(",", start, option.end)
            end = comma if comma >= 0 else option.end
            value = Argument(start, end, end, braced=False)
        found.setdefault(match[1].lower(), value)
        at = value.behind
    return found


def _words(frame: Frame, settings: dict[str, Argument], *names: str) -> str:
    """The first of the settings ``names`` that is there, in plain text."""
    value = next((settings[name] for name in names if name in settings), None)
    return tex_characters.decode(frame.inner(value)) if value else ""


# -- citations


def _cite(state: State, frame: Frame, name: str, start: int, after: int) -> None:
    r"""``\cite[keys]``, ``\cite[settings][keys]``: keys may have the name of their data set before them (``own::key``),
    or a plus sign that joins them to the one before."""
    keys, end = _keys(frame, after)
    frame.at = end
    if keys:
        citations.write(state, frame, start, end, keys, silent=name.startswith(("no", "use")))


def _keys(frame: Frame, after: int) -> tuple[list[Key], int]:
    options, end = _options(frame, after)
    options = options[:2]
    if options:
        end = options[-1].behind
    settings = _settings(frame, options[0]) if len(options) > 1 else {}
    argument = options[-1] if options else frame.argument(after)
    if argument is None or not argument.braced or (len(options) == 1 and "=" in frame.inner(argument)):
        return [], end
    prefix, locator = (
        _words(frame, settings, "lefttext", "left", "before"),
        _words(frame, settings, "righttext", "extras", "right"),
    )
    found = [
        Key(at + len(key) - len(bare), at + len(key), bare)
        for at, stop, key in frame.text.keys(argument)
        if (bare := key.rpartition("::")[2].lstrip("+ ")) and stop - at == len(key)
    ]
    if found and prefix:
        found[0] = replace(found[0], prefix=prefix)
    if found and locator:
        found[-1] = replace(found[-1], locator=locator.strip(" ,"))
    return found, max(end, argument.behind)


def _only(state: State, frame: Frame, start: int, end: int) -> None:
    """Read next the citations in a stretch whose text is left out."""
    text = frame.text.text
    if text.find("it", start, end) < 0:
        return
    found: list[Frame] = []
    for match in _CITE_INSIDE.finditer(text, start, end):
        line = text.rfind("\n", start, match.start()) + 1
        if text.find("%", max(start, line), match.start()) >= 0 or len(found) >= _MOST_INSIDE:
            continue
        keys, behind = _keys(frame, match.end(1))
        if keys and behind <= end:
            found.append(Frame(frame.text, match.start(), behind, frame.path))
    state.frames.extend(reversed(found))


def _wrapped(macro: Macro, state: State, depth: int = 3) -> list[str] | None:
    """The keys that a command of the document cites, "#1" for its first argument; None when it does not cite."""
    keys: list[str] = []
    for match in _BODY_CITES.finditer(macro.body[:5000]):
        name, given = match[1], match[2] if match[2] is not None else match[3]
        other = state.macros.get(name)
        if other is not None and other is not macro and depth:
            inner = _wrapped(other, state, depth - 1)
            keys.extend(given.strip() if key.startswith("#") else key for key in inner or ())
        elif _CITES.fullmatch(name) and name not in _NO_CITES:
            keys.extend(key.rpartition("::")[2].strip() for key in given.split(","))
    return list(dict.fromkeys(key for key in keys if _KEY_OF_BODY.fullmatch(key))) or None


def _define(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    r"""``\define[1]\own{…}``, ``\def\own#1{…}``: remember what the new command prints or cites."""
    if name != "define":
        citations.define(state, frame, name, _at, after)
        return
    match = _DEFINES.match(frame.text.text, after, frame.end)
    body = frame.argument(match.end()) if match else None
    frame.at = body.behind if body else after
    if match and body and body.braced and len(state.macros) < citations.MAX_MACROS:
        state.macros[match[2]] = Macro(takes="m" * int(match[1] or 0), body=frame.inner(body))


# -- bibliographies and files


def _data_set(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    r"""``\usebtxdataset[own][a.bib,b.bib]``, ``\usebtxdataset[a.bib]``, ``\setupbibtex[database={a,b}]``."""
    options, frame.at = _options(frame, after)
    if not options:
        return
    if name == "setupbibtex":
        value = _settings(frame, options[0]).get("database")
    else:
        value = options[1] if len(options) > 1 and "=" not in frame.inner(options[1]) else options[0]
    for one in frame.inner(value).split(",") if value else ():
        file = one.strip().strip("{}").strip()
        if file.endswith(".buffer"):
            state.databases.append((file + ".bib", ""))
        elif file.endswith((".lua", ".xml")):  # tables of ConTeXt's own
            state.unnamed.append(file[:100])
        elif file:
            project.name_databases(state, _found(state, frame, file, ("", ".bib")), posixpath.dirname(frame.path))


def _other_list(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    r"""``\usepublications[a]``, ``\startpublication``: entries in the forms of the older module, which are not read."""
    state.unnamed.append("\\" + name)
    end = frame.text.next_of("\\stoppublication", after) if name == "startpublication" else -1
    frame.at = end if 0 <= end <= frame.end else _options(frame, after)[1]


def _list(state: State, frame: Frame, _name: str, at: int, after: int) -> None:
    r"""``\placelistofpublications[criterium=all]`` and its kin: whether the whole list is printed."""
    options, frame.at = _options(frame, after)
    _break(state)
    whole = next((one for one in options if _WHOLE_LIST.search(frame.inner(one))), None)
    if whole:
        citations.write(state, frame, at, frame.at, [Key(whole.start, whole.end, "*")], silent=True)


def _path(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    r"""``\usepath[{../a,../b}]``: folders in which files are looked for too."""
    options, frame.at = _options(frame, after)
    for one in ",".join(frame.inner(option) for option in options[:1]).split(","):
        folder = one.strip().strip("{}").strip()
        if folder and len(state.folders) < _MOST_FOLDERS:
            state.folders.append(folder)


def _found(state: State, frame: Frame, name: str, endings: tuple[str, ...]) -> str:
    """``name`` with the folder of ``\\usepath`` in which it stands, when it stands in one."""
    here = posixpath.dirname(frame.path)
    if any(state.files.exists(posixpath.join(here, name + ending)) for ending in endings):
        return name
    known = (posixpath.join(folder, name) for folder in state.folders)
    return next((place for place in known if any(state.files.exists(place + ending) for ending in endings)), name)


def _include(state: State, frame: Frame, name: str, _at: int, after: int) -> None:
    r"""``\component c_one``, ``\environment[env]``, ``\input a``: go on in the other file."""
    match = _NAME.match(frame.text.text, after, frame.end)
    if match is None:
        frame.at = after
        return
    frame.at = match.end()
    wanted = (match[1] or match[2] or match[3]).strip('"')
    if name in ("product", "project") and not _is_project(frame):
        _learn(state, frame, wanted)
        return
    set_up, apart = name in ("environment", "project"), name in ("component", "product")
    open_before = len(state.frames)
    project.include_named(state, frame, "\\" + name, _found(state, frame, wanted, ("", *CONTEXT.added)))
    if len(state.frames) == open_before:
        return
    part = state.frames[-1]
    _keep_buffers(state, state.sources[part.text.source].text)
    hidden = state.hidden

    def begin() -> None:
        if apart:
            _break(state)
        state.hidden = hidden or set_up

    def finish() -> None:
        state.hidden = hidden
        if apart:
            _break(state)

    part.begin, part.finish = begin, finish


def _is_project(frame: Frame) -> bool:
    return "\\startproject" in frame.text.text[:5000]


def _learn(state: State, frame: Frame, wanted: str) -> None:
    """What a component takes from the product or project that it names: commands and bibliographies."""
    name = _found(state, frame, wanted, CONTEXT.added)
    for folder in ("", posixpath.dirname(frame.path), *ABOVE):
        for ending in ("", *CONTEXT.added):
            place = posixpath.normpath(posixpath.join(folder, name + ending))
            if place in state.learnt or place == posixpath.basename(state.path):
                return
            if not posixpath.splitext(place)[1] or not state.files.exists(place) or len(state.learnt) >= project.MAX_PACKAGES:
                continue
            whole = State(state.path, state.files, [], CONTEXT, learnt=state.learnt)
            state.learnt.add(place)
            try:
                project.open_file(whole, place, "")
            except InputError:
                return
            _keep_buffers(whole, whole.sources[0].text)
            walk.run(whole)
            state.macros.update(whole.macros)
            state.databases.extend((posixpath.normpath(posixpath.join(folder, one)), "") for one, folder in whole.databases)
            state.unnamed.extend(whole.unnamed)
            state.folders.extend(whole.folders)
            state.contained.update(whole.contained)
            return


# -- blocks and lines


def _break(state: State) -> None:
    """End the paragraph, but not inside a table."""
    if not state.tables:
        state.paragraph()


def _paragraph(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    _break(state)
    frame.at = _options(frame, after)[1]


def _opening(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    r"""``\starttext``, ``\startcomponent name``: from here on there is text."""
    match = _BODY.match(frame.text.text, frame.at, frame.end)
    frame.at = match.end() if match else after
    state.hidden = False


def _closing(_state: State, frame: Frame, _name: str, _at: int, _after: int) -> None:
    r"""``\stoptext``, ``\stopcomponent``: nothing of this file is read behind it."""
    frame.at = frame.end


def _level(head: re.Match[str]) -> int:
    return min(_HEADS[head[2]] + len(head[1]) // 3, 6)


def _titled(state: State, frame: Frame, title: Argument, behind: int, *, level: int) -> None:
    """Write what ``title`` holds as a heading (a paragraph for level 0) and go on at ``behind``."""
    frame.at = behind
    if state.tables:
        state.frames.append(Frame(frame.text, title.start, title.end, frame.path))
        return
    state.paragraph()
    hidden = state.hidden

    def begin() -> None:
        state.hidden = False
        state.writer.open(BlockKind.HEADING if level else BlockKind.PARAGRAPH, level=level)

    def finish() -> None:
        state.hidden = hidden
        state.paragraph()

    state.frames.append(Frame(frame.text, title.start, title.end, frame.path, begin=begin, finish=finish))


def _head(state: State, frame: Frame, level: int, after: int) -> None:
    r"""``\section[reference]{…}``."""
    _, at = _options(frame, after)
    argument = frame.argument(at)
    if argument is None or not argument.braced:
        frame.at = at
        return
    _titled(state, frame, argument, argument.behind, level=level)


def _start(state: State, frame: Frame, name: str, after: int) -> None:
    r"""``\startsection[title={…}]``, ``\startplacefigure[title={…}]``: its title; the rest of its options is left out."""
    options, frame.at = _options(frame, after)
    if name not in _IN_LINE and name:
        _break(state)
    title = next((found["title"] for one in options if "title" in (found := _settings(frame, one))), None)
    if title is None:
        _only(state, frame, after, frame.at)
        return
    head = _HEAD.fullmatch(name)
    _titled(state, frame, title, frame.at, level=_level(head) if head else 0)


def _formula(state: State, frame: Frame, _name: str, at: int, after: int) -> None:
    end = frame.text.next_of("\\stopformula", after)
    frame.at = end if 0 <= end <= frame.end else after
    state.put(" ", frame, at, frame.at - at)
    _only(state, frame, after, frame.at)


def _items(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    r"""``\startitemize[n]``: whether the items are numbered."""
    options, frame.at = _options(frame, after)
    numbered = any("n" in re.split(r"[\s,]+", frame.inner(one)) for one in options)
    state.counts.append(0 if numbered else None)
    _break(state)


def _no_items(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    frame.at = after
    if state.counts:
        state.counts.pop()
    _break(state)


def _item(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    frame.at = frame.past_options(after)
    if state.hidden or state.tables:
        return
    state.paragraph()
    label = ""
    if state.counts and state.counts[-1] is not None:
        state.counts[-1] += 1
        label = f"{state.counts[-1]}."
    state.writer.open(BlockKind.ITEM, label=label)
    if label:
        state.writer.put(label + " ", frame.text.source, after, 0)


def _table(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    frame.at = _options(frame, after)[1]
    state.tables += 1
    if state.tables == 1 and not state.hidden:
        state.writer.open(BlockKind.TABLE)


def _no_table(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    frame.at = after
    state.tables = max(0, state.tables - 1)
    _break(state)


def _cell(state: State, frame: Frame, _name: str, at: int, after: int) -> None:
    frame.at = _options(frame, after)[1]
    state.put(" ", frame, at, frame.at - at)


def _linked(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    r"""``\in{section}[here]``, ``\goto{text}[url(there)]``: the text without the place it leads to."""
    arguments: list[Argument] = []
    at = after
    while len(arguments) < 2 and frame.text.text.startswith("{", at) and (argument := frame.argument(at)) is not None:
        arguments.append(argument)
        at = argument.behind
    _, frame.at = _options(frame, at)
    state.frames.extend(Frame(frame.text, one.start, one.end, frame.path) for one in reversed(arguments))


def _float(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
    r"""``\placefigure[here][fig:x]{caption}{…}``: the caption is a paragraph of its own."""
    _, at = _options(frame, after)
    caption = frame.argument(at)
    if caption is None or not caption.braced:
        frame.at = at
        return
    _titled(state, frame, caption, caption.behind, level=0)


def _dropped(count: int) -> Callable[[State, Frame, str, int, int], None]:
    def drop(state: State, frame: Frame, _name: str, _at: int, after: int) -> None:
        frame.at = frame.dropped(after, count)
        _only(state, frame, after, frame.at)

    return drop


def _marked(like: str) -> Callable[[State, Frame, str, int, int], None]:
    return lambda state, frame, _name, at, after: inline.marked(state, frame, like, at, after)


def _verbatim(state: State, frame: Frame, _name: str, at: int, after: int) -> None:
    inline.verb(state, frame, "lstinline", at, after)


def _address(state: State, frame: Frame, _name: str, at: int, after: int) -> None:
    inline.address(state, frame, "url", at, after)


_COMMANDS: dict[str, Callable[[State, Frame, str, int, int], None]] = {
    **dict.fromkeys(("starttext", "startcomponent", "startproduct", "startproject"), _opening),
    **dict.fromkeys(("stoptext", "stopcomponent", "stopproduct", "stopproject", "stopenvironment"), _closing),
    **dict.fromkeys(("component", "product", "project", "environment", "input", "readfile", "ReadFile", "processfile"), _include),
    **dict.fromkeys(("usebtxdataset", "setupbibtex"), _data_set),
    **dict.fromkeys(("usepublications", "startpublication"), _other_list),
    **dict.fromkeys(
        "placelistofpublications completelistofpublications placebtxrendering completebtxrendering placepublications completepublications"
        " setupbtxrendering definebtxrendering setupbtxlist".split(),
        _list,
    ),
    "usepath": _path,
    **dict.fromkeys(("define", "def", "gdef", "edef", "xdef", "let"), _define),
    **dict.fromkeys(("par", "blank", "page", "placecontent", "completecontent", "godown"), _paragraph),
    "startformula": _formula,
    **dict.fromkeys(("startitemize", "startitemgroup", "startcolumnitemize"), _items),
    **dict.fromkeys(("stopitemize", "stopitemgroup", "stopcolumnitemize"), _no_items),
    **dict.fromkeys(("item", "startitem", "sym", "head"), _item),
    **dict.fromkeys(("starttabulate", "starttable", "startxtable", "startTABLE", "bTABLE"), _table),
    **dict.fromkeys(("stoptabulate", "stoptable", "stopxtable", "stopTABLE", "eTABLE"), _no_table),
    **dict.fromkeys(
        "NC EQ NR VL HL FL ML LL AR FR MR LR SR DL bTR bTD bTH bTN eTR eTD eTH startxrow startxcell stopxrow stopxcell".split(),
        _cell,
    ),
    **dict.fromkeys(("in", "at", "about", "goto", "from", "inframed", "pagereference", "textreference", "reference"), _linked),
    **dict.fromkeys(("placefigure", "placetable", "placegraphic", "placeintermezzo"), _float),
    **dict.fromkeys(
        ("footnote", "endnote", "footnotetext", "inmargin", "margintext", "inleft", "inright", "inouter", "ininner"), blocks.note
    ),
    **dict.fromkeys(("externalfigure", "index", "doifmode", "doifnotmode", "label", "hskip", "vskip"), _dropped(1)),
    **dict.fromkeys(("externalfigure", "getbuffer", "typebuffer", "typefile", "startsetups", "setups"), _dropped(0)),
    **dict.fromkeys(("quotation", "quote", "speech"), inline.enquote),
    **dict.fromkeys(("italic", "emphasized", "slanted", "emph"), _marked("emph")),
    **dict.fromkeys(("bold", "important"), _marked("textbf")),
    **dict.fromkeys(("high", "superscript"), _marked("textsuperscript")),
    **dict.fromkeys(("type", "typ", "tex", "asciistr"), _verbatim),
    **dict.fromkeys(("hyphenatedurl", "useasurl"), _address),
}
"""What each command does: called with the state, the frame, the name, where the command begins and where its name ends."""

CONTEXT = Dialect(
    command=_command,
    body=_BODY,
    readable=readable,
    endings=(".tex", ".mkii", ".mkiv", ".mkvi", ".mkxl", ".mklx", ".lmtx"),
    added=(".tex", ".mkiv", ".mkxl", ".mkvi", ".mklx", ".lmtx"),
)
