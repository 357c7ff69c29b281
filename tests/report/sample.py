"""A report made by hand that holds every kind of thing a writer of reports can meet, and the hostile ones too."""

from __future__ import annotations

from refaudit.model import (
    Block,
    BlockKind,
    Candidate,
    Citation,
    CitedItem,
    Difference,
    Document,
    Evidence,
    FileReport,
    Finding,
    Level,
    Link,
    LinkStatus,
    Lookup,
    LookupStatus,
    Name,
    Parsed,
    Piece,
    Record,
    Reference,
    Report,
    Source,
    Span,
    System,
    Unit,
    Update,
    Year,
)

TEXT = """# Tides and towns

Harbours silt up (Abel & Braun, 2018; Cole, 2020a). Dorn (2017) saw it first, and so did Evers (2011).

## Method

We follow Cole (2020) and, against it, Fenn et al. (2015).

## References

Abel, K., & Braun, L. (2018). Silt in small harbours. Journal of Coasts, 12(3), 45–61. https://doi.org/10.5555/coast.12.45

Cole, M. (2020a). Dredging and its price. Port Papers, 4, 1–9.

Cole, M. (2020b). Who pays for dredging? Port Papers, 4, 10–19.

Dorne, P. (2017). The harbour's mouth. Quay Press.

Fenn, R., Gall, S., & Hahn, T. (2015). Sand on the move. Geology Notes, 7, 88–93.
"""

HOSTILE = (
    "# <script>alert(1)</script> ]]> ${jndi:x} {{ 7*7 }}\n\n"
    '=HYPERLINK("http://x") \u202egnp.exe\u202c (Éva\u2028Nagy, 2020) '
    "\x1b[31mred\x1b[0m ::error::x%0A </script><img src=x onerror=alert(2)>\n\n"
    "## References\n\n"
    "=cmd|'/c calc'!A1 Nagy, É. (2020). <b onmouseover=alert(3)>\u202eTitle\u202c</b> "
    "]]> & \"quotes\" 'single' javascript:alert(4).\n"
)


def _name(family: str, given: str = "") -> Name:
    return Name(family=family, given=given)


def _span(text: str, part: str, start: int = 0) -> Span:
    at = text.index(part, start)
    return Span(at, at + len(part))


def _blocks(text: str) -> tuple[Block, ...]:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        span = Span(at, at + len(part.rstrip("\n")))
        level = len(part) - len(part.lstrip("#"))
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        start = span.start + level + 1 if level else span.start
        blocks.append(Block(kind=kind, span=Span(start, span.end), level=level))
        at += len(part) + 2
    return tuple(blocks)


def _document(path: str, form: str, text: str, unit: Unit = Unit.LINE, breaks: tuple[int, ...] = ()) -> Document:
    source = Source(path=path, text=text, unit=unit, breaks=breaks)
    return Document(path=path, format=form, text=text, sources=(source,), pieces=(Piece(0, 0, len(text)),), blocks=_blocks(text))


def _text(value: str, confidence: float = 1.0) -> Parsed[str]:
    return Parsed(value=value, raw=value, confidence=confidence)


def _entry(text: str, identity: str, first: str, **values: object) -> Reference:
    start = text.index(first, text.index("## References"))
    end = text.find("\n", start)
    return Reference(id=identity, span=Span(start, end), raw=text[start:end], **values)  # type: ignore[arg-type]


def _finding(
    document: Document, code: str, name: str, level: Level, message: str, spans: tuple[Span, ...], **values: object
) -> Finding:
    places = tuple(document.locate(span) for span in spans)
    given: dict[str, object] = {
        "confidence": 0.9,
        "advice": "Compare the two by hand.",
        "fingerprint": f"{abs(sum(map(ord, code + message))):016x}",
    }
    return Finding(
        code=code,
        name=name,
        level=level,
        message=message,
        location=places[0],
        span=spans[0],
        related=places[1:],
        **(given | values),  # type: ignore[arg-type]
    )


def paper() -> FileReport:
    """A Markdown paper with every status of a link, every level, evidence, suppressed and unsure findings."""
    document = _document("papers/tides.md", "md", TEXT)
    bracket = _span(TEXT, "Abel & Braun, 2018; Cole, 2020a")
    dorn, evers, cole, fenn = (_span(TEXT, t) for t in ("Dorn (2017", "Evers (2011", "Cole (2020", "Fenn et al. (2015"))
    citations = (
        Citation(
            id="cit-1",
            span=bracket,
            text="Abel & Braun, 2018; Cole, 2020a",
            system=System.AUTHOR_DATE,
            items=(
                CitedItem(span=_span(TEXT, "Abel & Braun, 2018"), names=(_name("Abel"), _name("Braun")), year=Year(number=2018)),
                CitedItem(span=_span(TEXT, "Cole, 2020a"), names=(_name("Cole"),), year=Year(number=2020, letter="a")),
            ),
        ),
        Citation(
            id="cit-2",
            span=dorn,
            text="Dorn (2017",
            system=System.AUTHOR_DATE,
            items=(CitedItem(span=dorn, names=(_name("Dorn"),), year=Year(number=2017)),),
        ),
        Citation(
            id="cit-3",
            span=evers,
            text="Evers (2011",
            system=System.AUTHOR_DATE,
            items=(CitedItem(span=evers, names=(_name("Evers"),), year=Year(number=2011)),),
        ),
        Citation(
            id="cit-4",
            span=cole,
            text="Cole (2020",
            system=System.AUTHOR_DATE,
            items=(CitedItem(span=cole, names=(_name("Cole"),), year=Year(number=2020)),),
        ),
        Citation(
            id="cit-5",
            span=fenn,
            text="Fenn et al. (2015",
            system=System.AUTHOR_DATE,
            items=(CitedItem(span=fenn, names=(_name("Fenn"),), et_al=True, year=Year(number=2015)),),
        ),
    )
    references = (
        _entry(
            TEXT,
            "ref-1",
            "Abel, K.",
            type=_text("article-journal"),
            title=_text("Silt in small harbours"),
            authors=Parsed(value=(_name("Abel", "K."), _name("Braun", "L.")), raw="Abel, K., & Braun, L."),
            year=Parsed(value=Year(number=2018), raw="2018"),
            container=_text("Journal of Coasts"),
            volume=_text("12"),
            issue=_text("3"),
            pages=_text("45–61"),
            doi=_text("10.5555/coast.12.45"),
            url=_text("https://doi.org/10.5555/coast.12.45"),
        ),
        _entry(
            TEXT,
            "ref-2",
            "Cole, M. (2020a)",
            type=_text("article-journal", 0.7),
            title=_text("Dredging and its price"),
            authors=Parsed(value=(_name("Cole", "M."),), raw="Cole, M."),
            year=Parsed(value=Year(number=2020, letter="a"), raw="2020a"),
            container=_text("Port Papers"),
            volume=_text("4"),
            pages=_text("1–9"),
        ),
        _entry(
            TEXT,
            "ref-3",
            "Cole, M. (2020b)",
            title=_text("Who pays for dredging?"),
            authors=Parsed(value=(_name("Cole", "M."),), raw="Cole, M."),
            year=Parsed(value=Year(number=2020, letter="b"), raw="2020b"),
        ),
        _entry(
            TEXT,
            "ref-4",
            "Dorne, P.",
            type=_text("book"),
            title=_text("The harbour's mouth"),
            publisher=_text("Quay Press"),
            authors=Parsed(value=(_name("Dorne", "P."),), raw="Dorne, P."),
            year=Parsed(value=Year(number=2017), raw="2017"),
        ),
        _entry(
            TEXT,
            "ref-5",
            "Fenn, R.",
            title=_text("Sand on the move"),
            et_al=True,
            editors=Parsed(value=None, raw="Gall ed"),
            authors=Parsed(
                value=(Name(particle="van", family="Fenn", given="R.", suffix="Jr."), Name(literal="Sand Office")), raw=""
            ),
            year=Parsed(value=Year(number=2015), raw="2015"),
        ),
    )
    record = Record(
        source="Crossref",
        doi="10.5555/coast.12.45",
        title="Silt in small harbours",
        containers=("Journal of Coasts",),
        years=(2019,),
        retrieved_at="2025-11-02",
        updated_by=(Update(kind="retraction", doi="10.5555/coast.r1", date="2021-04-01"),),
    )
    findings = (
        _finding(
            document,
            "RET051",
            "retracted-work",
            Level.ERROR,
            "The cited work was retracted on 2021-04-01.",
            (references[0].span,),
            references=("ref-1",),
            absorbed=("MET053",),
            evidence=(
                Evidence(
                    field="status",
                    cited="Silt in small harbours",
                    registered="retraction 10.5555/coast.r1",
                    source="Crossref, 2025-11-02",
                    url="https://doi.org/10.5555/coast.r1",
                ),
            ),
        ),
        _finding(
            document,
            "MET053",
            "year-differs",
            Level.WARNING,
            "The entry says 2018, the registered record 2019.",
            (references[0].span,),
            references=("ref-1",),
            evidence=(
                Evidence(
                    field="year",
                    cited="2018",
                    registered="2019",
                    source="Crossref, 2025-11-02",
                    url="https://doi.org/10.5555/coast.12.45",
                ),
            ),
        ),
        _finding(
            document,
            "LNK006",
            "author-differs",
            Level.ERROR,
            'The text cites "Dorn (2017)", the list has "Dorne (2017)".',
            (dorn, references[3].span),
            citations=("cit-2",),
            references=("ref-4",),
            evidence=(Evidence(field="author", cited="Dorn", registered="Dorne", source="reference list"),),
        ),
        _finding(
            document,
            "LNK001",
            "citation-without-reference",
            Level.ERROR,
            '"Evers (2011)" has no entry in the reference list.',
            (evers,),
            citations=("cit-3",),
        ),
        _finding(
            document,
            "LNK004",
            "ambiguous-citation",
            Level.WARNING,
            '"Cole (2020)" fits several entries.',
            (cole,),
            citations=("cit-4",),
            references=("ref-2", "ref-3"),
            confidence=0.8,
        ),
        _finding(
            document,
            "REF007",
            "et-al-in-list",
            Level.NOTE,
            "The author list is cut.",
            (references[4].span,),
            references=("ref-5",),
            suppressed="known, the journal asks for it",
        ),
        _finding(
            document,
            "REF008",
            "list-out-of-order",
            Level.NOTE,
            "Hardly sure.",
            (references[4].span,),
            references=("ref-5",),
            confidence=0.3,
        ),
        _finding(
            document,
            "AUD051",
            "lookup-incomplete",
            Level.NOTE,
            "2 references could not be checked: no answer from Crossref.",
            (references[2].span,),
        ),
    )
    links = (
        Link(citation="cit-1", item=0, status=LinkStatus.EXACT, references=("ref-1",)),
        Link(citation="cit-1", item=1, status=LinkStatus.EXACT, references=("ref-2",)),
        Link(citation="cit-2", item=0, status=LinkStatus.MISSING, nearest=("ref-4",), difference=Difference.AUTHOR, score=0.0),
        Link(citation="cit-3", item=0, status=LinkStatus.MISSING, score=0.0),
        Link(citation="cit-4", item=0, status=LinkStatus.AMBIGUOUS, references=("ref-2", "ref-3"), score=0.5),
        Link(
            citation="cit-5", item=0, status=LinkStatus.PROBABLE, references=("ref-5",), score=0.8, reasons=("particle left out",)
        ),
    )
    lookups = (
        Lookup(
            reference="ref-1",
            status=LookupStatus.FOUND,
            by="doi",
            doi_registered=True,
            asked=("Crossref",),
            beside=(Record(source="DataCite", type="dataset", title="Silt, measured"),),
            candidates=(Candidate(record=record, score=0.97, scores=(("title", 1.0), ("year", 0.5))),),
        ),
        Lookup(
            reference="ref-2",
            status=LookupStatus.NOT_FOUND,
            asked=("Crossref", "DataCite"),
            candidates=(Candidate(record=Record(source="Crossref", doi="10.5555/port.9", title="Dredging <b>"), score=0.3),),
        ),
        Lookup(reference="ref-3", status=LookupStatus.UNAVAILABLE, detail="Crossref did not answer", asked=("Crossref",)),
        Lookup(reference="ref-4", status=LookupStatus.NOT_COVERED, detail="books without a DOI"),
        Lookup(reference="ref-5", status=LookupStatus.OFF),
    )
    counts = {
        "citations": 5,
        "items": 6,
        "references": 5,
        "linked": 4,
        "checked": 2,
        "found": 1,
        "not_covered": 1,
        "unavailable": 1,
        "off": 1,
    }
    return FileReport(
        path=document.path,
        format="md",
        document=document,
        counts=counts,
        citations=citations,
        references=references,
        links=links,
        lookups=lookups,
        findings=findings,
        notices=("read as Windows-1252",),
    )


_EMPTY = {
    "citations": 0,
    "items": 0,
    "references": 0,
    "linked": 0,
    "checked": 0,
    "found": 0,
    "not_covered": 0,
    "unavailable": 0,
    "off": 0,
}


def _elsewhere(path: str, form: str, unit: Unit) -> FileReport:
    """A paper whose places are pages or paragraphs."""
    text = "First page of it.\n\nThe second cites Ohm (1999).\n"
    document = _document(path, form, text, unit, (0, 19))
    span = _span(text, "Ohm (1999")
    citation = Citation(
        id="cit-1",
        span=span,
        text="Ohm (1999",
        system=System.AUTHOR_DATE,
        items=(CitedItem(span=span, names=(_name("Ohm"),), year=Year(number=1999)),),
    )
    findings = (
        _finding(
            document,
            "LNK002",
            "no-reference-list",
            Level.ERROR,
            "The text cites and there is no list.",
            (span,),
            citations=("cit-1",),
        ),
    )
    return FileReport(
        path=path,
        format=form,
        document=document,
        counts=_EMPTY | {"citations": 1, "items": 1},
        citations=(citation,),
        findings=findings,
        links=(Link(citation="cit-1", item=0, status=LinkStatus.MISSING, score=0.0),),
    )


def hostile() -> FileReport:
    """A paper whose every text tries to be something else: markup, commands, formulas, terminal codes, hidden marks."""
    document = _document("papers/<hostile> & 'co'.md", "md", HOSTILE)
    span = _span(HOSTILE, "Éva\u2028Nagy, 2020")
    citation = Citation(
        id="cit-1",
        span=span,
        text="Éva\u2028Nagy, 2020",
        system=System.AUTHOR_DATE,
        items=(CitedItem(span=span, names=(_name("Nagy\x1b[0m"),), year=Year(number=2020)),),
    )
    entry = _entry(
        HOSTILE,
        "ref-1",
        "=cmd",
        title=_text("<b onmouseover=alert(3)>\u202eTitle\u202c</b>"),
        url=_text("javascript:alert(4)"),
        authors=Parsed(value=(_name("=Nagy", "É."),), raw="=Nagy, É."),
        year=Parsed(value=Year(number=2020), raw="2020"),
    )
    findings = (
        _finding(
            document,
            "MET051",
            "title-differs",
            Level.WARNING,
            '=1+1 <img src=x onerror=alert(5)> ]]> ${x} \u202etxt\u2028 %0A::error::y | `tick` "q"',
            (entry.span,),
            references=("ref-1",),
            advice="</script><script>alert(6)</script>",
            evidence=(
                Evidence(
                    field="title</td>",
                    cited="<b onmouseover=alert(3)>\u202eTitle\u202c</b>",
                    registered="</textarea>\x00\x07Title",
                    source="Crossref\n::warning::z",
                    url="javascript:alert(7)",
                ),
            ),
        ),
        _finding(
            document,
            "LNK003",
            "uncited-reference",
            Level.WARNING,
            "@SUM(A1) \x1b]0;title\x07",
            (entry.span,),
            references=("ref-1",),
        ),
    )
    return FileReport(
        path=document.path,
        format="md",
        document=document,
        counts=_EMPTY | {"citations": 1, "items": 1, "references": 1, "linked": 1},
        citations=(citation,),
        references=(entry,),
        findings=findings,
        notices=("<i>\u202enotice",),
        links=(Link(citation="cit-1", item=0, status=LinkStatus.EXACT, references=("ref-1",)),),
        lookups=(Lookup(reference="ref-1", status=LookupStatus.OFF),),
    )


def report(*files: FileReport) -> Report:
    """The files given, or one of each kind."""
    chosen = files or (
        paper(),
        _elsewhere("scan.pdf", "pdf", Unit.PAGE),
        _elsewhere("letter.docx", "docx", Unit.PARAGRAPH),
        hostile(),
        FileReport(path="broken.docx", error="broken.docx: is not a DOCX file (no document inside)"),
    )
    return Report(
        schema=1,
        tool="refaudit",
        version="0.1.0",
        files=tuple(chosen),
        skipped_rules=(("FND051", "offline and no snapshot"),),
        skipped_files=("notes.md",),
        options={"offline": False, "snapshot": True, "select": [], "ignore": ["REF009"], "min_confidence": 0.5},
    )
