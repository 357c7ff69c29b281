"""``refaudit watch``: only what changed is done again, and the report is for this machine alone."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from refaudit.memory import Memory
from refaudit.model import FileReport, Lookup, LookupStatus, Reference, Span
from refaudit.watch import Audited, Server, again
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


def ask(server: Server, path: str, host: str | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
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
