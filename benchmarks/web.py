"""Cited web pages: every behaviour of the measuring data, served by its stand-in, judged as an audit judges it.

``python -m benchmarks web`` prints what differs from the expectation, a line a verdict, and the requests. Exit code 1 when an alive
page is called gone, or when fewer than all are right.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.shared import ABSENT, shared
from refaudit.model import Page, Reference, Span
from refaudit.parse.fields import read_fields
from refaudit.resolve.match.page import judged
from refaudit.resolve.sources.web_page import look
from refaudit.resolve.wire.web import Web

# The words of the data to the states of a page.
STATES = {
    "alive": {"alive"},
    "moved": {"moved"},
    "broken": {"gone"},
    "soft404": {"gone"},
    "mismatch": {"alive"},
    "unverifiable": {"refused", "unreachable", "unclear"},
    "archive link": {"archived"},
    "broken or unverifiable": {"gone", "refused", "unreachable", "unclear"},
    "unverifiable or alive": {"alive", "refused", "unreachable", "unclear"},
}


def entry(case: dict[str, Any], url: str) -> Reference:
    """The entry that cites the page of a case."""
    cited = case.get("cite") or {}
    parts = [cited.get("author", ""), f"({cited['date'][:4]})." if cited.get("date") else "", cited.get("title", "") + "."]
    raw = " ".join(part for part in [*parts, cited.get("site", ""), url] if part)
    return read_fields([Reference(id="r1", span=Span(0, len(raw)), raw=raw)])[0]


def right(case: dict[str, Any], page: Page, base: str) -> bool:
    """Whether a page was judged as the case expects."""
    expected = case["expect"]
    verdict = expected["verdict"]
    if page.status.value not in STATES[verdict] or (verdict == "mismatch") != (
        page.fits is False and page.status.value == "alive"
    ):
        return False
    final = expected.get("final", "").replace("{case}", f"{base}/web/{case['case']}")
    return verdict != "moved" or not final or page.moved_to == final


def ask(folder: Path, names: list[str]) -> tuple[list[tuple[dict[str, Any], Page, bool]], int]:
    """The page of each case, whether it was judged rightly, and how many requests were made."""
    cases = [json.loads(line) for line in (folder / "web" / "cases.jsonl").read_text(encoding="utf-8").splitlines()]
    cases = [case for case in cases if not names or case["case"] in names]
    command = [sys.executable, str(folder / "standin.py"), "--port", "0", "--web", str(folder / "web")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout
            base = server.stdout.readline().strip()
            place = base.removeprefix("http://")
            host, _, port = place.rpartition(":")
            webs = [Web(permitted=frozenset({(host, int(port))}), stop=threading.Event(), apart=0) for _ in range(16)]
            found: list[tuple[dict[str, Any], Page, bool]] = []

            def work(number: int) -> None:
                for case in cases[number :: len(webs)]:
                    url = case.get("url") or f"{{base}}/web/{case['case']}/"
                    url = url.replace("{base}", base).replace("{hostport}", place)
                    reference = entry(case, url)
                    seen = look(webs[number], url)
                    page = judged(seen.page, reference, titles=seen.says.titles, shorter=seen.shorter, above=seen.above)
                    found.append((case, page, right(case, page, base)))

            threads = [threading.Thread(target=work, args=(number,)) for number in range(len(webs))]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            server.kill()
    return found, sum(web.requests for web in webs)


def main(arguments: list[str]) -> None:
    """Print what is wrong and the sums."""
    folder = shared()
    if folder is None:
        raise SystemExit(ABSENT)
    found, requests = ask(folder / "sources", arguments)
    sums: Counter[tuple[str, bool]] = Counter()
    for case, page, good in found:
        sums[case["expect"]["verdict"], good] += 1
        if not good:
            print(
                f"{case['case']}: {case['expect']['verdict']} expected, {page.status.value} ({page.detail}) fits={page.fits} '{page.title}'"
            )
    for verdict in dict.fromkeys(verdict for verdict, _ in sums):
        print(f"{verdict:<24} {sums[verdict, True]:>4} right {sums[verdict, False]:>3} wrong")
    called_gone = sum(case["expect"]["verdict"] in ("alive", "moved") and page.status.value == "gone" for case, page, _ in found)
    right = sum(good for _, _, good in found)
    print(f"{right} of {len(found)} right, {called_gone} alive pages called gone, {requests} requests")
    if called_gone or right < len(found):
        raise SystemExit(1)
