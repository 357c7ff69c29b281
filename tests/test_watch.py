"""``refaudit watch``: only what changed is done again, and the report is for this machine alone."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pytest

from refaudit.config import Config
from refaudit.incremental import Memory
from refaudit.model import FileReport, Lookup, LookupStatus, Reference, Span
from refaudit.readers.project_files import Files
from refaudit.watch import AT_ONCE, Audited, Server, again
from tests.watching import LIST, Watched, watching


def entry(identity: str, raw: str) -> Reference:
    return Reference(id=identity, span=Span(0, 1), raw=raw)


def test_a_reference_is_asked_about_once_while_it_reads_the_same():
    asked: list[list[str]] = []
    status = {"a": LookupStatus.FOUND, "b": LookupStatus.UNAVAILABLE, "c": LookupStatus.NOT_FOUND}

    def resolve(references: object) -> tuple[Lookup, ...]:
        asked.append([r.raw for r in references])  # type: ignore[attr-defined]
        return tuple(Lookup(reference=r.id, status=status[r.raw]) for r in references)  # type: ignore[attr-defined]

    remembered = Memory(resolve).resolve
    first = remembered([entry("ref-1", "a"), entry("ref-2", "b")])
    second = remembered([entry("ref-1", "c"), entry("ref-2", "a"), entry("ref-3", "b")])
    assert asked == [["a", "b"], ["c", "b"]]  # without an answer: asked again
    assert [(one.reference, one.status.value) for one in first] == [("ref-1", "found"), ("ref-2", "unavailable")]
    assert [(one.reference, one.status.value) for one in second] == [
        ("ref-1", "not_found"),
        ("ref-2", "found"),
        ("ref-3", "unavailable"),
    ]


def test_only_papers_with_a_changed_file_are_audited_again(tmp_path: Path):
    one, two = tmp_path / "a.md", tmp_path / "b.md"
    one.write_text("a")
    two.write_text("b")
    audited: list[str] = []

    def audit(path: str) -> FileReport:
        audited.append(path)
        return FileReport(path=path, error="x")

    papers = [str(one), str(two)]
    before: dict[str, Audited] = again(papers, {}, audit)
    two.write_text("changed")
    after = again(papers, before, audit)
    assert audited == [str(one), str(two), str(two)]
    assert after[str(one)] is before[str(one)]
    one.unlink()
    again(papers, after, audit)
    assert audited[-1] == str(one)


def test_a_bibliography_that_was_missing_is_waited_for(tmp_path: Path):
    paper = tmp_path / "p.tex"
    paper.write_text("\\documentclass{article}\\begin{document}Rain \\cite{a}.\\bibliography{refs}\\end{document}")
    module = import_module("refaudit.audit")

    def audit(path: str) -> FileReport:
        report: FileReport = module.audit_file(path, paper.read_bytes(), Config(), files=Files.beside(path))
        return report

    before = again([str(paper)], {}, audit)
    assert str(tmp_path / "refs.bib") in [name for name, _, _ in before[str(paper)].stamp]
    (tmp_path / "refs.bib").write_text("@book{a, author={Lopez, A.}, title={Rain}, publisher={Press}, year=2019}\n")
    after = again([str(paper)], before, audit)
    assert [len(one[str(paper)].report.references) for one in (before, after)] == [0, 1]


def ask(server: Server, path: str, host: str | None = None, wait: float = 5) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=wait)
    try:
        connection.request("GET", path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_the_server_gives_the_newest_page_to_this_machine_only():
    with Server(0) as server:
        server.show(lambda version: f"page {version}")
        assert ask(server, "/") == (200, b"page 1")
        server.show(lambda version: f"page {version}")
        assert (ask(server, "/"), ask(server, "/version")) == ((200, b"page 2"), (200, b"2"))
        assert [ask(server, path)[0] for path in ("/etc/passwd", "/../a", "/?x")] == [404, 404, 404]
        assert ask(server, "/", host=f"evil.example:{server.port}")[0] == 403
        with Server(server.port) as other:
            assert other.port != server.port


def answer_to(server: Server, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(sent)
        got = b""
        while part := line.recv(65536):
            got += part
    return got


def test_pages_of_other_sites_get_nothing():
    with Server(0) as server:
        server.show(lambda version: f"page {version}")
        for origin, status in (
            (f"http://127.0.0.1:{server.port}", b"200"),
            (f"http://localhost:{server.port}", b"200"),
            ("http://evil.example", b"403"),
            (f"https://127.0.0.1:{server.port}", b"403"),
            (f"http://127.0.0.1:{server.port}.evil.example", b"403"),
            ("null", b"403"),
        ):
            sent = f"GET / HTTP/1.0\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {origin}\r\n\r\n"
            assert answer_to(server, sent.encode()).split()[1] == status, origin
        assert answer_to(server, b"POST / HTTP/1.0\r\n\r\n").split()[1] == b"501"


def test_five_hundred_clients_at_once_are_served_by_a_few_threads(capfd: pytest.CaptureFixture[str]):
    with Server(0) as server:
        server.show(lambda version: f"page {version}" * 9000)
        lines = [socket.create_connection(("127.0.0.1", server.port), timeout=30) for _ in range(500)]
        for line in lines:
            line.sendall(f"GET / HTTP/1.0\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        for line in lines[::2]:  # every other one leaves without its answer
            line.close()
        for line in lines[1::2]:
            got = b""
            while part := line.recv(65536):
                got += part
            line.close()
            assert got.endswith(b"page 1")
        assert sum(thread.name.startswith("page") for thread in threading.enumerate()) <= AT_ONCE
    assert capfd.readouterr().err == ""


def test_silent_and_slow_clients_hold_nobody_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("refaudit.watch.WHOLE", 1.0)
    with Server(0) as server:
        server.show(lambda version: f"page {version}")
        silent = [socket.create_connection(("127.0.0.1", server.port), timeout=20) for _ in range(AT_ONCE)]
        began = time.monotonic()
        assert ask(server, "/", wait=20) == (200, b"page 1")
        assert time.monotonic() - began < 10
        slow = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        for _ in range(60):  # a byte now and then, always within the time for silence
            try:
                slow.sendall(b"G")
            except OSError:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("a client that drips is served for ever")
        for line in (*silent, slow):
            line.close()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with watching(tmp_path) as found:
        yield found


def test_a_save_is_audited_again_and_an_interrupt_ends_it(watched: Watched):
    paper, process = watched.paper, watched.process
    draft = paper.with_suffix(".tmp")
    draft.write_text("Rain falls (Lopez, 2019; Mason, 2011)." + LIST)
    os.replace(draft, paper)  # noqa: PTH105 (as editors save)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("a.md:1:26 LNK001 error ")
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
    assert "Traceback" not in (process.stderr.read() if process.stderr else "")


def test_what_cannot_be_watched_is_said(tmp_path: Path):
    result = subprocess.run(
        [sys.executable, "-m", "refaudit", "watch", "none.md"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (2, "refaudit: none.md: no such file or folder\n")


def wandering(text: str, generator: random.Random) -> str:
    """``text`` after an edit somewhere: a sentence more, a citation more, an entry changed, moved or gone."""
    body, _, entries = text.partition("## References\n\n")
    listed = [entry for entry in entries.split("\n\n") if entry.strip()]
    what = generator.randrange(5)
    if what == 0:
        body = f"Words before, number {generator.randrange(99)}.\n\n" + body
    elif what == 1:
        body = body.rstrip() + f" Frost too (Lopez, {generator.choice((2011, 2019, 2020))}).\n\n"
    elif what == 2:
        generator.shuffle(listed)
    elif what == 3:
        at = generator.randrange(len(listed))
        listed[at] = listed[at].replace("Soils", "Soil Science").replace("12(1)", f"{generator.randrange(1, 40)}(2)")
    elif len(listed) > 2:
        listed.pop()
    return body + "## References\n\n" + "\n\n".join(listed) + "\n"


def test_what_is_remembered_changes_nothing():
    generator = random.Random(7)
    text = (
        "Rain falls (Lopez, 2019; Mason, 2011), as Vega (2018) said.\n\n## References\n\n"
        "Lopez, A. (2019). Rain on bare ground. *Journal of Soils*, 12(1), 1–9.\n\n"
        "Mason, B. (2011). Hail over dry fields. *Water*, 2, 11–19.\n\n"
        "Vega, C., & Lopez, A. (2018). *Crusts after rain*. Soil Press.\n\n"
        "Nash, D. (2001). Wind and dust. *Journal of Soils*, 3(4), 40–52.\n\n"
        "Osborn, E. (1999). A history of frost. *Water*, 1, 1–8.\n"
    )
    module = import_module("refaudit.audit")
    asked: list[str] = []

    def resolve(references: Sequence[Reference]) -> tuple[Lookup, ...]:
        asked.extend(reference.raw for reference in references)
        return tuple(Lookup(reference=reference.id, status=LookupStatus.NOT_FOUND) for reference in references)

    memory = Memory(resolve)
    for _ in range(40):
        again = module.audit_file("a.md", text.encode(), Config(), resolve=memory.resolve, fields=memory.read_fields)
        fresh = module.audit_file("a.md", text.encode(), Config(), resolve=resolve)
        assert again == fresh
        text = wandering(text, generator)


def test_an_edit_of_the_text_reads_no_list_again_and_no_bibliography(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    module, home = import_module("refaudit.audit"), import_module("refaudit.incremental")
    read: list[int] = []
    real = home.read_fields
    monkeypatch.setattr(home, "read_fields", lambda references: (read.append(len(references)), real(references))[1])
    memory = Memory(module.off)

    def audit(text: str, path: str = "a.md") -> FileReport:
        files = Files.beside(tmp_path / path, memory.bibliographies)
        report: FileReport = module.audit_file(
            path, text.encode(), Config(), resolve=memory.resolve, fields=memory.read_fields, files=files
        )
        return report

    audit("Rain falls (Lopez, 2019)." + LIST)
    audit("More rain falls (Lopez, 2019), and more." + LIST)
    audit("More rain falls (Lopez, 2019), and more." + LIST.replace("bare", "wet"))
    assert read == [1, 1]
    (tmp_path / "refs.bib").write_text("@book{a, author={Lopez, A.}, title={Rain}, publisher={Press}, year=2019}\n")
    listed: list[str] = []
    bibliography = import_module("refaudit.readers.databases.bibliography")
    bibtex = bibliography.LISTINGS[".bib"]
    monkeypatch.setitem(bibliography.LISTINGS, ".bib", lambda path, data: (listed.append(path), bibtex(path, data))[1])
    paper = "\\documentclass{article}\\begin{document}Rain \\cite{a}.\\bibliography{refs}\\end{document}"
    first, second = audit(paper, "p.tex"), audit(paper.replace("Rain", "More rain"), "p.tex")
    assert (len(listed), first.counts, [r.raw for r in first.references]) == (
        1,
        second.counts,
        [r.raw for r in second.references],
    )
    (tmp_path / "refs.bib").write_text("@book{a, author={Lopez, A.}, title={Hail}, publisher={Press}, year=2019}\n")
    assert ("Hail" in audit(paper, "p.tex").references[0].raw, len(listed)) == (True, 2)
