"""One file costs so much and no more: what is told, what goes on, and that nothing of the watch stays behind."""

from __future__ import annotations

import contextlib
import itertools
import json
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from refaudit.audit import audit_file
from refaudit.budget import MEMORY, Beyond, Budget, _raise, resident, waiting
from refaudit.cli import main
from refaudit.config import Config, load
from refaudit.errors import ConfigError, InputError
from refaudit.model import Lookup
from tests.counting import steps

PAPER = b"Rain falls (Lopez, 2019).\n\n## References\n\nLopez, A. (2019). Rain. *Water*, 2(1), 3-9.\n"
AT_ONCE = 1e-9  # seconds: over when the watch looks first


def for_ever(*_: object, **__: object) -> None:
    for _number in itertools.count():
        pass


def asleep(*_: object, **__: object) -> None:
    """A reader that goes on after every error."""
    while True:
        with contextlib.suppress(Exception):
            for_ever()


def scripted(*times: float) -> Callable[[], float]:
    return iter(times).__next__


@pytest.fixture(autouse=True)
def _nothing_left():
    yield
    assert [one.name for one in threading.enumerate() if one.name == "budget"] == []
    assert sys.gettrace() is None or "coverage" in repr(sys.gettrace())


# ------------------------------------------------------------------ the bounds


@pytest.mark.parametrize(("now", "over"), [(59.9, ""), (60.0, ""), (60.1, "took longer than 60 s (--timeout gives it more)")])
def test_the_clock(now: float, over: str):
    assert Budget("a", 60, clock=scripted(now), held=lambda: 0).cost() == over


@pytest.mark.parametrize(("held", "over"), [(MEMORY, ""), (MEMORY + 1, "took more than 2 GB of memory")])
def test_memory(held: int, over: str):
    assert Budget("a", 60, clock=lambda: 0.0, held=lambda: held).cost() == over


def test_waiting_for_others_is_not_counted():
    # begin, pause, go on, look; begin of the inner one in between
    budget = Budget("a", 60, clock=scripted(0, 10, 500, 549, 551), held=lambda: 0)

    def work() -> tuple[str, str]:
        budget._done.set()  # the watch is not to look at the scripted clock
        with waiting():
            pass
        return budget.cost(), budget.cost()

    assert budget.run(work) == ("", "took longer than 60 s (--timeout gives it more)")


def test_memory_is_told_where_the_system_tells_it():
    before = resident()
    kept = bytearray(b"x") * 50_000_000
    assert before == 0 or resident() - before > 25_000_000
    assert len(kept) == 50_000_000


# ------------------------------------------------------------------ the watch


@pytest.mark.parametrize("work", [for_ever, asleep])
def test_work_without_end_ends(work: Callable[[], None]):
    with pytest.raises(InputError, match=r"^a\.tex: took longer than 1e-09 s \(--timeout gives it more\)$"):
        Budget("a.tex", AT_ONCE).run(work)


def test_work_without_end_ends_in_any_thread():
    told: list[str] = []

    def audit() -> None:
        try:
            Budget("a.tex", AT_ONCE).run(for_ever)
        except InputError as error:
            told.append(str(error))

    thread = threading.Thread(target=audit)
    thread.start()
    thread.join()
    assert told == ["a.tex: took longer than 1e-09 s (--timeout gives it more)"]


def test_too_much_memory():
    held = itertools.chain([0], itertools.repeat(MEMORY + 1)).__next__
    with pytest.raises(InputError, match=r"^a\.tex: took more than 2 GB of memory$"):
        Budget("a.tex", 1e9, held=held).run(for_ever)


def test_more_memory_than_there_is():
    def work() -> None:
        raise MemoryError

    with pytest.raises(InputError, match=r"^a\.tex: takes more memory than there is$"):
        Budget("a.tex", 1e9).run(work)


def test_what_work_gives_and_raises_is_untouched():
    assert Budget("a.tex", 1e9).run(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        Budget("a.tex", 1e9).run(lambda: 1 // 0)


@pytest.mark.parametrize(("outer", "inner", "named"), [(1e9, AT_ONCE, "inner"), (AT_ONCE, 1e9, "outer")])
def test_a_budget_in_a_budget_answers_for_itself(outer: float, inner: float, named: str):
    with pytest.raises(InputError, match=f"^{named}: took longer"):
        Budget("outer", outer).run(lambda: Budget("inner", inner).run(for_ever))


def test_one_that_arrives_as_the_work_ends_is_still_the_budgets_own():
    budget = Budget("a.tex", 1e9)

    def work() -> int:
        budget._done.set()
        budget._over = "took longer"
        _raise(threading.get_ident(), Beyond)
        return 7

    with pytest.raises(InputError, match=r"^a\.tex: took longer$"):
        budget.run(work)


@pytest.mark.parametrize("seconds", [AT_ONCE, 1e9])
def test_instructions_can_be_traced_after_it(seconds: float):
    with contextlib.suppress(InputError):
        Budget("a.tex", seconds).run(for_ever if seconds == AT_ONCE else int)
    assert steps(lambda: sum(number for number in range(100))) == steps(lambda: sum(number for number in range(100)))


def test_a_thousand_budgets_leave_nothing():
    before = threading.active_count()
    assert [Budget("a", 1e9).run(lambda: 1) for _ in range(1000)] == [1] * 1000
    assert threading.active_count() == before


# ------------------------------------------------------------------ the audit and the commands


@pytest.mark.parametrize(
    ("name", "reached"),
    [
        ("read", "the file was opened"),
        ("parse", "its text was read"),
        ("not_looked_up", "its citations and entries were found"),
    ],
)
def test_how_far_the_audit_came(name: str, reached: str, monkeypatch: pytest.MonkeyPatch):
    there: list[bool] = []

    def step(*_: object) -> None:
        there.append(True)
        for_ever()

    monkeypatch.setattr(import_module("refaudit.audit"), name, lambda *_, **__: step())
    monkeypatch.setattr(Budget, "cost", lambda _: "took too long" if there else "")
    assert audit_file("a.md", PAPER, Config()).error == f"a.md: took too long; audited until {reached}"


def test_registries_may_take_their_time(monkeypatch: pytest.MonkeyPatch):
    class Slow(Budget):
        """A clock that runs only while registries are asked."""

        def __init__(self, path: str, seconds: float) -> None:
            super().__init__(path, seconds, clock=lambda: now[0])

    now = [0.0]
    monkeypatch.setattr(import_module("refaudit.audit"), "Budget", Slow)

    def resolve(references: object) -> tuple[Lookup, ...]:
        now[0] += 10_000
        looked.wait(0.35)  # the watch looks several times
        return import_module("refaudit.audit").off(references)

    looked = threading.Event()
    report = audit_file("a.md", PAPER, Config(timeout=60), resolve=resolve)
    assert (report.error, len(report.references)) == (None, 1)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.md").write_bytes(PAPER)
    (tmp_path / "slow.md").write_bytes(PAPER.replace(b"Rain falls", b"It never ends"))
    true = import_module("refaudit.readers").read

    def read(path: str, *args: object, **options: object) -> object:
        if path == "slow.md":
            for_ever()
        return true(path, *args, **options)

    for place in ("refaudit.audit", "refaudit.readers"):
        monkeypatch.setattr(import_module(place), "read", read)
    true_cost = Budget.cost
    monkeypatch.setattr(Budget, "cost", lambda self: true_cost(self) if self.path == "slow.md" else "")
    return tmp_path


LINE = "refaudit: slow.md: took longer than 0.001 s (--timeout gives it more)"


def test_the_other_files_go_on(here: Path):
    done = CliRunner().invoke(
        main, ["audit", "--offline", "--isolated", "--timeout", "0.001", "-f", "json", "slow.md", "good.md"]
    )
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0] == f"{LINE}; audited until the file was opened"
    files = json.loads(done.stdout)["files"]
    assert [(one["path"], one.get("error"), len(one.get("references", ()))) for one in files] == [
        ("slow.md", f"{LINE.removeprefix('refaudit: ')}; audited until the file was opened", 0),
        ("good.md", None, 1),
    ]


@pytest.mark.parametrize("command", ["parse", "export"])
def test_reading_alone_is_bounded_too(command: str, here: Path):
    done = CliRunner().invoke(main, [command, "--timeout", "0.001", "slow.md", "good.md"])
    assert (done.exit_code, done.stderr.splitlines()) == (2, [LINE])
    assert "Lopez" in done.stdout


def test_repairs_that_are_hard_to_find_are_not_offered(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(import_module("refaudit.repair"), "offered", for_ever)
    monkeypatch.setattr(Budget, "cost", lambda self: "took longer" if self.path == "repairs" else "")
    done = CliRunner().invoke(main, ["audit", "--offline", "--isolated", "good.md"])
    assert (done.exit_code, done.stderr.splitlines()) == (0, ["refaudit: no repairs are offered: finding them took too long"])


# ------------------------------------------------------------------ the setting


@pytest.mark.parametrize(
    ("value", "seconds"), [("0.5", 0.5), ("3600", 3600), ("0", None), ("-1", None), ("3601", None), ("true", None), ('"60"', None), ("nan", None)]
)  # fmt: skip
def test_the_setting(value: str, seconds: float | None, tmp_path: Path):
    file = tmp_path / "refaudit.toml"
    file.write_text(f"timeout = {value}\n")
    if seconds is not None:
        assert load(file, Config()).timeout == seconds
    else:
        with pytest.raises(ConfigError, match="'timeout'"):
            load(file, Config())


def test_settings_nested_without_end_are_refused(tmp_path: Path):
    file = tmp_path / "refaudit.toml"
    file.write_text("select = " + "[" * 5000)
    with pytest.raises(ConfigError, match=r"refaudit\.toml: cannot be read as TOML"):
        load(file, Config())
