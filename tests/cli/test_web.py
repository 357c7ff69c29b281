"""``audit --web`` as a user starts it, against a server of this machine that the environment permits."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from refaudit.cli import main
from refaudit.resolve.configure import _SERVICES as VARIABLES

TITLE = "Frost heave on gravel roads"
PAGES = {
    "/alive": (200, {}, TITLE),
    "/escape": (200, {}, "\x1b]0;owned\x07\x1b[2J ##[error]owned\n::error::owned Bees of alpine meadows"),
    "/private": (302, {"Location": "http://10.255.255.1/admin"}, ""),
    "/metadata": (302, {"Location": "http://169.254.169.254/latest/meta-data"}, ""),
    "/file": (302, {"Location": "file:///etc/passwd"}, ""),
}


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of the server and the paths that it was asked for; registries are there too, and refuse."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, title = PAGES.get(self.path, (403 if self.path.startswith("/registry") else 404, {}, ""))
            body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>".encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Type": "text/html", "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    place = f"127.0.0.1:{server.server_address[1]}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REFAUDIT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("REFAUDIT_WEB_ALLOW", place)
    for variable in VARIABLES.values():
        monkeypatch.setenv(variable, f"http://{place}/registry")
    yield f"http://{place}", asked
    server.shutdown()
    server.server_close()


def page_of(address: str, form: str = "json") -> Any:
    Path("paper.md").write_text(
        f"Roads heave (Varga, 2019).\n\n# References\n\nVarga, E. (2019). {TITLE}. Road Office. {address}\n", encoding="utf-8"
    )
    result = CliRunner().invoke(main, ["audit", "paper.md", "--isolated", "--web", "--fail-on", "never", "-f", form])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["files"][0]["references"][0]["lookup"]["page"] if form == "json" else result


def test_a_page_that_is_there(web: tuple[str, list[str]]):
    address, asked = web
    page = page_of(f"{address}/alive")
    assert (page["status"], page["title"]) == ("alive", TITLE)
    assert [path for path in asked if not path.startswith("/registry")] == ["/robots.txt", "/alive"]


@pytest.mark.parametrize("path", ["/private", "/metadata", "/file"])
def test_a_redirect_to_a_private_place_is_refused(web: tuple[str, list[str]], path: str):
    address, asked = web
    page = page_of(f"{address}{path}")
    assert page["status"] not in ("alive", "moved", "gone")
    assert [one for one in asked if not one.startswith("/registry")] == ["/robots.txt", path]


def test_a_page_of_this_machine_is_not_asked_for_without_leave(web: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch):
    address, asked = web
    monkeypatch.delenv("REFAUDIT_WEB_ALLOW")
    page = page_of(f"{address}/alive")
    assert page["status"] not in ("alive", "moved", "gone")
    assert [one for one in asked if not one.startswith("/registry")] == []


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_the_title_of_a_page_is_harmless(web: tuple[str, list[str]], form: str):
    result = page_of(f"{web[0]}/escape", form)
    assert "owned" in result.stdout
    for text in (result.stdout, result.stderr):
        assert [char for char in text if char < " " and char != "\n"] == []
        assert "##[" not in text
        assert [
            line for line in text.splitlines() if line.lstrip().startswith("::") and "owned" in line.partition("::")[2][:8]
        ] == []
