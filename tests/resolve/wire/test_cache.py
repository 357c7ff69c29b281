"""The store of answers: shared by processes, survived by damage, asked again on demand."""

from __future__ import annotations

import subprocess
import sys

import pytest
import responses

from refaudit.config import Config
from refaudit.model import Reference, Span
from refaudit.resolve.configure import transport
from refaudit.resolve.lookup import Resolver
from refaudit.resolve.wire.cache import STATUS, Cache

WRITER = """
import sys
from pathlib import Path
from refaudit.resolve.wire.cache import Cache
cache = Cache(Path(sys.argv[1]))
for number in range(40):
    cache.put([(f"{sys.argv[2]}-{number}", "work", {"n": number})])
    assert cache.get([f"{sys.argv[2]}-{number}"])[f"{sys.argv[2]}-{number}"].body == {"n": number}
assert cache.notices == [], cache.notices
"""


def test_processes_share_it(tmp_path):
    path = tmp_path / "answers.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(n)]) for n in range(4)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0, 0]
    assert Cache(path).info()["kinds"]["work"][0] == 160


def damage(path):
    data = bytearray(path.read_bytes())
    for place in range(3000, len(data), 3):
        data[place] ^= 0x5A
    path.write_bytes(data)


@pytest.mark.parametrize("use", [lambda cache: cache.get([f"k{n}" for n in range(400)]), lambda cache: cache.info()])
def test_damage_in_the_middle_is_moved_aside(tmp_path, use):
    path = tmp_path / "answers.sqlite"
    cache = Cache(path)
    cache.put([(f"k{number}", "work", {"text": f"{number}" * 50}) for number in range(400)])
    cache.close()
    damage(path)
    again = Cache(path)
    use(again)
    again.put([("new", "work", 1)])
    assert again.get(["new"])["new"].body == 1
    assert [note.split(" was moved to")[0] for note in again.notices] == [f"the cache {path} could not be read: it"]
    assert len(list(tmp_path.glob("*.broken-*"))) == 1
    again.close()


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "answers.sqlite")
    cache.put([("k", "work", 1)])
    assert (cache.get(["k"]), cache.clear(), len(cache.notices)) == ({}, 0, 1)


WORK = {
    "DOI": "10.5555/soils.12.1", "type": "journal-article", "title": ["Rain on bare ground"], "author": [{"family": "Lopez"}],
    "issued": {"date-parts": [[2019]]}, "container-title": ["Journal of Soils"], "volume": "12", "page": "11-19",
}  # fmt: skip
RAW = "Lopez, A. (2019). Rain on bare ground. Journal of Soils, 12, 11-19. https://doi.org/10.5555/soils.12.1"


@pytest.fixture
def ask(tmp_path):
    """Asks about one reference; gives the registered title, how many requests there were, and the cache."""

    def asked(*, refresh=False):
        cache = Cache(tmp_path / "answers.sqlite")
        resolve = Resolver(snapshot=None, transport=transport(Config(), {"NONE": "set"}), cache=cache, refresh=refresh)
        (lookup,) = resolve([Reference(id="r", span=Span(0, len(RAW)), raw=RAW)])
        cache.close()
        return lookup.record and lookup.record.title, resolve.requests

    return asked


def answer(net, title):
    item = WORK | {"title": [title]}
    net.upsert(
        responses.GET,
        "https://api.crossref.org/works",
        json={"status": "ok", "message-type": "work-list", "message": {"items": [item]}},
    )


def test_refresh_asks_again_and_keeps_what_it_learns(ask):
    with responses.RequestsMock() as net:
        answer(net, "Rain on bare ground")
        assert ask() == ("Rain on bare ground", 1)
        answer(net, "Rain on bare grounds")
        assert ask() == ("Rain on bare ground", 0)
        assert ask(refresh=True) == ("Rain on bare grounds", 1)
        assert ask() == ("Rain on bare grounds", 0)


def test_a_record_is_asked_again_after_a_week_and_used_when_nobody_answers(ask, tmp_path):
    with responses.RequestsMock() as net:
        answer(net, "Rain on bare ground")
        ask()
    cache = Cache(tmp_path / "answers.sqlite")
    cache._base.execute("UPDATE answer SET stored = stored - ?", (STATUS + 60,))
    cache.close()
    with responses.RequestsMock(assert_all_requests_are_fired=False) as net:
        net.get("https://api.crossref.org/works", status=403)
        assert ask() == ("Rain on bare ground", 1)
        answer(net, "RETRACTED: Rain on bare ground")
        assert ask() == ("RETRACTED: Rain on bare ground", 1)
        assert ask() == ("RETRACTED: Rain on bare ground", 0)
